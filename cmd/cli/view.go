package cli

// view shows an outcome; one a format.
type view interface {
	generated(o outcome, with generateOptions)
	checked(o outcome)
	differs(o outcome, folder string)
	proven(o outcome, verb string)
}

func (a *app) view(format string) view {
	if format == "json" {
		return jsonView{a}
	}
	return textView{a}
}
