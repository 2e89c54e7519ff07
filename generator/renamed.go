package generator

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"
	"bluegen/generator/tf"

	"github.com/hashicorp/hcl/v2"
)

// The codes of what the last run's memory tells.
const (
	// CodeServiceRenamed is a service that had another name.
	CodeServiceRenamed diag.Code = "BG5041"
	// CodeRenamed is a key of traffic or a hook that had another name.
	CodeRenamed diag.Code = "BG5042"
	// CodeReplaced is a value that cannot be changed in place.
	CodeReplaced diag.Code = "BG5044"
)

// remembered compares what is wanted with what the last run wrote, and warns of every resource that Terraform would destroy
// for the sake of a name or a value. An empty memory says nothing: it is that of a first run, or of a bluegen that kept none.
func remembered(was map[string]string, s *blueprint.Service, config *tf.Config, now map[string]string) diag.List {
	if len(addresses(was)) == 0 {
		return nil
	}
	places := map[string]hcl.Range{}
	for _, r := range resources(config) {
		places[r.address()] = r.origin()
	}
	c := comparison{was: was, now: now, places: places, whole: s.Name.Range}
	if was[memoryService] != now[memoryService] {
		return diag.List{c.service()}
	}
	return append(c.calls(), c.values()...)
}

// comparison is of two memories.
type comparison struct {
	was, now map[string]string
	// places are the ranges of the blueprint that resources answer for; whole is that of what has none.
	places map[string]hcl.Range
	whole  hcl.Range
}

func (c comparison) warn(code diag.Code, at hcl.Range, summary, detail string) diag.Diagnostic {
	if at.Filename == "" {
		at = c.whole
	}
	return diag.Diagnostic{Code: code, Severity: diag.Warning, Subject: at, Summary: summary, Detail: detail}
}

func (c comparison) service() diag.Diagnostic {
	var rows []string
	for _, address := range addresses(c.was) {
		if c.was[address] != c.now[address] {
			rows = append(rows, address)
		}
	}
	return c.warn(CodeServiceRenamed, c.whole,
		fmt.Sprintf("The service was called %s: Terraform would destroy %s and make them anew", c.was[memoryService], counted(len(rows), "resource")),
		quotation(rows)+"Every name begins with the service's. The service stops, target groups get no successor in the listener rules, and logs are lost. "+
			"Keep the old name, or make a second service beside this one, move the traffic, and remove this one.")
}

// calls finds module calls that are gone where others of the same resources are new: a key or a hook that was renamed.
func (c comparison) calls() diag.List {
	before, after := shapes(c.was), shapes(c.now)
	type rename struct{ from, to string }
	rows := map[rename][]string{}
	var order []rename
	taken := map[string]bool{}
	for _, from := range sortedKeys(before) {
		if _, kept := after[from]; kept {
			continue
		}
		for _, to := range sortedKeys(after) {
			if _, had := before[to]; had || taken[to] || before[from] != after[to] || stem(from, to) == "" {
				continue
			}
			taken[to] = true
			r := rename{strings.TrimPrefix(from, stem(from, to)), strings.TrimPrefix(to, stem(from, to))}
			if rows[r] == nil {
				order = append(order, r)
			}
			for relative := range strings.SplitSeq(before[from], " ") {
				rows[r] = append(rows[r], from+"."+relative+" -> "+to+"."+relative)
			}
			break
		}
	}
	var out diag.List
	for _, r := range order {
		_, to, _ := strings.Cut(rows[r][0], " -> ")
		out = append(out, c.warn(CodeRenamed, c.places[to],
			fmt.Sprintf("%s is gone and %s is new: if that is a new name, Terraform would destroy %s and make them anew", r.from, r.to, counted(len(rows[r]), "resource")),
			quotation(rows[r])+"Addresses and names carry the key. Keep the old one: it is seen by nobody but Terraform. Where nothing was deployed yet, or both are meant, go on."))
	}
	return out
}

// shapes are the resources of each module call, without the call.
func shapes(m map[string]string) map[string]string {
	out := map[string]string{}
	for _, address := range addresses(m) {
		if !strings.HasPrefix(address, "module.") {
			continue
		}
		parts := strings.SplitN(address, ".", 3)
		call := parts[0] + "." + parts[1]
		out[call] = strings.TrimSpace(out[call] + " " + parts[2])
	}
	return out
}

// stem is what two calls of one module begin with ("module.target_groups_"): the part before the key. It is empty where they
// are not calls of one module.
func stem(a, b string) string {
	for _, known := range []string{"module.hook_", "module.target_groups_", "module.listener_rules_"} {
		if strings.HasPrefix(a, known) && strings.HasPrefix(b, known) {
			return known
		}
	}
	at := 0
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			break
		}
		if a[i] == '_' {
			at = i + 1
		}
	}
	return a[:at]
}

// values finds resources that stay where they are and are replaced all the same, those of one module call together.
func (c comparison) values() diag.List {
	rows := map[string][]string{}
	places := map[string]hcl.Range{}
	for _, address := range addresses(c.was) {
		text, kept := c.now[address]
		if !kept {
			continue
		}
		for _, change := range changes(c.was[address], text) {
			group := callOf(address)
			rows[group] = append(rows[group], address+": "+change)
			places[group] = c.places[address]
		}
	}
	var out diag.List
	for _, group := range sortedKeys(rows) {
		out = append(out, c.warn(CodeReplaced, places[group],
			fmt.Sprintf("Terraform would replace %s, for %s that cannot be changed in place", counted(len(resourcesOf(rows[group])), "resource"), counted(len(rows[group]), "value")),
			quotation(rows[group])+"A replaced target group never reaches its listener rules, whose actions belong to ECS, and a replaced service stops first. "+
				"Keep the old value, or make a second key of traffic or a second service beside this one, and remove this one when it has no traffic."))
	}
	return out
}

// resourcesOf are the addresses of rows, each once.
func resourcesOf(rows []string) []string {
	var out []string
	for _, row := range rows {
		address, _, _ := strings.Cut(row, ": ")
		out = append(out, address)
	}
	return slices.Compact(out)
}

func callOf(address string) string {
	if !strings.HasPrefix(address, "module.") {
		return ""
	}
	return strings.Join(strings.SplitN(address, ".", 3)[:2], ".")
}

// changes compares two query strings. What only one of them knows is no change: it may be that this bluegen looks at more.
func changes(was, now string) []string {
	old, err := url.ParseQuery(was)
	if err != nil {
		return nil
	}
	next, err := url.ParseQuery(now)
	if err != nil {
		return nil
	}
	var out []string
	for _, name := range sortedKeys(old) {
		if !next.Has(name) || old.Get(name) == next.Get(name) {
			continue
		}
		out = append(out, fmt.Sprintf("%s was %s, is %s", name, old.Get(name), next.Get(name)))
	}
	return out
}

// quotation is rows as a quotation, which keeps its lines.
func quotation(rows []string) string {
	const most = 12
	var text strings.Builder
	for i, row := range rows {
		if i == most {
			fmt.Fprintf(&text, " and %d more\n", len(rows)-most)
			break
		}
		text.WriteString(" " + row + "\n")
	}
	return text.String()
}

func counted(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
