package parts

import (
	"strings"

	"bluegen/generator/blueprint"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// Capacity are the blocks that share tasks out among capacity providers, in place of launch_type; none without any.
func (s *Site) Capacity(c *Child) tf.Items {
	var out tf.Items
	for _, p := range s.In.Service.CapacityProviders {
		of := func(field string) tf.Expr { return s.capacity(c).Attr(strings.ToLower(p.Name.V), field) }
		out = append(out, tf.Nested("capacity_provider_strategy",
			tf.Set("base", of("base")),
			tf.Set("capacity_provider", tf.String(p.Name.V)),
			tf.Set("weight", of("weight")),
		).From(p.Range))
	}
	return out
}

func (s *Site) capacity(c *Child) *tf.Block {
	fields := map[string]cty.Value{}
	for i, p := range s.In.Service.CapacityProviders {
		fields[strings.ToLower(p.Name.V)] = cty.ObjectVal(map[string]cty.Value{"base": cty.NumberIntVal(int64(i + 2)), "weight": cty.NumberIntVal(int64(i + 5))})
	}
	return c.Var("capacity_providers", "Share of each capacity provider: tasks that it has at least, and its weight among the others.", cty.ObjectVal(fields))
}

// Registry are the blocks that register the tasks in Cloud Map; none without discovery.
func (s *Site) Registry(c *Child) tf.Items {
	d := s.In.Service.Discovery
	if d == nil {
		return nil
	}
	v := registry(c, *d)
	var container, port tf.Expr
	if d.Container.V != "" {
		container, port = v.Attr("container_name"), v.Attr("container_port")
	}
	return tf.Items{tf.Nested("service_registries",
		tf.Set("container_name", container),
		tf.Set("container_port", port),
		tf.Set("registry_arn", v.Attr("registry_arn")),
	).From(d.Range)}
}

func registry(c *Child, d blueprint.Discovery) *tf.Block {
	fields := map[string]cty.Value{"registry_arn": cty.StringVal(sampleRegistry())}
	if d.Container.V != "" {
		fields["container_name"], fields["container_port"] = cty.StringVal("app"), cty.NumberIntVal(9000)
	}
	return c.Var("registry", "Service of Cloud Map in which the tasks register.", cty.ObjectVal(fields))
}

func sampleRegistry() string { return ARN("servicediscovery", "service/srv-0000000000000001") }

// OptionInputs are the root's inputs of Capacity and Registry.
func (s *Site) OptionInputs(r *Root) []tf.Attr {
	var out []tf.Attr
	var shares []tf.Field
	for _, p := range s.In.Service.CapacityProviders {
		shares = append(shares, tf.F(strings.ToLower(p.Name.V), tf.Inline(tf.F("base", tf.Int(p.Base.V)), tf.F("weight", tf.Int(p.Weight.V)))))
	}
	if len(shares) > 0 {
		out = append(out, tf.Set("capacity_providers", tf.Fields(shares...)))
	}
	if d := s.In.Service.Discovery; d != nil {
		var container, port tf.Expr
		if d.Container.V != "" {
			container, port = tf.String(d.Container.V), tf.Int(s.registryPort(*d))
		}
		out = append(out, tf.Set("registry", tf.Fields(
			tf.F("container_name", container),
			tf.F("container_port", port),
			tf.F("registry_arn", Use(r, Wanted{
				Name: "registry_arn", Key: "service.discovery.registry_arn", Type: cty.String,
				Description: "ARN of the Cloud Map service in which the tasks register.",
				Sample:      cty.StringVal(sampleRegistry()),
				Validation:  validARN("servicediscovery", "service/", "a service of Cloud Map"),
			}, d.RegistryARN)),
		)))
	}
	return out
}

// registryPort is the port of SRV records; the container's own where none is said.
func (s *Site) registryPort(d blueprint.Discovery) int {
	for _, c := range s.containers() {
		if c.Name.V == d.Container.V && d.Port.V == 0 {
			return c.Port.V
		}
	}
	return d.Port.V
}

// OptionFacts are what a module was given for Capacity and Registry.
func (s *Site) OptionFacts(c *Child) []tf.Field {
	var out []tf.Field
	if len(s.In.Service.CapacityProviders) > 0 {
		out = append(out, tf.F("capacity_providers", s.capacity(c).Attr()))
	}
	if d := s.In.Service.Discovery; d != nil {
		out = append(out, tf.F("registry", registry(c, *d).Attr()))
	}
	return out
}

// AssertOptions compares capacity providers and registry of a service with what the module was given.
func (s *Site) AssertOptions(c *Child, service *tf.Block) {
	for _, p := range s.In.Service.CapacityProviders {
		share := s.capacity(c).Attr(strings.ToLower(p.Name.V))
		one := tf.Fn("one", tf.For{
			Name: "share", Collection: service.Attr("capacity_provider_strategy"), Value: tf.It("share"),
			If: tf.Equal(tf.It("share", "capacity_provider"), tf.String(p.Name.V)),
		})
		c.Assert("The provider "+p.Name.V+" must have its share of the tasks.",
			tf.Equal(tf.Dig(one, "base"), tf.Dig(share, "base")),
			tf.Equal(tf.Dig(one, "weight"), tf.Dig(share, "weight")))
	}
	if d := s.In.Service.Discovery; d != nil {
		v, at := registry(c, *d), tf.First(service.Attr("service_registries"))
		facts := []tf.Expr{tf.Equal(tf.Dig(at, "registry_arn"), v.Attr("registry_arn"))}
		if d.Container.V != "" {
			facts = append(facts, tf.Equal(tf.Dig(at, "container_name"), v.Attr("container_name")), tf.Equal(tf.Dig(at, "container_port"), v.Attr("container_port")))
		}
		c.Assert("The tasks must register in Cloud Map.", facts...)
	}
}

// assertOpen: shells are open only where the blueprint opens them, and a change of shares must not replace the service.
func (s *Site) assertOpen(c *Child, at func(path ...string) tf.Expr) {
	if s.In.Service.ExecuteCommand.V {
		c.Assert("Shells in the containers must be open.", at("enable_execute_command"))
	}
	if len(s.In.Service.CapacityProviders) > 0 {
		c.Assert("Another share of a capacity provider must not replace the service.", at("force_new_deployment"))
	}
}
