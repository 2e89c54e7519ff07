package parts

import (
	"bluegen/generator/tf"

	"github.com/zclconf/go-cty/cty"
)

// LogGroup is the log group of a function or of the containers.
func LogGroup(c *Child, name tf.Expr, retention string, kms bool) *tf.Block {
	var key tf.Expr
	if kms {
		key = c.Text("log_kms_key_arn", "Key that encrypts the logs.", ARN("kms", "key/mock"))
	}
	return tf.Resource("aws_cloudwatch_log_group", "this",
		tf.Set("kms_key_id", key),
		tf.Set("name", name),
		tf.Set("retention_in_days", c.Number("log_retention_days", retention, 30)),
	)
}

// LogGroups is a log group for each name of a variable, which maps containers to names.
func LogGroups(c *Child, names *tf.Block, retention string, kms bool) *tf.Block {
	b := LogGroup(c, tf.Each("value"), retention, kms)
	b.Items = append([]tf.Item{tf.Set("for_each", names.Attr())}, b.Items...)
	return b
}

// UseKMS is the key of the log groups, nil where there is none.
func (s *Site) UseKMS(r *Root) tf.Expr {
	key := s.In.Logs.KMSKeyARN
	if !key.Said() {
		return nil
	}
	return Use(r, Wanted{
		Name: "log_kms_key_arn", Key: "logs.kms_key_arn", Type: cty.String,
		Description: "ARN of the KMS key that encrypts the logs; its policy must admit CloudWatch Logs.",
		Sample:      cty.StringVal(ARN("kms", "key/mock")),
		Query:       ByName("aws_kms_alias", "name", "target_key_arn", ARN("kms", "key/mock")),
	}, key)
}
