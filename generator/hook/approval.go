package hook

// approvalKind has no function: ECS pauses, and what is generated tells people of it.
func approvalKind() Kind {
	return Kind{
		Name:    Approval,
		Summary: "ECS lifecycle hook: pauses a deployment until somebody says go on",
		About:   "ECS pauses the deployment at the hook's stages. An EventBridge rule hands the event to an SNS topic, with what an answer needs: `serviceDeploymentArn` and `hookId`.",
		Stages:  PauseStages(),
		Columns: [2]string{"what happens", "what follows"},
		Behaviour: []Row{
			{"ECS reaches the stage", "the deployment pauses, and the topic gets `HOOK_AWAITING_ACTION` with stage and expiry"},
			{"somebody continues: `aws ecs continue-service-deployment --action CONTINUE`", "the deployment goes on, once every other hook of the stage has succeeded"},
			{"somebody refuses: `aws ecs continue-service-deployment --action ROLLBACK`", "ECS rolls back; on the first deployment there is nothing to roll back to, and the service is not created"},
			{"nobody answers in time", "the topic gets `HOOK_TIMED_OUT`, and ECS takes the action of the hook's timeout"},
			{"the first deployment of the service", "pauses too: the rule and its topic are there before the service"},
			{"traffic is going back", "nobody is asked: ECS does not pause on the way back"},
			{"a linear or canary deployment, at `PRE_PRODUCTION_TRAFFIC_SHIFT`", "every step asks, each with a `hookId` of its own"},
		},
	}
}
