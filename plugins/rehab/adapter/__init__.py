"""Site → Pelican: the only code that imports Pelican, Python-Markdown and Jinja.

signals     the one list of what we connect to, in the order in which Pelican calls it
settings    our settings and the defaults of our address patterns
build       what one run knows: the site, its problems, what was written
reader      our documents as Pelican's articles and pages
markdown    `[[…]]`, `![[…]]` and pictures in text become inert placeholders
fill        placeholders become links, cards and pictures, by the theme's own macros
entries     exercises, injuries, treatments, programs as Pelican pages
threads     further pages of long threads, and feeds of comments
generator   makes those pages, the lists, and the files for machines
writer      writes only what differs, and feeds without a clock
gate        stops a publishing run before anything is written
stored      values in the cache and back; reading, snapshot: what of them is kept
words       which words of a text stand on which pages
reworded    a site in which nothing but words was changed; patch writes what has them, feed_entries feeds
memory      lets the collector rest while the core works
run, serve  what the command line calls
serve_*     the parts of a running server: watching, answering, telling pages, and the process that builds
"""
