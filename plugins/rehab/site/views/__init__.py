"""What templates see: frozen, complete, with words already chosen. `small` holds the parts; the others, pages."""
