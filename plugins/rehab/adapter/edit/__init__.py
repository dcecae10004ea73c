"""A change of words or comments alone → the few files that show them, without building the site."""
