package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"time"
)

// cost is what a command took: the processes it waited for are in it.
type cost struct {
	wall, cpu time.Duration
	peak      int64 // bytes of the largest resident set
}

// measure runs a command in a folder and adds up its cost. The command must succeed.
func (b *bench) measure(ctx context.Context, folder string, args ...string) (cost, error) {
	return b.measureInput(ctx, folder, nil, args...)
}

func (b *bench) measureInput(ctx context.Context, folder string, input io.Reader, args ...string) (cost, error) {
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Dir, cmd.Stdin, cmd.Env = folder, input, append(os.Environ(), "XDG_CACHE_HOME="+b.cache())
	started := time.Now()
	out, err := cmd.CombinedOutput()
	c := cost{wall: time.Since(started)}
	if err != nil {
		return c, fmt.Errorf("%v: %w\n%.2000s", args, err, out)
	}
	usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return c, errors.New("this system does not tell what a process took")
	}
	c.cpu = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	c.peak = usage.Maxrss
	if runtime.GOOS != "darwin" { // which counts bytes, where the others count KiB
		c.peak *= 1024
	}
	return c, nil
}

// plus is one command after another.
func (c cost) plus(d cost) cost {
	return cost{wall: c.wall + d.wall, cpu: c.cpu + d.cpu, peak: max(c.peak, d.peak)}
}

// best is the round that took the least CPU: what is above it is the machine's own business.
func best(rounds []cost) cost {
	out := rounds[0]
	for _, c := range rounds[1:] {
		if c.cpu < out.cpu {
			out.cpu = c.cpu
		}
		out.wall = min(out.wall, c.wall)
		out.peak = min(out.peak, c.peak)
	}
	return out
}
