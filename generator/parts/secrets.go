package parts

import (
	"reflect"
	"slices"
	"strings"

	"bluegen/generator/blueprint"
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// secretsOption hands the places of secrets over; ECS reads them with the execution role when the container starts.
func (c Container) secretsOption() option {
	in := c.In
	return option{
		name: "secrets", must: "get its secrets, each from its place",
		sample: cty.MapVal(map[string]cty.Value{"KEY": cty.StringVal(sampleSecret()), "TOKEN": cty.StringVal(sampleParameter())}),
		value: func(r *Root) tf.Expr {
			var fields []tf.Field
			for _, e := range in.Secrets {
				arn := secretARN(r, e)
				if e.V.Key.V != "" {
					arn = tf.Join(arn, tf.String(":"+e.V.Key.V+"::"))
				}
				fields = append(fields, tf.F(e.Key.V, arn))
			}
			for _, e := range in.Parameters {
				fields = append(fields, tf.F(e.Key.V, parameterARN(r, e)))
			}
			slices.SortFunc(fields, func(a, b tf.Field) int { return strings.Compare(a.Key, b.Key) })
			return tf.Fields(fields...)
		},
		fields: func(v *tf.Block) []tf.Field {
			return []tf.Field{tf.F("secrets", tf.For{
				At: "variable", Name: "arn", Collection: v.Attr("secrets"),
				Value: tf.Inline(tf.F("name", tf.It("variable")), tf.F("valueFrom", tf.It("arn"))),
			})}
		},
	}
}

func sampleSecret() string    { return ARN("secretsmanager", "secret:orders-AbCdEf") }
func sampleParameter() string { return ARN("ssm", "parameter/orders/token") }

func secretARN(r *Root, e blueprint.Entry[blueprint.Secret]) tf.Expr {
	name := strings.ToLower(e.Key.V)
	return Use(r, Wanted{
		Name: name + "_secret_arn", Key: "service.task.containers.secrets." + e.Key.V + ".arn", Type: cty.String,
		Description: "ARN of the secret that containers get as " + e.Key.V + ".",
		Sample:      cty.StringVal(sampleSecret()),
		Query:       ByName("aws_secretsmanager_secret", "name", "arn", sampleSecret()),
		Validation:  validARN("secretsmanager", "secret:", "a secret of Secrets Manager"),
	}, e.V.ARN)
}

func parameterARN(r *Root, e blueprint.Entry[blueprint.Parameter]) tf.Expr {
	name := strings.ToLower(e.Key.V)
	return Use(r, Wanted{
		Name: name + "_parameter_arn", Key: "service.task.containers.parameters." + e.Key.V + ".arn", Type: cty.String,
		Description: "ARN of the parameter that containers get as " + e.Key.V + ".",
		Sample:      cty.StringVal(sampleParameter()),
		Validation:  validARN("ssm", "parameter/", "an SSM parameter"),
	}, e.V.ARN)
}

func validARN(service, resource, what string) *Validation {
	return &Validation{
		Condition: Matches("^arn:[^:]+:" + service + ":[^:]+:[0-9]{12}:" + resource),
		Message:   "must be the ARN of " + what + ", not its name.",
		Wrong:     cty.StringVal("orders"),
	}
}

func secretKey(r *Root, variable string, key blueprint.Value[string]) tf.Expr {
	return Use(r, Wanted{
		Name: strings.ToLower(variable) + "_kms_key_arn", Key: "service.task.containers.secrets.kms_key_arn", Type: cty.String,
		Description: "ARN of the KMS key that decrypts " + variable + ".",
		Sample:      cty.StringVal(sampleKey()),
		Query:       ByName("aws_kms_alias", "name", "target_key_arn", sampleKey()),
	}, key)
}

func sampleKey() string { return ARN("kms", "key/secrets") }

// secretSources are what the containers' secrets are: sets of ARNs, each once.
type secretSources struct{ secrets, parameters, keys []tf.Expr }

func (s *Site) secretSources(r *Root) (out secretSources) {
	key := func(variable string, v blueprint.Value[string]) {
		if v.Said() {
			out.keys = addOnce(out.keys, secretKey(r, variable, v))
		}
	}
	for _, c := range s.containers() {
		for _, e := range c.Secrets {
			out.secrets = addOnce(out.secrets, secretARN(r, e))
			key(e.Key.V, e.V.KMSKeyARN)
		}
		for _, e := range c.Parameters {
			out.parameters = addOnce(out.parameters, parameterARN(r, e))
			key(e.Key.V, e.V.KMSKeyARN)
		}
	}
	return out
}

func (s *Site) containers() []blueprint.Container {
	if s.In.Service.Task == nil {
		return nil
	}
	return s.In.Service.Task.Containers
}

// addOnce appends what is not there yet: containers often share a secret, or a key.
func addOnce(list []tf.Expr, e tf.Expr) []tf.Expr {
	if slices.ContainsFunc(list, func(have tf.Expr) bool { return reflect.DeepEqual(have, e) }) {
		return list
	}
	return append(list, e)
}

// secretKinds says which of the three kinds of ARN there are; only then they are in the module.
func (s *Site) secretKinds() (secrets, parameters, keys bool) {
	for _, c := range s.containers() {
		for _, e := range c.Secrets {
			secrets, keys = true, keys || e.V.KMSKeyARN.Said()
		}
		for _, e := range c.Parameters {
			parameters, keys = true, keys || e.V.KMSKeyARN.Said()
		}
	}
	return secrets, parameters, keys
}

// secretGrant is one statement of the policy that lets ECS read secrets.
type secretGrant struct {
	has                       bool
	sid, action, input, about string
	sample                    string
	arns                      func(secretSources) []tf.Expr
}

func (s *Site) secretGrants() []secretGrant {
	secrets, parameters, keys := s.secretKinds()
	var out []secretGrant
	for _, g := range []secretGrant{
		{secrets, "ReadSecrets", "secretsmanager:GetSecretValue", "secret_arns", "Secrets that the containers get.", sampleSecret(), func(s secretSources) []tf.Expr { return s.secrets }},
		{parameters, "ReadParameters", "ssm:GetParameters", "parameter_arns", "SSM parameters that the containers get.", sampleParameter(), func(s secretSources) []tf.Expr { return s.parameters }},
		{keys, "Decrypt", "kms:Decrypt", "secret_kms_key_arns", "KMS keys that decrypt them.", sampleKey(), func(s secretSources) []tf.Expr { return s.keys }},
	} {
		if g.has {
			out = append(out, g)
		}
	}
	return out
}

// SecretActions are what ECS needs for the containers' secrets, as code; nothing without any.
func (s *Site) SecretActions() []string {
	var out []string
	for _, g := range s.secretGrants() {
		out = append(out, Code(g.action))
	}
	return out
}

// readSecrets is the execution role's policy for exactly the secrets that the containers get; nothing without any.
func (s *Site) readSecrets() []OwnPolicy {
	grants := s.secretGrants()
	if len(grants) == 0 {
		return nil
	}
	return []OwnPolicy{{
		Resource: "secrets", Name: "read-secrets",
		Message: "The execution role must have the policy for exactly the containers' secrets.",
		Document: func(m *RoleModule) *tf.Block {
			statements := make([]Grant, len(grants))
			for i, g := range grants {
				statements[i] = Grant{Sid: g.sid, Actions: []string{g.action}, Resources: m.In(g.input, g.about, Samples(g.sample))}
			}
			return m.Grants("secrets", "The execution role must read these secrets, and nothing else.", statements...)
		},
		Given: func(r *Root) []Given {
			sources := s.secretSources(r)
			out := make([]Given, len(grants))
			for i, g := range grants {
				out[i] = Given{tf.Set(g.input, tf.LinesOf(g.arns(sources)...)), cty.Set(cty.String)}
			}
			return out
		},
	}}
}
