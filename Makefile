# The two commands a newcomer needs: `make demo` and `make test`. Both set up what is missing.
SHELL := /bin/bash
.DEFAULT_GOAL := help
BIN := .venv/bin
PACE ?= 0.1
SAMPLE ?= 200

.PHONY: help setup demo selftest test check lint bench soak mutants clean

help:      ## this list
	@grep -hE '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

setup:     ## .venv, Debian packages, the agent, the twin's classes, the sample apps (does nothing when done)
	@./setup.sh

demo: setup ## check the sample app `eager` on the twin
	@$(BIN)/harness check build/apps/eager.apk --device twin --pace $(PACE); code=$$?; \
	  if [ $$code -eq 1 ]; then echo "(exit code 1: violations were found, as they should be in eager)"; else exit $$code; fi

selftest: setup ## every sample app on the twin, held against its truth in both directions
	@$(BIN)/harness selftest

test: setup ## the whole suite
	@$(BIN)/python -m pytest -n 4 --dist worksteal

check: setup lint ## lint, types, import contract, tests
	@$(BIN)/python -m pytest -n 4 --dist worksteal

lint: setup ## lint, types, import contract
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: setup ## what it costs, as ratios against named alternatives in the same run
	@for bench in benches/*_bench.py; do echo "== $$bench"; $(BIN)/python $$bench || exit 1; done

soak: setup ## minutes of load: a flood on sixteen threads, a million inputs for the decoders
	@$(BIN)/python -m pytest -m soak tests

mutants: setup ## one-line changes of the judge that its tests must catch, a seeded sample (SAMPLE=0: all, hours)
	@$(BIN)/python benches/mutants.py $(if $(filter 0,$(SAMPLE)),,--sample $(SAMPLE))

clean:     ## everything that setup made
	rm -rf .venv build hooks/node_modules hooks/build harness/data/agent.js harness/data/hooks.json harness/data/framework.jar
