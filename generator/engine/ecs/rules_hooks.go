package ecs

import (
	"errors"
	"fmt"
	"path"
	"strings"
	"time"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"
	"bluegen/generator/hook"
	"bluegen/generator/parts"

	"github.com/hashicorp/hcl/v2"
)

// maxHooks of one service, with a function and without one (domain.md 1.1: PAUSE).
const maxHooks = 10

// hookRules: names and number.
func hookRules(d *deployment) diag.List {
	var out diag.List
	seen := map[string]hcl.Range{}
	functions, pauses := 0, 0
	for _, h := range d.hooks {
		if first, twice := seen[h.id]; twice {
			out = append(out, parts.Found(CodeHookOnBoth, h.in.Name.Range, "Two hooks are called "+h.in.Name.V,
				"The name is that of the module call, where a hyphen and an underscore are the same. Rename one of them.", first))
		}
		seen[h.id] = h.in.Name.Range
		count, what := &functions, "hooks with a function"
		remedy := "Let one hook do the work of several: it is told the stage it is called at."
		if h.pause {
			count, what, remedy = &pauses, "pauses", "One hook may pause at several stages."
		}
		if *count == maxHooks {
			out = append(out, parts.Found(CodeManyHooks, h.in.Name.Range, fmt.Sprintf("A service has %d %s at most", maxHooks, what), remedy))
		}
		*count++
	}
	return out
}

// waitRules: a wait, or a watch, that can end.
func waitRules(d *deployment) diag.List {
	var out diag.List
	pin := d.In.Terraform.AWSProvider
	for _, h := range d.hooks {
		if !h.held() {
			continue
		}
		plan, err := d.hookPlan(h)
		long := h.in.For.V + h.in.Settle.V
		switch {
		case errors.Is(err, hook.ErrWaitNeedsTimeout):
			out = append(out, parts.Found(CodeWaitNeedsPin, h.in.For.Range, fmt.Sprintf("A wait of %s needs hashicorp/aws 6.66, and aws_provider admits %s", parts.Spell(long), parts.Short(d.AWS.Floor())),
				fmt.Sprintf("Below it a hook has no timeout of its own, so the wait must be slept in one call, which ends after %s. Wait shorter, or write `aws_provider: \">= 6.66\"`.", parts.Spell(hook.MaxSleep)), pin.Range))
		case errors.Is(err, hook.ErrWaitTooLong):
			out = append(out, parts.Found(CodeWaitTooLong, h.in.For.Range, "A wait of "+parts.Spell(long)+" is longer than a stage",
				"ECS ends a stage after 24 hours and rolls back. Wait "+parts.Spell(hook.MaxWait)+" at most."))
		case err == nil && plan.Mode == hook.Sleeping:
			out = append(out, parts.Warn(CodeSleepingWait, h.in.For.Range, "The function sleeps through the wait",
				"aws_provider admits releases that do not know a hook's timeout, so the wait is one call and billed whole. From 6.66 on it polls: write `aws_provider: \">= 6.66\"`.", pin.Range))
		}
	}
	return out
}

// handlerRules: what the team's handler must be so that Lambda runs it.
func handlerRules(d *deployment) diag.List {
	var out diag.List
	for _, h := range d.hooks {
		if h.kind.Name != hook.Code {
			continue
		}
		for _, e := range h.in.Environment {
			if reserved(e.Key.V) {
				out = append(out, parts.Found(CodeReservedName, e.Key.Range, "Lambda sets "+e.Key.V+" itself", "A function with it is refused. Call the variable otherwise."))
			}
		}
		out = append(out, handlerName(h.in)...)
	}
	return out
}

// reserved are the names that Lambda refuses; other AWS_ names are allowed.
func reserved(name string) bool {
	switch name {
	case "_HANDLER", "_X_AMZN_TRACE_ID", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV",
		"AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_VERSION",
		"AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME",
		"AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN",
		"AWS_LAMBDA_RUNTIME_API", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR":
		return true
	}
	return false
}

// handlerName: python and node name the handler after its file.
func handlerName(h blueprint.Hook) diag.List {
	if h.Folder || !strings.HasPrefix(h.Runtime.V, "python") && !strings.HasPrefix(h.Runtime.V, "nodejs") {
		return nil
	}
	file := strings.TrimSuffix(path.Base(h.Path.V), path.Ext(h.Path.V))
	module, function, _ := strings.Cut(h.Handler.V, ".")
	if module == file && function != "" {
		return nil
	}
	return diag.List{parts.Found(CodeHandlerName, h.Handler.Range, fmt.Sprintf("The handler %s is not in %s", h.Handler.V, path.Base(h.Path.V)),
		fmt.Sprintf("Lambda looks for `<file>.<function>`: write `%s.` and the function's name.", file), h.Path.Range)}
}

// credentials is how long CI's credentials live by default, less some minutes for what comes before.
const credentials = 55 * time.Minute

// timeoutRules: waiting long enough, and not longer than the credentials.
func timeoutRules(d *deployment) diag.List {
	var out diag.List
	in := d.In.ECS.Deployment
	if in.Wait.V {
		sum := d.wait.sum()
		for _, t := range []blueprint.At[time.Duration]{in.Timeouts.Create, in.Timeouts.Update} {
			if t.V > 0 && t.V < sum {
				out = append(out, parts.Warn(CodeShortTimeout, t.Range, fmt.Sprintf("Terraform stops waiting after %s, and a deployment may take %s", parts.Spell(t.V), parts.Spell(sum)),
					"That is "+d.wait.words()+". The apply would fail while the deployment goes on. Leave the timeout to bluegen, or write a longer one."))
			}
		}
		if longest := max(d.wait.create, d.wait.update); longest > credentials && in.CILimit.V == 0 { // who says the limit is asked for that one
			out = append(out, parts.Warn(CodeCredentials, in.Range, fmt.Sprintf("Terraform may wait %s, longer than most CI credentials live", parts.Spell(longest)),
				"A token that expires in mid-wait leaves the state locked. Use credentials that live longer, or `wait: false` and watch the deployment: the generated README says how."))
		}
	}
	if in.SigintRollback.V && !in.Wait.V {
		out = append(out, parts.Found(CodeSigintWait, in.SigintRollback.Range, "sigint_rollback needs an apply that waits",
			"There is nothing to interrupt: apply ends while the deployment goes on. Write `wait: true`, or take sigint_rollback out.", in.Wait.Range))
	}
	if d.shifts && parts.Said(in.BakeTime) && in.BakeTime.V == 0 {
		out = append(out, parts.Warn(CodeNoBake, in.BakeTime.Range, "Blue stops as soon as traffic has moved", "There is no time in which a rollback is at once. Write at least a few minutes."))
	}
	if b := in.CircuitBreaker; b.Rollback.V && !b.Enable.V && parts.Said(b.Rollback) {
		out = append(out, parts.Found(CodeRollbackOff, b.Rollback.Range, "The circuit breaker is off, so it cannot roll back", "Write `enable: true`, or take `rollback` out.", b.Enable.Range))
	}
	return out
}

// words are the addends that there are: "scale-up 10m, bake 5m and stop 30s".
func (w waiting) words() string {
	var out []string
	for _, t := range w.terms {
		if t.long > 0 {
			out = append(out, t.what+" "+parts.Spell(t.long))
		}
	}
	return parts.Names(out)
}
