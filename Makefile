# Everything a developer does, in one word each. `make demo` and `make test` set everything up first.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: help demo test lint gate bench clean

help:
	@echo "make demo   set up, code the bundled corpus (Cuba, October 1962) into a database, print the situation report"
	@echo "make test   set up, run the tests"
	@echo "make lint   ruff, mypy, import layers"
	@echo "make gate   measure quality on the development sets, where they are"
	@echo "make bench  measure speed"

demo: .venv/installed
	mkdir -p demo-out
	$(BIN)/tacitus code src/tacitus/data/demo/cuba-1962/pages --db demo-out/cuba-1962.duckdb
	$(BIN)/tacitus report --db demo-out/cuba-1962.duckdb

test: .venv/installed-dev
	$(BIN)/pytest

lint: .venv/installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy src
	$(BIN)/lint-imports

gate: .venv/installed-dev
	$(BIN)/python -m benchmarks.measure

bench: .venv/installed-dev
	$(BIN)/python -m benchmarks.speed

clean:
	rm -rf .venv demo-out

.venv/installed: pyproject.toml
	PYTHON="$(PYTHON)" sh tools/setup.sh .
	touch $@

.venv/installed-dev: pyproject.toml .venv/installed
	PYTHON="$(PYTHON)" sh tools/setup.sh --dev .
	touch $@
