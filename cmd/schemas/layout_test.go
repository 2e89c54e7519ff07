package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLayout(t *testing.T) {
	t.Parallel()
	wide := strings.Repeat("a", lineWidth)
	for _, tc := range []struct{ name, from, want string }{
		{"empty", `{}`, "{}\n"},
		{"no object", `[2, 1]`, "[2,1]\n"},
		{"sorted, the outermost always open", `{"b": 1, "a": {"d": true, "c": null}}`, "{\n \"a\": {\"c\":null,\"d\":true},\n \"b\": 1\n}\n"},
		{"what fits no line is opened", `{"a": {"b": "` + wide + `"}}`, "{\n \"a\": {\n  \"b\": \"" + wide + "\"\n }\n}\n"},
		{"lists stay on their line", `{"a": ["` + wide + `", "b"]}`, "{\n \"a\": [\"" + wide + "\",\"b\"]\n}\n"},
		{"no escapes for a browser", `{"a<b>": "#{protocol} & co"}`, "{\n \"a<b>\": \"#{protocol} & co\"\n}\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var v any
			if err := json.Unmarshal([]byte(tc.from), &v); err != nil {
				t.Fatal(err)
			}
			got := layout(v)
			if diff := cmp.Diff(tc.want, string(got)); diff != "" {
				t.Error(diff)
			}
			var again any
			if err := json.Unmarshal(got, &again); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(got), string(layout(again))); diff != "" {
				t.Errorf("no fixed point:\n%s", diff)
			}
		})
	}
}
