package parts

import (
	"bluegen/generator/tf"
)

// Topic is an encrypted SNS topic to which EventBridge may publish, and nobody else.
type Topic struct {
	// Key is the ARN of an existing key, nil where the module makes one.
	Key tf.Expr
	// Name of the topic.
	Name tf.Expr
	// What it is for, for the key's description.
	What string
}

// eventBridge publishes what rules match.
const eventBridge = "events.amazonaws.com"

// Add makes the topic with its policy, and its key where none is given. AWS's own key for SNS would not do: its policy cannot admit EventBridge,
// and messages would be lost without a word. The policy has no condition: whether EventBridge sends SNS the rule's ARN is not said by AWS
// everywhere, and one that is about nothing would lose them too.
func (t Topic) Add(c *Child) (topic, policy *tf.Block) {
	key := t.Key
	if key == nil {
		key = t.key(c)
	}
	topic = c.Add(tf.Resource("aws_sns_topic", "this", tf.Set("kms_master_key_id", key), tf.Set("name", t.Name)))
	document := c.Add(tf.Data("aws_iam_policy_document", "topic", admits("EventBridge", "Service", tf.String(eventBridge), topic.Attr("arn"), "sns:Publish"))).
		Why("Without a condition on the rule: EventBridge may send SNS nothing that one could be about, and every message would be dropped.")
	policy = c.Add(tf.Resource("aws_sns_topic_policy", "this", tf.Set("arn", topic.Attr("arn")), tf.Set("policy", document.Attr("json"))))
	c.Assert("The topic must be encrypted with its key.", tf.Equal(topic.Attr("kms_master_key_id"), key))
	only := tf.First(document.Attr("statement"))
	c.Assert("EventBridge must be able to publish to the topic, and nobody else.",
		tf.Equal(tf.Fn("length", document.Attr("statement")), tf.Int(1)),
		tf.Equal(policy.Attr("arn"), topic.Attr("arn")),
		tf.Equal(policy.Attr("policy"), document.Attr("json")),
		tf.Equal(tf.Dig(only, "actions"), tf.Fn("toset", tf.Strings("sns:Publish"))),
		tf.Equal(tf.Dig(only, "resources"), tf.Fn("toset", tf.ListOf(topic.Attr("arn")))),
		admitted(only))
	return topic, policy
}

// key is a key of the topic's own. EventBridge sends neither aws:SourceArn nor aws:SourceAccount to KMS.
func (t Topic) key(c *Child) tf.Expr {
	account := c.Add(tf.Data("aws_caller_identity", "current"))
	partition := c.Add(tf.Data("aws_partition", "current"))
	owner := tf.Join(tf.String("arn:"), partition.Attr("partition"), tf.String(":iam::"), account.Attr("account_id"), tf.String(":root"))
	document := c.Add(tf.Data("aws_iam_policy_document", "key",
		admits("Account", "AWS", owner, tf.String("*"), "kms:*"),
		admits("EventBridge", "Service", tf.String(eventBridge), tf.String("*"), "kms:Decrypt", "kms:GenerateDataKey*"),
	)).Why("In a key's policy every resource is this key. The account must keep it: a key that nobody may change is lost.")
	key := c.Add(tf.Resource("aws_kms_key", "topic",
		tf.Set("description", tf.String(t.What)),
		tf.Set("enable_key_rotation", tf.Bool(true)),
		tf.Set("policy", document.Attr("json")),
	))
	second := tf.Index{Collection: document.Attr("statement"), Key: tf.Int(1)}
	c.Assert("The key must be rotated, and EventBridge must be able to use it.",
		tf.Equal(tf.Fn("length", document.Attr("statement")), tf.Int(2)),
		key.Attr("enable_key_rotation"),
		tf.Equal(key.Attr("policy"), document.Attr("json")),
		tf.Equal(tf.Dig(second, "actions"), tf.Fn("toset", tf.Strings("kms:Decrypt", "kms:GenerateDataKey*"))),
		admitted(second))
	return key.Attr("arn")
}

// admits is a statement for one principal.
func admits(sid, kind string, who, resource tf.Expr, actions ...string) *tf.Block {
	return tf.Nested("statement",
		tf.Set("sid", tf.String(sid)),
		tf.Set("actions", tf.Strings(actions...)),
		tf.Set("resources", tf.ListOf(resource)),
		tf.Nested("principals", tf.Set("type", tf.String(kind)), tf.Set("identifiers", tf.ListOf(who))),
	)
}

// admitted says that a statement is EventBridge's.
func admitted(statement tf.Expr) tf.Expr {
	return tf.Equal(tf.Dig(tf.Fn("one", tf.Dig(statement, "principals")), "identifiers"), tf.Fn("toset", tf.Strings(eventBridge)))
}
