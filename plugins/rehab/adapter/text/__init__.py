"""Texts of authors → HTML: bodies in Markdown, with placeholders that later stages fill."""
