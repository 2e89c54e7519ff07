package parts

import (
	"slices"
	"strconv"

	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// PortName is what Service Connect calls a container's port, and the protocol that its proxies speak.
type PortName struct {
	Port              int
	Name, AppProtocol string
}

// PortNumbers are the ports that the container listens on, its own first.
func (c Container) PortNumbers() []int {
	var out []int
	if c.In.Port.V > 0 {
		out = append(out, c.In.Port.V)
	}
	for _, p := range c.In.Ports {
		out = append(out, p.V)
	}
	return out
}

// containerPort is one port mapping: the fields of the container's variable, and what they hold.
type containerPort struct {
	field  string // port, port_2
	value  tf.Expr
	sample int
	name   PortName // Name is empty where nobody calls the port by one
}

func (c Container) ports() []containerPort {
	var out []containerPort
	for i, n := range c.PortNumbers() {
		p := containerPort{field: "port", value: tf.Int(n), sample: 9000 + i}
		if i > 0 {
			p.field += "_" + strconv.Itoa(i+1)
		} else if c.Port != nil {
			p.value = c.Port
		}
		if at := slices.IndexFunc(c.Names, func(named PortName) bool { return named.Port == n }); at >= 0 {
			p.name = c.Names[at]
		}
		out = append(out, p)
	}
	return out
}

// spoken says that the proxies know more of the port than its bytes; for tcp the mapping says nothing.
func (p containerPort) spoken() bool { return p.name.Name != "" && p.name.AppProtocol != "tcp" }

// samples adds the port to the container's variable.
func (p containerPort) samples(fields map[string]cty.Value) {
	fields[p.field] = cty.NumberIntVal(int64(p.sample))
	if p.name.Name != "" {
		fields[p.field+"_name"] = cty.StringVal("sample-" + strconv.Itoa(p.sample))
	}
	if p.spoken() {
		fields[p.field+"_app_protocol"] = cty.StringVal("http")
	}
}

// values are the port as the root hands it over.
func (p containerPort) values() []tf.Field {
	fields := []tf.Field{tf.F(p.field, p.value)}
	if p.name.Name != "" {
		fields = append(fields, tf.F(p.field+"_name", tf.String(p.name.Name)))
	}
	if p.spoken() {
		fields = append(fields, tf.F(p.field+"_app_protocol", tf.String(p.name.AppProtocol)))
	}
	return fields
}

// mapping is the entry of portMappings.
func (p containerPort) mapping(v *tf.Block) tf.Expr {
	if p.name.Name == "" {
		return PortMapping(v.Attr(p.field), "tcp")
	}
	fields := []tf.Field{tf.F("name", v.Attr(p.field+"_name")), tf.F("containerPort", v.Attr(p.field)), tf.F("protocol", tf.String("tcp"))}
	if p.spoken() {
		fields = append(fields, tf.F("appProtocol", v.Attr(p.field+"_app_protocol")))
	}
	return tf.Fields(fields...)
}

// facts compare the entry at index i of decoded portMappings with the variable.
func (p containerPort) facts(mappings tf.Expr, i int, v *tf.Block) []tf.Expr {
	at := tf.First(mappings)
	if i > 0 {
		at = tf.Index{Collection: mappings, Key: tf.Int(i)}
	}
	facts := []tf.Expr{tf.Equal(tf.Dig(at, "containerPort"), v.Attr(p.field))}
	if p.name.Name != "" {
		facts = append(facts, tf.Equal(tf.Dig(at, "name"), v.Attr(p.field+"_name")))
	}
	if p.spoken() {
		facts = append(facts, tf.Equal(tf.Dig(at, "appProtocol"), v.Attr(p.field+"_app_protocol")))
	}
	return facts
}

// mappings are all entries of portMappings.
func (c Container) mappings(v *tf.Block) []tf.Expr {
	var out []tf.Expr
	for _, p := range c.ports() {
		out = append(out, p.mapping(v))
	}
	return out
}
