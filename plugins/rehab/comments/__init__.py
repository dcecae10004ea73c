"""Comments → threads: cleaned of everything that could harm, ordered, and with nothing lost.

letters, addresses   characters, names and links as they may be shown
clean                the one policy for readers' text; owns nh3 and markdown-it-py
blocks, flow, runs   what nh3 leaves, rewritten into our few tags
answers              who answers whom: ids, parents, loops, dates
thread               the ordered thread; knows neither HTML nor cleaning
read                 all threads of a site
inbox, moves         what lies where, also what waits; steps on those files, and nothing else
moderation, redact   what a moderator decides, as such steps
imports              exports of other systems, as comments of ours
exports              all comments for other systems, and as our own JSON
"""
