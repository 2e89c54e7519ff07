package tf

import "github.com/hashicorp/hcl/v2/hclsyntax"

// operation is an operator: the kind of its token and how strongly it binds.
type operation struct {
	kind     hclsyntax.TokenType
	strength int
}

// operatorOf knows every operator that Binary may have.
func operatorOf(op string) (operation, bool) {
	switch op {
	case "||":
		return operation{hclsyntax.TokenOr, 1}, true
	case "&&":
		return operation{hclsyntax.TokenAnd, 2}, true
	case "==":
		return operation{hclsyntax.TokenEqualOp, 3}, true
	case "!=":
		return operation{hclsyntax.TokenNotEqual, 3}, true
	case ">":
		return operation{hclsyntax.TokenGreaterThan, 4}, true
	case ">=":
		return operation{hclsyntax.TokenGreaterThanEq, 4}, true
	case "<":
		return operation{hclsyntax.TokenLessThan, 4}, true
	case "<=":
		return operation{hclsyntax.TokenLessThanEq, 4}, true
	case "+":
		return operation{hclsyntax.TokenPlus, 5}, true
	case "-":
		return operation{hclsyntax.TokenMinus, 5}, true
	default:
		return operation{hclsyntax.TokenEqualOp, 3}, false
	}
}

// operator writes ==, which compares and does nothing, where the operator is none of Binary's.
func (w *tokenWriter) operator(op string) {
	o, ok := operatorOf(op)
	if !ok {
		op = "=="
	}
	w.add(o.kind, op)
}

func (w *tokenWriter) operand(e Expr, brackets bool) {
	if brackets {
		w.add(hclsyntax.TokenOParen, "(")
	}
	w.expr(e)
	if brackets {
		w.add(hclsyntax.TokenCParen, ")")
	}
}

// bracketed says whether an operand needs parentheses, or a reader does.
// Chains of one operator stay flat; comparisons within && and ||, and sums within comparisons, are as everyone reads them.
func bracketed(op string, operand Expr, left bool) bool {
	inner, ok := unwrapped(operand).(Binary)
	if !ok {
		return isCond(operand)
	}
	if inner.Op == op {
		return !left && op != "&&" && op != "||" || op != "&&" && op != "||" && op != "+" && op != "-"
	}
	outside, _ := operatorOf(op)
	inside, _ := operatorOf(inner.Op)
	switch {
	case outside.strength <= 2:
		return inside.strength <= 2
	case outside.strength <= 4:
		return inside.strength <= 4
	default:
		return !left || inside.strength != outside.strength
	}
}

func isCond(e Expr) bool {
	_, ok := unwrapped(e).(Cond)
	return ok
}

// isOperation says whether a dot, a bracket or a bang would bind stronger than the expression's own operator.
func isOperation(e Expr) bool {
	switch e := unwrapped(e).(type) {
	case Cond, Binary, Not:
		return true
	case Lit:
		return isNegative(e.Value)
	default:
		return false
	}
}
