package blueprint

import (
	"net/netip"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"github.com/hashicorp/go-version"
)

// check is a named rule for a text: an expression that the JSON Schema repeats, a length, and what no expression can say.
type check struct {
	expr     string
	most     int    // characters, 0 without a limit
	sentence string // what is admitted, for the message
	extra    func(string) string
	compiled func() *regexp.Regexp // at the first use
}

// check returns a complaint, empty where the text is admitted.
func (d *decoder) check(name, text string) string {
	c, ok := d.checks[name]
	if !ok {
		return ""
	}
	switch {
	case hasControl(text, false):
		return "It has a control character. " + c.sentence
	case c.most > 0 && len([]rune(text)) > c.most:
		return "It is longer than " + strconv.Itoa(c.most) + " characters. " + c.sentence
	case c.expr != "" && !c.compiled().MatchString(text):
		return c.sentence
	case c.extra != nil:
		return c.extra(text)
	default:
		return ""
	}
}

// hasControl reports control characters; lines says that lines and tabs are none.
func hasControl(s string, lines bool) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) && !(lines && (r == '\n' || r == '\t' || r == '\r'))
	})
}

// patterns are the rules that the tag pattern names.
func patterns() map[string]check {
	all := map[string]check{}
	for _, some := range []map[string]check{namePatterns(), awsPatterns(), trafficPatterns(), hookPatterns()} {
		for name, c := range some {
			c.compiled = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(c.expr) })
			all[name] = c
		}
	}
	return all
}

// namePatterns are names, paths and versions: what is the blueprint's own.
func namePatterns() map[string]check {
	return map[string]check{
		"text":      {expr: `^.+$`, sentence: "It is text in one line, and not empty."},
		"name":      {expr: `^[a-z]([a-z0-9-]*[a-z0-9])?$`, most: 100, sentence: "A name is lower-case letters, digits and hyphens; it begins with a letter and does not end with a hyphen."},
		"key":       {expr: `^[a-z][a-z0-9_-]*$`, most: 50, sentence: "It names a module or a block: lower-case letters, digits, hyphens and underscores, a letter first."},
		"container": {expr: `^[a-zA-Z][a-zA-Z0-9_-]*$`, most: 255, sentence: "A container's name is letters, digits, hyphens and underscores, a letter first."},
		"variable": {expr: `^[a-z][a-z0-9_]*$`, most: 64, extra: notMeta,
			sentence: "A variable's name is lower-case letters, digits and underscores, a letter first."},
		"parameter":            {expr: `^(/?[a-zA-Z0-9_.-]+|(/[a-zA-Z0-9_.-]+)+)$`, most: 1011, sentence: "A parameter is named by its path, such as /network/vpc-id: letters, digits and _.- between slashes."},
		"directory":            {expr: `^[a-zA-Z0-9_][a-zA-Z0-9._-]*(/[a-zA-Z0-9_][a-zA-Z0-9._-]*)*$`, most: 200, sentence: "It is a path below the blueprint's folder, such as terraform or infra/terraform: no .., no slash at the ends, no folder that begins with a point."},
		"source":               {expr: `^[^\\]+$`, most: 500, sentence: "It is a path below the blueprint's folder, such as hooks/check.py.", extra: insidePath},
		"base":                 {expr: `^[^\\]+$`, most: 500, sentence: "It is the path of a file of the same repository, from the folder of this one, such as ../platform.yaml.", extra: basePath},
		"constraint":           {sentence: "It is a version constraint as Terraform has it.", extra: constraint},
		"code":                 {expr: `^BG[0-9]{4}$`, sentence: "A code is BG and four digits, as the messages print it."},
		"runtime":              {expr: `^(python3\.[0-9]+|nodejs[0-9]+\.x|java[0-9]+|dotnet[0-9]+|ruby[0-9]\.[0-9]+|provided\.al[0-9]+)$`, sentence: "It is a runtime of Lambda, such as python3.13 or nodejs22.x."},
		"environment_variable": {expr: `^[a-zA-Z_][a-zA-Z0-9_]*$`, most: 255, sentence: "A variable of the environment is letters, digits and underscores, and does not begin with a digit."},
		"environment": {expr: `^[a-z][a-z0-9-]*$`, most: 50, extra: notReserved,
			sentence: "An environment's name is lower-case letters, digits and hyphens, a letter first."},
	}
}

// awsPatterns are regions, accounts, ARNs and the like.
func awsPatterns() map[string]check {
	return map[string]check{
		"region":           {expr: `^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}$`, sentence: "A region looks like ap-northeast-1."},
		"account":          {expr: `^[0-9]{12}$`, sentence: "An account's id is 12 digits."},
		"bucket":           {expr: `^[a-z0-9]([a-z0-9.-]*[a-z0-9])$`, most: 63, extra: bucket, sentence: "A bucket's name is 3 to 63 lower-case letters, digits, points and hyphens, a letter or digit at both ends."},
		"arn":              {expr: `^arn:[a-z0-9-]+:[a-z0-9-]+:[a-z0-9-]*:([0-9]{12}|aws)?:[^ ]+$`, sentence: "It is an ARN, such as arn:aws:kms:ap-northeast-1:012345670123:key/…"},
		"role_arn":         {expr: `^arn:[a-z0-9-]+:iam::[0-9]{12}:role/[^ ]+$`, sentence: "It is the ARN of a role, such as arn:aws:iam::012345670123:role/name."},
		"policy_arn":       {expr: `^arn:[a-z0-9-]+:iam::([0-9]{12}|aws):policy/[^ ]+$`, sentence: "It is the ARN of a policy, such as arn:aws:iam::012345670123:policy/name."},
		"secret_arn":       {expr: `^arn:[a-z0-9-]+:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[a-zA-Z0-9/_+=.@-]+$`, sentence: "It is the ARN of a secret as it is, without a key or version behind it: arn:aws:secretsmanager:ap-northeast-1:012345670123:secret:name-AbCdEf."},
		"parameter_arn":    {expr: `^arn:[a-z0-9-]+:ssm:[a-z0-9-]+:[0-9]{12}:parameter/[a-zA-Z0-9/_.-]+$`, sentence: "It is the ARN of a parameter, such as arn:aws:ssm:ap-northeast-1:012345670123:parameter/orders/token."},
		"kms_key_arn":      {expr: `^arn:[a-z0-9-]+:kms:[a-z0-9-]+:[0-9]{12}:key/[a-zA-Z0-9-]+$`, sentence: "It is the ARN of a key, not of an alias: arn:aws:kms:ap-northeast-1:012345670123:key/…"},
		"registry_arn":     {expr: `^arn:[a-z0-9-]+:servicediscovery:[a-z0-9-]+:[0-9]{12}:service/srv-[a-z0-9]+$`, sentence: "It is the ARN of a service of Cloud Map, such as arn:aws:servicediscovery:ap-northeast-1:012345670123:service/srv-0123456789abcdef."},
		"file_system_arn":  {expr: `^arn:[a-z0-9-]+:elasticfilesystem:[a-z0-9-]+:[0-9]{12}:file-system/fs-[0-9a-f]+$`, sentence: "It is the ARN of a file system, such as arn:aws:elasticfilesystem:ap-northeast-1:012345670123:file-system/fs-0123456789abcdef0."},
		"access_point_arn": {expr: `^arn:[a-z0-9-]+:elasticfilesystem:[a-z0-9-]+:[0-9]{12}:access-point/fsap-[0-9a-f]+$`, sentence: "It is the ARN of an access point, such as arn:aws:elasticfilesystem:ap-northeast-1:012345670123:access-point/fsap-0123456789abcdef0."},
		"json_key":         {expr: `^[^:\s]+$`, most: 200, sentence: "It is a key of the secret's JSON: no blank, no colon."},
		"cluster_arn":      {expr: `^arn:[a-z0-9-]+:ecs:[a-z0-9-]+:[0-9]{12}:cluster/[a-zA-Z0-9_-]+$`, sentence: "It is the ARN of a cluster, such as arn:aws:ecs:ap-northeast-1:012345670123:cluster/name."},
		"listener_arn":     {expr: `^arn:[a-z0-9-]+:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}:listener/app/[^/ ]+/[^/ ]+/[^/ ]+$`, sentence: "It is the ARN of a listener of an Application Load Balancer: …:listener/app/name/id/id, neither the load balancer's nor a rule's."},
		"nlb_arn":          {expr: `^arn:[a-z0-9-]+:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}:loadbalancer/net/[^/ ]+/[^/ ]+$`, sentence: "It is the ARN of a Network Load Balancer: …:loadbalancer/net/name/id, not a listener's."},
		"certificate_arn":  {expr: `^arn:[a-z0-9-]+:(acm:[a-z0-9-]+:[0-9]{12}:certificate|iam::[0-9]{12}:server-certificate)/[^ ]+$`, sentence: "It is the ARN of a certificate, such as arn:aws:acm:ap-northeast-1:012345670123:certificate/…"},
		"ssl_policy":       {expr: `^ELBSecurityPolicy-[a-zA-Z0-9-]+$`, most: 256, sentence: "It is one of the load balancer's policies, such as ELBSecurityPolicy-TLS13-1-2-2021-06."},
		"namespace_arn":    {expr: `^arn:[a-z0-9-]+:servicediscovery:[a-z0-9-]+:[0-9]{12}:namespace/ns-[a-z0-9]+$`, sentence: "It is the ARN of a Cloud Map namespace, such as arn:aws:servicediscovery:ap-northeast-1:012345670123:namespace/ns-0123456789abcdef."},
		"topic_arn":        {expr: `^arn:[a-z0-9-]+:sns:[a-z0-9-]+:[0-9]{12}:[a-zA-Z0-9_-]+$`, sentence: "It is the ARN of a topic, such as arn:aws:sns:ap-northeast-1:012345670123:name; a FIFO topic cannot take events."},
		"alarm":            {expr: `^[ -~]+$`, most: 255, sentence: "An alarm's name is up to 255 ASCII characters; it is not its ARN.", extra: notARN},
		"image":            {expr: `^[a-zA-Z0-9][a-zA-Z0-9._/:@-]*$`, most: 1000, sentence: "It is an image with its tag or digest, such as 012345670123.dkr.ecr.ap-northeast-1.amazonaws.com/orders:1.4.2."},
		"iam_path":         {expr: `^/([!-~]+/)?$`, most: 512, sentence: "A path of IAM begins and ends with a slash, such as /services/."},
		"mesh_name":        {expr: `^[a-zA-Z0-9_-]+$`, most: 255, sentence: "A mesh's name is up to 255 letters, digits, hyphens and underscores."},
		"namespace_id":     {expr: `^ns-[a-z0-9]+$`, most: 64, sentence: "A namespace's id looks like ns-0123456789abcdef."},
		"dns_name":         {expr: `^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$`, most: 253, extra: labels, sentence: "It is a DNS name, such as orders.mesh.local: lower-case letters, digits and hyphens between points."},
		"platform_version": {expr: `^([0-9]+\.[0-9]+\.[0-9]+|LATEST)$`, sentence: "It is a platform version of Fargate, such as 1.4.0, or LATEST."},
		"sid":              {expr: `^[a-zA-Z0-9]+$`, most: 64, sentence: "A statement's name is letters and digits."},
		"action":           {expr: `^(\*|[a-zA-Z0-9-]+:[a-zA-Z0-9*?]+)$`, sentence: "An action is service:Name, such as s3:GetObject."},
	}
}

// trafficPatterns are what the load balancer reads.
func trafficPatterns() map[string]check {
	return map[string]check{
		"cidr":           {expr: `^[0-9a-fA-F.:]+/[0-9]{1,3}$`, sentence: "It is a block of addresses, such as 10.0.0.0/8.", extra: cidr},
		"cidr_ipv4":      {expr: `^[0-9.]+/[0-9]{1,2}$`, sentence: "It is a block of IPv4 addresses, such as 10.0.0.0/8.", extra: cidr},
		"path":           {expr: `^/[!-~]*$`, most: 1024, sentence: "A path begins with a slash and has no blanks."},
		"matcher":        {expr: `^[0-9]{1,3}(-[0-9]{1,3})?(,[0-9]{1,3}(-[0-9]{1,3})?)*$`, sentence: "It is codes and ranges from 200 to 499, such as 200 or 200,302 or 200-299; for GRPC from 0 to 99.", extra: matcher},
		"method":         {expr: `^[A-Z][A-Z_-]*$`, most: 40, sentence: "A method is upper-case letters, hyphens and underscores, such as GET."},
		"header":         {expr: "^[a-zA-Z0-9!#$%&'*+.^_`|~-]+$", most: 40, sentence: "A header's name is up to 40 letters, digits and hyphens.", extra: notHost},
		"port_name":      {expr: `^[a-z0-9_][a-z0-9_-]*$`, most: 64, sentence: "A port's name is up to 64 lower-case letters, digits, underscores and hyphens, and does not begin with a hyphen."},
		"discovery_name": {expr: `^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?$`, most: 64, sentence: "A name in a namespace is up to 64 lower-case letters, digits, underscores and hyphens, with no hyphen at the ends."},
		"alias_name":     {expr: `^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$`, most: 127, extra: labels, sentence: "A name that clients call is up to 127 lower-case letters, digits, underscores, hyphens and points, such as orders or orders.internal."},
		"connect_header": {expr: "^[a-zA-Z0-9!#$%&'*+.^_`|~-]+$", most: 64, sentence: "A header's name is up to 64 letters, digits and hyphens."},
		"condition":      {expr: `^.+$`, most: 128, sentence: "A condition's value is 1 to 128 characters."},
	}
}

// notMeta refuses names that a module's call has a meaning for.
func notMeta(s string) string {
	meta := []string{"source", "version", "providers", "count", "for_each", "lifecycle", "depends_on", "locals"}
	if slices.Contains(meta, s) {
		return "Terraform reserves it. Choose another name, such as service_" + s + "."
	}
	return ""
}

func notReserved(s string) string {
	if s == "modules" || s == "tests" {
		return "It is the name of a folder that every configuration has. Choose another name."
	}
	return ""
}

func insidePath(s string) string {
	clean := path.Clean(s)
	switch {
	case path.IsAbs(s):
		return "It begins with a slash; it must be relative to the blueprint's folder."
	case clean == "." || clean == ".." || strings.HasPrefix(clean, "../"):
		return "It leaves the blueprint's folder, or is all of it. Point at a file or folder below."
	default:
		return ""
	}
}

func basePath(s string) string {
	switch {
	case path.IsAbs(s):
		return "It begins with a slash; it must be relative to the folder of this file."
	case strings.Contains(s, "://"):
		return "It is the address of something on a network. Nothing is fetched: a base is a file of the same repository."
	default:
		return ""
	}
}

func constraint(s string) string {
	if _, err := version.NewConstraint(s); err != nil {
		return `It is a version constraint as Terraform has it, such as ">= 6.66, < 7.0".`
	}
	return ""
}

func bucket(s string) string {
	if len(s) < 3 || strings.Contains(s, "..") {
		return "A bucket's name has 3 to 63 characters, and no two points in a row."
	}
	return ""
}

// labels holds the parts of a DNS name to their length.
func labels(s string) string {
	for label := range strings.SplitSeq(s, ".") {
		if len(label) > 63 {
			return "Between two points stand 63 characters at most, and " + label + " has " + strconv.Itoa(len(label)) + "."
		}
	}
	return ""
}

func cidr(s string) string {
	p, err := netip.ParsePrefix(s)
	switch {
	case err != nil:
		return "It is a block of addresses, such as 10.0.0.0/8."
	case p != p.Masked():
		return "The address has bits beyond its prefix. Say " + p.Masked().String() + "."
	default:
		return ""
	}
}

// matcher admits HTTP's 200 to 499 or gRPC's 0 to 99; which of the two it must be, the engine knows.
func matcher(s string) string {
	bounds := strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == '-' })
	http, grpc := true, true
	for _, b := range bounds {
		n, _ := strconv.Atoi(b)
		http, grpc = http && n >= 200 && n <= 499, grpc && n <= 99
	}
	if !http && !grpc {
		return "The codes are from 200 to 499; for GRPC from 0 to 99."
	}
	return ""
}

func notARN(s string) string {
	if strings.HasPrefix(s, "arn:") {
		return "ECS takes the names of alarms, not their ARNs. Say what stands behind the last colon."
	}
	return ""
}

func notHost(s string) string {
	if strings.EqualFold(s, "host") {
		return "A load balancer compares the host by a condition of its own: host_header."
	}
	return ""
}
