package ecs

import (
	"fmt"
	"strconv"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"
	"bluegen/generator/parts"

	"github.com/hashicorp/hcl/v2"
)

// connectRules: what Service Connect can tell apart, and what its proxies can read.
func connectRules(d *deployment) diag.List {
	var out diag.List
	for i, c := range d.connects {
		if first := d.connects[0].in.Namespace; i > 0 && namespaceOf(c.in.Namespace) != namespaceOf(first) {
			out = append(out, parts.Found(CodeNamespaces, c.in.Namespace.Range, "The service is in two namespaces",
				"A service has one, and the keys of its traffic share it. Write the same in both.", first.Range))
		}
		out = append(out, tcpRules(c.in)...)
		if d.In.Service.Task == nil && !parts.Said(c.in.PortName) {
			out = append(out, parts.Found(CodePortNameUnknown, c.in.Range, "The traffic "+c.key+" does not say the name of its port",
				"The task definition exists already, so only you know how its port mapping is called. Write `port_name`."))
		}
	}
	return append(append(out, portNameRules(d)...), aliasRules(d)...)
}

// namespaceOf is equal for values that are the same namespace: an omitted one is the variable of the obvious name.
func namespaceOf(v blueprint.Value[string]) string {
	return listens(parts.OrVariable(v, namespaceVariable))
}

// tcpRules: the proxies count connections of tcp, and read no requests.
func tcpRules(in *blueprint.ServiceConnect) diag.List {
	if in.AppProtocol.V != "tcp" {
		return nil
	}
	var out diag.List
	if in.Test != nil {
		out = append(out, parts.Found(CodeTestOfTCP, in.Test.Range, "The proxies see no header in tcp",
			"Test traffic is told by a request's header. Write `app_protocol` http, http2 or grpc, or take `test` out.", in.AppProtocol.Range))
	}
	if parts.Said(in.PerRequestTimeout) {
		out = append(out, parts.Found(CodeTestOfTCP, in.PerRequestTimeout.Range, "The proxies see no requests in tcp",
			"Only a connection can time out there. Write `idle_timeout`, or take the key out.", in.AppProtocol.Range))
	}
	return out
}

// portNameRules: within a task, a name is one port's, and a port has one name and one protocol.
func portNameRules(d *deployment) diag.List {
	var out diag.List
	byName, byPort := map[string]connect{}, map[string]connect{}
	for _, c := range d.connects {
		port := c.container.V + ":" + strconv.Itoa(c.port.V)
		if first, twice := byPort[port]; twice && (first.portName != c.portName || first.in.AppProtocol.V != c.in.AppProtocol.V) {
			out = append(out, parts.Found(CodePortName, c.origin, fmt.Sprintf("Port %d is called %s (%s) and %s (%s)", c.port.V, first.portName, first.in.AppProtocol.V, c.portName, c.in.AppProtocol.V),
				"A port mapping has one name and one protocol. Write the same `port_name` and `app_protocol` in both.", first.origin))
		}
		if first, twice := byName[c.portName]; twice && (first.container.V != c.container.V || first.port.V != c.port.V) {
			out = append(out, parts.Found(CodePortName, c.origin, "Two ports of the task are called "+c.portName, "Names tell the port mappings of a task apart. Write another `port_name`.", first.origin))
		}
		byName[c.portName], byPort[port] = c, c
	}
	return out
}

// aliasRules: clients find each by a name, or by a name and a port.
func aliasRules(d *deployment) diag.List {
	var out diag.List
	names, aliases := map[string]hcl.Range{}, map[string]hcl.Range{}
	for _, c := range d.connects {
		if first, twice := names[c.discovery]; twice {
			out = append(out, parts.Found(CodeAlias, c.origin, "Two keys of traffic are called "+c.discovery+" in the namespace", "A name is unique there. Write another `discovery_name`.", first))
		}
		names[c.discovery] = c.origin
		alias, at := c.alias(), c.in.ClientAlias.DNSName.Range
		if alias == "" {
			continue
		}
		if first, twice := aliases[alias]; twice {
			out = append(out, parts.Found(CodeAlias, at, "Clients call two keys of traffic by "+alias, "Give one of them another `dns_name`, or another `port`.", first))
		}
		aliases[alias] = at
	}
	return out
}
