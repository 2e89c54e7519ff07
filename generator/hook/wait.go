package hook

func waitKind() Kind {
	return ours(Kind{
		Name:    Wait,
		Summary: "ECS lifecycle hook: holds a deployment for a while",
		About:   "A function that ECS calls at the hook's stages, and that holds the deployment for `wait_seconds` at each of them.",
		Behaviour: []Row{
			{"ECS calls for the first time at a stage, or at a step of it", "polling: `IN_PROGRESS` with the wait's end in `hookDetails`, and a callback in 5 to 30 s; sleeping: the call itself lasts as long as the wait, then `SUCCEEDED`"},
			{"ECS calls back before the end", "`IN_PROGRESS`"},
			{"ECS calls back after the end", "`SUCCEEDED`"},
			{"`hookDetails` do not come back", "the running function knows the end too"},
			{"the function was replaced as well", "the wait begins again; the hook's timeout in the service ends it, and the deployment goes on"},
			{"traffic is going back: the new revision's weight is 0", "`SUCCEEDED` at once"},
			{"the clock is set back", "the wait lasts at most its full length from now on"},
			{"the first deployment of the service", "waits like any other"},
			{"the event or the environment makes no sense", "`FAILED` with a `reason`: ECS rolls back"},
		},
	})
}
