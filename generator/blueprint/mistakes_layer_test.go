package blueprint_test

import "testing"

// TestLayerMistakes: what environments may not say, and whose a mistake is.
func TestLayerMistakes(t *testing.T) {
	t.Parallel()
	checkMistakes(t, []mistake{
		{"not a mapping", `environments: [a]`, []string{
			`4:15-4:18 BG1102 environments must be a mapping, not a list`,
		}},
		{"an environment that is text", `environments: {prod: 3}`, []string{
			`4:22-4:23 BG1102 prod must be a mapping, not "3"`,
		}},
		{"reserved name", `environments: {modules: {}, tests: {}}`, []string{
			`4:16-4:23 BG1205 "modules" cannot be the name of an environment`,
			`4:29-4:34 BG1205 "tests" cannot be the name of an environment`,
		}},
		{"capitals", `environments: {Prod: {}, prod: {}}`, []string{
			`4:16-4:20 BG1205 "Prod" cannot be the name of an environment`,
		}},
		{"keys of the whole blueprint", `environments:
  staging:
    version: 1
    name: x
    engine: ecs
    environments: {}
    terraform: {directory: y, required_version: ">= 1.11"}`, []string{
			`6:5-6:12 BG1206 an environment cannot change version`,
			`7:5-7:9 BG1206 an environment cannot change name`,
			`8:5-8:11 BG1206 an environment cannot change engine`,
			`9:5-9:17 BG1206 an environment cannot change environments`,
			`10:17-10:26 BG1206 an environment cannot change terraform.directory`,
		}},
		{"mistake of an environment", `environments: {staging: {service: {desired_count: x}}, production: {}}`, []string{
			`4:51-4:52 BG1104 [staging] desired_count must be a whole number, not x`,
		}},
		{"the same mistake of the base for all", `service: {desired_count: x}
environments: {staging: {}, production: {}}`, []string{
			`4:26-4:27 BG1104 desired_count must be a whole number, not x`,
		}},
		{"mistake that a layer hides", `service: {desired_count: x}
environments: {staging: {service: {desired_count: 1}}}`, []string{
			`4:26-4:27 BG1104 desired_count must be a whole number, not x`,
		}},
		{"missing in one", `traffic:
  web:
    alb:
      production: {priority: 1, when: [{host_header: [a]}]}
environments: {a: {traffic: {web: {alb: {production: }}}}, b: {}}`, []string{
			`6:5-6:8 BG1110 [a] alb lacks production`,
		}},
		{"missing in all", `traffic: {web: {container: app}}
environments: {a: {}, b: {}}`, []string{
			`4:11-4:14 BG1110 web lacks alb`,
		}},
		{"begun in a layer", `environments: {a: {traffic: {web: {alb: {test: {priority: 3}}}}}, b: {}}`, []string{
			`4:36-4:39 BG1110 [a] alb lacks production`,
			`4:42-4:46 BG1110 [a] test lacks when`,
		}},
		{"supplied by a layer", `traffic: {web: {container: app}}
environments: {a: {traffic: {web: {alb: {production: {priority: 1, when: [{host_header: [a]}]}}}}}}`, []string{}},
		{"unknown key of a layer", `environments: {a: {servce: {}}}`, []string{
			`4:20-4:26 BG1101 [a] the blueprint has no key "servce"`,
		}},
		{"null of a layer", `terraform: {backend: {s3: {bucket: abc, region: eu-west-1}}}
environments: {a: {terraform: {backend: ~}, tags: , service: ~}}`, []string{}},
	})
}
