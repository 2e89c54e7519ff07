package blueprint_test

import "testing"

// TestYAMLMistakes: what YAML lets pass and a blueprint does not.
func TestYAMLMistakes(t *testing.T) {
	t.Parallel()
	checkMistakes(t, []mistake{
		{"list not closed", `tags: [1, 2`, []string{
			`4:7-4:8 BG1006 this list is not closed, or lacks a comma <- 4:11-4:12`,
		}},
		{"list not closed, more behind", `ignore: [BG2001
network: {}`, []string{
			`4:9-4:10 BG1006 this list is not closed, or lacks a comma <- 5:8-5:9`,
		}},
		{"mapping not closed", `tags: {a: b
network: {}`, []string{
			`4:7-4:8 BG1006 this mapping is not closed, or lacks a comma <- 5:8-5:9`,
		}},
		{"quote not closed", `tags: {a: 'b`, []string{
			`4:11-4:12 BG1006 this quote is not closed`,
		}},
		{"tab in the indentation", `tags:
	a: b`, []string{
			`5:1-5:2 BG1006 a tab in the indentation`,
		}},
		{"uneven indentation", `tags: {a: 1}
 b: 2`, []string{
			`5:2-5:3 BG1006 neither a further key nor a further item`,
		}},
		{"colon in a text", `tags:
  a: b: c`, []string{
			`5:7-5:8 BG1006 a colon where no key can be`,
		}},
		{"colon where no key can be", `tags:
  a: b
    c: d`, []string{
			`6:6-6:7 BG1006 a colon where no key can be`,
		}},
		{"character that begins no text", `tags: @x`, []string{
			`4:7-4:8 BG1006 a text cannot begin with this character`,
		}},
		{"unknown escape", `tags: {a: "\q"}`, []string{
			`4:12-4:13 BG1006 an unknown escape in double quotes`,
		}},
		{"key without a colon", `tags:
  a: 1
  b
  c: 2`, []string{
			`6:3-6:4 BG1006 a key without a colon`,
		}},
		{"value missing", `tags: {a: }
ignore: [`, []string{
			`5:9-5:10 BG1006 a value is missing here`,
		}},
		{"wide characters before a mistake", `tags: {é: "ü", 日本: @x}`, []string{
			`4:20-4:21 BG1006 a text cannot begin with this character`,
		}},
		{"alias and anchor", `tags: {a: &x 1, b: *x}`, []string{
			`4:11-4:13 BG1007 the anchor "&x"`,
			`4:20-4:22 BG1007 the alias "*x"`,
		}},
		{"anchor of a mapping", `network: &net
  assign_public_ip: true`, []string{
			`4:10-4:14 BG1007 the anchor "&net"`,
		}},
		{"unknown alias", `tags: {a: *nope}`, []string{
			`4:11-4:16 BG1007 an alias`,
		}},
		{"text that begins with a star", `tags: {a: *.example.com}`, []string{
			`4:11-4:24 BG1007 an alias`,
		}},
		{"merge key", `tags:
  <<: {a: b}`, []string{
			`5:3-5:5 BG1008 the merge key <<`,
		}},
		{"quoted merge key is a text", `tags: {"<<": b}`, []string{}},
		{"tag", `tags: {a: !!str 1, b: !secret x, c: ! y}`, []string{
			`4:11-4:16 BG1009 a YAML tag`,
			`4:23-4:30 BG1009 a YAML tag`,
			`4:37-4:38 BG1009 a YAML tag`,
		}},
		{"tag of a mapping", `tags: !!map {a: b}`, []string{
			`4:7-4:12 BG1009 a YAML tag`,
		}},
		{"second document", `---
tags: {a: b}`, []string{
			`4:1-4:4 BG1010 a second YAML document`,
		}},
		{"second document, empty", `---`, []string{
			`4:1-4:4 BG1010 a second YAML document`,
		}},
		{"second document behind an end", `tags: {a: b}
...
tags: {a: c}`, []string{
			`6:1-6:5 BG1010 a second YAML document`,
		}},
		{"end of the document", `tags: {a: b}
...
# nothing follows`, []string{}},
		{"duplicate key", `tags: {a: 1, b: 2, a: 3}`, []string{
			`4:20-4:21 BG1011 the key "a" a second time <- 4:8-4:9`,
		}},
		{"duplicate key at the top", `engine: ecs
version: 1`, []string{
			`4:1-4:7 BG1011 the key "engine" a second time <- 3:1-3:7`,
			`5:1-5:8 BG1011 the key "version" a second time <- 1:1-1:8`,
		}},
		{"duplicate key under other quotes", `tags: {a: 1, "a": 2, 'a': 3}`, []string{
			`4:14-4:17 BG1011 the key "a" a second time <- 4:8-4:9`,
			`4:22-4:25 BG1011 the key "a" a second time <- 4:8-4:9`,
		}},
		{"list as a key", `tags: {[x]: y}`, []string{
			`4:8-4:11 BG1012 a key that is not text`,
		}},
		{"nothing as a key", `: y`, []string{
			`4:1-4:2 BG1012 a key that is not text`,
		}},
		{"question mark", `? tags
: {a: b}`, []string{}},
		{"control character in an escape", `tags: {"a\u0000": b, c: "d\u0007"}`, []string{
			`4:8-4:17 BG1109 "a\x00" cannot be a key of tags`,
			`4:25-4:34 BG1109 "c" of tags cannot be "d\a"`,
		}},
		{"lines and tabs are text", `tags: {a: "b\n\tc"}`, []string{}},
		{"not a mapping", `x`, []string{
			`4:1-4:2 BG1006 a key without a colon`,
		}},
	})
}
