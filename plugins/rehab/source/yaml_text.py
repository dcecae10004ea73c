"""Values → YAML that every reader of YAML understands alike.

In: texts, lists and tables. Out: lines of YAML. Text that some reader would take for a number, a truth value or a
piece of syntax is quoted, so that a title such as `yes` or `# 5` stays what it is here, in editors and in a CMS.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Value: TypeAlias = "str | bool | int | Sequence[Value] | Mapping[str, Value]"

_PLAIN = re.compile(r"[^\W\d_](?:[\w()/.,'’!?-]|[ ](?=\S)|:(?=[^\s]))*(?<![:])")
"""Text without quotes: it begins with a letter, and no colon before a space and no `#` is in it."""

_TYPED = re.compile(r"y|n|yes|no|on|off|true|false|null|inf|nan", re.IGNORECASE)
"""Words that one version of YAML or another does not take for text."""

_OF_BRACKETS = re.compile(r"[,?:]")
"""What means something inside brackets, to one reader of YAML or another."""

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\t": "\\t", "\n": "\\n"})


def quote(text: str) -> str:
    """Return a text as a YAML value on one line, in double quotes where it needs them.

    Control characters other than tab and line feed are the caller's to refuse.
    """
    if _PLAIN.fullmatch(text) and not _TYPED.fullmatch(text):
        return text
    return f'"{text.translate(_ESCAPES)}"'


def render_block(value: Value, indent: str = "") -> str:
    """Return a list or a table as indented lines; what is empty or holds only short texts stands on one line."""
    if isinstance(value, str | bool | int):
        return f"{_scalar(value)}\n"
    if isinstance(value, dict):
        return "".join(f"{indent}{quote(key)}:{_below(each, indent)}" for key, each in value.items())
    return "".join(f"{indent}- {_item(each, indent)}" for each in _items(value))


def _scalar(value: object) -> str:
    return quote(value) if isinstance(value, str) else str(value).lower()


def _items(value: Value) -> Sequence[Value]:
    return value if isinstance(value, list | tuple) else ()


def _below(value: Value, indent: str) -> str:
    if _is_short(value):
        return f" {_flow(value)}\n"
    return f"\n{render_block(value, f'{indent}  ')}"


def _item(value: Value, indent: str) -> str:
    if _is_short(value):
        return f"{_flow(value)}\n"
    return render_block(value, f"{indent}  ").removeprefix(f"{indent}  ")


def _is_short(value: Value) -> bool:
    return (
        isinstance(value, str | bool | int) or not value or all(isinstance(each, str) for each in _items(value) or [0])
    )


def _flow(value: Value) -> str:
    if isinstance(value, str | bool | int):
        return _scalar(value)
    return f"[{', '.join(_in_brackets(each) for each in _items(value))}]"


def _in_brackets(value: Value) -> str:
    text = str(value)
    return f'"{text}"' if _OF_BRACKETS.search(text) and quote(text) == text else _scalar(value)
