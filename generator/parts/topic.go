package parts

import (
	"bluegen/generator/tf"
)

// Topic is an encrypted SNS topic to which exactly one EventBridge rule may publish.
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
// and messages would be lost without a word.
func (t Topic) Add(c *Child, rule *tf.Block) *tf.Block {
	key := t.Key
	if key == nil {
		key = t.key(c)
	}
	topic := c.Add(tf.Resource("aws_sns_topic", "this", tf.Set("kms_master_key_id", key), tf.Set("name", t.Name)))
	document := c.Add(tf.Data("aws_iam_policy_document", "topic", tf.Nested("statement",
		tf.Set("sid", tf.String("EventBridge")),
		tf.Set("actions", tf.Strings("sns:Publish")),
		tf.Set("resources", tf.ListOf(topic.Attr("arn"))),
		tf.Nested("condition",
			tf.Set("test", tf.String("ArnEquals")),
			tf.Set("values", tf.ListOf(rule.Attr("arn"))),
			tf.Set("variable", tf.String("aws:SourceArn")),
		),
		principal("Service", tf.String(eventBridge)),
	)))
	policy := c.Add(tf.Resource("aws_sns_topic_policy", "this", tf.Set("arn", topic.Attr("arn")), tf.Set("policy", document.Attr("json"))))
	c.Assert("The topic must be encrypted with its key.", tf.Equal(topic.Attr("kms_master_key_id"), key))
	statement := tf.First(document.Attr("statement"))
	condition := tf.Fn("one", tf.Dig(statement, "condition"))
	c.Assert("EventBridge must be able to publish to the topic, for this rule alone.",
		tf.Equal(policy.Attr("arn"), topic.Attr("arn")),
		tf.Equal(policy.Attr("policy"), document.Attr("json")),
		tf.Equal(tf.Dig(statement, "actions"), tf.Fn("toset", tf.Strings("sns:Publish"))),
		tf.Equal(tf.Dig(statement, "resources"), tf.Fn("toset", tf.ListOf(topic.Attr("arn")))),
		tf.Equal(tf.Dig(tf.Fn("one", tf.Dig(statement, "principals")), "identifiers"), tf.Fn("toset", tf.Strings(eventBridge))),
		tf.Equal(tf.Dig(condition, "test"), tf.String("ArnEquals")),
		tf.Equal(tf.Dig(condition, "values"), tf.Fn("tolist", tf.ListOf(rule.Attr("arn")))),
		tf.Equal(tf.Dig(condition, "variable"), tf.String("aws:SourceArn")))
	return topic
}

// key is a key of the topic's own. EventBridge sends neither aws:SourceArn nor aws:SourceAccount to KMS: what narrows it down is the
// topic's policy.
func (t Topic) key(c *Child) tf.Expr {
	account := c.Add(tf.Data("aws_caller_identity", "current"))
	partition := c.Add(tf.Data("aws_partition", "current"))
	owner := tf.Join(tf.String("arn:"), partition.Attr("partition"), tf.String(":iam::"), account.Attr("account_id"), tf.String(":root"))
	document := c.Add(tf.Data("aws_iam_policy_document", "key",
		tf.Nested("statement",
			tf.Set("sid", tf.String("Account")),
			tf.Set("actions", tf.Strings("kms:*")),
			tf.Set("resources", tf.Strings("*")),
			principal("AWS", owner),
		),
		tf.Nested("statement",
			tf.Set("sid", tf.String("EventBridge")),
			tf.Set("actions", tf.Strings("kms:Decrypt", "kms:GenerateDataKey*")),
			tf.Set("resources", tf.Strings("*")),
			principal("Service", tf.String(eventBridge)),
		),
	)).Why("EventBridge sends KMS no condition keys; that it may only publish for one rule is said by the topic's policy.")
	key := c.Add(tf.Resource("aws_kms_key", "topic",
		tf.Set("description", tf.String(t.What)),
		tf.Set("enable_key_rotation", tf.Bool(true)),
		tf.Set("policy", document.Attr("json")),
	))
	second := tf.Index{Collection: document.Attr("statement"), Key: tf.Int(1)}
	c.Assert("The key must be rotated, and EventBridge must be able to use it.",
		key.Attr("enable_key_rotation"),
		tf.Equal(key.Attr("policy"), document.Attr("json")),
		tf.Equal(tf.Dig(second, "actions"), tf.Fn("toset", tf.Strings("kms:Decrypt", "kms:GenerateDataKey*"))),
		tf.Equal(tf.Dig(tf.Fn("one", tf.Dig(second, "principals")), "identifiers"), tf.Fn("toset", tf.Strings(eventBridge))))
	return key.Attr("arn")
}

func principal(kind string, who tf.Expr) *tf.Block {
	return tf.Nested("principals", tf.Set("type", tf.String(kind)), tf.Set("identifiers", tf.ListOf(who)))
}
