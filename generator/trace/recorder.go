package trace

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"strings"

	"bluegen/generator/disk"
)

// Recorder notes questions and answers. It is for one run, and for one goroutine at a time.
type Recorder struct {
	questions bytes.Buffer
	sum       sum
	// waiting is a file that was looked at: who reads it next has asked that, too.
	waiting question
	// open are files of the repository that are not closed yet, lost says that there was an answer that cannot be noted.
	open int
	lost bool
}

type question struct {
	text   string
	answer []byte
}

// NewRecorder returns a Recorder that was asked nothing.
func NewRecorder() *Recorder { return &Recorder{sum: newSum()} }

// Record is the record of a run that found this, which is one line. There is none where a question had an error for an answer. It ends
// what the Recorder notes.
func (r *Recorder) Record(found []byte) (record []byte, ok bool) {
	r.settle()
	if r.lost || r.open > 0 || bytes.ContainsRune(found, '\n') {
		return nil, false
	}
	r.sum.add(found)
	return bytes.Join([][]byte{r.sum.hex(), found, r.questions.Bytes()}, []byte("\n")), true
}

// note takes a question with its answer.
func (r *Recorder) note(letter byte, name string, answer []byte, ok bool) {
	if r.waiting.text != "" && (letter != read || r.waiting.text[1:] != name) {
		r.settle()
	}
	r.waiting = question{}
	if !ok || strings.Contains(name, "\n") {
		r.lost = true
		return
	}
	if q := (question{string(letter) + name, answer}); letter == looked && strings.HasPrefix(string(answer), kind(0)) {
		r.waiting = q
	} else {
		r.write(q)
	}
}

// settle notes the question that waits.
func (r *Recorder) settle() {
	if r.waiting.text != "" {
		r.write(r.waiting)
	}
	r.waiting = question{}
}

func (r *Recorder) write(q question) {
	r.questions.WriteString(q.text)
	r.questions.WriteByte('\n')
	r.sum.add([]byte(q.text))
	r.sum.add(q.answer)
}

// Folder is a folder whose questions are noted.
func (r *Recorder) Folder(of disk.Reads) disk.Reads { return folder{of, r} }

type folder struct {
	of disk.Reads
	r  *Recorder
}

func (f folder) Lstat(name string) (fs.FileInfo, error) {
	info, err := f.of.Lstat(name)
	answer, ok := looking(info, err)
	f.r.note(looked, name, answer, ok)
	return info, err
}

func (f folder) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := f.of.ReadDir(name)
	f.r.note(listed, name, listing(entries), err == nil)
	return entries, err
}

func (f folder) ReadFile(name string) ([]byte, error) {
	data, err := f.of.ReadFile(name)
	f.r.note(read, name, content(data), err == nil)
	return data, err
}

// Repository is a repository whose questions are noted.
func (r *Recorder) Repository(of Repository) Repository { return repository{of, r} }

type repository struct {
	of Repository
	r  *Recorder
}

func (f repository) Stat(name string) (fs.FileInfo, error) {
	info, err := f.of.Stat(name)
	answer, ok := standing(info, err)
	f.r.note(stated, name, answer, ok)
	return info, err
}

func (f repository) Open(name string) (fs.File, error) {
	file, err := f.of.Open(name)
	if err != nil {
		f.r.lost = true
		return nil, err
	}
	f.r.open++
	return &noted{File: file, r: f.r, name: name}, nil
}

func (f repository) Sub(dir string) (fs.FS, error) {
	sub, err := f.of.Sub(dir)
	if err != nil {
		f.r.lost = true
		return nil, err
	}
	return handlers{sub, f.r}, nil
}

// noted is a file that is read to its end before it is closed: what was read until then is the answer.
type noted struct {
	fs.File
	r    *Recorder
	name string
	data bytes.Buffer
	end  bool
}

func (n *noted) Read(p []byte) (int, error) {
	got, err := n.File.Read(p)
	n.data.Write(p[:got])
	n.end = n.end || errors.Is(err, io.EOF)
	return got, err
}

func (n *noted) Close() error {
	err := n.File.Close()
	n.r.open--
	n.r.note(opened, n.name, content(n.data.Bytes()), err == nil && n.end)
	return err
}

// handlers is the blueprint's own folder, where files are only looked for.
type handlers struct {
	of fs.FS
	r  *Recorder
}

// Open is not noted by what the file holds: a run that does it leaves no record.
func (h handlers) Open(name string) (fs.File, error) {
	h.r.lost = true
	return h.of.Open(name)
}

func (h handlers) Stat(name string) (fs.FileInfo, error) {
	info, err := fs.Stat(h.of, name)
	answer, ok := standing(info, err)
	h.r.note(below, name, answer, ok)
	return info, err
}
