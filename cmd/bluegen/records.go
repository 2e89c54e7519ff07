package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"

	"bluegen/cmd/cli"
	"bluegen/generator/trace"
)

// records is the folder where this build of bluegen remembers what it has found, in the user's cache: XDG_CACHE_HOME, or the system's
// own. Another build may find something else, so it has another folder. "" is for a machine where nothing can be remembered.
func records() string {
	cache, err := os.UserCacheDir()
	id, ok := build()
	if err != nil || !ok {
		return ""
	}
	return filepath.Join(cache, "bluegen", "check", id)
}

// build tells this binary from every other one by what a compiler's cache goes by, too: where it lies, its size and when it was written.
// The version and the commit are for file systems that give every file one time.
func build() (id string, ok bool) {
	path, err := os.Executable()
	if err != nil {
		return "", false
	}
	info, err := os.Stat(path)
	if err != nil {
		return "", false
	}
	made, _ := debug.ReadBuildInfo()
	return trace.ID(path, fmt.Sprint(info.Size()), fmt.Sprint(info.ModTime().UnixNano()), cli.Version, fmt.Sprint(made)), true
}
