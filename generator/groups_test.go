package generator

import (
	"slices"

	"bluegen/generator/blueprint"
	"bluegen/generator/parts"
	"bluegen/schemas"
)

// group is something that a blueprint may ask for, in the words of TestPairsHaveACase's table.
type group struct {
	name string
	in   func(b built) bool
}

// groups are the options of engine: ecs that change what is made.
func groups() []group {
	return slices.Concat(strategyGroups(), trafficGroups(), hookGroups(), watchGroups(), ownerGroups(), taskGroups(), siteGroups())
}

func deploymentOf(b built) blueprint.Deployment { return b.service.ECS.Deployment }

func strategyGroups() []group {
	var out []group
	for _, strategy := range []string{"rolling", "blue_green", "linear", "canary"} {
		out = append(out, group{strategy, func(b built) bool { return deploymentOf(b).Strategy.V == strategy && !deploymentOf(b).KeepPair.V }})
	}
	return append(out,
		group{"keep_pair", func(b built) bool { return deploymentOf(b).KeepPair.V }},
		group{"waiting apply", func(b built) bool { return deploymentOf(b).Wait.V }},
		group{"apply that does not wait", func(b built) bool { return !deploymentOf(b).Wait.V }},
		group{"breaker that is off", func(b built) bool { return !deploymentOf(b).CircuitBreaker.Enable.V }},
		group{"breaker that only stops", func(b built) bool {
			return deploymentOf(b).CircuitBreaker.Enable.V && !deploymentOf(b).CircuitBreaker.Rollback.V
		}},
		group{"rollback when interrupted", func(b built) bool { return deploymentOf(b).SigintRollback.V }},
		group{"said timeouts", func(b built) bool { return !deploymentOf(b).Timeouts.Default }},
		group{"ci_limit", func(b built) bool { return deploymentOf(b).CILimit.V > 0 }},
	)
}

// way is a group of a key of traffic.
func way(name string, is func(blueprint.Traffic) bool) group {
	return group{name, func(b built) bool {
		return slices.ContainsFunc(b.service.ECS.Traffic, func(e blueprint.Entry[blueprint.Traffic]) bool { return is(e.V) })
	}}
}

func trafficGroups() []group {
	alb := func(is func(*blueprint.ALB) bool) func(blueprint.Traffic) bool {
		return func(t blueprint.Traffic) bool { return t.ALB != nil && is(t.ALB) }
	}
	nlb := func(is func(*blueprint.NLB) bool) func(blueprint.Traffic) bool {
		return func(t blueprint.Traffic) bool { return t.NLB != nil && is(t.NLB) }
	}
	connect := func(is func(*blueprint.ServiceConnect) bool) func(blueprint.Traffic) bool {
		return func(t blueprint.Traffic) bool { return t.ServiceConnect != nil && is(t.ServiceConnect) }
	}
	return []group{
		{"no traffic", func(b built) bool { return len(b.service.ECS.Traffic) == 0 }},
		{"several keys of traffic", func(b built) bool { return len(b.service.ECS.Traffic) > 1 }},
		way("alb", alb(func(*blueprint.ALB) bool { return true })),
		way("test rule", alb(func(a *blueprint.ALB) bool { return a.Test != nil && !a.Test.ListenerARN.Said() })),
		way("test listener", alb(func(a *blueprint.ALB) bool { return a.Test != nil && a.Test.ListenerARN.Said() })),
		way("no test rule", alb(func(a *blueprint.ALB) bool { return a.Test == nil })),
		way("alb, replaceable", alb(func(a *blueprint.ALB) bool { return a.AllowReplacement.V })),
		way("nlb", nlb(func(*blueprint.NLB) bool { return true })),
		way("nlb, test listener", nlb(func(n *blueprint.NLB) bool { return n.Test != nil })),
		way("nlb, weighted", nlb(func(n *blueprint.NLB) bool { return n.Weighted.V })),
		way("nlb, tls", nlb(func(n *blueprint.NLB) bool { return n.Production.Protocol.V == "TLS" })),
		way("connect", connect(func(*blueprint.ServiceConnect) bool { return true })),
		way("connect, test header", connect(func(c *blueprint.ServiceConnect) bool { return c.Test != nil })),
		way("connect, tls", connect(func(c *blueprint.ServiceConnect) bool { return c.TLS != nil })),
		way("connect, tcp", connect(func(c *blueprint.ServiceConnect) bool { return c.AppProtocol.V == "tcp" })),
	}
}

// hooked is a group of a hook.
func hooked(name string, is func(blueprint.Hook) bool) group {
	return group{name, func(b built) bool { return slices.ContainsFunc(deploymentOf(b).Hooks, is) }}
}

func hookGroups() []group {
	var out []group
	for _, kind := range []string{"smoke", "alarms", "metric", "approval", "code"} {
		out = append(out, hooked(kind+" hook", func(h blueprint.Hook) bool { return h.Kind.V == kind }))
	}
	shift := func(s blueprint.At[string]) bool { return s.V == "PRODUCTION_TRAFFIC_SHIFT" }
	return append(out,
		hooked("wait hook", func(h blueprint.Hook) bool { return h.Kind.V == "wait" && h.Via.V == "lambda" }),
		hooked("pause hook", func(h blueprint.Hook) bool { return h.Via.V == "pause" }),
		hooked("hook with a function", func(h blueprint.Hook) bool { return h.Kind.V != "approval" && h.Via.V != "pause" }),
		hooked("hook at every shift", func(h blueprint.Hook) bool { return slices.ContainsFunc(h.Stages, shift) }),
		hooked("hook in the network", func(h blueprint.Hook) bool { return h.VPC != nil }),
		hooked("hook with rights", func(h blueprint.Hook) bool { return len(h.PolicyStatements) > 0 }),
		hooked("hook that is ended", func(h blueprint.Hook) bool { return h.Kind.V == "code" && h.TimeoutConfiguration != nil }),
		hooked("comparing hook", func(h blueprint.Hook) bool {
			return slices.ContainsFunc(h.Metrics, func(m blueprint.Entry[blueprint.Metric]) bool { return m.V.TargetGroup.V != "" })
		}),
		hooked("approval, own key", func(h blueprint.Hook) bool {
			return h.Kind.V == "approval" && !h.TopicARN.Said() && !h.TopicKMSKeyARN.Said()
		}),
		hooked("approval, existing topic", func(h blueprint.Hook) bool { return h.TopicARN.Said() }),
	)
}

func watchGroups() []group {
	alarms := func(is func(*blueprint.Alarms) bool) func(built) bool {
		return func(b built) bool { return deploymentOf(b).Alarms != nil && is(deploymentOf(b).Alarms) }
	}
	told := func(is func(*blueprint.Notifications) bool) func(built) bool {
		return func(b built) bool {
			n := b.service.ECS.Observability.Notifications
			return n != nil && is(n)
		}
	}
	scaled := func(is func(*blueprint.Autoscaling) bool) func(built) bool {
		return func(b built) bool { return b.service.Service.Autoscaling != nil && is(b.service.Service.Autoscaling) }
	}
	return []group{
		{"own alarms", alarms(func(a *blueprint.Alarms) bool { return a.Traffic != nil })},
		{"named alarms", alarms(func(a *blueprint.Alarms) bool { return a.Names.Said() })},
		{"alarms that only stop", alarms(func(a *blueprint.Alarms) bool { return !a.Rollback.V })},
		{"dashboard", func(b built) bool { return b.service.ECS.Observability.Dashboard.V }},
		{"notifications, own topic", told(func(n *blueprint.Notifications) bool { return !n.TopicARN.Said() })},
		{"notifications, existing topic", told(func(n *blueprint.Notifications) bool { return n.TopicARN.Said() })},
		{"own autoscaling", scaled(func(a *blueprint.Autoscaling) bool { return !a.External.V })},
		{"autoscaling by requests", scaled(func(a *blueprint.Autoscaling) bool { return a.RequestsPerTarget.V > 0 })},
		{"external autoscaling", scaled(func(a *blueprint.Autoscaling) bool { return a.External.V })},
	}
}

func ownerGroups() []group {
	return []group{
		{"pipeline", func(b built) bool { return b.service.Ownership.TaskDefinition.V == "pipeline" }},
		{"counted by autoscaling", func(b built) bool { return b.service.Ownership.DesiredCount.V == "autoscaling" }},
		{"balanced by ecs", func(b built) bool { return b.service.Ownership.LoadBalancer.V == "ecs" }},
		{"existing infrastructure role", func(b built) bool { return b.service.Roles.Infrastructure.ARN.Said() }},
		{"existing execution role", func(b built) bool { return b.service.Roles.Execution.ARN.Said() }},
		{"existing task role", func(b built) bool { return b.service.Roles.Task.ARN.Said() }},
		{"existing connect role", func(b built) bool { return b.service.Roles.Connect.ARN.Said() }},
		{"scoped role", func(b built) bool { return b.service.Roles.Infrastructure.Policy.V == "scoped" }},
		{"permissions boundary", func(b built) bool { return b.service.Roles.PermissionsBoundary.Said() }},
		{"path of roles", func(b built) bool { return b.service.Roles.Path.V != "/" }},
		{"source account", func(b built) bool { return b.service.Roles.SourceAccount.V }},
		{"statements of the task", func(b built) bool { return len(b.service.Roles.Task.Statements) > 0 }},
	}
}

// contained is a group of a container.
func contained(name string, is func(blueprint.Container) bool) group {
	return group{name, func(b built) bool {
		return b.service.Service.Task != nil && slices.ContainsFunc(b.service.Service.Task.Containers, is)
	}}
}

// mounted is a group of a file system.
func mounted(name string, is func(*blueprint.EFSVolume) bool) group {
	return group{name, func(b built) bool {
		return b.service.Service.Task != nil && slices.ContainsFunc(b.service.Service.Task.Volumes, func(e blueprint.Entry[blueprint.Volume]) bool { return e.V.EFS != nil && is(e.V.EFS) })
	}}
}

func taskGroups() []group {
	discovered := func(is func(*blueprint.Discovery) bool) func(built) bool {
		return func(b built) bool { return b.service.Service.Discovery != nil && is(b.service.Service.Discovery) }
	}
	return []group{
		{"existing task definition", func(b built) bool { return b.service.Service.TaskDefinition.Said() }},
		{"several containers", func(b built) bool { return b.service.Service.Task != nil && len(b.service.Service.Task.Containers) > 1 }},
		{"ephemeral storage", func(b built) bool {
			return b.service.Service.Task != nil && b.service.Service.Task.EphemeralStorage.V > 0
		}},
		{"capacity providers", func(b built) bool { return len(b.service.Service.CapacityProviders) > 0 }},
		{"shells", func(b built) bool { return b.service.Service.ExecuteCommand.V }},
		{"discovery", discovered(func(*blueprint.Discovery) bool { return true })},
		{"discovery, SRV", discovered(func(d *blueprint.Discovery) bool { return d.Container.V != "" })},
		contained("several ports", func(c blueprint.Container) bool { return len(c.Ports) > 0 }),
		contained("secrets", func(c blueprint.Container) bool { return len(c.Secrets) > 0 }),
		contained("parameters", func(c blueprint.Container) bool { return len(c.Parameters) > 0 }),
		contained("secrets, own key", func(c blueprint.Container) bool {
			return slices.ContainsFunc(c.Secrets, func(e blueprint.Entry[blueprint.Secret]) bool { return e.V.KMSKeyARN.Said() })
		}),
		contained("read-only root", func(c blueprint.Container) bool { return c.ReadOnlyRoot.V }),
		contained("dependencies", func(c blueprint.Container) bool { return len(c.DependsOn) > 0 }),
		contained("health check", func(c blueprint.Container) bool { return c.HealthCheck != nil }),
		contained("mounts", func(c blueprint.Container) bool { return len(c.Mounts) > 0 }),
		contained("log router", func(c blueprint.Container) bool { return c.FireLens != nil }),
		contained("log options", func(c blueprint.Container) bool { return len(c.Log.Options) > 0 && c.Log.Driver.V == "awslogs" }),
		mounted("efs", func(*blueprint.EFSVolume) bool { return true }),
		mounted("efs, iam", func(e *blueprint.EFSVolume) bool { return e.IAM.V }),
		mounted("efs, anonymous", func(e *blueprint.EFSVolume) bool { return !e.IAM.V }),
		mounted("efs, access point", func(e *blueprint.EFSVolume) bool { return e.AccessPointARN.Said() }),
	}
}

func siteGroups() []group {
	below := func(f schemas.Feature) func(built) bool {
		return func(b built) bool { return !b.service.Terraform.AWSProvider.Default && !parts.Knows(b.aws, f) }
	}
	group4 := func(is func(*blueprint.SecurityGroup) bool) func(built) bool {
		return func(b built) bool {
			return b.service.Network.SecurityGroup != nil && is(b.service.Network.SecurityGroup)
		}
	}
	return []group{
		{"own security group", group4(func(*blueprint.SecurityGroup) bool { return true })},
		{"balancer egress", group4(func(g *blueprint.SecurityGroup) bool { return g.LoadBalancerEgress.V })},
		{"existing security groups", func(b built) bool { return b.service.Network.SecurityGroupIDs.Said() }},
		{"encrypted logs", func(b built) bool { return b.service.Logs.KMSKeyARN.Said() }},
		{"environments", func(b built) bool { return b.service.Environment.V != "" }},
		{"state in s3", func(b built) bool { return b.service.Terraform.Backend != nil }},
		{"region said", func(b built) bool { return b.service.Terraform.Provider.Region.Said() }},
		{"pin below blue/green", below(schemas.BlueGreen)},
		{"pin below the region's attribute", below(schemas.RegionAttribute)},
		{"pin below a hook's end", below(schemas.HookTimeout)},
	}
}
