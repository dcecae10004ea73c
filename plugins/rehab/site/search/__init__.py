"""The search: what is found (`documents`), how words compare (`words`), and the index in small files (`index`)."""
