//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package disk

import (
	"context"
	"errors"
)

// Lock fails where the system has no lock on a folder: without it two runs could mix their files.
func (d *Dir) Lock(context.Context) (func(), error) { return nil, errors.ErrUnsupported }
