# The one door. `make` alone lists what there is.
.DEFAULT_GOAL := help
.PHONY: help run test check faults seed flood bench docs shell fix reset ready

# The first Python that is new enough.
PYTHON := $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
VAR := $(or $(VAR_DIR),var)
# One-off commands use the servers of a running `make run`, or start their own for as long as they last.
AROUND := $(BIN)/python -m config.embedded around $(BIN)/python

help: ## This list
	@grep -hE '^[a-z]+:.*## ' Makefile | awk -F ':.*## ' '{printf "  make %-7s %s\n", $$1, $$2}'
	@echo "  Settings: PORT, SIMULATOR_PORT, DATABASE_URL, REDIS_URL, VAR_DIR (docs/generated/settings.md)"

ready:
	@test -n "$(PYTHON)" || { echo "Madoguchi needs Python 3.11 or newer (python3)."; exit 1; }
	@$(PYTHON) -m config.bootstrap

run: ## Everything, ready at http://localhost:8000/ (PORT=… for another port)
	@test -n "$(PYTHON)" || { echo "Madoguchi needs Python 3.11 or newer (python3)."; exit 1; }
	@$(PYTHON) -m config.bootstrap run
	@exec $(BIN)/python -m config.run

test: ready ## All tests: Python, browser, TypeScript
	@VAR_DIR=$(VAR)/test $(BIN)/python -m config.check test

check: ready ## What CI runs: format, lint, types, imports, templates, migrations, tests, seeds, documents
	@VAR_DIR=$(VAR)/check $(BIN)/python -m config.check

faults: ready ## The faults' long form: make faults ARGS="--rounds 100"
	@VAR_DIR=$(VAR)/faults $(BIN)/python -m tests.faults $(ARGS)

seed: ready ## Demonstration data, where there is none
	@$(AROUND) -m config.prepare

flood: ready ## A busy night: many people write at once
	@$(AROUND) manage.py flood $(ARGS)

bench: ready ## Latency and throughput beside the floor of the same run
	@$(BIN)/python -m tests.bench $(ARGS)

docs: ready ## The documents that are made from the code
	@$(AROUND) manage.py docs

shell: ready ## Python with the models at hand
	@$(AROUND) manage.py shell

fix: ready ## Format, and repair what can be repaired
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .
	@PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent fix

reset: ## Stop what runs here and clear its data
	@test -n "$(PYTHON)" || { echo "Madoguchi needs Python 3.11 or newer (python3)."; exit 1; }
	@$(PYTHON) -m config.reset
