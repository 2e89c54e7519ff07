package disk

import (
	"fmt"
	"strings"

	"bluegen/generator/diag"

	"github.com/hashicorp/hcl/v2"
)

// mostLeft is how many of the files that stay behind are named.
const mostLeft = 8

// explain says in words what a Move does to the files, what it does not do to what Terraform made, and what stays behind.
// It holds before the write and after it.
func (p *Plan) explain(m Move) diag.Diagnostic {
	d := diag.Diagnostic{Severity: diag.Warning, Subject: whole(p.want.Blueprint)}
	switch m.Kind {
	case Moved:
		d.Code, d.Environment, d.Subject = CodeMoved, m.To.Environment, p.origin(m.To)
		d.Summary = fmt.Sprintf("The configuration moves from %s to %s", m.FromDirectory, m.ToDirectory)
		d.Detail = "terraform.directory was changed: the files are written to the new place and removed from the old one. " +
			"What Terraform made does not change, as long as it finds its state: with a backend run terraform init in the new directory, without one move terraform.tfstate there first."
	case Renamed:
		d.Code = CodeRenamed
		d.Summary = fmt.Sprintf("%s becomes %s", upper(environment(m.From)), environment(m.To))
		d.Detail = fmt.Sprintf("It says the same, so it is taken for a new name: the files move from %s to %s. ", m.FromDirectory, m.ToDirectory) +
			"For Terraform it is a new configuration all the same: names of resources and the key of the state carry the environment's name. What was made under the old name stays as it is: to be rid of it, run terraform destroy in the old configuration, before this or from git."
	case Removed:
		d.Code = CodeRemoved
		d.Summary = fmt.Sprintf("%s has no %s any more", p.want.Blueprint, environment(m.From))
		if m.From.Blueprint != p.want.Blueprint {
			d.Summary = fmt.Sprintf("The blueprint %s is gone, and with it its %s", m.From.Blueprint, environment(m.From))
		}
		d.Detail = fmt.Sprintf("Its configuration is removed from %s. What Terraform made with it is still there: if it is to go, bring the configuration back from git and run terraform destroy in it.", m.FromDirectory)
	case OtherEngine:
		d.Code, d.Environment = CodeOtherEngine, m.To.Environment
		d.Summary = fmt.Sprintf("The engine changes from %s to %s", m.FromEngine, m.ToEngine)
		d.Detail = fmt.Sprintf("Files that only %s needs are removed, the rest is written by %s. ", m.FromEngine, m.ToEngine) +
			"To Terraform most of it is other resources: the plan destroys the old ones and creates the new ones, the service among them. Read it before you apply it."
	case TakenOver:
		d.Code, d.Environment = CodeTakenOver, m.To.Environment
		d.Summary = fmt.Sprintf("%s takes over what %s wrote", m.To.Blueprint, m.From.Blueprint)
		d.Detail = fmt.Sprintf("%s is gone: its files in %s are %s's now. What Terraform made does not change by that.", m.From.Blueprint, m.FromDirectory, m.To.Blueprint)
		if m.FromDirectory != m.ToDirectory {
			d.Detail = fmt.Sprintf("%s is gone: its files move from %s to %s. Terraform must find its state there: with a backend run terraform init in the new directory, without one move terraform.tfstate there first.",
				m.From.Blueprint, m.FromDirectory, m.ToDirectory)
		}
	}
	d.Detail += stays(m.Left)
	return d
}

// origin is the place of the blueprint that named a section's directory; the file where a default did.
func (p *Plan) origin(key Key) hcl.Range {
	for _, tree := range p.want.Trees {
		if p.want.key(tree) == key && tree.Origin.Start != tree.Origin.End {
			return tree.Origin
		}
	}
	return whole(p.want.Blueprint)
}

// environment names one in a sentence.
func environment(key Key) string {
	if key.Environment == "" {
		return "configuration without an environment"
	}
	return "environment " + key.Environment
}

func upper(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// stays names the files that are not bluegen's and stay in a directory that bluegen leaves.
func stays(left []string) string {
	if len(left) == 0 {
		return ""
	}
	more := ""
	if len(left) > mostLeft {
		more = fmt.Sprintf(" and %d more", len(left)-mostLeft)
		left = left[:mostLeft]
	}
	return " Not bluegen's, and left where it is: " + strings.Join(left, ", ") + more + "."
}
