package parts

import (
	"slices"
	"strings"

	"bluegen/generator/tf"
)

// Ignores are the arguments of a service that others change after the first apply, with why; both are empty where Terraform owns all.
func (s *Site) Ignores() (arguments []tf.Expr, why string) {
	var reasons []string
	if s.In.Ownership.DesiredCount.V == "autoscaling" {
		arguments = append(arguments, tf.Own("desired_count"))
		reasons = append(reasons, "Autoscaling counts the tasks: Terraform sets the first number only.")
	}
	if s.In.Ownership.LoadBalancer.V == "ecs" {
		arguments = append(arguments, tf.Own("load_balancer"))
		reasons = append(reasons, "Deployments say which group is live: Terraform sets groups, rules and role the first time only.")
	}
	if s.In.Ownership.TaskDefinition.V == "pipeline" {
		arguments = append(arguments, tf.Own("task_definition"))
		reasons = append(reasons, "A pipeline registers and deploys revisions: Terraform sets the first one only.")
	}
	return arguments, strings.Join(reasons, "\n")
}

// IgnoreChanges is the argument of a lifecycle block that follows from Ignores, with a nil value where there is none.
func (s *Site) IgnoreChanges() tf.Attr {
	arguments, why := s.Ignores()
	if len(arguments) == 0 {
		return tf.Attr{}
	}
	return tf.Set("ignore_changes", tf.ListOf(arguments...)).Why(why)
}

// Pipeline says that a pipeline registers revisions of a task definition whose first one is made here.
func (s *Site) Pipeline() bool {
	return s.In.ECS != nil && s.In.Service.Task != nil && s.In.Ownership.TaskDefinition.V == "pipeline"
}

// follow are the arguments of a task definition that follows the revisions of a pipeline: what it registers becomes the state, and
// its containers are its own. Another CPU or role is registered here as a revision with the blueprint's containers, for Terraform takes
// the ignored value from the configuration again where it replaces a resource; the service ignores that revision, the README says so.
func (s *Site) follow() tf.Items {
	if !s.Pipeline() {
		return nil
	}
	return tf.Items{tf.Set("track_latest", tf.Bool(true)).Why("A pipeline registers revisions too: the latest one counts, whoever made it.")}
}

// followed leaves the containers of the latest revision alone.
func (s *Site) followed() tf.Item {
	if !s.Pipeline() {
		return nil
	}
	return tf.Nested("lifecycle", tf.Set("ignore_changes", tf.ListOf(tf.Own("container_definitions"))).
		Why("The pipeline owns the containers: these are the bootstrap of the first revision.")).From(s.In.Ownership.Range)
}

// Waits are the blocks that a resource waits for, each once.
type Waits []tf.Expr

// Add adds what is not there yet.
func (w *Waits) Add(blocks ...tf.Expr) {
	for _, e := range blocks {
		name := address(e)
		if !slices.ContainsFunc(*w, func(have tf.Expr) bool { return address(have) == name }) {
			*w = append(*w, e)
		}
	}
}

// DependsOn is the argument, sorted by address; nothing where there is nothing to wait for.
func (w Waits) DependsOn(why string) tf.Item {
	if len(w) == 0 {
		return nil
	}
	sorted := slices.SortedFunc(slices.Values(w), func(a, b tf.Expr) int { return strings.Compare(address(a), address(b)) })
	return tf.Set("depends_on", tf.LinesOf(sorted...)).Why(why)
}

func address(e tf.Expr) string { return e.(tf.Ref).Block.Address() }
