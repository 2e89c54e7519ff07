package cli

import (
	"bytes"
	"strings"

	"bluegen/generator/diag"
	"bluegen/generator/disk"

	"github.com/hashicorp/hcl/v2"
)

// The codes of a file that check and diff find. What is edited or in the way has the codes of package disk.
const (
	codeFileMissing   diag.Code = "BG5002"
	codeFileOutOfDate diag.Code = "BG5003"
	codeFileOrphaned  diag.Code = "BG5004"
)

// rows are the files that are not as the blueprint says, as findings: for the formats that know nothing else.
func (o *outcome) rows() []finding {
	var out []finding
	for _, c := range o.changes {
		if pending(c) {
			out = append(out, o.row(c))
		}
	}
	return out
}

// row is one of them, with who has changed since it was written. An edit says so itself.
func (o *outcome) row(c change) finding {
	f := c.finding()
	for _, t := range o.trees {
		if t.environment == c.environment && t.because != "" && c.Action != disk.Conflict {
			why := t.because
			if what, ok := strings.CutPrefix(why, "the "); ok { // bluegen's own name has no capital
				why = "The " + what
			}
			f.Detail = why + ". " + f.Detail
		}
	}
	return f
}

func (c change) finding() finding {
	d := diag.Diagnostic{Code: codeFileOutOfDate, Summary: "The file is not what the blueprint says", Detail: "bluegen diff shows the difference. Run bluegen generate, and commit what it writes."}
	switch c.Action {
	case disk.Conflict:
		d = c.Diagnostic()
	case disk.Create:
		d.Code, d.Summary, d.Detail = codeFileMissing, "The file is missing", "Run bluegen generate, and commit what it writes."
	case disk.Delete:
		d.Code, d.Summary, d.Detail = codeFileOrphaned, "The blueprint does not want the file any more", "Run bluegen generate: it deletes the file. Commit that."
	case disk.Unchanged, disk.Update, disk.Stray:
	}
	d.Environment = c.environment
	d.Subject = hcl.Range{Filename: c.Path}
	if line := firstDifference(c.Old, c.New); line > 0 {
		d.Subject.Start.Line, d.Subject.End.Line = line, line
	}
	return finding{Diagnostic: d, file: c.path}
}

// firstDifference is the line of old, from 1, where another text begins to be different; 0 where there is nothing to compare.
func firstDifference(old, other []byte) int {
	if old == nil || other == nil {
		return 0
	}
	same := 0
	for same < len(old) && same < len(other) && old[same] == other[same] {
		same++
	}
	// At the very end there is no line any more to point at.
	if same == len(old) && same > 0 {
		same--
	}
	return bytes.Count(old[:same], []byte("\n")) + 1
}
