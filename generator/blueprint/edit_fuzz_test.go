package blueprint_test

import (
	"bytes"
	"testing"

	"bluegen/generator/blueprint"
)

// FuzzRewrite: any bytes and any two edits give the bytes with exactly these edits, or an error; and in whatever loads as a blueprint
// the name can be replaced where Load says that it stands, without another value changing.
func FuzzRewrite(f *testing.F) {
	f.Add([]byte(example(f)), uint16(3), uint16(5), "x", uint16(5), uint16(9), "")
	f.Add([]byte(hashed), uint16(0), uint16(0), "# first\r\n", uint16(20), uint16(10), "é")
	f.Add([]byte("\uFEFFversion: 1\r\n\"name\": 'ord''ers'\r\nengine: ecs\r\nservice: {task_definition: a}\r\n"), uint16(2), uint16(1), "", uint16(1), uint16(3), "")
	f.Add([]byte("{version: 1, name: \"a\\u0062\", engine: ecs, service: {task_definition: a}}"), uint16(1), uint16(1), "", uint16(1), uint16(1), "b")
	f.Add([]byte("overlapping"), uint16(2), uint16(5), "", uint16(3), uint16(7), "x")
	f.Fuzz(func(t *testing.T, data []byte, from, to uint16, text string, from2, to2 uint16, text2 string) {
		first, second := at(int(from), int(to), text), at(int(from2), int(to2), text2)
		checkRewrite(t, data, first, second)
		services, _ := blueprintOf(string(data))
		if len(services) == 0 {
			return
		}
		was := services[0].Name
		edit := blueprint.Edit{Range: was.Range, Text: "renamed"}
		got, err := blueprint.Rewrite(data, edit)
		if err != nil {
			t.Fatalf("the range of the name: %v", err)
		}
		if said := string(data[was.Range.Start.Byte:was.Range.End.Byte]); said != was.V {
			return // in quotes, with escapes, or a block: there the text is not the value
		}
		again, diags := blueprintOf(string(got))
		if len(again) != len(services) {
			t.Fatalf("%q became %q: %v", data, got, diags)
		}
		for i, s := range again {
			if s.Name.V != "renamed" {
				t.Fatalf("the name is %q", s.Name.V)
			}
			s.Name = services[i].Name
			if s.Hash() != services[i].Hash() {
				t.Fatalf("another value changed: %q became %q", data, got)
			}
		}
	})
}

// checkRewrite holds two edits to what they mean: from the back, so that no offset moves.
func checkRewrite(t *testing.T, data []byte, first, second blueprint.Edit) {
	t.Helper()
	got, err := blueprint.Rewrite(data, first, second)
	a, b := first, second
	if b.Range.Start.Byte < a.Range.Start.Byte {
		a, b = b, a
	}
	inside := func(e blueprint.Edit) bool {
		return e.Range.Start.Byte <= e.Range.End.Byte && e.Range.End.Byte <= len(data)
	}
	possible := inside(a) && inside(b) && a.Range.End.Byte <= b.Range.Start.Byte
	if possible != (err == nil) {
		t.Fatalf("edits %v and %v of %d bytes: %v", a.Range, b.Range, len(data), err)
	}
	if err != nil {
		return
	}
	want := append(append([]byte{}, data[:b.Range.Start.Byte]...), b.Text+string(data[b.Range.End.Byte:])...)
	tail := append([]byte{}, want[a.Range.End.Byte:]...)
	want = append(append(want[:a.Range.Start.Byte:a.Range.Start.Byte], a.Text...), tail...)
	if !bytes.Equal(got, want) {
		t.Fatalf("%q, want %q", got, want)
	}
}
