package fleet

import (
	"fmt"
	"testing"

	"bluegen/generator/blueprint"
	"bluegen/generator/parts"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
	"pgregory.net/rapid"
)

func texts(t *rapid.T) []blueprint.At[string] {
	return ats(rapid.SliceOfN(rapid.StringMatching(`[ -~é]{1,8}`), 1, 3).Draw(t, "values"))
}

func condition(t *rapid.T) (c blueprint.Condition) {
	switch rapid.IntRange(0, 5).Draw(t, "kind") {
	case 0:
		c.HostHeader = texts(t)
	case 1:
		c.PathPattern = texts(t)
	case 2:
		c.HTTPHeader = &blueprint.HTTPHeader{Name: texts(t)[0], Values: texts(t)}
	case 3:
		c.HTTPRequestMethod = texts(t)
	case 4:
		for _, v := range texts(t) {
			key := ""
			if rapid.Bool().Draw(t, "keyed") {
				key = "k" + v.V
			}
			c.QueryString = append(c.QueryString, blueprint.QueryPair{Key: blueprint.At[string]{V: key}, Value: v})
		}
	default:
		c.SourceIP = texts(t)
	}
	return c
}

// TestPack: what is unpacked is what was packed.
func TestPack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		when := rapid.SliceOfN(rapid.Custom(condition), 1, 4).Draw(t, "when")
		if diff := cmp.Diff(when, unpack(pack(when))); diff != "" {
			t.Fatal(diff)
		}
	})
}

// TestPackName: a name that is kept says the same text.
func TestPackName(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.StringMatching(`[a-z_]{1,20}`), 0, 3).Draw(t, "words")
		n := parts.ClaimedName{What: "role", Global: rapid.Bool().Draw(t, "global"), Prefix: "/x/", Limit: rapid.SampledFrom([]int{32, 64, 255}).Draw(t, "limit"), Words: words}
		if got, want := unpackName(packName(n)).Text("orders", "eu"), n.Text("orders", "eu"); got != want {
			t.Fatalf("%q, want %q", got, want)
		}
	})
}

// TestShortNamesThatMeet: two names of one hash are told, two texts of one key are not.
func TestShortNamesThatMeet(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	group := parts.ClaimedName{What: "target group", Limit: parts.TargetGroupName, Words: []string{"web", "blue"}}
	// A birthday among names that begin alike: 24 bits of hash meet within some ten thousand.
	for i := range 40_000 {
		name := fmt.Sprintf("a-service-with-a-long-name-%d", i)
		text := group.Text(name, "production")
		first, met := seen[text]
		seen[text] = name
		if !met {
			continue
		}
		f := New()
		for _, n := range []string{first, name} {
			s := &blueprint.Service{Name: blueprint.At[string]{V: n, Range: hcl.Range{Filename: n}}, Environment: blueprint.At[string]{V: "production"}}
			s.Terraform.Provider.AllowedAccountIDs = []blueprint.At[string]{{V: "012345670123"}}
			s.Terraform.Provider.Region = blueprint.Value[string]{From: blueprint.Literal, V: "eu-central-1"}
			f.Add(func(name string) string { return name }, Of(s, parts.Claims{Names: []parts.ClaimedName{group}}))
		}
		list := f.Judge()
		if len(list) != 1 || list[0].Code != CodeName || list[0].Subject.Filename != name {
			t.Fatal(list)
		}
		f.names[1].item = f.words.of(packName(parts.ClaimedName{What: "target group", Limit: parts.TargetGroupName, Words: []string{"web", "green"}}))
		if list := f.Judge(); len(list) != 0 {
			t.Fatal(list)
		}
		return
	}
	t.Fatal("no two names met")
}
