package fleet

import "bluegen/generator/diag"

// The codes of the rules over a fleet; their texts are in the catalogue.
const (
	CodePriority       diag.Code = "BG5010" // one priority of one listener, two services
	CodePriorityLikely diag.Code = "BG5011" // the same, if the listener is the same
	CodeRequests       diag.Code = "BG5012" // a rule takes the requests of another service
	CodeService        diag.Code = "BG5013" // two services of one name in one account
	CodeServiceLikely  diag.Code = "BG5014" // the same, if the account is the same
	CodeName           diag.Code = "BG5015" // one physical name twice in one account
	CodeNameLikely     diag.Code = "BG5016" // the same, if the account is the same
	CodeState          diag.Code = "BG5017" // one state, two services
	CodeManyRules      diag.Code = "BG5018" // more rules than a load balancer has by default
	CodeManyGroups     diag.Code = "BG5019" // more target groups than a load balancer takes
	CodePort           diag.Code = "BG5048" // one port of one Network Load Balancer, two listeners
	CodePortLikely     diag.Code = "BG5049" // the same, if the load balancer is the same
	CodePlace          diag.Code = "BG5050" // one name in one namespace, two services
	CodePlaceLikely    diag.Code = "BG5051" // the same, if the namespace is the same
	CodeEndpoint       diag.Code = "BG5052" // one name and port for the clients of one namespace, two services
	CodeEndpointLikely diag.Code = "BG5053" // the same, if the namespace is the same
	CodeManyTargets    diag.Code = "BG5020" // more targets than a load balancer has by default
)

// codes are those that a blueprint may silence.
func codes() []diag.Code {
	return []diag.Code{CodePriorityLikely, CodeRequests, CodeServiceLikely, CodeNameLikely, CodePortLikely, CodePlaceLikely, CodeEndpointLikely, CodeManyRules, CodeManyGroups, CodeManyTargets}
}
