package cli

import (
	"bytes"
	"fmt"
	"strings"

	"bluegen/generator/disk"

	"github.com/aymanbagabas/go-udiff"
)

// mostEdit bounds the lines of an edit that goes with a diagnostic; diff prints it whole. What --force takes away has no bound:
// it is shown once and never again.
const mostEdit = 40

// edits shows what somebody did to a generated file: against what bluegen wrote last, and against what it wants now. The two are
// one where bluegen still wants what it wrote.
func edits(shown string, c disk.Change, whole bool) string {
	const wrote, wants = "as bluegen wrote it", "as bluegen wants it now"
	switch {
	case c.Reason == disk.LineEndings:
		return "" // every line, and no work of anybody's
	case c.Reason == disk.Unclaimed:
		return edit(shown, wants, c.New, c.Old, whole)
	case c.Wrote == nil && c.New == nil:
		return unknown(c)
	case c.Wrote == nil:
		return unknown(c) + edit(shown, wants, c.New, c.Old, whole)
	case c.New == nil:
		return edit(shown, wrote, c.Wrote, c.Old, whole)
	case bytes.Equal(c.Wrote, c.New):
		return edit(shown, wrote+" and wants it", c.Wrote, c.Old, whole)
	default:
		return edit(shown, wrote, c.Wrote, c.Old, whole) + edit(shown, wants, c.New, c.Old, whole)
	}
}

// lost is the edit that --force takes away, whole: from what it was made to, as far as that is known.
func (c change) lost() string {
	if c.Wrote != nil {
		c.New = c.Wrote
	}
	return edits(c.path, c.Change, true)
}

// edit is one diff, from a text of bluegen's to what the disk holds.
func edit(shown, from string, before, after []byte, whole bool) string {
	diff := udiff.Unified(shown+" ("+from+")", shown+" (on disk)", string(before), string(after))
	if whole {
		return diff
	}
	return shortened(diff)
}

// shortened cuts a diff to what goes with a diagnostic.
func shortened(diff string) string {
	lines := strings.SplitAfter(diff, "\n")
	if len(lines) > mostEdit {
		rest := len(lines) - mostEdit
		lines = append(lines[:mostEdit:mostEdit], fmt.Sprintf("... and %d lines more: bluegen diff shows them all\n", rest))
	}
	return strings.Join(lines, "")
}

// unknown says that the text cannot be shown, and why.
func unknown(c disk.Change) string {
	return fmt.Sprintf("What bluegen wrote last is not known: the manifest keeps its hash (sha256 %.12s), and neither this run nor\nthe file's last %d commits in git have a text with that hash.\n", c.WroteSHA256, mostCommits)
}
