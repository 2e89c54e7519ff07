package provider

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/msgpack"
)

// Rehearse serves as Serve does, and applies as well: nothing is made anywhere, but the state that terraform then writes is one
// that a real apply could have left. What AWS would decide is a stand-in that follows from what was asked for, so the
// same configuration leaves the same state, and two resources never share an ARN.
func Rehearse(ctx context.Context, views ...View) (*Server, error) { return serve(ctx, true, views) }

// apply answers ApplyResourceChange in a rehearsal.
func (s *server) apply(typ string, planned *tfprotov6.DynamicValue) (*tfprotov6.DynamicValue, diagnostics) {
	block, err := s.view.Resource(typ)
	return transform(block, err, planned, func(b *tfjson.SchemaBlock, v cty.Value) cty.Value {
		seed := seedOf(typ, v)
		return rewrite(b, v, func(name string, _ *tfjson.SchemaAttribute, v cty.Value) cty.Value { return settled(name, v, seed) })
	})
}

// settled replaces what is unknown in a value, at any depth.
func settled(name string, v cty.Value, seed string) cty.Value {
	if v.IsWhollyKnown() {
		return v
	}
	out, err := cty.Transform(v, func(path cty.Path, v cty.Value) (cty.Value, error) {
		if v.IsKnown() {
			return v, nil
		}
		inner := name
		if step, ok := last(path); ok {
			inner = step
		}
		return StandIn(inner, v.Type(), seed), nil
	})
	if err != nil {
		return cty.NullVal(v.Type()) // unreachable: the function never fails
	}
	return out
}

func last(path cty.Path) (string, bool) {
	if len(path) == 0 {
		return "", false
	}
	step, ok := path[len(path)-1].(cty.GetAttrStep)
	return step.Name, ok
}

// readSeeded is read with answers that follow from what was asked: another parameter or another filter gives another value.
func readSeeded(typ string) func(*tfjson.SchemaBlock, cty.Value) cty.Value {
	return func(b *tfjson.SchemaBlock, config cty.Value) cty.Value {
		seed := seedOf(typ, config)
		return rewrite(b, config, func(name string, a *tfjson.SchemaAttribute, v cty.Value) cty.Value {
			if a.Computed && v.IsNull() {
				return StandIn(name, v.Type(), seed)
			}
			return v
		})
	}
}

// seedOf is a short hash of a type and what is known of one of its values.
func seedOf(typ string, v cty.Value) string {
	data, err := msgpack.Marshal(v, v.Type())
	if err != nil {
		data = nil // unreachable: terraform sent it in this encoding
	}
	sum := sha256.Sum256(append([]byte(typ+"\n"), data...))
	return hex.EncodeToString(sum[:4])
}

// StandIn is a value of a type that nobody said: the attribute's or variable's name decides its shape, so that it satisfies the
// value rules of whatever it is passed to, and the seed tells it from others.
func StandIn(name string, t cty.Type, seed string) cty.Value {
	switch {
	case t == cty.String:
		return cty.StringVal(standInText(name, seed))
	case t == cty.Number:
		return cty.NumberIntVal(1)
	case (t.IsListType() || t.IsSetType()) && t.ElementType() == cty.String:
		one := []cty.Value{cty.StringVal(standInText(strings.TrimSuffix(name, "s"), seed))}
		if t.IsSetType() {
			return cty.SetVal(one)
		}
		return cty.ListVal(one)
	case t.IsObjectType():
		fields := map[string]cty.Value{}
		for inner, it := range t.AttributeTypes() {
			fields[inner] = StandIn(inner, it, seed)
		}
		return cty.ObjectVal(fields)
	default:
		return standIn(name, t)
	}
}

func standInText(name, seed string) string {
	is := func(word string) bool { return name == word || strings.HasSuffix(name, "_"+word) }
	switch {
	case is("json"):
		return `{"Version":"2012-10-17","Id":"` + seed + `","Statement":[]}`
	case is("arn"):
		return arnOf(seed)
	case is("partition"):
		return "aws"
	case is("region"):
		return "us-east-1"
	case is("account_id"), is("account"):
		return "123456789012"
	case strings.Contains(name, "ipv6"):
		return "2001:db8::/64"
	case strings.Contains(name, "cidr"):
		return "10.0.0.0/16"
	default:
		return "stand-in-" + seed
	}
}
