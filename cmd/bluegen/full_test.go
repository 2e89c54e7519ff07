package main

import (
	"fmt"
	"os/exec"
	"strings"
	"testing"
)

// mounted is a tmpfs in a folder of its own; remount changes its options. Where this system does not let the test mount, it says so
// and ok is false.
func mounted(t *testing.T) (dir string, remount func(options string), ok bool) {
	t.Helper()
	dir = t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=64m,nr_inodes=100k", "tmpfs", dir).CombinedOutput(); err != nil {
		t.Logf("NOT RUN: this system lets nobody mount a tmpfs here: %v %s", err, out)
		return dir, nil, false
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", dir).CombinedOutput(); err != nil {
			t.Errorf("umount: %v %s", err, out)
		}
	})
	return dir, func(options string) {
		t.Helper()
		if out, err := exec.Command("mount", "-o", "remount,"+options, dir).CombinedOutput(); err != nil {
			t.Fatalf("remount,%s: %v %s", options, err, out)
		}
	}, true
}

// used is how many blocks of 4 KiB and how many files a file system has.
func used(t *testing.T, dir string) (blocks, inodes int) {
	t.Helper()
	for _, field := range []struct {
		flag string
		into *int
	}{{"-k", &blocks}, {"-i", &inodes}} {
		out, err := exec.Command("df", field.flag, "-P", dir).Output()
		if err != nil {
			t.Fatal(err)
		}
		last := strings.Split(strings.TrimSpace(string(out)), "\n")
		var device string
		var total, taken int
		if _, err := fmt.Sscan(last[len(last)-1], &device, &total, &taken); err != nil {
			t.Fatal(err)
		}
		*field.into = taken
	}
	return blocks / 4, inodes
}

// TestFullDisk: a tmpfs that has room for a part of what a run must write, from nothing to all of it. The run either fails, says that
// the disk is full and leaves the old tree, or it writes the new one. Once there is room it writes the new one.
func TestFullDisk(t *testing.T) {
	if !asked(t, "a full disk") {
		return
	}
	dir, remount, ok := mounted(t)
	if !ok {
		return
	}
	both, random := wishes(t), random(t)
	generated(t, dir, both[0], both[0])
	blocks, inodes := used(t, dir)
	outcomes := map[string]int{}
	for i := range 80 {
		was, is := both[0], both[1]
		remount("size=64m,nr_inodes=100k")
		save(t, dir, files{is.name: is.text})
		if i%2 == 0 {
			remount(fmt.Sprintf("size=%dk", 4*(blocks+random.IntN(blocks+20))))
		} else {
			remount(fmt.Sprintf("nr_inodes=%d", inodes+random.IntN(inodes+20)))
		}
		code, said := runs(t, dir, "generate")
		switch {
		case code == 0:
			outcomes["written"]++
			equal(t, "written", dir, is.tree)
			both[0], both[1] = both[1], both[0]
			blocks, inodes = used(t, dir)
			continue
		case code != 1 || !strings.Contains(said, "BG3011") || !strings.Contains(said, "make room"):
			t.Fatalf("exit %d\n%s", code, said)
		}
		outcomes["refused"]++
		equal(t, "refused", dir, old(was, is))
		if code, said := runs(t, dir, "check"); code != 3 || strings.Contains(said, "interrupted") {
			t.Fatalf("check on a full disk: exit %d\n%s", code, said)
		}
	}
	t.Logf("80 disks: %s", told(outcomes))
	if outcomes["refused"] < 10 || outcomes["written"] < 2 {
		t.Error("the disk was never full, or never large enough: nothing was proven")
	}
	remount("size=64m,nr_inodes=100k")
	save(t, dir, files{both[1].name: both[1].text})
	if code, said := runs(t, dir, "generate"); code != 0 {
		t.Fatal(said)
	}
	equal(t, "with room again", dir, both[1].tree)
}

// TestReadOnlyDisk: check and an idle generate work; a generate that must write says what is wrong, and changes nothing.
func TestReadOnlyDisk(t *testing.T) {
	if !asked(t, "a read-only disk") {
		return
	}
	dir, remount, ok := mounted(t)
	if !ok {
		return
	}
	both := wishes(t)
	generated(t, dir, both[0], both[0])
	remount("ro")
	for _, verb := range []string{"check", "generate", "diff"} {
		if code, said := runs(t, dir, verb); code != 0 {
			t.Errorf("%s with nothing to do: exit %d\n%s", verb, code, said)
		}
	}
	remount("rw")
	save(t, dir, files{both[1].name: both[1].text})
	remount("ro")
	for _, args := range [][]string{{"generate"}, {"generate", "--force"}} {
		if code, said := runs(t, dir, args...); code != 1 || !strings.Contains(said, "BG3011") || !strings.Contains(said, "read-only") {
			t.Errorf("%v: exit %d\n%s", args, code, said)
		}
	}
	if code, said := runs(t, dir, "check"); code != 3 {
		t.Errorf("check: exit %d\n%s", code, said)
	}
	equal(t, "tree", dir, old(both[0], both[1]))
}
