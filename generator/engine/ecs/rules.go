package ecs

import "bluegen/generator/diag"

// rule is one judgement over a whole deployment; its code has a text in the catalogue and a golden.
type rule struct {
	code  diag.Code
	check func(*deployment) diag.List
}

func rules() []rule { return nil }
