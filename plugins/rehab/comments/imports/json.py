"""JSON of strangers → values whose shape is known. In: bytes. Out: tables and texts, or why there are none."""

from __future__ import annotations

import json
from typing import Any, TypeAlias

Record: TypeAlias = "dict[str, Any]"


def parse_json(data: bytes) -> tuple[Any, str]:
    """Return the value of a JSON text, and why there is none: the empty string where there is one."""
    try:
        return json.loads(data.decode("utf-8-sig")), ""
    except UnicodeDecodeError:
        return None, "the file is not UTF-8"
    except RecursionError:
        return None, "the JSON is nested more deeply than any export: it is refused"
    except json.JSONDecodeError as error:
        return None, f"the JSON breaks in line {error.lineno}, column {error.colno}"
    except ValueError:
        return None, "a number in the JSON is longer than any export's: it is refused"


def records_in(value: object) -> tuple[Record, ...]:
    """Return a list's items as tables; an item that is none is an empty one, so that nothing goes uncounted."""
    return tuple(each if isinstance(each, dict) else {} for each in value) if isinstance(value, list) else ()


def table(value: object) -> Record:
    """Return a table, or an empty one."""
    return value if isinstance(value, dict) else {}


def text(value: object) -> str:
    """Return a text or a whole number as text; nothing else is one."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8").strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""
