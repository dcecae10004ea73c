"""Exercises of free-exercise-db become ours.

`catalogue` and `values` read its JSON, `words` has its terms in ours, `file` writes one, `plan` decides on each record.
"""
