package fleet

import (
	"slices"

	"bluegen/generator/blueprint"
	"bluegen/generator/diag"
	"bluegen/generator/parts"

	"github.com/hashicorp/hcl/v2"
)

// Facts are all that the rules over a fleet need of one service in one environment. They are plain texts and numbers, a few hundred
// bytes, which can be written down and read again.
type Facts struct {
	Name, Environment string
	// At is where the name is said.
	At Place
	// Account and Region are "" where they are not known while generating.
	Account, Region string `json:",omitempty"`
	// Ignore are the codes that the blueprint silences, each with a blank around.
	Ignore string `json:",omitempty"`
	// Names are what its names are made of, packed.
	Names  []string    `json:",omitempty"`
	Rules  []RuleFact  `json:",omitempty"`
	Places []PlaceFact `json:",omitempty"`
	State  *StateFact  `json:",omitempty"`
}

// RuleFact is a rule in a listener.
type RuleFact struct {
	What                      string
	Listener                  Said
	Priority, Groups, Targets int32
	At                        Place  // of its priority
	When                      string // packed
}

// PlaceFact is a place in something that services share.
type PlaceFact struct {
	Kind       parts.PlaceKind
	What, Name string
	In         Said
	At         Place
}

// StateFact is where a state is kept; a key of "" is the one that follows from the service's name.
type StateFact struct {
	Bucket, Key string
	At          Place
}

// Said is a value as the blueprint says it: its source and its name, equal for values of one source and name.
type Said struct {
	From blueprint.Source
	Word string
}

// Place is a range in one line of a file; Length is 0 for a longer one.
type Place struct {
	File                       string
	Line, Column, Byte, Length int32
}

// Of are the facts of a service that is right by itself.
func Of(s *blueprint.Service, claims parts.Claims) Facts {
	f := Facts{Name: s.Name.V, Environment: s.Environment.V, At: placeOf(s.Name.Range), Ignore: silenced(s)}
	f.Account, f.Region = whereabouts(s)
	for _, r := range claims.Rules {
		f.Rules = append(f.Rules, RuleFact{
			What: r.What, Listener: saidOf(r.Listener), Priority: int32(r.Priority.V), Groups: int32(r.Groups), Targets: int32(r.Targets),
			At: placeOf(r.Priority.Range), When: pack(r.When),
		})
	}
	for _, n := range claims.Names {
		f.Names = append(f.Names, packName(n))
	}
	for _, p := range claims.Places {
		f.Places = append(f.Places, PlaceFact{Kind: p.Kind, What: p.What, Name: p.Name, In: saidOf(p.In), At: placeOf(p.At)})
	}
	if bucket, key, at := parts.State(s); bucket != "" {
		if s.Terraform.Backend.S3.Key.V == "" {
			key = ""
		}
		f.State = &StateFact{Bucket: bucket, Key: key, At: placeOf(at)}
	}
	return f
}

func saidOf(v blueprint.Value[string]) Said { return Said{v.From, word(v)} }

func placeOf(r hcl.Range) Place {
	length := r.End.Byte - r.Start.Byte
	if r.End.Line != r.Start.Line {
		length = 0
	}
	return Place{r.Filename, int32(r.Start.Line), int32(r.Start.Column), int32(r.Start.Byte), int32(length)}
}

// whereabouts are the account and the region, as far as they are known while generating.
func whereabouts(s *blueprint.Service) (account, region string) {
	if ids := s.Terraform.Provider.AllowedAccountIDs; len(ids) == 1 {
		account = ids[0].V
	}
	region, _ = s.Terraform.Provider.Region.Known()
	return account, region
}

// silenced are the codes of the blueprint's ignore that are this package's.
func silenced(s *blueprint.Service) string {
	var out string
	for _, code := range s.Ignore {
		if slices.Contains(codes(), diag.Code(code.V)) {
			out += " " + code.V + " "
		}
	}
	return out
}
