"""The logical site of the shared bench in our own format, and whether a built site holds all of it.

In: the model that `corpus.py` of the bench makes (posts, exercises, injuries, comments). Out: a project folder, and
what is missing in an output folder. Exists so that our generator is one more row of a table that others are in.

Nothing is left out: each comment is a file, each exercise and injury a page of its own, the twenty pictures are photos
and not noise, because ours are read. What the bench writes as `left` or `light band` is written as our dose lines have
it. The texts of posts are the bench's own but for the addresses of pictures and their alternative words.
"""

from __future__ import annotations

import json
import random
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageFilter

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
PICTURE = re.compile(r"!\[Photo (\d+)\]\(/images/")
LOADS = {"10 lb dumbbell": "10 lb", "light band": "yellow band"}
SIDES = {"both": "each side", "left": "left", "right": "right"}
SETTINGS = """\
from pathlib import Path as _Path
exec(compile(_Path({conf!r}).read_text("utf-8"), {conf!r}, "exec"))
SITENAME = "Stride and Mend"
SITEURL = "https://example.org"
PATH = "content"
THEME = {theme!r}
PLUGIN_PATHS = [{plugins!r}]
DEFAULT_PAGINATION = 10
PAGINATED_TEMPLATES = {{"archives": None}}
"""
"""The demo's own settings; lists are cut as the bench cuts them: the list of all posts, and no other."""

Model = dict[str, Any]


def write_project(folder: Path, model: Model) -> None:
    """Write a project with its settings, its content and what `missing` compares a built site with.

    Pictures and cards that an earlier run has made stay in its cache.
    """
    for name in ("content", "output"):
        shutil.rmtree(folder / name, ignore_errors=True)
    for name, text in _files(model):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    (folder / "content/images").mkdir()
    for number, name in enumerate(model["images"]):
        _photo(number).save(folder / "content/images" / name, quality=88)


def _files(model: Model) -> Iterator[tuple[str, str]]:
    places = {"conf": ROOT / "pelicanconf.py", "theme": ROOT / "theme", "plugins": ROOT / "plugins"}
    yield "pelicanconf.py", SETTINGS.format(**{name: str(place) for name, place in places.items()})
    yield "manifest.json", json.dumps(_manifest(model))
    muscles = sorted({part for exercise in model["exercises"].values() for part in exercise["muscles"]})
    lines = (f"- {{slug: {each}-area, title: {each.title()} area, region: knee, view: back}}\n" for each in muscles)
    yield "content/vocabulary/muscles.yml", "".join(lines)
    for exercise in model["exercises"].values():
        yield f"content/exercises/{exercise['slug']}.md", _exercise(exercise)
    for injury in model["injuries"].values():
        head = f"title: {_said(injury['name'])}\nregion: knee\nred_flags: []\n"
        yield f"content/injuries/{injury['slug']}.md", f"---\n{head}---\n{injury['about']}\n"
    for post in model["posts"]:
        yield f"content/posts/{post['slug']}.md", _post(post)
        for number, (comment, parent) in enumerate(_flat(post["comments"]), start=1):
            yield f"content/comments/{post['slug']}/c{number:02}.md", _comment(comment, parent)


def _exercise(exercise: Model) -> str:
    links = "".join(
        f"  - {{injury: {each}, relation: helps, evidence: author-experience}}\n" for each in exercise["injuries"]
    )
    muscles = ", ".join(f"{each}-area" for each in exercise["muscles"])
    head = (
        f"title: {_said(exercise['name'])}\nkind: strength\nlaterality: unilateral\n"
        f"muscles: {{primary: [{muscles}]}}\nsteps: [{_said(exercise['about'])}]\ninjuries:\n{links}"
    )
    return f"---\n{head}---\n{exercise['about']}\n"


def _post(post: Model) -> str:
    doses = "".join(f"  - {card['slug']}: {_dose(card)}\n" for card in post["cards"])
    head = (
        f"title: {_said(post['title'])}\ndate: {post['date']:%Y-%m-%dT%H:%M:%SZ}\nauthor: {_said(post['author'])}\n"
        f"summary: {_said(post['description'])}\ncategory: {post['category']}\ntags: [{', '.join(post['tags'])}]\n"
        f"injuries: [{', '.join(post['injuries'])}]\n" + (f"exercises:\n{doses}" if doses else "")
    )
    return f"---\n{head}---\n" + PICTURE.sub(r"![A runner on the road, seen from mile \1](../images/", post["body"])


def _dose(card: Model) -> str:
    hold = f", hold {card['hold']} s" if card["hold"] else ""
    return f"{card['sets']} x {card['reps']} {SIDES[card['side']]} @ {LOADS.get(card['load'], card['load'])}{hold}"


def _comment(comment: Model, parent: str) -> str:
    answered = f"reply_to: {parent}\n" if parent else ""
    head = f"author: {_said(comment['author'])}\ndate: {comment['date']}\n{answered}"
    return f"---\n{head}---\n{comment['text']}\n"


def _flat(comments: list[Model]) -> list[tuple[Model, str]]:
    """Return all comments of a forest by their numbers, each with the file's name of what it answers."""
    found: dict[int, tuple[Model, str]] = {}
    waiting = [(each, "") for each in comments]
    while waiting:
        comment, parent = waiting.pop()
        found[comment["id"]] = (comment, parent)
        waiting += [(each, f"c{comment['id']:02}") for each in comment["replies"]]
    return [found[number] for number in sorted(found)]


def _said(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _photo(number: int) -> Image.Image:
    """Return a small photo: a gradient with the grain of a sensor, some 60 kB as a JPEG."""
    chance = random.Random(number)  # noqa: S311 - the same corpus every time is the point
    grain = Image.frombytes("L", (400, 300), chance.randbytes(400 * 300)).filter(ImageFilter.GaussianBlur(1))
    base = Image.linear_gradient("L").rotate(17 * number).resize((400, 300))
    return Image.merge("RGB", [Image.blend(base, grain, share) for share in (0.4, 0.5, 0.6)]).resize((800, 600))


def _manifest(model: Model) -> Model:
    posts = model["posts"]
    used = {name: sorted({each for post in posts for each in post[name]}) for name in ("tags", "exercises", "injuries")}
    pages = [f"posts/{post['slug']}/" for post in posts]
    pages += ["", "posts/", *(f"categories/{each}/" for each in sorted({post["category"] for post in posts}))]
    pages += [f"{name}/{each}/" for name, slugs in used.items() for each in slugs]
    return {
        "files": [f"{page}index.html" for page in pages] + ["feeds/atom.xml", "sitemap.xml", "rehab.json"],
        "cards": sum(len(post["cards"]) for post in posts),
        "comments": sum(len(_flat(post["comments"])) for post in posts),
        "listed": len(posts),
    }


COUNTED = {
    "cards": 'class="bib" data-size="full"',
    "comments": '<article class="comment ',
    "listed": 'class="post-card h-entry"',
}
"""What says how much of the site there is: exercise cards and comments of posts, rows of the list of all posts."""


def missing(folder: Path, output: Path) -> tuple[int, list[str]]:
    """Return how many files a built site has, and what of the logical site is not in it, in words."""
    wanted = json.loads((folder / "manifest.json").read_text("utf-8"))
    lost = [name for name in wanted["files"] if not (output / name).is_file()]
    said = [f"{len(lost)} missing, e.g. {lost[0]}"] if lost else []
    counts = dict.fromkeys(COUNTED, 0)
    for file in (output / "posts").rglob("*.html"):
        text, listing = file.read_text("utf-8"), file.parent.name == "posts"
        for name in ("listed",) if listing else ("cards", "comments"):
            counts[name] += text.count(COUNTED[name])
    said += [f"{name} {found} not {wanted[name]}" for name, found in counts.items() if found != wanted[name]]
    return sum(1 for file in output.rglob("*") if file.is_file()), said


def edit_post(folder: Path, word: str) -> str:
    """Append a sentence with a word to the text of one post and return the slug of it."""
    posts = sorted((folder / "content/posts").glob("*.md"))
    file = posts[len(posts) // 2]
    with file.open("a", encoding="utf-8") as text:
        text.write(f"\nA late note, {word}, after a good week.\n")
    return file.stem
