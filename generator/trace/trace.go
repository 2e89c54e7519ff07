// Package trace tells whether a run would find what an earlier one found, without working anything out.
//
// A run that depends on nothing but what it reads finds the same again as long as every answer to its questions is the same: which file
// holds what, what stands at a name, what is in a folder. A Recorder notes the questions and one hash over all answers; a Store keeps
// that, and asks them again. The first answer that differs may lead to other questions, so a trace that does not hold says nothing but that.
//
// The technique is that of the verifying traces of build systems (Mokhov, Mitchell, Peyton Jones: Build Systems à la Carte, 2018, 4.2.2).
package trace

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"io/fs"
)

// Repository is what a blueprint is read from.
type Repository interface {
	fs.StatFS
	fs.SubFS
}

// A record is text: the hash, what was found, and a line for each question, which is one of these letters and a name.
const (
	stated = 's' // what stands at a name of the repository
	opened = 'o' // what a file of the repository holds
	below  = 'b' // what stands at a name of the blueprint's folder, after links
	looked = 'l' // what stands at a name of the blueprint's folder, links not followed
	listed = 'd' // what is in a directory
	read   = 'r' // what a file holds
)

// sum is the hash over the questions, the answers and what was found, each with its length before it.
type sum struct{ hash.Hash }

func newSum() sum { return sum{sha256.New()} }

func (s sum) add(text []byte) {
	var size [8]byte
	binary.LittleEndian.PutUint64(size[:], uint64(len(text)))
	_, _ = s.Write(size[:]) // a hash takes everything
	_, _ = s.Write(text)
}

func (s sum) hex() []byte { return hex.AppendEncode(nil, s.Sum(nil)) }

// content stands for the bytes of a file.
func content(data []byte) []byte {
	sum := sha256.Sum256(data)
	return sum[:]
}

// kind is what stands at a name, as far as anybody asks.
func kind(mode fs.FileMode) string {
	switch {
	case mode.IsRegular():
		return "file"
	case mode.IsDir():
		return "folder"
	case mode&fs.ModeSymlink != 0:
		return "link"
	default:
		return "other"
	}
}

// missing is the answer where nothing is.
const missing = "nothing"

// listing is what a directory holds: a name has neither a slash nor a null byte.
func listing(entries []fs.DirEntry) []byte {
	var out []byte
	for _, e := range entries {
		out = append(append(append(append(out, e.Name()...), '/'), kind(e.Type())...), 0)
	}
	return out
}

// holds reports whether every question that a record notes has the answer that it had, and returns what was found. A record that is torn
// or not one does not hold.
func (a *asker) holds(record []byte) (found []byte, ok bool) {
	want, rest, _ := bytes.Cut(record, []byte("\n"))
	found, questions, _ := bytes.Cut(rest, []byte("\n"))
	s := newSum()
	for line := range bytes.Lines(questions) {
		question := bytes.TrimSuffix(line, []byte("\n"))
		answer, ok := a.ask(question)
		if !ok {
			return nil, false
		}
		s.add(question)
		s.add(answer)
	}
	s.add(found)
	return found, bytes.Equal(s.hex(), want)
}
