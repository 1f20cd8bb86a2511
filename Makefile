# Needs Python >= 3.11, make and git; every target fetches the rest itself.
# PYTHON=python3.12 chooses another Python for .venv; ARGS='-k clock' reaches pytest.

PYTHON ?= python3
BIN := .venv/bin
# Bytecode is written once, here, so that a start need not compile; also where
# the environment turns it off.
unexport PYTHONDONTWRITEBYTECODE
unexport VIRTUAL_ENV
# uv trusts the certificates that the machine trusts, as pip and git do.
export UV_SYSTEM_CERTS ?= 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo test check soak bench format lock wheel clean

help: ## say what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(BIN)/.packages ## prepare .venv and build the page (the others do it themselves)
	@$(BIN)/python hatch_build.py

demo: setup ## start everything, with simulated media servers
	@exec $(BIN)/lamplighter demo

test: setup ## run all tests, those in a real browser too
	@needs="$$($(BIN)/python -m tests.needs)" && eval "$$needs" && \
	$(BIN)/pytest -m 'not soak' --numprocesses 3 --dist loadfile $(ARGS)

soak: setup ## run the long tests
	@needs="$$($(BIN)/python -m tests.needs)" && eval "$$needs" && \
	$(BIN)/pytest -m soak --timeout 3600 $(ARGS)

bench: setup ## measure beside peers, in one run (ARGS=live_feed for one, --quick to try)
	@needs="$$($(BIN)/python -m tests.needs)" && eval "$$needs" && \
	$(BIN)/python -m benchmarks $(ARGS)

check: setup ## format, lint, types, imports, generated files
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo --no-cache
	$(BIN)/python -m ops.generated --check
	$(BIN)/python hatch_build.py check

format: setup ## format the code and mend what lint can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(BIN)/uv ## renew requirements.lock (hashes, no addresses)
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --upgrade --custom-compile-command 'make lock' \
		--group dev pyproject.toml --output-file requirements.lock

wheel: setup ## build the wheel into dist/
	$(BIN)/uv build --wheel --no-build-isolation --out-dir dist .

clean: ## remove everything that was made
	rm -rf .venv dist ops/dashboard/node_modules ops/dashboard/static
	rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

# ---- .venv: first uv, then what the lock names

$(BIN)/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "lamplighter needs Python 3.11 or newer: make PYTHON=python3.12 ..."; exit 1; }
	@rm -rf .venv && mkdir .venv
	@awk '/^[^ #]/ { on = /^uv==/ } on' requirements.lock > .venv/uv.txt
	@if command -v uv > /dev/null; then set -ex; \
		uv venv --quiet --allow-existing --python $(PYTHON) .venv; \
		uv pip install --quiet --python .venv --require-hashes -r .venv/uv.txt; \
	else \
		$(PYTHON) -c 'import ensurepip, venv' || { echo "install python3-venv"; exit 1; }; set -ex; \
		$(PYTHON) -m venv .venv; \
		$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r .venv/uv.txt; \
	fi

$(BIN)/.packages: requirements.lock pyproject.toml | $(BIN)/uv
	$(BIN)/uv pip sync --quiet --require-hashes --compile-bytecode requirements.lock
	LAMPLIGHTER_SKIP_UI=1 $(BIN)/uv pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@
