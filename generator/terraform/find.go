package terraform

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	hcinstall "github.com/hashicorp/hc-install"
	hcfs "github.com/hashicorp/hc-install/fs"
	"github.com/hashicorp/hc-install/product"
	"github.com/hashicorp/hc-install/releases"
	"github.com/hashicorp/hc-install/src"
)

// patience bounds the download: without a network the answer must come soon.
const patience = 9 * time.Second

// cacheDir is where a downloaded terraform stays between runs.
func cacheDir() (string, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, "bluegen", "terraform"), nil
}

// find returns a binary and, where it was downloaded to a place that nobody keeps, the folder to remove afterwards.
// Fetch puts a binary into a folder; it is called only when no binary is found.
func find(ctx context.Context, path, cache string, fetch func(ctx context.Context, dir string) (string, error)) (found, temporary string, err error) {
	if path != "" {
		found, err := explicit(ctx, path)
		return found, "", err
	}
	onPath := &hcfs.AnyVersion{Product: &product.Terraform}
	if cache != "" {
		onPath.ExtraPaths = []string{cache}
	}
	if found, err := hcinstall.NewInstaller().Ensure(ctx, []src.Source{onPath}); err == nil {
		return found, "", nil
	}
	dir, err := os.MkdirTemp("", "bluegen-terraform-download-")
	if err != nil {
		return "", "", err
	}
	fetched, err := fetch(ctx, dir)
	if err != nil {
		return "", "", &NotFoundError{Err: errors.Join(err, os.RemoveAll(dir))}
	}
	kept, err := keep(fetched, cache)
	if err != nil {
		return fetched, dir, nil // no cache: use it this once
	}
	return kept, "", os.RemoveAll(dir)
}

func explicit(ctx context.Context, path string) (string, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return "", &NotFoundError{Path: path, Err: err}
	}
	found, err := hcinstall.NewInstaller().Ensure(ctx, []src.Source{&hcfs.AnyVersion{ExactBinPath: absolute}})
	if err != nil {
		return "", &NotFoundError{Path: path, Err: err}
	}
	return found, nil
}

func download(ctx context.Context, dir string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return hcinstall.NewInstaller().Ensure(ctx, []src.Source{&releases.LatestVersion{Product: product.Terraform, InstallDir: dir, Timeout: patience}})
}

// keep copies the binary into the cache through a rename, so that a run beside this one sees no binary or a whole one.
func keep(binary, cache string) (string, error) {
	if cache == "" {
		return "", fs.ErrNotExist
	}
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return "", err
	}
	data, err := os.ReadFile(binary)
	if err != nil {
		return "", err
	}
	part, err := os.CreateTemp(cache, "part-")
	if err != nil {
		return "", err
	}
	_, err = part.Write(data)
	err = errors.Join(err, part.Chmod(0o755), part.Close())
	target := filepath.Join(cache, filepath.Base(binary))
	if err == nil {
		err = os.Rename(part.Name(), target)
	}
	if err != nil {
		return "", errors.Join(fmt.Errorf("the downloaded terraform cannot be cached: %w", err), os.Remove(part.Name()))
	}
	return target, nil
}
