// Package terraform finds the real binary and runs it on a copy of a tree, with providers that terraform/provider serves.
//
// Nothing is ever written below the directory that is checked, and nothing is left behind: the copy, terraform's own data and the
// providers' sockets are gone when a call, or the session, ends.
package terraform

import (
	"context"
	"errors"
	"os"
	"sync"

	"bluegen/generator/terraform/provider"
	"bluegen/schemas"
)

// Session is one terraform binary and one provider server a view, started when first asked for. Safe for concurrent use.
type Session struct {
	path string
	// environ is the process's environment as Open found it, for the child to inherit what is not terraform's.
	environ []string
	// downloaded is the folder of a binary that could not be cached, removed by Close.
	downloaded string

	stop context.CancelFunc
	life context.Context

	mu      sync.Mutex
	servers map[served]*provider.Server
	// views are those of the constraints that trees ask for.
	views  map[string]*schemas.View
	closed bool
}

// Open finds terraform: the explicit path, else PATH, else bluegen's cache, else a download bounded to ten seconds.
// The error is a *NotFoundError that says how to name a path. The binary is not run.
func Open(ctx context.Context, path string) (*Session, error) {
	cache, _ := cacheDir() // without a home directory a download lives as long as the session
	found, temporary, err := find(ctx, path, cache, download)
	if err != nil {
		return nil, err
	}
	return newSession(found, temporary), nil
}

func newSession(path, downloaded string) *Session {
	s := &Session{path: path, downloaded: downloaded, environ: os.Environ(), servers: map[served]*provider.Server{}, views: map[string]*schemas.View{}}
	s.life, s.stop = context.WithCancel(context.Background())
	return s
}

// Path is the terraform binary that the session runs.
func (s *Session) Path() string { return s.path }

// Close stops the servers and waits for them; calls that still run fail.
func (s *Session) Close() error {
	s.stop()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	var errs []error
	for _, server := range s.servers {
		errs = append(errs, server.Wait())
	}
	s.servers = map[served]*provider.Server{}
	if s.downloaded != "" {
		errs = append(errs, os.RemoveAll(s.downloaded))
	}
	return errors.Join(errs...)
}

// served names a server: a view, and whether it is the one that applies.
type served struct {
	view     *schemas.View
	rehearse bool
}

// reattach starts the servers of a view once and returns TF_REATTACH_PROVIDERS.
func (s *Session) reattach(aws *schemas.View) (string, error) {
	return s.serve(served{view: aws}, provider.Serve)
}

// rehearsal is reattach with servers that apply.
func (s *Session) rehearsal(aws *schemas.View) (string, error) {
	return s.serve(served{view: aws, rehearse: true}, provider.Rehearse)
}

func (s *Session) serve(key served, start func(context.Context, ...provider.View) (*provider.Server, error)) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return "", errors.New("the terraform session is closed")
	}
	if server := s.servers[key]; server != nil {
		return server.Reattach(), nil
	}
	archive, err := schemas.Open("archive", nil)
	if err != nil {
		return "", err
	}
	server, err := start(s.life, key.view, archive)
	if err != nil {
		return "", err
	}
	s.servers[key] = server
	return server.Reattach(), nil
}
