package appmesh

import (
	"bluegen/generator/blueprint"
	"bluegen/generator/parts"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// meshModule is modules/mesh: a mesh of the service's own.
func (r *rollout) meshModule() *parts.Child {
	c := parts.NewChild("mesh", "Mesh", "The mesh of the service. Its egress filter says whether Envoy lets traffic out to what is not in the mesh.", r.Versions)
	filter := c.Text("egress_filter", "Where Envoy lets traffic go: DROP_ALL (to the mesh and AWS alone) or ALLOW_ALL.", "DROP_ALL")
	mesh := c.Add(tf.Resource("aws_appmesh_mesh", "this",
		tf.Set("name", c.Text("name", "Name of the mesh.", "orders")),
		tf.Nested("spec", tf.Nested("egress_filter", tf.Set("type", filter))),
	))
	c.Output("egress_filter", "Where Envoy lets traffic go.", tf.First(tf.First(mesh.Attr("spec"), "egress_filter"), "type"))
	c.Output("name", "Name of the mesh.", mesh.Attr("name"))
	c.Assert("The mesh must have its name and its egress filter.",
		tf.Equal(mesh.Attr("name"), tf.String("orders")),
		tf.Equal(tf.First(tf.First(mesh.Attr("spec"), "egress_filter"), "type"), tf.String("DROP_ALL")))
	return c
}

// discoveryModule is modules/service_discovery: a private DNS namespace, where it is the service's own, and the one Cloud Map service.
func (r *rollout) discoveryModule() *parts.Child {
	about := "The Cloud Map service in which the tasks of both colours register."
	if r.ownNamespace() {
		about = "A private DNS namespace and the Cloud Map service in which the tasks of both colours register."
	}
	c := parts.NewChild("service_discovery", "Service discovery", about+" A virtual node picks its own tasks by the attribute `ECS_SERVICE_NAME`.\n\n"+
		"The DNS name knows no weights: clients outside of the mesh reach every active colour.", r.Versions)
	namespace := r.namespaceIn(c)
	service := c.Add(tf.Resource("aws_service_discovery_service", "this",
		tf.Set("name", c.Text("name", "Name of the Cloud Map service: what stands before the namespace in its DNS name.", "orders")),
		tf.Nested("dns_config",
			tf.Set("namespace_id", namespace),
			tf.Set("routing_policy", tf.String("MULTIVALUE")),
			tf.Nested("dns_records", tf.Set("ttl", tf.Int(dnsTTL)), tf.Set("type", tf.String("A"))),
		),
		tf.Nested("health_check_custom_config", tf.Set("failure_threshold", tf.Int(1))).
			Why("ECS reports the health of its tasks. Cloud Map knows no other threshold, but it stays written: an empty block is not sent,\n"+
				"and every plan would replace the service."),
	)).Why("One for both colours: a virtual node picks its own tasks by the attribute ECS_SERVICE_NAME.")
	c.Output("service_arn", "ARN of the Cloud Map service.", service.Attr("arn"))
	c.Output("service_name", "Name of the Cloud Map service.", service.Attr("name"))
	records := tf.First(tf.First(service.Attr("dns_config"), "dns_records"))
	c.Assert("The tasks must register by their addresses in the namespace.",
		tf.Equal(tf.Dig(records, "type"), tf.String("A")),
		tf.Equal(tf.First(service.Attr("dns_config"), "namespace_id"), namespace),
		tf.Equal(service.Attr("name"), tf.String("orders")))
	return c
}

// namespaceIn is the namespace's id in the module: of one that it makes, or one that is there already.
func (r *rollout) namespaceIn(c *parts.Child) tf.Expr {
	if !r.ownNamespace() {
		return c.Text("namespace_id", "ID of the private DNS namespace.", "ns-0123456789abcdef")
	}
	namespace := c.Add(tf.Resource("aws_service_discovery_private_dns_namespace", "this",
		tf.Set("description", tf.String("Names of the mesh's services.")),
		tf.Set("name", c.Text("namespace_name", "Name of the private DNS namespace.", "mesh.local")),
		tf.Set("vpc", c.Text("vpc_id", "VPC in which the namespace resolves.", parts.SampleVPC())),
	))
	c.Output("namespace_name", "Name of the private DNS namespace.", namespace.Attr("name"))
	c.Assert("The namespace must have its name, and resolve in the VPC.",
		tf.Equal(namespace.Attr("name"), tf.String("mesh.local")),
		tf.Equal(namespace.Attr("vpc"), tf.String(parts.SampleVPC())))
	return namespace.Attr("id")
}

// dnsTTL is how long clients outside of the mesh remember an address, in seconds; Envoy itself asks Cloud Map.
const dnsTTL = 10

func namespaceID() parts.Wanted {
	const sample = "ns-0123456789abcdef"
	return parts.Wanted{
		Name: "namespace_id", Key: "mesh.namespace.existing.id", Type: cty.String,
		Description: "ID of the existing private DNS namespace.",
		Sample:      cty.StringVal(sample),
		Query: func(r *parts.Root, name string, q blueprint.Query) tf.Expr {
			const typ = "aws_service_discovery_dns_namespace"
			b := tf.Data(typ, name, tf.Set("name", tf.String(q.Name)), tf.Set("type", tf.String("DNS_PRIVATE")))
			return r.Lookup(typ+" "+q.Name, b, tf.F("id", tf.String(sample))).Attr("id")
		},
	}
}
