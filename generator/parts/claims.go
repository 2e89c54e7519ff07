package parts

import (
	"strings"

	"bluegen/generator/blueprint"

	"github.com/hashicorp/hcl/v2"
)

// Claims are what a service in one environment takes of what it shares with others: names in its account, rules in listeners, places
// in a load balancer or a namespace. The rules over a whole fleet read nothing else of an engine.
type Claims struct {
	Names  []ClaimedName
	Rules  []ClaimedRule
	Places []ClaimedPlace
}

// ClaimedName is a physical name, as the words that Name is given behind the service and its environment.
type ClaimedName struct {
	// What is the kind of thing that has it: names of two kinds never meet.
	What string
	// Global says that it is unique in an account, not only in a region of one.
	Global bool
	// Yields says that AWS refuses no second one: who applies later changes what the other made.
	Yields bool
	// Prefix goes before it, Limit is the length of what follows.
	Prefix string
	Limit  int
	Words  []string
}

// Text is the name itself.
func (n ClaimedName) Text(service, environment string) string {
	text := Name(n.Limit, append([]string{service, environment}, n.Words...)...)
	if n.Limit == TargetGroupName {
		text = strings.ReplaceAll(text, "_", "-")
	}
	return n.Prefix + text
}

// ClaimedRule is a rule in a listener.
type ClaimedRule struct {
	// What says which one it is: the production rule of web.
	What string
	// Listener is never unset: an omitted one is the variable that it becomes.
	Listener blueprint.Value[string]
	Priority blueprint.At[int]
	When     []blueprint.Condition
	// Groups are the target groups that come with it, Targets the tasks in them between two deployments; 0 where another rule brought
	// them.
	Groups, Targets int
}

// PlaceKind is what a place lies in; places of two kinds never meet.
type PlaceKind uint8

// The kinds of places.
const (
	// ListenerPort is a port of a Network Load Balancer.
	ListenerPort PlaceKind = iota
	// DiscoveryName is a name of Service Connect in a namespace, which is said by its ARN.
	DiscoveryName
	// CloudMapName is a name in a private DNS namespace, which is said by its ID.
	CloudMapName
	// ClientName is a name and a port that clients call in a namespace, which is said by its ARN.
	ClientName
)

// ClaimedPlace is a place in something that services share, of which there is one.
type ClaimedPlace struct {
	Kind PlaceKind
	// What says who takes it: the production listener of web.
	What string
	// In is what they share. It is never unset: an omitted one is the variable that it becomes.
	In blueprint.Value[string]
	// Name is the place's: a port or a name.
	Name string
	At   hcl.Range
}

// OrVariable is a value, or the variable that an omitted one becomes.
func OrVariable(v blueprint.Value[string], variable string) blueprint.Value[string] {
	if !v.Said() {
		v.From, v.Name = blueprint.Variable, variable
	}
	return v
}

// State is where an S3 backend keeps the state, and the place that says so; "" without one.
func State(s *blueprint.Service) (bucket, key string, at hcl.Range) {
	b := s.Terraform.Backend
	if b == nil || b.S3 == nil {
		return "", "", hcl.Range{}
	}
	if b.S3.Key.V != "" {
		return b.S3.Bucket.V, b.S3.Key.V, b.S3.Key.Range
	}
	return b.S3.Bucket.V, strings.Join(NonEmpty(s.Name.V, s.Environment.V, "terraform.tfstate"), "/"), s.Name.Range
}

// Claimed are the names of the roles that are made.
func Claimed(roles []RoleFacts) []ClaimedName {
	var out []ClaimedName
	for _, r := range Made(roles) {
		out = append(out, ClaimedRole(r.Name))
	}
	return out
}

// ClaimedRole is a role's name. IAM knows no regions.
func ClaimedRole(words ...string) ClaimedName {
	return ClaimedName{What: "role", Global: true, Limit: RoleName, Words: words}
}
