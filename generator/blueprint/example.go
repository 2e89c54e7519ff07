package blueprint

import "fmt"

// example is how an omitted key may be written, for a message.
func example(f *field) string {
	switch {
	case f.rules.hasFallback:
		return fmt.Sprintf("%s: %s", f.key, f.rules.fallback)
	case len(f.rules.enum) > 0 && f.plan.shape == shapeLeaf:
		return fmt.Sprintf("%s: %s", f.key, f.rules.enum[0])
	case f.plan.shape == shapeLeaf && (f.plan.scalar == kindNumber || f.plan.scalar == kindPercent):
		return fmt.Sprintf("%s: %s", f.key, f.rules.min)
	case f.plan.shape == shapeLeaf && f.plan.scalar == kindDuration:
		return fmt.Sprintf("%s: %s", f.key, f.rules.unit)
	case f.plan.shape == shapeList:
		return fmt.Sprintf("%s: […]", f.key)
	case f.plan.shape == shapeLeaf || f.plan.shape == shapeValue:
		return fmt.Sprintf("%s: …", f.key)
	default:
		return fmt.Sprintf("%s with its keys below", f.key)
	}
}
