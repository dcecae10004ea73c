# Each target is one line over a `rehab` command; without make, `.venv/bin/rehab html` does the same.
PYTHON ?= python3
SETUP = @$(PYTHON) plugins/bootstrap.py
REHAB = @.venv/bin/rehab

# Files are UTF-8 whatever the locale of this machine says.
export PYTHONUTF8 := 1

# What somebody writes for a variable reaches the shell as it is: in single quotes, and never expanded.
quoted = '$(subst ','\'',$(value $(1)))'
unexport KIND TITLE SLUG

.DEFAULT_GOAL := help
.PHONY: help html serve check todo fix new publish clean test lint lock site-ready dev-ready

##@ Write

html: site-ready  ## build the site into output/
	$(REHAB) html

serve: site-ready  ## build, show at http://localhost:8000/ and rebuild on each change
	$(REHAB) serve

check: site-ready  ## report everything that is wrong with the content, without building
	$(REHAB) check

todo: site-ready  ## list what is still to be done: promises, drafts, stubs, lost links
	$(REHAB) todo

fix: site-ready  ## show what can be repaired with certainty, ask, and write it
	$(REHAB) fix

new: site-ready  ## make a file with its front matter ready: KIND=post TITLE="My knee" (SLUG=…)
	$(REHAB) new $(if $(value SLUG),--slug $(call quoted,SLUG)) -- $(call quoted,KIND) $(call quoted,TITLE)

publish: site-ready  ## build for the web; stops and writes nothing where the content has errors
	$(REHAB) publish

clean: site-ready  ## remove output/ and the cache
	$(REHAB) clean

##@ Develop

test: dev-ready  ## run the whole test suite
	$(REHAB) test

lint: dev-ready  ## check style, import contracts and types
	$(REHAB) lint

lock: dev-ready  ## write requirements.lock anew (needs uv)
	$(REHAB) lock

##@ Help

help:  ## show this list
	@awk 'BEGIN {FS = ":.*## "; print "Usage: make TARGET"} \
	/^##@ / {printf "\n%s\n", substr($$0, 5)} \
	/^[a-z-]+:.*## / {printf "  %-9s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

# .venv, made or repaired where it is not as requirements.lock says.
site-ready:
	$(SETUP)

dev-ready:
	$(SETUP) --dev
