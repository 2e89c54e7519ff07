package tf

import "github.com/zclconf/go-cty/cty"

// function infers the arguments and knows what Terraform's functions return, where that does not depend on a value.
func (p place) function(call Call) cty.Value {
	args := make([]cty.Type, len(call.Args))
	for i, a := range call.Args {
		args[i] = p.infer(a).Type()
	}
	if t, ok := fixedResult(call.Name); ok {
		return cty.UnknownVal(t)
	}
	switch call.Name {
	case "one", "element":
		if len(args) > 0 {
			return unknown(elementType(args[0]))
		}
	case "tolist", "toset", "tomap", "sort", "distinct":
		if len(args) == 1 {
			return unknown(converted(call.Name, args[0]))
		}
	case "try", "coalesce", "merge", "concat", "flatten", "compact", "lookup", "values", "jsondecode", "yamldecode", "regex", "regexall",
		"setunion", "setintersection", "setsubtract", "setproduct", "slice", "reverse", "zipmap", "chunklist", "coalescelist", "sum", "transpose":
		return cty.DynamicVal
	default:
		p.problem("Terraform has no function %s that bluegen knows", call.Name)
		return cty.DynamicVal
	}
	p.problem("%s takes other arguments", call.Name)
	return cty.DynamicVal
}

// converted is what a collection becomes; its elements' type is kept where it is one.
func converted(function string, t cty.Type) cty.Type {
	element := elementType(t)
	switch function {
	case "toset":
		return cty.Set(element)
	case "tomap":
		return cty.Map(element)
	default:
		return cty.List(element)
	}
}

// fixedResult knows the functions that always return the same type.
func fixedResult(name string) (cty.Type, bool) {
	switch name {
	case "jsonencode", "yamlencode", "tostring", "join", "format", "lower", "upper", "title", "replace", "trim", "trimspace", "trimprefix",
		"trimsuffix", "substr", "chomp", "indent", "file", "filebase64", "templatefile", "base64encode", "base64decode", "base64sha256",
		"filebase64sha256", "filesha256", "filemd5", "sha1", "sha256", "sha512", "md5", "abspath", "basename", "dirname", "pathexpand",
		"cidrhost", "cidrsubnet", "cidrnetmask", "formatdate", "timeadd", "urlencode", "strrev", "uuidv5":
		return cty.String, true
	case "tonumber", "length", "abs", "ceil", "floor", "max", "min", "pow", "signum", "parseint", "index":
		return cty.Number, true
	case "tobool", "can", "contains", "alltrue", "anytrue", "startswith", "endswith", "strcontains", "fileexists", "issensitive":
		return cty.Bool, true
	case "keys", "split", "formatlist", "matchkeys":
		return cty.List(cty.String), true
	case "fileset":
		return cty.Set(cty.String), true
	case "range":
		return cty.List(cty.Number), true
	default:
		return cty.NilType, false
	}
}
