package blueprint_test

import (
	"os"
	"testing"

	"bluegen/generator/blueprint"
)

// FuzzPut: whatever is read can be said something in, or is refused; what stood there still stands there in its order, and a
// second time changes nothing.
func FuzzPut(f *testing.F) {
	for _, file := range []string{"testdata/example.yaml", "../../blueprint.example.yaml"} {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	for _, text := range []string{"environments: {staging: {a: [1]}}", "environments:\r\n  staging:\r\n    a: 1", "environments: {staging: }", "environments:\n staging: {\n a: 1 }"} {
		f.Add([]byte(text))
	}
	path := []string{"environments", "staging", "terraform", "aws_provider"}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<14 {
			return
		}
		edit, err := blueprint.Put(data, "blueprint.yaml", ">= 6.66", path...)
		if err != nil {
			return
		}
		now, err := blueprint.Rewrite(data, edit)
		if err != nil {
			t.Fatal(err)
		}
		if !blueprint.Said(now, path...) {
			t.Fatalf("it is not said:\n%q\n%q", data, now)
		}
		kept := string(data[:edit.Range.Start.Byte]) + string(data[edit.Range.End.Byte:])
		if string(now[:edit.Range.Start.Byte])+string(now[edit.Range.Start.Byte+len(edit.Text):]) != kept {
			t.Fatalf("other bytes changed:\n%q\n%q", data, now)
		}
		again, err := blueprint.Put(now, "blueprint.yaml", ">= 6.66", path...)
		if err != nil {
			t.Fatal(err)
		}
		if twice, err := blueprint.Rewrite(now, again); err != nil || string(twice) != string(now) {
			t.Fatalf("a second time, %v:\n%q\n%q", err, now, twice)
		}
	})
}
