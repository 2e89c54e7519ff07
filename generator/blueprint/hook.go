package blueprint

import "time"

// Hook that ECS calls at stages of the deployment, or a pause at them.
type Hook struct {
	Node
	// Name of the module call.
	Name At[string] `yaml:"name" required:"true" pattern:"key"`
	// Kind: wait holds the deployment, smoke sends requests, alarms and metric ask CloudWatch, approval asks people, code is a handler of your own.
	Kind At[string] `yaml:"kind" required:"true" enum:"wait,smoke,alarms,metric,approval,code"`
	// Stages at which it is called.
	Stages []At[string] `yaml:"stages" required:"true" enum:"RECONCILE_SERVICE,PRE_SCALE_UP,POST_SCALE_UP,TEST_TRAFFIC_SHIFT,POST_TEST_TRAFFIC_SHIFT,PRE_PRODUCTION_TRAFFIC_SHIFT,PRODUCTION_TRAFFIC_SHIFT,POST_PRODUCTION_TRAFFIC_SHIFT" unique:"true"`
	// Tracing sends the function's traces to X-Ray.
	Tracing At[bool] `yaml:"tracing" kind:"wait,smoke,alarms,metric,code" default:"true"`

	// For is how long, at each stage: a wait holds the deployment, the alarms must be OK, the metric is watched.
	For At[time.Duration] `yaml:"for" kind:"wait,alarms,metric" required:"true" min:"1s" max:"24h" unit:"1s"`
	// Via: lambda waits in a function, pause lets ECS wait itself, in whole minutes: no function, no role; needs hashicorp/aws 6.66.
	Via At[string] `yaml:"via" kind:"wait" default:"lambda" enum:"lambda,pause"`

	// Traffic is the key of traffic that is asked or compared; when it is not said the only one with alb, or else with nlb.
	Traffic At[string] `yaml:"traffic" kind:"smoke,metric" pattern:"key"`
	// Through: the rule or listener that the requests must reach, test or production; a rule says host and headers where the hook does not.
	Through At[string] `yaml:"through" kind:"smoke" default:"test" enum:"test,production"`
	// URL that is connected to, without a path; https, the host and the listener's port when it is not said. A TCP listener of nlb needs it.
	URL Value[string] `yaml:"url" kind:"smoke" pattern:"url"`
	// Host that is asked for, also of the certificate; the rule's when it is not said, and nlb has no rule.
	Host Value[string] `yaml:"host" kind:"smoke" pattern:"host"`
	// Requests that are sent, one after the other.
	Requests []Request `yaml:"requests" kind:"smoke" required:"true"`

	// Alarms of CloudWatch by name: metric alarms, for composite ones are told only to who may see everything.
	Alarms Value[[]string] `yaml:"alarms" kind:"alarms" required:"true" pattern:"alarm"`
	// Settle: how long at the beginning of a stage an alarm that is not OK begins the time anew, before it is a failure.
	Settle At[time.Duration] `yaml:"settle" kind:"alarms" default:"0s" min:"0s" max:"12h" unit:"1s"`
	// InsufficientData: whether an alarm without data counts as OK or as an alarm; on the first deployment there are no data yet.
	InsufficientData At[string] `yaml:"insufficient_data" kind:"alarms" default:"ok" enum:"ok,alarm"`

	// Metrics that the expression names, by their ids.
	Metrics []Entry[Metric] `yaml:"metrics" kind:"metric" required:"true" pattern:"metric_id"`
	// Expression over the metrics, in CloudWatch's metric math.
	Expression At[string] `yaml:"expression" kind:"metric" required:"true" pattern:"expression"`
	// ComparisonOperator of expression and threshold that is a failure.
	ComparisonOperator At[string] `yaml:"comparison_operator" kind:"metric" default:"GreaterThanThreshold" enum:"GreaterThanThreshold,GreaterThanOrEqualToThreshold,LessThanThreshold,LessThanOrEqualToThreshold"`
	// Threshold that the expression is compared with.
	Threshold At[string] `yaml:"threshold" kind:"metric" required:"true" pattern:"decimal"`
	// DatapointsToAlarm: so many minutes beyond the threshold are a failure.
	DatapointsToAlarm At[int] `yaml:"datapoints_to_alarm" kind:"metric" default:"1" min:"1" max:"1440"`
	// TreatMissingData: whether an expression without any value is a failure; on the first deployment blue has no data.
	TreatMissingData At[string] `yaml:"treat_missing_data" kind:"metric" default:"notBreaching" enum:"notBreaching,breaching"`

	// TopicARN of an existing SNS topic; its policy must admit events.amazonaws.com. Without it a topic of the hook's own is made.
	TopicARN Value[string] `yaml:"topic_arn" kind:"approval" lookup:"name" pattern:"topic_arn"`
	// TopicKMSKeyARN encrypts the own topic; its policy must admit events.amazonaws.com. Without it a key is made.
	TopicKMSKeyARN Value[string] `yaml:"topic_kms_key_arn" kind:"approval" lookup:"name" pattern:"arn"`
	// TimeoutConfiguration: what becomes of a hook that has not finished; ECS's own is 24h and rollback.
	TimeoutConfiguration *TimeoutConfiguration `yaml:"timeout_configuration" kind:"approval,code"`

	// VPC that the function runs in, to reach what is not public, such as an internal load balancer.
	VPC *HookVPC `yaml:"vpc" kind:"smoke,code"`
	// Timeout of one call.
	Timeout At[time.Duration] `yaml:"timeout" kind:"smoke,code" default:"60s" min:"1s" max:"900s" unit:"1s"`

	// Path of the handler: a file or a folder, relative, inside the blueprint's folder; referenced, not copied.
	Path At[string] `yaml:"path" kind:"code" required:"true" pattern:"source"`
	// Folder is set by Load when path is one.
	Folder bool `yaml:"-"`
	// Runtime of the function.
	Runtime At[string] `yaml:"runtime" kind:"code" default:"python3.13" pattern:"runtime"`
	// Handler of the function, as the runtime names it.
	Handler At[string] `yaml:"handler" kind:"code" required:"true" pattern:"text"`
	// Memory of the function in MB.
	Memory At[int] `yaml:"memory" kind:"code" default:"128" min:"128" max:"10240"`
	// Environment variables of the function.
	Environment []Pair `yaml:"environment" kind:"code"`
	// HookDetails that ECS hands to every call, as text; needs hashicorp/aws 6.14.
	HookDetails []Pair `yaml:"hook_details" kind:"code"`
	// PolicyStatements that the function may use beside its logs.
	PolicyStatements []Statement `yaml:"policy_statements" kind:"code"`
}

// TimeoutConfiguration of a hook, over all its calls at one stage.
type TimeoutConfiguration struct {
	Node
	// Timeout in whole minutes; 24h at most with a function.
	Timeout At[time.Duration] `yaml:"timeout" default:"24h" min:"1m" max:"336h" unit:"1m"`
	// Action that ECS takes then.
	Action At[string] `yaml:"action" default:"rollback" enum:"rollback,continue"`
}

// HookVPC is where a hook's function runs.
type HookVPC struct {
	Node
	// SubnetIDs of the function; the tasks' when they are not said. What the handler calls must be reachable from them.
	SubnetIDs Value[[]string] `yaml:"subnet_ids" lookup:"tags" pattern:"text"`
	// SecurityGroupIDs of the function; they must allow egress to the load balancer, and its groups ingress from them.
	SecurityGroupIDs Value[[]string] `yaml:"security_group_ids" variable:"hook_security_group_ids" lookup:"name,tags" pattern:"text"`
}

// Request of a smoke test, and the answer that is expected.
type Request struct {
	Node
	// Method of the request.
	Method At[string] `yaml:"method" default:"GET" enum:"GET,HEAD,POST,PUT,PATCH,DELETE,OPTIONS"`
	// Path with its query.
	Path At[string] `yaml:"path" required:"true" pattern:"path"`
	// Headers beside those of the rule.
	Headers []Pair `yaml:"headers"`
	// Body that is sent.
	Body At[string] `yaml:"body"`
	// Status codes of which the answer has one; 200 when they are not said.
	Status []At[int] `yaml:"status" min:"100" max:"599" unique:"true"`
	// Contains is text that the answer's body must have.
	Contains At[string] `yaml:"contains"`
	// LatencyMS that the answer may take, in milliseconds.
	LatencyMS At[int] `yaml:"latency_ms" default:"5000" min:"1" max:"60000"`
	// Repeat: so many times it is sent.
	Repeat At[int] `yaml:"repeat" default:"1" min:"1" max:"1000"`
}

// Metric of CloudWatch, minute by minute.
type Metric struct {
	Node
	// Namespace of the metric; of a target group with nlb AWS/NetworkELB, when it is not said.
	Namespace At[string] `yaml:"namespace" default:"AWS/ApplicationELB" pattern:"text"`
	// MetricName such as HTTPCode_Target_5XX_Count; with nlb a target group has HealthyHostCount and UnHealthyHostCount alone.
	MetricName At[string] `yaml:"metric_name" required:"true" pattern:"text"`
	// Stat such as Sum, Average or p95; of a target group's tasks with nlb Maximum of the healthy and Minimum of the unhealthy ones, when it is not said.
	Stat At[string] `yaml:"stat" default:"Sum" pattern:"stat"`
	// Dimensions of the metric, beside those of the target group.
	Dimensions []Pair `yaml:"dimensions"`
	// TargetGroup: green is the new revision's, blue the other one; it says LoadBalancer and TargetGroup among the dimensions.
	TargetGroup At[string] `yaml:"target_group" enum:"green,blue"`
}
