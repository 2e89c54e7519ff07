package hook

func alarmsKind() Kind {
	return ours(Kind{
		Name:    Alarms,
		Summary: "ECS lifecycle hook: holds a deployment while CloudWatch alarms must be OK",
		About:   "A function that ECS calls at the hook's stages. The deployment goes on when all alarms were OK for `wait_seconds` at a stage.",
		Permissions: []Permission{{
			Sid: "Alarms", Actions: []string{"cloudwatch:DescribeAlarms"}, On: AllAlarms,
			Why: "CloudWatch checks it on all alarms of the region, also where it is asked for some.",
		}},
		Behaviour: []Row{
			{"all alarms are OK", "`IN_PROGRESS` until they were for the whole time, then `SUCCEEDED`; with a provider before 6.66 one call watches all the time"},
			{"an alarm is not OK in the first `settle_seconds` of the stage", "the time begins anew"},
			{"an alarm is not OK later", "`FAILED` with the alarm and its state in the `reason`: ECS rolls back"},
			{"an alarm has no data", "it counts as OK, or as an alarm where the blueprint says so; on the first deployment there are no data yet"},
			{"an alarm does not exist, or is a composite one", "`FAILED` with its name: a gate that cannot see does not open. Composite alarms are told only to who may see everything; name the alarms that they are made of"},
			{"CloudWatch cannot be asked", "a warning in the log, and the next call asks again; the last one must see, or it is `FAILED`"},
			{"`hookDetails` do not come back", "the running function knows the time too"},
			{"the function was replaced as well", "the time begins anew; the hook's timeout in the service ends it, and rolls back"},
			{"traffic is going back: the new revision's weight is 0", "`SUCCEEDED` at once"},
			{"the event or the environment makes no sense", "`FAILED` with a `reason`: ECS rolls back"},
		},
	})
}
