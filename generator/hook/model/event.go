package model

import (
	"encoding/json"
	"maps"

	"bluegen/generator/hook"
)

// noWeight is a stage that shifts nothing.
const noWeight = -1

func forwardWeight(stage string) float64 {
	switch stage {
	case hook.ReconcileService:
		return 0
	case hook.TestTrafficShift:
		return 100
	default:
		return noWeight
	}
}

// event is the payload of one call: nested details, and weights at the stages that have any.
func (r *run) event(h Hook, stage string, weight float64) []byte {
	weights := map[string]float64{}
	if weight != noWeight {
		weights[r.d.Target] = weight
		if r.d.Source != "" {
			weights[r.d.Source] = 100 - weight
		}
	}
	test, production := map[string]float64{}, map[string]float64{}
	switch stage {
	case hook.ReconcileService:
		test, production = weights, weights
	case hook.TestTrafficShift:
		test = weights
	default:
		production = weights
	}
	event := map[string]any{
		"executionId":    "00000000-0000-4000-8000-000000000000",
		"lifecycleStage": stage,
		"resourceArn":    r.d.ARN,
		"executionDetails": map[string]any{
			"serviceArn":               "arn:aws:ecs:eu-west-1:111122223333:service/shop/orders",
			"targetServiceRevisionArn": r.d.Target,
			"testTrafficWeights":       test,
			"productionTrafficWeights": production,
		},
	}
	details := maps.Clone(h.Details)
	if details == nil {
		details = map[string]any{}
	}
	maps.Copy(details, r.details[h.Name])
	if len(details) > 0 {
		event["hookDetails"] = details
	}
	data, err := json.Marshal(event)
	if err != nil { // static details that are no JSON: the hook sees no event
		return nil
	}
	return data
}
