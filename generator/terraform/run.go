package terraform

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"bluegen/schemas"
)

// grace is how long an interrupted terraform may take to end by itself.
const grace = 3 * time.Second

// workspace is a copy of a tree in a temporary folder, and the environment to run terraform in.
type workspace struct {
	session *Session
	base    string
	env     []string
	served  bool
}

// open copies dir. A nil view means the registry's providers, which the user's own terraform configuration finds.
func (s *Session) open(ctx context.Context, dir string, aws *schemas.View) (*workspace, error) {
	reattach := ""
	if aws != nil {
		var err error
		if reattach, err = s.reattach(aws); err != nil {
			return nil, err
		}
	}
	return s.copy(ctx, dir, reattach, aws != nil)
}

// copy is open once the providers are known.
func (s *Session) copy(ctx context.Context, dir, reattach string, served bool) (*workspace, error) {
	base, err := os.MkdirTemp("", "bluegen-terraform-")
	if err != nil {
		return nil, err
	}
	w := &workspace{session: s, base: base, served: served}
	err = os.Mkdir(w.tree(), 0o755)
	if err == nil {
		err = copyTree(ctx, dir, w.tree())
	}
	if err == nil {
		err = w.environment(reattach)
	}
	if err != nil {
		return nil, errors.Join(err, w.close())
	}
	return w, nil
}

func (w *workspace) tree() string { return filepath.Join(w.base, "tree") }

func (w *workspace) close() error { return os.RemoveAll(w.base) }

// environment inherits what is not terraform's. Served, even the command line's configuration is ours: it names an empty
// mirror as the only source of providers, so that one that is not served is told at once and never looked up on the network.
func (w *workspace) environment(reattach string) error {
	w.env = slices.DeleteFunc(slices.Clone(w.session.environ), func(entry string) bool {
		name, _, _ := strings.Cut(entry, "=")
		return strings.HasPrefix(name, "TF_") && (w.served || !findsProviders(name))
	})
	w.env = append(w.env, "TF_DATA_DIR="+filepath.Join(w.base, "data"), "TF_IN_AUTOMATION=1", "CHECKPOINT_DISABLE=1")
	if !w.served {
		return nil
	}
	mirror, config := filepath.Join(w.base, "mirror"), filepath.Join(w.base, "cli.tfrc")
	w.env = append(w.env, "TF_REATTACH_PROVIDERS="+reattach, "TF_CLI_CONFIG_FILE="+config)
	text := "provider_installation {\n  filesystem_mirror {\n    path = \"" + filepath.ToSlash(mirror) + "\"\n  }\n}\n"
	return errors.Join(os.Mkdir(mirror, 0o755), os.WriteFile(config, []byte(text), 0o644))
}

// findsProviders is true for the variables by which a user tells terraform where providers come from.
func findsProviders(name string) bool {
	return name == "TF_CLI_CONFIG_FILE" || strings.HasPrefix(name, "TF_PLUGIN_CACHE_") ||
		strings.HasPrefix(name, "TF_TOKEN_") || strings.HasPrefix(name, "TF_REGISTRY_")
}

// result is what a run of terraform left: both streams, and the error of a run that did not end with 0.
type result struct {
	stdout, stderr []byte
	err            error
}

// run ends terraform with an interrupt when ctx ends, and kills it when it takes too long over that.
func (w *workspace) run(ctx context.Context, args ...string) result {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(w.session.life, cancel)()
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, w.session.path, args...)
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = w.tree(), w.env, &stdout, &stderr
	cmd.WaitDelay = grace
	cmd.Cancel = func() error {
		if err := cmd.Process.Signal(os.Interrupt); err != nil {
			return cmd.Process.Kill()
		}
		return nil
	}
	err := cmd.Run()
	if ctx.Err() != nil {
		err = errors.Join(ctx.Err(), err)
	}
	return result{stdout: stdout.Bytes(), stderr: stderr.Bytes(), err: err}
}

// failed makes an error of a run that gave no answer.
func (r result) failed(command string) error {
	err := r.err
	if err == nil {
		err = errors.New("its output is not what was asked for")
	}
	return &FailedError{Command: command, Output: shorten(string(r.stderr) + string(r.stdout)), Err: err}
}

// shorten keeps what fits a screen; terraform says the cause first.
func shorten(text string) string {
	const most = 2000
	text = strings.TrimSpace(text)
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "") + " …"
	}
	return text
}
