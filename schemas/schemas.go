// Package schemas reads the embedded provider schemas, one small file a type, parsed when asked for.
//
// providers/<name>/<version>/{config.json,resource/<type>.json,data/<type>.json} are what
// `terraform providers schema -json` printed, pruned to types.txt; rules/ and features.json say what
// that document leaves out: which values the provider takes, and since which release it has what.
// replacements.json says which changes a provider cannot make in place.
package schemas

import (
	"fmt"
	"slices"
	"sync"

	"github.com/hashicorp/go-version"
	tfjson "github.com/hashicorp/terraform-json"
)

// View is what every version that a constraint admits knows: the oldest embedded schema at or above
// the lowest admitted version, less the features that are newer than that version, less what a later
// admitted major release took away. It is safe for concurrent use, and expensive enough to keep: one
// View a constraint, not one a service.
type View struct {
	provider   string
	constraint version.Constraints
	floor      *version.Version
	release    *version.Version
	later      []*version.Version // embedded releases above release that the constraint reaches
	features   *table
	replacing  func() []group // replacements.json, read when asked for
	blocks     sync.Map       // file name -> func() (*tfjson.SchemaBlock, error)
	rules      sync.Map       // type -> func() map[string][]Rule
}

// Open fails when the constraint admits no version that any embedded schema covers. Provider is "aws" or "archive".
func Open(provider string, c version.Constraints) (*View, error) {
	releases, err := embedded(provider)
	if err != nil {
		return nil, err
	}
	floor, err := lowest(c)
	if err != nil {
		return nil, fmt.Errorf("%s %q: %w", provider, c, err)
	}
	base := slices.IndexFunc(releases, func(r *version.Version) bool { return r.GreaterThanOrEqual(floor) })
	if base < 0 || !covers(c, floor, releases[base]) {
		return nil, fmt.Errorf("%s %q admits no release that bluegen knows: it has the schemas of %s", provider, c, join(releases))
	}
	features, err := readFeatures()
	if err != nil {
		return nil, err
	}
	v := &View{provider: provider, constraint: c, floor: floor, release: releases[base], features: features, replacing: sync.OnceValue(func() []group {
		groups, err := readReplacements()
		if err != nil {
			return nil // a test reads the file
		}
		return groups
	})}
	for _, r := range releases[base+1:] {
		if reaches(c, r) {
			v.later = append(v.later, r)
		}
	}
	return v, nil
}

// Provider is "aws" or "archive".
func (v *View) Provider() string { return v.provider }

// Floor is the lowest version that the constraint admits, 0.0.0 when it has no lower bound; Version is
// the one whose embedded schema stands for it.
func (v *View) Floor() *version.Version { return v.floor }

// Version is the release whose embedded schema the view reads.
func (v *View) Version() *version.Version { return v.release }

// Config is the schema of the provider block, read-only and shared.
func (v *View) Config() (*tfjson.SchemaBlock, error) { return v.block(kindConfig, "") }

// Resources lists the managed resource types, sorted.
func (v *View) Resources() []string { return v.types(kindResource) }

// DataSources lists the data source types, sorted.
func (v *View) DataSources() []string { return v.types(kindData) }

// Resource is read-only and shared; parsed once a View. It fails for a type that the view does not have.
func (v *View) Resource(typ string) (*tfjson.SchemaBlock, error) { return v.block(kindResource, typ) }

// Data is Resource for data sources.
func (v *View) Data(typ string) (*tfjson.SchemaBlock, error) { return v.block(kindData, typ) }

func (v *View) block(k kind, typ string) (*tfjson.SchemaBlock, error) {
	load, ok := v.blocks.Load(k.file(typ))
	if !ok {
		load, _ = v.blocks.LoadOrStore(k.file(typ), sync.OnceValues(func() (*tfjson.SchemaBlock, error) {
			return v.read(k, typ)
		}))
	}
	return load.(func() (*tfjson.SchemaBlock, error))()
}

// read parses anew, so what is taken away is taken from this view's own copy.
func (v *View) read(k kind, typ string) (*tfjson.SchemaBlock, error) {
	block, err := parse(v.provider, v.release, k, typ)
	if err != nil {
		return nil, err
	}
	for _, r := range v.later {
		newer, err := parse(v.provider, r, k, typ)
		if err != nil {
			return nil, fmt.Errorf("%w: a constraint that admits %s and %s cannot use it", err, v.floor, r)
		}
		intersect(block, newer)
	}
	for _, row := range v.features.newer(v.provider, v.floor) {
		if !row.take(block, k, typ) {
			return nil, fmt.Errorf("%s %s has no %s %s: it is there since %s", v.provider, v.floor, k, typ, row.since)
		}
	}
	return block, nil
}
