package ecs

import (
	"bluegen/generator/blueprint"
	"bluegen/generator/parts"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// notified is what the blueprint says of notifications, nil where there are none.
func (d *deployment) notified() *blueprint.Notifications { return d.In.ECS.Observability.Notifications }

// notifications is modules/notifications: a rule that hears the service's deployments, and the topic that it tells.
func (d *deployment) notifications() *parts.Child {
	in := d.notified()
	own := !in.TopicARN.Said()
	c := parts.NewChild("notifications", "Notifications", notificationsAbout(own), d.Versions)
	cluster := c.Text("cluster_arn", "ARN of the cluster that runs the service.", parts.SampleCluster())
	service := c.Text("service_name", "Name of the service.", "orders")
	detail := tf.Field{}
	if len(in.Events) > 0 {
		events := c.In("events", "Events that are told.", cty.ListVal([]cty.Value{cty.StringVal("SERVICE_DEPLOYMENT_FAILED")}))
		detail = tf.F("detail", tf.Fields(tf.F("eventName", events)))
	}
	pattern := tf.Fields(
		tf.F("source", tf.Strings("aws.ecs")),
		tf.F("detail-type", tf.Strings("ECS Deployment State Change")),
		tf.F("resources", tf.ListOf(parts.ServiceARN(cluster, service))),
		detail,
	)
	rule := parts.EventRule(c, "deployments", "State changes of the service's deployments.", c.Text("rule_name", "Name of the rule.", "orders-deployments"), pattern)
	rule.Why("The service's ARN is made of its cluster's and its name, so that the rule is there before the first deployment.")
	topic := d.topic(c, in)
	parts.EventTarget(c, rule, topic)
	c.Output("arn", "ARN of the topic that is told.", topic)
	facts := []tf.Field{tf.F("cluster_arn", cluster), tf.F("service_name", service)}
	asserted := []tf.Field{
		tf.F("source", tf.Strings("aws.ecs")), tf.F("detail-type", tf.Strings("ECS Deployment State Change")),
		tf.F("resources", tf.Strings(parts.ARN("ecs", "service/commerce/orders"))),
	}
	if len(in.Events) > 0 {
		facts = append(facts, tf.F("events", detail.Value.(tf.Object).Fields[0].Value))
		asserted = append(asserted, tf.F("detail", tf.Inline(tf.F("eventName", tf.Strings("SERVICE_DEPLOYMENT_FAILED")))))
	}
	c.Output("hears", "What the rule hears.", tf.Fields(append(facts, tf.F("rule_name", rule.Attr("name")))...))
	c.Assert("The rule must hear the deployments of this service, and no others.",
		tf.Equal(tf.Fn("jsondecode", rule.Attr("event_pattern")), tf.Fields(asserted...)))
	return c
}

// topic is the own or the given one.
func (d *deployment) topic(c *parts.Child, in *blueprint.Notifications) tf.Expr {
	if in.TopicARN.Said() {
		return c.Text("topic_arn", "Topic that is told; its policy must admit events.amazonaws.com.", parts.ARN("sns", "given"))
	}
	topic := parts.Topic{Name: c.Text("topic_name", "Name of the topic.", "orders-deployments"), What: "Encrypts what is told of deployments."}
	if in.KMSKeyARN.Said() {
		topic.Key = c.Text("kms_key_arn", "Key that encrypts the topic; its policy must admit events.amazonaws.com.", parts.ARN("kms", "key/given"))
	}
	block, _ := topic.Add(c)
	c.Output("name", "Name of the topic.", block.Attr("name"))
	return block.Attr("arn")
}

func notificationsAbout(own bool) string {
	about := "An EventBridge rule that hears when a deployment of the service begins, ends or fails, and tells an SNS topic.\n\n" +
		"A rollback is told as SERVICE_DEPLOYMENT_FAILED, where the circuit breaker or an alarm caused it, and its own deployment as SERVICE_DEPLOYMENT_IN_PROGRESS with another `reason`.\n\n"
	if own {
		return about + "The topic is encrypted, and only EventBridge may publish to it. Nobody has subscribed yet."
	}
	return about + "The topic exists; its policy, and its key's, must admit `events.amazonaws.com`."
}

// callNotifications is the root's call.
func (c *configuration) callNotifications(child *parts.Child) *tf.Block {
	d, in := c.d, c.d.notified()
	inputs := []tf.Attr{
		tf.Set("cluster_arn", d.UseCluster(c.root)),
		tf.Set("rule_name", tf.String(d.PartName(parts.EventRuleName, "deployments"))),
		tf.Set("service_name", tf.String(d.Name)),
	}
	if len(in.Events) > 0 {
		inputs = append(inputs, tf.Set("events", tf.Strings(parts.Texts(in.Events)...)))
	}
	switch {
	case in.TopicARN.Said():
		inputs = append(inputs, tf.Set("topic_arn", d.useTopic(c.root, in)))
	case in.KMSKeyARN.Said():
		inputs = append(inputs, tf.Set("kms_key_arn", d.useTopicKey(c.root, in)))
		fallthrough
	default:
		inputs = append(inputs, tf.Set("topic_name", tf.String(d.PartName(parts.TopicName, "deployments"))))
	}
	return c.root.Call(child.Call("notifications", inputs...).From(in.Range))
}

func (d *deployment) useTopic(r *parts.Root, in *blueprint.Notifications) tf.Expr {
	return parts.Use(r, parts.Wanted{
		Name: "notifications_topic_arn", Key: "observability.notifications.topic_arn", Type: cty.String,
		Description: "ARN of the SNS topic that is told of deployments; its policy must admit events.amazonaws.com.",
		Sample:      cty.StringVal(parts.ARN("sns", "deployments")),
	}, in.TopicARN)
}

func (d *deployment) useTopicKey(r *parts.Root, in *blueprint.Notifications) tf.Expr {
	return parts.Use(r, parts.Wanted{
		Name: "notifications_kms_key_arn", Key: "observability.notifications.kms_key_arn", Type: cty.String,
		Description: "ARN of the KMS key that encrypts the topic; its policy must admit events.amazonaws.com.",
		Sample:      cty.StringVal(parts.ARN("kms", "key/topics")),
		Query:       parts.ByName("aws_kms_alias", "name", "target_key_arn", parts.ARN("kms", "key/topics")),
	}, in.KMSKeyARN)
}
