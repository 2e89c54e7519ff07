package ecs

import (
	"bluegen/generator/tf"
)

// arrived is the postcondition that turns an apply red when ECS went back to another revision. In a rolling deployment the service is steady
// again after a rollback, which is all that the provider waits for (hashicorp/terraform-provider-aws#20858); with built-in blue/green it follows
// the service deployment and fails by itself. Without waiting nothing has been rolled back yet, and where a pipeline owns the revision
// Terraform does not know the right one.
func (m *serviceModule) arrived() tf.Item {
	if !m.d.checksRevision() {
		return nil
	}
	condition := tf.Equal(tf.Self("task_definition"), m.task)
	if m.d.In.Service.Task == nil {
		// The given one may be a family, a revision or an ARN: the running revision ends with it, or has it before the number.
		end := func(e tf.Expr) tf.Expr { return tf.Join(e, tf.String(":")) }
		condition = tf.Fn("strcontains", end(tf.Self("task_definition")), end(m.task))
	}
	return tf.Nested("postcondition",
		tf.Set("condition", condition),
		tf.Set("error_message", tf.Join(tf.String("ECS rolled the deployment back: the service runs "), tf.Self("task_definition"), tf.String("."))),
	).Why("A service is steady after a rollback too: what was asked for must be what runs.")
}

// checksRevision says that Terraform knows, at the end of an apply, which revision must run.
func (d *deployment) checksRevision() bool {
	return d.In.ECS.Deployment.Wait.V && d.In.Ownership.TaskDefinition.V == "terraform"
}
