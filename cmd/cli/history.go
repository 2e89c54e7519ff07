package cli

import (
	"context"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"time"

	"bluegen/generator/disk"
)

const (
	// mostCommits bounds how far back git is asked for what bluegen wrote.
	mostCommits = 50
	// mostPatience bounds how long: without an answer the message says so.
	mostPatience = 5 * time.Second
)

// recall fills in what bluegen wrote last where the comparison could not: from the commits that touched the file, if one of them has
// the bytes with the hash of the manifest. Only messages depend on it. Without git, or outside of a repository, nothing is filled in.
func (p *project) recall(ctx context.Context, changes []disk.Change) []disk.Change {
	ctx, cancel := context.WithTimeout(ctx, mostPatience)
	defer cancel()
	out := make([]disk.Change, len(changes))
	for i, c := range changes {
		if c.Reason == disk.Edited && c.Wrote == nil {
			c.Wrote = p.committed(ctx, c)
		}
		out[i] = c
	}
	return out
}

// committed returns the text of a commit that is what bluegen wrote, nil for none.
func (p *project) committed(ctx context.Context, c disk.Change) []byte {
	path := "./" + c.Path
	commits, err := p.git(ctx, "rev-list", "--max-count="+strconv.Itoa(mostCommits), "HEAD", "--", path)
	if err != nil {
		return nil
	}
	for commit := range strings.FieldsSeq(string(commits)) {
		data, err := p.git(ctx, "cat-file", "blob", commit+":"+path)
		if err == nil && c.WroteIs(data) {
			return data
		}
	}
	return nil
}

// mergedFrom returns what git merged into a file with conflicts: while a merge is not finished the index has both texts.
func (p *project) mergedFrom(path string) (ours, theirs []byte, ok bool) {
	ctx, cancel := context.WithTimeout(context.Background(), mostPatience)
	defer cancel()
	ours, err := p.git(ctx, "cat-file", "blob", ":2:./"+path)
	if err != nil {
		return nil, nil, false
	}
	theirs, err = p.git(ctx, "cat-file", "blob", ":3:./"+path)
	return ours, theirs, err == nil
}

// git reads from the repository that the blueprint lies in: plumbing, which runs no filter, hook or pager, and fetches nothing. In a hook of
// git's the environment names a repository relative to another folder: git finds it by itself.
func (p *project) git(ctx context.Context, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "git", append([]string{"--literal-pathspecs", "-C", p.folder}, args...)...)
	cmd.Env = slices.DeleteFunc(cmd.Environ(), func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		return slices.Contains([]string{"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"}, name)
	})
	cmd.Env = append(cmd.Env, "GIT_NO_LAZY_FETCH=1", "GIT_OPTIONAL_LOCKS=0")
	return cmd.Output()
}
