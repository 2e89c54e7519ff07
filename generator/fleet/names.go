package fleet

import (
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"

	"bluegen/generator/diag"
	"bluegen/generator/parts"
)

// unit stands between the parts of a packed text; a blueprint has no control characters.
const unit = "\x1f"

// packName is what a name is made of, without the service: the same for most members, and so kept once.
func packName(n parts.ClaimedName) string {
	return strings.Join(append([]string{n.What, flag(n.Global), flag(n.Yields), n.Prefix, strconv.Itoa(n.Limit)}, n.Words...), unit)
}

// flag is a text that unpackName reads.
func flag(set bool) string {
	if set {
		return "yes"
	}
	return ""
}

func unpackName(text string) parts.ClaimedName {
	words := strings.Split(text, unit)
	limit, _ := strconv.Atoi(words[4]) // packName wrote it
	return parts.ClaimedName{What: words[0], Global: words[1] != "", Yields: words[2] != "", Prefix: words[3], Limit: limit, Words: words[5:]}
}

// nameKey is equal for equal names of one kind. IAM compares without case.
func nameKey(n parts.ClaimedName, text string) uint64 {
	if n.Global {
		text = strings.ToLower(text)
	}
	return hash(n.What + unit + text)
}

// services: all names of a service begin with its name and its environment.
func (f *Fleet) services() diag.List {
	var claims []claim
	for i, m := range f.members {
		if m.named {
			claims = append(claims, claim{key: m.id, member: int32(i)})
		}
	}
	found := f.collisions(claims, func(a, b claim) bond { return f.bond(a.member, b.member, false) })
	return f.tell(found, CodeService, CodeServiceLikely, f.named, func(c collision) diag.Diagnostic {
		m := &f.members[c.second.member]
		id := called(f.text(m.name), f.text(m.environment))
		summary := fmt.Sprintf("The names of %s are those of another blueprint's %s", f.called(c.second.member), f.called(c.first.member))
		detail := fmt.Sprintf("Both are called %s in one account: whoever applies second finds roles, groups and logs that exist already. Rename one of them.", id)
		if c.bond == likely {
			detail = fmt.Sprintf("Both are called %s. Nothing says that they live in two accounts: in one, whoever applies second finds roles, groups and logs that exist already. Rename one of them, or say each account in terraform.provider.allowed_account_ids.", id)
		}
		return f.found(c.second.member, f.named(c.second), summary, detail, f.named(c.first))
	})
}

// physical are names that meet though the services have two: what was cut off was the difference, or the words fall together otherwise.
func (f *Fleet) physical() diag.List {
	found := f.collisions(f.names, func(a, b claim) bond {
		everyName := f.members[a.member].id == f.members[b.member].id && f.bond(a.member, b.member, false) != none
		if everyName || !strings.EqualFold(f.nameOf(a), f.nameOf(b)) {
			return none // it is told already; or two texts have one hash
		}
		return f.bond(a.member, b.member, unpackName(f.text(b.item)).Global)
	})
	return f.tell(found, CodeName, CodeNameLikely, f.named, func(c collision) diag.Diagnostic {
		n := unpackName(f.text(c.second.item))
		summary := fmt.Sprintf("The %s %s of %s is one of %s too", n.What, f.nameOf(c.second), f.called(c.second.member), f.called(c.first.member))
		harm := "finds that it exists already"
		if n.Yields {
			harm = "takes it from the other without a word"
		}
		detail := "Both live in one account: whoever applies second " + harm + ". Rename the service, or what the name is made of; a short name is not cut."
		if c.bond == likely {
			detail = "Nothing says that they live in two accounts or regions: in one, whoever applies second " + harm + ". Rename one of them, or say each account in terraform.provider.allowed_account_ids."
		}
		return f.found(c.second.member, f.named(c.second), summary, detail, f.named(c.first))
	})
}

func (f *Fleet) nameOf(c claim) string {
	m := &f.members[c.member]
	return unpackName(f.text(c.item)).Text(f.text(m.name), f.text(m.environment))
}

// shared are states that two services keep in one place. A bucket's name is unique in the world, whatever the account.
func (f *Fleet) shared() diag.List {
	claims := make([]claim, len(f.states))
	for i, s := range f.states {
		claims[i] = claim{key: hash(f.text(s.bucket) + "/" + f.stateKey(s)), member: s.member, item: int32(i)}
	}
	at := func(c claim) place { return f.states[c.item].at }
	found := f.collisions(claims, func(claim, claim) bond { return certain })
	return f.tell(found, CodeState, CodeState, at, func(c collision) diag.Diagnostic {
		s := f.states[c.second.item]
		return f.found(c.second.member, at(c.second),
			fmt.Sprintf("%s keeps its state where %s does", f.called(c.second.member), f.called(c.first.member)),
			fmt.Sprintf("Both are %s in the bucket %s: each apply would destroy what the other made. Give each a key or a name of its own.", f.stateKey(s), f.text(s.bucket)), at(c.first))
	})
}

func (f *Fleet) stateKey(s state) string {
	if s.key != 0 {
		return f.text(s.key)
	}
	m := &f.members[s.member]
	return strings.Join(parts.NonEmpty(f.text(m.name), f.text(m.environment), "terraform.tfstate"), "/")
}

// named is the place of a claim's member's name.
func (f *Fleet) named(c claim) place { return f.members[c.member].at }

// called is what all names of a service begin with.
func called(name, environment string) string {
	return strings.Join(parts.NonEmpty(name, environment), "-")
}

// hash stands for a text that is not kept.
func hash(text string) uint64 {
	sum := fnv.New64a()
	_, _ = sum.Write([]byte(text)) // a hash takes everything
	return sum.Sum64()
}

// more says how many others there are.
func more(n int) string {
	if n == 1 {
		return "One other service has it too."
	}
	return fmt.Sprintf("%d other services have it too.", n)
}
