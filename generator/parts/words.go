package parts

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"bluegen/generator/blueprint"
	"bluegen/generator/tf"
)

// Names lists what a diagnostic offers: "app and proxy".
func Names(list []string) string { return listed(list, " and ") }

// Either are words of which one is enough: a, b or c.
func Either(list []string) string { return listed(list, " or ") }

func listed(list []string, last string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + last + list[len(list)-1]
}

// Spell is a duration without its zero parts: 3m, 90s is 1m30s.
func Spell(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	return strings.Replace(s, "h0m", "h", 1)
}

// MinutesUp rounds up to whole minutes.
func MinutesUp(d time.Duration) time.Duration {
	return (d + time.Minute - 1).Truncate(time.Minute)
}

// Seconds is a duration as a number.
func Seconds(d time.Duration) tf.Expr { return tf.Int(int(d / time.Second)) }

// Minutes is how Terraform's timeouts are written.
func Minutes(d time.Duration) string { return strconv.Itoa(int(d/time.Minute)) + "m" }

// Named is a name, or nothing where there is none.
func Named(s string) tf.Expr {
	if s == "" {
		return nil
	}
	return tf.String(s)
}

// NonEmpty leaves empty words out.
func NonEmpty(words ...string) []string {
	return slices.DeleteFunc(words, func(w string) bool { return w == "" })
}

// Sentence is a text with a capital, and without its full stop.
func Sentence(s string) string {
	s = strings.TrimRight(s, ".")
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// Object is a mapping of text to text.
func Object(pairs []blueprint.Pair) tf.Expr {
	fields := make([]tf.Field, 0, len(pairs))
	for _, p := range pairs {
		fields = append(fields, tf.F(p.Key.V, tf.String(p.Value.V)))
	}
	return tf.Fields(fields...)
}
