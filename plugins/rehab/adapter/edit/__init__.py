"""A change of words alone → the few files that have these words, without building the site."""
