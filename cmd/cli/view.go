package cli

// view shows an outcome; one a format.
type view interface {
	generated(o outcome, with generateOptions)
	checked(o outcome)
	differs(o outcome, folder string)
	proven(o outcome, verb string)
	upgraded(o outcome, with upgradeOptions)
}

func (a *app) view(format string) view {
	switch format {
	case "json":
		return jsonView{a}
	case "sarif":
		return sarifView{a}
	case "github":
		return githubView{a}
	default:
		return textView{a}
	}
}
