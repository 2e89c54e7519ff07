package hook

// The stages of a service deployment, in their order; blue is the live revision, green the new one.
const (
	ReconcileService           = "RECONCILE_SERVICE"
	PreScaleUp                 = "PRE_SCALE_UP"
	ScaleUp                    = "SCALE_UP"
	PostScaleUp                = "POST_SCALE_UP"
	TestTrafficShift           = "TEST_TRAFFIC_SHIFT"
	PostTestTrafficShift       = "POST_TEST_TRAFFIC_SHIFT"
	PreProductionTrafficShift  = "PRE_PRODUCTION_TRAFFIC_SHIFT"
	ProductionTrafficShift     = "PRODUCTION_TRAFFIC_SHIFT"
	PostProductionTrafficShift = "POST_PRODUCTION_TRAFFIC_SHIFT"
	BakeTime                   = "BAKE_TIME"
	CleanUp                    = "CLEAN_UP"
)

// Stage is one row of the deployment's life.
type Stage struct {
	Name string
	// Lambda and Pause say which hooks may stand here. ECS's own pages disagree on a pause at RECONCILE_SERVICE: the one on
	// pause hooks lists it, the one on troubleshooting refuses it. A refused hook fails the apply, a missing one nobody misses.
	Lambda, Pause bool
	// Recurring stages run again during a rollback, with the green revision's weight at 0.
	Recurring bool
	// PerStep stages run once for every traffic step of a linear or canary deployment.
	PerStep bool
}

// Stages returns all eleven in order.
func Stages() []Stage {
	return []Stage{
		{Name: ReconcileService, Lambda: true},
		{Name: PreScaleUp, Lambda: true, Pause: true},
		{Name: ScaleUp},
		{Name: PostScaleUp, Lambda: true, Pause: true},
		{Name: TestTrafficShift, Lambda: true, Recurring: true},
		{Name: PostTestTrafficShift, Lambda: true, Pause: true},
		{Name: PreProductionTrafficShift, Lambda: true, Pause: true, PerStep: true},
		{Name: ProductionTrafficShift, Lambda: true, Recurring: true, PerStep: true},
		{Name: PostProductionTrafficShift, Lambda: true, Pause: true},
		{Name: BakeTime},
		{Name: CleanUp},
	}
}

// LegalStages returns those where a Lambda hook may stand, in order.
func LegalStages() []string {
	var names []string
	for _, s := range Stages() {
		if s.Lambda {
			names = append(names, s.Name)
		}
	}
	return names
}

// PauseStages returns those where a hook without a function may stand, in order.
func PauseStages() []string {
	var names []string
	for _, s := range Stages() {
		if s.Pause {
			names = append(names, s.Name)
		}
	}
	return names
}
