package parts

import (
	"strings"
	"testing"

	"bluegen/generator/tf"
)

// TestSegments: a literal is cut while generating, anything else by Terraform.
func TestSegments(t *testing.T) {
	t.Parallel()
	given := tf.NewBlock("variable", []string{"arn"}).Attr()
	for want, e := range map[string]tf.Expr{
		`"commerce"`:                   ClusterName(tf.String(ARN("ecs", "cluster/commerce"))),
		`split("/", var.arn)[1]`:       ClusterName(given),
		`"app/shared/0123456789"`:      LoadBalancerSuffix(tf.String(ARN("elasticloadbalancing", "listener/app/shared/0123456789/abcdef"))),
		`"net/shared/0123456789"`:      LoadBalancerSuffix(tf.String(ARN("elasticloadbalancing", "listener/net/shared/0123456789/abcdef"))),
		`slice(split("/", var.arn), 1`: LoadBalancerSuffix(given),
		// What is no ARN was refused before; cutting it must not end the program.
		`split("/", "commerce")[1]`:                     ClusterName(tf.String("commerce")),
		`join("/", slice(split("/", "a/b"), 1, 4))`:     LoadBalancerSuffix(tf.String("a/b")),
		`"${replace(var.arn, ":cluster/", ":service/")`: ServiceARN(given, tf.String("orders")),
	} {
		if got := printed(NewRoot(), e); !strings.Contains(got, want) {
			t.Errorf("%s is not in\n%s", want, got)
		}
	}
}
