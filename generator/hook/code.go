package hook

// codeKind has no source: the module zips the team's handler where it lies. The table is the contract that ECS holds it to.
func codeKind() Kind {
	return Kind{
		Name:    Code,
		Summary: "ECS lifecycle hook: the team's own handler",
		About:   "A handler of your own that ECS calls at the hook's stages. Its source stays where it is and is zipped from there; what ECS makes of its answers:",
		Stages:  LegalStages(),
		Columns: [2]string{"what the handler does", "what follows"},
		Behaviour: []Row{
			{"`{\"hookStatus\": \"SUCCEEDED\"}`", "the stage goes on, once every other hook of the stage has succeeded"},
			{"`{\"hookStatus\": \"FAILED\", \"reason\": \"…\"}`", "ECS rolls back; on the first deployment there is nothing to roll back to, and the service is not created"},
			{"`{\"hookStatus\": \"IN_PROGRESS\", \"callBackDelay\": 30}`", "ECS calls again after that many seconds, with the `hookDetails` of the answer in the event"},
			{"an exception, a call longer than the function's timeout, any other answer", "like `FAILED`, but ECS does not say why: better to catch, and to answer `FAILED` with a reason"},
			{"traffic is going back", "the hook is called again at `TEST_TRAFFIC_SHIFT` and `PRODUCTION_TRAFFIC_SHIFT` with the new revision's weight at 0: answer `SUCCEEDED` at once"},
			{"the first deployment of the service", "runs the hook too, and its event looks like any other"},
			{"the hook stands at several stages", "it is called at each: `lifecycleStage` says which, and state must not be taken from one to the next"},
		},
	}
}
