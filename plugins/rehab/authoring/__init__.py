"""What helps an author to write: repairs, new files, explanations, imports, editor schemas, the reference pages.

Everything here is pure: it is given sources, problems or a site, and returns texts, edits and problems. The
commands in `rehab.cli` read, ask, show and write. Only `checked` keeps a memory of its own, in the cache.

The field tables of `rehab.model` are the only schema; what is made from them here (reference pages, editor
schemas, templates of new files) is kept in step by tests.
"""
