package parts

import (
	"path"
	"strings"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"
	"bluegen/schemas"

	"github.com/hashicorp/go-version"
)

// Site is one service in one environment as every engine sees it: what was written, what its provider knows, its names and the values
// that its root takes.
type Site struct {
	In       *blueprint.Service
	AWS      *schemas.View
	Pins     version.Constraints
	Versions Versions
	// Name is <name>-<environment>.
	Name string
	// RegionAttribute says that data.aws_region has region in every admitted release (6.0.0).
	RegionAttribute bool
}

// NewSite reads what the blueprint says; constraints were judged when it was loaded.
func NewSite(s *blueprint.Service, aws *schemas.View) Site {
	pins, err := version.NewConstraint(s.Terraform.AWSProvider.V)
	if err != nil {
		pins = nil // the blueprint has refused it already
	}
	return Site{
		In: s, AWS: aws, Pins: pins,
		Versions:        Versions{Terraform: s.Terraform.RequiredVersion.V, AWS: s.Terraform.AWSProvider.V, AWSFloor: aws.Floor()},
		Name:            Name(ServiceName, s.Name.V, s.Environment.V),
		RegionAttribute: Knows(aws, schemas.RegionAttribute),
	}
}

// Knows says that every release that the pin admits has a feature.
func Knows(aws *schemas.View, f schemas.Feature) bool {
	_, lacks := aws.Lacks(f)
	return !lacks
}

// PartName is a physical name with the environment in it.
func (s *Site) PartName(limit int, words ...string) string {
	return Name(limit, append([]string{s.In.Name.V, s.In.Environment.V}, words...)...)
}

// Up leads from the configuration's folder to the blueprint's.
func (s *Site) Up() string { return strings.Repeat("../", strings.Count(s.Folder(), "/")+1) }

// Folder is the configuration's, relative to the blueprint's.
func (s *Site) Folder() string {
	return path.Join(s.In.Terraform.Directory.V, s.In.Environment.V)
}

// Ignored drops what the blueprint accepts; an error stays.
func (s *Site) Ignored(l diag.List) diag.List {
	codes := make([]diag.Code, 0, len(s.In.Ignore))
	for _, c := range s.In.Ignore {
		codes = append(codes, diag.Code(c.V))
	}
	return l.Without(codes...)
}
