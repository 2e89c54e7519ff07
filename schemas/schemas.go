// Package schemas reads the embedded provider schemas, one small file a type, parsed when asked for.
package schemas

import (
	"github.com/hashicorp/go-version"
	tfjson "github.com/hashicorp/terraform-json"
)

// Feature is a row of the table feature -> first version, bad versions, source.
type Feature string

// View is what every version that a constraint admits knows: the oldest embedded schema at or above
// the lowest admitted version, less the features that are newer than that version.
// It is safe for concurrent use.
type View struct{}

// Open fails when the constraint admits no version that any embedded schema covers. Provider is "aws" or "archive".
func Open(provider string, c version.Constraints) (*View, error) { return nil, nil }

// Provider is "aws" or "archive".
func (v *View) Provider() string { return "" }

// Floor is the lowest version that the constraint admits, Version the one of the embedded schema that stands for it.
func (v *View) Floor() *version.Version { return nil }

// Version is the release whose embedded schema the view reads.
func (v *View) Version() *version.Version { return nil }

// Config is the schema of the provider block.
func (v *View) Config() (*tfjson.SchemaBlock, error) { return nil, nil }

// Resources lists the managed resource types, sorted.
func (v *View) Resources() []string { return nil }

// DataSources lists the data source types, sorted.
func (v *View) DataSources() []string { return nil }

// Resource is read-only and shared; parsed once a View.
func (v *View) Resource(typ string) (*tfjson.SchemaBlock, error) { return nil, nil }

// Data is Resource for data sources.
func (v *View) Data(typ string) (*tfjson.SchemaBlock, error) { return nil, nil }

// Rules are the value rules of one attribute path ("health_check.matcher"), as the server and the blueprint's leaf checks use them.
func (v *View) Rules(typ, path string) []Rule { return nil }

// Lacks returns the first version that has f when some admitted version does not.
func (v *View) Lacks(f Feature) (since *version.Version, lacks bool) { return nil, false }

// Bad returns the known bad releases of f that the constraint admits, with the reason.
func (v *View) Bad(f Feature) []BadRelease { return nil }

// BadRelease is a release in which a feature is there but broken.
type BadRelease struct {
	Version *version.Version
	Reason  string
}

// Rule is one value rule.
type Rule struct {
	Enum     []string
	Min, Max *float64
	// Kind is "arn", "json" or empty.
	Kind string
}
