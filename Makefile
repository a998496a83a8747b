# The project's few commands. `make setup` needs Python 3.11 or later, make and git; everything else it brings.
.DEFAULT_GOAL := help
.PHONY: help setup demo test check fix bench chromium

BIN := .venv/bin
SOURCES := src tests scripts bench

help:  ## Say what each command does
	@grep -hE '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):.*## (.*)/\1\t\2/' | expand -t 10

setup:  ## Make .venv with everything in it; quick when nothing changed
	@scripts/set-up

demo: setup  ## Serve an invented council: PORT=8000 DATA=var/demo make demo
	@$(BIN)/handhold demo

test: setup chromium  ## Run every test, browser journeys too
	@$(BIN)/pytest -n 2 --dist worksteal

chromium:
	@scripts/find-chromium --install >/dev/null

check: export SECRET_KEY := no page is served by a check
check: setup  ## Run every check that CI runs; changes nothing
	$(BIN)/ruff format --check $(wildcard $(SOURCES))
	$(BIN)/ruff check $(wildcard $(SOURCES))
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/djlint --quiet --lint src/handhold/web/templates
	$(BIN)/handhold check-migrations
	$(BIN)/handhold protocol check

fix: setup  ## Repair what can be repaired by itself
	$(BIN)/ruff check --fix $(wildcard $(SOURCES))
	$(BIN)/ruff format $(wildcard $(SOURCES))

bench: setup  ## Measure: ratios in one run
	@$(BIN)/python -m bench
