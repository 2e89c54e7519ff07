package cli

// jsonUpgrade is one edit of a blueprint.
type jsonUpgrade struct {
	Blueprint   string    `json:"blueprint"`
	Key         string    `json:"key"`
	Environment string    `json:"environment,omitempty"`
	Range       jsonRange `json:"range"`
	From        string    `json:"from"`
	To          string    `json:"to"`
	Why         []string  `json:"why"`
	Written     bool      `json:"written"`
}

// jsonFate is what becomes of one resource of an old tree's state.
type jsonFate struct {
	Environment string   `json:"environment,omitempty"`
	Address     string   `json:"address"`
	Was         string   `json:"was,omitempty"`
	Action      string   `json:"action"`
	Because     []string `json:"because,omitempty"`
}

func (v jsonView) upgraded(o outcome, _ upgradeOptions) { v.print(o) }

func (o outcome) jsonUpgrades() []jsonUpgrade {
	var out []jsonUpgrade
	for _, u := range o.upgrades {
		for _, s := range u.Steps {
			out = append(out, jsonUpgrade{u.blueprint, s.Key, s.Environment, rangeOf(u.blueprint, s.Range), s.From, s.To, s.Why, u.written})
		}
	}
	return out
}

func (o outcome) jsonFates() []jsonFate {
	var out []jsonFate
	for _, r := range o.rehearsals {
		for _, s := range r.steps {
			out = append(out, jsonFate{r.environment, s.Address, s.Was, string(s.Fate), s.Because})
		}
	}
	return out
}
