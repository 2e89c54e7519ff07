package tf

import (
	"cmp"
	"crypto/sha256"
	"slices"
	"strings"
	"sync"

	"bluegen/schemas"

	"github.com/zclconf/go-cty/cty"
)

// Checker checks a module that calls no other once: environments of one shape share their child modules. Safe for concurrent use;
// the zero value is ready, and it must not be copied after its first use.
type Checker struct {
	verdicts sync.Map // verdictKey -> func() verdict
}

// verdictKey is all that the check of such a module depends on. Views are compared by identity: they are immutable.
type verdictKey struct {
	aws, archive *schemas.View
	module       Key
}

type verdict struct {
	problems []Problem
	outputs  cty.Type
}

// Check is the function Check; keys are those of the configuration.
func (k *Checker) Check(c *Config, keys Keys, aws, archive *schemas.View) []Problem {
	checker := &checker{views: map[string]*schemas.View{}, scopes: map[string]*scope{}, outputs: map[string]cty.Type{}}
	for _, v := range []*schemas.View{aws, archive} {
		if v != nil {
			checker.views[v.Provider()] = v
		}
	}
	for _, m := range c.Modules {
		checker.open(m)
	}
	var callers []*scope
	for _, m := range c.Modules {
		s := checker.scopes[m.Path]
		if s.calls() {
			callers = append(callers, s)
			continue
		}
		v := k.verdict(verdictKey{aws, archive, moduleKey(s.module, keys)}, checker.views, s)
		checker.problems = append(checker.problems, v.problems...)
		checker.outputs[m.Path] = v.outputs
	}
	for _, s := range callers {
		checker.module(s)
	}
	slices.SortFunc(checker.problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Module, b.Module), cmp.Compare(a.Address, b.Address), cmp.Compare(a.Message, b.Message))
	})
	return slices.Compact(checker.problems)
}

func (k *Checker) verdict(key verdictKey, views map[string]*schemas.View, s *scope) verdict {
	once, ok := k.verdicts.Load(key)
	if !ok {
		once, _ = k.verdicts.LoadOrStore(key, sync.OnceValue(func() verdict {
			alone := &checker{views: views, scopes: map[string]*scope{s.module.Path: s}}
			alone.module(s)
			return verdict{problems: alone.problems, outputs: alone.outputTypes(s)}
		}))
	}
	return once.(func() verdict)()
}

// calls is true for a module whose check also depends on others.
func (s *scope) calls() bool {
	return slices.ContainsFunc(s.blocks, func(b *Block) bool { return b.Type == "module" })
}

// moduleKey leaves out the documents that Check does not read. The path is part of each problem, and the root has rules of its own.
func moduleKey(m *Module, keys Keys) Key {
	b := appendText(nil, m.Path)
	for _, d := range m.Documents {
		if strings.HasSuffix(d.Name, ".tf") {
			key := keys[d]
			b = append(b, key[:]...)
		}
	}
	return sha256.Sum256(b)
}
