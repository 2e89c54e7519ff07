package parts

import "bluegen/generator/tf"

// The shares of the desired count that AWS's own blue/green samples send; what lower ones do to green is not documented (domain.md 1.1).
const (
	UsualMaximum = 200
	UsualMinimum = 100
)

// bound is one end of what a deployment may do to the number of tasks: an argument of aws_ecs_service, by the same name a variable.
type bound struct {
	name, what          string
	said, usual, sample int
}

// bounds are both ends; an engine without the keys has the usual ones.
func (s *Site) bounds() []bound {
	most, least := UsualMaximum, UsualMinimum
	if s.In.ECS != nil {
		most, least = s.In.ECS.Deployment.MaximumPercent.V, s.In.ECS.Deployment.MinimumHealthyPercent.V
	}
	return []bound{
		{"deployment_maximum_percent", "How much of the desired count may run during a deployment, in percent.", most, UsualMaximum, 150},
		{"deployment_minimum_healthy_percent", "How much of the desired count stays healthy during a deployment, in percent.", least, UsualMinimum, 50},
	}
}

// value stands in the module: the usual bound as it is, another one as a variable, because a module never sees a blueprint's value.
func (b bound) value(c *Child) tf.Expr {
	if b.said == b.usual {
		return tf.Int(b.usual)
	}
	return c.Number(b.name, b.what, b.sample)
}

// boundArguments are the two of the service.
func (s *Site) boundArguments(c *Child) []tf.Attr {
	var out []tf.Attr
	for _, b := range s.bounds() {
		out = append(out, tf.Set(b.name, b.value(c)))
	}
	return out
}

// boundInputs are the root's inputs of those that are not the usual ones.
func (s *Site) boundInputs() []tf.Attr {
	var out []tf.Attr
	for _, b := range s.bounds() {
		if b.said != b.usual {
			out = append(out, tf.Set(b.name, tf.Int(b.said)))
		}
	}
	return out
}

// BoundFacts are the bounds that the root gave, as the service has them.
func (s *Site) BoundFacts(service *tf.Block) []tf.Field {
	var out []tf.Field
	for _, in := range s.boundInputs() {
		out = append(out, tf.F(in.Name, service.Attr(in.Name)))
	}
	return out
}

// BoundsWanted are BoundFacts as the blueprint has them.
func (s *Site) BoundsWanted() []tf.Field {
	var out []tf.Field
	for _, in := range s.boundInputs() {
		out = append(out, tf.F(in.Name, in.Value))
	}
	return out
}

func (s *Site) assertBounds(c *Child, at func(path ...string) tf.Expr) {
	message := "A deployment must never have fewer healthy tasks than wanted."
	if len(s.boundInputs()) > 0 {
		message = "A deployment must keep as many tasks as it was told to."
	}
	var facts []tf.Expr
	for _, b := range s.bounds() {
		facts = append(facts, tf.Equal(at(b.name), b.value(c)))
	}
	c.Assert(message, facts...)
}

// tight says that no task may run beside the desired ones.
func (s *Site) tight() bool { return s.In.ECS != nil && s.In.ECS.Deployment.MaximumPercent.V <= 100 }

// rebalancing is what ECS is told of spreading tasks over the zones, nil where nothing is. It starts a task before it stops one, and so
// AWS refuses it where there is no room.
func (s *Site) rebalancing() tf.Expr {
	switch {
	case s.tight():
		return tf.String("DISABLED")
	case !s.RegionAttribute:
		return tf.String("ENABLED") // 5.x plans DISABLED where it is not said (domain.md 1.1)
	default:
		return nil
	}
}

func (s *Site) assertRebalancing(c *Child, at func(path ...string) tf.Expr) {
	want := s.rebalancing()
	if want == nil {
		return
	}
	message := "Tasks must be spread over the zones."
	if s.tight() {
		message = "Tasks must stay in their zones: to move one takes one more than may run."
	}
	c.Assert(message, tf.Equal(at("availability_zone_rebalancing"), want))
}
