package disk

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"slices"
	"time"
)

// Options of a write.
type Options struct {
	// Force overwrites and removes edited and unclaimed files. Links, directories and pipes stay conflicts.
	Force bool
	// Wait is how long to wait for another run in the same folder; 0 means ten seconds.
	Wait time.Duration
}

// Report says what a write did beyond its plan.
type Report struct {
	// Lost are the rows whose Old was somebody's work and is gone, because of Force.
	Lost []Change
}

// Apply brings the disk to what the plan wants, or leaves it as it was: see the package's comment for the order.
// A conflict, a link or a file that changed since the comparison stops it before anything is written.
// Errors are *Error and *ConflictError; Diagnose tells the user.
func Apply(ctx context.Context, fsys FS, p *Plan, o Options) (Report, error) {
	if err := p.refusal(o.Force); err != nil {
		return Report{}, err
	}
	unlock, err := lock(ctx, fsys, o.Wait)
	if err != nil {
		return Report{}, err
	}
	defer unlock()
	p, before, err := p.renew(fsys, o.Force)
	if err != nil {
		return Report{}, err
	}
	if err := clean(fsys, p.leftovers()); err != nil {
		return Report{}, err
	}
	work := p.work()
	if err := temporariesFree(fsys, work); err != nil {
		return Report{}, err
	}
	after := p.next.Encode()
	if len(work) == 0 && bytes.Equal(before, after) {
		prune(fsys, p.emptied())
		return Report{}, nil
	}
	t := transaction{fsys: fsys, before: before}
	if err := t.run(ctx, p, work, after); err != nil {
		return Report{}, t.undo(err)
	}
	return Report{Lost: lost(work)}, nil
}

// refusal is the error of a plan whose conflicts may not be passed over.
func (p *Plan) refusal(force bool) error {
	for _, c := range p.Conflicts() {
		if !force || !c.Forceable() {
			return &ConflictError{Plan: p}
		}
	}
	return nil
}

func lock(ctx context.Context, fsys FS, wait time.Duration) (func(), error) {
	if wait <= 0 {
		wait = 10 * time.Second
	}
	bounded, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	unlock, err := fsys.Lock(bounded)
	switch {
	case err == nil:
		return unlock, nil
	case ctx.Err() != nil:
		return nil, stopped(ctx.Err())
	case bounded.Err() != nil:
		return nil, locked(wait)
	default:
		return nil, writing(".", err)
	}
}

// renew makes sure, under the lock, that the plan still holds. Another run may have finished in between: then its manifest is
// the one to go on from. The bytes of the manifest are returned, nil when there is none.
func (p *Plan) renew(fsys FS, force bool) (*Plan, []byte, error) {
	now, raw, err := readManifest(fsys)
	if err != nil {
		return nil, nil, err
	}
	if bytes.Equal(now.Encode(), p.before.Encode()) {
		return p, raw, p.verify(fsys)
	}
	again, err := Compare(fsys, now, p.want)
	if err != nil {
		return nil, nil, err
	}
	for _, c := range again.Conflicts() {
		seen := slices.ContainsFunc(p.Conflicts(), func(old Change) bool {
			return old.Path == c.Path && bytes.Equal(old.Old, c.Old)
		})
		if !seen || !force || !c.Forceable() {
			return nil, nil, &ConflictError{Plan: again}
		}
	}
	return again, raw, nil
}

// verify compares again what is about to be replaced: an editor may have saved in between.
func (p *Plan) verify(fsys FS) error {
	look := newLooker(fsys)
	for _, c := range p.work() {
		still, err := look.still(c)
		if err != nil {
			return err
		}
		if !still {
			return changed(c.Path)
		}
	}
	return nil
}

// clean removes what a killed run left.
func clean(fsys FS, names []string) error {
	for _, name := range names {
		f, err := newLooker(fsys).file(name)
		if err != nil {
			return err
		}
		if !f.there || f.at != name || f.info.IsDir() {
			continue
		}
		if err := fsys.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return writing(name, err)
		}
	}
	return nil
}

// temporariesFree makes every temporary file ours before the intent is recorded: what is there later is bluegen's.
func temporariesFree(fsys FS, work []Change) error {
	look := newLooker(fsys)
	names := []string{temporary(ManifestName)}
	for _, c := range work {
		names = append(names, temporary(c.Path))
	}
	for _, name := range names {
		f, err := look.file(name)
		if err != nil {
			return err
		}
		if f.there {
			return obstacle(f.at, Unclaimed)
		}
	}
	return nil
}

func lost(work []Change) []Change {
	return slices.DeleteFunc(slices.Clone(work), func(c Change) bool { return c.Action != Conflict })
}

// prune removes directories that held only files of ours and are empty now. What cannot be removed may stay.
func prune(fsys FS, dirs []string) {
	for _, dir := range dirs {
		if f, err := newLooker(fsys).dir(dir); err != nil || !f.there || f.blocked != NoReason || f.at != dir {
			continue
		}
		_ = fsys.Remove(dir)
	}
}
