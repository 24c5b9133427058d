# The one door. Everything behind it is in tools/; `make help` lists what there is.
# Any Python 3.8 or newer may start; tools/bootstrap.py then finds the 3.11 that does the work.
PYTHON ?= $(shell for p in python3 python3.11 /usr/bin/python3 $(HOME)/.pyenv/versions/3.11*/bin/python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 8))' >/dev/null 2>&1 && echo $$p && break; done)
BOOTSTRAP = $(or $(PYTHON),$(error No Python 3 was found that starts: install Python 3.11 and run make again)) tools/bootstrap.py

.DEFAULT_GOAL := help
.PHONY: help run test train chat talk smoke handover lint data-check gold demo-repair report year evaluate diet bench crash setup lock clean

help: ## list all doors
	@grep -E '^[a-z-]+:.*## ' $(firstword $(MAKEFILE_LIST)) | sed -E 's/:[^#]*## /\t/' | expand -t 14

run: ## start everything and print the page's address; Ctrl-C stops it
	@$(BOOTSTRAP) run

test: ## all checks and tests, once per environment
	@$(BOOTSTRAP) test $(ARGS)

train: ## train the model, even if nothing changed
	@$(BOOTSTRAP) train

chat: ## talk to the assistant in the terminal; chat DESK=1: the hotline agent's view
	@$(BOOTSTRAP) chat $(if $(DESK),--desk) $(ARGS)

talk: ## print every conversation test through the running system
	@$(BOOTSTRAP) talk $(ARGS)

smoke: ## start everything on free ports, one turn per door, stop, nothing left behind
	@$(BOOTSTRAP) smoke

handover: ## read and answer the conversations handed to a person
	@$(BOOTSTRAP) handover $(ARGS)

lint: ## ruff and mypy
	@$(BOOTSTRAP) lint

data-check: ## near-copies and clashes among the training sentences, and with the blind sets
	@$(BOOTSTRAP) data-check $(ARGS)

gold: ## how good the diagnosis is on the gold cases; ARGS=--explain shows five, step by step
	@$(BOOTSTRAP) gold $(ARGS)

demo-repair: ## one repair from the call to the archive; its six papers go to var/papers
	@$(BOOTSTRAP) demo-repair

report: ## the monthly report, printed and in var/reports; ARGS="--month 2026-11"
	@$(BOOTSTRAP) report $(ARGS)

year: ## simulate a year of service in a scratch database and check it; ARGS="--tickets 300"
	@$(BOOTSTRAP) year $(ARGS)

evaluate: ## measure the understanding beside the stock pipeline; ARGS=--gate: fail when not good enough
	@$(BOOTSTRAP) evaluate $(ARGS)

diet: ## build and train that stock pipeline now (TensorFlow, two gigabytes outside the clone)
	@$(BOOTSTRAP) diet $(ARGS)

bench: ## measure the speed of a turn; ARGS="..." for its options
	@$(BOOTSTRAP) bench $(ARGS)

crash: ## kill a process between every two steps; one ticket and one message must be left
	@$(BOOTSTRAP) crash $(ARGS)

setup: ## build and train what is missing, start nothing
	@$(BOOTSTRAP) setup

lock: ## write requirements/*.txt anew from the pyproject files
	@$(BOOTSTRAP) lock

clean: ## remove what was built (environments, model, caches); var/ with its database stays
	rm -rf .venv .venv-rasa .tools node_modules models .rasa .pytest_cache .mypy_cache .ruff_cache .hypothesis results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
