// Package parts holds what engines are made of: names, values in the root, the scaffold of a module, roles, README and tests.
package parts

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// Limits of AWS on names, in characters (domain.md 7.1: API-ELB, API-IAM, API-LAMBDA, API-LOGS, API).
const (
	TargetGroupName   = 32
	EventRuleName     = 64
	RoleName          = 64
	FunctionName      = 64
	ServiceName       = 255
	LogGroupName      = 512
	SecurityGroupName = 255
	AlarmName         = 255
	DashboardName     = 255
	TopicName         = 256
)

// hashLength is how many hexadecimal digits stand for what was cut: 24 bits, one collision in 16 million pairs.
const hashLength = 6

// Name joins words with hyphens and shortens the result to limit. The last word says what the thing is and survives whole;
// what is cut from the front is replaced by a hash of the whole, so that two long names that begin alike stay two.
func Name(limit int, words ...string) string {
	kept := words[:0:0]
	for _, w := range words {
		if w != "" {
			kept = append(kept, w)
		}
	}
	whole := strings.Join(kept, "-")
	if len(whole) <= limit {
		return whole
	}
	sum := sha256.Sum256([]byte(whole))
	tail := hex.EncodeToString(sum[:])[:hashLength]
	if last := kept[len(kept)-1]; len(kept) > 1 && len(last)+len(tail)+3 < limit {
		tail += "-" + last
	}
	head := strings.TrimRight(whole[:limit-len(tail)-1], "-")
	return head + "-" + tail
}

// Ident is the name as Terraform's identifiers want it: warm-up becomes warm_up.
func Ident(words ...string) string {
	return strings.ReplaceAll(strings.Join(words, "_"), "-", "_")
}
