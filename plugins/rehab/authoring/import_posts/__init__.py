"""Another system's export → posts and pages of this blog, with totals that equal what was in the export.

    export bytes, or a folder's files
        |
    detect, formats              which format it is, and its reader
    wordpress, blogger, page     a file of one format each; files (with front): a folder's; -> an `Export`
    items                        what an old item says, before this site has looked at it
        |
    text                         an item's text -> clean HTML, by wordpress_text or files_text for their own marks
    markdown, letters            clean HTML -> Markdown in which nothing is obeyed, however it was written
    pictures, ways               which given file a picture is; where a link leads now
    suggest                      what the text names that the site knows: comments for the author to confirm
        |
    plan, slugs                  items -> files to write, to hold and to leave out, each with its reason
    file                         one item -> the text of its file
    report                       a plan in words, as Markdown and as JSON

All of it is pure: `rehab import` reads, fetches and writes. An export is hostile: no name in it decides where a file
lies, no text in it is obeyed, and nothing that it has protected comes near the site.
"""
