"""The search: what is found (`documents`), how words compare (`words`), how much each says (`weights`), and the index.

`index` makes it whole, in small files (`shards`); `reword` makes those that are other ones when a few texts are.
"""
