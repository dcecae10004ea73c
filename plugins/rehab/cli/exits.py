"""The exit codes of every command, one meaning each."""

from __future__ import annotations

from typing import Final

OK: Final = 0
CONTENT: Final = 1
CONFIGURATION: Final = 2
ENVIRONMENT: Final = 3
DEPLOY: Final = 4
