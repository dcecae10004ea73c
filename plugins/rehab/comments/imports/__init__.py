"""Other systems' exports → this blog's comments, with a total that equals what was in the export.

batch                what a reader of one format gives: items and threads, or the reason why it gives none
xml, json, values    the two families of files, bounded; dates, and bodies as HTML or text
wordpress, disqus, blogger, staticman, commento, isso, remark42, page     one format each; bytes in, a `Batch` out
mend                 damaged letters, and addresses of people, in what readers wrote
hosts                which post of this site a thread of the old one belongs to
plan                 a batch → comments to write, to hold and to leave out, each with its reason
report               a plan in words

All of it is pure: a plan says which files are to be written, `rehab comments import` writes them. An export is
hostile: XML with a document type is refused, depth and size are bounded, and no name in it decides where a file lies.
"""
