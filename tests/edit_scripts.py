"""Random edits of a small blog, each as an author, an editor or a theme's maker would do it.

In: a blog's folder and a source of chance. Out: the same folder, changed, and what was done in a word. The same seed
makes the same edits.
"""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import importlib.util
import io
import os
import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from conftest import ROOT, write_settings

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

WORDS = "knee hamstring stretch rest run hill [[ex0]] [[in1|my knee]] *slow* `code` Note: better".split()
ATTACHES = 0.2
"""How many edits of a body put a file beside the page that names it first."""
DAYS = ("2024-01-01", "2024-06-15", "2025-01-01")
"""The scheduled post is due on the last of them."""
PROGRAM = (
    ("adapter/text/plain.py", "<p>{_inline(block)}</p>", "<p class='n{}'>{{_inline(block)}}</p>"),
    (
        "model/moments.py",
        "tzinfo=zone).astimezone(dt.UTC)",
        "tzinfo=zone).astimezone(dt.UTC) + dt.timedelta(days={})",
    ),
    ("model/vocabulary/regions.yml", "title: Knee\n", "title: Knee {}\n"),
    ("site/wording.py", "the author's own experience", "the author's own experience {}"),
)
"""Files of the program, words in them, and what a later version has there: each shows on pages of the blog."""
MARKDOWN = ("core.py", "return output.strip()", "return output.strip() + '<!-- {} -->'")
"""The same for the library that makes HTML of Markdown."""


@dataclass(slots=True)
class Clock:
    """The clock by which builds know their day."""

    day: str = DAYS[0]

    def now(self, zone: dt.tzinfo | None = None) -> dt.datetime:
        """Return noon of the day."""
        return dt.datetime.combine(dt.date.fromisoformat(self.day), dt.time(12), zone)


@dataclass(slots=True)
class Blog:
    """A blog in a folder of its own, with settings that edits may change. `program` says that it has its own `code`."""

    folder: Path
    settings: dict[str, object]
    clock: Clock = field(default_factory=Clock)
    made: int = 0
    program: bool = False
    told: dict[str, dict[str, object]] = field(default_factory=dict)

    @property
    def code(self) -> Path:
        """Return where its own copies of the program and of a library are."""
        return self.folder / "code"

    @property
    def content(self) -> Path:
        """Return its content folder."""
        return self.folder / "content"

    def files(self, kind: str) -> list[Path]:
        """Return the text files of a kind, in order."""
        return sorted((self.content / kind).rglob("*.md"))

    def write(self, name: str, text: str | bytes) -> None:
        """Write a file of the content."""
        file = self.content / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)

    def configure(self, folder: str = "") -> Path:
        """Write its settings where they differ, with a cache beside them. Another folder has another cache."""
        home = self.folder / folder
        if self.told.get(folder) == self.settings:
            return home / "pelicanconf.py"
        self.told[folder] = {**self.settings}
        home.mkdir(exist_ok=True)
        return write_settings(home, self.content, home / ".cache", THEME=str(self.folder / "theme"), **self.settings)


def start_blog(folder: Path, clock: Clock | None = None) -> Blog:
    """Write a blog with a little of everything, whose settings say the day unless there is a clock."""
    blog = Blog(folder, {"REHAB_IMAGE_WIDTHS": (40,)}, clock or Clock())
    blog.settings |= {} if clock else {"REHAB_TODAY": DAYS[0]}
    shutil.copytree(ROOT / "theme", folder / "theme")
    for number in range(2):
        blog.write(
            f"exercises/ex{number}.md",
            f"---\ntitle: Exercise {number}\nlaterality: unilateral\nkind: strength\nsteps: [Do it.]\n"
            "cues: ['Note: slow']\n"
            f"injuries: [{{injury: in{number}, relation: helps, evidence: author-experience}}]\n---\nText [[in0]].\n",
        )
        blog.write(f"injuries/in{number}.md", f"---\ntitle: Injury {number}\nregion: knee\nred_flags: []\n---\nText.\n")
    for number in range(4):
        blog.write(f"posts/post-{number}.md", post_text(number))
        blog.write(f"comments/post-{number}/c0.md", comment_text("c0"))
    blog.write("posts/later.md", post_text(9, f"date: {DAYS[2]}"))
    blog.write("pages/about.md", "---\ntitle: About\n---\nWho *we* are.\n")
    blog.write("posts/photo.png", picture("red"))
    blog.write("posts/note.txt", "A note.")
    return blog


ADDRESS = "https://example.org/blog"
KINDS_OF_BLOGS: tuple[dict[str, object], ...] = (
    {
        "SITEURL": ADDRESS, "FEED_DOMAIN": ADDRESS, "FEED_ALL_ATOM": "feeds/a.xml", "FEED_ALL_RSS": "feeds/a.rss",
        "CATEGORY_FEED_RSS": "feeds/c/{slug}.rss", "TAG_FEED_ATOM": "feeds/t/{slug}.xml", "FEED_MAX_ITEMS": 3,
        "AUTHOR_FEED_ATOM": "feeds/w/{slug}.xml", "FEED_APPEND_REF": True,
    },
    {"DEFAULT_PAGINATION": 2, "DEFAULT_ORPHANS": 1, "PAGINATED_TEMPLATES": {"tag": None, "category": 1, "archives": 3}},
    {"DIRECT_TEMPLATES": ["index"], "AUTHOR_SAVE_AS": "", "CATEGORY_SAVE_AS": "", "TAG_SAVE_AS": ""},
    {"RELATIVE_URLS": True, "OUTPUT_SOURCES": True, "DELETE_OUTPUT_DIRECTORY": True},
    {
        "ARTICLE_URL": "{slug}.html", "ARTICLE_SAVE_AS": "{slug}.html",
        "PAGE_URL": "p/{slug}.html", "PAGE_SAVE_AS": "p/{slug}.html",
    },
    {"YEAR_ARCHIVE_SAVE_AS": "y/{date:%Y}/index.html", "YEAR_ARCHIVE_URL": "y/{date:%Y}/", "TIMEZONE": "Asia/Tokyo"},
    {"DEFAULT_LANG": "de", "ARTICLE_ORDER_BY": "title", "REVERSE_CATEGORY_ORDER": True, "WITH_FUTURE_DATES": True},
    {"USE_FOLDER_AS_CATEGORY": True, "STATIC_PATHS": ["files"], "CACHE_CONTENT": True, "LOAD_CONTENT_CACHE": True},
)  # fmt: skip
"""Settings of other blogs: of feeds, lists, addresses, languages and of what Pelican keeps itself."""


def write_more(blog: Blog) -> None:
    """Write what a blog may have besides: other languages, old headers, texts that others read, files, no date."""
    blog.write(
        "posts/rich.md",
        "---\ntitle: Rich\ndate: 2015-05-06\nmodified: 2016-01-01\nlang: en\nauthors: [Ana 1, Ben]\ncategory: Hips\n"
        "tags: [t0, 'C#']\nsummary: A *summary* with [[ex0]].\n---\nText[^1] with [[in0]].\n\n[^1]: A note.\n",
    )
    blog.write("posts/reich.md", "---\ntitle: Reich\ndate: 2015-05-06\nslug: rich\nlang: de\n---\nText.\n")
    blog.write(
        "posts/sub/bundle/index.md",
        "---\ntitle: Bundle\ndate: 2016-05-06\nexercises:\n  - name: Wall sit\n    dose: 3 x 30 s\n---\n"
        "[File]({static}/files/a.txt), [post]({filename}/posts/post-1.md)\n\n![[wall-sit]]\n",
    )
    blog.write("files/a.txt", "A file.")
    blog.write("posts/old.markdown", "Title: Old\nDate: 2013-02-03\nTags: t1\nCategory: Old\n\nAn old header.\n")
    blog.write("posts/undated.md", "---\ntitle: Undated\n---\nWhen?\n")
    blog.write("posts/other.rst", "Other\n#####\n\n:date: 2012-01-01\n:tags: t1\n\nAnother markup.\n")


def post_text(number: int, date: str = "") -> str:
    """Return a post with a card in its text, a picture, and what lists show."""
    return (
        f"---\ntitle: Post {number}\n{date or f'date: 20{10 + number}-01-02'}\ntags: [t{number % 2}]\n"
        f"injuries: [in{number % 2}]\n"
        f"exercises:\n  - ex{number % 2}: 3 x 10 each side @ 10 lb\n---\nSome *text* with [[ex0]].\n\n![[ex1]]\n\n"
        "![A red square](photo.png)\n"
    )


def comment_text(id_: str, words: str = "Good *post*.") -> str:
    """Return a comment; some answer the first one."""
    answers = "reply_to: c0\n" if id_ != "c0" and len(words) % 2 else ""
    return f"---\nauthor: Reader {id_}\ndate: 2022-01-01\n{answers}---\n{words}\n"


def picture(colour: str) -> bytes:
    """Return a small picture of one colour."""
    file = io.BytesIO()
    Image.new("RGB", (48, 36), colour).save(file, "PNG")
    return file.getvalue()


HELD = ("", "", "status: pending", "status: spam", "status: deleted", "by_post_author: yes")
"""What the header of a comment may say of whether it is shown, and as whose."""


def _words(chance: random.Random) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(chance.randrange(2, 9)))


def _replace(file: Path, old: str, new: str) -> None:
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")


def _field(file: Path, field: str) -> None:
    """Put a field at the front of a header, in the place of one of that name."""
    name = field.partition(":")[0]
    _, header, body = file.read_text("utf-8").split("---\n", 2)
    rows = [row for row in header.splitlines(keepends=True) if not row.startswith(f"{name}:")]
    file.write_text(f"---\n{field}\n{''.join(rows)}---\n{body}", "utf-8")


def _any(blog: Blog, kind: str, chance: random.Random) -> Path | None:
    files = blog.files(kind)
    return chance.choice(files) if files else None


def edit_body(blog: Blog, chance: random.Random) -> None:
    """Write a sentence more somewhere."""
    file = _any(blog, chance.choice(["posts", "exercises", "injuries", "pages"]), chance)
    if file:
        words = "[A note]({attach}/posts/note.txt)" if chance.random() < ATTACHES else _words(chance)
        file.write_text(f"{file.read_text('utf-8')}\n{words}\n", "utf-8")


def link_post(blog: Blog, chance: random.Random) -> None:
    """Lead from a text to a post, by its name or by its file's; it may be gone, or be called so later."""
    named = f"post-{chance.randrange(5)}"
    words = chance.choice([f"As in [[{named}]].", f"As [there]({{filename}}/posts/{named}.md)."])
    if file := _any(blog, chance.choice(["posts", "posts", "injuries", "pages"]), chance):
        file.write_text(f"{file.read_text('utf-8')}\n{words}\n", "utf-8")


def credit_picture(blog: Blog, chance: random.Random) -> None:
    """Say who took a picture, or who wrote a post: somebody may have done both."""
    name = f"Ana {chance.randrange(3)}"
    field = chance.choice([f"author: {name}", f"gallery: [{{file: photo.png, alt: Red, credit: {name}}}]"])
    if file := _any(blog, "posts", chance):
        _field(file, field)


def explain_word(blog: Blog, chance: random.Random) -> None:
    """Explain a word that texts use, or explain it otherwise."""
    blog.write(
        "vocabulary/glossary.yml", f"- {{slug: hill, title: Hill, meaning: It goes up {chance.randrange(9)}.}}\n"
    )


def edit_title(blog: Blog, chance: random.Random) -> None:
    """Call a thing otherwise."""
    if file := _any(blog, chance.choice(["posts", "exercises", "injuries", "pages"]), chance):
        _field(file, f"title: Title {chance.randrange(99)}")


def edit_header(blog: Blog, chance: random.Random) -> None:
    """Change the date, the slug, the tags, a takeaway or the state of a post."""
    rows = (
        f"date: 20{chance.randrange(10, 24)}-03-04",
        f"slug: moved-{chance.randrange(9)}",
        f"tags: [t{chance.randrange(4)}, t9]",
        f"takeaways: ['{_words(chance)}']",
        "status: draft",
        "injuries: [in1]",
        "unknown_field: what",
    )
    if file := _any(blog, "posts", chance):
        _field(file, chance.choice(rows))


def edit_dose(blog: Blog, chance: random.Random) -> None:
    """Write another dose; some are equal to the first in another unit."""
    if file := _any(blog, "posts", chance):
        _replace(file, "@ 10 lb", f"@ {chance.choice(['4.5359237 kg', '12 lb', '5 kg'])}")


def add_post(blog: Blog, chance: random.Random) -> None:
    """Write a new post."""
    blog.made += 1
    blog.write(f"posts/new-{blog.made}.md", post_text(chance.randrange(4)))


def delete(blog: Blog, chance: random.Random) -> None:
    """Delete a text."""
    if file := _any(blog, chance.choice(["posts", "exercises", "injuries", "comments"]), chance):
        file.unlink()


def rename(blog: Blog, chance: random.Random) -> None:
    """Give a file another name."""
    if file := _any(blog, chance.choice(["posts", "exercises", "comments"]), chance):
        blog.made += 1
        file.rename(file.with_name(f"renamed-{blog.made}.md"))


def add_comment(blog: Blog, chance: random.Random) -> None:
    """Answer somewhere."""
    blog.made += 1
    host = chance.choice(["post-0", "post-1", "later", "exercises/ex0", "injuries/in0", "nowhere"])
    blog.write(f"comments/{host}/c{blog.made}.md", comment_text(f"c{blog.made}", _words(chance)))


def edit_comment(blog: Blog, chance: random.Random) -> None:
    """Change a comment's words, its author, what it speaks of or its state."""
    rows = ("author: Somebody", "mentions: {exercises: [ex0], injuries: [in1]}", "status: pending", "date: 2023-04-05")
    if file := _any(blog, "comments", chance):
        if chance.random() < 0.5:
            file.write_text(f"{file.read_text('utf-8')}\n{_words(chance)}\n", "utf-8")
        else:
            _field(file, chance.choice(rows))


def answer_comment(blog: Blog, chance: random.Random) -> None:
    """Answer a comment that is there, or was, beside it; at times from long ago, or under a name that is taken."""
    if file := _any(blog, "comments", chance):
        blog.made += 1
        answered = chance.choice([file.stem, file.stem, "gone"])
        folder = file.parent.relative_to(blog.content).as_posix()
        name = chance.choice([f"a{blog.made}", f"A-{blog.made}", f"ö{blog.made}", f".hidden{blog.made}"])
        rows = (f"date: 20{chance.randrange(10, 30)}-02-03", f"reply_to: {answered}", chance.choice(HELD))
        blog.write(f"{folder}/{name}.md", "---\n" + "\n".join(filter(None, rows)) + f"\n---\n{_words(chance)}\n")


def hold_comment(blog: Blog, chance: random.Random) -> None:
    """Hold a comment back, let one through, take one down, or have one know its old names."""
    if file := _any(blog, "comments", chance):
        _field(file, chance.choice([*filter(None, HELD), "status: approved", f"aliases: [c{blog.made}, old-1]"]))


def remove_comment(blog: Blog, chance: random.Random) -> None:
    """Take a comment out of its folder, or a whole thread."""
    if file := _any(blog, "comments", chance):
        if chance.random() < 0.8:
            file.unlink()
        else:
            shutil.rmtree(file.parent)


def edit_vocabulary(blog: Blog, chance: random.Random) -> None:
    """Bring in a muscle of the site's own, or change it."""
    blog.write(
        "vocabulary/muscles.yml",
        f"- {{slug: odd, title: Odd {chance.randrange(9)}, level: muscle, region: knee, view: back}}\n",
    )
    if file := _any(blog, "exercises", chance):
        _field(file, "muscles: {primary: [odd]}")


def edit_picture(blog: Blog, chance: random.Random) -> None:
    """Draw a picture anew, or lose it."""
    file = blog.content / "posts" / "photo.png"
    if chance.random() < 0.2:
        file.unlink(missing_ok=True)
    else:
        file.write_bytes(picture(chance.choice(["red", "blue", "green"])))


def edit_theme(blog: Blog, chance: random.Random) -> None:
    """Change a template, a macro, a style or a file of the theme."""
    name = chance.choice(["article.html", "parts/bib.html", "parts/post.html", "base.html"])
    file = blog.folder / "theme" / "templates" / name
    text = file.read_text("utf-8")
    at = text.index(' class="')
    file.write_text(f'{text[:at]} class="x{chance.randrange(9)} {text[at + 8 :]}', "utf-8")
    style = blog.folder / "theme" / "styles" / "99-own.css"
    style.write_text(f"p {{ order: {chance.randrange(9)}; }}\n", "utf-8")


def edit_settings(blog: Blog, chance: random.Random) -> None:
    """Change a setting, or let days go by until the scheduled post is due."""
    changes: list[dict[str, object]] = [
        {"SITENAME": f"Blog {chance.randrange(9)}"},
        {"DEFAULT_PAGINATION": chance.choice([False, 2])},
        {"REHAB_TODAY": chance.choice(DAYS)},
        {"SITEURL": chance.choice(["https://example.org", "https://example.org/blog"])},
    ]
    blog.settings |= chance.choice(changes)


def let_days_pass(blog: Blog, chance: random.Random) -> None:
    """Build on another day: the scheduled post may be due, or wait again."""
    blog.clock.day = chance.choice(DAYS)


def edit_words(blog: Blog, chance: random.Random) -> None:
    """Write plain words more at the end of a text or a comment, so that nothing else differs.

    At times they are a paragraph of their own, and so many that search weighs all texts anew.
    """
    if file := _any(blog, chance.choice(["posts", "posts", "pages", "comments"]), chance):
        more = " ".join(f"Word {chance.randrange(99)}." for _ in range(chance.choice([1, 150])))
        apart = chance.choice([" ", "\n\n"])
        file.write_text(f"{file.read_text('utf-8').rstrip()}{apart}{more}\n", "utf-8")


def edit_program(blog: Blog, chance: random.Random) -> None:
    """Write a program or change it; a post may follow it."""
    item = f"      - exercise: ex{chance.randrange(2)}\n        dose: {chance.randrange(2, 5)} x 10 each side\n"
    phases = f"phases:\n  - id: first\n    goal: Less pain.\n    items:\n{item}"
    blog.write("programs/plan.md", f"---\ntitle: Plan {chance.randrange(9)}\ninjuries: [in0]\n{phases}---\nWords.\n")
    if (file := _any(blog, "posts", chance)) and chance.random() < 0.5:
        _field(file, "programs: [plan]")


def edit_ladder(blog: Blog, chance: random.Random) -> None:
    """Put the exercises on a ladder, or turn it round."""
    steps = "ex0, ex1" if chance.random() < 0.5 else "ex1, ex0"
    blog.write("exercises/ladders.yml", f"- {{id: up, title: Ladder {chance.randrange(9)}, steps: [{steps}]}}\n")


def edit_treatment(blog: Blog, chance: random.Random) -> None:
    """Write a treatment or change it; a post may have tried it."""
    blog.write("treatments/ice.md", f"---\ntitle: Ice {chance.randrange(9)}\nkind: manual\n---\n{_words(chance)}\n")
    if (file := _any(blog, "posts", chance)) and chance.random() < 0.5:
        _field(file, f"treatments: [{{treatment: ice, outcome: {chance.choice(['helped', 'no-change'])}}}]")


def edit_region(blog: Blog, chance: random.Random) -> None:
    """Call a region of the body otherwise."""
    blog.write("vocabulary/regions.yml", f"- {{slug: knee, title: Knee {chance.randrange(9)}}}\n")


def edit_gallery(blog: Blog, chance: random.Random) -> None:
    """Show pictures in a gallery, with words or without, or take one away."""
    blog.write(f"galleries/walks/{chance.randrange(3)}.png", picture(chance.choice(["red", "blue"])))
    if chance.random() < 0.5:
        blog.write("galleries/walks/gallery.md", f"---\ntitle: Walks {chance.randrange(9)}\n---\n{_words(chance)}\n")


def edit_override(blog: Blog, chance: random.Random) -> None:
    """Put a template of the blog's own before the theme's, or change it."""
    file = blog.folder / "own" / "parts" / "dates.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    theirs = (blog.folder / "theme" / "templates" / "parts" / "dates.html").read_text("utf-8")
    file.write_text(
        f"{{# {chance.randrange(9)} #}}{theirs}".replace("<time", f'<time data-x="{chance.randrange(9)}"'), "utf-8"
    )
    blog.settings["THEME_TEMPLATES_OVERRIDES"] = [str(blog.folder / "own")]


def edit_program_version(blog: Blog, chance: random.Random) -> None:
    """Bring in another version of the program: what it makes of the same content differs."""
    change_program(blog, *chance.choice(PROGRAM))


def change_program(blog: Blog, file: str, old: str, new: str) -> None:
    """Bring in a version of the program in which a file has other words."""
    _own_copy(blog, "rehab", ROOT / "plugins" / "rehab")
    _change(blog, ROOT / "plugins" / "rehab" / file, blog.code / "rehab" / file, (old, new))


def edit_library_version(blog: Blog, chance: random.Random) -> None:  # noqa: ARG001 - as every edit
    """Bring in another version of a library, as pip does: other code, and another number."""
    found = importlib.util.find_spec("markdown")
    assert found is not None
    theirs = Path(found.origin or "").parent
    _own_copy(blog, "rehab", ROOT / "plugins" / "rehab")
    _own_copy(blog, "markdown", theirs)
    file, old, new = MARKDOWN
    _change(blog, theirs / file, blog.code / "markdown" / file, (old, new))
    known = blog.code / "markdown-99.dist-info"
    known.mkdir(exist_ok=True)
    named = importlib.metadata.distribution("Markdown").read_text("entry_points.txt") or ""
    (known / "entry_points.txt").write_text(named, "utf-8")
    (known / "METADATA").write_text(f"Metadata-Version: 2.1\nName: Markdown\nVersion: 99.{blog.made}\n", "utf-8")


def _own_copy(blog: Blog, name: str, source: Path) -> None:
    if not (blog.code / name).is_dir():
        shutil.copytree(source, blog.code / name, ignore=shutil.ignore_patterns("__pycache__"))
    blog.program = True
    blog.settings["PLUGIN_PATHS"] = [str(blog.code)]


def _change(blog: Blog, source: Path, file: Path, words: tuple[str, str]) -> None:
    """Write a file of a copy as the original is, but for some words, a second later than ever before."""
    blog.made += 1
    old, new = words
    text = source.read_text("utf-8")
    assert old in text, f"{source.name} has other words now: name some that it has"
    file.write_text(text.replace(old, new.format(blog.made)), "utf-8")
    # Python takes a file of the same size and second for the one that it has compiled.
    later = time.time() + blog.made
    os.utime(file, (later, later))


def name_address(blog: Blog, chance: random.Random) -> None:
    """Lead from a text to an address as it stands in browsers: to a page, or a place on it, that may come or go."""
    page = f"post-{chance.randrange(4)}"
    places = ("", "", "#comment-c0", "#comments", "#nowhere")
    address = chance.choice([f"/posts/{page}/{chance.choice(places)}", "/posts/later/", "/exercises/ex1/", "/tags/t9/"])
    if file := _any(blog, chance.choice(["posts", "injuries", "pages"]), chance):
        file.write_text(f"{file.read_text('utf-8')}\nAs [it says there]({address}).\n", "utf-8")


def write_mail(blog: Blog, chance: random.Random) -> None:
    """Write an e-mail address into a text, or into a comment, where nobody may read it unless a text has it too."""
    if file := _any(blog, chance.choice(["posts", "pages", "comments"]), chance):
        file.write_text(f"{file.read_text('utf-8')}\nWrite to ann{chance.randrange(2)}@knees.net.\n", "utf-8")


def hold_post(blog: Blog, chance: random.Random) -> None:
    """Hold a post back, whose words may stand elsewhere, or let it be read."""
    if file := _any(blog, "posts", chance):
        _field(file, chance.choice(["status: draft", "status: published"]))


def say_again(blog: Blog, chance: random.Random) -> None:
    """Say in one text what another says, perhaps one that waits."""
    sentence = f"Nobody but me has ever run up hill number {chance.randrange(2)} on one leg"
    for kind in chance.sample(["posts", "pages", "comments", "posts"], 2):
        if file := _any(blog, kind, chance):
            file.write_text(f"{file.read_text('utf-8')}\n{sentence}\n", "utf-8")


def leave_file(blog: Blog, chance: random.Random) -> None:
    """Publish a file as it is, which says what a text says, or leads to where one is; or take it away."""
    post = chance.randrange(4)
    words = (f"Post {post}", f"Post {post}", f"<a href='/posts/post-{post}/#comment-c0'>", "ann0@knees.net")
    if chance.random() < 0.3:
        (blog.content / "extra" / "old.html").unlink(missing_ok=True)
    else:
        blog.write("extra/old.html", f"<p>{chance.choice(words)}</p>")


def touch_nothing(blog: Blog, chance: random.Random) -> None:
    """Build again."""


SMALL: tuple[Callable[[Blog, random.Random], None], ...] = (
    edit_words, edit_words, add_comment, add_comment, edit_comment, edit_comment, answer_comment, answer_comment,
    hold_comment, remove_comment, touch_nothing,
)  # fmt: skip
"""What people do most: words, and comments. Nearly none of it needs a whole build."""
HEADERS: tuple[Callable[[Blog, random.Random], None], ...] = (
    edit_title, edit_title, edit_header, edit_header, edit_dose, add_post, add_post, delete, rename, link_post,
    link_post, credit_picture, explain_word, add_comment, edit_comment, edit_ladder, edit_program, edit_treatment,
    edit_vocabulary, edit_region, edit_gallery, edit_picture, edit_words, touch_nothing, let_days_pass, let_days_pass,
)  # fmt: skip
"""Edits of the content that need a whole build, in which most pages stand."""
PUBLIC: tuple[Callable[[Blog, random.Random], None], ...] = (
    edit_body, edit_words, edit_title, edit_dose, add_post, add_comment, edit_comment, answer_comment, hold_comment,
    explain_word, credit_picture, edit_ladder, edit_program, edit_treatment, edit_theme, let_days_pass, let_days_pass,
    touch_nothing,
)  # fmt: skip
"""Edits after which a site can nearly always be published."""
SECRET: tuple[Callable[[Blog, random.Random], None], ...] = (
    name_address, name_address, write_mail, hold_post, hold_post, say_again, leave_file, leave_file, edit_header,
    edit_body, delete, rename, add_comment, hold_comment, remove_comment, let_days_pass, touch_nothing,
)  # fmt: skip
"""Edits by which links break and heal that stand on other pages, and words are secrets that were none before."""
EDITS: tuple[Callable[[Blog, random.Random], None], ...] = (
    edit_body, edit_title, edit_header, edit_dose, add_post, delete, rename, add_comment, add_comment, edit_comment,
    edit_comment, edit_vocabulary, edit_picture, edit_theme, edit_settings, touch_nothing, touch_nothing,
    edit_words, edit_words, edit_words, edit_words, edit_program, edit_ladder, edit_treatment, edit_region,
    answer_comment, hold_comment, remove_comment, edit_gallery, edit_override, edit_program_version,
    edit_library_version,
)  # fmt: skip
