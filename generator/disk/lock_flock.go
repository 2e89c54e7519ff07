//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package disk

import (
	"context"
	"errors"
	"syscall"
	"time"
)

// Lock takes an advisory lock on the folder itself, so that no lock file stays in the repository. The system releases it
// when the process ends, however it ends.
func (d *Dir) Lock(ctx context.Context) (func(), error) {
	const retry = 5 * time.Millisecond
	folder, err := d.root.Open(".")
	if err != nil {
		return nil, err
	}
	for {
		err := syscall.Flock(int(folder.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		switch {
		case err == nil:
			// What another run has done meanwhile may have put a new directory in the place of the one that is open.
			if err := d.leave(); err != nil {
				return nil, errors.Join(err, folder.Close())
			}
			return func() { _ = folder.Close() }, nil
		case !errors.Is(err, syscall.EWOULDBLOCK) && !errors.Is(err, syscall.EINTR):
			return nil, errors.Join(err, folder.Close())
		}
		select {
		case <-ctx.Done():
			return nil, errors.Join(ctx.Err(), folder.Close())
		case <-time.After(retry):
		}
	}
}
