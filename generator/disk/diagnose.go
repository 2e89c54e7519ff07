package disk

import (
	"fmt"
	"strings"

	"bluegen/generator/diag"

	"github.com/hashicorp/hcl/v2"
)

// Diagnostics returns the conflicts as errors, one for each thing in the way, and interrupted runs and Moves as warnings.
func (p *Plan) Diagnostics() diag.List {
	var out diag.List
	for _, key := range p.Interrupted {
		out = append(out, diag.Diagnostic{
			Code: CodeInterrupted, Severity: diag.Warning, Environment: key.Environment, Subject: whole(ManifestName),
			Summary: "The last run was interrupted",
			Detail: fmt.Sprintf("A run of %s was killed while it wrote, or is writing right now. Every file is either the old or the new one. ", key.Blueprint) +
				"Run bluegen generate: it finishes the work, and takes no file of that run for a hand edit.",
		})
	}
	if p.before.Merged {
		out = append(out, diag.Diagnostic{
			Code: CodeMerged, Severity: diag.Warning, Subject: whole(ManifestName),
			Summary: "git left both sides of a merge in the manifest",
			Detail: "What either side says that bluegen wrote is taken as written by bluegen, also where git left both sides in a generated file. " +
				"Resolve the blueprint, and bluegen generate resolves the manifest and the generated files.",
		})
	}
	for _, m := range p.Moves {
		out = append(out, p.explain(m))
	}
	seen := map[string]bool{}
	for _, c := range p.Conflicts() {
		if seen[c.At] {
			continue
		}
		seen[c.At] = true
		d := c.Diagnostic()
		d.Environment = c.Owner.Environment
		out = append(out, d)
	}
	return out
}

// Diagnostic says why a Conflict stops a run, and the ways on.
func (c Change) Diagnostic() diag.Diagnostic {
	if !c.Forceable() {
		return Diagnose(obstacle(c.At, c.Reason))[0]
	}
	d := diag.Diagnostic{Code: CodeEdited, Subject: whole(c.Path)}
	switch {
	case c.Reason == Unclaimed:
		return Diagnose(obstacle(c.Path, Unclaimed))[0]
	case c.Reason == LineEndings:
		d.Summary = fmt.Sprintf("The line endings of %q were changed to CRLF", c.Path)
		d.Detail = "Otherwise it is as bluegen wrote it. git's autocrlf does this on checkout: put a line such as \"terraform/** text eol=lf\" into .gitattributes and check the file out again, or run with --force."
	case c.New == nil:
		d.Summary = fmt.Sprintf("%q was edited, and the blueprint does not want it any more", c.Path)
		d.Detail = "bluegen wrote it, but what it holds now is somebody's work, so it is not removed. Move the file to where it is needed, or remove it with --force."
	default:
		d.Summary = fmt.Sprintf("%q was edited since bluegen wrote it", c.Path)
		d.Detail = "bluegen diff shows the edit. Say it in the blueprint where it can be said; put resources of your own into a file of your own beside it; or take the generated content with --force, which says what is lost."
		if strings.HasPrefix(c.Origin, "hook/") {
			d.Detail = "It comes from bluegen's hook library as it is. For a handler of your own copy it elsewhere and name it in a hook of kind: code; or take the library's content with --force, which says what is lost."
		}
	}
	return d
}

// obstacle is the error of something in the way that is not bluegen's.
func obstacle(name string, r Reason) error {
	e := &Error{Code: CodeNotRegular, Path: name, Subject: whole(name)}
	switch r {
	case Link:
		e.Code = CodeLink
		e.Summary = fmt.Sprintf("%q is a symbolic link", name)
		e.Detail = "bluegen follows no link when it writes: the link may lead to files of somebody else. Remove it, or move what it leads to here."
	case NotDirectory:
		e.Summary = fmt.Sprintf("%q is a file where a directory is needed", name)
		e.Detail = "Files are to be written below that name. Move the file away, or choose another terraform.directory."
	case TooLarge:
		e.Summary = fmt.Sprintf("%q is too large to be a generated file", name)
		e.Detail = "It is not read and not overwritten. Move it away."
	case Unclaimed:
		e.Code = CodeInTheWay
		e.Summary = fmt.Sprintf("%q is in the way", name)
		e.Detail = "A file is to be written there, and no manifest says that bluegen wrote what is there now. Move it away, choose another terraform.directory, or overwrite it with --force, which says what is lost. If the manifest was deleted, bring " + ManifestName + " back from git."
	default:
		e.Summary = fmt.Sprintf("%q is not a regular file", name)
		e.Detail = "A file is to be written there. A directory, pipe, socket or device is never replaced: move it away."
	}
	return e
}

func manifestError(code diag.Code, at hcl.Range, summary, detail string) error {
	return &Error{Code: code, Path: ManifestName, Subject: at, Summary: summary, Detail: detail}
}

func truncated(at hcl.Range, why string) error {
	return manifestError(CodeTruncated, at, "The manifest is damaged",
		fmt.Sprintf("%s cannot be read: %s. Bring it back from git (git checkout -- %s). Without it bluegen cannot tell its files from yours.", ManifestName, why, ManifestName))
}

func foreign(why string) error {
	return manifestError(CodeForeign, whole(ManifestName), "The manifest is not bluegen's",
		fmt.Sprintf("%s is valid JSON, but bluegen did not write it like this: %s. Bring the right one back from git, or move it away.", ManifestName, why))
}

func newer(version string) error {
	return manifestError(CodeNewer, whole(ManifestName), "The manifest was written by a newer bluegen",
		fmt.Sprintf("%s has version %s, this bluegen knows version %d. Use the bluegen that the rest of the team uses; nothing was written.", ManifestName, version, manifestVersion))
}

func mergeConflict(at hcl.Range, why ...string) error {
	detail := "A merge is not finished in " + ManifestName + "."
	for _, w := range why {
		detail += " " + w
	}
	return manifestError(CodeMergeConflict, at, "The manifest has an unresolved merge",
		detail+" Its sides cannot be told apart any more. Take either side of it and of the generated files, the same one (git checkout --ours or --theirs), resolve the blueprint, and run bluegen generate: it writes the rest.")
}

func overlapping(tree Tree, key Key, directory string, other Key) error {
	return &Error{
		Code: CodeOverlap, Path: tree.Directory, Subject: tree.Origin,
		Summary: fmt.Sprintf("The directory %q is written by %s already", tree.Directory, other),
		Detail:  fmt.Sprintf("%s would write in %q, and %s writes in %q. Two that write in one directory would remove each other's files: give one of them another terraform.directory.", key, tree.Directory, other, directory),
	}
}

func escape(name, why string, origin hcl.Range) error {
	return &Error{
		Code: CodeEscape, Path: name, Subject: origin,
		Summary: fmt.Sprintf("%q is no place to write to", name),
		Detail:  fmt.Sprintf("The path %s. bluegen writes below the folder of the blueprint and nowhere else: give terraform.directory a relative path such as terraform or deploy/terraform.", why),
	}
}
