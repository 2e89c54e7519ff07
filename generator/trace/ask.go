package trace

import (
	"errors"
	"io"
	"io/fs"
	"strconv"

	"bluegen/generator/disk"
)

// mostOpened bounds what is read of a file of the repository, in bytes: a blueprint may have one less than 1 MiB.
const mostOpened = 1<<20 + 1

// Folder is the blueprint's folder, read with one buffer.
type Folder interface {
	disk.Reads
	ReadInto(name string, buffer []byte) ([]byte, error)
}

// asker puts the questions of a record.
type asker struct {
	repository Repository
	folder     Folder
	// within is the blueprint's folder in the repository, opened for the first question about it.
	within string
	sub    fs.FS
	buffer []byte
}

// ask answers a question; it does not where the answer is an error, or the question none.
func (a *asker) ask(question []byte) (answer []byte, ok bool) {
	if len(question) == 0 {
		return nil, false
	}
	name := string(question[1:])
	switch question[0] {
	case stated:
		return standing(a.repository.Stat(name))
	case opened:
		return a.open(name)
	case below:
		if a.sub == nil {
			sub, err := a.repository.Sub(a.within)
			if err != nil {
				return nil, false
			}
			a.sub = sub
		}
		return standing(fs.Stat(a.sub, name))
	case looked:
		return looking(a.folder.Lstat(name))
	case listed:
		entries, err := a.folder.ReadDir(name)
		return listing(entries), err == nil
	case read:
		data, err := a.folder.ReadInto(name, a.buffer)
		a.buffer = data
		return content(data), err == nil
	default:
		return nil, false
	}
}

func (a *asker) open(name string) ([]byte, bool) {
	file, err := a.repository.Open(name)
	if err != nil {
		return nil, false
	}
	data, err := io.ReadAll(io.LimitReader(file, mostOpened))
	return content(data), errors.Join(err, file.Close()) == nil
}

// standing answers what stands at a name, after links.
func standing(info fs.FileInfo, err error) ([]byte, bool) {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return []byte(missing), true
	case err != nil:
		return nil, false
	default:
		return []byte(kind(info.Mode())), true
	}
}

// looking is standing with the size of a file: what is too large is not read.
func looking(info fs.FileInfo, err error) ([]byte, bool) {
	answer, ok := standing(info, err)
	if ok && err == nil && info.Mode().IsRegular() {
		answer = strconv.AppendInt(append(answer, ' '), info.Size(), 10)
	}
	return answer, ok
}
