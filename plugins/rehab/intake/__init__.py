"""The intake: a small web server that takes readers' comments, and shows them to the owner of the blog.

In: form posts of strangers, clicks of the owner. Out: comments as files of the content folder, committed to its git
repository where there is one. It is optional (`pip install 'comeback-blog[intake]'`), and the one home of Flask,
Waitress, Werkzeug, itsdangerous and of an SQLite file.

    settings, keys         what the environment and a few private files say
    database, schema       the SQLite file: one connection a thread, transactions
    threads                which pages take comments, read from the content folder
    arrivals               a form post -> a comment that waits, once
    visits                 how often somebody may ask, without keeping an address
    git, decisions         a decision -> state, file, commit; taken up again after a crash
    notices, outbox        mails to the owner and to readers; kept until a mail server has them
    chances                what waits, what is least like spam first
    pull                   what waits, as files of the blog's inbox
    tokens                 signed links
    desk                   all of these for one running server
    pages                  our own small HTML, and the headers it goes out with
    sessions               who is the owner
    readers, owner         the addresses that readers and the owner use
    app, errands, server   the WSGI application, the work between requests, Waitress
"""
