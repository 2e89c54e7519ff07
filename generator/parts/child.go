package parts

import (
	"slices"
	"strings"

	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// Child is a child module in the making. It never sees a value of the blueprint: values come in through variables,
// so that equal structures are equal trees.
type Child struct {
	Path     string // modules/<name>
	title    string
	about    string
	versions Versions
	archive  bool
	main     []*tf.Block
	files    []tf.File
	vars     []*tf.Block
	samples  map[string]cty.Value
	asserts  []Assert
	refused  []refused
	outputs  []*tf.Block
}

// NewChild starts modules/<name>; title and about open its README.
func NewChild(name, title, about string, v Versions) *Child {
	return &Child{Path: "modules/" + name, title: title, about: strings.TrimSpace(about), versions: v, samples: map[string]cty.Value{}}
}

// UsesArchive says that the module zips a source.
func (c *Child) UsesArchive() { c.archive = true }

// Var declares a variable, or returns the one that is there. The sample is what the module's own test gives it;
// the variable's type is the sample's.
func (c *Child) Var(name, description string, sample cty.Value) *tf.Block {
	c.samples[name] = sample
	return declare(&c.vars, variable(name, description, sample.Type()))
}

// In is Var as the expression var.<name>.
func (c *Child) In(name, description string, sample cty.Value) tf.Expr {
	return c.Var(name, description, sample).Attr()
}

// Text is In for a string.
func (c *Child) Text(name, description, sample string) tf.Expr {
	return c.In(name, description, cty.StringVal(sample))
}

// Valid adds a condition that a variable's values must meet.
func Valid(variable *tf.Block, condition tf.Expr, message string) {
	variable.Items = append(variable.Items, tf.Nested("validation", tf.Set("condition", condition), tf.Set("error_message", tf.String(message))))
}

// refused is a run that shows that a variable turns values away.
type refused struct {
	run      string
	variable *tf.Block
	values   map[string]cty.Value
}

// Refuse adds a run to the module's own test in which these values of its variables are turned away by this one.
func (c *Child) Refuse(run string, variable *tf.Block, values map[string]cty.Value) {
	c.refused = append(c.refused, refused{run, variable, values})
}

// Number is In for a number.
func (c *Child) Number(name, description string, sample int) tf.Expr {
	return c.In(name, description, cty.NumberIntVal(int64(sample)))
}

// Assert adds a fact that the module's own test checks.
func (c *Child) Assert(message string, conditions ...tf.Expr) {
	c.asserts = append(c.asserts, Assert{Conditions: conditions, Message: tf.String(message)})
}

// Add appends blocks to main.tf and returns the last of them.
func (c *Child) Add(blocks ...*tf.Block) *tf.Block {
	c.main = append(c.main, blocks...)
	return blocks[len(blocks)-1]
}

// AddFile adds a file that is not Terraform.
func (c *Child) AddFile(files ...tf.File) { c.files = append(c.files, files...) }

// Output declares an output; waits are what the value must not be used before.
func (c *Child) Output(name, description string, value tf.Expr, waits ...tf.Expr) *tf.Block {
	b := output(name, description, value, "", waits...)
	return declare(&c.outputs, b)
}

// OutputAfter is an output with the reason why it waits.
func (c *Child) OutputAfter(name, description string, value tf.Expr, why string, waits ...tf.Expr) *tf.Block {
	return declare(&c.outputs, output(name, description, value, why, waits...))
}

// Module finishes the module: variables and outputs sorted, versions, README.
func (c *Child) Module() *tf.Module {
	sortBlocks(c.vars)
	sortBlocks(c.outputs)
	m := &tf.Module{Path: c.Path}
	m.Add("main.tf", c.main...)
	m.Add("outputs.tf", c.outputs...)
	m.Add("terraform.tf", c.versions.floors(c.archive))
	m.Add("variables.tf", c.vars...)
	m.Files = append(m.Files, c.files...)
	m.Files = append(m.Files, Markdown("README.md", "# "+c.title+"\n\n"+c.about+"\n\n"+Interface(c.vars, c.outputs)))
	return m
}

// Call is the root's module block: scalars first, then what takes several lines, each sorted by name.
func (c *Child) Call(name string, inputs ...tf.Attr) *tf.Block {
	var flat, tall []tf.Attr
	for _, in := range inputs {
		if in.Value == nil {
			continue
		}
		if in.Comment != "" || isTall(in.Value) {
			tall = append(tall, in)
		} else {
			flat = append(flat, in)
		}
	}
	items := []tf.Item{tf.Set("source", tf.String("./"+c.Path))}
	for _, group := range [][]tf.Attr{flat, tall} {
		slices.SortFunc(group, func(a, b tf.Attr) int { return strings.Compare(a.Name, b.Name) })
		for _, in := range group {
			items = append(items, in)
		}
	}
	return tf.NewBlock("module", []string{name}, items...)
}

func isTall(e tf.Expr) bool {
	switch e := e.(type) {
	case tf.Object:
		return !e.Inline && len(e.Fields) > 0
	case tf.List:
		return e.Lines
	default:
		return false
	}
}

func variable(name, description string, t cty.Type) *tf.Block {
	return tf.NewBlock("variable", []string{name}, tf.Set("description", tf.String(description)), tf.Set("type", tf.TypeOf{Type: t}))
}

func output(name, description string, value tf.Expr, why string, waits ...tf.Expr) *tf.Block {
	items := []tf.Item{tf.Set("description", tf.String(description)), tf.Set("value", value)}
	if len(waits) > 0 {
		items = append(items, tf.Set("depends_on", tf.ListOf(waits...)).Why(why))
	}
	return tf.NewBlock("output", []string{name}, items...)
}

func declare(blocks *[]*tf.Block, b *tf.Block) *tf.Block {
	for _, have := range *blocks {
		if have.Labels[0] == b.Labels[0] {
			return have
		}
	}
	*blocks = append(*blocks, b)
	return b
}

func sortBlocks(blocks []*tf.Block) {
	slices.SortFunc(blocks, func(a, b *tf.Block) int { return strings.Compare(a.Labels[0], b.Labels[0]) })
}
