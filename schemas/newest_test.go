package schemas

import (
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/go-version"
)

func TestNewest(t *testing.T) {
	t.Parallel()
	newest, err := Newest("aws")
	if err != nil {
		t.Fatal(err)
	}
	releases, err := embedded("aws")
	if err != nil || !newest.Equal(slices.MaxFunc(releases, (*version.Version).Compare)) {
		t.Errorf("%s of %v, %v", newest, releases, err)
	}
	if _, err := Newest("gcp"); err == nil {
		t.Error("no schema of gcp is embedded")
	}
}

func TestNewSince(t *testing.T) {
	t.Parallel()
	for from, want := range map[string]string{
		"6.66.0":  "",
		"6.34.0":  "6.66.0 pause_hook, 6.66.0 hook_timeout, 6.66.0 pre_production_stage",
		"6.20.0":  "6.21.0 linear_canary, 6.34.0 service_connect_access_log, 6.66.0 pause_hook, 6.66.0 hook_timeout, 6.66.0 pre_production_stage",
		"5.100.0": "",
	} {
		news, err := NewSince("aws", version.Must(version.NewVersion(from)))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, n := range news {
			got = append(got, n.Since.String()+" "+string(n.Feature))
			if n.Source == "" {
				t.Errorf("%s has no source", n.Feature)
			}
		}
		if from == "5.100.0" {
			if len(got) != 9 {
				t.Errorf("every feature that code decides on is newer than 5.100.0: %v", got)
			}
			continue
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("since %s: %v", from, got)
		}
	}
}

func TestBadReleases(t *testing.T) {
	t.Parallel()
	bad, err := BadReleases("aws")
	if err != nil || len(bad) != 2 || bad[0].Version.String() != "6.53.0" || bad[1].Reason == "" {
		t.Errorf("%v, %v", bad, err)
	}
	if bad, err := BadReleases("archive"); err != nil || bad != nil {
		t.Errorf("archive: %v, %v", bad, err)
	}
}

func TestFloor(t *testing.T) {
	t.Parallel()
	if v, err := Floor(constraints(t, ">= 6.53, != 6.53.0, < 7")); err != nil || v.String() != "6.53.1" {
		t.Errorf("%v, %v", v, err)
	}
	if _, err := Floor(constraints(t, "> 7, < 6")); err == nil {
		t.Error("it admits nothing")
	}
}
