package parts

import (
	"fmt"
	"testing"
)

func TestWithin(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind, narrow, wide string
		want               bool
	}{
		{"path_pattern", "/a", "/a", true},
		{"path_pattern", "/A", "/a", false},
		{"path_pattern", "/a/b/c", "/a/*", true},
		{"path_pattern", "/a", "/a/*", false},
		{"path_pattern", "/a/*", "/a/b", false},
		{"path_pattern", "/a*c*", "/a*", true},
		{"path_pattern", "/a*", "/a*c*", false},
		{"path_pattern", "/xabab", "/*ab", true},
		{"path_pattern", "/a?", "/a*", true},
		{"path_pattern", "/a*", "/a?", false},
		{"path_pattern", "/ab", "/a?", true},
		{"path_pattern", "/a", "/a**", true},
		{"path_pattern", `/a\*`, `/a\*`, true},
		{"path_pattern", `/a\*`, "/a*", false},
		{"host_header", "API.example.com", "*.example.com", true},
		{"host_header", "example.com", "*.example.com", false},
		{"http_header", "Chrome", "chrome", true},
		{"http_request_method", "GET", "GET", true},
		{"http_request_method", "get", "GET", false},
		{"source_ip", "10.1.0.0/16", "10.0.0.0/8", true},
		{"source_ip", "10.0.0.0/8", "10.1.0.0/16", false},
		{"source_ip", "10.0.0.0/8", "::/0", false},
	} {
		t.Run(fmt.Sprintf("%s %s in %s", c.kind, c.narrow, c.wide), func(t *testing.T) {
			t.Parallel()
			if got := within(c.kind, c.narrow, c.wide); got != c.want {
				t.Errorf("%t", got)
			}
		})
	}
}
