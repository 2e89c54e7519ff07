package parts

import (
	"bluegen/generator/blueprint"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// routed says that a container logs through the task's log router.
func (c Container) routed() bool { return c.In.Log.Driver.V == "firelens" }

// logConfiguration is the container's: to the service's log group, or to the router.
func (c Container) logConfiguration(v *tf.Block, logs LogTo) tf.Field {
	more := len(c.In.Log.Options) > 0
	if !c.routed() {
		field := logs.configuration()
		if more {
			field.Value = withOptions(field.Value, v)
		}
		return field
	}
	fields := []tf.Field{tf.F("logDriver", tf.String("awsfirelens"))}
	if more {
		fields = append(fields, tf.F("options", v.Attr("log_options")))
	}
	return tf.F("logConfiguration", tf.Fields(fields...))
}

// withOptions lays the blueprint's options beside those that every container has.
func withOptions(configuration tf.Expr, v *tf.Block) tf.Expr {
	object := configuration.(tf.Object)
	fields := make([]tf.Field, len(object.Fields))
	for i, f := range object.Fields {
		if f.Key == "options" {
			f.Value = tf.Fn("merge", f.Value, v.Attr("log_options"))
		}
		fields[i] = f
	}
	return tf.Fields(fields...)
}

// logOption is the options of the log driver; they are part of logConfiguration, and have no field of their own.
func logOption(options []blueprint.Pair) option {
	return option{
		name: "log_options", sample: cty.MapVal(map[string]cty.Value{"mode": cty.StringVal("non-blocking")}),
		value:  func(*Root) tf.Expr { return Object(options) },
		fields: func(*tf.Block) []tf.Field { return nil },
	}
}

// assertRouted: the router gets the logs, with its options.
func (c Container) assertRouted(m *Child, at func(path ...string) tf.Expr, v *tf.Block) {
	facts := []tf.Expr{tf.Equal(at("logConfiguration", "logDriver"), tf.String("awsfirelens"))}
	if len(c.In.Log.Options) > 0 {
		facts = append(facts, tf.Equal(tf.Fn("jsonencode", at("logConfiguration", "options")), tf.Fn("jsonencode", v.Attr("log_options"))))
	}
	m.Assert("The container "+c.In.Name.V+" must log through the router.", facts...)
}

// routerOption makes the container a router. Fargate reads its configuration from a file of the image alone.
func routerOption(f blueprint.FireLens) option {
	sample := map[string]cty.Value{"type": cty.StringVal("fluentbit")}
	if f.ConfigFile.V != "" {
		sample["config_file"] = cty.StringVal("/extra.conf")
	}
	return option{
		name: "router", sample: cty.ObjectVal(sample), must: "be the log router that the blueprint says",
		value: func(*Root) tf.Expr {
			return tf.Inline(tf.F("config_file", Named(f.ConfigFile.V)), tf.F("type", tf.String(f.Type.V)))
		},
		fields: func(v *tf.Block) []tf.Field {
			options := []tf.Field{tf.F("enable-ecs-log-metadata", tf.String("true"))}
			if f.ConfigFile.V != "" {
				options = append(options, tf.F("config-file-type", tf.String("file")), tf.F("config-file-value", v.Attr("router", "config_file")))
			}
			return []tf.Field{tf.F("firelensConfiguration", tf.Fields(tf.F("type", v.Attr("router", "type")), tf.F("options", tf.Fields(options...))))}
		},
	}
}
