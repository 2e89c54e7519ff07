package hook

func smokeKind() Kind {
	return ours(Kind{
		Name:    Smoke,
		Summary: "ECS lifecycle hook: sends requests to the new revision and compares the answers",
		About:   "A function that ECS calls at the hook's stages. It sends the requests, each as often as it was told, and the deployment goes on when every answer is as expected.",
		Behaviour: []Row{
			{"every answer has an expected status, the text that is wanted, and came in time", "`SUCCEEDED`"},
			{"an answer has not", "`FAILED` with request, answer and expectation in the `reason`: ECS rolls back. An answer is never asked for twice, and a redirect is one"},
			{"a request cannot be sent: no address, no connection, no TLS", "it is sent again every 2 s, as long as the function may run; then `FAILED`"},
			{"the certificate is not the host's", "`FAILED` at once"},
			{"the function's time ends before the last request", "`FAILED`, with the number of requests that were answered"},
			{"before test traffic reaches the new revision the load balancer answers 503 itself", "a warning in the log, no failure: on the first deployment nothing is served yet"},
			{"traffic is going back: the new revision's weight is 0", "`SUCCEEDED` at once"},
			{"the first deployment of the service", "like any other: from `POST_TEST_TRAFFIC_SHIFT` on the new revision is served there too"},
			{"`hookDetails` do not come back", "nothing: each call is whole"},
			{"the event or the environment makes no sense", "`FAILED` with a `reason`: ECS rolls back"},
		},
	})
}
