package hook_test

import (
	"maps"
	"testing"
	"time"

	"bluegen/generator/hook"
	"bluegen/generator/hook/model"
)

const (
	suffixes   = `["targetgroup/orders-web-blue/1", "targetgroup/orders-web-green/2"]`
	comparison = `{
		"green_errors": {"namespace": "AWS/ApplicationELB", "metric_name": "HTTPCode_Target_5XX_Count", "stat": "Sum", "dimensions": {}, "target_group": "green"},
		"blue_errors": {"namespace": "AWS/ApplicationELB", "metric_name": "HTTPCode_Target_5XX_Count", "stat": "Sum", "dimensions": {}, "target_group": "blue"}
	}`
)

// series is what GetMetricData answers.
func series(values ...float64) map[string]any {
	if values == nil {
		values = []float64{}
	}
	return map[string]any{"MetricDataResults": []any{map[string]any{"Id": "result", "StatusCode": "Complete", "Values": values}}}
}

// inGroup is what DescribeServiceRevisions answers of the new revision.
func inGroup(group string) map[string]any {
	return map[string]any{"serviceRevisions": []any{map[string]any{
		"resolvedConfiguration": map[string]any{"loadBalancers": []any{map[string]any{"targetGroupArn": "arn:aws:elasticloadbalancing:eu-west-1:111122223333:" + group}}},
	}}}
}

func (r *runner) metric(w watched, answers ...said) model.Hook {
	return r.metricIn(w, []said{{0, inGroup("targetgroup/orders-web-green/2")}}, answers...)
}

func (r *runner) metricIn(w watched, revisions []said, answers ...said) model.Hook {
	w.kind, w.watch = hook.Metric, 5*time.Minute
	if w.stages == nil {
		w.stages = []string{hook.PostTestTrafficShift}
	}
	environment := map[string]string{
		"METRICS": comparison, "EXPRESSION": "green_errors - blue_errors", "COMPARISON_OPERATOR": "GreaterThanThreshold", "THRESHOLD": "1.5",
		"DATAPOINTS_TO_ALARM": "2", "TREAT_MISSING_DATA": "notBreaching", "TARGET_GROUPS": suffixes,
		"LOAD_BALANCER": "app/shared/50dc6c495c0c9188",
	}
	maps.Copy(environment, w.environment)
	w.environment = environment
	return r.watching(w, map[string][]said{"cloudwatch.get_metric_data": answers, "ecs.describe_service_revisions": revisions})
}

func TestMetric(t *testing.T) {
	t.Parallel()
	r := startRunner(t)
	const start = 2 * time.Minute // of the stage
	missing := watched{environment: map[string]string{"TREAT_MISSING_DATA": "breaching"}}
	below := watched{environment: map[string]string{"COMPARISON_OPERATOR": "LessThanOrEqualToThreshold"}}
	for _, c := range []watchCase{
		{"success", watched{}, []said{{0, series(0, 1, 1.5, 1)}}, outcome{model.Successful, "", 5 * time.Minute}},
		{"failure", watched{}, []said{{0, series(0, 2, 0, 3)}}, outcome{model.RolledBack, "green_errors - blue_errors is 3, GreaterThanThreshold 1.5", 0}},
		{"one minute is not two", watched{}, []said{{0, series(0, 2, 0, 1)}}, outcome{model.Successful, "", 5 * time.Minute}},
		{"failure in the last minute", watched{}, []said{{0, series(2)}, {start + 299*time.Second, series(2, 2)}}, outcome{model.RolledBack, "is 2", 0}},
		{"below", below, []said{{0, series(1.5, 1, 9)}}, outcome{model.RolledBack, "LessThanOrEqualToThreshold", 0}},
		{"no value", watched{}, []said{{0, series()}}, outcome{model.Successful, "", 5 * time.Minute}},
		{"no value is a failure", missing, []said{{0, series()}}, outcome{model.RolledBack, "has no value", 0}},
		{"a value in the end", missing, []said{{0, series()}, {start + 4*time.Minute, series(1)}}, outcome{model.Successful, "", 5 * time.Minute}},
		{"throttled for a while", watched{}, []said{{0, raised("Throttling")}, {start + time.Minute, series(0)}}, outcome{model.Successful, "", 5 * time.Minute}},
		{"never seen", watched{}, []said{{0, raised("AccessDenied")}}, outcome{model.RolledBack, "AccessDenied", 0}},
	} {
		c.run(t, r.metric)
	}
}

func TestMetricGroups(t *testing.T) {
	t.Parallel()
	r := startRunner(t)
	ok := said{0, series(0)}
	for name, c := range map[string]struct {
		revisions any
		want      outcome
	}{
		"in blue":           {inGroup("targetgroup/orders-web-blue/1"), outcome{model.Successful, "", 5 * time.Minute}},
		"in another":        {inGroup("targetgroup/other/3"), outcome{model.RolledBack, "does not say which target group", 0}},
		"not said":          {map[string]any{"serviceRevisions": []any{map[string]any{}}}, outcome{model.RolledBack, "does not say which target group", 0}},
		"no such right":     {raised("AccessDenied"), outcome{model.RolledBack, "AccessDenied", 0}},
		"no such revisions": {map[string]any{}, outcome{model.RolledBack, "does not say which target group", 0}},
	} {
		c.want.check(t, name, model.Run(redeploy(r.metricIn(watched{}, []said{{0, c.revisions}}, ok))))
	}
	alone := watched{environment: map[string]string{
		"METRICS": `{"depth": {"namespace": "AWS/SQS", "metric_name": "Depth", "stat": "Maximum", "dimensions": {"QueueName": "orders"}, "target_group": ""}}`,
	}}
	outcome{model.Successful, "", 5 * time.Minute}.check(t, "no groups", model.Run(redeploy(r.metricIn(alone, []said{{0, raised("not asked")}}, ok))))
}
