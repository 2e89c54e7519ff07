package blueprint

import "time"

// Alarms fail a deployment while they are in ALARM.
type Alarms struct {
	Node
	// Traffic makes alarms of the service's own, over both target groups of each key of traffic.
	Traffic *TrafficAlarms `yaml:"traffic"`
	// Names of existing alarms, in place of own ones or beside them.
	Names Value[[]string] `yaml:"names" pattern:"alarm"`
	// Rollback to the last good revision; else the deployment only stops.
	Rollback At[bool] `yaml:"rollback" default:"true"`
}

// TrafficAlarms are the thresholds of the own alarms; each minute is one datapoint.
type TrafficAlarms struct {
	Node
	// Watch: which alarms are made; all three when it is not said. Keys with nlb have unhealthy_hosts alone.
	Watch []At[string] `yaml:"watch" enum:"error_rate,latency,unhealthy_hosts" unique:"true"`
	// ErrorRate in percent: how many responses of the tasks are 5xx.
	ErrorRate At[int] `yaml:"error_rate" default:"5" min:"1" max:"100"`
	// MinRequests a minute below which the error rate counts as 0: one error among three requests is no trend.
	MinRequests At[int] `yaml:"min_requests" default:"10" min:"1" max:"1000000"`
	// LatencyP95MS in milliseconds: one response in twenty takes longer.
	LatencyP95MS At[int] `yaml:"latency_p95_ms" default:"2000" min:"1" max:"3600000"`
	// UnhealthyHosts: tasks that fail their health check, in a target group that takes requests; with nlb in both.
	UnhealthyHosts At[int] `yaml:"unhealthy_hosts" default:"1" min:"1" max:"5000"`
	// Datapoints that must breach, of the last periods.
	Datapoints At[int] `yaml:"datapoints" default:"2" min:"1" max:"60"`
	// Periods of one minute that are looked at.
	Periods At[int] `yaml:"periods" default:"3" min:"1" max:"60"`
}

// Observability is what people look at, and what tells them.
type Observability struct {
	Node
	// Dashboard in CloudWatch: requests, health, latency and errors of both colours, CPU and memory, hooks; with nlb health and connections.
	Dashboard At[bool] `yaml:"dashboard" default:"false"`
	// Notifications of the deployments' state to an SNS topic.
	Notifications *Notifications `yaml:"notifications"`
}

// Notifications go to an SNS topic, by an EventBridge rule.
type Notifications struct {
	Node
	// TopicARN of an existing topic, whose policy must admit events.amazonaws.com; an own, encrypted one is made when it is not said.
	TopicARN Value[string] `yaml:"topic_arn" pattern:"topic_arn"`
	// KMSKeyARN of an existing key that encrypts the own topic and whose policy admits events.amazonaws.com; an own one is made when it is not said.
	KMSKeyARN Value[string] `yaml:"kms_key_arn" lookup:"name" pattern:"arn"`
	// Events that are told; every one when it is not said.
	Events []At[string] `yaml:"events" enum:"SERVICE_DEPLOYMENT_IN_PROGRESS,SERVICE_DEPLOYMENT_COMPLETED,SERVICE_DEPLOYMENT_FAILED" unique:"true"`
}

// Autoscaling counts the tasks; ownership.desired_count says so too.
type Autoscaling struct {
	Node
	// External: target and policies are made elsewhere.
	External At[bool] `yaml:"external" default:"false"`
	// Min is the fewest tasks.
	Min At[int] `yaml:"min" default:"1" min:"0" max:"5000"`
	// Max is the most tasks; a deployment runs twice as many.
	Max At[int] `yaml:"max" min:"1" max:"5000"`
	// CPU in percent that the tasks shall use on average.
	CPU At[int] `yaml:"cpu" min:"1" max:"100"`
	// Memory in percent that the tasks shall use on average.
	Memory At[int] `yaml:"memory" min:"1" max:"100"`
	// RequestsPerTarget a minute that a task shall get, of all traffic and both colours.
	RequestsPerTarget At[int] `yaml:"requests_per_target" min:"1" max:"10000000"`
	// ScaleInCooldown after tasks were taken away.
	ScaleInCooldown At[time.Duration] `yaml:"scale_in_cooldown" default:"5m" min:"0s" max:"24h" unit:"1s"`
	// ScaleOutCooldown after tasks were added.
	ScaleOutCooldown At[time.Duration] `yaml:"scale_out_cooldown" default:"1m" min:"0s" max:"24h" unit:"1s"`
}
