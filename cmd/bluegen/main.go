// Command bluegen turns one blueprint of a service into Terraform for blue/green deployments on Amazon ECS.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"bluegen/cmd/cli"

	"github.com/mattn/go-isatty"
	"golang.org/x/term"
)

func main() { os.Exit(run()) }

// run joins the process to the command line: its streams, its terminal, its signals.
func run() int {
	collectLate(os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "")
	// Caught, a closed pipe is an error of the write and no sudden death between a file and the message about it.
	// Ignoring it instead would be inherited by terraform.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	// The second signal ends the process at once.
	context.AfterFunc(ctx, stop)

	dir, err := os.Getwd()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bluegen: the working directory is gone:", err)
		return 1
	}
	terminal, outTerminal := isatty.IsTerminal(os.Stderr.Fd()), isatty.IsTerminal(os.Stdout.Fd())
	width := 0
	for _, stream := range []*os.File{os.Stdout, os.Stderr} {
		if columns, _, err := term.GetSize(int(stream.Fd())); err == nil {
			width = columns
		}
	}
	return cli.Run(ctx, os.Args[1:], cli.IO{
		Dir: dir, In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		Terminal: terminal, OutTerminal: outTerminal, Questions: terminal && isatty.IsTerminal(os.Stdin.Fd()),
		NoColour: os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb", Width: width, Records: records,
	})
}
