# Everything a developer needs, one line each. `make` alone lists them. Only Python 3.11+ and make are required;
# paths are relative throughout, so that the source tree may lie anywhere.

PYTHON ?= python3
BIN := .venv/bin
# Chinese and English output whatever the terminal's locale says.
export PYTHONUTF8 := 1

PO := $(shell find src/muster/locale -name '*.po' 2>/dev/null)
MO := $(PO:.po=.mo)
COMPILE := $(BIN)/pip-compile --quiet --no-header --strip-extras --annotation-style=line \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup run test test-sqlite test-postgresql lint format types contracts audit check bench lock clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' Makefile

# --- setting up -------------------------------------------------------------------------------------------------

setup: .venv/.stamp-muster $(MO) ## make .venv with everything Muster needs, and .venv/bin/muster

.venv/.stamp-python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Muster needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name another: make PYTHON=python3.12 setup")'
	$(PYTHON) -m venv .venv
	@touch $@

.venv/.stamp-muster: .venv/.stamp-python requirements.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

.venv/.stamp-dev: .venv/.stamp-muster requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

.venv/.stamp-bench: .venv/.stamp-dev requirements-bench.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-bench.txt
	@touch $@

%.mo: %.po .venv/.stamp-muster
	$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

# --- using ------------------------------------------------------------------------------------------------------

run: setup ## set up an example and open the console on this machine
	$(BIN)/muster demo

# --- checking ---------------------------------------------------------------------------------------------------

test: test-sqlite test-postgresql ## run the tests: all on SQLite, those that touch a database again on PostgreSQL

test-sqlite: .venv/.stamp-dev $(MO)
	$(BIN)/pytest -n 2 --dist loadgroup

# In CI a missing PostgreSQL is a failure; elsewhere it is said.
test-postgresql: .venv/.stamp-dev $(MO)
	@if $(BIN)/python -m muster.testing.postgres; then \
		set -x; MUSTER_TEST_DATABASE=postgresql $(BIN)/pytest -n 2 --dist loadgroup -m 'not browser and not core'; \
	elif [ "$$CI" = true ]; then \
		exit 1; \
	else \
		echo 'SKIPPED: the tests did not run on PostgreSQL (Debian: apt-get install postgresql)'; \
	fi

lint: .venv/.stamp-dev ## style and likely mistakes
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: .venv/.stamp-dev ## put the code into the common form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: .venv/.stamp-dev ## types: strict in plans, engine and drills
	MUSTER_HOME=.mypy_cache MUSTER_SECRET_KEY=unused $(BIN)/mypy

contracts: .venv/.stamp-dev ## which package may import which
	$(BIN)/lint-imports

audit: .venv/.stamp-dev ## known weaknesses of what is in the lock files, and whether these fit together
	$(BIN)/python -m pip check
	$(BIN)/python .ci/audit.py requirements.txt requirements-dev.txt

check: lint types contracts audit test ## what CI runs

bench: .venv/.stamp-bench $(MO) ## measure: writes the numbers of this machine
	$(BIN)/python -m bench

# --- looking after ----------------------------------------------------------------------------------------------

lock: .venv/.stamp-dev ## bring the lock files to the newest versions that pyproject.toml allows
	$(COMPILE) --upgrade --output-file requirements.txt pyproject.toml
	$(COMPILE) --upgrade --extra dev -c requirements.txt --output-file requirements-dev.txt pyproject.toml
	$(COMPILE) --upgrade --extra bench -c requirements-dev.txt --output-file requirements-bench.txt pyproject.toml

clean: ## remove what the tools left behind; var/ and .venv/ stay
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis test-results
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
