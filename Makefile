# The two commands a newcomer needs: `make demo` and `make test`. Both set up what is missing.
SHELL := /bin/bash
.DEFAULT_GOAL := help
BIN := .venv/bin
SAMPLES := tidy eager pinned multiprocess after-refusal
PACE ?= 0.1

.PHONY: help setup demo test check lint bench clean

help:      ## this list
	@grep -hE '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

setup:     ## .venv, Debian packages, the agent, the twin's classes, the sample apps (does nothing when done)
	@./setup.sh

demo: setup ## check the sample app `eager` on the twin
	@$(BIN)/harness check build/apps/eager.apk --device twin --pace $(PACE); code=$$?; \
	  if [ $$code -eq 1 ]; then echo "(exit code 1: violations were found, as they should be in eager)"; else exit $$code; fi

test: setup ## the whole suite
	@$(BIN)/python -m pytest -n 3

check: setup lint ## lint, types, import contract, tests
	@$(BIN)/python -m pytest -n 3

lint: setup ## lint, types, import contract
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: setup ## what it costs, as ratios against named alternatives in the same run
	@for bench in benches/*_bench.py; do echo "== $$bench"; $(BIN)/python $$bench || exit 1; done

clean:     ## everything that setup made
	rm -rf .venv build hooks/node_modules hooks/build harness/data/agent.js harness/data/hooks.json harness/data/framework.jar
