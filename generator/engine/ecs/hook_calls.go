package ecs

import (
	"path"

	"bluegen/generator/hook"
	"bluegen/generator/parts"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// callHook is the root's call for one hook.
func (d *deployment) callHook(r *parts.Root, c *parts.Child, h lifecycleHook) *tf.Block {
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
	if h.kind.Name == hook.Wait {
		inputs = append(inputs,
			tf.Set("timeout_seconds", tf.Int(h.plan.FunctionTimeoutSeconds)),
			tf.Set("wait_mode", tf.String(string(h.plan.Mode))),
			tf.Set("wait_seconds", tf.Int(h.plan.WaitSeconds)),
		)
	} else {
		inputs = append(inputs, d.handlerInputs(r, h)...)
	}
	return r.Call(c.Call(h.id, inputs...).From(h.in.Range))
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

// hookVariable is the service module's object of one hook.
func (d *deployment) hookVariable(h lifecycleHook) (string, cty.Value) {
	fields := map[string]cty.Value{
		"function_arn":     cty.StringVal(parts.ARN("lambda", "function:"+h.in.Name.V)),
		"invoke_role_arn":  cty.StringVal(parts.GlobalARN("iam", "role/"+h.in.Name.V)),
		"lifecycle_stages": cty.ListVal([]cty.Value{cty.StringVal(hook.PostScaleUp)}),
	}
	if h.plan.HookTimeoutMinutes > 0 {
		fields["timeout_in_minutes"] = cty.NumberIntVal(5)
	}
	return h.id, cty.ObjectVal(fields)
}
