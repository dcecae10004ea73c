"""Feeds: their items without a clock, and those of one injury."""
