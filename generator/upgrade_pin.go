package generator

import (
	"fmt"
	"regexp"
	"strings"

	"bluegen/schemas"

	"github.com/hashicorp/go-version"
)

// pinnedProvider is the one whose constraint a blueprint says.
const pinnedProvider = "aws"

// raise returns the constraint that admits only the newest known release of the provider and later ones, without the releases
// that are known to be broken, and why. One that does so already comes back as it is. A constraint that names one release still does, one
// that ends with its minor or major release still does; anything else is bounded by the next major release.
func raise(current string) (to string, why []string, err error) {
	newest, err := schemas.Newest(pinnedProvider)
	if err != nil {
		return "", nil, err
	}
	bad, err := schemas.BadReleases(pinnedProvider)
	if err != nil {
		return "", nil, err
	}
	if to, err = lifted(current, newest, bad); err != nil || to == current {
		return to, nil, err
	}
	why, err = reasons(current, to, newest, bad)
	return to, why, err
}

// lifted is raise without its reasons.
func lifted(current string, newest *version.Version, bad []schemas.BadRelease) (string, error) {
	old, err := version.NewConstraint(current)
	if err != nil {
		return "", err
	}
	floor, err := schemas.Floor(old)
	if err != nil {
		return "", err
	}
	to := current
	if floor.LessThan(newest) {
		to = shaped(current, newest)
	}
	for _, b := range bad {
		c, err := version.NewConstraint(to)
		if err != nil {
			return "", err
		}
		if c.Check(b.Version) {
			to += ", != " + b.Version.String()
		}
	}
	return to, nil
}

// shaped writes a constraint on a release as another one was written.
func shaped(current string, newest *version.Version) string {
	s := newest.Segments()
	short := strings.TrimSuffix(newest.String(), ".0")
	exact := regexp.MustCompile(`^(=?\s*)\d+(\.\d+)*$`).FindStringSubmatch(strings.TrimSpace(current))
	switch {
	case exact != nil:
		return exact[1] + newest.String()
	case regexp.MustCompile(`^~>\s*\d+\.\d+\.\d+$`).MatchString(strings.TrimSpace(current)):
		return "~> " + newest.String()
	case regexp.MustCompile(`^~>\s*\d+\.\d+$`).MatchString(strings.TrimSpace(current)):
		return fmt.Sprintf("~> %d.%d", s[0], s[1])
	}
	to := fmt.Sprintf(">= %s, < %d.0", short, s[0]+1)
	for term := range strings.SplitSeq(current, ",") {
		// What a team keeps out for reasons of its own stays out.
		if v, ok := strings.CutPrefix(strings.TrimSpace(term), "!="); ok {
			if out, err := version.NewVersion(strings.TrimSpace(v)); err == nil && !out.LessThan(newest) {
				to += ", != " + out.String()
			}
		}
	}
	return to
}

// reasons say what the new constraint is good for.
func reasons(from, to string, newest *version.Version, bad []schemas.BadRelease) ([]string, error) {
	old, err := version.NewConstraint(from)
	if err != nil {
		return nil, err
	}
	now, err := version.NewConstraint(to)
	if err != nil {
		return nil, err
	}
	floor, err := schemas.Floor(old)
	if err != nil {
		return nil, err
	}
	var why []string
	if floor.LessThan(newest) {
		why = append(why, fmt.Sprintf("hashicorp/%s %s is the newest release whose schema this bluegen knows.", pinnedProvider, newest))
	}
	news, err := schemas.NewSince(pinnedProvider, floor)
	if err != nil {
		return nil, err
	}
	var words []string
	for _, n := range news {
		words = append(words, fmt.Sprintf("%s (%s)", n.Feature, n.Since))
	}
	if len(words) > 0 {
		why = append(why, fmt.Sprintf("New since %s: %s.", floor, strings.Join(words, ", ")))
	}
	return append(why, excluded(bad, old, now)...), nil
}

// excluded are the broken releases that only the old constraint admits, those of one reason together.
func excluded(bad []schemas.BadRelease, old, now version.Constraints) []string {
	var why []string
	releases, reason := "", ""
	flush := func() {
		if releases != "" {
			why = append(why, fmt.Sprintf("No longer admitted: %s, where %s.", releases, strings.TrimSuffix(reason, ".")))
		}
	}
	for _, b := range bad {
		if !old.Check(b.Version) || now.Check(b.Version) {
			continue
		}
		if releases != "" && b.Reason == reason {
			releases += " and " + b.Version.String()
			continue
		}
		flush()
		releases, reason = b.Version.String(), b.Reason
	}
	flush()
	return why
}
