package parts

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"bluegen/generator/blueprint"
	"bluegen/schemas"

	"github.com/hashicorp/go-version"
	"github.com/hashicorp/hcl/v2"
)

// Need is a feature of the provider that a blueprint asks for.
type Need struct {
	Feature schemas.Feature
	// What in the blueprint asks for it, for a sentence.
	What string
	// Range is where it does.
	Range hcl.Range
}

// sleep is the longest wait that a function can sleep where hooks have no timeout of their own.
const sleep = 840 * time.Second

// Needs are the features that a blueprint asks for: the highest of their first releases is the lowest provider that has all of it.
// Where the blueprint pins the provider, what has a substitute is not asked for: a region variable, a wait that is slept.
func Needs(s *blueprint.Service) []Need {
	var out []Need
	free := s.Terraform.AWSProvider.Default
	if free {
		out = append(out, Need{schemas.RegionAttribute, "the logs' region is read from the provider", s.Terraform.Range})
	}
	// A service that was blue/green once stays it until its strategy is written otherwise.
	rolling := Need{schemas.BlueGreen, "the strategy is written, rolling too", s.Terraform.Range}
	if s.ECS == nil {
		if free {
			out = append(out, rolling)
		}
		return out
	}
	d := s.ECS.Deployment
	switch {
	case d.Strategy.V == "linear" || d.Strategy.V == "canary":
		out = append(out, Need{schemas.LinearCanary, "strategy " + d.Strategy.V, d.Strategy.Range})
	case d.Strategy.V != "rolling":
		out = append(out, Need{schemas.BlueGreen, "strategy " + d.Strategy.V, d.Strategy.Range})
	case d.KeepPair.V:
		out = append(out, Need{schemas.BlueGreen, "keep_pair", d.KeepPair.Range})
	case free:
		out = append(out, rolling)
	}
	if d.SigintRollback.V {
		out = append(out, Need{schemas.SigintRollback, "sigint_rollback", d.SigintRollback.Range})
	}
	for _, h := range d.Hooks {
		out = append(out, hookNeeds(h, free)...)
	}
	return out
}

// hookNeeds are those of one hook: how it ends, what it is told, and where it runs.
func hookNeeds(h blueprint.Hook, free bool) []Need {
	var out []Need
	holds := h.Kind.V == "wait" || h.Kind.V == "alarms" || h.Kind.V == "metric"
	switch {
	case h.Kind.V == "approval" || h.Via.V == "pause":
		out = append(out, Need{schemas.PauseHook, "the pause " + h.Name.V, h.Range})
	case h.TimeoutConfiguration != nil || holds && (free || h.For.V+h.Settle.V > sleep):
		out = append(out, Need{schemas.HookTimeout, "the timeout of the hook " + h.Name.V, h.Range})
	}
	if len(h.HookDetails) > 0 {
		out = append(out, Need{schemas.HookDetails, "the details of the hook " + h.Name.V, h.Range})
	}
	for _, stage := range h.Stages {
		if stage.V == "PRE_PRODUCTION_TRAFFIC_SHIFT" {
			out = append(out, Need{schemas.PreProductionStage, "the stage " + stage.V, stage.Range})
		}
	}
	return out
}

// Lowest is a version with what asks for it.
type Lowest struct {
	Version *version.Version
	Why     []string
}

// String is the version and its reasons: 6.66 (the timeout of the hook warm-up).
func (l Lowest) String() string { return Short(l.Version) + " (" + Names(l.Why) + ")" }

// LowestProvider is the lowest release of hashicorp/aws that has everything that the blueprint asks for.
func LowestProvider(s *blueprint.Service) Lowest {
	out := Lowest{schemas.Oldest("aws"), []string{"the oldest that bluegen knows"}}
	for _, n := range Needs(s) {
		since := schemas.Since("aws", n.Feature)
		switch {
		case since == nil:
		case since.GreaterThan(out.Version):
			out = Lowest{since, []string{n.What}}
		case since.Equal(out.Version) && !slices.Contains(out.Why, n.What):
			out.Why = append(out.Why, n.What)
		}
	}
	return out
}

// The first releases of Terraform that have what generated files use, beside stateLock.
const (
	providerMocks   = "1.7"
	crossValidation = "1.9"
)

// LowestTerraform is the lowest Terraform that reads the configuration and its tests.
func LowestTerraform(s *blueprint.Service) Lowest {
	if s.Terraform.Backend != nil {
		return Lowest{version.Must(version.NewVersion(stateLock)), []string{"the state's lock file"}}
	}
	if s.AppMesh != nil {
		return Lowest{version.Must(version.NewVersion(crossValidation)), []string{"conditions of a variable on another one"}}
	}
	return Lowest{version.Must(version.NewVersion(providerMocks)), []string{"the mocks of the tests"}}
}

// Pin gives a blueprint that does not say aws_provider the lowest release that it needs as its floor, below the next major release,
// and without the releases in which something that it asks for is broken.
func Pin(s *blueprint.Service) {
	pin := &s.Terraform.AWSProvider
	if pin.V != "" {
		return
	}
	floor := LowestProvider(s).Version
	next := floor.Segments64()[0] + 1
	words := []string{">= " + Short(floor), "< " + Short(version.Must(version.NewVersion(strconv.FormatInt(next, 10)+".0.0")))}
	for _, n := range Needs(s) {
		for _, b := range schemas.Broken("aws", n.Feature) {
			if word := "!= " + b.Version.String(); b.Version.GreaterThanOrEqual(floor) && !slices.Contains(words, word) {
				words = append(words, word)
			}
		}
	}
	pin.V = strings.Join(words, ", ")
}
