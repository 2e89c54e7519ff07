package cli

import (
	"bluegen/generator/blueprint"
	"bluegen/generator/disk"
	"bluegen/generator/rollout"
)

// factStrategy is the manifest's note of the strategy that was written last: some steps between strategies must not be taken at once.
const factStrategy = "strategy"

// remembered is what the last generate wrote of a section, as the engines' rules read it: a strategy, or the state of a rollout.
func remembered(s disk.Section) string {
	if state, ok := rollout.Last(s.Facts); ok {
		return state.String()
	}
	return s.Facts[factStrategy]
}

// facts are what the manifest is to remember of a service. A rollout's history goes on where the blueprint says the state that it
// ends with.
func (p *project) facts(s *blueprint.Service) map[string]string {
	switch {
	case s.AppMesh != nil:
		return p.history(s).Facts()
	case s.ECS.Deployment.KeepPair.V:
		return map[string]string{factStrategy: s.ECS.Deployment.Strategy.V + "+pair"}
	default:
		return map[string]string{factStrategy: s.ECS.Deployment.Strategy.V}
	}
}

// history of a service's rollout: the one of the step that is being taken, or what the manifest has.
func (p *project) history(s *blueprint.Service) rollout.History {
	if p.step != nil {
		return *p.step
	}
	was := p.manifest.Sections[disk.Key{Blueprint: p.name, Environment: s.Environment.V}]
	return rollout.Read(was.Facts, rollout.Of(s.AppMesh.Colours))
}
