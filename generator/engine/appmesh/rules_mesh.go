package appmesh

import (
	"fmt"
	"regexp"
	"strings"

	"bluegen/generator/diag"
	"bluegen/generator/parts"

	"github.com/hashicorp/go-version"
)

// envoyAccounts are the accounts that AWS gives Envoy's image from, where it is not the common one (domain.md 6.1: ENVOY-IMG).
func envoyAccounts() map[string]string {
	return map[string]string{
		"me-south-1": "772975370895", "ap-east-1": "856666278305", "ap-southeast-3": "909464085924", "eu-south-1": "422531588944",
		"il-central-1": "564877687649", "af-south-1": "924023996002",
	}
}

// The common account of Envoy's image, the oldest release that App Mesh serves, and the first for ARM64.
const (
	envoyAccount = "840364872350"
	envoyFloor   = "1.17.2.0"
	envoyARM     = "1.20.0.1"
)

// envoyRules: an image that App Mesh serves, from the account that has it. A mirror in an account of one's own is taken as it is.
func envoyRules(r *rollout) diag.List {
	image, known := r.mesh.Envoy.Image.Known()
	if !known {
		return nil
	}
	at := r.mesh.Envoy.Image.Range
	var out diag.List
	if v := envoyVersion(image); v != nil {
		floor, why := envoyFloor, "Since 30 June 2023 App Mesh serves none below v"+envoyFloor+"."
		if r.In.Service.Task != nil && r.In.Service.Task.CPUArchitecture.V == "ARM64" {
			floor, why = envoyARM, "For ARM64 there is none below v"+envoyARM+"."
		}
		if v.LessThan(version.Must(version.NewVersion(floor))) {
			out = append(out, parts.Found(CodeEnvoyOld, at, "Envoy v"+v.Original()+" is too old", why+" Take a newer image."))
		}
	}
	if account, region := ecr(image); region != "" && strings.Contains(image, "/aws-appmesh-envoy:") {
		want := envoyAccounts()[region]
		if want == "" {
			want = envoyAccount
		}
		if account != want && isEnvoyAccount(account) {
			out = append(out, parts.Found(CodeEnvoyAccount, at, fmt.Sprintf("The account %s has no Envoy image in %s", account, region),
				fmt.Sprintf("There it is %s: `%s`.", want, strings.Replace(image, account, want, 1))))
		}
	}
	return out
}

func isEnvoyAccount(account string) bool {
	for _, a := range envoyAccounts() {
		if a == account {
			return true
		}
	}
	return account == envoyAccount
}

// envoyVersion is the version in the tag of AWS's image, nil where there is none to read.
func envoyVersion(image string) *version.Version {
	found := regexp.MustCompile(`/aws-appmesh-envoy:v(\d+\.\d+\.\d+\.\d+)`).FindStringSubmatch(image)
	if found == nil {
		return nil
	}
	v, err := version.NewVersion(found[1])
	if err != nil {
		return nil
	}
	return v
}

// ecr is the account and the region of an image in ECR, empty for one elsewhere.
func ecr(image string) (account, region string) {
	found := regexp.MustCompile(`^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.`).FindStringSubmatch(image)
	if found == nil {
		return "", ""
	}
	return found[1], found[2]
}

// meshRules: one mesh and one namespace, own or existing.
func meshRules(r *rollout) diag.List {
	var out diag.List
	m := r.mesh
	if m.Existing.Said() && parts.Said(m.Name) {
		out = append(out, parts.Found(CodeMeshTwice, m.Existing.Range, "Both name and existing of the mesh are said", "`name` is of a mesh that is made here, `existing` of one that is there. Keep one of them.", m.Name.Range))
	}
	if m.Existing.Said() && parts.Said(m.EgressFilter) {
		out = append(out, parts.Found(CodeMeshTwice, m.EgressFilter.Range, "The egress filter is the existing mesh's own", "It is set where the mesh is made. Take it out.", m.Existing.Range))
	}
	switch n := m.Namespace; {
	case n.Existing != nil && parts.Said(n.Name):
		out = append(out, parts.Found(CodeMeshTwice, n.Existing.Range, "Both name and existing of the namespace are said", "`name` is of a namespace that is made here, `existing` of one that is there. Keep one of them.", n.Name.Range))
	case n.Existing == nil && !parts.Said(n.Name):
		out = append(out, parts.Found(CodeMeshTwice, n.Range, "The mesh has no namespace", "The tasks register in one. Write `mesh: {namespace: {name: mesh.local}}`, or `existing` with its id and name."))
	}
	return out
}

// nameRules: a name that resolves, and that Cloud Map takes.
func nameRules(r *rollout) diag.List {
	if r.namespace == "" {
		return nil
	}
	var out diag.List
	at := r.mesh.VirtualService.Range
	if !parts.Said(r.mesh.VirtualService) {
		at = r.In.Name.Range
	}
	if !strings.HasSuffix(r.virtualService, "."+r.namespace) {
		out = append(out, parts.Warn(CodeUnresolved, at, "The name "+r.virtualService+" is not in the namespace "+r.namespace,
			"Clients look the name up before Envoy takes the request over. Write <name>."+r.namespace+", or see to it that the name resolves to any address.", r.mesh.Namespace.Range))
	}
	for label := range strings.SplitSeq(r.discovery, ".") {
		if len(label) > dnsLabel {
			out = append(out, parts.Found(CodeName, at, fmt.Sprintf("%s has %d characters, and DNS takes %d between two points", label, len(label), dnsLabel),
				"The tasks register under it. Write a shorter `virtual_service`."))
		}
	}
	if len(r.discovery) > discoveryName {
		out = append(out, parts.Found(CodeName, at, fmt.Sprintf("%s has %d characters, and Cloud Map takes %d", r.discovery, len(r.discovery), discoveryName),
			"The tasks register under it. Write a shorter `virtual_service`."))
	}
	return out
}

// dnsLabel is how long a part of a DNS name may be (domain.md 7.1: API-SD).
const dnsLabel = 63
