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
	inputs := append(c.topicInputs(h),
		tf.Set("cluster_arn", c.d.UseCluster(c.root)),
		tf.Set("lifecycle_stages", tf.Strings(stagesOf(h)...)),
		tf.Set("rule_name", tf.String(c.d.PartName(parts.FunctionName, h.in.Name.V))),
		tf.Set("service_name", tf.String(c.d.Name)),
	)
	return child, c.root.Call(child.Call(h.id, inputs...).From(h.in.Range))
}

// topicInputs are the given topic, or the own one with its key.
func (c *configuration) topicInputs(h lifecycleHook) []tf.Attr {
	shape := approvalShaped(h)
	if !shape.ownTopic {
		return []tf.Attr{tf.Set("topic_arn", c.useTopic(h))}
	}
	inputs := []tf.Attr{tf.Set("topic_name", tf.String(c.d.PartName(parts.FunctionName, h.in.Name.V)))}
	if !shape.ownKey {
		inputs = append(inputs, tf.Set("topic_kms_key_arn", c.useTopicKey(h)))
	}
	return inputs
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
		tf.F("service_arn", parts.ServiceARN(c.d.UseCluster(c.root), tf.String(c.d.Name))),
	}
	for _, in := range c.topicInputs(h) {
		fields = append(fields, tf.F(in.Name, in.Value))
	}
	return tf.Fields(fields...)
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
	service := parts.ServiceARN(cluster, m.Text("service_name", "Name of the service that waits.", "orders"))
	stages := m.In("lifecycle_stages", "Stages at which the deployment pauses.", cty.ListVal([]cty.Value{cty.StringVal(hook.PostTestTrafficShift)}))
	m.rule = parts.EventRule(m.Child, "this", "A deployment waits for an answer.", m.ruleName, tf.Fields(
		tf.F("source", tf.Strings("aws.ecs")),
		tf.F("detail-type", tf.Strings("ECS Hook State Change")),
		tf.F("detail", tf.Fields(
			tf.F("eventName", tf.Strings("HOOK_AWAITING_ACTION", "HOOK_TIMED_OUT")),
			tf.F("hookType", tf.Strings("PAUSE")),
			tf.F("lifecycleStage", stages),
			tf.F("serviceArn", tf.ListOf(service)),
		)),
	))
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
	topic := parts.Topic{Name: m.Text("topic_name", "Name of the topic that is told.", "orders-approve"), What: "Encrypts the topic of a deployment's approvals."}
	if !m.shape.ownKey {
		topic.Key = m.topicKey()
	}
	made, policy := topic.Add(m.Child)
	m.topicARN = made.Attr("arn")
	m.waits = append(m.waits, policy.Attr())
	m.Assert("The topic must have its name.", tf.Equal(made.Attr("name"), tf.String("orders-approve")))
}

// target hands the rule's events to the topic.
func (m *approvalModule) target() {
	target := parts.EventTarget(m.Child, m.rule, m.topicARN)
	m.Assert("The rule must have its name.", tf.Equal(m.rule.Attr("name"), tf.String("orders-approve")))
	m.OutputAfter("rule_arn", "ARN of the EventBridge rule.", m.rule.Attr("arn"),
		"The first deployment pauses too: who must answer has to hear of it.", append(m.waits, target.Attr())...)
	m.Output("rule_name", "Name of the EventBridge rule.", m.rule.Attr("name"))
	m.Output("topic_arn", "ARN of the topic that is told.", target.Attr("arn"))
}
