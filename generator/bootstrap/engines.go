package bootstrap

// engine is what init knows of an engine beside its folder below template/.
type engine struct {
	about string
	// unasked is taken only where somebody says so: it is not offered.
	unasked bool
}

// engines are the rows; the model says which of them bluegen has.
func engines() map[string]engine {
	return map[string]engine{
		"appmesh": {about: "weights of a route in AWS App Mesh, which AWS ended", unasked: true},
		"ecs":     {about: "ECS shifts the traffic itself"},
	}
}
