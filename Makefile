# The commands of a contributor. `make help` lists them; .ci/run runs them all from a clean clone.

SHELL       := bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS   += --no-builtin-rules
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

GO ?= go

# Tools are built from source by the Go toolchain, at these versions, once: bin/ keeps them.
GOLANGCI_LINT_VERSION := v2.15.0
TFLINT_VERSION        := v0.64.0
TFSEC_VERSION         := v1.28.14
ACTIONLINT_VERSION    := v1.7.12
ACT_VERSION           := v0.2.89
BENCHSTAT_VERSION     := v0.0.0-20260908200009-22c9c6c9d4da

GOLANGCI_LINT := bin/golangci-lint-$(GOLANGCI_LINT_VERSION)
TFLINT        := bin/tflint-$(TFLINT_VERSION)
TFSEC         := bin/tfsec-$(TFSEC_VERSION)
ACTIONLINT    := bin/actionlint-$(ACTIONLINT_VERSION)
ACT           := bin/act-$(ACT_VERSION)

# The provider documents that `make schemas` imports, as `terraform providers schema -json` writes them; none: only what is made
# from bluegen itself.
DOC ?=
# Where the benchmarks put what they measured, and what it is compared with.
BENCH_NEW ?= bin/bench.txt
BENCH_OLD ?=
BENCHTIME ?= 1s
# The size of the fleet, terramate's binary to measure it too, and the page that the table is put into.
SERVICES   ?= 1000
TERRAMATE  ?=
BENCH_DOCS ?=
COUNT     ?= 6
FUZZTIME  ?= 1m

.PHONY: help build install test lint lint-go lint-actions lint-terraform action sizes golden bench faults fuzz schemas clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: ## build bin/bluegen
	$(GO) build -trimpath -o bin/bluegen ./cmd/bluegen

install: ## install bluegen into Go's bin directory
	$(GO) install -trimpath ./cmd/bluegen

test: ## run everything: vet, unit tests, the goldens through the real terraform (under five minutes on two cores)
	$(GO) vet ./...
	$(GO) test ./...

lint: lint-go sizes lint-actions lint-terraform ## run all linters: Go, import directions, sizes, and what bluegen writes

lint-go: $(GOLANGCI_LINT) ## run golangci-lint with the import directions, gofmt, go mod tidy
	$(GOLANGCI_LINT) config verify
	$(GOLANGCI_LINT) run ./...
	@unformatted=$$(gofmt -l cmd generator golden schemas .ci); [ -z "$$unformatted" ] || { echo "not formatted with gofmt: $$unformatted"; exit 1; }
	$(GO) vet ./.ci/sizes
	$(GO) mod tidy -diff

lint-actions: $(ACTIONLINT) ## run actionlint over the workflows here and those that init writes
	@bash .ci/actions $(abspath $(ACTIONLINT))

lint-terraform: $(TFLINT) $(TFSEC) ## run tflint (every rule) and tfsec (high severity) over trees that are bad on purpose, and over the goldens
	@bash .ci/scan $(abspath $(TFLINT)) $(abspath $(TFSEC))

action: $(ACT) ## run the GitHub Action in the workflow that init writes, by act
	@copy=$$(mktemp -d) && trap 'rm -rf "$$copy"' EXIT && \
	bash .ci/copy "$$copy/clone" && bash .ci/action $(abspath $(ACT)) "$$copy/clone"

sizes: ## hold files and functions to their lengths
	@$(GO) run ./.ci/sizes

golden: ## rewrite the goldens and the expected output of the scripts; read the diff before you commit it
	$(GO) test ./golden -update

bench: ## run the benchmarks; a fleet beside tar, sha256sum and TERRAMATE=binary first; BENCH_OLD=file compares with an earlier bin/bench.txt
	@mkdir -p bin
	$(GO) run ./cmd/bench -n $(SERVICES) -terramate "$(TERRAMATE)" -docs "$(BENCH_DOCS)"
	$(GO) test -run '^$$' -bench . -benchmem -benchtime $(BENCHTIME) -count $(COUNT) ./... | tee $(BENCH_NEW)
	$(GO) run golang.org/x/perf/cmd/benchstat@$(BENCHSTAT_VERSION) $(BENCH_OLD) $(BENCH_NEW)

faults: ## the real binary under SIGKILL, on full and read-only disks, and fifty times at once
	@GO=$(GO) bash .ci/faults

fuzz: ## run every fuzz target for FUZZTIME each
	@bash .ci/fuzz $(FUZZTIME)

schemas: ## rewrite what is made from the code: JSON Schema and docs, and with DOC='a.json ...' the provider schemas
	$(if $(DOC),$(GO) run ./cmd/schemas provider $(DOC))
	$(GO) run ./cmd/schemas blueprint
	$(GO) run ./cmd/schemas docs

clean: ## remove what the other targets made
	rm -rf bin

# A tool's file carries its version, so that a new pin builds a new one.
bin/golangci-lint-%:
	@$(call built,golangci-lint,github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$*)

bin/tflint-%:
	@$(call built,tflint,github.com/terraform-linters/tflint@$*)

bin/tfsec-%:
	@$(call built,tfsec,github.com/aquasecurity/tfsec/cmd/tfsec@$*)

bin/actionlint-%:
	@$(call built,actionlint,github.com/rhysd/actionlint/cmd/actionlint@$*)

bin/act-%:
	@$(call built,act,github.com/nektos/act@$*)

define built
echo "building $(2)"; mkdir -p bin; rm -f bin/$(1)-*; \
GOBIN=$(CURDIR)/bin $(GO) install -trimpath $(2); mv bin/$(1) $@
endef
