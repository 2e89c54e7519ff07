package hook_test

import (
	"crypto/tls"
	"encoding/json"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"bluegen/generator/hook"
	"bluegen/generator/hook/model"
)

// request is one of a smoke test, as the module's environment has it.
func request(change map[string]any) map[string]any {
	r := map[string]any{
		"method": "GET", "path": "/healthcheck?x=1", "headers": map[string]string{"x-blue-green-test": "1"}, "body": "", "status": []int{200, 204},
		"contains": "green", "latency_ms": 2000, "repeat": 1,
	}
	for k, v := range change {
		r[k] = v
	}
	return r
}

type smoked struct {
	url      string
	requests []map[string]any
	stages   []string
	clock    string
}

func (r *runner) smoke(s smoked) model.Hook {
	r.t.Helper()
	text, err := json.Marshal(s.requests)
	if err != nil {
		r.t.Fatal(err)
	}
	if s.stages == nil {
		s.stages = []string{hook.PostTestTrafficShift}
	}
	env := map[string]string{"URL": s.url, "HOST": "orders.example.com", "REQUESTS": string(text), "CLOCK": s.clock}
	return model.Hook{
		Name: "smoke", Stages: s.stages, FunctionTimeout: time.Minute,
		Invoke: r.invoke(function{name: "smoke", file: filepath.Join("smoke", "handler.py"), env: env, timeout: time.Minute}),
	}
}

// server answers as green does, and as a load balancer does where nothing is behind it.
func server(t *testing.T, count *atomic.Int64) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		count.Add(1)
		switch {
		case r.Host != "orders.example.com" || r.Header.Get("x-blue-green-test") != "1":
			w.WriteHeader(http.StatusNotFound)
		case r.URL.Path == "/unserved":
			w.Header().Set("Server", "awselb/2.0")
			w.WriteHeader(http.StatusServiceUnavailable)
		case r.URL.Path == "/ill":
			w.WriteHeader(http.StatusServiceUnavailable)
		case r.URL.Path == "/moved":
			http.Redirect(w, r, "/healthcheck", http.StatusMovedPermanently)
		case r.URL.Path == "/slow":
			time.Sleep(400 * time.Millisecond)
			_, _ = w.Write([]byte("green"))
		case r.URL.Path == "/cut":
			panic(http.ErrAbortHandler)
		case r.Method == http.MethodPost && r.ContentLength != 7:
			w.WriteHeader(http.StatusBadRequest)
		default:
			_, _ = w.Write([]byte("I am green: " + r.URL.RawQuery))
		}
	}))
	t.Cleanup(s.Close)
	return s
}

func TestSmoke(t *testing.T) {
	t.Parallel()
	r := startRunner(t)
	var count atomic.Int64
	url := server(t, &count).URL
	for _, c := range []struct {
		name   string
		change map[string]any
		want   outcome
		sent   int64
	}{
		{"success", nil, outcome{model.Successful, "", 0}, 1},
		{"repeated", map[string]any{"repeat": 7}, outcome{model.Successful, "", 0}, 7},
		{"query", map[string]any{"contains": "x=1"}, outcome{model.Successful, "", 0}, 1},
		{"body", map[string]any{"method": "POST", "body": "{\"a\":1}"}, outcome{model.Successful, "", 0}, 1},
		{"no body", map[string]any{"method": "POST"}, outcome{model.RolledBack, "status 400", 0}, 1},
		{"status", map[string]any{"path": "/ill", "repeat": 7}, outcome{model.RolledBack, "GET /ill: status 503, not 200 or 204", 0}, 1},
		{"header", map[string]any{"headers": map[string]string{}}, outcome{model.RolledBack, "status 404", 0}, 1},
		{"text", map[string]any{"contains": "blue"}, outcome{model.RolledBack, "the answer lacks 'blue'", 0}, 1},
		{"redirect", map[string]any{"path": "/moved"}, outcome{model.RolledBack, "status 301", 0}, 1},
		{"connection cut", map[string]any{"path": "/cut"}, outcome{model.RolledBack, "no answer: ", 0}, 1},
		{"unserved", map[string]any{"path": "/unserved"}, outcome{model.RolledBack, "status 503", 0}, 1},
		{"slow", map[string]any{"path": "/slow", "latency_ms": 100}, outcome{model.RolledBack, "no answer within 100 ms", 0}, 1},
		{"slow enough", map[string]any{"path": "/slow"}, outcome{model.Successful, "", 0}, 1},
	} {
		h := r.smoke(smoked{url: url, requests: []map[string]any{request(c.change)}})
		before := count.Load()
		c.want.check(t, c.name, model.Run(redeploy(h)))
		if got := count.Load() - before; got != c.sent {
			t.Errorf("%s: %d requests were sent, want %d", c.name, got, c.sent)
		}
		if made := model.Run(create(h)); (made.Status == model.Successful) != (c.want.status == model.Successful) || made.Status == model.RolledBack {
			t.Errorf("%s, on create: %s (%s)", c.name, made.Status, made.Reason)
		}
	}
}

// Where nothing is served yet the load balancer's own answer is none of green's.
func TestSmokeBeforeItIsServed(t *testing.T) {
	t.Parallel()
	r := startRunner(t)
	var count atomic.Int64
	url := server(t, &count).URL
	for stage, want := range map[string]model.Status{
		hook.PreScaleUp: model.Successful, hook.PostScaleUp: model.Successful, hook.TestTrafficShift: model.Successful,
		hook.PostTestTrafficShift: model.CreateFailed, hook.PostProductionTrafficShift: model.CreateFailed,
	} {
		h := r.smoke(smoked{url: url, stages: []string{stage}, requests: []map[string]any{request(map[string]any{"path": "/unserved"})}})
		if trace := model.Run(create(h)); trace.Status != want {
			t.Errorf("%s: %s (%s)", stage, trace.Status, trace.Reason)
		}
		h = r.smoke(smoked{url: url, stages: []string{stage}, requests: []map[string]any{request(map[string]any{"path": "/ill"})}})
		if trace := model.Run(create(h)); trace.Status != model.CreateFailed {
			t.Errorf("%s, and the application itself is ill: %s", stage, trace.Status)
		}
	}
}

// What cannot be sent is tried again for as long as the function may run, and not longer.
func TestSmokeConnects(t *testing.T) {
	t.Parallel()
	r := startRunner(t)
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := closed.Addr().String()
	if err := closed.Close(); err != nil {
		t.Fatal(err)
	}
	trace := model.Run(redeploy(r.smoke(smoked{url: "http://" + address, requests: []map[string]any{request(nil)}})))
	outcome{model.RolledBack, "GET /healthcheck?x=1: it could not be sent: ConnectionRefusedError", 0}.check(t, "nobody listens", trace)
	if tried := trace.Ended - 2*time.Minute; tried < 50*time.Second || tried > 58*time.Second {
		t.Errorf("it tried for %s of a minute", tried)
	}
	outcome{model.RolledBack, "it could not be sent: gaierror", 0}.check(t, "no such host",
		model.Run(redeploy(r.smoke(smoked{url: "http://host.invalid", requests: []map[string]any{request(nil)}}))))
}

func TestSmokeCertificate(t *testing.T) {
	t.Parallel()
	r := startRunner(t)
	s := httptest.NewUnstartedServer(http.NotFoundHandler())
	var asked atomic.Value
	s.TLS = &tls.Config{MinVersion: tls.VersionTLS12, GetConfigForClient: func(hello *tls.ClientHelloInfo) (*tls.Config, error) {
		asked.Store(hello.ServerName)
		return nil, nil
	}}
	s.Config.ErrorLog = discard()
	s.StartTLS()
	t.Cleanup(s.Close)
	trace := model.Run(redeploy(r.smoke(smoked{url: s.URL, requests: []map[string]any{request(nil)}})))
	outcome{model.RolledBack, "CERTIFICATE_VERIFY_FAILED", 0}.check(t, "a certificate that nobody signed", trace)
	if trace.Ended != 2*time.Minute {
		t.Errorf("it tried again: %s", trace.Ended)
	}
	if asked.Load() != "orders.example.com" {
		t.Errorf("the certificate was asked of %v", asked.Load())
	}
}

// A function whose time is over says so itself: of a time-out ECS says nothing.
func TestSmokeTime(t *testing.T) {
	t.Parallel()
	r := startRunner(t)
	var count atomic.Int64
	url := server(t, &count).URL
	h := r.smoke(smoked{url: url, clock: "real", requests: []map[string]any{request(map[string]any{"path": "/slow", "repeat": 1000})}})
	env := map[string]string{"URL": url, "HOST": "orders.example.com", "REQUESTS": `[` + mustJSON(t, request(map[string]any{"path": "/slow", "repeat": 1000})) + `]`, "CLOCK": "real"}
	h.FunctionTimeout = 4 * time.Second
	h.Invoke = r.invoke(function{name: "short", file: filepath.Join("smoke", "handler.py"), env: env, timeout: 4 * time.Second})
	trace := model.Run(redeploy(h))
	if trace.Status != model.RolledBack || !strings.Contains(trace.Reason, "of 1000 requests") && !strings.Contains(trace.Reason, "before the function's end") {
		t.Errorf("%s: %s", trace.Status, trace.Reason)
	}
}

func TestSmokeDoesNotHoldARollback(t *testing.T) {
	t.Parallel()
	r := startRunner(t)
	var count atomic.Int64
	url := server(t, &count).URL
	d := redeploy(r.smoke(smoked{url: url, stages: []string{hook.TestTrafficShift, hook.ProductionTrafficShift}, requests: []map[string]any{request(nil)}}))
	d.FailAfter, d.Memory = hook.BakeTime, model.Lost
	trace := model.Run(d)
	if trace.Status != model.RolledBack || count.Load() != 2 || len(trace.Calls) != 4 {
		t.Errorf("%s after %d requests in %d calls", trace.Status, count.Load(), len(trace.Calls))
	}
}

func TestSmokeWithoutSense(t *testing.T) {
	t.Parallel()
	r := startRunner(t)
	h := r.smoke(smoked{url: "http://127.0.0.1:1", requests: nil})
	h.Invoke = r.invoke(function{name: "nonsense", file: filepath.Join("smoke", "handler.py"), env: map[string]string{"URL": "x", "HOST": "y", "REQUESTS": "{"}})
	outcome{model.RolledBack, "JSONDecodeError", 0}.check(t, "no requests", model.Run(redeploy(h)))
}
