package parts

import (
	"bluegen/generator/blueprint"
	"bluegen/generator/tf"
)

// Trust is the policy document that lets a service assume a role; account, when it is not nil, must be the caller's.
func Trust(name, service string, account tf.Expr) *tf.Block {
	return tf.Data("aws_iam_policy_document", name, tf.Nested("statement",
		tf.Set("actions", tf.Strings("sts:AssumeRole")),
		tf.Nested("principals",
			tf.Set("type", tf.String("Service")),
			tf.Set("identifiers", tf.Strings(service)),
		),
		sameAccount(account),
	))
}

func sameAccount(account tf.Expr) tf.Item {
	if account == nil {
		return nil
	}
	return tf.Nested("condition",
		tf.Set("test", tf.String("StringEquals")),
		tf.Set("values", tf.ListOf(account)),
		tf.Set("variable", tf.String("aws:SourceAccount")),
	)
}

// Role is what every role has; Path and Boundary are nil where the blueprint has none.
type Role struct {
	Resource    string // the resource's name in the module
	Description string
	Trust       *tf.Block
	Name        tf.Expr
	Path        tf.Expr
	Boundary    tf.Expr
}

// Block is the aws_iam_role.
func (r Role) Block() *tf.Block {
	return tf.Resource("aws_iam_role", r.Resource,
		tf.Set("assume_role_policy", r.Trust.Attr("json")),
		tf.Set("description", tf.String(r.Description)),
		tf.Set("name", r.Name),
		tf.Set("path", r.Path),
		tf.Set("permissions_boundary", r.Boundary),
	)
}

// Attach attaches a managed policy to a role.
func Attach(name string, role *tf.Block, policy tf.Expr) *tf.Block {
	return tf.Resource("aws_iam_role_policy_attachment", name,
		tf.Set("policy_arn", policy),
		tf.Set("role", role.Attr("name")),
	)
}

// Inline puts a policy document on a role.
func Inline(name, policyName string, role *tf.Block, json tf.Expr) *tf.Block {
	return tf.Resource("aws_iam_role_policy", name,
		tf.Set("name", tf.String(policyName)),
		tf.Set("policy", json),
		tf.Set("role", role.Attr("id")),
	)
}

// ManagedPolicy is the ARN of one of AWS's policies in the caller's partition; path is "" or "service-role/".
func ManagedPolicy(partition *tf.Block, path, name string) tf.Expr {
	return tf.Join(tf.String("arn:"), partition.Attr("partition"), tf.String(":iam::aws:policy/"+path+name))
}

// Policy is a policy document of the blueprint's statements.
func Policy(name string, statements []blueprint.Statement) *tf.Block {
	items := make([]tf.Item, 0, len(statements))
	for _, s := range statements {
		items = append(items, statement(s))
	}
	return tf.Data("aws_iam_policy_document", name, items...)
}

func statement(s blueprint.Statement) *tf.Block {
	items := []tf.Item{
		tf.Set("sid", optional(s.Sid.V)),
		tf.When(s.Effect.V != "Allow", tf.Set("effect", tf.String(s.Effect.V))),
		tf.Set("actions", leaves(s.Actions)),
		tf.Set("resources", leaves(s.Resources)),
	}
	for _, c := range s.Conditions {
		items = append(items, tf.Nested("condition",
			tf.Set("test", tf.String(c.Test.V)),
			tf.Set("values", leaves(c.Values)),
			tf.Set("variable", tf.String(c.Variable.V)),
		))
	}
	return tf.Nested("statement", items...).From(s.Range)
}

func optional(s string) tf.Expr {
	if s == "" {
		return nil
	}
	return tf.String(s)
}

func leaves(list []blueprint.At[string]) tf.Expr { return tf.Strings(Texts(list)...) }

// Texts are the values of leaves.
func Texts(list []blueprint.At[string]) []string {
	out := make([]string, 0, len(list))
	for _, l := range list {
		out = append(out, l.V)
	}
	return out
}
