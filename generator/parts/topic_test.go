package parts

import (
	"strings"
	"testing"

	"bluegen/generator/tf"

	"github.com/hashicorp/go-version"
)

// module is what a child's main.tf prints.
func module(c *Child) string {
	var printer tf.Printer
	for _, d := range c.Module().Documents {
		if d.Name == "main.tf" {
			return string(printer.Print(d))
		}
	}
	return ""
}

// TestTopic: encrypted always, with a key that EventBridge can use; EventBridge may publish, and the target takes no role.
func TestTopic(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name       string
		given      bool
		want, none []string
	}{
		{"own key", false, []string{
			"kms_master_key_id = aws_kms_key.topic.arn", "enable_key_rotation = true", `"kms:GenerateDataKey*"`,
			`actions   = ["sns:Publish"]`, `data "aws_caller_identity" "current"`,
		}, []string{"condition {", "role_arn", "alias/aws/sns"}},
		{"given key", true, []string{"kms_master_key_id = var.key_arn"}, []string{"aws_kms_key", "aws_caller_identity", "kms:*"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			child := NewChild("told", "Told", "About.", Versions{Terraform: ">= 1.10", AWS: ">= 6.66", AWSFloor: version.Must(version.NewVersion("6.66.0"))})
			rule := EventRule(child, "told", "What is told.", tf.String("rule"), tf.Fields(tf.F("source", tf.Strings("aws.ecs"))))
			topic := Topic{Name: tf.String("topic"), What: "Encrypts."}
			if c.given {
				topic.Key = child.Text("key_arn", "Key.", "arn")
			}
			made, _ := topic.Add(child)
			EventTarget(child, rule, made.Attr("arn"))
			text := module(child)
			for _, want := range c.want {
				if !strings.Contains(text, want) {
					t.Errorf("%q is not in\n%s", want, text)
				}
			}
			for _, none := range c.none {
				if strings.Contains(text, none) {
					t.Errorf("%q is in\n%s", none, text)
				}
			}
		})
	}
}
