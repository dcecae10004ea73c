"""What helps an author to write: repairs, new files, explanations, imports, editor schemas, the reference pages.

Everything here is pure: it is given sources, problems or a site, and returns texts, edits and problems. The
commands in `rehab.cli` read, ask, show and write. Only `checked` keeps a memory of its own, in the cache.

    checked, explain, todo    what is wrong, what a code means, what is still to be done
    fix                       repairs that are certain
    new                       new files with their front matter ready
    import_posts              another blog's posts, pages and pictures
    import_exercises          exercises of free-exercise-db
    editors, reference        schemas and forms for editors, pages of the reference

The field tables of `rehab.model` are the only schema; what is made from them here (reference pages, editor
schemas, templates of new files) is kept in step by tests.
"""
