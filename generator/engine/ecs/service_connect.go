package ecs

import (
	"slices"
	"strconv"

	"bluegen/generator/blueprint"
	"bluegen/generator/parts"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// connectRole is the role with which ECS issues the proxies' certificates.
const connectRole = "connect"

// namespaceVariable is the obvious name of the namespace's variable.
const namespaceVariable = "namespace_arn"

// newConnect fills the names that are not said.
func newConnect(t target, in *blueprint.ServiceConnect) connect {
	c := connect{target: t, in: in, portName: in.PortName.V, discovery: in.DiscoveryName.V}
	if c.portName == "" {
		c.portName = t.key
	}
	if c.discovery == "" {
		c.discovery = c.portName
	}
	return c
}

// clientPort is what clients call.
func (c connect) clientPort() int {
	if c.in.ClientAlias.Port.V > 0 {
		return c.in.ClientAlias.Port.V
	}
	return c.port.V
}

// alias is the name of its own that clients call, with its port; "" where they call the one that follows from the discovery name.
func (c connect) alias() string {
	if !parts.Said(c.in.ClientAlias.DNSName) {
		return ""
	}
	return c.in.ClientAlias.DNSName.V + ":" + strconv.Itoa(c.clientPort())
}

// nameContainerPorts tells the containers which of their ports have a name.
func (d *deployment) nameContainerPorts() {
	for i := range d.containers {
		for _, c := range d.connects {
			if c.container.V == d.containers[i].In.Name.V {
				d.containers[i].Names = append(d.containers[i].Names, parts.PortName{Port: c.port.V, Name: c.portName, AppProtocol: c.in.AppProtocol.V})
			}
		}
	}
}

func (d *deployment) anyTLS() bool {
	return slices.ContainsFunc(d.connects, func(c connect) bool { return c.in.TLS != nil })
}

func (d *deployment) connectRole() parts.RoleFacts {
	const managed = "AmazonECSInfrastructureRolePolicyForServiceConnectTransportLayerSecurity"
	return parts.RoleFacts{
		Name: connectRole, What: "with which ECS issues the proxies' certificates", Trusted: "ecs.amazonaws.com", Trust: "infrastructure_trust",
		Description: "ECS issues and renews the certificates of Service Connect.",
		Existing:    d.In.Roles.Connect.ARN,
		Managed:     []parts.Managed{{Resource: connectRole, Path: "service-role/", Name: managed}},
		Waits:       "Without these permissions no proxy gets a certificate, and no task starts.",
		Carries:     managed + ": issue certificates, keep their keys",
	}
}

// setting is one field of a key's variable in the service module: its sample there, and its value in the root.
type setting struct {
	name   string
	sample cty.Value
	value  tf.Expr
}

// settings are the fields of a key's variable, by name; r takes what the service may not own, nil where only samples are wanted.
func (c connect) settings(r *parts.Root) []setting {
	in := c.in
	out := []setting{
		{"client_port", cty.NumberIntVal(80), tf.Int(c.clientPort())},
		{"discovery_name", cty.StringVal(c.id + "-discovery"), tf.String(c.discovery)},
		{"port_name", cty.StringVal(c.id + "-port"), tf.String(c.portName)},
	}
	add := func(wanted bool, s setting) {
		if wanted {
			out = append(out, s)
		}
	}
	add(parts.Said(in.ClientAlias.DNSName), setting{"client_dns_name", cty.StringVal(c.id + ".internal"), tf.String(in.ClientAlias.DNSName.V)})
	add(parts.Said(in.IdleTimeout), setting{"idle_timeout_seconds", cty.NumberIntVal(3600), parts.Seconds(in.IdleTimeout.V)})
	add(parts.Said(in.PerRequestTimeout), setting{"per_request_timeout_seconds", cty.NumberIntVal(60), parts.Seconds(in.PerRequestTimeout.V)})
	if in.Test != nil {
		sample := cty.ObjectVal(map[string]cty.Value{"name": cty.StringVal("x-test"), "value": cty.StringVal("green")})
		h := in.Test.Header
		add(true, setting{"test_header", sample, tf.Inline(tf.F("name", tf.String(h.Name.V)), tf.F("value", tf.String(h.Value.V)))})
	}
	if in.TLS != nil {
		out = append(out, c.secrets(r)...)
	}
	slices.SortFunc(out, func(a, b setting) int { return compareNames(a.name, b.name) })
	return out
}

// secrets are who issues the certificates, and which key encrypts them.
func (c connect) secrets(r *parts.Root) []setting {
	authority, key := parts.ARN("acm-pca", "certificate-authority/1"), parts.ARN("kms", "key/proxies")
	out := []setting{{name: "authority_arn", sample: cty.StringVal(authority)}}
	if r != nil {
		out[0].value = parts.Use(r, parts.Wanted{
			Name: "certificate_authority_arn", Key: "traffic." + c.key + ".service_connect.tls.authority_arn", Type: cty.String,
			Description: "ARN of the private certificate authority that issues the proxies' certificates.", Sample: cty.StringVal(authority),
		}, c.in.TLS.AuthorityARN)
	}
	if !c.in.TLS.KMSKeyARN.Said() {
		return out
	}
	s := setting{name: "kms_key_arn", sample: cty.StringVal(key)}
	if r != nil {
		s.value = parts.Use(r, parts.Wanted{
			Name: "connect_kms_key_arn", Key: "traffic." + c.key + ".service_connect.tls.kms_key_arn", Type: cty.String,
			Description: "ARN of the KMS key that encrypts the proxies' private keys.", Sample: cty.StringVal(key),
			Query: parts.ByName("aws_kms_alias", "name", "target_key_arn", key),
		}, c.in.TLS.KMSKeyARN)
	}
	return append(out, s)
}

// variable is the service module's object of the key.
func (c connect) variable(m *parts.Child) *tf.Block {
	fields := map[string]cty.Value{}
	for _, s := range c.settings(nil) {
		fields[s.name] = s.sample
	}
	return m.Var("traffic_"+c.id, "The traffic "+c.key+": what its port is called, by whom and how.", cty.ObjectVal(fields))
}

// argument is the object as the root hands it over.
func (c connect) argument(r *parts.Root) tf.Attr {
	var fields []tf.Field
	for _, s := range c.settings(r) {
		fields = append(fields, tf.F(s.name, s.value))
	}
	return tf.Set("traffic_"+c.id, tf.Fields(fields...))
}

func (d *deployment) useNamespace(r *parts.Root) tf.Expr {
	sample := parts.ARN("servicediscovery", "namespace/ns-00000000000000001")
	return parts.Use(r, parts.Wanted{
		Name: namespaceVariable, Key: "traffic." + d.connects[0].key + ".service_connect.namespace", Type: cty.String,
		Description: "ARN of the Cloud Map namespace in which services find each other.", Sample: cty.StringVal(sample),
		Query: parts.ByName("aws_service_discovery_http_namespace", "name", "arn", sample),
		Validation: &parts.Validation{
			Condition: parts.Matches("^arn:[^:]+:servicediscovery:[^:]+:[0-9]{12}:namespace/"),
			Message:   "must be the ARN of a Cloud Map namespace.",
			Wrong:     cty.StringVal("internal"),
		},
	}, d.connects[0].in.Namespace)
}

// connectInputs are the service module's inputs of Service Connect.
func (c *configuration) connectInputs() []tf.Attr {
	if len(c.d.connects) == 0 {
		return nil
	}
	inputs := []tf.Attr{tf.Set(namespaceVariable, c.d.useNamespace(c.root))}
	for _, one := range c.d.connects {
		inputs = append(inputs, one.argument(c.root))
	}
	return inputs
}

// connectWanted is what the service must get for Service Connect.
func (c *configuration) connectWanted() tf.Expr {
	var fields []tf.Field
	for _, in := range c.connectInputs() {
		fields = append(fields, tf.F(in.Name, in.Value))
	}
	return tf.Fields(fields...)
}
