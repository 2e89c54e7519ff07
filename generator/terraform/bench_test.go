package terraform

import "testing"

// BenchmarkValidate is init and validate of the module set with six modules, the server already running.
func BenchmarkValidate(b *testing.B) {
	s, view, dir := openSession(b), openView(b, ">= 6.66, < 7.0"), module(b)
	for b.Loop() {
		if out, err := s.Validate(b.Context(), dir, view); err != nil || !out.Valid {
			b.Fatalf("%+v, %v", out, err)
		}
	}
}

// BenchmarkTest is init and five mocked runs of it.
func BenchmarkTest(b *testing.B) {
	s, view, dir := openSession(b), openView(b, ">= 6.66, < 7.0"), module(b)
	for b.Loop() {
		if out, err := s.Test(b.Context(), dir, view); err != nil || !out.OK() {
			b.Fatalf("%+v, %v", out, err)
		}
	}
}
