package parts

import (
	"slices"
	"strconv"
	"strings"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"
	"bluegen/generator/tf"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
)

// Root collects the root module: a Value becomes a literal, a variable or a data source, once each.
type Root struct {
	locals  *tf.Block
	vars    []*tf.Block
	data    []*tf.Block
	outputs []*tf.Block
	calls   []*tf.Block
	inputs  []Input
	reads   []Read
	parsed  map[string]*tf.Block // SSM parameter or query -> its data block
	diags   diag.List
}

// Input is a root variable as the tests and the README need it.
type Input struct {
	Name, Description string
	Type              cty.Type
	// Sample is a value that the variable's validation admits, Wrong one that it refuses.
	Sample, Wrong cty.Value
	// Omitted says that the blueprint has no such key and the name was chosen by bluegen.
	Omitted bool
}

// Read is a data source of the root with what a mock must answer.
type Read struct {
	Block  *tf.Block
	Answer []tf.Field
	// Parameter is the SSM parameter's name, if it is one.
	Parameter string
}

// Wanted says what a value is for: the obvious name of its variable, its type, and what is admitted.
type Wanted struct {
	Name, Description string
	Type              cty.Type
	Sample            cty.Value
	Validation        *Validation
	// Query makes the data sources of a lookup and returns the value.
	Query func(r *Root, name string, q blueprint.Query) tf.Expr
	// Key is the blueprint's key, for the notice when it is omitted.
	Key string
}

// Validation of a root variable.
type Validation struct {
	Condition func(v tf.Expr) tf.Expr
	Message   string    // after the variable's name
	Wrong     cty.Value // a value that the condition turns away
}

// NewRoot returns an empty root.
func NewRoot() *Root { return &Root{locals: tf.Nested("locals"), parsed: map[string]*tf.Block{}} }

// CodeVariable is two uses of one root variable that do not agree on its type; CodeOmitted the notice of a variable that bluegen named.
const (
	CodeVariable diag.Code = "BG2001"
	CodeOmitted  diag.Code = "BG2002"
)

// Use takes a value into the root and returns the expression to hand to a child module.
func Use[T any](r *Root, w Wanted, v blueprint.Value[T]) tf.Expr {
	switch v.From {
	case blueprint.Literal:
		return literal(v.V)
	case blueprint.SSM:
		return r.parameter(w, v.Name)
	case blueprint.Lookup:
		return w.Query(r, thing(w.Name), v.Lookup)
	case blueprint.Variable:
		return r.variable(w, v.Name, v.Range, false)
	default:
		r.diags = append(r.diags, diag.Diagnostic{
			Code: CodeOmitted, Severity: diag.Notice, Subject: v.Range,
			Summary: w.Key + " is not said: it becomes the root variable " + w.Name + ", to be set at apply",
			Detail:  "Set the variable at apply, or write " + w.Key + " into the blueprint.",
		})
		return r.variable(w, w.Name, v.Range, true)
	}
}

// Output is a promise of the root.
func (r *Root) Output(name, description string, value tf.Expr) {
	declare(&r.outputs, output(name, description, value, ""))
}

// Local gives a value a name in the root, and says in a comment what it is for.
func (r *Root) Local(name, why string, value tf.Expr) tf.Expr {
	r.locals.Items = append(r.locals.Items, tf.Set(name, value).Why(why))
	return r.locals.Attr(name)
}

// Call adds a module call.
func (r *Root) Call(b *tf.Block) *tf.Block {
	r.calls = append(r.calls, b)
	return b
}

// Data adds a data source that is not a value of the blueprint.
func (r *Root) Data(b *tf.Block) *tf.Block {
	r.data = append(r.data, b)
	return b
}

// Lookup adds the data source of a query once and says what a mock of it must answer.
func (r *Root) Lookup(key string, b *tf.Block, answer ...tf.Field) *tf.Block {
	if have, ok := r.parsed[key]; ok {
		return have
	}
	b.Labels[1] = r.free(b.Labels[0], b.Labels[1])
	r.parsed[key] = b
	r.data = append(r.data, b)
	r.reads = append(r.reads, Read{Block: b, Answer: answer})
	return b
}

// Policies are the policy documents of the root.
func (r *Root) Policies() []*tf.Block { return ofType(r.data, "aws_iam_policy_document") }

// Inputs are the variables, sorted by name.
func (r *Root) Inputs() []Input {
	out := slices.Clone(r.inputs)
	slices.SortFunc(out, func(a, b Input) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// Reads are the data sources that a test must mock, in the order of their use.
func (r *Root) Reads() []Read { return r.reads }

// Diagnostics are variables that do not agree, and notices of omitted values.
func (r *Root) Diagnostics() diag.List { return r.diags }

// Module finishes the root's main.tf, variables.tf and outputs.tf.
func (r *Root) Module() *tf.Module {
	sortBlocks(r.vars)
	sortBlocks(r.outputs)
	m := &tf.Module{}
	if len(r.locals.Items) > 0 {
		m.Add("main.tf", r.locals)
	}
	m.Add("main.tf", append(slices.Clone(r.data), r.calls...)...)
	m.Add("outputs.tf", r.outputs...)
	m.Add("variables.tf", r.vars...)
	if len(r.vars) == 0 { // readers and linters look for the file all the same
		m.Document("variables.tf").Comment = "The blueprint gives every value: there is nothing left to set."
	}
	return m
}

// Interface is the tables of inputs and outputs of the root's README.
func (r *Root) Interface() string {
	sortBlocks(r.vars)
	sortBlocks(r.outputs)
	return Interface(r.vars, r.outputs)
}

func (r *Root) variable(w Wanted, name string, at hcl.Range, omitted bool) tf.Expr {
	for _, have := range r.inputs {
		if have.Name != name {
			continue
		}
		if !have.Type.Equals(w.Type) {
			r.diags = append(r.diags, diag.Diagnostic{
				Code: CodeVariable, Subject: at,
				Summary: "Variable " + name + " is wanted with two types",
				Detail:  "Another key uses it as " + userWord(have.Type) + ", this one needs " + userWord(w.Type) + ". Give one of them another name.",
			})
		}
		return declare(&r.vars, variable(name, "", w.Type)).Attr()
	}
	in := Input{Name: name, Description: w.Description, Type: w.Type, Sample: w.Sample, Omitted: omitted}
	b := variable(name, w.Description, w.Type)
	if v := w.Validation; v != nil {
		in.Wrong = v.Wrong
		b.Items = append(b.Items, tf.Nested("validation",
			tf.Set("condition", v.Condition(b.Attr())),
			tf.Set("error_message", tf.String(name+" "+v.Message)),
		))
	}
	r.inputs = append(r.inputs, in)
	return declare(&r.vars, b.From(at)).Attr()
}

// userWord is a type in the blueprint's words.
func userWord(t cty.Type) string {
	if t.IsPrimitiveType() {
		return "one text"
	}
	return "a list"
}

// parameter reads an SSM parameter; a list is split at its commas. The insecure value is read: the other one is sensitive and could not be an output.
func (r *Root) parameter(w Wanted, path string) tf.Expr {
	b, ok := r.parsed["ssm "+path]
	if !ok {
		b = tf.Data("aws_ssm_parameter", r.free("aws_ssm_parameter", parameterName(path, w.Name)), tf.Set("name", tf.String(path)))
		r.parsed["ssm "+path] = b
		r.data = append(r.data, b)
		r.reads = append(r.reads, Read{Block: b, Parameter: path, Answer: []tf.Field{tf.F("insecure_value", tf.String(sampleText(w.Sample)))}})
	}
	value := b.Attr("insecure_value")
	if w.Type.IsPrimitiveType() {
		return value
	}
	return tf.Fn("split", tf.String(","), value)
}

// free is the name, or name_2, name_3, … where a data source of the type has it.
func (r *Root) free(typ, name string) string {
	taken := func(n string) bool {
		return slices.ContainsFunc(r.data, func(b *tf.Block) bool { return b.Labels[0] == typ && b.Labels[1] == n })
	}
	candidate := name
	for i := 2; taken(candidate); i++ {
		candidate = name + "_" + strconv.Itoa(i)
	}
	return candidate
}

// thing is what a value's name is about: vpc of vpc_id, cluster of cluster_arn.
func thing(name string) string {
	for _, suffix := range []string{"_id", "_ids", "_arn"} {
		name = strings.TrimSuffix(name, suffix)
	}
	return name
}

// parameterName is the last part of an SSM parameter's path where that can be an identifier, else the value's own name.
func parameterName(parameter, name string) string {
	last := Ident(parameter[strings.LastIndex(parameter, "/")+1:])
	letter := func(r rune) bool { return r >= 'a' && r <= 'z' || r == '_' }
	other := func(r rune) bool { return !letter(r) && (r < '0' || r > '9') }
	if last == "" || !letter(rune(last[0])) || strings.ContainsFunc(last, other) {
		return name
	}
	return last
}

func sampleText(v cty.Value) string {
	if v.Type().IsPrimitiveType() {
		return v.AsString()
	}
	var parts []string
	for _, e := range v.AsValueSlice() {
		parts = append(parts, e.AsString())
	}
	return strings.Join(parts, ",")
}

func literal(v any) tf.Expr {
	switch v := v.(type) {
	case string:
		return tf.String(v)
	case []string:
		return tf.Strings(v...)
	case int:
		return tf.Int(v)
	case bool:
		return tf.Bool(v)
	default:
		return nil // Value is only made of these: the decoder knows no others
	}
}
