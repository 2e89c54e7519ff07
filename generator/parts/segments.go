package parts

import (
	"strings"

	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// ClusterName is the name in a cluster's ARN, as metrics and autoscaling want it: known at once where the ARN is.
func ClusterName(arn tf.Expr) tf.Expr {
	if known, ok := segments(arn); ok && len(known) > 1 {
		return tf.String(known[1])
	}
	return tf.Index{Collection: tf.Fn("split", tf.String("/"), arn), Key: tf.Int(1)}
}

// LoadBalancerSuffix is the dimension LoadBalancer of the metrics behind a listener: what stands in the listener's ARN between
// "listener/" and its own id. No data source is read for it.
func LoadBalancerSuffix(listenerARN tf.Expr) tf.Expr {
	if known, ok := segments(listenerARN); ok && len(known) > 3 {
		return tf.String(strings.Join(known[1:4], "/"))
	}
	return tf.Fn("join", tf.String("/"), tf.Fn("slice", tf.Fn("split", tf.String("/"), listenerARN), tf.Int(1), tf.Int(4)))
}

// segments of a literal between slashes.
func segments(e tf.Expr) ([]string, bool) {
	l, ok := e.(tf.Lit)
	if !ok || l.Value.Type() != cty.String {
		return nil, false
	}
	return strings.Split(l.Value.AsString(), "/"), true
}
