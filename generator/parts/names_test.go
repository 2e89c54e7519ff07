package parts

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestName(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a", 40)
	for _, c := range []struct {
		name  string
		limit int
		words []string
		want  string
	}{
		{"short", 32, []string{"orders", "production", "blue"}, "orders-production-blue"},
		{"no environment", 32, []string{"orders", "", "blue"}, "orders-blue"},
		{"exactly the limit", 22, []string{"orders", "production", "blue"}, "orders-production-blue"},
		{"one too long", 21, []string{"orders", "production", "blue"}, "orders-pr-9c9d12-blue"},
		{"the last word survives", 32, []string{long, "green"}, long[:19] + "-ba49db-green"},
		{"unless it is the whole", 32, []string{"orders", long}, "orders-" + long[:18] + "-4e4b4f"},
		{"one word", 32, []string{long}, long[:25] + "-e33cdf"},
		{"no two hyphens", 20, []string{"orders", "x", "yyyyyyyyyyyyyy", "blue"}, ""},
		{"nothing", 32, nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := Name(c.limit, c.words...)
			if len(got) > c.limit || strings.Contains(got, "--") {
				t.Errorf("%q", got)
			}
			if c.want != "" && got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestNameProperties: names are within their limit, the same every time, and two long services do not share one.
func TestNameProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[a-z]([a-z0-9-]{0,60}[a-z0-9])?`)
		limit := rapid.SampledFrom([]int{TargetGroupName, RoleName, FunctionName, ServiceName}).Draw(t, "limit")
		a := rapid.SliceOfN(word, 1, 4).Draw(t, "a")
		b := rapid.SliceOfN(word, 1, 4).Draw(t, "b")
		one, again, other := Name(limit, a...), Name(limit, a...), Name(limit, b...)
		if one != again {
			t.Fatalf("%q and %q", one, again)
		}
		if len(one) == 0 || len(one) > limit || strings.HasPrefix(one, "-") || strings.HasSuffix(one, "-") {
			t.Fatalf("%q", one)
		}
		if (one == other) != (strings.Join(a, "-") == strings.Join(b, "-")) {
			t.Fatalf("%q and %q are both %q", a, b, one)
		}
	})
}

func TestNameOfTwins(t *testing.T) {
	t.Parallel()
	begin := strings.Repeat("x", 60)
	if a, b := Name(TargetGroupName, begin+"a", "blue"), Name(TargetGroupName, begin+"b", "blue"); a == b || !strings.HasSuffix(a, "-blue") {
		t.Errorf("%q and %q", a, b)
	}
}

func TestIdent(t *testing.T) {
	t.Parallel()
	for want, words := range map[string][]string{
		"warm_up": {"warm-up"}, "web_cidr_ipv4": {"web", "cidr_ipv4"}, "a_b_c": {"a-b", "c"}, "plain": {"plain"},
	} {
		if got := Ident(words...); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
