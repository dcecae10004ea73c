"""Data → JSON that is harmless wherever it stands, in a `<script>` element too."""

from __future__ import annotations

import json

_HARMLESS = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
"""Letters that could end a script element, or a line of script. In JSON they only ever stand inside strings."""

_ENCODER = json.JSONEncoder(ensure_ascii=False)


def render_json(data: object) -> str:
    """Return data as one line of JSON. Letters outside ASCII stand as they are."""
    text = _ENCODER.encode(data)
    for letter, harmless in _HARMLESS.items():
        text = text.replace(letter, harmless)
    return text
