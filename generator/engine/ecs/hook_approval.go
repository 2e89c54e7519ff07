package ecs

import (
	"bluegen/generator/hook"
	"bluegen/generator/parts"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// approvalShape is what the text of modules/hook_approval depends on.
type approvalShape struct{ ownTopic, ownKey bool }

func approvalShaped(h lifecycleHook) approvalShape {
	own := !h.in.TopicARN.Said()
	return approvalShape{ownTopic: own, ownKey: own && !h.in.TopicKMSKeyARN.Said()}
}

// approvalModule is modules/hook_approval in the making.
type approvalModule struct {
	*parts.Child
	shape    approvalShape
	rule     *tf.Block
	ruleName tf.Expr
	topicARN tf.Expr
	waits    []tf.Expr
}

// addApproval calls modules/hook_approval: what tells people that a deployment waits for their answer.
func (c *configuration) addApproval(h lifecycleHook) (*parts.Child, *tf.Block) {
	shape := approvalShaped(h)
	child, fresh := c.shaped("hook_approval", parts.Ident(h.in.Name.V), shape, func(name string) *parts.Child { return c.d.approvalChild(name, shape, h.kind) })
	if fresh {
		c.test(child, "Who is told that a deployment waits, and who may tell.", "approval", "apply")
	}
	inputs := []tf.Attr{
		tf.Set("cluster_arn", c.d.UseCluster(c.root)),
		tf.Set("lifecycle_stages", tf.Strings(stagesOf(h)...)),
		tf.Set("rule_name", tf.String(c.d.PartName(parts.FunctionName, h.in.Name.V))),
		tf.Set("service_name", tf.String(c.d.Name)),
	}
	if shape.ownTopic {
		inputs = append(inputs, tf.Set("topic_name", tf.String(c.d.PartName(parts.FunctionName, h.in.Name.V))))
	} else {
		inputs = append(inputs, tf.Set("topic_arn", c.useTopic(h)))
	}
	if shape.ownTopic && !shape.ownKey {
		inputs = append(inputs, tf.Set("topic_kms_key_arn", c.useTopicKey(h)))
	}
	return child, c.root.Call(child.Call(h.id, inputs...).From(h.in.Range))
}

func (c *configuration) useTopic(h lifecycleHook) tf.Expr {
	sample := parts.ARN("sns", "deployments")
	return parts.Use(c.root, parts.Wanted{
		Name: "topic_arn", Key: "deployment.hooks." + h.in.Name.V + ".topic_arn", Type: cty.String,
		Description: "ARN of the SNS topic that is told of " + h.in.Name.V + "; its policy must admit events.amazonaws.com.",
		Sample:      cty.StringVal(sample),
		Query:       parts.ByName("aws_sns_topic", "name", "arn", sample),
	}, h.in.TopicARN)
}

func (c *configuration) useTopicKey(h lifecycleHook) tf.Expr {
	sample := parts.ARN("kms", "key/topic")
	return parts.Use(c.root, parts.Wanted{
		Name: "topic_kms_key_arn", Key: "deployment.hooks." + h.in.Name.V + ".topic_kms_key_arn", Type: cty.String,
		Description: "ARN of the KMS key that encrypts the topic; its policy must admit events.amazonaws.com.",
		Sample:      cty.StringVal(sample),
		Query:       parts.ByName("aws_kms_alias", "name", "target_key_arn", sample),
	}, h.in.TopicKMSKeyARN)
}

// approvalWanted is the module's output settings as the blueprint wants it.
func (c *configuration) approvalWanted(h lifecycleHook) tf.Expr {
	fields := []tf.Field{
		tf.F("lifecycle_stages", tf.Fn("tolist", tf.Strings(stagesOf(h)...))),
		tf.F("rule_name", tf.String(c.d.PartName(parts.FunctionName, h.in.Name.V))),
		tf.F("service_arn", serviceARN(c.d.UseCluster(c.root), tf.String(c.d.Name))),
	}
	shape := approvalShaped(h)
	if shape.ownTopic {
		fields = append(fields, tf.F("topic_name", tf.String(c.d.PartName(parts.FunctionName, h.in.Name.V))))
	} else {
		fields = append(fields, tf.F("topic_arn", c.useTopic(h)))
	}
	if shape.ownTopic && !shape.ownKey {
		fields = append(fields, tf.F("topic_kms_key_arn", c.useTopicKey(h)))
	}
	return tf.Fields(fields...)
}

// serviceARN is built from parts: the service waits for the rule that names it.
func serviceARN(cluster, service tf.Expr) tf.Expr {
	return tf.Join(tf.Fn("replace", cluster, tf.String(":cluster/"), tf.String(":service/")), tf.String("/"), service)
}

func (d *deployment) approvalChild(name string, shape approvalShape, kind hook.Kind) *parts.Child {
	about := hookAbout(kind)
	switch {
	case !shape.ownTopic:
		about += "\nThe topic exists already. Its policy must allow `sns:Publish` to `events.amazonaws.com`, without conditions, and so must the policy of its key allow `kms:Decrypt` and `kms:GenerateDataKey*`."
	case !shape.ownKey:
		about += "\nThe policy of the topic's key must allow `kms:Decrypt` and `kms:GenerateDataKey*` to `events.amazonaws.com`."
	default:
		about += "\nThe topic is encrypted with a key of its own: EventBridge cannot use the one that AWS manages for SNS."
	}
	m := &approvalModule{Child: parts.NewChild(name, "Hook: "+kind.Name, about, d.Versions), shape: shape}
	m.eventRule()
	if shape.ownTopic {
		m.topic()
	} else {
		m.topicARN = m.Text("topic_arn", "ARN of the topic that is told.", parts.ARN("sns", "deployments"))
	}
	m.target()
	return m.Child
}

// eventRule takes the events of this service's pauses at the hook's stages.
func (m *approvalModule) eventRule() {
	m.ruleName = m.Text("rule_name", "Name of the EventBridge rule.", "orders-approve")
	cluster := m.Text("cluster_arn", "ARN of the cluster that runs the service.", parts.SampleCluster())
	service := serviceARN(cluster, m.Text("service_name", "Name of the service that waits.", "orders"))
	stages := m.In("lifecycle_stages", "Stages at which the deployment pauses.", cty.ListVal([]cty.Value{cty.StringVal(hook.PostTestTrafficShift)}))
	pattern := tf.Fn("jsonencode", tf.Fields(
		tf.F("source", tf.Strings("aws.ecs")),
		tf.F("detail-type", tf.Strings("ECS Hook State Change")),
		tf.F("detail", tf.Fields(
			tf.F("eventName", tf.Strings("HOOK_AWAITING_ACTION", "HOOK_TIMED_OUT")),
			tf.F("hookType", tf.Strings("PAUSE")),
			tf.F("lifecycleStage", stages),
			tf.F("serviceArn", tf.ListOf(service)),
		)),
	))
	m.rule = tf.Resource("aws_cloudwatch_event_rule", "this",
		tf.Set("description", tf.String("A deployment waits for an answer.")),
		tf.Set("event_pattern", pattern),
		tf.Set("name", m.ruleName),
	)
	fields := []tf.Field{tf.F("lifecycle_stages", stages), tf.F("rule_name", m.rule.Attr("name")), tf.F("service_arn", service)}
	switch {
	case !m.shape.ownTopic:
		fields = append(fields, tf.F("topic_arn", m.Text("topic_arn", "ARN of the topic that is told.", parts.ARN("sns", "deployments"))))
	default:
		fields = append(fields, tf.F("topic_name", m.Text("topic_name", "Name of the topic that is told.", "orders-approve")))
		if !m.shape.ownKey {
			fields = append(fields, tf.F("topic_kms_key_arn", m.topicKey()))
		}
	}
	m.Output("settings", "How the rule and its topic were made.", tf.Fields(fields...))
	decoded := tf.Fn("jsondecode", m.rule.Attr("event_pattern"))
	m.Assert("Only pauses of this service at these stages may be told, and that nobody answered.",
		tf.Equal(tf.Dig(decoded, "source"), tf.Fn("jsondecode", tf.String(`["aws.ecs"]`))),
		tf.Equal(tf.Dig(decoded, "detail-type"), tf.Fn("jsondecode", tf.String(`["ECS Hook State Change"]`))),
		tf.Equal(tf.Dig(decoded, "detail"), tf.Fn("jsondecode", tf.String(`{"eventName":["HOOK_AWAITING_ACTION","HOOK_TIMED_OUT"],"hookType":["PAUSE"],"lifecycleStage":["`+hook.PostTestTrafficShift+`"],"serviceArn":["`+parts.ARN("ecs", "service/commerce/orders")+`"]}`))))
}

func (m *approvalModule) topicKey() tf.Expr {
	return m.Text("topic_kms_key_arn", "Key that encrypts the topic; its policy must admit events.amazonaws.com.", parts.ARN("kms", "key/topic"))
}

// topic is the hook's own, encrypted, with a policy that lets EventBridge publish.
func (m *approvalModule) topic() {
	var key tf.Expr
	if m.shape.ownKey {
		key = m.key()
	} else {
		key = m.topicKey()
	}
	topic := tf.Resource("aws_sns_topic", "this",
		tf.Set("kms_master_key_id", key),
		tf.Set("name", m.Text("topic_name", "Name of the topic that is told.", "orders-approve")),
	)
	document := m.Add(tf.Data("aws_iam_policy_document", "topic", tf.Nested("statement",
		tf.Set("sid", tf.String("Events")),
		tf.Set("actions", tf.Strings("sns:Publish")),
		tf.Set("resources", tf.ListOf(topic.Attr("arn"))),
		tf.Nested("principals", tf.Set("type", tf.String("Service")), tf.Set("identifiers", tf.Strings("events.amazonaws.com"))),
	))).Why("No condition on the rule: EventBridge sends SNS nothing that one could be about, and every message would be dropped.")
	m.Add(topic)
	policy := m.Add(tf.Resource("aws_sns_topic_policy", "this", tf.Set("arn", topic.Attr("arn")), tf.Set("policy", document.Attr("json"))))
	m.topicARN = topic.Attr("arn")
	m.waits = append(m.waits, policy.Attr())
	m.Assert("The topic must be encrypted with its key.", tf.Equal(topic.Attr("kms_master_key_id"), key), tf.Equal(topic.Attr("name"), tf.String("orders-approve")))
	statement := tf.First(document.Attr("statement"))
	m.Assert("EventBridge, and nobody else, must be able to publish to this topic, and nothing more.",
		tf.Equal(tf.Fn("length", document.Attr("statement")), tf.Int(1)),
		tf.Equal(policy.Attr("arn"), topic.Attr("arn")),
		tf.Equal(policy.Attr("policy"), document.Attr("json")),
		tf.Equal(tf.Dig(statement, "actions"), tf.Fn("toset", tf.Strings("sns:Publish"))),
		tf.Equal(tf.Dig(statement, "resources"), tf.Fn("toset", tf.ListOf(topic.Attr("arn")))),
		tf.Equal(tf.Dig(tf.Fn("one", tf.Dig(statement, "principals")), "identifiers"), tf.Fn("toset", tf.Strings("events.amazonaws.com"))))
}

// key is the topic's own, that EventBridge may use.
func (m *approvalModule) key() tf.Expr {
	account := m.Add(tf.Data("aws_caller_identity", "current"))
	partition := m.Add(tf.Data("aws_partition", "current"))
	root := tf.Join(tf.String("arn:"), partition.Attr("partition"), tf.String(":iam::"), account.Attr("account_id"), tf.String(":root"))
	statement := func(sid, typ string, principal tf.Expr, actions ...string) *tf.Block {
		return tf.Nested("statement",
			tf.Set("sid", tf.String(sid)),
			tf.Set("actions", tf.Strings(actions...)),
			tf.Set("resources", tf.Strings("*")),
			tf.Nested("principals", tf.Set("type", tf.String(typ)), tf.Set("identifiers", tf.ListOf(principal))),
		)
	}
	document := m.Add(tf.Data("aws_iam_policy_document", "key",
		statement("Account", "AWS", root, "kms:*"),
		statement("Events", "Service", tf.String("events.amazonaws.com"), "kms:Decrypt", "kms:GenerateDataKey*"),
	)).Why("In a key's policy every resource is this key. The account must keep it: a key that nobody may change is lost.")
	key := m.Add(tf.Resource("aws_kms_key", "topic",
		tf.Set("description", tf.String("Encrypts the topic of a deployment's approvals.")),
		tf.Set("enable_key_rotation", tf.Bool(true)),
		tf.Set("policy", document.Attr("json")),
	))
	events := tf.Fn("element", document.Attr("statement"), tf.Int(1))
	m.Assert("EventBridge must be able to use the topic's key, and the key must rotate.",
		tf.Equal(tf.Fn("length", document.Attr("statement")), tf.Int(2)),
		key.Attr("enable_key_rotation"),
		tf.Equal(key.Attr("policy"), document.Attr("json")),
		tf.Equal(tf.Dig(events, "actions"), tf.Fn("toset", tf.Strings("kms:Decrypt", "kms:GenerateDataKey*"))),
		tf.Equal(tf.Dig(tf.Fn("one", tf.Dig(events, "principals")), "identifiers"), tf.Fn("toset", tf.Strings("events.amazonaws.com"))))
	return key.Attr("arn")
}

// target hands the rule's events to the topic.
func (m *approvalModule) target() {
	m.Add(m.rule)
	target := m.Add(tf.Resource("aws_cloudwatch_event_target", "topic",
		tf.Set("arn", m.topicARN),
		tf.Set("rule", m.rule.Attr("name")),
		tf.Set("target_id", tf.String("topic")),
	))
	m.Assert("The rule must hand its events to the topic.",
		tf.Equal(target.Attr("arn"), m.topicARN),
		tf.Equal(target.Attr("rule"), tf.String("orders-approve")))
	m.OutputAfter("rule_arn", "ARN of the EventBridge rule.", m.rule.Attr("arn"),
		"The first deployment pauses too: who must answer has to hear of it.", append(m.waits, target.Attr())...)
	m.Output("rule_name", "Name of the EventBridge rule.", m.rule.Attr("name"))
	m.Output("topic_arn", "ARN of the topic that is told.", target.Attr("arn"))
}
