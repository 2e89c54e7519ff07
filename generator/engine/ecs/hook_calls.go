package ecs

import (
	"path"

	"bluegen/generator/hook"
	"bluegen/generator/parts"
	"bluegen/generator/tf"
)

// callHook is the root's call for one hook.
func (c *configuration) callHook(child *parts.Child, h lifecycleHook, told []hookSetting) *tf.Block {
	d, r := c.d, c.root
	name := d.PartName(parts.FunctionName, h.in.Name.V)
	inputs := []tf.Attr{
		tf.Set("execution_role_name", tf.String(d.PartName(parts.RoleName, h.in.Name.V, "execution"))),
		tf.Set("function_name", tf.String(name)),
		tf.Set("invoke_role_name", tf.String(d.PartName(parts.RoleName, h.in.Name.V, "invoke"))),
		tf.Set("log_group_name", tf.String("/aws/lambda/"+name)),
		tf.Set("log_kms_key_arn", d.UseKMS(r)),
		tf.Set("log_retention_days", tf.Int(d.In.Logs.RetentionDays.V)),
	}
	inputs = append(inputs, d.RoleBounds(r)...)
	inputs = append(inputs, c.reachInputs(h)...)
	if h.kind.Name == hook.Code {
		inputs = append(inputs, d.handlerInputs(r, h)...)
	} else {
		inputs = append(inputs, tf.Set("timeout_seconds", tf.Int(h.callSeconds())))
	}
	for _, s := range told {
		inputs = append(inputs, tf.Set(s.name, s.value))
	}
	return r.Call(child.Call(h.id, inputs...).From(h.in.Range))
}

// callSeconds is how long one call of a function of ours may take.
func (h lifecycleHook) callSeconds() int {
	if h.kind.Name == hook.Smoke {
		return int(h.in.Timeout.V.Seconds())
	}
	return h.plan.FunctionTimeoutSeconds
}

func (d *deployment) handlerInputs(r *parts.Root, h lifecycleHook) []tf.Attr {
	inputs := []tf.Attr{
		tf.Set("handler", tf.String(h.in.Handler.V)),
		tf.Set("memory_mb", tf.Int(h.in.Memory.V)),
		tf.Set("runtime", tf.String(h.in.Runtime.V)),
		tf.Set("source_path", tf.Join(tf.PathRoot(), tf.String("/"+d.Up()+path.Clean(h.in.Path.V)))),
		tf.Set("timeout_seconds", parts.Seconds(h.in.Timeout.V)),
	}
	if len(h.in.Environment) > 0 {
		inputs = append(inputs, tf.Set("environment", parts.Object(h.in.Environment)))
	}
	if len(h.in.PolicyStatements) > 0 {
		document := r.Data(parts.Policy(h.id, h.in.PolicyStatements))
		inputs = append(inputs, tf.Set("policy_json", document.Attr("json")))
	}
	return inputs
}
