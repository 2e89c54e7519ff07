package parts

import (
	"fmt"
	"strings"

	"bluegen/generator/blueprint"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// Account and Region are what samples and mocks are made of.
const (
	Account = "012345670123"
	Region  = "ap-northeast-1"
)

// ARN is a sample in the mocks' account and region.
func ARN(service, resource string) string {
	return "arn:aws:" + service + ":" + Region + ":" + Account + ":" + resource
}

// GlobalARN is a sample of a service that has no region.
func GlobalARN(service, resource string) string {
	return "arn:aws:" + service + "::" + Account + ":" + resource
}

// Matches is can(regex(pattern, v)).
func Matches(pattern string) func(tf.Expr) tf.Expr {
	return func(v tf.Expr) tf.Expr {
		return tf.Fn("can", tf.Fn("regex", tf.String(pattern), v))
	}
}

// Samples is a set of sample strings.
func Samples(items ...string) cty.Value {
	vals := make([]cty.Value, 0, len(items))
	for _, s := range items {
		vals = append(vals, cty.StringVal(s))
	}
	return cty.SetVal(vals)
}

// ByName reads the data source typ by the argument that holds its name, and gives back attribute.
func ByName(typ, argument, attribute, sample string) func(*Root, string, blueprint.Query) tf.Expr {
	return func(r *Root, name string, q blueprint.Query) tf.Expr {
		b := r.Lookup(typ+" "+q.Name, tf.Data(typ, name, tf.Set(argument, tf.String(q.Name))), tf.F(attribute, tf.String(sample)))
		return b.Attr(attribute)
	}
}

// ByTags reads the data source typ by tags, where a name is the tag Name; attribute is an id, or the ids of a plural data source.
func ByTags(typ, attribute string, sample tf.Expr) func(*Root, string, blueprint.Query) tf.Expr {
	return func(r *Root, name string, q blueprint.Query) tf.Expr {
		fields, key := tagFields(q)
		b := r.Lookup(typ+" "+key, tf.Data(typ, name, tf.Set("tags", tf.Fields(fields...))), tf.F(attribute, sample))
		return b.Attr(attribute)
	}
}

// ByGroupName reads security groups by name, or by tags.
func ByGroupName(plural bool, sample string) func(*Root, string, blueprint.Query) tf.Expr {
	if plural {
		byTags := ByTags("aws_security_groups", "ids", tf.Strings(sample))
		return func(r *Root, name string, q blueprint.Query) tf.Expr {
			if q.Name == "" {
				return byTags(r, name, q)
			}
			filter := tf.Nested("filter", tf.Set("name", tf.String("group-name")), tf.Set("values", tf.Strings(q.Name)))
			return r.Lookup("aws_security_groups "+q.Name, tf.Data("aws_security_groups", name, filter), tf.F("ids", tf.Strings(sample))).Attr("ids")
		}
	}
	byName, byTags := ByName("aws_security_group", "name", "id", sample), ByTags("aws_security_group", "id", tf.String(sample))
	return func(r *Root, name string, q blueprint.Query) tf.Expr {
		if q.Name != "" {
			return byName(r, name, q)
		}
		return byTags(r, name, q)
	}
}

// ListenerOf reads a listener by its load balancer's name and its port.
func ListenerOf(sample string) func(*Root, string, blueprint.Query) tf.Expr {
	return func(r *Root, name string, q blueprint.Query) tf.Expr {
		balancer := strings.TrimSuffix(name, "listener") + "load_balancer"
		lb := r.Lookup("aws_lb "+q.LoadBalancer, tf.Data("aws_lb", balancer, tf.Set("name", tf.String(q.LoadBalancer))),
			tf.F("arn", tf.String(ARN("elasticloadbalancing", "loadbalancer/app/mock/1"))))
		listener := tf.Data("aws_lb_listener", name,
			tf.Set("load_balancer_arn", lb.Attr("arn")),
			tf.Set("port", tf.Int(q.Port)),
		)
		return r.Lookup(fmt.Sprintf("aws_lb_listener %s %d", q.LoadBalancer, q.Port), listener, tf.F("arn", tf.String(sample))).Attr("arn")
	}
}

func tagFields(q blueprint.Query) ([]tf.Field, string) {
	var fields []tf.Field
	key := ""
	if q.Name != "" {
		fields = append(fields, tf.F("Name", tf.String(q.Name)))
		key = "Name=" + q.Name
	}
	for _, t := range q.Tags {
		fields = append(fields, tf.F(t.Key.V, tf.String(t.Value.V)))
		key += fmt.Sprintf(" %q=%q", t.Key.V, t.Value.V)
	}
	return fields, key
}
