"""Settings for the web: those of `pelicanconf.py`, the real address, and a gate that stops at every error."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from pelicanconf import *  # noqa: F403

SITEURL = "https://comeback.example"
FEED_DOMAIN = SITEURL

REHAB_STRICT = True

# Where `make deploy TARGET=...` brings the site: docs/how-to/deploy.md. Secrets never stand here.
REHAB_TARGETS = {}
