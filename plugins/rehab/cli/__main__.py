"""`python -m rehab.cli` is `rehab`, for a Python whose scripts are not on the path."""

from __future__ import annotations

from rehab.cli import main

if __name__ == "__main__":
    main()
