package appmesh

import (
	"bluegen/generator/parts"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// roles are the two of every task; the containers' one lets Envoy read its configuration, and the daemon write traces.
func (r *rollout) roles() []parts.RoleFacts {
	roles := r.TaskRoles()
	task := &roles[1]
	task.Description = "What the containers may do in AWS: Envoy, the X-Ray daemon and the application."
	task.Own = []parts.OwnPolicy{{
		Resource: envoy, Name: "stream-configuration", Document: envoyPolicy,
		Message: "The task role must have the policy for exactly these virtual nodes.",
	}}
	task.Carries = "appmesh:StreamAggregatedResources on the active nodes"
	if r.traced() {
		task.Managed = []parts.Managed{{Resource: xray, Name: "AWSXRayDaemonWriteAccess"}}
		task.Carries += ", AWSXRayDaemonWriteAccess"
	}
	return roles
}

// streams says that the task role is made here, with the policy for the virtual nodes.
func (r *rollout) streams() bool { return !r.In.Roles.Task.ARN.Said() }

// sampleNodes are the ARNs that tests give for the virtual nodes.
func sampleNodes() cty.Value {
	arn := func(colour string) string { return parts.ARN("appmesh", "mesh/orders/virtualNode/orders-"+colour) }
	return byColour(arn("blue"), arn("green"))
}

// envoyPolicy lets Envoy stream the configuration of the virtual nodes that there are, and of no others.
func envoyPolicy(m *parts.RoleModule) *tf.Block {
	nodes := m.Var("virtual_node_arns", "ARNs of the virtual nodes, by active colour.", sampleNodes())
	document := m.Add(tf.Data("aws_iam_policy_document", envoy, tf.Nested("statement",
		tf.Set("actions", tf.Strings("appmesh:StreamAggregatedResources")),
		tf.Set("resources", tf.Fn("values", nodes.Attr())),
	))).Why("Envoy takes its configuration from the virtual node that it stands for, and from no other.")
	m.Output("virtual_node_arns", "The virtual nodes whose configuration Envoy may stream.", nodes.Attr())
	statement := tf.First(document.Attr("statement"))
	m.Assert("Envoy may stream the configuration of the active virtual nodes, and nothing else.",
		tf.Equal(tf.Dig(statement, "actions"), tf.Fn("toset", tf.Strings("appmesh:StreamAggregatedResources"))),
		tf.Equal(tf.Dig(statement, "resources"), tf.Fn("toset", tf.Fn("values", nodes.Attr()))))
	return document
}
