package parts

import (
	"strconv"

	"bluegen/generator/blueprint"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// executionCarries is what the execution role may do.
func (s *Site) executionCarries() string {
	carries := "AmazonECSTaskExecutionRolePolicy: pull images, write logs"
	if len(s.secretGrants()) > 0 {
		carries += "; a policy for exactly the containers' secrets"
	}
	return carries
}

// taskCarries is what the task role may do.
func (s *Site) taskCarries() string {
	carries := "what the application may do"
	if s.In.Service.ExecuteCommand.V {
		carries += "; a policy for shells in its containers"
	}
	if len(s.mountedByIAM()) > 0 {
		carries += "; a policy for exactly its file systems"
	}
	return carries
}

// taskPolicies are what the task role needs for shells and file systems.
func (s *Site) taskPolicies() []OwnPolicy {
	var out []OwnPolicy
	if s.In.Service.ExecuteCommand.V && s.In.Service.Task != nil {
		out = append(out, OwnPolicy{
			Resource: "execute_command", Name: "execute-command",
			Message: "The task role must have the policy for shells in its containers.",
			Document: func(m *RoleModule) *tf.Block {
				// The channels have no ARN (Amazon ECS developer guide, ECS Exec).
				return m.Grants("execute_command", "The task role must open the channels of a shell, and nothing else.", Grant{
					Sid: "Channels", Resources: tf.Strings("*"),
					Actions: []string{"ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel", "ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel"},
				})
			},
		})
	}
	if mounted := s.mountedByIAM(); len(mounted) > 0 {
		out = append(out, s.mountPolicy(mounted))
	}
	return out
}

// mountedByIAM are the file systems that the task role mounts.
func (s *Site) mountedByIAM() []blueprint.Entry[blueprint.Volume] {
	var out []blueprint.Entry[blueprint.Volume]
	if s.In.Service.Task == nil {
		return nil
	}
	for _, e := range s.In.Service.Task.Volumes {
		if e.V.EFS != nil && e.V.EFS.IAM.V {
			out = append(out, e)
		}
	}
	return out
}

// mountPolicy lets the task role mount each file system, through its access point where there is one, and write where a container may.
func (s *Site) mountPolicy(mounted []blueprint.Entry[blueprint.Volume]) OwnPolicy {
	return OwnPolicy{
		Resource: "file_systems", Name: "mount-file-systems",
		Message: "The task role must have the policy for exactly its file systems.",
		Document: func(m *RoleModule) *tf.Block {
			grants := make([]Grant, len(mounted))
			for i, e := range mounted {
				name, sample := mountInput(e)
				v := m.Var(name, "The file system of the volume "+e.Key.V+".", sample)
				actions := []string{"elasticfilesystem:ClientMount"}
				if s.writes(e.Key.V) {
					actions = append(actions, "elasticfilesystem:ClientWrite")
				}
				grants[i] = Grant{Sid: "Mount" + strconv.Itoa(i+1), Actions: actions, Resources: tf.ListOf(v.Attr("file_system_arn"))}
				if e.V.EFS.AccessPointARN.Said() {
					grants[i].When = &GrantWhen{Variable: "elasticfilesystem:AccessPointArn", Values: tf.ListOf(v.Attr("access_point_arn"))}
				}
			}
			return m.Grants("file_systems", "The task role must mount these file systems, and nothing else.", grants...)
		},
		Given: func(r *Root) []Given {
			out := make([]Given, len(mounted))
			for i, e := range mounted {
				name, sample := mountInput(e)
				out[i] = Given{tf.Set(name, mountArgument(r, e)), sample.Type()}
			}
			return out
		},
	}
}

// writes says that some container may write to a volume.
func (s *Site) writes(volume string) bool {
	for _, c := range s.containers() {
		for _, m := range c.Mounts {
			if m.Volume.V == volume && !m.ReadOnly.V {
				return true
			}
		}
	}
	return false
}

func mountInput(e blueprint.Entry[blueprint.Volume]) (string, cty.Value) {
	fields := map[string]cty.Value{"file_system_arn": cty.StringVal(sampleFileSystem())}
	if e.V.EFS.AccessPointARN.Said() {
		fields["access_point_arn"] = cty.StringVal(sampleAccessPoint())
	}
	return "volume_" + Ident(e.Key.V), cty.ObjectVal(fields)
}

func mountArgument(r *Root, e blueprint.Entry[blueprint.Volume]) tf.Expr {
	return tf.Fields(tf.F("access_point_arn", useAccessPoint(r, e)), tf.F("file_system_arn", useFileSystem(r, e)))
}

// givenOutput shows the root's test what the module's own policies were given.
func (m *RoleModule) givenOutput(made []RoleFacts) {
	var fields []tf.Field
	for _, r := range made {
		for _, own := range r.Own {
			if own.Given == nil {
				continue
			}
			for _, g := range own.Given(NewRoot()) { // the names alone
				fields = append(fields, tf.F(g.Attr.Name, tf.NewBlock("variable", []string{g.Attr.Name}).Attr()))
			}
		}
	}
	if len(fields) > 0 {
		m.Output("given", "The secrets and file systems that the roles' policies are for.", tf.Fields(fields...))
	}
}
