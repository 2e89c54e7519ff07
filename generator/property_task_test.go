package generator

import (
	"fmt"
	"strings"

	"pgregory.net/rapid"
)

// taskShape is what a drawn service runs: containers, or a task definition that exists already.
type taskShape struct {
	existing                             bool
	containers                           []containerShape
	volumes                              []volumeShape
	storage, shells, discovered, service bool     // service: SRV records, which name a container
	providers                            []string // capacity providers
}

type containerShape struct {
	sidecar, second, tags, command, waits, checked, limited, readOnly, sized, optioned bool // second: another port
	secrets, parameters, keyed                                                         bool
	router, configured, routed                                                         bool
	mounts                                                                             []mountShape
}

type volumeShape struct{ efs, point, anonymous bool }

type mountShape struct {
	volume   int
	readOnly bool
}

func drawTask(t *rapid.T) taskShape {
	yes := func(what string) bool { return rapid.Bool().Draw(t, what) }
	s := taskShape{
		existing: rapid.IntRange(0, 5).Draw(t, "existing") == 0, storage: yes("storage"), shells: yes("shells"), discovered: yes("discovered"), service: yes("srv"),
		providers: rapid.SampledFrom([][]string{nil, {"FARGATE"}, {"FARGATE_SPOT"}, {"FARGATE", "FARGATE_SPOT"}, {"FARGATE_SPOT", "FARGATE"}}).Draw(t, "providers"),
	}
	for range rapid.IntRange(0, 3).Draw(t, "volumes") {
		s.volumes = append(s.volumes, volumeShape{efs: yes("efs"), point: yes("point"), anonymous: yes("anonymous")})
	}
	n := rapid.IntRange(1, 4).Draw(t, "containers")
	for i := range n {
		s.containers = append(s.containers, s.drawContainer(t, i))
	}
	if last := &s.containers[n-1]; n > 1 && yes("router") {
		last.router, last.configured = true, yes("configured")
		for i := range n - 1 {
			s.containers[i].routed = yes("routed")
		}
	}
	return s
}

// drawContainer: the first one takes the traffic, so that it is essential.
func (s taskShape) drawContainer(t *rapid.T, i int) containerShape {
	yes := func(what string) bool { return rapid.Bool().Draw(t, what) }
	c := containerShape{
		sidecar: yes("sidecar") && i > 0, second: yes("second port"), tags: yes("variables"), command: yes("command"), waits: yes("waits"), checked: yes("checked"),
		limited: yes("limited"), readOnly: yes("read-only"), sized: yes("sized"), optioned: yes("optioned"), secrets: yes("secrets"), parameters: yes("parameters"), keyed: yes("keyed"),
	}
	for v := range s.volumes {
		if yes("mounted") {
			c.mounts = append(c.mounts, mountShape{v, yes("only read")})
		}
	}
	return c
}

// task is the service's part that runs; size is one of Fargate's.
func (s taskShape) task(v values) *node {
	if s.existing {
		return nil
	}
	size := strings.Split(v.pick("size", "256 512", "256 1024", "256 2048", "512 3072", "1024 8192", "2048 5120", "4096 30720", "8192 20480", "16384 122880").leaf, " ")
	containers := make([]*node, 0, len(s.containers))
	for i, c := range s.containers {
		containers = append(containers, s.container(v, c, i))
	}
	return object(
		"cpu", size[0], "memory", size[1], "cpu_architecture", v.pick("architecture", "X86_64", "ARM64"),
		"ephemeral_storage", when(s.storage, v.number("storage", 21, 200)),
		"volumes", s.volumesOf(v), "containers", listed(containers...),
	)
}

func (s taskShape) volumesOf(v values) *node {
	out := &node{}
	for i, volume := range s.volumes {
		efs := object(
			"file_system_arn", v.pick("file system", "arn:aws:elasticfilesystem:eu-west-1:012345670123:file-system/fs-0123456789abcdef0", fmt.Sprintf("{variable: file_system_%d}", i), "{lookup: {tags: {Name: documents}}}", "{ssm: /files}"),
			"access_point_arn", when(volume.point, v.pick("point", "arn:aws:elasticfilesystem:eu-west-1:012345670123:access-point/fsap-0123456789abcdef0", fmt.Sprintf("{variable: point_%d}", i))),
			"root_directory", when(!volume.point, v.pick("folder", "/", "/documents")),
			"iam", when(volume.anonymous, "false"),
		)
		mounted := &node{leaf: "{}"}
		if volume.efs {
			mounted = object("efs", efs)
		}
		out.keys = append(out.keys, keyed{fmt.Sprintf("volume-%d", i), *mounted})
	}
	return out
}

func (s taskShape) container(v values, c containerShape, i int) *node {
	text := fmt.Sprintf
	return object(
		"name", text("app-%d", i), "port", v.number("port", 8000+100*i, 8099+100*i), "ports", when(c.second, text("[%d]", 9500+i)),
		"image", v.orNothing(v.somewhere(text("image_%d", i), "registry.example.com/PART:1.2.3", "")),
		"essential", when(c.sidecar, "false"), "stop_timeout", v.seconds("stop", 2, 120),
		"cpu", when(c.sized, v.number("cpu share", 1, 64)), "memory", when(c.sized, v.number("most memory", 64, 128)), "memory_reservation", when(c.sized, v.number("memory share", 4, 64)),
		"environment", when(c.tags, object("KEY", v.text("env"))), "command", when(c.command, v.pick("command", "[serve, --now]", "[work]")),
		"secrets", c.secretsOf(v, i), "parameters", c.parametersOf(v, i),
		"depends_on", s.dependencies(v, c, i), "health_check", when(c.checked, check(v)),
		"read_only_root", when(c.readOnly, "true"),
		"ulimits", when(c.limited, object("nofile", object("soft", v.number("soft", 1, 1024), "hard", v.number("hard", 1024, 1048576)))),
		"mounts", c.mountsOf(v), "log", c.log(v),
		"firelens", when(c.router, object("type", v.pick("router", "fluentbit", "fluentd"), "config_file", when(c.configured, v.pick("configuration", "/extra.conf", "/a/b.conf")))),
	)
}

// check is a health check in either form.
func check(v values) *node {
	return object("command", v.pick("check", "[CMD-SHELL, 'curl -sf \"http://localhost/${PATH}\" || exit 1']", "[CMD, /bin/healthy, --now]"), "interval", v.seconds("interval", 5, 300),
		"timeout", v.seconds("timeout", 2, 60), "retries", v.number("retries", 1, 10), "start_period", v.seconds("start", 0, 300))
}

// secretsOf are one or two: how many there are changes no module.
func (c containerShape) secretsOf(v values, i int) any {
	if !c.secrets {
		return ""
	}
	secret := func(name string) *node {
		return object(
			"arn", v.pick("secret", "arn:aws:secretsmanager:eu-west-1:012345670123:secret:orders/"+name+"-AbCdEf", fmt.Sprintf("{variable: %s_%d}", name, i), "{lookup: {name: orders/"+name+"}}", "{ssm: /secrets/"+name+"}"),
			"key", v.orNothing(v.pick("secret's key", "password", "token")),
			"kms_key_arn", when(c.keyed, v.key(name+"_key")),
		)
	}
	out := object("PASSWORD", secret("password"))
	if rapid.Bool().Draw(v.t, "another secret") {
		out.keys = append(out.keys, keyed{"Token", *secret("token")})
	}
	return out
}

func (c containerShape) parametersOf(v values, i int) any {
	if !c.parameters {
		return ""
	}
	return object("LICENSE", object(
		"arn", v.pick("parameter", "arn:aws:ssm:eu-west-1:012345670123:parameter/orders/license", fmt.Sprintf("{variable: license_%d}", i), "{ssm: /parameters/license}"),
		"kms_key_arn", when(c.keyed, v.key("license_key")),
	))
}

// key is one of KMS.
func (v values) key(name string) node {
	return v.pick(name, "arn:aws:kms:eu-west-1:012345670123:key/11111111-2222-3333-4444-555555555555", "{variable: "+name+"}", "{lookup: {name: alias/"+strings.ReplaceAll(name, "_", "-")+"}}")
}

// dependencies are on later containers, so that there is no circle, and on what can come about there.
func (s taskShape) dependencies(v values, c containerShape, i int) any {
	if !c.waits || i == len(s.containers)-1 {
		return ""
	}
	on := rapid.IntRange(i+1, len(s.containers)-1).Draw(v.t, "on")
	ends := []string{"START"}
	if s.containers[on].sidecar {
		ends = append(ends, "COMPLETE", "SUCCESS")
	}
	if s.containers[on].checked {
		ends = append(ends, "HEALTHY")
	}
	return object(fmt.Sprintf("app-%d", on), v.pick("until", ends...))
}

func (c containerShape) mountsOf(v values) *node {
	var out []*node
	for _, m := range c.mounts {
		out = append(out, object("volume", fmt.Sprintf("volume-%d", m.volume), "path", v.pick("mount", fmt.Sprintf("/data/%d", m.volume), fmt.Sprintf("/var/lib/%d", m.volume)), "read_only", when(m.readOnly, "true")))
	}
	return listed(out...)
}

func (c containerShape) log(v values) *node {
	options := object("mode", v.pick("mode", "blocking", "non-blocking"), "max-buffer-size", v.orNothing(node{leaf: "25m"}))
	if c.routed {
		options = object("Name", v.pick("output", "firehose", "cloudwatch"), "delivery_stream", v.text("stream"))
	}
	return object("driver", when(c.routed, "firelens"), "options", when(c.optioned, options))
}

// capacity: the first provider has the base.
func (s taskShape) capacity(v values) *node {
	var out []*node
	for i, name := range s.providers {
		out = append(out, object("name", name, "weight", v.number("weight", 1, 1000), "base", when(i == 0, v.number("base", 0, 9))))
	}
	return listed(out...)
}

// discovery names the first container, and of a task definition that exists already its port too.
func (s taskShape) discovery(v values) any {
	return when(s.discovered, object(
		"registry_arn", v.pick("registry", "arn:aws:servicediscovery:eu-west-1:012345670123:service/srv-0123456789abcdef", "{variable: registry}", "{ssm: /registry}"),
		"container", when(s.service, "app-0"), "port", when(s.service && s.existing, "9500"),
	))
}
