package fleet_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"bluegen/generator"
	"bluegen/generator/diag"
	"bluegen/generator/fleet"

	"github.com/google/go-cmp/cmp"
)

const (
	arn     = "arn:aws:elasticloadbalancing:eu-central-1:012345670123:listener/app/shared/50dc6c495c0c9188/f2f7dc8efc522ab2"
	account = "terraform: {provider: {region: eu-central-1, allowed_account_ids: [\"012345670123\"]}}\n"
	other   = "terraform: {provider: {region: eu-central-1, allowed_account_ids: [\"765432107654\"]}}\n"
	abroad  = "terraform: {provider: {region: eu-west-1, allowed_account_ids: [\"012345670123\"]}}\n"
)

// service is a rolling service with one rule.
func service(name, listener string, priority int, when, rest string) string {
	return fmt.Sprintf("version: 1\nname: %s\nengine: ecs\nservice: {task: {containers: [{name: app, port: 80}]}}\n"+
		"traffic: {web: {alb: {listener_arn: %s,\n  production: {priority: %d,\n  when: [%s]}}}}\n%s", name, listener, priority, when, deployed(rest))
}

// deployed adds how it is deployed, where that is not said.
func deployed(rest string) string {
	if strings.Contains(rest, "deployment:") {
		return rest
	}
	return rest + "deployment: {strategy: rolling}\n"
}

func host(name string) string { return "{host_header: [\"" + name + ".example.com\"]}" }

// gather reads blueprints and adds them in this order, each from a folder of its own: a, b, c.
func gather(t testing.TB, texts ...string) *fleet.Fleet {
	t.Helper()
	f := fleet.New()
	g := generator.New()
	for i, text := range texts {
		folder := string(rune('a' + i%26))
		if i >= 26 {
			folder = fmt.Sprintf("s%04d", i)
		}
		result, diags := g.Generate(t.Context(), fstest.MapFS{"blueprint.yaml": {Data: []byte(text)}}, "blueprint.yaml", generator.Options{})
		if diags.HasErrors() {
			t.Fatalf("%v\n%s", diags, text)
		}
		var members []fleet.Facts
		for _, c := range result.Configurations {
			members = append(members, kept(t, fleet.Of(c.Service, c.Claims)))
		}
		f.Add(func(name string) string { return folder + "/" + name }, members...)
	}
	return f
}

// kept are facts that were written down and read again, as the memory of check does: every rule holds of those.
func kept(t testing.TB, f fleet.Facts) (out fleet.Facts) {
	t.Helper()
	text, err := json.Marshal(f)
	if err == nil {
		err = json.Unmarshal(text, &out)
	}
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(f, out); diff != "" {
		t.Fatal(diff)
	}
	return out
}

// told is a diagnostic in a line.
func told(list diag.List) []string {
	out := []string{}
	for _, d := range list {
		text := fmt.Sprintf("%s:%d %s %s", d.Subject.Filename, d.Subject.Start.Line, d.Severity, d.Code)
		if d.Environment != "" {
			text += " [" + d.Environment + "]"
		}
		text += " " + d.Summary
		for _, r := range d.Related {
			text += fmt.Sprintf(" <- %s:%d", r.Filename, r.Start.Line)
		}
		out = append(out, text)
	}
	return out
}

func TestFleet(t *testing.T) {
	t.Parallel()
	const ssm, variable, lookup = "{ssm: /alb/https}", "{variable: listener}", "{lookup: {load_balancer: shared, port: 443}}"
	rule := func(name, listener string, priority int, rest string) string {
		return service(name, listener, priority, host(name), rest)
	}
	staging, production := "environments: {staging: {}}\n", "environments: {production: {}}\n"
	state := "terraform: {backend: {s3: {bucket: example-tfstate, region: eu-central-1, key: all.tfstate}}}\n"
	for name, c := range map[string]struct {
		texts []string
		want  []string
	}{
		"one listener, one priority": {[]string{rule("orders", arn, 110, ""), rule("carts", arn, 110, ""), rule("users", arn, 110, staging)},
			[]string{"b/blueprint.yaml:6 error BG5010 Priority 110 is taken by the production rule of web of orders <- a/blueprint.yaml:6",
				"c/blueprint.yaml:6 error BG5010 [staging] Priority 110 is taken by the production rule of web of orders <- a/blueprint.yaml:6"}},
		"one listener, two priorities": {[]string{rule("orders", arn, 110, ""), rule("carts", arn, 111, "")}, nil},
		"two listeners":                {[]string{rule("orders", arn, 110, ""), rule("carts", arn+"0", 110, "")}, nil},

		"a parameter in one account": {[]string{rule("orders", ssm, 110, account), rule("carts", ssm, 110, account)},
			[]string{"b/blueprint.yaml:6 error BG5010 Priority 110 is taken by the production rule of web of orders <- a/blueprint.yaml:6"}},
		"a parameter in one account, of two environments": {[]string{rule("orders", ssm, 110, account+staging), rule("carts", ssm, 110, account+production)},
			[]string{"b/blueprint.yaml:6 error BG5010 [production] Priority 110 is taken by the production rule of web of orders (staging) <- a/blueprint.yaml:6"}},
		"a parameter in two accounts": {[]string{rule("orders", ssm, 110, account), rule("carts", ssm, 110, other)}, nil},
		"a parameter in two regions":  {[]string{rule("orders", ssm, 110, account), rule("carts", ssm, 110, abroad)}, nil},
		"a parameter, nobody knows where": {[]string{rule("orders", ssm, 110, staging), rule("carts", ssm, 110, staging), rule("users", ssm, 110, staging)},
			[]string{"b/blueprint.yaml:6 warning BG5011 [staging] Priority 110 is taken by the production rule of web of orders (staging) <- a/blueprint.yaml:6 <- c/blueprint.yaml:6"}},
		"a parameter, and one of two places is known": {[]string{rule("orders", ssm, 110, account), rule("carts", ssm, 110, "")},
			[]string{"b/blueprint.yaml:6 warning BG5011 Priority 110 is taken by the production rule of web of orders <- a/blueprint.yaml:6"}},
		"a parameter, nobody knows where, of two environments": {[]string{rule("orders", ssm, 110, staging), rule("carts", ssm, 110, production)}, nil},
		"a warning that one of them silences":                  {[]string{rule("orders", ssm, 110, staging), rule("carts", ssm, 110, "ignore: [BG5011]\n"+staging)}, nil},
		"an error that one of them would silence": {[]string{rule("orders", arn, 110, "ignore: [BG5010]\n"), rule("carts", arn, 110, "ignore: [BG5010]\n")},
			[]string{"b/blueprint.yaml:6 error BG5010 Priority 110 is taken by the production rule of web of orders <- a/blueprint.yaml:6"}},

		"a lookup in one account": {[]string{rule("orders", lookup, 110, account), rule("carts", lookup, 110, account)},
			[]string{"b/blueprint.yaml:6 error BG5010 Priority 110 is taken by the production rule of web of orders <- a/blueprint.yaml:6"}},
		"a lookup of another port": {[]string{rule("orders", lookup, 110, account), rule("carts", "{lookup: {load_balancer: shared, port: 8443}}", 110, account)}, nil},

		"a variable in one account and environment": {[]string{rule("orders", variable, 110, account+staging), rule("carts", variable, 110, account+staging)},
			[]string{"b/blueprint.yaml:6 warning BG5011 [staging] Priority 110 is taken by the production rule of web of orders (staging) <- a/blueprint.yaml:6"}},
		"a variable in one account, of two environments": {[]string{rule("orders", variable, 110, account+staging), rule("carts", variable, 110, account+production)}, nil},
		"a variable, nobody knows where":                 {[]string{rule("orders", variable, 110, staging), rule("carts", variable, 110, staging)}, nil},
		"a variable and a parameter of one name":         {[]string{rule("orders", "{variable: alb}", 110, account), rule("carts", "{ssm: alb}", 110, account)}, nil},

		"the same requests": {[]string{service("orders", arn, 110, host("shop"), ""), service("carts", arn, 120, host("SHOP"), "")},
			[]string{"b/blueprint.yaml:6 warning BG5012 The production rule of web (120) stands behind the production rule of web of orders (110) and never matches <- a/blueprint.yaml:6"}},
		"the same requests, the first behind": {[]string{service("orders", arn, 120, host("shop"), ""), service("carts", arn, 110, host("*"), "")},
			[]string{"a/blueprint.yaml:6 warning BG5012 The production rule of web (120) stands behind the production rule of web of carts (110) and never matches <- b/blueprint.yaml:6"}},
		"a wide rule in front, every kind of condition": {[]string{
			service("orders", arn, 110, `{http_header: {name: X-A, values: ["1", "2"]}}, {query_string: [{key: a, value: b*}, {value: c}]}`, ""),
			service("carts", arn, 120, `{source_ip: [10.0.0.0/8]}, {http_header: {name: x-a, values: ["1"]}}, {query_string: [{key: a, value: bb}]}, {http_request_method: [GET]}, {path_pattern: [/a]}`, "")},
			[]string{"b/blueprint.yaml:6 warning BG5012 The production rule of web (120) stands behind the production rule of web of orders (110) and never matches <- a/blueprint.yaml:6"}},
		"the same requests, silenced in front":          {[]string{service("orders", arn, 110, host("shop"), "ignore: [BG5012]\n"), service("carts", arn, 120, host("shop"), "")}, nil},
		"the same requests in what may be one listener": {[]string{service("orders", variable, 110, host("shop"), account), service("carts", variable, 120, host("shop"), account)}, nil},
		"the same requests in one parameter":            {[]string{service("orders", ssm, 110, host("shop"), account), service("carts", ssm, 120, host("shop"), other)}, nil},

		"one name in one account": {[]string{rule("orders", arn, 110, account), rule("orders", arn, 111, account)},
			[]string{"b/blueprint.yaml:2 error BG5013 The names of orders are those of another blueprint's orders <- a/blueprint.yaml:2",
				"b/blueprint.yaml:6 warning BG5012 The production rule of web (111) stands behind the production rule of web of orders (110) and never matches <- a/blueprint.yaml:6"}},
		"one name in two accounts": {[]string{rule("orders", ssm, 110, account), rule("orders", ssm, 110, other)}, nil},
		"one name, nobody knows where": {[]string{rule("orders", ssm, 110, ""), rule("orders", ssm, 111, "")},
			[]string{"b/blueprint.yaml:2 warning BG5014 The names of orders are those of another blueprint's orders <- a/blueprint.yaml:2"}},
		"two names that fall together": {[]string{rule("orders", ssm, 110, account+"environments: {eu-production: {}}\n"), rule("orders-eu", ssm, 111, account+production)},
			[]string{"b/blueprint.yaml:2 error BG5013 [production] The names of orders-eu (production) are those of another blueprint's orders (eu-production) <- a/blueprint.yaml:2"}},
		"one name in two regions of one account": {[]string{rule("orders", ssm, 110, account), rule("orders", ssm, 111, abroad)},
			[]string{"b/blueprint.yaml:2 error BG5015 The role orders-execution of orders is one of orders too <- a/blueprint.yaml:2",
				"b/blueprint.yaml:2 error BG5015 The role orders-task of orders is one of orders too <- a/blueprint.yaml:2"}},
		"the role of a hook and that of a service": {[]string{
			rule("orders", ssm, 110, account+hook("checkout")), rule("orders-checkout", ssm, 111, account)},
			[]string{"b/blueprint.yaml:2 error BG5015 The role orders-checkout-execution of orders-checkout is one of orders too <- a/blueprint.yaml:2"}},
		"the role of a hook and that of a service, nobody knows where": {[]string{
			rule("orders", ssm, 110, hook("checkout")), rule("orders-checkout", ssm, 111, "")},
			[]string{"b/blueprint.yaml:2 warning BG5016 The role orders-checkout-execution of orders-checkout is one of orders too <- a/blueprint.yaml:2"}},

		"a dashboard is one for all regions": {[]string{rule("orders", ssm, 110, account+board+staging), rule("orders", ssm, 111, abroad+board+staging)},
			[]string{"b/blueprint.yaml:2 error BG5015 [staging] The dashboard orders-staging of orders (staging) is one of orders (staging) too <- a/blueprint.yaml:2",
				"b/blueprint.yaml:2 error BG5015 [staging] The role orders-staging-execution of orders (staging) is one of orders (staging) too <- a/blueprint.yaml:2",
				"b/blueprint.yaml:2 error BG5015 [staging] The role orders-staging-task of orders (staging) is one of orders (staging) too <- a/blueprint.yaml:2"}},
		"an approval that is called as notifications are": {[]string{worker("orders", account+noted+approve("app-deployments")), worker("orders-app", account+noted+"deployment: {strategy: rolling}\n")},
			[]string{"b/blueprint.yaml:2 error BG5015 The event rule orders-app-deployments of orders-app is one of orders too <- a/blueprint.yaml:2",
				"b/blueprint.yaml:2 error BG5015 The topic orders-app-deployments of orders-app is one of orders too <- a/blueprint.yaml:2"}},
		"alarms of two services": {[]string{watched("orders", "app-web", account), watched("orders-app", "web", account)},
			[]string{"b/blueprint.yaml:2 error BG5015 The alarm orders-app-web-error-rate of orders-app is one of orders too <- a/blueprint.yaml:2",
				"b/blueprint.yaml:2 error BG5015 The target group orders-app-web-blue of orders-app is one of orders too <- a/blueprint.yaml:2",
				"b/blueprint.yaml:2 error BG5015 The target group orders-app-web-green of orders-app is one of orders too <- a/blueprint.yaml:2"}},

		"one state": {[]string{rule("orders", ssm, 110, state), rule("carts", ssm, 111, state)},
			[]string{"b/blueprint.yaml:8 error BG5017 carts keeps its state where orders does <- a/blueprint.yaml:8"}},
		"one state, by the name": {[]string{rule("orders", ssm, 110, strings.Replace(state, "all.tfstate", "carts/staging/terraform.tfstate", 1)), rule("carts", ssm, 111, strings.Replace(state, ", key: all.tfstate", "", 1)+staging)},
			[]string{"b/blueprint.yaml:2 error BG5017 [staging] carts (staging) keeps its state where orders does <- a/blueprint.yaml:8"}},
		"one key in two buckets": {[]string{rule("orders", ssm, 110, state), rule("carts", ssm, 111, strings.Replace(state, "example", "another", 1))}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(append([]string{}, c.want...), told(gather(t, c.texts...).Judge())); diff != "" {
				t.Error(diff)
			}
		})
	}
}

const (
	board = "observability: {dashboard: true}\n"
	noted = "observability: {notifications: {}}\n"
)

// worker is a service without traffic.
func worker(name, rest string) string {
	return fmt.Sprintf("version: 1\nname: %s\nengine: ecs\nservice: {task: {containers: [{name: app}]}}\n%s", name, rest)
}

// approve is a deployment that waits for people.
func approve(name string) string {
	return "deployment: {wait: false, hooks: [{name: " + name + ", kind: approval, stages: [PRE_SCALE_UP]}]}\n"
}

// watched is a service whose key of traffic has alarms.
func watched(name, key, rest string) string {
	text := service(name, "{ssm: /alb}", 100+len(name), host(name), rest+"deployment: {alarms: {traffic: {watch: [error_rate]}}}\n")
	text = strings.Replace(text, "{web: {alb:", "{"+key+": {alb:", 1)
	return strings.Replace(text, "]}}}}", "]}, test: {priority: "+fmt.Sprint(len(name))+", when: ["+host(name)+", {http_header: {name: x, values: [\"1\"]}}]}}}}", 1)
}

// hook is a deployment that calls one.
func hook(name string) string {
	return "deployment: {hooks: [{name: " + name + ", kind: wait, for: 1m, stages: [POST_SCALE_UP]}]}\n"
}

// TestQuotas: what the fleet asks of one load balancer is counted over all its listeners, from the rule on that is too many.
func TestQuotas(t *testing.T) {
	t.Parallel()
	var texts []string
	for i := range 52 {
		listener := arn
		if i%2 == 1 {
			listener = strings.Replace(arn, "/f2f", "/a2f", 1)
		}
		name := fmt.Sprintf("s%d", i)
		texts = append(texts, strings.Replace(strings.Replace(service(name, listener, 10*i+2, host(name), ""), "deployment: {strategy: rolling}\n", "", 1),
			"]}}}}", fmt.Sprintf("]}, test: {priority: %d, when: [%s, {http_header: {name: x, values: [\"1\"]}}]}}}}", 10*i+1, host(name)), 1))
	}
	want := []string{
		"s0050/blueprint.yaml:6 warning BG5018 The load balancer shared has 104 rules, and its quota is 100",
		"s0050/blueprint.yaml:6 warning BG5019 The load balancer shared has 104 target groups, and takes 100",
	}
	if diff := cmp.Diff(want, told(gather(t, texts...).Judge())); diff != "" {
		t.Error(diff)
	}
	if got := told(gather(t, texts[:50]...).Judge()); len(got) > 0 {
		t.Error(got)
	}
	large := strings.Replace(service("a", arn, 1, host("a"), ""), "service: {", "service: {desired_count: 400, ", 1)
	middle := strings.Replace(service("b", arn, 2, host("b"), ""), "service: {", "service: {desired_count: 200, ", 1)
	small := service("c", arn, 3, host("c"), "")
	if got := told(gather(t, large, middle).Judge()); len(got) > 0 {
		t.Error(got)
	}
	want = []string{"c/blueprint.yaml:6 warning BG5020 The load balancer shared has up to 1001 targets, and its quota is 1000"}
	if diff := cmp.Diff(want, told(gather(t, large, middle, small).Judge())); diff != "" {
		t.Error(diff)
	}
	lookup, parameter := "{lookup: {load_balancer: shared, port: 443}}", "{ssm: /alb}"
	for listener, name := range map[string]string{lookup: "The load balancer shared", parameter: "The load balancer of the listener in the SSM parameter /alb"} {
		a, b := strings.Replace(large, arn, listener, 1)+account, strings.Replace(large, arn, listener, 1)
		b = strings.Replace(strings.Replace(b, "name: a\n", "name: b\n", 1), "priority: 1", "priority: 2", 1) + account
		b = strings.Replace(b, host("a"), host("b"), 1)
		want := []string{"b/blueprint.yaml:6 warning BG5020 " + name + " has up to 1200 targets, and its quota is 1000"}
		if diff := cmp.Diff(want, told(gather(t, a, b).Judge())); diff != "" {
			t.Error(diff)
		}
	}
}
