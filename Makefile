# `make help` lists what there is to do. Everything happens in .venv; nothing outside this folder changes,
# but for a cache of Kafka's jars (`make kafka`).
PYTHON ?= python3
BUS ?= embedded
BROKERS ?= 1
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help demo test lint kafka bench pin clean

help: ## this list
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo "  options: demo BUS=kafka (through a real broker), kafka BROKERS=3, PYTHON=python3.12"

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Marsad needs Python 3.11 or newer; name one: make PYTHON=python3.12 ..."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing the pinned dependencies (about a minute the first time) ..."
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

demo: $(READY) ## set up, then run the main job over the sample press on this machine, and tell what was found
	@$(BIN)/python -m tests.world.demo --bus $(BUS)

test: $(READY) lint ## style, types, import contracts and all tests; names what was skipped and why
	@$(BIN)/python -m pytest -q

lint: $(READY) ## ruff, mypy --strict, import-linter
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache | tail -n 4

kafka: $(READY) ## start a real Kafka broker on this machine (Java 17 and Maven), BROKERS=3 for three, BROKERS=0 ends it
	@$(BIN)/python -m tests.broker start --brokers $(BROKERS)

bench: $(READY) ## the benchmarks (NAME=bus for one); figures worth keeping stand in tests/bench/RESULTS.md
	@$(BIN)/python -m tests.bench $(NAME)

pin: ## make constraints.txt anew from the newest versions that pyproject.toml allows
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@{ echo "# Exact versions that were tested together. Made with \`make pin\`; no index address belongs here."; \
	   $(BIN)/python -m pip freeze --exclude-editable; } > constraints.txt
	@touch $(READY)

clean: ## remove .venv and all caches (data/ stays)
	@rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
