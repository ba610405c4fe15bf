# make          set up and build everything      make test     run the tests
# make check    build, then end with an error on findings at the failing severity
# make refresh  ask the registries, then build   make bench    measure
# make docs     write docs/findings.md anew
SHELL := /bin/bash
PYTHON ?= python3
CORES ?= 2
BIN := .venv/bin
# The line in which a failed run says what was wrong. Repeated by the targets below as the last
# line of all, which make's own "Error 1" would otherwise be.
PROBLEM = $(shell cat logs/problem.txt 2>/dev/null)

.PHONY: all build check test refresh bench docs clean
all: build
	@$(if $(PROBLEM),$(error $(PROBLEM)))

build: .venv/installed
	@$(BIN)/livingreview build --cores $(CORES) || test -s logs/problem.txt

check: all
	@$(BIN)/livingreview build --report

test: .venv/installed
	$(BIN)/python -m pytest

refresh: .venv/installed
	@mkdir -p logs && rm -f logs/refresh.txt
	@$(BIN)/livingreview refresh > logs/refresh.txt
	@$(MAKE) --no-print-directory all
	@cat logs/refresh.txt

bench: .venv/installed
	$(BIN)/python tests/bench.py

docs: .venv/installed
	$(BIN)/python -m livingreview.references.wording.catalogue_page > docs/findings.md

# A half-made environment has no such file and is made anew.
.venv/installed: requirements.lock pyproject.toml
	@rm -rf .venv
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

clean:
	rm -rf results logs .snakemake
