package generator

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"bluegen/generator/parts"
)

// TestClaims: what a service claims is what is generated, in every good case: each name stands in the root's calls, each rule has its priority there, and
// the state has its key; and no name of these kinds stands there that is not claimed.
func TestClaims(t *testing.T) {
	t.Parallel()
	cases, err := os.ReadDir(casesFolder())
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, e := range cases {
		result, diags := New().Generate(t.Context(), os.DirFS(filepath.Join(casesFolder(), e.Name())), "blueprint.yaml", Options{})
		if diags.HasErrors() {
			continue
		}
		for _, c := range result.Configurations {
			main, backend := content(c, "main.tf"), content(c, "backend.tf")
			claimed := map[string]bool{}
			for _, n := range c.Claims.Names {
				text := n.Text(c.Service.Name.V, c.Service.Environment.V)
				claimed[text] = true
				if !strings.Contains(main, `= "`+text+`"`) {
					t.Errorf("%s: main.tf has no %s %q", c.Directory, n.What, text)
				}
			}
			for line := range strings.Lines(main) {
				name, value, ok := strings.Cut(strings.TrimSpace(line), "=")
				name = strings.TrimSpace(name)
				if value = strings.Trim(strings.TrimSpace(value), `"`); !ok || strings.Contains(value, ".") {
					continue
				}
				if strings.HasSuffix(name, "role_name") || name == "function_name" || name == "log_group_name" || strings.HasSuffix(name, "blue_name") || strings.HasSuffix(name, "green_name") ||
					name == "dashboard_name" || name == "alarm_name" || name == "rule_name" || name == "topic_name" {
					seen++
					if !claimed[value] {
						t.Errorf("%s: %s = %q is not claimed", c.Directory, name, value)
					}
				}
			}
			for _, r := range c.Claims.Rules {
				if seen++; !slices.Contains(priorities(main), r.Priority.V) {
					t.Errorf("%s: main.tf has no priority %d of %s", c.Directory, r.Priority.V, r.What)
				}
			}
			if got := len(priorities(main)); got != len(c.Claims.Rules) {
				t.Errorf("%s: %d rules, %d claimed", c.Directory, got, len(c.Claims.Rules))
			}
			var places []string
			for _, p := range c.Claims.Places {
				places = append(places, p.Name)
			}
			slices.Sort(places)
			seen += len(places)
			if got := placed(main); !slices.Equal(got, places) {
				t.Errorf("%s: %q are claimed, and taken are %q", c.Directory, places, got)
			}
			if bucket, key, _ := parts.State(c.Service); bucket != "" && !strings.Contains(backend, `"`+key+`"`) {
				t.Errorf("%s: backend.tf lacks %q", c.Directory, key)
			}
		}
	}
	if seen < 50 {
		t.Errorf("%d names and rules only", seen)
	}
}

// placed are the ports of the listeners in a root, the names in namespaces that are there already, and what clients call there, sorted.
func placed(main string) []string {
	var out []string
	for _, block := range strings.Split(main, "\nmodule ") {
		pattern := ` discovery_name += "(.+)"`
		switch {
		case strings.HasPrefix(block, `"listeners_`):
			pattern = `[ {]port += (\d+)`
		case strings.HasPrefix(block, `"service_discovery"`) && strings.Contains(block, "namespace_id"):
			pattern = `  name += "(.+)"`
		}
		for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(block, -1) {
			out = append(out, m[1])
		}
		for _, m := range regexp.MustCompile(` client_dns_name += "(.+)"\n +client_port += (\d+)\n`).FindAllStringSubmatch(block, -1) {
			out = append(out, m[1]+":"+m[2])
		}
	}
	slices.Sort(out)
	return out
}

// priorities are those of the calls in a root.
func priorities(main string) []int {
	var out []int
	for _, m := range regexp.MustCompile(`(?m)^ +priority += (\d+)$`).FindAllStringSubmatch(main, -1) {
		n, _ := strconv.Atoi(m[1])
		out = append(out, n)
	}
	return out
}

func content(c Configuration, file string) string {
	for _, f := range c.Files {
		if f.Path == c.Directory+"/"+file {
			return string(f.Data)
		}
	}
	return ""
}
