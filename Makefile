# Python 3.11 or newer and make are all that is needed; everything else goes into .venv.
PYTHON ?= python3
PORT ?= 8050
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
UV := .make/uv/bin/uv

.PHONY: demo test check audit bench load lock install clean help

help:  ## Shows what there is
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: install  ## Builds the demo database once and serves it on http://127.0.0.1:8050
	$(BIN)/portal demo --port $(PORT)

test: install  ## All tests, on SQLite and, where it answers, PostgreSQL
	$(BIN)/pytest -q -n 2 --dist loadfile --no-loadscope-reorder

check: install  ## Style, types, layers, dependencies, and what may live in a module
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy portal data_loaders
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/pytest -q tests/test_module_level.py

audit: install  ## Known weaknesses in the locked libraries; asks an advisory service
	$(BIN)/pip-audit --strict --require-hashes --disable-pip -r requirements.lock

bench: install  ## The inventory's callback against a bare Dash callback, in one run
	$(BIN)/python -m tests.bench

load: install  ## Thirty readers and three editors for three minutes on each database; red when a limit is broken
	$(BIN)/python -m tests.load

lock: $(UV)  ## Chooses the versions anew and writes them, with hashes, to requirements.lock
	$(UV) pip compile pyproject.toml --extra test --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' \
		--quiet -o requirements.lock

install: $(STAMP)

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv $(VENV)

# only when the lock or the project's description changed
$(STAMP): requirements.lock pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(UV):
	$(PYTHON) -m venv .make/uv
	.make/uv/bin/pip install --quiet --disable-pip-version-check uv

clean:  ## Removes what was made, the demo database included
	rm -rf $(VENV) .make instance build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache *.egg-info
