"""How likely a waiting comment is spam, learnt from the owner's own decisions and from nothing else.

    decision   what was written, and what became of it
    text       words, links and letters of it, in hashes
    signs      what a stranger can be told by, as a table with weights to start from
    reading    all of that for one comment, once
    evidence   what was decided before on the same name, host, words or thread
    linear     weights for many thousand hashed features
    model      all of it weighed together: score, then learn
    ranking    what waits, most likely honest first
    reasons    which of it weighed most, in plain words
    store      the model in a file that can be thrown away
    history    decisions out of a blog's files, or of a file with one JSON object a line
    bench      how well it does

In: decisions in order of time. Out: a chance from 0 to 1. It orders what a moderator sees; it decides nothing.
"""
