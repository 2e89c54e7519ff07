package blueprint

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/hcl/v2"
)

// Resolved writes a service as one blueprint without bases and environments that says the same: every value with the place that said it,
// or with the word default, as a comment. Shown turns the names of ranges into what the user reads. The text is YAML, and Load reads it.
func Resolved(s *Service, shown func(string) string) ([]byte, error) {
	plans := newPlanner(s.Engine.V)
	root, err := plans.of(reflect.TypeFor[Service]())
	if err != nil {
		return nil, err
	}
	w := &resolver{shown: shown}
	w.object(reflect.ValueOf(*s), root, "")
	return []byte(w.out.String()), nil
}

// resolver writes values of the model as YAML, a line a leaf.
type resolver struct {
	out   strings.Builder
	shown func(string) string
	// dash stands in place of the last two blanks of the next line's indentation: the line begins an item.
	dash bool
}

// originColumn is where comments begin, unless what stands before them is longer.
const originColumn = 46

// line writes one line with its origin, which may be empty.
func (w *resolver) line(indent, text, origin string) {
	if w.dash {
		indent = strings.TrimSuffix(indent, "  ") + "- "
		w.dash = false
	}
	text = indent + text
	if origin != "" {
		text += strings.Repeat(" ", max(2, originColumn-len([]rune(text)))) + "# " + origin
	}
	w.out.WriteString(text + "\n")
}

func (w *resolver) from(at hcl.Range) string {
	return "from " + w.shown(at.Filename) + ":" + strconv.Itoa(at.Start.Line)
}

// object writes the keys of a struct and reports whether there was any.
func (w *resolver) object(v reflect.Value, p *plan, indent string) (any bool) {
	kind := ""
	if f := p.field("kind"); f != nil {
		kind, _ = v.FieldByIndex(f.index).FieldByName("V").Interface().(string)
	}
	for _, f := range p.fields {
		if !f.rules.under(kind) {
			continue
		}
		target := v
		if f.inline {
			part := v.FieldByIndex(p.inlined)
			if part.IsNil() {
				continue
			}
			target = part.Elem()
		}
		target = target.FieldByIndex(f.index)
		if f.optional {
			if target.IsNil() {
				continue
			}
			target = target.Elem()
		}
		any = w.field(target, f, indent) || any
	}
	return any
}

// field writes one key of a struct.
func (w *resolver) field(v reflect.Value, f *field, indent string) bool {
	switch f.plan.shape {
	case shapeLeaf:
		filled := v.FieldByName("Default").Bool()
		if filled && !f.rules.hasFallback {
			return false // an engine fills it, or nobody
		}
		origin := "default"
		if !filled {
			origin = w.from(v.FieldByName("Range").Interface().(hcl.Range))
		}
		w.line(indent, f.key+": "+yamlScalar(v.FieldByName("V").Interface()), origin)
		return true
	case shapeValue:
		return w.value(v, f, indent)
	case shapeObject:
		return w.nested(v, f, indent)
	case shapeList:
		return w.list(v, f, indent)
	case shapeEntries:
		return w.entries(v, f, indent)
	default:
		return w.pairs(v, f, indent)
	}
}

// value writes where a value comes from. One that nobody says becomes a root variable, if it must be there.
func (w *resolver) value(v reflect.Value, f *field, indent string) bool {
	text, ok := yamlValue(v)
	if ok {
		w.line(indent, f.key+": "+text, w.from(v.FieldByName("Range").Interface().(hcl.Range)))
		return true
	}
	if f.rules.variable != "" && !w.dash {
		w.line(indent, "# "+f.key+": {variable: "+f.rules.variable+"}", "not said: a variable of the root")
	}
	return false
}

// nested writes an object below its key. One in which nothing is said and nothing has a default is left out, unless it is written.
func (w *resolver) nested(v reflect.Value, f *field, indent string) bool {
	inner := &resolver{shown: w.shown}
	node, _ := v.FieldByName("Node").Interface().(Node)
	if inner.object(v, f.plan, indent+"  ") {
		w.line(indent, f.key+":", "")
	} else if node.Default {
		return false
	} else {
		w.line(indent, f.key+": {}", w.from(node.Range))
	}
	w.out.WriteString(inner.out.String())
	return true
}

func (w *resolver) list(v reflect.Value, f *field, indent string) bool {
	if v.Len() == 0 {
		return false
	}
	w.line(indent, f.key+":", "")
	for i := range v.Len() {
		item := v.Index(i)
		w.dash = true
		switch f.plan.elem.shape {
		case shapeObject:
			w.object(item, f.plan.elem, indent+"    ")
		case shapeValue:
			text, _ := yamlValue(item)
			w.line(indent+"    ", text, w.from(item.FieldByName("Range").Interface().(hcl.Range)))
		default:
			w.line(indent+"    ", yamlScalar(item.FieldByName("V").Interface()), w.from(item.FieldByName("Range").Interface().(hcl.Range)))
		}
		w.dash = false
	}
	return true
}

func (w *resolver) entries(v reflect.Value, f *field, indent string) bool {
	if v.Len() == 0 {
		return false
	}
	w.line(indent, f.key+":", "")
	for i := range v.Len() {
		key := v.Index(i).FieldByName("Key").Interface().(At[string])
		if f.plan.elem.shape == shapeLeaf {
			leaf := v.Index(i).FieldByName("V")
			w.line(indent+"  ", yamlText(key.V)+": "+yamlScalar(leaf.FieldByName("V").Interface()), w.from(leaf.FieldByName("Range").Interface().(hcl.Range)))
			continue
		}
		inner := &resolver{shown: w.shown}
		if inner.object(v.Index(i).FieldByName("V"), f.plan.elem, indent+"    ") {
			w.line(indent+"  ", yamlText(key.V)+":", "")
			w.out.WriteString(inner.out.String())
		} else {
			w.line(indent+"  ", yamlText(key.V)+": {}", w.from(key.Range))
		}
	}
	return true
}

func (w *resolver) pairs(v reflect.Value, f *field, indent string) bool {
	pairs, _ := v.Interface().([]Pair)
	if len(pairs) == 0 {
		return false
	}
	w.line(indent, f.key+":", "")
	for _, p := range pairs {
		w.line(indent+"  ", yamlText(p.Key.V)+": "+yamlText(p.Value.V), w.from(p.Value.Range))
	}
	return true
}

// yamlValue is a Value as the blueprint writes it; false where nobody says it.
func yamlValue(v reflect.Value) (string, bool) {
	name := yamlText(v.FieldByName("Name").String())
	switch v.FieldByName("From").Interface().(Source) {
	case Literal:
		return yamlScalar(v.FieldByName("V").Interface()), true
	case Variable:
		return "{variable: " + name + "}", true
	case SSM:
		return "{ssm: " + name + "}", true
	case Lookup:
		return "{lookup: {" + strings.Join(yamlQuery(v.FieldByName("Lookup").Interface().(Query)), ", ") + "}}", true
	default:
		return "", false
	}
}

func yamlQuery(q Query) []string {
	var out []string
	if q.Name != "" {
		out = append(out, "name: "+yamlText(q.Name))
	}
	if q.LoadBalancer != "" {
		out = append(out, "load_balancer: "+yamlText(q.LoadBalancer), "port: "+strconv.Itoa(q.Port))
	}
	var tags []string
	for _, t := range q.Tags {
		tags = append(tags, yamlText(t.Key.V)+": "+yamlText(t.Value.V))
	}
	if tags != nil {
		out = append(out, "tags: {"+strings.Join(tags, ", ")+"}")
	}
	return out
}

// yamlScalar writes what a leaf or a literal holds.
func yamlScalar(v any) string {
	switch v := v.(type) {
	case string:
		return yamlText(v)
	case []string:
		var items []string
		for _, text := range v {
			items = append(items, yamlText(text))
		}
		return "[" + strings.Join(items, ", ") + "]"
	case time.Duration:
		return yamlDuration(v)
	default:
		return fmt.Sprint(v)
	}
}

// yamlText writes a text, in quotes unless everybody reads it as one without.
func yamlText(s string) string {
	words := []string{"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
	odd := func(r rune) bool {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		return !letter && (r < '0' || r > '9') && !strings.ContainsRune("/_.-", r)
	}
	if s == "" || strings.ContainsRune("0123456789_.-", rune(s[0])) || strings.ContainsFunc(s, odd) || slices.Contains(words, strings.ToLower(s)) {
		return strconv.Quote(s)
	}
	return s
}

// yamlDuration writes a duration as the blueprint does: 1h30m, 90s as 1m30s.
func yamlDuration(d time.Duration) string {
	text := ""
	for _, unit := range []struct {
		of   time.Duration
		name string
	}{{time.Hour, "h"}, {time.Minute, "m"}, {time.Second, "s"}} {
		if n := d / unit.of; n > 0 {
			text += strconv.FormatInt(int64(n), 10) + unit.name
			d -= n * unit.of
		}
	}
	if text == "" {
		return "0s"
	}
	return text
}
