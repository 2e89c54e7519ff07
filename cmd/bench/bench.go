package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
)

// bench is one run.
type bench struct {
	options
	bluegen, scratch string
	rows             []row
	files            int // that the fleet has when it is generated
}

// row is one comparison: what bluegen took beside what another took for the same files.
type row struct {
	what, beside string
	ours, theirs cost
	limit        string // what the product aims at
	own          bool   // the other is bluegen, too
}

// run measures in turns, so that what the machine does meanwhile meets everybody.
func (b *bench) run(ctx context.Context) error {
	if err := b.fleet(ctx); err != nil {
		return err
	}
	if err := b.one(ctx); err != nil {
		return err
	}
	return b.growth(ctx)
}

// fleet measures generate and check of all services.
func (b *bench) fleet(ctx context.Context) error {
	var cold, first, warm, untar, synced, sums, peer []cost
	for range b.rounds {
		folder, t, c, err := b.cold(ctx, b.services)
		if err != nil {
			return err
		}
		cold, b.files = append(cold, c), t.files
		for _, step := range []struct {
			into *[]cost
			run  func() (cost, error)
		}{
			{&untar, func() (cost, error) { return b.untar(ctx, folder, t, false) }},
			{&synced, func() (cost, error) { return b.untar(ctx, folder, t, true) }},
			{&first, func() (cost, error) { return b.first(ctx, folder) }},
			{&warm, func() (cost, error) { return b.measure(ctx, folder, b.bluegen, "check", "-r") }},
			{&sums, func() (cost, error) { return b.fed(ctx, folder, "xargs", "-0", "sha256sum", "--") }},
			{&peer, func() (cost, error) { return b.peer(ctx, folder, t) }},
		} {
			c, err := step.run()
			if err != nil {
				return err
			}
			*step.into = append(*step.into, c)
		}
		if again, err := generated(folder, io.Discard); err != nil || again.sum != t.sum {
			return errors.Join(err, errors.New("check has changed files"))
		}
		if err := b.notices(ctx, folder); err != nil {
			return err
		}
		if err := os.RemoveAll(folder); err != nil {
			return err
		}
	}
	b.rows = append(b.rows,
		row{"generate, cold", "tar -x of the same files, each synced", best(cold), best(synced), "2", false},
		row{"generate, cold", "tar -x of the same files, nothing synced", best(cold), best(untar), "", false},
		row{"check, the first", "sha256sum of the same files", best(first), best(sums), "", false},
		row{"check, warm", "sha256sum of the same files", best(warm), best(sums), "1.5", false})
	if b.terramate != "" {
		b.rows = append(b.rows, row{"generate, cold", "terramate generate of as many files, nothing synced", best(cold), best(peer), "0.1", false})
	}
	return nil
}

// cache is where bluegen remembers what check has found.
func (b *bench) cache() string { return filepath.Join(b.scratch, "cache") }

// first is a check that remembers nothing of an earlier one.
func (b *bench) first(ctx context.Context, folder string) (cost, error) {
	if err := os.RemoveAll(b.cache()); err != nil {
		return cost{}, err
	}
	return b.measure(ctx, folder, b.bluegen, "check", "-r")
}

// notices holds a warm check to its work: one byte of one file is another, and it must say so.
func (b *bench) notices(ctx context.Context, folder string) error {
	name := filepath.Join(folder, "orders", output, "main.tf")
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	data[len(data)/2] ^= 1
	if err := os.WriteFile(name, data, 0o600); err != nil {
		return err
	}
	var exit *exec.ExitError
	if _, err := b.measure(ctx, folder, b.bluegen, "check", "-r"); !errors.As(err, &exit) || exit.ExitCode() != 3 {
		return fmt.Errorf("a changed file is not noticed: %w", err)
	}
	return nil
}

// cold generates n services into a new folder and holds the result to the golden files and to its count.
func (b *bench) cold(ctx context.Context, n int) (folder string, t tree, c cost, err error) {
	if folder, err = os.MkdirTemp(b.scratch, "fleet-"); err != nil {
		return folder, t, c, err
	}
	if err = write(folder, n); err != nil {
		return folder, t, c, err
	}
	if c, err = b.measure(ctx, folder, b.bluegen, "generate", "-r"); err != nil {
		return folder, t, c, err
	}
	if t, err = b.listed(folder); err != nil {
		return folder, t, c, err
	}
	if err = likeGolden(folder); err != nil {
		return folder, t, c, err
	}
	if t.files != n*t.first {
		return folder, t, c, fmt.Errorf("%d services have %d files, not %d each", n, t.files, t.first)
	}
	return folder, t, c, nil
}

// list is the file with the names of a fleet's files.
func (b *bench) list() string { return filepath.Join(b.scratch, "list") }

// listed is generated, with the names in the list.
func (b *bench) listed(folder string) (t tree, err error) {
	list, err := os.Create(b.list())
	if err != nil {
		return t, err
	}
	out := bufio.NewWriter(list)
	t, err = generated(folder, out)
	return t, errors.Join(err, out.Flush(), list.Close())
}

// untar measures tar, and a sync of every file behind it: bluegen's own promise is that what it has written is on the disk.
func (b *bench) untar(ctx context.Context, folder string, want tree, sync bool) (cost, error) {
	archive := filepath.Join(b.scratch, "fleet.tar")
	if _, err := b.fed(ctx, folder, "tar", "-cf", archive, "--null", "-T", "-"); err != nil {
		return cost{}, err
	}
	into, err := os.MkdirTemp(b.scratch, "tar-")
	if err != nil {
		return cost{}, err
	}
	c, err := b.measure(ctx, into, "tar", "-xf", archive)
	if err == nil && sync {
		var more cost
		more, err = b.fed(ctx, into, "xargs", "-0", "sync", "--")
		c = c.plus(more)
	}
	got, wrong := generated(into, io.Discard)
	if err = errors.Join(err, wrong); err == nil && got.sum != want.sum {
		err = errors.New("tar has unpacked something else")
	}
	return c, errors.Join(err, os.RemoveAll(into))
}

// one measures a single service, which is what a hook of git sees.
func (b *bench) one(ctx context.Context) error {
	folder, _, _, err := b.cold(ctx, 1)
	if err != nil {
		return err
	}
	var fresh, warm, bare []cost
	for range 10 * b.rounds {
		for _, step := range []struct {
			into *[]cost
			args []string
		}{{&fresh, []string{"check", "--fresh"}}, {&warm, []string{"check"}}, {&bare, []string{"version"}}} {
			c, err := b.measure(ctx, filepath.Join(folder, "orders"), append([]string{b.bluegen}, step.args...)...)
			if err != nil {
				return err
			}
			*step.into = append(*step.into, c)
		}
	}
	const bareStart, limit = "bluegen version, the bare start", "30 ms, 50 MiB"
	b.rows = append(b.rows,
		row{"check of one service, the first", bareStart, best(fresh), best(bare), limit, true},
		row{"check of one service, warm", bareStart, best(warm), best(bare), limit, true})
	return nil
}

// growth measures check over fleets of several sizes.
func (b *bench) growth(ctx context.Context) error {
	sizes := []int{max(b.services/10, 1), b.services, 10 * b.services}
	var first, warm []cost
	for _, n := range sizes {
		folder, _, _, err := b.cold(ctx, n)
		if err != nil {
			return err
		}
		var firsts, warms []cost
		for range b.rounds {
			c, err := b.first(ctx, folder)
			if err != nil {
				return err
			}
			again, err := b.measure(ctx, folder, b.bluegen, "check", "-r")
			if err != nil {
				return err
			}
			firsts, warms = append(firsts, c), append(warms, again)
		}
		first, warm = append(first, best(firsts)), append(warm, best(warms))
		if err := os.RemoveAll(folder); err != nil {
			return err
		}
	}
	for i, n := range sizes[1:] {
		limit := fmt.Sprintf("%.0f, memory 1.2", float64(n)/float64(sizes[0]))
		of := func(n int) string { return "check of " + strconv.Itoa(n) + " services" }
		b.rows = append(b.rows,
			row{of(n) + ", the first", of(sizes[0]), first[i+1], first[0], limit, true},
			row{of(n) + ", warm", of(sizes[0]), warm[i+1], warm[0], limit, true})
	}
	return nil
}

// fed is measure of a command that reads the list.
func (b *bench) fed(ctx context.Context, folder string, args ...string) (c cost, err error) {
	list, err := os.Open(b.list())
	if err != nil {
		return c, err
	}
	defer func() { err = errors.Join(err, list.Close()) }()
	return b.measureInput(ctx, folder, list, args...)
}
