package schemas

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/hashicorp/go-version"
	tfjson "github.com/hashicorp/terraform-json"
)

//go:embed providers rules features.json replacements.json
var data embed.FS

// kind is the folder of a type's file.
type kind string

const (
	kindConfig   kind = "config"
	kindResource kind = "resource"
	kindData     kind = "data"
)

// file is joined without cleaning, so that a name with .. finds nothing.
func (k kind) file(typ string) string {
	if k == kindConfig {
		return "config.json"
	}
	return string(k) + "/" + typ + ".json"
}

// embedded lists a provider's releases, oldest first.
func embedded(provider string) ([]*version.Version, error) {
	dirs, err := data.ReadDir("providers/" + provider)
	if err != nil {
		return nil, fmt.Errorf("no schema of a provider %q is embedded", provider)
	}
	out := make([]*version.Version, 0, len(dirs))
	for _, d := range dirs {
		v, err := version.NewVersion(d.Name())
		if err != nil {
			return nil, fmt.Errorf("providers/%s: %w", provider, err)
		}
		out = append(out, v)
	}
	slices.SortFunc(out, (*version.Version).Compare)
	return out, nil
}

func parse(provider string, release *version.Version, k kind, typ string) (*tfjson.SchemaBlock, error) {
	raw, err := data.ReadFile("providers/" + provider + "/" + release.String() + "/" + k.file(typ))
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
		return nil, fmt.Errorf("%s %s has no %s %s that bluegen knows", provider, release, k, typ)
	}
	if err != nil {
		return nil, err
	}
	var schema struct {
		Block *wireBlock `json:"block"`
	}
	if err := json.Unmarshal(raw, &schema); err != nil {
		return nil, fmt.Errorf("%s %s: %s %s: %w", provider, release, k, typ, err)
	}
	if schema.Block == nil {
		return &tfjson.SchemaBlock{}, nil
	}
	return schema.Block.block(), nil
}

// types lists what read would find.
func (v *View) types(k kind) []string {
	names := listed(v.provider, v.release, k)
	for _, r := range v.later {
		newer := listed(v.provider, r, k)
		names = slices.DeleteFunc(names, func(typ string) bool { return !slices.Contains(newer, typ) })
	}
	for _, row := range v.features.newer(v.provider, v.floor) {
		names = slices.DeleteFunc(names, func(typ string) bool { return row.wholeType(k, typ) })
	}
	return names
}

func listed(provider string, release *version.Version, k kind) []string {
	files, err := data.ReadDir("providers/" + provider + "/" + release.String() + "/" + string(k))
	if err != nil {
		return nil // a provider without data sources has no such folder
	}
	out := make([]string, len(files))
	for i, f := range files {
		out[i] = strings.TrimSuffix(f.Name(), ".json")
	}
	return out
}

func join(vs []*version.Version) string {
	out := make([]string, len(vs))
	for i, v := range vs {
		out[i] = v.String()
	}
	return strings.Join(out, ", ")
}
