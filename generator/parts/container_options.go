package parts

import (
	"bluegen/generator/blueprint"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// option is something that a container may have: a field of its variable, and what the definition makes of it.
type option struct {
	name   string
	sample cty.Value
	// value is what the root hands over.
	value func(r *Root) tf.Expr
	// fields are those of the container definition.
	fields func(v *tf.Block) []tf.Field
	// must is what the module's test says where they differ.
	must string
}

// assert compares the fields of a definition with what the module was given, as JSON: types vanish in a definition.
func (o option) assert(m *Child, container string, at func(path ...string) tf.Expr, v *tf.Block) {
	var facts []tf.Expr
	for _, f := range o.fields(v) {
		facts = append(facts, tf.Equal(tf.Fn("jsonencode", at(f.Key)), tf.Fn("jsonencode", f.Value)))
	}
	if len(facts) > 0 {
		m.Assert("The container "+container+" must "+o.must+".", facts...)
	}
}

// options are what the blueprint says, in the order of the definition.
func (c Container) options() []option {
	var out []option
	in := c.In
	if len(in.Secrets)+len(in.Parameters) > 0 {
		out = append(out, c.secretsOption())
	}
	if len(in.DependsOn) > 0 {
		out = append(out, dependsOption(in.DependsOn))
	}
	if in.HealthCheck != nil {
		out = append(out, healthOption(*in.HealthCheck))
	}
	if in.Ulimits != nil && in.Ulimits.NoFile != nil {
		out = append(out, ulimitsOption(*in.Ulimits.NoFile))
	}
	if c.Shells {
		out = append(out, shellsOption())
	}
	if in.ReadOnlyRoot.V {
		out = append(out, readOnlyOption())
	}
	if len(in.Mounts) > 0 {
		out = append(out, mountsOption(in.Mounts))
	}
	if in.FireLens != nil {
		out = append(out, routerOption(*in.FireLens))
	}
	if len(in.Log.Options) > 0 {
		out = append(out, logOption(in.Log.Options))
	}
	return out
}

func dependsOption(on []blueprint.Entry[blueprint.At[string]]) option {
	return option{
		name: "depends_on", sample: cty.MapVal(map[string]cty.Value{"first": cty.StringVal("START")}), must: "wait for the containers that the blueprint says",
		value: func(*Root) tf.Expr {
			var fields []tf.Field
			for _, e := range on {
				fields = append(fields, tf.F(e.Key.V, tf.String(e.V.V)))
			}
			return tf.Fields(fields...)
		},
		fields: func(v *tf.Block) []tf.Field {
			return []tf.Field{tf.F("dependsOn", tf.For{
				At: "container", Name: "condition", Collection: v.Attr("depends_on"),
				Value: tf.Inline(tf.F("containerName", tf.It("container")), tf.F("condition", tf.It("condition"))),
			})}
		},
	}
}

func healthOption(h blueprint.ContainerHealthCheck) option {
	return option{
		name: "health_check", must: "be checked as the blueprint says",
		sample: cty.ObjectVal(map[string]cty.Value{
			"command": cty.ListVal([]cty.Value{cty.StringVal("CMD"), cty.StringVal("/healthy")}), "interval_seconds": cty.NumberIntVal(20),
			"retries": cty.NumberIntVal(4), "start_period_seconds": cty.NumberIntVal(60), "timeout_seconds": cty.NumberIntVal(10),
		}),
		value: func(*Root) tf.Expr {
			return tf.Fields(
				tf.F("command", tf.Strings(Texts(h.Command)...)),
				tf.F("interval_seconds", Seconds(h.Interval.V)),
				tf.F("retries", tf.Int(h.Retries.V)),
				tf.F("start_period_seconds", Seconds(h.StartPeriod.V)),
				tf.F("timeout_seconds", Seconds(h.Timeout.V)),
			)
		},
		fields: func(v *tf.Block) []tf.Field {
			of := func(name string) tf.Expr { return v.Attr("health_check", name) }
			return []tf.Field{tf.F("healthCheck", tf.Fields(
				tf.F("command", of("command")),
				tf.F("interval", of("interval_seconds")),
				tf.F("retries", of("retries")),
				tf.F("startPeriod", of("start_period_seconds")),
				tf.F("timeout", of("timeout_seconds")),
			))}
		},
	}
}

func ulimitsOption(files blueprint.Ulimit) option {
	return option{
		name: "open_files", must: "have its limits", sample: cty.ObjectVal(map[string]cty.Value{"hard": cty.NumberIntVal(8192), "soft": cty.NumberIntVal(4096)}),
		value: func(*Root) tf.Expr {
			return tf.Inline(tf.F("hard", tf.Int(files.Hard.V)), tf.F("soft", tf.Int(files.Soft.V)))
		},
		fields: func(v *tf.Block) []tf.Field {
			return []tf.Field{tf.F("ulimits", tf.LinesOf(tf.Inline(
				tf.F("name", tf.String("nofile")), tf.F("hardLimit", v.Attr("open_files", "hard")), tf.F("softLimit", v.Attr("open_files", "soft")),
			)))}
		},
	}
}

// shellsOption: an init process reaps what a shell leaves behind (Amazon ECS developer guide, ECS Exec).
func shellsOption() option {
	return option{
		name: "init_process", must: "have an init process for shells", sample: cty.True,
		value: func(*Root) tf.Expr { return tf.Bool(true) },
		fields: func(v *tf.Block) []tf.Field {
			return []tf.Field{tf.F("linuxParameters", tf.Fields(tf.F("initProcessEnabled", v.Attr("init_process"))))}
		},
	}
}

func readOnlyOption() option {
	return option{
		name: "read_only_root", must: "have a root file system that is read-only", sample: cty.True,
		value: func(*Root) tf.Expr { return tf.Bool(true) },
		fields: func(v *tf.Block) []tf.Field {
			return []tf.Field{tf.F("readonlyRootFilesystem", v.Attr("read_only_root"))}
		},
	}
}

func mountsOption(mounts []blueprint.Mount) option {
	return option{
		name: "mounts", must: "mount its volumes",
		sample: cty.ListVal([]cty.Value{cty.ObjectVal(map[string]cty.Value{
			"path": cty.StringVal("/data"), "read_only": cty.True, "volume": cty.StringVal("data"),
		})}),
		value: func(*Root) tf.Expr {
			items := make([]tf.Expr, 0, len(mounts))
			for _, m := range mounts {
				items = append(items, tf.Inline(tf.F("path", tf.String(m.Path.V)), tf.F("read_only", tf.Bool(m.ReadOnly.V)), tf.F("volume", tf.String(m.Volume.V))))
			}
			return tf.LinesOf(items...)
		},
		fields: func(v *tf.Block) []tf.Field {
			return []tf.Field{tf.F("mountPoints", tf.ForEach("mount", v.Attr("mounts"), func(it tf.Expr) tf.Expr {
				return tf.Inline(tf.F("containerPath", tf.Dig(it, "path")), tf.F("readOnly", tf.Dig(it, "read_only")), tf.F("sourceVolume", tf.Dig(it, "volume")))
			}))}
		},
	}
}

// Typed is a value as a root writes it, in the type that a module's variable has for it: a test compares types too.
func Typed(t cty.Type, e tf.Expr) tf.Expr {
	switch e := e.(type) {
	case tf.List:
		if !t.IsListType() && !t.IsSetType() {
			return e
		}
		items := make([]tf.Expr, len(e.Items))
		for i, item := range e.Items {
			items[i] = Typed(t.ElementType(), item)
		}
		e.Items = items
		if t.IsSetType() {
			return tf.Fn("toset", e)
		}
		return tf.Fn("tolist", e)
	case tf.Object:
		fields := make([]tf.Field, len(e.Fields))
		for i, f := range e.Fields {
			switch {
			case t.IsMapType():
				f.Value = Typed(t.ElementType(), f.Value)
			case t.IsObjectType() && t.HasAttribute(f.Key):
				f.Value = Typed(t.AttributeType(f.Key), f.Value)
			}
			fields[i] = f
		}
		e.Fields = fields
		if t.IsMapType() {
			return tf.Fn("tomap", e)
		}
		return e
	default:
		return e
	}
}
