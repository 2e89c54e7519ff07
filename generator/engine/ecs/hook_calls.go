package ecs

import (
	"path"
	"strings"

	"bluegen/generator/blueprint"
	"bluegen/generator/hook"
	"bluegen/generator/parts"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// callHook is the root's call for one hook.
func (d *deployment) callHook(r *parts.Root, c *parts.Child, h lifecycleHook) *tf.Block {
	name := d.partName(parts.FunctionName, h.in.Name.V)
	inputs := []tf.Attr{
		tf.Set("execution_role_name", tf.String(d.partName(parts.RoleName, h.in.Name.V, "execution"))),
		tf.Set("function_name", tf.String(name)),
		tf.Set("invoke_role_name", tf.String(d.partName(parts.RoleName, h.in.Name.V, "invoke"))),
		tf.Set("log_group_name", tf.String("/aws/lambda/"+name)),
		tf.Set("log_kms_key_arn", d.useKMS(r)),
		tf.Set("log_retention_days", tf.Int(d.in.Logs.RetentionDays.V)),
		tf.Set("permissions_boundary", d.useBoundary(r)),
	}
	if p := d.in.Roles.Path.V; p != "/" {
		inputs = append(inputs, tf.Set("path", tf.String(p)))
	}
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
		tf.Set("source_path", tf.Join(tf.PathRoot(), tf.String("/"+d.up()+path.Clean(h.in.Path.V)))),
		tf.Set("timeout_seconds", seconds(h.in.Timeout.V)),
	}
	if len(h.in.Environment) > 0 {
		inputs = append(inputs, tf.Set("environment", object(h.in.Environment)))
	}
	if len(h.in.PolicyStatements) > 0 {
		document := r.Data(parts.Policy(h.id, h.in.PolicyStatements))
		inputs = append(inputs, tf.Set("policy_json", document.Attr("json")))
	}
	return inputs
}

// up leads from the configuration's folder to the blueprint's.
func (d *deployment) up() string { return strings.Repeat("../", strings.Count(d.folder(), "/")+1) }

// folder is the configuration's, relative to the blueprint's.
func (d *deployment) folder() string {
	return path.Join(d.in.Terraform.Directory.V, d.in.Environment.V)
}

func object(pairs []blueprint.Pair) tf.Expr {
	fields := make([]tf.Field, 0, len(pairs))
	for _, p := range pairs {
		fields = append(fields, tf.F(p.Key.V, tf.String(p.Value.V)))
	}
	return tf.Fields(fields...)
}

// useKMS is the key of the log groups, nil where there is none.
func (d *deployment) useKMS(r *parts.Root) tf.Expr {
	key := d.in.Logs.KMSKeyARN
	if !key.Said() {
		return nil
	}
	return parts.Use(r, parts.Wanted{
		Name: "log_kms_key_arn", Key: "logs.kms_key_arn", Type: cty.String,
		Description: "ARN of the KMS key that encrypts the logs; its policy must admit CloudWatch Logs.",
		Sample:      cty.StringVal(parts.ARN("kms", "key/mock")),
		Query:       parts.ByName("aws_kms_alias", "name", "target_key_arn", parts.ARN("kms", "key/mock")),
	}, key)
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
