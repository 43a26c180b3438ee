# Xingtan. `make run` starts a site with a demonstration county; `make test` runs every test; `make help` lists the rest.
PYTHON ?= python3
PORT ?= 8000
XINGTAN_HOME ?= $(CURDIR)/var
PG ?=
STAGES ?=
CHECKS ?=
PY = .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help run test check bench shots setup assets catalogs format clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

run: ## start a site on PORT (8000) with its data in XINGTAN_HOME (./var)
	@$(PYTHON) tools/bootstrap.py run
	@PORT=$(PORT) XINGTAN_HOME="$(XINGTAN_HOME)" exec .venv/bin/xingtan run

test: setup ## every test, in stages (STAGES="core sqlite postgres spark browser"; PG=15: Debian's server)
	@PG=$(PG) $(PY) tools/stages.py $(STAGES)

check: setup ## every static check (CHECKS="lint types …" for some)
	@$(PY) tools/check.py $(CHECKS)

bench: setup ## the figures of docs/benchmarks.md
	@$(PY) bench/run.py

shots: setup ## a picture of every main screen, into shots/
	@$(PY) tools/shots.py

setup: ## the environment of tests and checks
	@$(PYTHON) tools/bootstrap.py dev

assets: ## browser assets and fonts from npm
	@$(PY) tools/assets.py dev

catalogs: ## the Chinese catalog from its slices
	@$(PY) tools/catalogs.py build

format: ## format the code
	@.venv/bin/ruff check --fix --quiet src tools tests; .venv/bin/ruff format --quiet src tools tests

clean: ## forget what can be made again; data in var/ stays
	@rm -rf .venv node_modules src/xingtan/web/static/vendor src/xingtan/fonts src/xingtan/locale/*/LC_MESSAGES .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
