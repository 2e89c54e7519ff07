package hook_test

import (
	"encoding/json"
	"io"
	"log"
	"testing"
)

// discard is a log that nobody reads: a server's complaints of what a test does to it on purpose.
func discard() *log.Logger { return log.New(io.Discard, "", 0) }

func mustJSON(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
