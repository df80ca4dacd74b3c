# Every target sets up what it needs by itself, from a fresh clone, and starts in a second when nothing has changed.
PYTHON := tools/python

.PHONY: help demo test soak check format bench coverage mutate lock messages upgrade vendor screenshots

help:
	@echo "make demo        serve an invented clinic on this machine; the address is printed (PORT=8001 for another port)"
	@echo "make test        run every test, on SQLite and on PostgreSQL, in a real browser too"
	@echo "make soak        kill a clinic's servers 200 times on each database while people write (an hour)"
	@echo "make check       look for mistakes without running the code: ruff, mypy, the house rules"
	@echo "make format      lay out the code as the checks want it"
	@echo "make bench       measure how fast it is"
	@echo "make coverage    run the tests of the rules, and fail if a branch of care/ is not taken"
	@echo "make mutate      make small mistakes in the rules and see whether tests notice (long; goes on where it stopped)"
	@echo "make lock        write requirements/*.txt after a change of pyproject.toml"
	@echo "make messages    bring the catalogues of translations up to the code, and compile them"
	@echo "make upgrade     the same, moving every package to its newest version"
	@echo "make vendor      build the scripts and styles that the clinic serves itself (needs Node.js and npm)"
	@echo "make screenshots take the pictures of the documentation again, from the demo"

demo:
	@$(PYTHON) tools/install.py demo
	@.venv/bin/natalizumab demo $(if $(PORT),--port $(PORT))

test:
	@$(PYTHON) tools/install.py test
	@$(PYTHON) tools/run_tests.py

soak:
	@$(PYTHON) tools/install.py test
	@NATALIZUMAB_CRASH_ROUNDS=200 .venv/bin/pytest -q -s tests/crash/test_clinic_killed.py

check:
	@$(PYTHON) tools/install.py check
	@$(PYTHON) tools/run_checks.py

format:
	@$(PYTHON) tools/install.py check
	@.venv/bin/ruff check --fix-only -q
	@.venv/bin/ruff format

bench:
	@$(PYTHON) tools/install.py bench
	@.venv/bin/python benchmarks/run.py

coverage:
	@$(PYTHON) tools/install.py check
	@$(PYTHON) tools/run_coverage.py

mutate:
	@$(PYTHON) tools/install.py check
	@.venv/bin/python tools/mutate.py $(MUTATE)

lock:
	@$(PYTHON) tools/install.py check
	@$(PYTHON) tools/lock.py

messages:
	@$(PYTHON) tools/install.py check
	@.venv/bin/python tools/messages.py

upgrade:
	@$(PYTHON) tools/install.py check
	@$(PYTHON) tools/lock.py upgrade

vendor:
	@command -v npm >/dev/null || { echo "Node.js and npm are missing. On Debian: apt-get install npm" >&2; exit 1; }
	@npm ci --prefix vendor --ignore-scripts --no-audit --no-fund --silent
	@node vendor/build.mjs
	@cat src/natalizumab/clinic/static/vendor/SHA256SUMS

screenshots:
	@$(PYTHON) tools/install.py test
	@.venv/bin/python tools/screenshots.py
