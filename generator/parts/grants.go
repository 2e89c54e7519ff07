package parts

import (
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// Grant is a statement of a policy that an engine writes: these actions on these resources.
type Grant struct {
	Sid       string
	Actions   []string
	Resources tf.Expr // a list or a set of ARNs
	// When, if it is not nil, is what a key of the request must be.
	When *GrantWhen
}

// GrantWhen is a condition: the request's variable equals one of the values.
type GrantWhen struct {
	Variable string
	Values   tf.Expr
}

// Given is an input of iam_roles with the type that the module's variable has.
type Given struct {
	Attr tf.Attr
	Type cty.Type
}

// Grants adds a policy document of grants, and facts about each statement, to the module.
func (m *RoleModule) Grants(name, message string, grants ...Grant) *tf.Block {
	items := make([]tf.Item, 0, len(grants))
	for _, g := range grants {
		actions := tf.Strings(g.Actions...).(tf.List)
		actions.Lines = len(g.Actions) > 2
		statement := tf.Nested("statement", tf.Set("sid", tf.String(g.Sid)), tf.Set("actions", actions), tf.Set("resources", g.Resources))
		if g.When != nil {
			statement.Items = append(statement.Items, tf.Nested("condition",
				tf.Set("test", tf.String("StringEquals")),
				tf.Set("values", g.When.Values),
				tf.Set("variable", tf.String(g.When.Variable)),
			))
		}
		items = append(items, statement)
	}
	document := m.Add(tf.Data("aws_iam_policy_document", name, items...))
	facts := []tf.Expr{tf.Equal(tf.Fn("length", document.Attr("statement")), tf.Int(len(grants)))}
	for i, g := range grants {
		statement := tf.Index{Collection: document.Attr("statement"), Key: tf.Int(i)}
		facts = append(facts,
			tf.Equal(tf.Dig(statement, "actions"), tf.Fn("toset", tf.Strings(g.Actions...))),
			tf.Equal(tf.Dig(statement, "resources"), tf.Fn("toset", g.Resources)))
		if g.When != nil {
			condition := tf.Fn("one", tf.Dig(statement, "condition"))
			facts = append(facts,
				tf.Equal(tf.Dig(condition, "variable"), tf.String(g.When.Variable)),
				tf.Equal(tf.Dig(condition, "values"), tf.Fn("tolist", g.When.Values)))
		}
	}
	m.Assert(message, facts...)
	return document
}

// given are the inputs of a role's own policies.
func (r RoleFacts) given(root *Root) []Given {
	var out []Given
	for _, own := range r.Own {
		if own.Given != nil {
			out = append(out, own.Given(root)...)
		}
	}
	return out
}

// GivenWanted are what the roles' own policies must be given, by input, as the root's test compares them; nil without any.
func GivenWanted(root *Root, made []RoleFacts) tf.Expr {
	var fields []tf.Field
	for _, role := range made {
		for _, g := range role.given(root) {
			value := Typed(g.Type, g.Attr.Value)
			fields = append(fields, tf.F(g.Attr.Name, value))
		}
	}
	if fields == nil {
		return nil
	}
	return tf.Fields(fields...)
}
