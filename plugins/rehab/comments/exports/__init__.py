"""Comments → the formats of other systems, and our own: `own` (JSON), `wxr` (WordPress), `staticman` (YAML files).

All are pure: comments come in, text goes out, the same text for the same comments. None of them has an e-mail
address or the address of a computer, because no comment here has one.
"""
