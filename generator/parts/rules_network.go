package parts

import (
	"bluegen/generator/diag"

	"github.com/hashicorp/hcl/v2"
)

// NetworkRules want one source of security groups, and rules that can be told apart.
func (s *Site) NetworkRules() diag.List {
	n := s.In.Network
	if n.SecurityGroup == nil {
		return nil
	}
	var out diag.List
	if n.SecurityGroupIDs.Said() {
		out = append(out, Found(CodeGroupTwice, n.SecurityGroupIDs.Range, "Both security_group and security_group_ids are said",
			"`security_group` is made by this configuration, `security_group_ids` exist already. Keep one of them.", n.SecurityGroup.Range))
	}
	if s.ingress() && len(n.SecurityGroup.IngressFrom) == 0 {
		out = append(out, Found(CodeNoIngress, n.SecurityGroup.Range, "The tasks' security group lets nobody in",
			"Requests and health checks must reach the tasks. Write whose security groups may connect in `ingress_from`: the load balancer's, or the clients'."))
	}
	sources := map[string]hcl.Range{}
	for _, source := range n.SecurityGroup.IngressFrom {
		name := SourceName(source)
		if first, twice := sources[name]; twice {
			out = append(out, Found(CodeIngressTwice, source.Range, "Two sources of ingress_from are called "+name, "The rules are named by what their source is called. Take one of them out, or rename a variable.", first))
		}
		sources[name] = source.Range
	}
	destinations := map[string]hcl.Range{}
	for _, e := range n.SecurityGroup.EgressTo {
		if first, twice := destinations[e.Name.V]; twice {
			out = append(out, Found(CodeEgressTwice, e.Name.Range, "Two rules of egress_to are called "+e.Name.V, "Names tell them apart. Rename one of them.", first))
		}
		destinations[e.Name.V] = e.Name.Range
	}
	return out
}
