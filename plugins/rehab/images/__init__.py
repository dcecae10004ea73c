"""The pictures' room: from what a camera or a drawing program wrote to files that are safe and light to publish.

In: the assets that the `source` room found. Out: a plan of every picture that templates can use at once, and, at
the end of a build, the files of that plan under `output/images/`. Nothing with pixels is ever copied as it is: each
published file is made anew from pixels alone, so that no place, serial number or hidden thumbnail leaves the house.

    Asset ── read.read_photos ──► Photo ── plan.plan_picture ──► Picture ── make.make_renditions ──► Made
             (headers only)                (pure: sizes, names)              (pixels, cache, output)

| file | what happens there |
|---|---|
| `plan` | widths, names and formats; pure, so that the `site` room may import it |
| `read` | which assets are pictures, how large they are, and what speaks against them |
| `opened` | the one door to Pillow: formats, limits, and files that are cut off |
| `pixels` | decode, turn upright, convert to sRGB, scale down |
| `encode` | pixels into AVIF, JPEG and PNG; which codecs are at work |
| `svg`, `svg_words` | drawings: cleaned to an allow-list, or refused |
| `store` | files written whole or not at all, and the cache with its digests |
| `make` | what is missing is made, in worker processes where it pays; the rest is reused |
| `refused` | why a file is no picture for us, in words |

An animation is published as its first frame, still: no motion starts before a reader asks for it.
"""
