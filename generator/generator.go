// Package generator is the façade: a blueprint in, wanted files out. It writes nothing.
package generator

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"
	"bluegen/generator/engine/appmesh"
	"bluegen/generator/engine/ecs"
	"bluegen/generator/fleet"
	"bluegen/generator/parts"
	"bluegen/generator/tf"
	"bluegen/schemas"

	"github.com/hashicorp/go-version"
	"github.com/hashicorp/hcl/v2"
	"golang.org/x/sync/errgroup"
)

// Generator keeps printed documents and parsed schemas between services; one for a whole fleet. It is safe for concurrent use.
type Generator struct {
	reader  *blueprint.Reader
	printer tf.Printer
	checker tf.Checker
	views   sync.Map // provider and constraint -> *opened
}

// opened is a view that is opened once, whoever asks first.
type opened struct {
	once sync.Once
	view *schemas.View
	err  error
}

// Result of one blueprint, all its environments.
type Result struct {
	// Configurations are one an environment, in the order of their names.
	Configurations []Configuration
	// Bases are the files that the blueprint extends, from the root of the file system; also where there are errors.
	Bases []string
	// Unnamed says that the blueprint names no service: it may be a base of others.
	Unnamed bool
}

// Configuration is one environment's tree.
type Configuration struct {
	Service *blueprint.Service
	// Directory is the tree's, relative to the blueprint's folder and slash-separated.
	Directory string
	// Files are sorted by path; paths are relative to the blueprint's folder.
	Files []tf.File
	// Origins say which range of the blueprint a block answers for; files are relative to Directory.
	Origins map[Origin]hcl.Range
	// Required are the root's variables that have no default, in the order of their file.
	Required []string
	// AWS is what every version that the provider constraint admits knows.
	AWS *schemas.View
	// Claims are what the service takes of what it shares with others, for the rules over a fleet.
	Claims parts.Claims
	// Memory is for the next run to know what this one wrote: the service's name, and of each resource what replaces it.
	Memory map[string]string
}

// Needs are the lowest versions of provider and Terraform that have what the blueprint asks for, with what asks for them, for people.
func (c Configuration) Needs() []string {
	return []string{"hashicorp/aws " + parts.LowestProvider(c.Service).String(), "terraform " + parts.LowestTerraform(c.Service).String()}
}

// Origin is a block's place in the output.
type Origin struct{ File, Address string }

// Options are what a caller knows beside the blueprint.
type Options struct {
	// Was is the strategy that the last generate wrote, by environment.
	Was map[string]string
	// Memory is what the last generate noted of each environment: a Configuration's Memory.
	Memory map[string]map[string]string
	// Environments limits the result to these; nil is all.
	Environments []string
}

// New returns a Generator.
func New() *Generator { return &Generator{reader: blueprint.NewReader()} }

// Generate reads only fsys, which is rooted at the repository, and works on several environments at once. Paths in the result and in the
// diagnostics are relative to the blueprint's folder. With an error among the diagnostics the result has no configurations.
func (g *Generator) Generate(ctx context.Context, fsys fs.FS, name string, o Options) (*Result, diag.List) {
	read, diags := g.reader.Read(fsys, name)
	services, none := read.Services, &Result{Bases: read.Bases, Unnamed: read.Unnamed}
	diags = append(diags, unknownEnvironments(services, o.Environments, path.Base(name))...)
	diags = append(diags, stateKeys(services)...)
	if diags.HasErrors() {
		return none, diags.Sorted()
	}
	if len(o.Environments) > 0 {
		services = slices.DeleteFunc(services, func(s *blueprint.Service) bool { return !slices.Contains(o.Environments, s.Environment.V) })
	}
	result := &Result{Configurations: make([]Configuration, len(services)), Bases: read.Bases}
	found := make([]diag.List, len(services))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, s := range services {
		group.Go(func() error {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			s.Was = o.Was[s.Environment.V]
			result.Configurations[i], found[i] = g.one(s, o.Memory[s.Environment.V])
			return nil
		})
	}
	if group.Wait() != nil {
		return none, diags.Sorted()
	}
	for i, more := range found {
		for j := range more {
			more[j].Environment = services[i].Environment.V
		}
		diags = append(diags, more...)
	}
	if !diags.HasErrors() {
		diags = append(diags, between(result.Configurations)...)
	}
	if diags.HasErrors() {
		return none, withoutNotices(diags).Sorted()
	}
	return result, diags.Sorted()
}

// between judges the environments of one blueprint against each other, as a fleet of their own.
func between(environments []Configuration) diag.List {
	if len(environments) < 2 {
		return nil
	}
	all := fleet.New()
	for _, c := range environments {
		all.Add(func(name string) string { return name }, fleet.Of(c.Service, c.Claims))
	}
	return all.Judge()
}

// withoutNotices: what a default has decided matters to nobody while there is something to mend.
func withoutNotices(l diag.List) diag.List {
	return slices.DeleteFunc(l, func(d diag.Diagnostic) bool { return d.Severity == diag.Notice })
}

func (g *Generator) one(s *blueprint.Service, was map[string]string) (c Configuration, diags diag.List) {
	c = Configuration{Service: s, Directory: path.Join(s.Terraform.Directory.V, s.Environment.V)}
	parts.Pin(s)
	aws, err := g.open("aws", s.Terraform.AWSProvider.V)
	if err != nil {
		return c, diag.List{unknownProvider(s, err)}
	}
	archive, err := g.open("archive", ">= 2.7")
	if err != nil {
		return c, diag.List{internal(err.Error())}
	}
	c.AWS = aws
	config, diags := build(s, aws)
	if diags.HasErrors() {
		return c, diags
	}
	keys := tf.KeysOf(config)
	if problems := g.checker.Check(config, keys, aws, archive); len(problems) > 0 {
		return c, append(diags, internalProblems(problems)...)
	}
	c.Claims = claims(s, aws)
	c.Files, c.Origins = g.print(c.Directory, config, keys)
	for i := range c.Files {
		c.Files[i].Origin = cmp.Or(c.Files[i].Origin, "engine/"+s.Engine.V)
	}
	c.Required = required(config)
	c.Memory = memory(s.Name.V, config, aws)
	diags = append(diags, remembered(was, s, config, c.Memory).Without(ignored(s)...)...)
	return c, diags
}

// ignored are the codes that a blueprint silences.
func ignored(s *blueprint.Service) []diag.Code {
	var out []diag.Code
	for _, code := range s.Ignore {
		out = append(out, diag.Code(code.V))
	}
	return out
}

// build is the switch over the engines.
func build(s *blueprint.Service, aws *schemas.View) (*tf.Config, diag.List) {
	if s.AppMesh != nil {
		return appmesh.Build(s, aws)
	}
	return ecs.Build(s, aws)
}

// claims is build for what the service shares with others.
func claims(s *blueprint.Service, aws *schemas.View) parts.Claims {
	if s.AppMesh != nil {
		return appmesh.Claims(s, aws)
	}
	return ecs.Claims(s, aws)
}

// open returns the view of a constraint: environments and services of one pin read each schema once.
func (g *Generator) open(provider, constraint string) (*schemas.View, error) {
	have, _ := g.views.LoadOrStore(provider+" "+constraint, &opened{})
	v := have.(*opened)
	v.once.Do(func() {
		pins, err := version.NewConstraint(constraint)
		if err != nil {
			v.err = fmt.Errorf("constraint %q: %w", constraint, err)
			return
		}
		v.view, v.err = schemas.Open(provider, pins)
	})
	return v.view, v.err
}

// print turns a configuration into files below directory and remembers where its blocks came from.
func (g *Generator) print(directory string, config *tf.Config, keys tf.Keys) ([]tf.File, map[Origin]hcl.Range) {
	var files []tf.File
	origins := map[Origin]hcl.Range{}
	for _, m := range config.Modules {
		for _, d := range m.Documents {
			file := path.Join(m.Path, d.Name)
			files = append(files, tf.File{Path: path.Join(directory, file), Data: g.printer.PrintAs(d, keys[d])})
			for _, b := range d.Blocks {
				collect(origins, file, b.Address(), b)
			}
		}
		for _, f := range m.Files {
			files = append(files, tf.File{Path: path.Join(directory, m.Path, f.Path), Data: f.Data, Origin: f.Origin})
		}
	}
	slices.SortFunc(files, func(a, b tf.File) int { return strings.Compare(a.Path, b.Path) })
	return files, origins
}

func collect(origins map[Origin]hcl.Range, file, address string, b *tf.Block) {
	if address != "" && b.Origin.Filename != "" {
		origins[Origin{file, address}] = b.Origin
	}
}
