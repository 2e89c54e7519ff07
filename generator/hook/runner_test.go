package hook_test

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"bluegen/generator/hook/model"
)

// epoch is where the virtual clock of the handlers begins.
const epoch = 1_700_000_000

// runner is one python3 process that runs handlers as Lambda would, on the model's clock.
type runner struct {
	t   *testing.T
	in  io.WriteCloser
	out *bufio.Reader
}

// python finds the interpreter. Hooks that were not run are not tested: its absence is a failure, never a skip.
func python(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("python3")
	if err != nil {
		t.Fatalf("the hooks' tests need python3 (3.11 or later) on the PATH: %v", err)
	}
	return path
}

func startRunner(t *testing.T) *runner {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), python(t), "-B", filepath.Join("testdata", "runner.py"))
	cmd.Env = append(os.Environ(), pythonPath(t))
	var complaints writer
	cmd.Stderr = &complaints // the handlers' log lines, and what killed the runner
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(in.Close(), cmd.Wait()); err != nil && t.Context().Err() == nil {
			t.Errorf("%v\n%s", err, complaints)
		}
		if t.Failed() {
			t.Logf("%s", complaints)
		}
	})
	return &runner{t: t, in: in, out: bufio.NewReader(out)}
}

type writer []byte

func (w *writer) Write(p []byte) (int, error) {
	*w = append(*w, p...)
	return len(p), nil
}

type runnerAnswer struct {
	Answer *string
	Took   float64
	Error  string
}

func (r *runner) send(request map[string]any) runnerAnswer {
	r.t.Helper()
	if err := json.NewEncoder(r.in).Encode(request); err != nil {
		r.t.Fatalf("the runner is gone: %v", err)
	}
	line, err := r.out.ReadBytes('\n')
	if err != nil {
		r.t.Fatalf("the runner is gone: %v", err)
	}
	var answer runnerAnswer
	if err := json.Unmarshal(line, &answer); err != nil {
		r.t.Fatalf("the runner says %q: %v", line, err)
	}
	return answer
}

// function is a deployed handler.
type function struct {
	name, file string
	env        map[string]string
	// timeout of one call, 0 is Lambda's default of 3 s.
	timeout time.Duration
	// forgetful starts a new process for every call: nothing in memory survives.
	forgetful bool
}

// invoke deploys the function and returns what the model calls.
func (r *runner) invoke(f function) func(time.Duration, []byte) model.Reply {
	r.t.Helper()
	load := map[string]any{"load": f.name, "file": f.file, "environment": f.env}
	r.send(load)
	return func(at time.Duration, event []byte) model.Reply {
		if f.forgetful {
			r.send(load)
		}
		now := epoch + at.Seconds()
		got := r.send(map[string]any{"call": f.name, "now": now, "timeout": cmp.Or(f.timeout, 3*time.Second).Seconds(), "event": string(event)})
		reply := model.Reply{Took: time.Duration(got.Took * float64(time.Second)).Round(time.Millisecond)}
		if got.Error != "" {
			reply.Err = errors.New(got.Error)
		}
		if got.Answer != nil {
			reply.Answer = []byte(*got.Answer)
		}
		return reply
	}
}

const (
	blue  = "arn:aws:ecs:eu-west-1:111122223333:service-revision/shop/orders/1"
	green = "arn:aws:ecs:eu-west-1:111122223333:service-revision/shop/orders/2"
)

// redeploy is a deployment of a service that runs already.
func redeploy(hooks ...model.Hook) model.Deployment {
	return model.Deployment{
		ARN:    "arn:aws:ecs:eu-west-1:111122223333:service-deployment/shop/orders/d1",
		Source: blue, Target: green, Hooks: hooks,
		ScaleUp: 2 * time.Minute, Bake: 3 * time.Minute, StepBake: time.Minute,
	}
}

// create is the first deployment of a service.
func create(hooks ...model.Hook) model.Deployment {
	d := redeploy(hooks...)
	d.Source = ""
	return d
}

// held is how long each stage kept a hook busy: from its first call to its last.
func held(trace model.Trace, name string) map[string]time.Duration {
	first, out := map[string]time.Duration{}, map[string]time.Duration{}
	for _, c := range trace.Calls {
		if c.Hook != name || c.Rollback {
			continue
		}
		if _, seen := first[c.Stage]; !seen {
			first[c.Stage] = c.Began
		}
		out[c.Stage] = c.Began - first[c.Stage]
	}
	return out
}
