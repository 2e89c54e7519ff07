package tf

import (
	"fmt"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"
)

// realistic is about the main.tf of a service: two target groups, rules, roles.
func realistic() *Document {
	d := &Document{Name: "main.tf", Comment: "Blue and green differ in their name only."}
	health := NewBlock("variable", []string{"health_check"})
	for i := range 6 {
		group := Resource("aws_lb_target_group", fmt.Sprintf("group_%d", i),
			Set("deregistration_delay", Int(30)),
			Set("name", String("orders-blue")),
			Set("port", Int(80)),
			Set("protocol", String("HTTP")),
			Set("vpc_id", NewBlock("variable", []string{"vpc_id"}).Attr()),
			Nested("health_check",
				Set("interval", health.Attr("interval")),
				Set("path", health.Attr("path")),
				Set("timeout", health.Attr("timeout")),
			),
			Nested("lifecycle", Set("prevent_destroy", Bool(true))),
		)
		d.Blocks = append(d.Blocks, group, NewBlock("output", []string{fmt.Sprintf("arn_%d", i)},
			Set("description", String("ARN of the target group.")),
			Set("value", Join(String("arn:"), group.Attr("arn"))),
		))
	}
	return d
}

func BenchmarkPrintFirst(b *testing.B) {
	d := realistic()
	for b.Loop() {
		new(Printer).Print(d)
	}
}

func BenchmarkPrintRemembered(b *testing.B) {
	d, p := realistic(), new(Printer)
	p.Print(d)
	for b.Loop() {
		p.Print(d)
	}
}

// BenchmarkHclwrite builds a document of the same size with hclwrite's own setters: what the printer is measured against.
func BenchmarkHclwrite(b *testing.B) {
	for b.Loop() {
		f := hclwrite.NewEmptyFile()
		for i := range 6 {
			group := f.Body().AppendNewBlock("resource", []string{"aws_lb_target_group", fmt.Sprintf("group_%d", i)}).Body()
			group.SetAttributeValue("deregistration_delay", cty.NumberIntVal(30))
			group.SetAttributeValue("name", cty.StringVal("orders-blue"))
			group.SetAttributeValue("port", cty.NumberIntVal(80))
			group.SetAttributeValue("protocol", cty.StringVal("HTTP"))
			group.SetAttributeTraversal("vpc_id", traversal("var", "vpc_id"))
			check := group.AppendNewBlock("health_check", nil).Body()
			for _, name := range []string{"interval", "path", "timeout"} {
				check.SetAttributeTraversal(name, traversal("var", "health_check", name))
			}
			group.AppendNewBlock("lifecycle", nil).Body().SetAttributeValue("prevent_destroy", cty.True)
			output := f.Body().AppendNewBlock("output", []string{fmt.Sprintf("arn_%d", i)}).Body()
			output.SetAttributeValue("description", cty.StringVal("ARN of the target group."))
			output.SetAttributeTraversal("value", traversal("aws_lb_target_group", fmt.Sprintf("group_%d", i), "arn"))
		}
		f.Bytes()
	}
}

func traversal(root string, names ...string) hcl.Traversal {
	t := hcl.Traversal{hcl.TraverseRoot{Name: root}}
	for _, n := range names {
		t = append(t, hcl.TraverseAttr{Name: n})
	}
	return t
}
