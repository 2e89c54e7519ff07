package schemas

import (
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/go-version"
)

// lowest is the lowest version that c admits, counting every x.y.z as a possible release.
// What a constraint admits can only begin at 0.0.0, at a version it names, or just behind one.
func lowest(c version.Constraints) (*version.Version, error) {
	candidates, err := edges(c)
	if err != nil {
		return nil, err
	}
	var low *version.Version
	for _, v := range candidates {
		if c.Check(v) && (low == nil || v.LessThan(low)) {
			low = v
		}
	}
	if low == nil {
		return nil, errors.New("admits no version at all")
	}
	return low, nil
}

func edges(c version.Constraints) ([]*version.Version, error) {
	out := []*version.Version{release(0, 0, 0)}
	for _, one := range c {
		named, err := version.NewVersion(strings.TrimLeft(one.String(), "=!<>~ \t"))
		if err != nil {
			return nil, err
		}
		out = append(out, named, named.Core(), after(named))
	}
	return out, nil
}

func release(major, minor, patch int64) *version.Version {
	return version.Must(version.NewVersion(fmt.Sprintf("%d.%d.%d", major, minor, patch)))
}

// after is the next patch release.
func after(v *version.Version) *version.Version {
	s := v.Segments64() // never fewer than three
	return release(s[0], s[1], s[2]+1)
}

// firstOf is x.0.0 for the major release of v.
func firstOf(v *version.Version) *version.Version {
	return release(v.Segments64()[0], 0, 0)
}

// covers reports whether an embedded release stands for floor: when the constraint admits it, or when
// both are of one major release, within which a provider only adds.
func covers(c version.Constraints, floor, known *version.Version) bool {
	return c.Check(known) || firstOf(floor).Equal(firstOf(known))
}

// reaches reports whether c admits any version from x.0.0 up to known.
func reaches(c version.Constraints, known *version.Version) bool {
	first := firstOf(known)
	if c.Check(first) || c.Check(known) {
		return true
	}
	candidates, err := edges(c)
	if err != nil {
		return false // Open has refused it
	}
	for _, v := range candidates {
		if c.Check(v) && v.GreaterThan(first) && v.LessThan(known) {
			return true
		}
	}
	return false
}
