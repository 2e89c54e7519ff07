// Command bench is the maintainers' tool behind `make bench`: it measures bluegen over a fleet of services beside tools that do the same
// work, all in one run, and prints ratios. Users never run it.
//
//	go run ./cmd/bench                         1,000 services, on the file system of TMPDIR
//	go run ./cmd/bench -n 100 -rounds 1        a quick look
//	go run ./cmd/bench -terramate terramate    beside terramate's generate, too
//	go run ./cmd/bench -docs docs/speed.md     and put the table into the page
//
// On a disk a sync costs more than all the rest; TMPDIR=/dev/shm and -where memory measure the rest.
//
// Every tool's output is counted and hashed before a number is reported: what did not do the work has no time.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
)

// options are the flags.
type options struct {
	services, rounds int
	// where says what kind of file system is measured, as the page calls it.
	terramate, docs, where string
}

func main() {
	var o options
	flag.IntVar(&o.services, "n", 1000, "services of the fleet")
	flag.IntVar(&o.rounds, "rounds", 3, "rounds, of which the best counts")
	flag.StringVar(&o.terramate, "terramate", "", "the terramate binary, to measure it too")
	flag.StringVar(&o.docs, "docs", "", "the page whose table is replaced")
	flag.StringVar(&o.where, "where", "disk", "which of its tables: disk or memory")
	flag.Parse()
	// What this process has taken at most counts as a child's until the child has grown above it.
	debug.SetGCPercent(20)
	if err := run(context.Background(), o, os.Stdout); err != nil {
		log.SetFlags(0)
		log.Fatalln("bench:", err)
	}
}

func run(ctx context.Context, o options, console io.Writer) (err error) {
	scratch, err := os.MkdirTemp("", "bluegen-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(scratch)) }()
	binary := filepath.Join(scratch, "bluegen")
	if out, err := exec.CommandContext(ctx, "go", "build", "-o", binary, "./cmd/bluegen").CombinedOutput(); err != nil {
		return fmt.Errorf("building bluegen: %w\n%s", err, out)
	}
	b := &bench{options: o, bluegen: binary, scratch: scratch}
	if err := b.run(ctx); err != nil {
		return err
	}
	table := b.table()
	fmt.Fprint(console, table)
	if o.docs == "" {
		return nil
	}
	return putTable(o.docs, o.where, table)
}
