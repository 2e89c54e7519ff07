package parts

import (
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// Facts are what the root's test compares with the blueprint.
type Facts []Assert

// Is wants a value.
func (f *Facts) Is(message string, value, want tf.Expr) {
	*f = append(*f, Assert{Conditions: []tf.Expr{tf.Equal(value, want)}, Message: tf.String(message)})
}

// Shows wants a value, and prints the one that is there.
func (f *Facts) Shows(message string, value, want tf.Expr) {
	*f = append(*f, Assert{
		Conditions: []tf.Expr{tf.Equal(value, want)},
		Message:    tf.Join(tf.String(message+": "), tf.Fn("jsonencode", value), tf.String(".")),
	})
}

// Promised wants a text of a root output.
func (f *Facts) Promised(name, want, message string) {
	f.Is(message, OutputNamed(name), tf.String(want))
}

// OutputNamed is output.<name> as a test reads it.
func OutputNamed(name string) tf.Expr { return tf.Dig(tf.Keyword("output"), name) }

// ConfigurationTest is the root's own test: what the modules give back is as the blueprint has it, the engine's own runs, and wrong
// values of variables are refused. Archive says that some module zips a source.
func (s *Site) ConfigurationTest(r *Root, comment string, archive bool, facts Facts, runs ...*tf.Block) *tf.Document {
	blocks := Mocks(archive)
	if vars := sampleVariables(r); vars != nil {
		blocks = append(blocks, vars)
	}
	for _, document := range r.Policies() {
		blocks = append(blocks, OverrideDocument(document))
	}
	for _, read := range r.Reads() {
		blocks = append(blocks, tf.NewBlock("override_data", nil,
			tf.Set("target", read.Block.Attr()),
			tf.Set("values", tf.Fields(read.Answer...)),
		))
	}
	blocks = append(blocks, s.valuesRun(facts))
	blocks = append(blocks, runs...)
	blocks = append(blocks, refusals(r)...)
	return &tf.Document{Name: "tests/configuration.tftest.hcl", Comment: comment, Blocks: blocks}
}

func sampleVariables(r *Root) *tf.Block {
	var items []tf.Item
	for _, in := range r.Inputs() {
		items = append(items, tf.Set(in.Name, Expr(in.Sample)))
	}
	if len(items) == 0 {
		return nil
	}
	return tf.Nested("variables", items...)
}

// valuesRun is called after the environment.
func (s *Site) valuesRun(facts Facts) *tf.Block {
	name := s.In.Environment.V
	if name == "" {
		name = "values"
	}
	items := []tf.Item{tf.Set("command", tf.Keyword("plan"))}
	for _, a := range facts {
		items = append(items, a.Block())
	}
	return tf.NewBlock("run", []string{Ident(name)}, items...)
}

// refusals show that wrong values of root variables are turned away at plan: in one run, for each costs a plan of its own.
func refusals(r *Root) []*tf.Block {
	var values []tf.Item
	var failures []tf.Expr
	for _, in := range r.Inputs() {
		if in.Wrong != cty.NilVal {
			values = append(values, tf.Set(in.Name, Expr(in.Wrong)))
			failures = append(failures, tf.NewBlock("variable", []string{in.Name}).Attr())
		}
	}
	if len(values) == 0 {
		return nil
	}
	return []*tf.Block{tf.NewBlock("run", []string{"wrong_values_are_refused"},
		tf.Set("command", tf.Keyword("plan")),
		tf.Nested("variables", values...),
		tf.Set("expect_failures", tf.LinesOf(failures...)),
	)}
}

// OverrideModule gives a module call outputs of its own in a test: equal mocks would hide a swap.
func OverrideModule(call *tf.Block, outputs ...tf.Field) *tf.Block {
	return tf.Nested("override_module", tf.Set("target", call.Attr()), tf.Set("outputs", tf.Fields(outputs...)))
}
