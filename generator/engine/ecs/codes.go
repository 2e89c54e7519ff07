package ecs

import "bluegen/generator/diag"

// The codes of the engine's rules; their texts are in the catalogue.
const (
	CodePinStrategy diag.Code = "BG2010" // the pin admits a provider without the strategy
	CodePinBad      diag.Code = "BG2011" // the pin admits a release in which the feature is broken
	CodePinStage    diag.Code = "BG2012" // the pin admits a provider that refuses the stage
	CodePinSigint   diag.Code = "BG2013" // the pin admits a provider without sigint_rollback

	CodeNotTaken    diag.Code = "BG2020" // a key that the strategy does not take
	CodeOneStep     diag.Code = "BG2022" // rolling -> blue_green at once, with nothing that binds green
	CodeTwoSteps    diag.Code = "BG2023" // rolling -> blue_green at once, against AWS's order
	CodeBackOneStep diag.Code = "BG2024" // blue_green -> rolling at once
	CodeHeadless    diag.Code = "BG2025" // blue_green without traffic
	CodeNoTestRule  diag.Code = "BG2026" // a hook at a test stage without a test rule

	CodeShadowed      diag.Code = "BG2030" // a rule stands behind another that takes its requests, the test rule behind production
	CodePriorityTwice diag.Code = "BG2031" // one priority, two rules
	CodeSameRule      diag.Code = "BG2032" // two rules for the same requests
	CodeKindTwice     diag.Code = "BG2034" // a condition kind that a rule may have once
	CodeManyValues    diag.Code = "BG2035" // more values or wildcards than a rule may have
	CodeContainer     diag.Code = "BG2037" // traffic for a container that is not there
	CodePort          diag.Code = "BG2038" // traffic for a port that the container has not
	CodeWhichOne      diag.Code = "BG2039" // traffic that does not say its container
	CodeInterval      diag.Code = "BG2040" // a health check that takes longer than its interval
	CodeMatcher       diag.Code = "BG2041" // codes that the protocol does not have
	CodeSameName      diag.Code = "BG2042" // two keys with one identifier

	CodeNoGrace diag.Code = "BG2053" // no grace period behind a load balancer

	CodeSourceAccount diag.Code = "BG2073" // a trust that AWS does not promise to work

	CodeManyHooks    diag.Code = "BG2081" // more hooks than a service may have
	CodeWaitNeedsPin diag.Code = "BG2082" // a wait that the pin cannot end
	CodeWaitTooLong  diag.Code = "BG2083" // a wait longer than a stage
	CodeReservedName diag.Code = "BG2085" // an environment variable that Lambda reserves
	CodeHandlerName  diag.Code = "BG2086" // a handler that is not in its file
	CodeSleepingWait diag.Code = "BG2087" // a wait that is slept, and billed
	CodeHookOnBoth   diag.Code = "BG2088" // two hooks of one name

	CodeCredentials  diag.Code = "BG2090" // waiting longer than credentials live
	CodeShortTimeout diag.Code = "BG2091" // a timeout shorter than the deployment
	CodeNoBake       diag.Code = "BG2092" // no time to roll back
	CodeSigintWait   diag.Code = "BG2093" // sigint_rollback without wait
	CodeRollbackOff  diag.Code = "BG2094" // rollback without its switch

	CodeCILimit       diag.Code = "BG2170" // a deployment longer than a run of CI
	CodeNoAlarms      diag.Code = "BG2171" // alarms without any
	CodeAlarmTraffic  diag.Code = "BG2172" // alarms of traffic that is not there
	CodeAlarmTooSlow  diag.Code = "BG2173" // alarms that need longer than the bake
	CodeNamedAlarms   diag.Code = "BG2174" // existing alarms that may look at one group
	CodeDatapoints    diag.Code = "BG2175" // more datapoints than periods
	CodeNotWatched    diag.Code = "BG2176" // a threshold of an alarm that is not made
	CodeNoScaling     diag.Code = "BG2177" // autoscaling owns the count, and there is none
	CodeScalingOwner  diag.Code = "BG2178" // autoscaling without owning the count
	CodeExternal      diag.Code = "BG2179" // external autoscaling with numbers
	CodeNoPolicy      diag.Code = "BG2180" // autoscaling without bounds or without a policy
	CodeBounds        diag.Code = "BG2181" // a count outside of its bounds
	CodeAverageFalls  diag.Code = "BG2182" // scaling by averages alone under blue/green
	CodeNoRequests    diag.Code = "BG2183" // scaling by requests without traffic
	CodeTopicKey      diag.Code = "BG2184" // a key for a topic that exists
	CodeStartingTasks diag.Code = "BG2185" // an alarm that starting tasks set off
	CodeNoSuchAlarm   diag.Code = "BG2210" // an alarm that no Network Load Balancer can have

	CodeStickyClients diag.Code = "BG2166" // clients that stay where they are while the weights move
	CodeLowBounds     diag.Code = "BG2167" // bounds of tasks where ECS shifts traffic
	CodeStuckBounds   diag.Code = "BG2168" // bounds between which no task can be replaced

	CodeShortened diag.Code = "BG2110" // a name that was too long

	CodeHeadlessSteps diag.Code = "BG2120" // linear or canary without traffic
	CodeRollingHooks  diag.Code = "BG2121" // hooks under rolling
	CodeRollingTest   diag.Code = "BG2122" // test traffic under rolling
	CodeOtherSteps    diag.Code = "BG2123" // the steps of another strategy
	CodeOneShift      diag.Code = "BG2124" // steps that move everything at once

	CodeListenerPort    diag.Code = "BG2125" // two listeners on one port of a load balancer
	CodeCertificate     diag.Code = "BG2126" // a certificate without TLS
	CodeUnbound         diag.Code = "BG2127" // green hangs on no listener
	CodeCheckOfPath     diag.Code = "BG2128" // a path or codes for a check that opens a connection
	CodeNamespaces      diag.Code = "BG2129" // two namespaces of one service
	CodeTestOfTCP       diag.Code = "BG2130" // a header, or a limit of a request, in what the proxies do not read
	CodePortName        diag.Code = "BG2131" // one port with two names, or one name with two ports
	CodePortNameUnknown diag.Code = "BG2132" // the port's name in a task definition that exists
	CodeAlias           diag.Code = "BG2133" // two Service Connect services that clients cannot tell apart

	CodeDependsOn      diag.Code = "BG2190" // a dependency on a container that is not there
	CodeDependsCycle   diag.Code = "BG2191" // containers that wait for each other
	CodeDependsHealthy diag.Code = "BG2192" // a dependency on the health of a container without a health check
	CodeDependsEnd     diag.Code = "BG2193" // a dependency on the end of a container that must not end
	CodeEnvironment    diag.Code = "BG2194" // a variable of a container from two places
	CodeHealthCommand  diag.Code = "BG2195" // a health check's command that ECS cannot read
	CodeLimit          diag.Code = "BG2196" // a soft limit above the hard one
	CodeRouter         diag.Code = "BG2197" // no log router, or two, or one that logs through itself
	CodeLogOption      diag.Code = "BG2198" // an option of the log driver that bluegen sets
	CodeMount          diag.Code = "BG2199" // a mount of a volume that is not there, or two at one path
	CodeAccessPoint    diag.Code = "BG2200" // a folder beside an access point
	CodeMountPort      diag.Code = "BG2201" // a security group that keeps tasks from their file system
	CodeCapacity       diag.Code = "BG2202" // capacity providers that ECS refuses
	CodeReadOnlyShell  diag.Code = "BG2203" // shells in containers that cannot run their agent
	CodeRegistry       diag.Code = "BG2204" // a registry for a container or port that is not there
	CodeRegistryGreen  diag.Code = "BG2205" // clients of the registry reach green before the shift
	CodeIgnoredLayer   diag.Code = "BG2206" // an environment that changes what Terraform ignores
)
