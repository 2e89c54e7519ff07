package disk

import (
	"path"
	"strings"
)

// strays lists somebody else's files in the directories that hold ours. It goes into no other directory, and does not
// name what Terraform itself leaves in a configuration.
func (c *comparison) strays(m Manifest, w Want) error {
	blueprints := map[string]bool{w.Blueprint: true}
	for key := range m.Sections {
		blueprints[key.Blueprint] = true
	}
	listed := map[string]bool{}
	for _, row := range c.out {
		listed[row.Path] = true
	}
	for _, dir := range sortedNames(c.dirs) {
		there, err := c.look.dir(dir)
		if err != nil {
			return err
		}
		if !there.there || there.blocked != NoReason {
			continue
		}
		entries, err := c.look.list(dir)
		if err != nil {
			return err
		}
		for _, entry := range entries {
			name := path.Join(dir, entry.Name())
			if entry.IsDir() || listed[name] || leftAlone(entry.Name()) || (dir == "." && blueprints[name]) {
				continue
			}
			c.out = append(c.out, Change{Path: name, At: name, Action: Stray, Owner: c.dirs[dir]})
		}
	}
	return nil
}

// leftAlone names the files that every working directory of Terraform has, which are nobody's stray.
func leftAlone(base string) bool {
	switch base {
	case ".terraform.lock.hcl", ".terraform.tfstate.lock.info", "crash.log", ManifestName:
		return true
	}
	for _, suffix := range []string{".tfstate", ".tfstate.backup", ".tfvars", ".tfvars.json", ".tfplan", temporarySuffix} {
		if strings.HasSuffix(base, suffix) {
			return true
		}
	}
	return strings.Contains(base, ".tfstate.") || (strings.HasPrefix(base, "crash.") && strings.HasSuffix(base, ".log"))
}
