package schemas

import (
	"slices"

	"github.com/hashicorp/go-version"
)

// Newest is the newest release of a provider whose schema is embedded.
func Newest(provider string) (*version.Version, error) {
	releases, err := embedded(provider)
	if err != nil {
		return nil, err
	}
	return releases[len(releases)-1], nil
}

// Floor is the lowest version that a constraint admits, counting every x.y.z as a release.
func Floor(c version.Constraints) (*version.Version, error) { return lowest(c) }

// News is a feature that a release brought.
type News struct {
	Feature Feature
	Since   *version.Version
	// Source is where it was read.
	Source string
}

// NewSince lists what a provider's releases above from brought, oldest first: of the features that code decides on.
func NewSince(provider string, from *version.Version) ([]News, error) {
	features, err := readFeatures()
	if err != nil {
		return nil, err
	}
	decisive := []Feature{
		RegionAttribute, BlueGreen, SigintRollback, HookDetails, LinearCanary, ServiceConnectAccessLog, PauseHook, HookTimeout, PreProductionStage,
	}
	var out []News
	for _, r := range features.newer(provider, from) {
		if slices.Contains(decisive, r.feature) {
			out = append(out, News{Feature: r.feature, Since: r.since, Source: r.source})
		}
	}
	return out, nil
}

// BadReleases are a provider's releases in which a feature is there but broken, whatever a constraint says, oldest first.
func BadReleases(provider string) ([]BadRelease, error) {
	features, err := readFeatures()
	if err != nil {
		return nil, err
	}
	var out []BadRelease
	for _, r := range features.rows {
		if r.provider == provider {
			out = append(out, r.bad...)
		}
	}
	slices.SortStableFunc(out, func(a, b BadRelease) int { return a.Version.Compare(b.Version) })
	return slices.CompactFunc(out, func(a, b BadRelease) bool { return a.Version.Equal(b.Version) }), nil
}
