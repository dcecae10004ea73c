"""The site: nouns joined into one graph, checked by rules that need the whole, and shown as read-only views.

In: what the rooms below made of the content folder. Out: `Site` and problems (`link`), views for templates (`pages`),
`/rehab.json` (`graph`) and schema.org data (`structured`).

```
gather → names → references → edges → Site ──► rules ──► problems
                                        ├────► pages (show_*) ──► views
                                        └────► graph, structured, related
```

Whoever makes pages is given a site that notes what it is asked for (`noted`), so that the next build knows which pages
would come out as they are (`stamps`).
"""
