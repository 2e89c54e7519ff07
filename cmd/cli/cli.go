// Package cli is the command line; it is importable so that golden runs it in process.
//
// A verb returns an outcome, a view turns it into text or JSON. Data goes to stdout, talk to stderr, each in one write at
// the end: a closed pipe or a full disk leaves no half message behind. Over a fleet, text is written now and then, between two
// blueprints.
package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"syscall"

	"bluegen/generator"
	"bluegen/generator/trace"
)

// Version is what `bluegen version` prints and the manifest records. It is no build stamp: the same blueprint gives the same
// manifest on every machine.
const Version = "0.1.0"

// The exit codes, as terraform fmt has them.
const (
	exitOK = iota
	// exitError: the blueprint is invalid, a conflict, terraform said no, the disk.
	exitError
	// exitUsage: no such verb, flag or argument.
	exitUsage
	// exitStale: check and diff found files that are not what the blueprint says.
	exitStale
)

// IO is all that a command may see of the world, apart from the files it is told of.
type IO struct {
	// Dir is the working directory, absolute: relative arguments start there.
	Dir string
	// In is read for the argument "-", and for answers.
	In io.Reader
	// Out gets data, Err talk.
	Out, Err io.Writer
	// Terminal says that Err is one, OutTerminal that Out is: status lines and colour, unless NoColour.
	Terminal, OutTerminal, NoColour bool
	// Questions says that somebody can answer: In and Err are terminals.
	Questions bool
	// Width of the terminal in columns; 0 is unknown.
	Width int
	// Records tells a folder of this build's own for what a run remembers for the next one; "" remembers nothing, and so does nil.
	Records func() string
}

// records is Records for who has none, too.
func (w IO) records() string {
	if w.Records == nil {
		return ""
	}
	return w.Records()
}

// app is one run of the command line.
type app struct {
	io        IO
	generator *generator.Generator
	records   *trace.Store
	out, err  bytes.Buffer
	code      int
	// format is that of the verb, once it is known.
	format string
	// many says that the run is over several blueprints, last what the text view printed last of them.
	many   bool
	last   printed
	status *status
	// What could not be written, once that is known.
	outLost, errLost error
}

// printed is what was printed: a diagnostic, which takes several lines, or a line about a tree.
type printed uint8

const (
	nothing printed = iota
	aMessage
	aLine
)

// Run does what args (without the program's name) say and returns the exit code. main has the only os.Exit.
func Run(ctx context.Context, args []string, w IO) int {
	a := &app{io: w, generator: generator.New(), records: trace.NewStore(w.records)}
	a.status = &status{a: a}
	root := a.root()
	root.SetArgs(args)
	root.SetIn(w.In)
	root.SetOut(&a.out)
	root.SetErr(&a.err)
	if err := root.ExecuteContext(ctx); err != nil {
		a.code = a.complain(err)
	}
	return a.flush()
}

// usageError is a command line that cannot be obeyed.
type usageError struct{ verb, message, hint string }

func (e *usageError) Error() string { return e.message }

// complain prints what is not a diagnostic: wrong usage, and failures of the world around.
func (a *app) complain(err error) int {
	if a.format == "github" {
		fmt.Fprintf(&a.out, "::error title=bluegen::%s\n", data(clean(err.Error())))
	}
	var usage *usageError
	if !errors.As(err, &usage) {
		fmt.Fprintf(&a.err, "bluegen: %s\n", clean(err.Error()))
		return exitError
	}
	fmt.Fprintf(&a.err, "bluegen: %s\n", clean(usage.message))
	if usage.hint != "" {
		fmt.Fprintf(&a.err, "%s\n", clean(usage.hint))
	}
	help := "bluegen --help"
	if usage.verb != "" {
		help = "bluegen " + usage.verb + " --help"
	}
	fmt.Fprintf(&a.err, "Run %q to see how it is used.\n", help)
	return exitUsage
}

// mostHeld is how much text waits for the end of a run over several blueprints.
const mostHeld = 64 << 10

// drain writes what is there once it is much, between two blueprints.
func (a *app) drain() {
	if a.out.Len()+a.err.Len() > mostHeld {
		a.status.clear()
		a.write()
	}
}

// write writes both streams. A reader that closed its end (head, a pager) knows what it does: that alone is no complaint.
func (a *app) write() {
	if a.out.Len() > 0 && a.outLost == nil {
		_, a.outLost = a.io.Out.Write(a.out.Bytes())
		if a.outLost != nil && !errors.Is(a.outLost, syscall.EPIPE) {
			fmt.Fprintf(&a.err, "bluegen: standard output cannot be written: %s\n", rootCause(a.outLost))
		}
	}
	a.out.Reset()
	if a.err.Len() > 0 && a.errLost == nil {
		_, a.errLost = a.io.Err.Write(a.err.Bytes())
	}
	a.err.Reset()
}

// flush writes what is left, and returns the exit code.
func (a *app) flush() int {
	a.write()
	if a.outLost != nil || a.errLost != nil && a.code == exitOK {
		return exitError
	}
	return a.code
}

func rootCause(err error) string {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err.Error()
		}
		err = inner
	}
}
