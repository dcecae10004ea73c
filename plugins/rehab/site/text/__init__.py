"""Markdown texts, read by the core as Python-Markdown reads them: what is code, which links and pictures there are."""
