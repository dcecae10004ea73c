"""Documents → nouns: exercises, injuries, posts and all that belongs to them.

The nouns are frozen and carry their own field tables (`rehab.model.spec`). Nothing here reads a file
but the built-in vocabulary.
"""
