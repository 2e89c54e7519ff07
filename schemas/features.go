package schemas

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/hashicorp/go-version"
)

// Feature is a row of the table feature -> first version, bad versions, source (features.json).
type Feature string

// The features that code decides on. The table has more, which only the view needs.
const (
	// RegionAttribute is `region` on resources and data sources, also data.aws_region's own.
	RegionAttribute Feature = "region_attribute"
	// BlueGreen is deployment_configuration with lifecycle hooks, advanced_configuration and test_traffic_rules.
	BlueGreen Feature = "blue_green"
	// SigintRollback is the argument that rolls back when Terraform is interrupted.
	SigintRollback Feature = "sigint_rollback"
	// HookDetails is lifecycle_hook.hook_details.
	HookDetails Feature = "hook_details"
	// LinearCanary is the strategies LINEAR and CANARY with their blocks.
	LinearCanary Feature = "linear_canary"
	// ServiceConnectAccessLog is service_connect_configuration.access_log_configuration.
	ServiceConnectAccessLog Feature = "service_connect_access_log"
	// PauseHook is lifecycle_hook.target_type, and hooks without function and role.
	PauseHook Feature = "pause_hook"
	// HookTimeout is lifecycle_hook.timeout_configuration.
	HookTimeout Feature = "hook_timeout"
	// PreProductionStage is the lifecycle stage PRE_PRODUCTION_TRAFFIC_SHIFT.
	PreProductionStage Feature = "pre_production_stage"
)

// BadRelease is a release in which a feature is there but broken.
type BadRelease struct {
	Version *version.Version
	Reason  string
}

// Lacks returns the first version that has f when some admitted version does not.
// A feature that the table does not know is lacked by every version, with a nil version.
func (v *View) Lacks(f Feature) (since *version.Version, lacks bool) {
	r := v.features.find(v.provider, f)
	if r == nil {
		return nil, true
	}
	if v.floor.LessThan(r.since) {
		return r.since, true
	}
	return nil, false
}

// Bad returns the known bad releases of f that the constraint admits, with the reason, oldest first.
func (v *View) Bad(f Feature) []BadRelease {
	r := v.features.find(v.provider, f)
	if r == nil {
		return nil
	}
	var out []BadRelease
	for _, b := range r.bad {
		if v.constraint.Check(b.Version) {
			out = append(out, b)
		}
	}
	return out
}

// Oldest is the oldest release whose schema is embedded, nil for a provider that none is of.
func Oldest(provider string) *version.Version {
	releases, err := embedded(provider)
	if err != nil || len(releases) == 0 {
		return nil
	}
	return releases[0]
}

// Since is the first release that has a feature, nil where the table does not know it.
func Since(provider string, f Feature) *version.Version {
	if r := rowOf(provider, f); r != nil {
		return r.since
	}
	return nil
}

// Broken are the releases in which a feature is known to be broken, oldest first.
func Broken(provider string, f Feature) []BadRelease {
	if r := rowOf(provider, f); r != nil {
		return r.bad
	}
	return nil
}

func rowOf(provider string, f Feature) *row {
	features, err := readFeatures()
	if err != nil {
		return nil // a test reads every row
	}
	return features.find(provider, f)
}

// Covered returns the row that says since when the type has the attribute or block at path
// ("load_balancer.advanced_configuration.role_arn"); data tells a data source from a resource.
// Where rows are nested (a block, and later an argument in it) the one of the innermost path answers.
func Covered(provider, typ, path string, data bool) (Feature, bool) {
	features, err := readFeatures()
	if err != nil {
		return "", false
	}
	k := kindResource
	if data {
		k = kindData
	}
	var found Feature
	longest := -1
	for _, r := range features.rows {
		if r.provider != provider {
			continue
		}
		for _, p := range r.covering(k).New[typ] {
			if within(path, p) && len(p) > longest {
				found, longest = r.feature, len(p)
			}
		}
	}
	return found, longest >= 0
}

func within(path, block string) bool {
	return block == "" || path == block || strings.HasPrefix(path, block+".")
}

// table is features.json, oldest row first.
type table struct{ rows []*row }

type row struct {
	provider               string
	feature                Feature
	source                 string
	since                  *version.Version
	bad                    []BadRelease
	resource, data, config func() changes // read when asked for: most rows are older than what a blueprint pins
}

// changes are what a feature brought, as paths by type (the empty type is the provider block). An
// empty path is the whole type.
type changes struct {
	New      map[string][]string            `json:"new"`      // was not there
	Optional map[string][]string            `json:"optional"` // was required
	Settable map[string][]string            `json:"settable"` // was read-only
	Computed map[string][]string            `json:"computed"` // was not filled in by the provider
	Values   map[string]map[string][]string `json:"values"`   // by path: values that were refused
}

func later(raw json.RawMessage) func() changes {
	return sync.OnceValue(func() changes {
		c, err := parseChanges(raw)
		if err != nil {
			return changes{} // a test reads every row
		}
		return c
	})
}

func parseChanges(raw json.RawMessage) (c changes, err error) {
	if raw == nil {
		return c, nil
	}
	err = json.Unmarshal(raw, &c)
	return c, err
}

func (r *row) covering(k kind) changes {
	switch k {
	case kindResource:
		return r.resource()
	case kindData:
		return r.data()
	default:
		return r.config()
	}
}

// newer are the rows of a provider that floor does not have.
func (t *table) newer(provider string, floor *version.Version) []*row {
	var out []*row
	for _, r := range t.rows {
		if r.provider == provider && floor.LessThan(r.since) {
			out = append(out, r)
		}
	}
	return out
}

func (t *table) find(provider string, f Feature) *row {
	i := slices.IndexFunc(t.rows, func(r *row) bool { return r.provider == provider && r.feature == f })
	if i < 0 {
		return nil
	}
	return t.rows[i]
}

// readFeatures parses 14 kB: cheap beside one schema, so nothing global has to hold it.
func readFeatures() (*table, error) {
	raw, err := data.ReadFile("features.json")
	if err != nil {
		return nil, err
	}
	var file []struct {
		Provider  string
		Feature   Feature
		Since     *version.Version
		Source    string
		Unsettled string
		Bad       []struct {
			Version        *version.Version
			Reason, Source string
		}
		Resource, Data, Config json.RawMessage
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		return nil, fmt.Errorf("features.json: %w", err)
	}
	t := &table{}
	for _, f := range file {
		r := &row{provider: f.Provider, feature: f.Feature, source: f.Source, since: f.Since, resource: later(f.Resource), data: later(f.Data), config: later(f.Config)}
		for _, b := range f.Bad {
			r.bad = append(r.bad, BadRelease{Version: b.Version, Reason: b.Reason})
		}
		t.rows = append(t.rows, r)
	}
	return t, nil
}
