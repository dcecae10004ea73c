"""Checks on the built tree, redirects, swap, deploy, rollback: what happens after a site is built.

Empty so far. The gate that stops a publishing run is in `rehab.adapter.gate`, because it must close
before Pelican writes anything.
"""
