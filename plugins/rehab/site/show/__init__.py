"""Nouns → views: what each kind of page says, in words already chosen. A module for each kind of page."""
