package generator

import (
	"slices"
	"strings"
	"testing"
)

// pair is two groups of options of which one changes what the other makes.
type pair struct{ one, other, because string }

// TestPairsHaveACase: every group of options is in a good case, every pair that interacts is in one service, and every group is in a
// pair. A case is a golden, whose files a person has read and the real terraform has judged.
func TestPairsHaveACase(t *testing.T) {
	t.Parallel()
	shown := map[string][]string{} // group -> environments of cases
	for _, b := range builds(t) {
		if b.service.ECS == nil {
			continue
		}
		for _, g := range groups() {
			if g.in(b) {
				shown[g.name] = append(shown[g.name], b.name)
			}
		}
	}
	paired := map[string]bool{}
	for _, p := range pairs() {
		paired[p.one], paired[p.other] = true, true
		both := slices.ContainsFunc(shown[p.one], func(name string) bool { return slices.Contains(shown[p.other], name) })
		if !both {
			t.Errorf("no good case shows %q with %q: %s\n %s: %v\n %s: %v", p.one, p.other, p.because, p.one, shown[p.one], p.other, shown[p.other])
		}
	}
	var names []string
	for _, g := range groups() {
		names = append(names, g.name)
		switch {
		case len(shown[g.name]) == 0:
			t.Errorf("no good case shows %q", g.name)
		case !paired[g.name]:
			t.Errorf("%q interacts with nothing: add a pair, or take the group out", g.name)
		}
		delete(paired, g.name)
	}
	for name := range paired {
		t.Errorf("a pair names %q, which is none of %s", name, strings.Join(names, ", "))
	}
}

func pairs() []pair {
	return slices.Concat(strategyPairs(), hookPairs(), watchPairs(), ownerPairs(), taskPairs(), sitePairs())
}

func strategyPairs() []pair {
	return []pair{
		{"rolling", "alb", "there is one target group, and the rule is Terraform's whole"},
		{"rolling", "nlb", "there is one target group on one listener"},
		{"rolling", "connect", "no test traffic, no role to shift with"},
		{"rolling", "no traffic", "nothing shifts and nothing is waited for but tasks"},
		{"keep_pair", "test rule", "both groups hang on rules under rolling"},
		{"keep_pair", "nlb, test listener", "green hangs on the test listener under rolling"},
		{"keep_pair", "balanced by ecs", "what earlier deployments have made of the pair is ignored under rolling too"},
		{"blue_green", "no traffic", "no load balancer and no role, but hooks and a bake time"},
		{"blue_green", "no test rule", "green is reached by nobody before the users"},
		{"linear", "nlb, weighted", "steps on one listener"},
		{"linear", "nlb, test listener", "steps, a test listener, and the load balancer's own delay add up in the timeouts"},
		{"linear", "several keys of traffic", "every key shifts at every step"},
		{"linear", "hook at every shift", "the hook is called once a step, and so it counts in the timeouts"},
		{"canary", "test listener", "the first step follows the test listener's traffic"},
		{"canary", "nlb", "one listener moves twice"},
		{"canary", "connect", "steps by proxies alone"},
		{"waiting apply", "nlb", "the load balancer's own delay is an addend of the timeouts"},
		{"waiting apply", "approval hook", "an apply that waits for people says how long"},
		{"breaker that is off", "hook with a function", "ECS rolls back for a hook alone"},
		{"breaker that only stops", "pipeline", "nobody goes back by himself"},
		{"rollback when interrupted", "waiting apply", "there is an apply to interrupt"},
		{"rollback when interrupted", "said timeouts", "an apply that ends too early is not interrupted"},
		{"said timeouts", "linear", "what is said stands in place of the sum over the steps"},
		{"ci_limit", "canary", "the sum over both shifts is held to the run of CI"},
		{"apply that does not wait", "nlb", "deleting still waits for the connections to drain"},
		{"alb, replaceable", "several keys of traffic", "guarded and replaceable groups are modules of two shapes"},
		{"nlb, tls", "nlb, test listener", "each listener ends TLS with a certificate"},
		{"nlb", "alb", "rules and listeners are modules side by side"},
		{"connect", "alb", "one port has a name for the proxies and a target group"},
		{"connect, tcp", "connect, test header", "of two named ports one has test traffic"},
		{"nlb", "several ports", "the load balancer leads to the second port"},
	}
}

func hookPairs() []pair {
	return []pair{
		{"wait hook", "pin below a hook's end", "the wait is slept in one call"},
		{"alarms hook", "pin below a hook's end", "the watch is one call"},
		{"wait hook", "permissions boundary", "the function's roles are bounded"},
		{"hook with rights", "permissions boundary", "the handler's own policy hangs on a bounded role"},
		{"hook with a function", "path of roles", "the hooks' roles lie below the path"},
		{"hook with a function", "source account", "who may assume the hooks' roles is narrowed"},
		{"hook with a function", "encrypted logs", "the functions' logs are encrypted with the same key"},
		{"hook with a function", "dashboard", "the functions have widgets"},
		{"hook with a function", "pipeline", "hooks stay Terraform's where a pipeline deploys"},
		{"hook with a function", "no traffic", "hooks run though nothing shifts"},
		{"hook with a function", "environments", "the functions' names carry the environment"},
		{"hook that is ended", "waiting apply", "the hook's end is an addend of the timeouts"},
		{"code hook", "environments", "one handler beside the blueprint, named from a folder deeper"},
		{"smoke hook", "test rule", "host and header come from the rule"},
		{"smoke hook", "test listener", "the port comes from the other listener"},
		{"smoke hook", "hook in the network", "the function reaches an internal load balancer"},
		{"smoke hook", "nlb", "only an Application Load Balancer's rule says where to"},
		{"comparing hook", "several keys of traffic", "the hook says whose groups it compares"},
		{"comparing hook", "linear", "at every step the comparison is of the weights of that step"},
		{"comparing hook", "encrypted logs", "two permissions beside the key"},
		{"comparing hook", "permissions boundary", "the permission to see revisions lies within the boundary"},
		{"hook in the network", "existing security groups", "the function's groups are not the tasks'"},
		{"hook in the network", "own security group", "the function's groups and the tasks' own are two"},
		{"pause hook", "approval hook", "ECS tells two pauses apart by their stages and time"},
		{"pause hook", "canary", "ECS waits itself between the shifts"},
		{"pause hook", "hook with a function", "hooks with a function and without one are one list"},
		{"approval, own key", "notifications, own topic", "two topics, each with a key of its own"},
		{"approval, existing topic", "notifications, existing topic", "two topics that are somebody else's"},
		{"approval hook", "connect", "people answer before the proxies shift"},
		{"approval hook", "dashboard", "an approval has no function to show"},
		{"smoke hook", "comparing hook", "two functions, one in front of the shift and one behind"},
		{"alarms hook", "own alarms", "the hook asks, the deployment watches"},
		{"metric hook", "alarms hook", "two kinds of watch side by side"},
	}
}

func watchPairs() []pair {
	return []pair{
		{"own alarms", "several keys of traffic", "an alarm for each key, over both groups"},
		{"own alarms", "nlb", "the alarms look at the Application Load Balancer's key alone"},
		{"own alarms", "rolling", "one group, in which tasks start"},
		{"own alarms", "canary", "what the first step breaks must be seen before the second"},
		{"own alarms", "named alarms", "one list of both"},
		{"own alarms", "pin below a hook's end", "alarms are older than hooks"},
		{"named alarms", "connect", "nobody counts the proxies' requests but existing alarms"},
		{"named alarms", "nlb", "nobody counts a Network Load Balancer's requests but existing alarms"},
		{"alarms that only stop", "rolling", "the deployment stops half way, and the README says so"},
		{"apply that does not wait", "pipeline", "no apply sees a rollback, and none would undo it"},
		{"alarms that only stop", "apply that does not wait", "nobody hears of it but who looks"},
		{"dashboard", "alb", "requests and latency of both colours"},
		{"dashboard", "nlb", "the way says which metrics a key has"},
		{"dashboard", "connect", "the proxies have no metrics of target groups"},
		{"dashboard", "no traffic", "CPU and memory alone"},
		{"dashboard", "environments", "the dashboard's name carries the environment"},
		{"notifications, own topic", "environments", "each environment tells a topic of its own"},
		{"notifications, own topic", "no traffic", "a worker's deployments are told too"},
		{"autoscaling by requests", "several keys of traffic", "requests of all keys and colours add up"},
		{"autoscaling by requests", "linear", "both colours count while traffic moves"},
		{"autoscaling by requests", "nlb", "only the Application Load Balancer counts requests"},
		{"own autoscaling", "no traffic", "a worker scales by CPU and memory"},
		{"own autoscaling", "pipeline", "target and policies stay Terraform's where a pipeline deploys"},
		{"own autoscaling", "capacity providers", "the count is shared out"},
		{"own autoscaling", "environments", "the policies' names carry the environment"},
		{"external autoscaling", "pipeline", "neither count nor task is Terraform's"},
	}
}

func ownerPairs() []pair {
	return []pair{
		{"pipeline", "mounts", "the containers are the pipeline's, the volumes Terraform's"},
		{"pipeline", "existing task definition", "there is no definition to follow"},
		{"pipeline", "log router", "the router is among the containers that the pipeline owns"},
		{"pipeline", "secrets", "the pipeline's containers read what the execution role may"},
		{"pipeline", "ephemeral storage", "the definition's other arguments stay Terraform's"},
		{"pipeline", "rolling", "the pipeline deploys without a shift"},
		{"counted by autoscaling", "pipeline", "two keys are ignored"},
		{"counted by autoscaling", "balanced by ecs", "two keys are ignored"},
		{"balanced by ecs", "alb", "groups, rules and role of the service are ignored"},
		{"balanced by ecs", "nlb", "groups, listeners and role of the service are ignored"},
		{"balanced by ecs", "existing infrastructure role", "another role would be ignored"},
		{"balanced by ecs", "environments", "an environment that changes a port changes nothing"},
		{"existing infrastructure role", "nlb", "no role is made, and the listeners are the service's own all the same"},
		{"existing execution role", "secrets", "the README says what it must read"},
		{"existing task role", "efs, iam", "the README says what it must mount"},
		{"existing task role", "shells", "the README says which channels it must open"},
		{"existing connect role", "connect, tls", "nothing is made for the certificates"},
		{"scoped role", "nlb", "exactly these listeners"},
		{"scoped role", "test listener", "the rules of two listeners"},
		{"scoped role", "several keys of traffic", "exactly these groups and rules"},
		{"scoped role", "connect, tls", "the certificates have a role of their own beside the scoped one"},
		{"scoped role", "keep_pair", "ECS shifts back with it before rolling is alone"},
		{"permissions boundary", "connect, tls", "the certificates' role is bounded"},
		{"permissions boundary", "shells", "the channels lie within the boundary"},
		{"permissions boundary", "secrets", "the secrets lie within the boundary"},
		{"source account", "connect, tls", "who may assume the certificates' role is narrowed"},
		{"statements of the task", "efs, iam", "two policies of one role"},
	}
}

func taskPairs() []pair {
	return []pair{
		{"existing task definition", "alb", "the blueprint says what is in it"},
		{"existing task definition", "nlb", "container and port are said, and no stop timeout is known"},
		{"existing task definition", "connect", "the port's name is said"},
		{"existing task definition", "discovery, SRV", "container and port are said"},
		{"existing task definition", "capacity providers", "the service's own options stay"},
		{"existing task definition", "shells", "the service opens them, nobody knows the init process"},
		{"several containers", "discovery, SRV", "one of them is registered"},
		{"several containers", "shells", "each has an init process"},
		{"several containers", "secrets", "two get the same secret, and the role reads it once"},
		{"several containers", "connect", "the first one's ports have names"},
		{"dependencies", "health check", "a container waits until another is healthy"},
		{"dependencies", "log router", "the router starts first"},
		{"secrets", "parameters", "two statements and one list of variables"},
		{"secrets, own key", "parameters", "one statement for all keys"},
		{"shells", "read-only root", "the agent needs folders that it may write to"},
		{"read-only root", "mounts", "what is mounted stays writable"},
		{"log router", "encrypted logs", "the router's own logs are in the encrypted group"},
		{"log router", "mounts", "the router keeps what it cannot send"},
		{"log options", "encrypted logs", "the options lie beside group and region"},
		{"efs", "own security group", "the tasks must reach port 2049"},
		{"efs, access point", "efs, iam", "the policy has the access point as a condition"},
		{"efs, anonymous", "efs, iam", "one of two file systems is in the policy"},
		{"efs, access point", "existing task role", "the README names the access point"},
		{"discovery", "connect", "two names in Cloud Map"},
		{"discovery", "rolling", "no green that clients could meet early"},
		{"discovery", "blue_green", "clients meet green before the shift"},
		{"capacity providers", "rolling", "another share must not replace the service"},
		{"capacity providers", "linear", "another share must not replace the service"},
		{"ephemeral storage", "several containers", "all share it"},
	}
}

func sitePairs() []pair {
	return []pair{
		{"own security group", "no traffic", "nobody may connect to a worker"},
		{"own security group", "nlb", "clients' addresses arrive as they are"},
		{"own security group", "connect", "the clients' groups connect to the proxies"},
		{"own security group", "several ports", "one rule for each port and source"},
		{"balancer egress", "several keys of traffic", "the load balancer's side of each rule"},
		{"existing security groups", "alb", "nothing is opened"},
		{"environments", "state in s3", "each environment has a key of its own"},
		{"environments", "rolling", "staging rolls where production shifts"},
		{"pin below blue/green", "rolling", "no strategy is written"},
		{"pin below blue/green", "own alarms", "alarms without deployment_configuration"},
		{"pin below blue/green", "discovery", "the task's options are older than strategies"},
		{"pin below blue/green", "nlb", "one target group without a strategy"},
		{"pin below blue/green", "connect", "proxies without a strategy"},
		{"pin below the region's attribute", "region said", "the logs' region is the provider's"},
		{"pin below the region's attribute", "dashboard", "the widgets' region is the provider's"},
	}
}
