"""Files → documents: find them, split front matter from text, keep every value's place.

Knows nothing of fitness. Owns the YAML library. `Problem` and its report live here because every
room speaks of places in source files.
"""
