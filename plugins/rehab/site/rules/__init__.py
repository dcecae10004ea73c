"""What must hold in a linked site: a module for each kind of thing, and `check`, which asks them all."""
