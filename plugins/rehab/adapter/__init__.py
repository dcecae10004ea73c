"""Site → Pelican: the only code that imports Pelican, Python-Markdown and Jinja.

signals     the one list of what we connect to, in the order in which Pelican calls it
settings    our settings and the defaults of our address patterns; settings_file: what a file says now; settings_faults:
            what is wrong with it
build       what one run knows: the site, its problems, what was written
reader      our documents as Pelican's articles and pages
text        bodies → HTML, in which `[[…]]`, `![[…]]` and pictures are inert placeholders
fill        placeholders become links, cards and pictures, by the theme's own macros; drawn: those that many pages show
filled      articles and pages with these in them, and articles that hold their HTML no longer
environment what templates can use: filters, and what they ask for by name
listed      lists of articles, as Pelican asks them
entries     exercises, injuries, treatments, programs as Pelican pages
threads     further pages of long threads, and feeds of comments
feeds       feeds without a clock, and those of one injury
generator   makes those pages, the lists, and the files for machines
theme       templates, styles and scripts, made ready for pages
pages       what templates see of a page, which is `shown`; post_lists: of Pelican's lists of posts
writer      writes only what differs; saved, left: which files are, and which pages cannot have changed
gate        stops a publishing run before anything is written
keep        what stays in the cache between builds, and whether anything has to be built at all
edit        a change of words or comments alone → the few files that show them; words says which stand where
memory      lets the collector rest while the core works
run         one build, as the command line calls it
serve       a running server: watching, answering, telling pages, and the process that builds
"""
