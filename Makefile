# Each target is one line over a `rehab` command; without make, `.venv/bin/rehab html` does the same.
PYTHON ?= python3
SETUP = @$(PYTHON) plugins/bootstrap.py
REHAB = @.venv/bin/rehab

# Files are UTF-8 whatever the locale of this machine says.
export PYTHONUTF8 := 1

# What somebody writes for a variable reaches the shell as it is: in single quotes, and never expanded.
quoted = '$(subst ','\'',$(value $(1)))'
unexport KIND TITLE SLUG DRAFT TARGET FROM MEDIA DATES FETCH N TOOLS

.DEFAULT_GOAL := help
.PHONY: bench bench-build bench-images help html serve check todo fix new import publish preview deploy rollback doctor clean test lint lock site-ready dev-ready

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

import: site-ready  ## bring another blog's posts: FROM=export.xml (MEDIA=folder FETCH=1 DATES=mdy)
	$(REHAB) import posts $(if $(value MEDIA),--media $(call quoted,MEDIA)) $(if $(value DATES),--dates $(call quoted,DATES)) $(if $(filter 1,$(value FETCH)),--fetch) -- $(call quoted,FROM)

publish: site-ready  ## build for the web, look at all of it, put it in place; with an error nothing changes
	$(REHAB) publish

preview: site-ready  ## give a draft a link that nobody can guess: DRAFT=my-knee
	$(REHAB) preview -- $(call quoted,DRAFT)

deploy: site-ready  ## bring what is published to a target of publishconf.py: TARGET=production
	$(REHAB) deploy -- $(call quoted,TARGET)

rollback: site-ready  ## serve what a target served before its last deployment: TARGET=production
	$(REHAB) rollback -- $(call quoted,TARGET)

doctor: site-ready  ## say whether everything is there that all this needs, or what to do
	$(REHAB) doctor

clean: site-ready  ## remove output/ and the cache
	$(REHAB) clean

##@ Develop

test: dev-ready  ## run the whole test suite
	$(REHAB) test

lint: dev-ready  ## check style, import contracts and types
	$(REHAB) lint

bench: dev-ready  ## measure a build beside Hugo and others, where they are: N=100,1000 (TOOLS=folder)
	@.venv/bin/python tests/bench/peers.py $(if $(value N),--n $(call quoted,N)) $(if $(value TOOLS),--tools $(call quoted,TOOLS))

bench-build: dev-ready  ## measure a build of 1,000 posts beside stock Pelican: cold, nothing changed, one edit
	@.venv/bin/python tests/bench/build.py

bench-images: dev-ready  ## measure how long pictures take, beside other tools where they are installed
	@.venv/bin/python tests/bench/images.py

lock: dev-ready  ## write requirements.lock anew (needs uv)
	$(REHAB) lock

##@ Help

help:  ## show this list
	@awk 'BEGIN {FS = ":.*## "; print "Usage: make TARGET"} \
	/^##@ / {printf "\n%s\n", substr($$0, 5)} \
	/^[a-z-]+:.*## / {printf "  %-12s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

# .venv, made or repaired where it is not as requirements.lock says.
site-ready:
	$(SETUP)

dev-ready:
	$(SETUP) --dev
