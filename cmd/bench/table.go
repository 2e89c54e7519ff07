package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"
)

// marks are the lines of a page between which a table stands.
func marks(where string) (begin, end string) {
	return "<!-- bench: " + where + " -->\n", "<!-- /bench -->\n"
}

// table is Markdown: ratios first, and what they are made of.
func (b *bench) table() string {
	var out strings.Builder
	fmt.Fprintf(&out, "%d services, %d files, the best of %d rounds, %d processors, %s/%s.\n\n", b.services, b.files, b.rounds, runtime.NumCPU(), runtime.GOOS, runtime.GOARCH)
	out.WriteString("| bluegen | beside | CPU | wall | aim | CPU of both | wall of both | memory |\n|---|---|---|---|---|---|---|---|\n")
	for _, r := range b.rows {
		memory := mebibytes(r.ours.peak)
		if r.own {
			memory += ", " + mebibytes(r.theirs.peak) + ": " + ratio(float64(r.ours.peak), float64(r.theirs.peak))
		}
		fmt.Fprintf(&out, "| %s | %s | %s | %s | %s | %s, %s | %s, %s | %s |\n", r.what, r.beside,
			ratio(r.ours.cpu.Seconds(), r.theirs.cpu.Seconds()), ratio(r.ours.wall.Seconds(), r.theirs.wall.Seconds()), r.limit,
			seconds(r.ours.cpu), seconds(r.theirs.cpu), seconds(r.ours.wall), seconds(r.theirs.wall), memory)
	}
	return out.String()
}

func ratio(ours, theirs float64) string {
	if theirs == 0 {
		return "-"
	}
	return fmt.Sprintf("%.2f", ours/theirs)
}

func seconds(d time.Duration) string {
	if d < time.Second {
		return fmt.Sprintf("%.0f ms", float64(d.Microseconds())/1000)
	}
	return fmt.Sprintf("%.2f s", d.Seconds())
}

func mebibytes(n int64) string { return fmt.Sprintf("%d MiB", n>>20) }

// putTable replaces a table of a page.
func putTable(page, where, table string) error {
	begin, end := marks(where)
	data, err := os.ReadFile(page)
	if err != nil {
		return err
	}
	head, rest, found := strings.Cut(string(data), begin)
	_, tail, closed := strings.Cut(rest, end)
	if !found || !closed {
		return fmt.Errorf("%s has no %s and %s", page, strings.TrimSpace(begin), strings.TrimSpace(end))
	}
	return os.WriteFile(page, []byte(head+begin+"\n"+table+"\n"+end+tail), 0o600)
}
