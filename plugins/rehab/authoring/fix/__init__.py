"""Repairs that are certain: `plan` asks the rules beside it, and `reading`, the parser, whether each may stand."""
