package ecs

import (
	"bluegen/generator/blueprint"
	"bluegen/generator/hook"
	"bluegen/generator/parts"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// hookVariable is the service module's object of one hook.
func (d *deployment) hookVariable(h lifecycleHook) (string, cty.Value) {
	fields := map[string]cty.Value{}
	if h.pause {
		fields["lifecycle_stages"] = d.pauseSample(h)
	} else {
		fields["function_arn"] = cty.StringVal(parts.ARN("lambda", "function:"+h.in.Name.V))
		fields["invoke_role_arn"] = cty.StringVal(parts.GlobalARN("iam", "role/"+h.in.Name.V))
		fields["lifecycle_stages"] = cty.ListVal([]cty.Value{cty.StringVal(hook.PostScaleUp)})
	}
	if h.kind.Name == hook.Approval {
		fields["rule_arn"] = cty.StringVal(parts.ARN("events", "rule/"+h.in.Name.V))
	}
	if len(h.in.HookDetails) > 0 {
		fields["hook_details"] = cty.MapVal(map[string]cty.Value{"suite": cty.StringVal(h.in.Name.V)})
	}
	if h.timed() {
		fields["timeout_in_minutes"] = cty.NumberIntVal(5)
	}
	return h.id, cty.ObjectVal(fields)
}

// pauseSample gives each pause stages of its own: hooks are a set, and a pause has no other name in it.
func (d *deployment) pauseSample(h lifecycleHook) cty.Value {
	stages := []string{hook.PreScaleUp, hook.PostTestTrafficShift, hook.PreProductionTrafficShift, hook.PostProductionTrafficShift}
	var sets [][]cty.Value
	for i, s := range stages {
		sets = append(sets, []cty.Value{cty.StringVal(s)})
		for _, t := range stages[i+1:] {
			sets = append(sets, []cty.Value{cty.StringVal(s), cty.StringVal(t)})
		}
	}
	n := 0
	for _, other := range d.hooks {
		if other.id == h.id {
			break
		}
		if other.pause {
			n++
		}
	}
	return cty.ListVal(sets[n%len(sets)]) // ten sets for ten pauses; more a rule refuses
}

// hookFields are what the root hands to the service of one hook; call is nil where no module is called.
func hookFields(h lifecycleHook, call *tf.Block) []tf.Field {
	var fields []tf.Field
	if !h.pause {
		fields = append(fields, tf.F("function_arn", call.Attr("function_arn")))
	}
	if len(h.in.HookDetails) > 0 {
		fields = append(fields, tf.F("hook_details", parts.Object(h.in.HookDetails)))
	}
	if !h.pause {
		fields = append(fields, tf.F("invoke_role_arn", call.Attr("invoke_role_arn")))
	}
	fields = append(fields, tf.F("lifecycle_stages", tf.Strings(stagesOf(h)...)))
	if h.kind.Name == hook.Approval {
		fields = append(fields, tf.F("rule_arn", call.Attr("rule_arn")))
	}
	if h.timed() {
		fields = append(fields, tf.F("timeout_in_minutes", tf.Int(h.plan.HookTimeoutMinutes)))
	}
	return fields
}

func (m *serviceModule) lifecycleHook(h lifecycleHook) *tf.Block {
	name, sample := m.d.hookVariable(h)
	v := m.Var(name, "The lifecycle hook "+h.in.Name.V+": "+hookVariableWords(h)+".", sample)
	if h.called() {
		m.waits.Add(v.Attr())
	}
	items := tf.Items{}
	if len(h.in.HookDetails) > 0 {
		items = append(items, tf.Set("hook_details", tf.Fn("jsonencode", v.Attr("hook_details"))))
	}
	if !h.pause {
		items = append(items, tf.Set("hook_target_arn", v.Attr("function_arn")))
	}
	items = append(items, tf.Set("lifecycle_stages", v.Attr("lifecycle_stages")))
	if h.pause {
		items = append(items, tf.Set("target_type", tf.String("PAUSE")))
	} else {
		items = append(items, tf.Set("role_arn", v.Attr("invoke_role_arn")))
	}
	if h.timed() {
		items = append(items, tf.Nested("timeout_configuration",
			tf.Set("action", tf.String(h.plan.HookTimeoutAction)),
			tf.Set("timeout_in_minutes", v.Attr("timeout_in_minutes")),
		).Why(timeoutWords(h)))
	}
	return tf.Nested("lifecycle_hook", items).From(h.in.Range)
}

func hookVariableWords(h lifecycleHook) string {
	words := "its function, ECS's role to call it and its stages"
	switch {
	case h.kind.Name == hook.Approval:
		words = "its stages and the rule that tells people, which must be there first"
	case h.pause:
		words = "its stages"
	}
	if h.timed() {
		words += ", and when ECS goes on without an answer"
		if h.plan.HookTimeoutAction == hook.Rollback {
			words = words[:len(words)-len("goes on without an answer")] + "rolls back without an answer"
		}
	}
	return words
}

// timeoutWords say why the timeout is there.
func timeoutWords(h lifecycleHook) string {
	switch {
	case h.kind.Name == hook.Wait && h.pause:
		return "ECS itself lets the time pass, and goes on."
	case h.kind.Name == hook.Wait:
		return "A hook that lost its state would wait anew at every call: ECS ends it, and goes on."
	case h.held():
		return "A hook that lost its state would watch anew at every call: ECS ends it, and rolls back, for nobody saw that all is well."
	default:
		return ""
	}
}

// assertHooks finds each hook by its function, and a pause by its stages, because hooks are a set.
func (m *serviceModule) assertHooks() {
	hooks := tf.First(m.service.Attr("deployment_configuration"), "lifecycle_hook")
	for _, h := range m.d.hooks {
		name, sample := m.d.hookVariable(h)
		v := m.Var(name, "", sample)
		if h.pause {
			mine := only("hook", hooks, len(m.d.hooks), "lifecycle_stages", v.Attr("lifecycle_stages"))
			m.Assert("ECS must pause for "+h.in.Name.V+" at its stages.",
				tf.Equal(tf.Dig(mine, "lifecycle_stages"), v.Attr("lifecycle_stages")),
				tf.Equal(tf.Dig(mine, "target_type"), tf.String("PAUSE")))
			m.assertTimeout(h, mine, v)
			continue
		}
		mine := only("hook", hooks, len(m.d.hooks), "hook_target_arn", v.Attr("function_arn"))
		m.Assert("The hook "+h.in.Name.V+" must stand at its stages, and ECS must call it with its own role.",
			tf.Equal(tf.Dig(mine, "hook_target_arn"), v.Attr("function_arn")),
			tf.Equal(tf.Dig(mine, "lifecycle_stages"), v.Attr("lifecycle_stages")),
			tf.Equal(tf.Dig(mine, "role_arn"), v.Attr("invoke_role_arn")))
		if len(h.in.HookDetails) > 0 {
			m.Assert("The hook "+h.in.Name.V+" must get its details.", tf.Equal(tf.Dig(mine, "hook_details"), tf.Fn("jsonencode", v.Attr("hook_details"))))
		}
		m.assertTimeout(h, mine, v)
	}
}

func (m *serviceModule) assertTimeout(h lifecycleHook, mine tf.Expr, v *tf.Block) {
	if !h.timed() {
		return
	}
	message := "A wait that lost its state must end in a deployment, not in a rollback."
	switch {
	case h.kind.Name == hook.Wait && h.pause:
		message = "The pause " + h.in.Name.V + " must end by itself, and the deployment go on."
	case h.kind.Name != hook.Wait:
		message = "The hook " + h.in.Name.V + " must end as the blueprint says."
	}
	limit := tf.Fn("one", tf.Dig(mine, "timeout_configuration"))
	m.Assert(message,
		tf.Equal(tf.Dig(limit, "action"), tf.String(h.plan.HookTimeoutAction)),
		tf.Equal(tf.Dig(limit, "timeout_in_minutes"), tf.Fn("tostring", v.Attr("timeout_in_minutes"))))
}

// stagesOf are a hook's stages in the order of a deployment, whatever order the blueprint has.
func stagesOf(h lifecycleHook) []string {
	var out []string
	for _, s := range hook.LegalStages() {
		if contains(h.in.Stages, s) {
			out = append(out, s)
		}
	}
	return out
}

func contains(list []blueprint.At[string], want string) bool {
	for _, l := range list {
		if l.V == want {
			return true
		}
	}
	return false
}
