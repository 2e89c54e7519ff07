package parts

import "bluegen/generator/tf"

// EventRule is a rule on the account's default bus; the pattern is an object that is encoded as JSON.
func EventRule(c *Child, name string, description string, physical, pattern tf.Expr) *tf.Block {
	return c.Add(tf.Resource("aws_cloudwatch_event_rule", name,
		tf.Set("description", tf.String(description)),
		tf.Set("event_pattern", tf.Fn("jsonencode", pattern)),
		tf.Set("name", physical),
	))
}

// EventTarget sends what a rule matches to a topic. A topic has a policy of its own, and so the target takes no role.
func EventTarget(c *Child, rule *tf.Block, topic tf.Expr) *tf.Block {
	target := c.Add(tf.Resource("aws_cloudwatch_event_target", "topic",
		tf.Set("arn", topic),
		tf.Set("rule", rule.Attr("name")),
		tf.Set("target_id", tf.String("topic")),
	))
	c.Assert("What the rule matches must go to the topic.", tf.Equal(target.Attr("arn"), topic), tf.Equal(target.Attr("rule"), rule.Attr("name")))
	return target
}

// ServiceARN is the ARN of a service by its cluster's: known before the service is there, so that a rule hears its first deployment.
func ServiceARN(clusterARN, service tf.Expr) tf.Expr {
	return tf.Join(tf.Fn("replace", clusterARN, tf.String(":cluster/"), tf.String(":service/")), tf.String("/"), service)
}
