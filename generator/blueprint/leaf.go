package blueprint

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"bluegen/generator/diag"
)

// leaf fills an At.
func (d *decoder) leaf(n *node, v reflect.Value, p *plan, r *rules, name string) {
	if !d.is(n, scalar, name) {
		return
	}
	filled, ok := d.scalar(n, p.scalar, r, name)
	if ok {
		v.Addr().Interface().(leaf).put(filled, n.value, false)
	}
}

// scalar reads one text as its kind and holds it against its rules.
func (d *decoder) scalar(n *node, kind scalarKind, r *rules, name string) (any, bool) {
	filled, code, detail := parseScalar(n.text, n.plain, kind)
	if code != "" {
		d.report(code, n.value, fmt.Sprintf("%s must be %s, not %s", name, kind, said(n)), bareDuration(n, kind, r)+detail)
		return nil, false
	}
	if len(r.enum) > 0 && !slices.Contains(r.enum, n.text) {
		d.report(codeEnum, n.value, fmt.Sprintf("%s cannot be %s", name, quote(n.text)),
			fmt.Sprintf("%sIt is one of %s.", didYouMean(n.text, r.enum), oneOf(r.enum)))
		return nil, false
	}
	switch kind {
	case kindNumber:
		return filled, d.within(n, int64(filled.(int)), r, name, func(s string) int64 { i, _ := strconv.ParseInt(s, 10, 64); return i })
	case kindPercent:
		return filled, d.within(n, int64(filled.(Percent)), r, name, func(s string) int64 { p, _ := parsePercent(s); return int64(p) })
	case kindDuration:
		return filled, d.duration(n, filled.(time.Duration), r, name)
	case kindText:
		return filled, d.text(n, r, name)
	default:
		return filled, true
	}
}

// said repeats what was written, with the quotes that made it text.
func said(n *node) string {
	if n.plain {
		return bare(n.text)
	}
	return quote(n.text)
}

// String names a kind in a message.
func (k scalarKind) String() string {
	switch k {
	case kindNumber:
		return "a whole number"
	case kindBool:
		return "true or false"
	case kindDuration:
		return "a duration"
	case kindPercent:
		return "a percentage"
	default:
		return "text"
	}
}

// parseScalar reads a text as its kind. Only true and false are truths, only decimal digits a number: what else YAML has for them is text.
func parseScalar(text string, plain bool, kind scalarKind) (any, diag.Code, string) {
	switch kind {
	case kindBool:
		switch {
		case !plain && (text == "true" || text == "false"):
			return nil, codeBool, "Remove the quotes."
		case text == "true":
			return true, "", ""
		case text == "false":
			return false, "", ""
		}
		return nil, codeBool, "Write true or false; yes, no, on and off are text."
	case kindNumber:
		n, err := strconv.Atoi(text)
		switch digits := strings.TrimPrefix(text, "-"); {
		case err != nil && !isDigits(digits), text == "-0", strings.HasPrefix(text, "+"):
			return nil, codeNumber, "Write decimal digits alone: no point, no exponent, no unit."
		case err != nil:
			return nil, codeNumber, "It is too large."
		case len(digits) > 1 && digits[0] == '0':
			return nil, codeNumber, "Write it without leading zeros."
		case !plain:
			return nil, codeNumber, "Remove the quotes."
		}
		return n, "", ""
	case kindPercent:
		v, ok := parsePercent(text)
		switch {
		case !ok:
			return nil, codeNumber, "Write digits, with one behind the point at most and no sign or unit: 20 or 12.5."
		case !plain:
			return nil, codeNumber, "Remove the quotes."
		}
		return v, "", ""
	case kindDuration:
		v, ok := parseDuration(text)
		if !ok {
			return nil, codeDuration, "Write whole numbers with h, m and s, in this order: 90s, 3m, 1h30m."
		}
		return v, "", ""
	default:
		return text, "", ""
	}
}

// bareDuration answers a number without its unit.
func bareDuration(n *node, kind scalarKind, r *rules) string {
	if kind != kindDuration || !isDigits(n.text) || len(n.text) > 7 {
		return ""
	}
	if strings.HasSuffix(r.unit, "m") {
		return fmt.Sprintf("Say %sm for minutes. ", n.text)
	}
	return fmt.Sprintf("Say %ss for seconds, %sm for minutes. ", n.text, n.text)
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// parseDuration reads 90s, 3m, 1h30m: whole numbers, each unit once, in order.
func parseDuration(s string) (time.Duration, bool) {
	var total time.Duration
	units := []struct {
		name string
		of   time.Duration
	}{{"h", time.Hour}, {"m", time.Minute}, {"s", time.Second}}
	found := false
	for _, u := range units {
		number, rest, ok := strings.Cut(s, u.name)
		if !ok || !isDigits(number) || len(number) > 10 {
			continue
		}
		n, err := strconv.ParseInt(number, 10, 64)
		if err != nil || n > int64(1<<62)/int64(u.of) {
			return 0, false
		}
		if total += time.Duration(n) * u.of; total < 0 {
			return 0, false
		}
		s, found = rest, true
	}
	return total, found && s == ""
}

// within holds a number against the tags min and max.
func (d *decoder) within(n *node, v int64, r *rules, name string, read func(string) int64) bool {
	low, high := r.min != "" && v < read(r.min), r.max != "" && v > read(r.max)
	if !low && !high {
		return true
	}
	summary := ""
	switch {
	case r.min == r.max:
		summary = fmt.Sprintf("%s must be %s, not %s", name, r.min, bare(n.text))
	case r.max == "":
		summary = fmt.Sprintf("%s must be at least %s, not %s", name, r.min, bare(n.text))
	case r.min == "":
		summary = fmt.Sprintf("%s must be at most %s, not %s", name, r.max, bare(n.text))
	default:
		summary = fmt.Sprintf("%s must be from %s to %s, not %s", name, r.min, r.max, bare(n.text))
	}
	d.report(codeRange, n.value, summary, "Write a value in that range.")
	return false
}

func (d *decoder) duration(n *node, v time.Duration, r *rules, name string) bool {
	if !d.within(n, int64(v), r, name, func(s string) int64 { v, _ := parseDuration(s); return int64(v) }) {
		return false
	}
	unit, _ := parseDuration(r.unit)
	if unit == 0 || v%unit == 0 {
		return true
	}
	down := int64(v / time.Minute)
	d.report(codeUnit, n.value, fmt.Sprintf("%s takes whole minutes, not %s", name, bare(n.text)), fmt.Sprintf("Say %dm or %dm.", down, down+1))
	return false
}

// text holds a text against its pattern.
func (d *decoder) text(n *node, r *rules, name string) bool {
	if r.pattern == "" || len(r.enum) > 0 {
		return len(r.enum) > 0 || d.plainText(n, name)
	}
	complaint := d.check(r.pattern, n.text)
	if complaint == "" {
		return true
	}
	d.report(codePattern, n.value, fmt.Sprintf("%s cannot be %s", name, quote(n.text)), complaint)
	return false
}

// plainText admits every text but control characters; lines and tabs are text.
func (d *decoder) plainText(n *node, name string) bool {
	if !hasControl(n.text, true) {
		return true
	}
	d.report(codePattern, n.value, fmt.Sprintf("%s cannot be %s", name, quote(n.text)), "It has a control character. Lines and tabs are the only ones that a text may have.")
	return false
}
