package hook

func metricKind() Kind {
	return ours(Kind{
		Name:    Metric,
		Summary: "ECS lifecycle hook: holds a deployment while a CloudWatch expression must stay within a threshold",
		About:   "A function that ECS calls at the hook's stages. It watches a metric math expression for `wait_seconds`, minute by minute; green is the group of the new revision, blue the other one, whatever their names.",
		Permissions: []Permission{
			{Sid: "Metrics", Actions: []string{"cloudwatch:GetMetricData"}, On: Anything, Why: "CloudWatch knows no narrower resource for metrics."},
			{Sid: "Revisions", Actions: []string{"ecs:DescribeServiceRevisions"}, On: ServiceRevisions},
		},
		Behaviour: []Row{
			{"the expression stays within the threshold", "`IN_PROGRESS` until the time is over, then `SUCCEEDED`; with a provider before 6.66 one call watches all the time"},
			{"as many minutes as were asked for are beyond it", "`FAILED` with expression and value in the `reason`: ECS rolls back"},
			{"the expression has no value at all", "a warning in the log and `SUCCEEDED`, or `FAILED` where the blueprint says so; on the first deployment blue has no data"},
			{"CloudWatch cannot be asked", "a warning in the log, and the next call asks again; the last one must see, or it is `FAILED`"},
			{"ECS does not say which group the new revision is in", "`FAILED`: a comparison with the wrong group would be worse"},
			{"`hookDetails` do not come back", "the running function knows the time too"},
			{"the function was replaced as well", "the time begins anew; the hook's timeout in the service ends it, and rolls back"},
			{"traffic is going back: the new revision's weight is 0", "`SUCCEEDED` at once"},
			{"the event or the environment makes no sense", "`FAILED` with a `reason`: ECS rolls back"},
		},
	})
}
