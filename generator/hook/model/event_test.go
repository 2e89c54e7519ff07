package model_test

import (
	"encoding/json"
	"testing"
	"time"

	"bluegen/generator/hook"
	"bluegen/generator/hook/model"

	"github.com/google/go-cmp/cmp"
)

type weights map[string]float64

func TestPayload(t *testing.T) {
	t.Parallel()
	type payload struct {
		Execution string `json:"executionId"`
		Stage     string `json:"lifecycleStage"`
		ARN       string `json:"resourceArn"`
		Details   struct {
			Service    string  `json:"serviceArn"`
			Target     string  `json:"targetServiceRevisionArn"`
			Test       weights `json:"testTrafficWeights"`
			Production weights `json:"productionTrafficWeights"`
		} `json:"executionDetails"`
		HookDetails *struct{} `json:"hookDetails"`
	}
	got := map[string][2]weights{}
	h := says("", hook.LegalStages()...)
	h.Invoke = func(_ time.Duration, data []byte) model.Reply {
		var p payload
		if err := json.Unmarshal(data, &p); err != nil {
			t.Error(err)
		}
		got[p.Stage] = [2]weights{p.Details.Test, p.Details.Production}
		if p.Execution == "" || p.ARN != "arn:deployment" || p.Details.Service == "" || p.Details.Target != green {
			t.Errorf("%s", data)
		}
		if p.HookDetails != nil {
			t.Errorf("hookDetails out of nothing: %s", data)
		}
		return model.Reply{Answer: []byte(`{"hookStatus":"SUCCEEDED"}`)}
	}
	d := redeploy(h)
	d.Reconcile, d.Steps = true, []float64{100}
	if trace := model.Run(d); trace.Status != model.Successful {
		t.Fatalf("%+v", trace)
	}
	before, after, none := weights{blue: 100, green: 0}, weights{blue: 0, green: 100}, weights{}
	want := map[string][2]weights{
		hook.ReconcileService:           {before, before},
		hook.PreScaleUp:                 {none, none},
		hook.PostScaleUp:                {none, none},
		hook.TestTrafficShift:           {after, none},
		hook.PostTestTrafficShift:       {none, none},
		hook.PreProductionTrafficShift:  {none, before},
		hook.ProductionTrafficShift:     {none, after},
		hook.PostProductionTrafficShift: {none, none},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("weights, test and production (-want +got):\n%s", diff)
	}
}
