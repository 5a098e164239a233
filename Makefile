# Every task of the project; `make` alone lists them.
VENV ?= .venv
PYTHON ?= python3
PORT ?= 8501
BIN := $(VENV)/bin
BUILD := $(VENV)-build

.DEFAULT_GOAL := help
.PHONY: help app test test-engines explore check format bench load fuzz licences proxy pictures
.PHONY: pins audit docs data clean

# A minute of fifty people or of changed inputs; the long load is `make load SECONDS=600 REST=300`.
SECONDS ?= 60
REST ?= 0

help:  ## list the tasks
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(firstword $(MAKEFILE_LIST))

app: $(VENV)/.app  ## open the explorer with the shipped data on http://localhost:8501
	$(BIN)/python -m streamlit run app.py --server.port $(PORT)

test: $(VENV)/.dev  ## run every test, the browser's too
	browser="$$($(BIN)/python scripts/find_browser.py --install)" && \
	CCGEO_FUZZ_SECONDS=60 $(BIN)/python -m pytest -m "not browser" --numprocesses auto && \
	export CCGEO_CHROMIUM="$$browser" && \
	{ $(BIN)/python -m pytest -m browser --numprocesses 2 --dist loadfile || \
	{ echo "== what failed, once more, alone" && \
	$(BIN)/python -m pytest -m browser --last-failed --last-failed-no-failures none; }; }

explore: $(VENV)/.dev  ## try the laws on new random examples, ten times as many
	HYPOTHESIS_PROFILE=explore $(BIN)/python -m pytest -m "not browser" --numprocesses auto

test-engines: $(VENV)-engines/.engines  ## compare DuckDB, PostgreSQL and Spark (docs/SCALE.md)
	$(VENV)-engines/bin/python -m scripts.check_engines
	$(VENV)-engines/bin/python -m scripts.check_spark_ingest

check: $(VENV)/.dev  ## lint, format, types, docstrings
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy
	$(BIN)/python scripts/check_docstrings.py

format: $(VENV)/.dev  ## put every file into the one format
	$(BIN)/python -m ruff check --fix .
	$(BIN)/python -m ruff format .

bench: $(VENV)/.dev  ## measure, one claim a file; a table of all of them at the end
	browser="$$($(BIN)/python scripts/find_browser.py --install)" && \
	CCGEO_CHROMIUM="$$browser" $(BIN)/python benchmarks/_summary.py

load: $(VENV)/.dev  ## fifty people at once, every answer checked
	$(BIN)/python -m benchmarks.load.drive --seconds $(SECONDS) --after $(REST)

fuzz: $(VENV)/.dev  ## a minute of changed inputs for every parser
	$(BIN)/python -m benchmarks.fuzz.run --seconds $(SECONDS)

licences: $(VENV)/.dev  ## list the licence of everything the explorer runs on
	$(BIN)/python scripts/list_licences.py

pins: $(VENV)-pins/.pins  ## write the hashes of every pinned archive anew
	$(VENV)-pins/bin/python scripts/pin_hashes.py

audit: $(VENV)-pins/.pins  ## ask a database of known vulnerabilities; needs a network
	$(VENV)-pins/bin/python scripts/audit_pins.py

proxy: $(VENV)/.dev  ## try deploy/nginx.conf with a real nginx and a real browser
	browser="$$($(BIN)/python scripts/find_browser.py --install)" && \
	CCGEO_CHROMIUM="$$browser" $(BIN)/python scripts/check_proxy.py

docs: $(VENV)-docs/.docs  ## write the pages of the library's names to build/docs
	$(VENV)-docs/bin/python -m pdoc --docformat numpy --output-directory build/docs ccgeo

pictures: $(VENV)/.dev  ## take the pictures of the README anew
	browser="$$($(BIN)/python scripts/find_browser.py --install)" && \
	CCGEO_CHROMIUM="$$browser" $(BIN)/python -m scripts.take_screenshots

data: $(BUILD)/.build  ## build data/geo again from its sources
	for step in scripts/build_*.py; do \
		echo "== $$step"; $(BUILD)/bin/python "$$step" || exit 1; \
	done

clean:  ## remove the environments and every cache
	rm -rf $(VENV) $(VENV)-engines $(VENV)-docs $(VENV)-pins $(BUILD) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# An environment is made again only when what it is made from has changed.
$(VENV)/.app: requirements-hashes.txt pyproject.toml
	$(PYTHON) scripts/make_environment.py $(VENV) requirements-hashes.txt
	touch $@

$(VENV)/.dev: requirements.txt requirements-dev.txt pyproject.toml
	$(PYTHON) scripts/make_environment.py $(VENV) requirements-dev.txt
	touch $(VENV)/.app $@

$(VENV)-engines/.engines: requirements.txt requirements-dev.txt requirements-engines.txt pyproject.toml
	$(PYTHON) scripts/make_environment.py $(VENV)-engines requirements-engines.txt
	touch $@

$(VENV)-docs/.docs: requirements.txt requirements-docs.txt pyproject.toml
	$(PYTHON) scripts/make_environment.py $(VENV)-docs requirements-docs.txt
	touch $@

$(VENV)-pins/.pins: requirements-pins.txt
	$(PYTHON) scripts/make_environment.py $(VENV)-pins requirements-pins.txt
	touch $@

$(BUILD)/.build: requirements.txt requirements-build.txt pyproject.toml
	$(PYTHON) scripts/make_environment.py $(BUILD) requirements-build.txt
	touch $@
