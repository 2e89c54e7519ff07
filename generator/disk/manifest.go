package disk

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
)

// ManifestName is the manifest's file, beside the blueprint, committed with it.
const ManifestName = ".bluegen.lock.json"

// manifestVersion is the one format that this package reads and writes.
const manifestVersion = 1

// deleted stands for the hash in the intent of a file that is about to be removed.
const deleted = "delete"

// Manifest says which files bluegen wrote, and with which content. It has no time and no path of a machine, so that
// the same blueprint gives the same bytes everywhere.
type Manifest struct {
	Sections map[Key]Section
	// Merged says that it was read from a file with both sides of a merge in it: it has the files of both. It is never written.
	Merged bool
}

// Key names a section: one blueprint in one environment.
type Key struct {
	// Blueprint is the file's name, without a folder.
	Blueprint string
	// Environment is empty for a blueprint without environments.
	Environment string
}

// String is the key as the manifest writes it: "blueprint.yaml" or "blueprint.yaml/production".
func (k Key) String() string {
	if k.Environment == "" {
		return k.Blueprint
	}
	return k.Blueprint + "/" + k.Environment
}

// Section is what one blueprint wrote in one environment.
type Section struct {
	// Directory holds all files of the section; relative to the blueprint's folder, slash-separated.
	Directory string `json:"directory"`
	// Generator is the version of bluegen that wrote last; a section of its own because -e upgrades one environment first.
	Generator string `json:"generator"`
	// Schemas is the version of the provider schema that the files were checked against.
	Schemas string `json:"schemas,omitempty"`
	// ServiceHash is a hash of the resolved service without the name of its environment: two environments that say the same
	// have the same one, which is how an environment that was renamed is recognised.
	ServiceHash string `json:"service_hash,omitempty"`
	// Facts are the caller's notes for its next run, such as the strategy that was written.
	Facts map[string]string `json:"facts,omitempty"`
	// Files maps a path from the blueprint's folder to what was written there.
	Files map[string]Entry `json:"files"`
	// Intent is there while a run writes, or after one was killed: path to the hash it was about to get, or "delete".
	Intent map[string]string `json:"intent,omitempty"`
}

// Entry is what the manifest remembers of one file.
type Entry struct {
	// SHA256 of the content, in lower-case hexadecimal.
	SHA256 string `json:"sha256"`
	// Origin is what the content was made by: an engine from the blueprint ("engine/ecs"), or the hook library, whose
	// handlers are written as they are ("hook/wait").
	Origin string `json:"origin,omitempty"`
}

// wire is the manifest as JSON has it.
type wire struct {
	Version  int                `json:"version"`
	Sections map[string]Section `json:"sections"`
}

// clone copies the sections but not the maps inside them.
func (m Manifest) clone() Manifest {
	sections := maps.Clone(m.Sections)
	if sections == nil {
		sections = map[Key]Section{}
	}
	return Manifest{Sections: sections, Merged: m.Merged}
}

// hash is the form in which the manifest remembers content.
func hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
