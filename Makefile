# The verbs: demo test check fmt fuzz bench quality docs. CI runs `make check` and `make test`.
# Everything is installed from the hashed lock files in requirements/ into .venv; nothing else is touched.

VENV := .venv
BIN := $(VENV)/bin
RUN_STAMP := $(VENV)/.run-installed
DEV_STAMP := $(VENV)/.dev-installed

.PHONY: help demo install test check fmt fuzz bench quality docs lock clean

help:            ## What each verb does
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(RUN_STAMP)  ## The whole product on this machine: a chat page, a mail door, sample mail
	@$(BIN)/sevenbot demo

install: $(RUN_STAMP) ## Only set up .venv, for .venv/bin/sevenbot run

test: $(DEV_STAMP)  ## Every test, real parts included
	@sh .ci/debian-packages
	@$(BIN)/python -m pytest -n 2 --dist worksteal

check: $(DEV_STAMP) ## Lint (the template too), types, and that generated docs match the code
	$(BIN)/ruff format --check src tests bench quality training
	$(BIN)/ruff check src tests bench quality training
	$(BIN)/mypy
	$(BIN)/cfn-lint --template src/sevenbot/aws/template.yaml
	$(BIN)/python -m sevenbot.docs --check

fmt: $(DEV_STAMP)   ## Format the code and apply safe lint fixes
	$(BIN)/ruff format src tests bench quality training
	$(BIN)/ruff check --fix src tests bench quality training

fuzz: $(DEV_STAMP)  ## The properties with many more examples (a few minutes)
	HYPOTHESIS_PROFILE=fuzz $(BIN)/python -m pytest -n 2 -m "not browser and not slow" -k "property" 

bench: $(DEV_STAMP) ## Measure against peers, side by side; writes docs/benchmarks.md
	@sh .ci/debian-packages
	$(BIN)/python -m bench

quality: $(DEV_STAMP) ## How well mail is read, over labelled mail; writes docs/quality.md
	$(BIN)/python -m quality

docs: $(DEV_STAMP)  ## Write docs/settings.md, docs/cli.md and docs/aws/cost.md from the code
	$(BIN)/python -m sevenbot.docs

lock: $(DEV_STAMP)  ## Resolve pyproject.toml anew into requirements/*.txt
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-header --no-annotate --upgrade pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-header --no-annotate --upgrade --group dev pyproject.toml -o requirements/dev.txt
	printf '%s\n' ministack==1.5.33 'boto3<1.44' aws-sam-translator awscli | $(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-header --no-annotate --upgrade - -o requirements/ministack.txt

clean:           ## Remove the virtual environment and caches
	rm -rf $(VENV) .venv-ministack* .venv-dynamodb-local* .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(RUN_STAMP): requirements/run.txt pyproject.toml
	@sh .ci/virtualenv requirements/run.txt
	@touch $@

$(DEV_STAMP): requirements/dev.txt requirements/run.txt pyproject.toml
	@sh .ci/virtualenv requirements/dev.txt
	@touch $@ $(RUN_STAMP)
