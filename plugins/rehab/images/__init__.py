"""The pictures' room: from what a camera or a drawing program wrote to files that are safe and light to publish.

In: the assets that the `source` room found. Out: a plan of every picture that templates can use at once, and, at
the end of a build, the files of that plan under `output/images/`. Nothing with pixels is ever copied as it is: each
published file is made anew from pixels alone, so that no place, serial number or hidden thumbnail leaves the house.

    Asset ── read.read_photos ──► Photo ── plan.plan_picture ──► Picture ── make.make_renditions ──► Made
             (headers only)                (pure: sizes, names)              (pixels, cache, output)

| file | what happens there |
|---|---|
| `card` | what a drawn card says: for pages without a photo that others link to |
| `plan` | widths, names, formats, placeholder; pure, so that the `site` room may import it |
| `read` | which assets are pictures, how large they are, and what speaks against them |
| `seen` | what was read of each file, so that one that looks the same is not opened again |
| `opened` | the one door to Pillow: formats, limits, and files that are cut off |
| `pixels` | decode, turn upright, convert to sRGB, scale down |
| `film` | the frames of what moves |
| `draw` | a card into pixels |
| `tones` | the few colours that stand for a photo until it has come |
| `notice` | maker and licence, the only words in a published file |
| `encode` | pixels into AVIF, JPEG, PNG and moving WebP; which codecs are at work |
| `render` | a plan into the bytes of all its files |
| `svg`, `svg_words` | drawings: cleaned to an allow-list, or refused |
| `store` | files written whole or not at all, and the cache with its digests |
| `published` | which published files nobody has touched since they were written |
| `workers` | processes: one that dies or hangs costs the picture at hand and no other |
| `make` | what is missing is made, in worker processes where it pays; the rest is reused |
| `audit` | a last look at every picture of a built site |
| `tally` | what pictures weigh, and what of the cache can go |
| `refused` | why a file is no picture for us, in words |

An animation is published as its first frame, still: no motion starts before a reader asks for it. What moves stands
beside it, in `Picture.animation`.
"""
