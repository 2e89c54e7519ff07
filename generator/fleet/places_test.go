package fleet_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// wired is a rolling service with a listener of its own.
func wired(name, balancer string, port int, rest string) string {
	return fmt.Sprintf("version: 1\nname: %s\nengine: ecs\nservice: {task: {containers: [{name: app, port: 80}]}}\n"+
		"traffic: {wire: {nlb: {load_balancer_arn: %s,\n  production: {port: %d}}}}\n%s", name, balancer, port, deployed(rest))
}

// connected is a rolling service with a name in a namespace.
func connected(name, namespace, discovery, rest string) string {
	return fmt.Sprintf("version: 1\nname: %s\nengine: ecs\nservice: {task: {containers: [{name: app, port: 80}]}}\n"+
		"traffic: {rpc: {service_connect: {namespace: %s%s}}}\n%s", name, namespace, discovery, deployed(rest))
}

// meshed is a service of the namespace that an SSM parameter holds.
func meshed(name, rest string) string {
	return fmt.Sprintf("version: 1\nname: %s\nengine: appmesh\nservice: {task: {containers: [{name: app, port: 8080}]}}\n"+
		"mesh: {name: shop, namespace: {existing: {id: {ssm: /shared}, name: shop.local}}}\ncolours: {blue: {active: true, weight: 100}, green: {active: false, weight: 0}}\n%s", name, rest)
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	const (
		balancer  = "arn:aws:elasticloadbalancing:eu-central-1:012345670123:loadbalancer/net/wire/50dc6c495c0c9188"
		namespace = "arn:aws:servicediscovery:eu-central-1:012345670123:namespace/ns-0123456789abcdef"
		ssm       = "{ssm: /shared}"
		lookup    = "{lookup: {name: shared}}"
		variable  = "{variable: shared}"
	)
	staging, production := "environments: {staging: {}}\n", "environments: {production: {}}\n"
	taken := func(what, taker, severity, code, environment string, lines ...int) []string {
		called := strings.TrimSpace("orders " + environment)
		environment = strings.NewReplacer("(", "[", ")", "] ").Replace(environment)
		return []string{fmt.Sprintf("b/blueprint.yaml:%d %s %s %s%s is taken by %s of %s <- a/blueprint.yaml:%d", lines[1], severity, code, environment, what, taker, called, lines[0])}
	}
	port := func(severity, code, environment string) []string {
		return taken("Port 443 of the load balancer", "the production listener of wire", severity, code, environment, 6, 6)
	}
	name := func(severity, code, environment string, lines ...int) []string {
		return taken("The name api in the namespace", "the traffic rpc", severity, code, environment, lines...)
	}
	endpoint := func(severity, code, environment string) []string {
		return taken("The endpoint api:80 in the namespace", "the traffic rpc", severity, code, environment, 5, 5)
	}
	for title, c := range map[string]struct {
		texts []string
		want  []string
	}{
		"one port of one load balancer": {[]string{wired("orders", balancer, 443, ""), wired("carts", balancer, 443, "")}, port("error", "BG5048", "")},
		"two ports":                     {[]string{wired("orders", balancer, 443, ""), wired("carts", balancer, 444, "")}, nil},
		"two load balancers":            {[]string{wired("orders", balancer, 443, ""), wired("carts", balancer+"0", 443, "")}, nil},
		"one port of a parameter":       {[]string{wired("orders", ssm, 443, account), wired("carts", ssm, 443, account)}, port("error", "BG5048", "")},
		"one port of a lookup":          {[]string{wired("orders", lookup, 443, account), wired("carts", lookup, 443, account)}, port("error", "BG5048", "")},
		"two lookups":                   {[]string{wired("orders", lookup, 443, account), wired("carts", "{lookup: {name: other}}", 443, account)}, nil},
		"a parameter of two accounts":   {[]string{wired("orders", ssm, 443, account), wired("carts", ssm, 443, other)}, nil},
		"a parameter of two regions":    {[]string{wired("orders", ssm, 443, account), wired("carts", ssm, 443, abroad)}, nil},
		"a parameter, nobody knows where": {[]string{wired("orders", ssm, 443, staging), wired("carts", ssm, 443, staging)},
			port("warning", "BG5049", "(staging)")},
		"a variable in one environment":    {[]string{wired("orders", variable, 443, account+staging), wired("carts", variable, 443, account+staging)}, port("warning", "BG5049", "(staging)")},
		"a variable in two environments":   {[]string{wired("orders", variable, 443, account+staging), wired("carts", variable, 443, account+production)}, nil},
		"the variable that is not said":    {[]string{wired("orders", "{variable: network_load_balancer_arn}", 443, account), strings.Replace(wired("carts", "X", 443, account), "load_balancer_arn: X,", "", 1)}, port("warning", "BG5049", "")},
		"a port that one of them silences": {[]string{wired("orders", ssm, 443, staging+"ignore: [BG5049]\n"), wired("carts", ssm, 443, staging)}, nil},

		"one name in one namespace":         {[]string{connected("orders", namespace, ", discovery_name: api", ""), connected("carts", namespace, ", discovery_name: api", "")}, name("error", "BG5050", "", 5, 5)},
		"one name of the port":              {[]string{connected("orders", namespace, ", port_name: api", ""), connected("carts", namespace, ",\n  discovery_name: api", "")}, name("error", "BG5050", "", 5, 6)},
		"two names":                         {[]string{connected("orders", namespace, ", discovery_name: api", ""), connected("carts", namespace, ", discovery_name: apis", "")}, nil},
		"two namespaces":                    {[]string{connected("orders", namespace, "", ""), connected("carts", namespace+"0", "", "")}, nil},
		"a namespace that is looked up":     {[]string{connected("orders", lookup, ", discovery_name: api", account), connected("carts", lookup, ", discovery_name: api", account)}, name("error", "BG5050", "", 5, 5)},
		"a namespace, nobody knows where":   {[]string{connected("orders", ssm, ", discovery_name: api", staging), connected("carts", ssm, ", discovery_name: api", staging)}, name("warning", "BG5051", "(staging)", 5, 5)},
		"a namespace in a variable":         {[]string{connected("orders", "{variable: namespace_arn}", ", discovery_name: api", account), strings.Replace(connected("carts", "X", ", discovery_name: api", account), "namespace: X, ", "", 1)}, name("warning", "BG5051", "", 5, 5)},
		"a port and a name that are called": {[]string{wired("orders", ssm, 443, account), connected("carts", ssm, ", discovery_name: \"443\"", account)}, nil},

		"one endpoint":              {[]string{connected("orders", namespace, ", discovery_name: a, client_alias: {dns_name: api}", ""), connected("carts", namespace, ", discovery_name: b, client_alias: {dns_name: api, port: 80}", "")}, endpoint("error", "BG5052", "")},
		"two ports of one endpoint": {[]string{connected("orders", namespace, ", discovery_name: a, client_alias: {dns_name: api}", ""), connected("carts", namespace, ", discovery_name: b, client_alias: {dns_name: api, port: 81}", "")}, nil},
		"an endpoint and a name":    {[]string{connected("orders", namespace, ", discovery_name: a, client_alias: {port: 80}", ""), connected("carts", namespace, ", discovery_name: b, client_alias: {port: 80}", "")}, nil},
		"an endpoint, nobody knows where": {[]string{connected("orders", ssm, ", discovery_name: a, client_alias: {dns_name: api}", staging), connected("carts", ssm, ", discovery_name: b, client_alias: {dns_name: api}", staging)},
			endpoint("warning", "BG5053", "(staging)")},
		"an endpoint that one of them silences": {[]string{connected("orders", ssm, ", discovery_name: a, client_alias: {dns_name: api}", staging), connected("carts", ssm, ", discovery_name: b, client_alias: {dns_name: api}", "ignore: [BG5053]\n"+staging)}, nil},

		"one virtual service in one namespace": {[]string{meshed("orders", account+staging), meshed("orders", account+production)},
			[]string{"b/blueprint.yaml:2 error BG5050 [production] The name orders in the namespace is taken by the virtual service of orders (staging) <- a/blueprint.yaml:2"}},
		"two virtual services": {[]string{meshed("orders", account), meshed("carts", account)}, nil},
	} {
		t.Run(title, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(append([]string{}, c.want...), told(gather(t, c.texts...).Judge())); diff != "" {
				t.Error(diff)
			}
		})
	}
}
