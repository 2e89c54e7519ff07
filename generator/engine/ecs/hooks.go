package ecs

import (
	"slices"
	"strings"

	"bluegen/generator/hook"
	"bluegen/generator/parts"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// hookShape is what a hook module's text depends on.
type hookShape struct {
	kind                                      string
	folder, environment, policy, tracing, kms bool
	path, boundary, account, vpc, compares    bool
}

func (d *deployment) hookShape(h lifecycleHook) hookShape {
	return hookShape{
		kind: h.kind.Name, folder: h.in.Folder, environment: len(h.in.Environment) > 0,
		policy: len(h.in.PolicyStatements) > 0, tracing: h.in.Tracing.V, kms: d.In.Logs.KMSKeyARN.Said(),
		path: d.In.Roles.Path.V != "/", boundary: d.In.Roles.PermissionsBoundary.Said(), account: d.In.Roles.SourceAccount.V,
		vpc: h.in.VPC != nil, compares: h.compares(),
	}
}

// own says that the source is bluegen's, below the module.
func (s hookShape) own() bool { return s.kind != hook.Code }

// hookModule is modules/hook_<kind> in the making.
type hookModule struct {
	*parts.Child
	site                       *parts.Site
	shape                      hookShape
	kind                       hook.Kind
	told                       []hookSetting
	partition, region, account *tf.Block
	group, function            *tf.Block
	groupName                  tf.Expr
}

// hookChild is modules/hook_<kind>: function, execution role, log group, and the role with which ECS calls it.
func (d *deployment) hookChild(name string, s hookShape, kind hook.Kind, told []hookSetting) *parts.Child {
	c := parts.NewChild(name, "Hook: "+kind.Name, hookAbout(kind), d.Versions)
	c.UsesArchive()
	c.AddFile(kind.Source...)
	m := &hookModule{Child: c, site: &d.Site, shape: s, kind: kind, told: told}
	archive := m.archive()
	m.account = c.Add(tf.Data("aws_caller_identity", "current"))
	m.partition = c.Add(tf.Data("aws_partition", "current"))
	m.region = c.Add(tf.Data("aws_region", "current"))
	m.logs()
	executionRole, policy := m.execution()
	m.lambda(archive, executionRole, policy)
	m.invoke()
	return c
}

func hookAbout(kind hook.Kind) string {
	rows := make([][]string, 0, len(kind.Behaviour))
	for _, b := range kind.Behaviour {
		rows = append(rows, []string{b.What, b.Answer})
	}
	about := kind.About + "\n\n" + parts.Table(kind.Columns[:], rows)
	if len(kind.Source) > 0 {
		about += "\nIts log group has one line a call. The source, `src/`, needs nothing but what the runtime brings."
	}
	return about
}

// pycache is the folder of Python's compiled modules.
const pycache = "__pycache__"

// archive zips the source. The zip lies where Terraform keeps its own things, so that no tracked file changes with it.
func (m *hookModule) archive() *tf.Block {
	source := tf.Set("source_dir", tf.Join(tf.PathModule(), tf.String("/src")))
	if !m.shape.own() {
		argument := "source_file"
		if m.shape.folder {
			argument = "source_dir"
		}
		source = tf.Set(argument, m.Text("source_path", "Where the handler's source lies.", "handlers/check.py"))
	}
	name := m.Text("function_name", "Name of the function.", "orders-hook")
	return m.Add(tf.Data("archive_file", "source",
		m.excludes(),
		tf.Set("output_file_mode", tf.String("0644")).Why("The same bytes whatever the umask of the machine that checked the source out."),
		tf.Set("output_path", tf.Join(tf.PathRoot(), tf.String("/.terraform/bluegen/"), name, tf.String(".zip"))),
		source,
		tf.Set("type", tf.String("zip")),
	))
}

// zipsFolder: the library's sources are a folder, a handler of the team's own may be a file alone.
func (m *hookModule) zipsFolder() bool { return m.shape.own() || m.shape.folder }

// excludes are spelt in both ways that releases of the provider understand: at the top, and further down.
func (m *hookModule) excludes() tf.Item {
	if !m.zipsFolder() {
		return nil
	}
	return tf.Set("excludes", tf.Strings("**/"+pycache, pycache)).Why("What Python leaves beside sources that were run once: the function would change with the machine.")
}

func (m *hookModule) logs() {
	m.groupName = m.Text("log_group_name", "Log group of the function.", "/aws/lambda/orders-hook")
	m.group = parts.LogGroup(m.Child, m.groupName, "How long the function's logs are kept, in days.", m.shape.kms)
}

// execution is the role that the function runs as, with its log group and, if it is traced, X-Ray.
func (m *hookModule) execution() (role, policy *tf.Block) {
	trust := m.Add(parts.Trust("execution_trust", "lambda.amazonaws.com", nil))
	streams := m.arn("logs", tf.String("log-group:"), m.groupName, tf.String(":*"))
	statements := []tf.Item{tf.Nested("statement",
		tf.Set("sid", tf.String("Logs")),
		tf.Set("actions", tf.Strings("logs:CreateLogStream", "logs:PutLogEvents")),
		tf.Set("resources", tf.LinesOf(streams)),
	)}
	if m.shape.tracing {
		statements = append(statements, tf.Nested("statement",
			tf.Set("sid", tf.String("Traces")),
			tf.Set("actions", tf.Strings("xray:PutTelemetryRecords", "xray:PutTraceSegments")),
			tf.Set("resources", tf.Strings("*")),
		))
	}
	statements = append(statements, m.permissions()...)
	document := m.Add(tf.Data("aws_iam_policy_document", "execution", statements...)).
		Why("No logs:CreateLogGroup: a last log line would bring a destroyed log group back, without retention.")
	role = m.role("execution", m.roleWords(), "Name of the role that the function runs as.", trust)
	m.Add(m.group)
	m.Add(role)
	policy = m.Add(parts.Inline("execution", "logs-and-traces", role, document.Attr("json")))
	m.Assert("Only Lambda may assume the execution role.", parts.Trusts(role, trust, "lambda.amazonaws.com")...)
	m.Assert("The function must not create log groups.", tf.Not{Operand: tf.Fn("contains",
		tf.Fn("flatten", tf.Splat{Collection: document.Attr("statement"), Path: []string{"actions"}}), tf.String("logs:CreateLogGroup"))})
	own := tf.Fn("toset", tf.Strings(parts.ARN("logs", "log-group:/aws/lambda/orders-hook:*")))
	m.Assert("The function must write to its own log group only.", append(parts.Carried(policy, role, document.Attr("json")),
		tf.Equal(tf.First(document.Attr("statement"), "actions"), tf.Fn("toset", tf.Strings("logs:CreateLogStream", "logs:PutLogEvents"))),
		tf.Equal(tf.First(document.Attr("statement"), "resources"), own))...)
	m.assertPermissions(document)
	return role, policy
}

// role is one of the module's two.
func (m *hookModule) role(name, description, what string, trust *tf.Block) *tf.Block {
	r := parts.Role{Resource: name, Description: description, Trust: trust, Name: m.Text(name+"_role_name", what, "orders-hook-"+name),
		Path: m.site.RolePath(m.Child), Boundary: m.site.RoleBoundary(m.Child)}
	return r.Block()
}

// lambda is the function with what differs between a kind of ours and the team's handler.
func (m *hookModule) lambda(archive, role, policy *tf.Block) {
	waits := append([]tf.Expr{policy.Attr()}, m.network(role)...)
	if m.shape.policy {
		json := m.Text("policy_json", "Policy document of what the handler may do beside its logs.", parts.SamplePolicy("given"))
		more := m.Add(parts.Inline("handler", "handler", role, json))
		m.Assert("The handler must have its own policy.", parts.Carried(more, role, json)...)
		waits = append(waits, more.Attr())
	}
	tracing := "PassThrough"
	if m.shape.tracing {
		tracing = "Active"
	}
	f := m.settings()
	m.function = m.Add(tf.Resource("aws_lambda_function", "this",
		tf.Set("architectures", tf.Strings("arm64")),
		tf.Set("description", tf.String(m.kind.Summary+".")),
		tf.Set("filename", archive.Attr("output_path")),
		tf.Set("function_name", m.Text("function_name", "Name of the function.", "orders-hook")),
		tf.Set("handler", f.handler),
		tf.Set("memory_size", f.memory),
		tf.Set("role", role.Attr("arn")),
		tf.Set("runtime", f.runtime),
		tf.Set("source_code_hash", archive.Attr("output_base64sha256")),
		f.timeout,
		f.environment,
		tf.Nested("logging_config", tf.Set("log_format", tf.String("JSON")), tf.Set("log_group", m.group.Attr("name"))),
		tf.Nested("tracing_config", tf.Set("mode", tf.String(tracing))),
		m.vpcConfig(),
		tf.Set("depends_on", tf.ListOf(waits...)),
	))
	m.describe(archive, role, f.timeout.Value)
}

type functionSettings struct {
	handler, memory, runtime tf.Expr
	timeout                  tf.Attr
	environment              tf.Item
}

func (m *hookModule) settings() functionSettings {
	if !m.shape.own() {
		f := functionSettings{
			handler: m.Text("handler", "Handler, as the runtime names it.", "check.lambda_handler"),
			memory:  m.Number("memory_mb", "Memory of the function in MB.", 128),
			runtime: m.Text("runtime", "Runtime of the function.", "python3.13"),
			timeout: tf.Set("timeout", m.Number("timeout_seconds", "How long one call may take.", 60)),
		}
		if m.shape.environment {
			env := m.In("environment", "Environment variables of the function.", cty.MapVal(map[string]cty.Value{"KEY": cty.StringVal("value")}))
			f.environment = tf.Nested("environment", tf.Set("variables", env))
		}
		return f
	}
	var variables []tf.Field
	for _, s := range m.told {
		variables = append(variables, tf.F(s.env, s.told(m.In(s.name, s.what, s.sample))))
	}
	slices.SortFunc(variables, func(a, b tf.Field) int { return strings.Compare(a.Key, b.Key) })
	return functionSettings{
		handler: tf.String(m.kind.Handler), memory: tf.Int(m.kind.MemoryMB), runtime: tf.String(m.kind.Runtime),
		timeout:     tf.Set("timeout", m.Number("timeout_seconds", "How long one call may take.", 10)),
		environment: tf.Nested("environment", tf.Set("variables", tf.Fields(variables...))),
	}
}

// describe declares the outputs and what the module's test asserts of the function.
func (m *hookModule) describe(archive, role *tf.Block, timeout tf.Expr) {
	f := m.function
	m.Output("execution_role_arn", "ARN of the role that the function runs as.", role.Attr("arn"))
	m.Output("execution_role_name", "Name of the role that the function runs as.", role.Attr("name"))
	m.Output("function_arn", "ARN of the function.", f.Attr("arn"))
	m.Output("function_name", "Name of the function.", f.Attr("function_name"))
	fields := []tf.Field{tf.F("log_group_name", tf.First(f.Attr("logging_config"), "log_group")), tf.F("timeout_seconds", f.Attr("timeout"))}
	fields = append(fields, m.reachFacts()...)
	variables := tf.First(f.Attr("environment"), "variables")
	if m.zipsFolder() {
		m.Assert("What Python leaves beside the source must stay out of the function.",
			tf.Fn("contains", archive.Attr("excludes"), tf.String(pycache)),
			tf.Fn("contains", archive.Attr("excludes"), tf.String("**/"+pycache)))
	}
	if m.shape.own() {
		fields = append(fields, m.describeOwn(archive, variables)...)
	} else {
		fields = append(fields, tf.F("handler", f.Attr("handler")), tf.F("memory_mb", f.Attr("memory_size")), tf.F("runtime", f.Attr("runtime")))
		source := "source_file"
		if m.shape.folder {
			source = "source_dir"
		}
		m.Assert("The function must run the handler that was given.",
			tf.Equal(archive.Attr(source), tf.String("handlers/check.py")),
			tf.Equal(f.Attr("handler"), tf.String("check.lambda_handler")),
			tf.Equal(f.Attr("memory_size"), tf.Int(128)),
			tf.Equal(f.Attr("runtime"), tf.String("python3.13")))
		if m.shape.environment {
			m.Assert("The handler must have its environment.", tf.Equal(tf.Index{Collection: variables, Key: tf.String("KEY")}, tf.String("value")))
		}
	}
	m.Output("settings", "How the function was made.", tf.Fields(fields...))
	m.Assert("The function must run as its execution role, what was zipped, and as long as it may.",
		tf.Equal(f.Attr("role"), role.Attr("arn")),
		tf.Equal(f.Attr("source_code_hash"), archive.Attr("output_base64sha256")),
		tf.Equal(f.Attr("timeout"), timeout))
	m.Assert("The function must log to its own log group, with retention.",
		tf.Equal(m.group.Attr("retention_in_days"), tf.Int(30)),
		tf.Equal(tf.First(f.Attr("logging_config"), "log_group"), tf.String("/aws/lambda/orders-hook")))
}

// invoke is the role with which ECS calls exactly this function.
func (m *hookModule) invoke() {
	var account tf.Expr
	if m.shape.account {
		account = m.account.Attr("account_id")
	}
	trust := m.Add(parts.Trust("invoke_trust", "ecs.amazonaws.com", account))
	document := m.Add(tf.Data("aws_iam_policy_document", "invoke", tf.Nested("statement",
		tf.Set("actions", tf.Strings("lambda:InvokeFunction")),
		tf.Set("resources", tf.ListOf(m.function.Attr("arn"))),
	)))
	role := m.Add(m.role("invoke", "ECS calls the hook.", "Name of the role with which ECS calls the function.", trust))
	policy := m.Add(parts.Inline("invoke", "invoke-hook", role, document.Attr("json")))
	m.OutputAfter("invoke_role_arn", "ARN of the role with which ECS calls the function.", role.Attr("arn"),
		"The first deployment calls the hook too: without the policy the service could not be created.", policy.Attr())
	m.Output("invoke_role_name", "Name of the role with which ECS calls the function.", role.Attr("name"))
	first := tf.First(document.Attr("statement"))
	m.Assert("ECS itself must be able to assume the invoke role.", parts.Trusts(role, trust, "ecs.amazonaws.com")...)
	m.Assert("The invoke role must be able to call this function, and nothing else.", append(parts.Carried(policy, role, document.Attr("json")),
		tf.Equal(tf.Dig(first, "actions"), tf.Fn("toset", tf.Strings("lambda:InvokeFunction"))),
		tf.Equal(tf.Dig(first, "resources"), tf.Fn("toset", tf.ListOf(m.function.Attr("arn")))))...)
	m.Assert("The outputs must be those of the function and of its invoke role.",
		tf.Equal(parts.OutputNamed("function_arn"), m.function.Attr("arn")),
		tf.Equal(parts.OutputNamed("invoke_role_arn"), role.Attr("arn")))
}
