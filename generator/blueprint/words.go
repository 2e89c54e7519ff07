package blueprint

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/agext/levenshtein"
)

// longest is how much of a user's text a message repeats.
const longest = 60

// quote repeats a user's text in a message: in quotes, escaped, shortened.
func quote(s string) string { return strconv.Quote(shorten(s)) }

// clean is quote without the quotes.
func clean(s string) string {
	q := quote(s)
	return q[1 : len(q)-1]
}

// bare is clean where a sentence may end with it: what ends with a full stop keeps its quotes.
func bare(s string) string {
	if strings.HasSuffix(s, ".") {
		return quote(s)
	}
	return clean(s)
}

func shorten(s string) string {
	if len(s) <= longest {
		return s
	}
	end := longest
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + "…"
}

// nearest is the word that was probably meant, "" where none is near.
func nearest(said string, words []string) string {
	best, limit := "", 3
	if len(said) < 6 {
		limit = 2
	}
	lower := strings.ToLower(said)
	within := levenshtein.NewParams().MaxCost(limit)
	for _, w := range words {
		if strings.EqualFold(w, said) {
			return w
		}
		if len(w) > len(said)+limit || len(said) > len(w)+limit {
			continue
		}
		if d := levenshtein.Distance(lower, strings.ToLower(w), within); d < limit {
			best, limit = w, d
		}
	}
	return best
}

// didYouMean asks for the nearest word, with a blank behind, or is empty.
func didYouMean(said string, words []string) string {
	if w := nearest(said, words); w != "" {
		return fmt.Sprintf("Did you mean %s? ", w)
	}
	return ""
}

// oneOf lists words.
func oneOf(words []string) string { return strings.Join(words, ", ") }
