package ecs

import (
	"strings"

	"bluegen/generator/parts"
	"bluegen/generator/tf"
)

func compareNames(a, b string) int { return strings.Compare(a, b) }

// namespace is the service module's variable.
func (m *serviceModule) namespace() tf.Expr {
	return m.Text(namespaceVariable, "ARN of the Cloud Map namespace in which services find each other.", parts.ARN("servicediscovery", "namespace/ns-00000000000000001"))
}

func (m *serviceModule) connectRole() tf.Expr {
	return m.Text(connectRole+"_role_arn", "ARN of the role with which ECS issues the proxies' certificates.", parts.GlobalARN("iam", "role/"+connectRole))
}

// serviceConnect is the block of all keys that other services call; nothing of it is ECS's to change, so nothing is ignored.
func (m *serviceModule) serviceConnect() tf.Item {
	if len(m.d.connects) == 0 {
		return nil
	}
	items := tf.Items{tf.Set("enabled", tf.Bool(true)), tf.Set("namespace", m.namespace())}
	if m.logs != nil {
		items = append(items, tf.Nested("log_configuration",
			tf.Set("log_driver", tf.String("awslogs")),
			tf.Set("options", tf.Fields(
				tf.F("awslogs-group", m.logs.Group),
				tf.F("awslogs-region", m.logs.Region),
				tf.F("awslogs-stream-prefix", tf.String("service-connect")),
			)),
		))
	}
	for _, c := range m.d.connects {
		items = append(items, m.connectService(c))
	}
	return tf.Nested("service_connect_configuration", items)
}

func (m *serviceModule) connectService(c connect) *tf.Block {
	v := c.variable(m.Child)
	items := tf.Items{
		tf.Set("discovery_name", v.Attr("discovery_name")),
		tf.Set("port_name", v.Attr("port_name")),
		m.clientAlias(c, v),
	}
	var limits tf.Items
	if parts.Said(c.in.IdleTimeout) {
		limits = append(limits, tf.Set("idle_timeout_seconds", v.Attr("idle_timeout_seconds")))
	}
	if parts.Said(c.in.PerRequestTimeout) {
		limits = append(limits, tf.Set("per_request_timeout_seconds", v.Attr("per_request_timeout_seconds")))
	}
	if len(limits) > 0 {
		items = append(items, tf.Nested("timeout", limits))
	}
	if c.in.TLS != nil {
		role := m.connectRole()
		m.waits.Add(role)
		var key tf.Expr
		if c.in.TLS.KMSKeyARN.Said() {
			key = v.Attr("kms_key_arn")
		}
		items = append(items, tf.Nested("tls",
			tf.Set("kms_key", key),
			tf.Set("role_arn", role),
			tf.Nested("issuer_cert_authority", tf.Set("aws_pca_authority_arn", v.Attr("authority_arn"))),
		))
	}
	return tf.Nested("service", items).From(c.origin)
}

// clientAlias is what clients call; where a test header is said, requests with it reach green from the test shift on.
func (m *serviceModule) clientAlias(c connect, v *tf.Block) *tf.Block {
	var dns tf.Expr
	if parts.Said(c.in.ClientAlias.DNSName) {
		dns = v.Attr("client_dns_name")
	}
	items := tf.Items{tf.Set("dns_name", dns), tf.Set("port", v.Attr("client_port"))}
	if c.in.Test != nil {
		items = append(items, tf.Nested("test_traffic_rules", tf.Nested("header",
			tf.Set("name", v.Attr("test_header", "name")),
			tf.Nested("value", tf.Set("exact", v.Attr("test_header", "value"))),
		)))
	}
	return tf.Nested("client_alias", items)
}

// connectFacts give the root's test what the service got.
func (m *serviceModule) connectFacts() {
	if len(m.d.connects) == 0 {
		return
	}
	fields := []tf.Field{tf.F(namespaceVariable, m.namespace())}
	for _, c := range m.d.connects {
		fields = append(fields, tf.F("traffic_"+c.id, c.variable(m.Child).Attr()))
	}
	m.Output("service_connect", "What the service was given for Service Connect.", tf.Fields(fields...))
}

// assertConnect: each service by its place, because they are a list.
func (m *serviceModule) assertConnect() {
	if len(m.d.connects) == 0 {
		return
	}
	config := tf.First(m.service.Attr("service_connect_configuration"))
	m.Assert("Service Connect must be on, in the namespace that was given.",
		tf.Dig(config, "enabled"), tf.Equal(tf.Dig(config, "namespace"), m.namespace()))
	if m.logs != nil {
		option := func(name string) tf.Expr {
			return tf.Index{Collection: tf.First(tf.Dig(config, "log_configuration"), "options"), Key: tf.String(name)}
		}
		m.Assert("The proxies must log to the service's log group.",
			tf.Equal(option("awslogs-group"), m.logs.Group), tf.Equal(option("awslogs-region"), m.logs.Region))
	}
	for i, c := range m.d.connects {
		v := c.variable(m.Child)
		mine := tf.Index{Collection: tf.Dig(config, "service"), Key: tf.Int(i)}
		alias := tf.First(tf.Dig(mine, "client_alias"))
		facts := []tf.Expr{
			tf.Equal(tf.Dig(mine, "port_name"), v.Attr("port_name")),
			tf.Equal(tf.Dig(mine, "discovery_name"), v.Attr("discovery_name")),
			tf.Equal(tf.Dig(alias, "port"), v.Attr("client_port")),
		}
		if parts.Said(c.in.ClientAlias.DNSName) {
			facts = append(facts, tf.Equal(tf.Dig(alias, "dns_name"), v.Attr("client_dns_name")))
		}
		m.Assert("The proxies must know the traffic "+c.key+" by the names and the port that were given.", facts...)
		m.assertConnectMore(c, v, mine, alias)
	}
}

// assertConnectMore: test traffic, limits and TLS of one key, where it has them.
func (m *serviceModule) assertConnectMore(c connect, v *tf.Block, mine, alias tf.Expr) {
	if c.in.Test != nil {
		header := tf.First(tf.Dig(tf.First(tf.Dig(alias, "test_traffic_rules")), "header"))
		m.Assert("Requests with the test header of "+c.key+", and no others, must reach green early.",
			tf.Equal(tf.Dig(header, "name"), v.Attr("test_header", "name")),
			tf.Equal(tf.First(tf.Dig(header, "value"), "exact"), v.Attr("test_header", "value")))
	}
	var limits []tf.Expr
	for _, s := range c.settings(nil) {
		if strings.HasSuffix(s.name, "_timeout_seconds") {
			limits = append(limits, tf.Equal(tf.First(tf.Dig(mine, "timeout"), s.name), v.Attr(s.name)))
		}
	}
	if len(limits) > 0 {
		m.Assert("The proxies of "+c.key+" must give up when they were told to.", limits...)
	}
	if c.in.TLS == nil {
		return
	}
	tls := tf.First(tf.Dig(mine, "tls"))
	facts := []tf.Expr{
		tf.Equal(tf.First(tf.Dig(tls, "issuer_cert_authority"), "aws_pca_authority_arn"), v.Attr("authority_arn")),
		tf.Equal(tf.Dig(tls, "role_arn"), m.connectRole()),
	}
	if c.in.TLS.KMSKeyARN.Said() {
		facts = append(facts, tf.Equal(tf.Dig(tls, "kms_key"), v.Attr("kms_key_arn")))
	}
	m.Assert("The proxies of "+c.key+" must have certificates of the authority that was given, issued with their role.", facts...)
}
