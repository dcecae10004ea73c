"""What happens after a site is built: the last look, redirects, the exchange, deployments, preview links.

    finish      built folder -> checked -> in place          deploy     published folder -> a target
        |                                                       |
    check       links, feeds, leaks -> problems              plan       two manifests -> what to send and delete
    redirects   one table -> every form                      to_*       one module for each kind of target
    swap        two folders change places at one moment      verify     pages asked for as a reader would

The gate that stops a publishing run before Pelican writes anything is in `rehab.adapter.gate`. Nothing here knows
Pelican; the command line brings the build and this room together.
"""
