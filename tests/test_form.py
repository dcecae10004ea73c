"""The form at the end of an open thread: there for every way that is set, and for nobody where none is."""

from __future__ import annotations

import tempfile
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from built import Built, Page, words_of
from conftest import write_settings
from rehab.adapter.settings import KEY, form_of, mail_of
from rehab.comments.numbers import find_numbered
from rehab.comments.submitted import FIELDS, LONGEST_MESSAGE, LONGEST_NAME, LONGEST_URL
from rehab.comments.thread import Host, build_thread
from rehab.comments.tokens import is_signed, parse_token
from rehab.model.comment import Comment
from rehab.site.options import Options
from rehab.site.show.form import form_view
from rehab.source.place import Place

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

    from conftest import BuildSite, WriteTree

Build: TypeAlias = "Callable[..., Built]"

ORIGIN = "https://comeback.example/blog"
SERVICE = "https://forms.example/f/abc?x=1&y=2"
INTAKE = "intake:https://comments.example/"
MAIL = "comments@comeback.example"
FORMS = ("netlify", SERVICE, INTAKE)

POST = '---\ntitle: A "knee" & more\ndate: 2020-01-01\n---\nText\n'
COMMENTS: dict[str, str] = {
    "comments/knee/a.md": "---\nauthor: <Robin> & Co\ndate: 2020-02-01\n---\nHello\n",
    "comments/knee/b.md": "---\nauthor: Ann\ndate: 2020-02-02\nreply_to: a\nstatus: deleted\n---\n",
    "comments/knee/c.md": "---\ndate: 2020-02-03\nreply_to: b\n---\nYes\n",
}
TREE: dict[str, str] = {
    "posts/knee.md": POST,
    "posts/closed.md": POST.replace("title", "comments: closed\ntitle"),
    "posts/off.md": POST.replace("title", "comments: off\ntitle"),
    "posts/draft.md": POST.replace("title", "status: draft\ntitle"),
    "comments/closed/z.md": "---\nauthor: Ann\ndate: 2020-02-01\n---\nOld\n",
    "exercises/squat.md": "---\ntitle: Squat\nstatus: stub\n---\n",
    "injuries/sore.md": "---\ntitle: Sore\nregion: knee\nred_flags: []\n---\n",
    **COMMENTS,
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Build the same small site for each pair of settings once."""
    folder = tmp_path_factory.mktemp("forms")
    for name, text in TREE.items():
        file = folder / "content" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    @lru_cache
    def build_once(form: str | None = None, mail: str | None = None, key: str = "") -> Built:
        from rehab.adapter.run import build  # noqa: PLC0415 - tests of the core run without Pelican

        chosen: dict[str, object] = {"REHAB_COMMENTS_FORM": form, "REHAB_COMMENTS_MAIL": mail}
        made = write_settings(
            folder, folder / "content", folder / ".cache", SITEURL=ORIGIN, FEED_DOMAIN=ORIGIN, **chosen
        )
        output = Path(tempfile.mkdtemp(dir=folder))
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv(KEY, key)
            result = build(made, output=output)
        assert [each for each in result.problems if each.severity == "error"] == []
        return Built(output, ORIGIN)

    return build_once


def form_on(page: Page) -> Element:
    (form,) = page.all("form")
    return form


def fields_of(page: Page) -> dict[str, Element]:
    return {each.get("name", ""): each for each in page.all("input", "textarea")}


def replies_on(page: Page) -> list[tuple[str, str]]:
    links = [each for each in page.all("a") if words_of(each).startswith("Reply to comment")]
    return [(words_of(each), each.get("href", "")) for each in links]


def subject_of(href: str) -> str:
    return parse_qs(urlsplit(href).query, strict_parsing=True)["subject"][0]


# Where it stands


@pytest.mark.parametrize("form", [None, *FORMS])
@pytest.mark.parametrize("mail", [None, MAIL])
def test_every_open_thread_of_a_public_page_can_be_written_to_and_no_other(
    built: Build, form: str | None, mail: str | None
) -> None:
    site = built(form, mail)
    with_form = {url for url, page in site.pages.items() if "reply" in page.ids}
    expected = {"posts/knee/", "exercises/squat/", "injuries/sore/"} if form or mail else set()
    assert with_form == expected
    assert {page.file: page.faults for page in site.pages.values() if page.faults} == {}
    assert all(len(page.ids) == len(set(page.ids)) for page in site.pages.values())


def test_without_a_setting_a_page_is_as_if_there_were_no_forms(built: Build) -> None:
    page = built().pages["posts/knee/"]
    assert "Reply" not in page.words
    assert "Write a comment" not in page.text
    fields = page.all("form", "input", "textarea", "button")
    assert [each for each in fields if "popovertarget" not in each.attrib] == [], "the menu has the only one"


def test_later_pages_of_a_thread_have_the_form_and_know_their_own_numbers(
    write_tree: WriteTree, build_site: BuildSite
) -> None:
    told: dict[str, str | bytes] = {
        f"comments/knee/c{at:03}.md": f"---\nauthor: R\ndate: 2020-02-01\n---\nHello {at}\n" for at in range(205)
    }
    result, output = build_site(
        write_tree({"posts/knee.md": POST, **told}), REHAB_COMMENTS_FORM="netlify", SITEURL=ORIGIN
    )
    assert result.problems == ()
    page = Built(output, ORIGIN).pages["posts/knee/comments/2/"]
    numbered = fields_of(page)["numbered"].get("value", "")
    ids = [f"c{at:03}" for at in range(205)]
    assert [find_numbered(number, numbered, ids) for number in (200, 201, 205, 206)] == [None, "c200", "c204", None]
    assert fields_of(page)["thread"].get("value") == "knee"
    assert len(replies_on(page)) == 5


# The form


@pytest.mark.parametrize("form", FORMS)
def test_the_form_has_the_fields_that_every_endpoint_knows(built: Build, form: str) -> None:
    page = built(form).pages["posts/knee/"]
    fields = fields_of(page)
    assert set(FIELDS) <= set(fields)
    extra = {"netlify": {"form-name"}, SERVICE: {"_next"}, INTAKE: {"email"}}[form]
    assert set(fields) - set(FIELDS) == extra
    assert {name: fields[name].get("maxlength") for name in ("name", "url", "message")} == {
        "name": str(LONGEST_NAME), "url": str(LONGEST_URL), "message": str(LONGEST_MESSAGE)
    }  # fmt: skip
    assert "required" in fields["message"].attrib
    assert (fields["number"].get("inputmode"), fields["number"].get("pattern")) == ("numeric", "[0-9]*")
    assert (fields["name"].get("autocomplete"), fields["url"].get("autocomplete")) == ("name", "url")


@pytest.mark.parametrize("form", FORMS)
def test_every_field_has_a_label_and_a_help_that_is_there(built: Build, form: str) -> None:
    page = built(form).pages["posts/knee/"]
    labels = {each.get("for"): words_of(each) for each in page.all("label")}
    seen = {name: each for name, each in fields_of(page).items() if each.get("type") != "hidden"}
    assert [name for name, each in seen.items() if not labels.get(each.get("id"))] == []
    described = {name: each for name, each in seen.items() if name != "website2"}
    assert [name for name, each in described.items() if not words_of(page.by_id(each.attrib["aria-describedby"]))] == []
    assert labels["reply-number"] == "Reply to comment number"


def test_nobody_falls_into_the_trap(built: Build) -> None:
    page = built("netlify").pages["posts/knee/"]
    trap = fields_of(page)["website2"]
    (around,) = [each for each in page.all("p") if trap in list(each)]
    assert "hidden" in around.attrib
    assert words_of(around) == "Leave this empty"
    assert (trap.get("tabindex"), trap.get("autocomplete")) == ("-1", "off")


@pytest.mark.parametrize(
    ("form", "action"),
    [
        ("netlify", "/blog/comments/thanks/"),
        (SERVICE, SERVICE),
        (INTAKE, "https://comments.example/comment"),
    ],
)
def test_the_form_posts_to_what_the_setting_says(built: Build, form: str, action: str) -> None:
    found = form_on(built(form).pages["posts/knee/"])
    assert (found.get("method"), found.get("action")) == ("post", action)


def test_netlify_finds_its_form_by_its_attributes(built: Build) -> None:
    page = built("netlify").pages["posts/knee/"]
    form = form_on(page)
    assert (form.get("name"), form.get("data-netlify"), form.get("data-netlify-honeypot")) == (
        "comments", "true", "website2"
    )  # fmt: skip
    assert fields_of(page)["form-name"].get("value") == "comments"


@pytest.mark.parametrize(("form", "there"), [(None, False), ("netlify", True), (SERVICE, True), (INTAKE, False)])
def test_the_page_of_thanks_is_there_where_a_service_leads_to_it_and_nobody_finds_it(
    built: Build,
    form: str | None,
    there: bool,  # noqa: FBT001 - the case
) -> None:
    site = built(form)
    assert ("comments/thanks/" in site.pages) == there
    assert "thanks" not in site.text("sitemap.xml")
    if there:
        page = site.pages["comments/thanks/"]
        assert "noindex" in [each.get("content") for each in page.all("meta") if each.get("name") == "robots"]
    if form == SERVICE:
        assert fields_of(site.pages["posts/knee/"])["_next"].get("value") == f"{ORIGIN}/comments/thanks/"


# Answers


@pytest.mark.parametrize(
    ("form", "to"),
    [
        ("netlify", ["#reply", "#reply"]),
        (SERVICE, ["#reply", "#reply"]),
        (
            INTAKE,
            ["https://comments.example/reply?thread=knee&to=a", "https://comments.example/reply?thread=knee&to=c"],
        ),
    ],
)
def test_each_comment_that_is_shown_can_be_answered(built: Build, form: str, to: list[str]) -> None:
    assert replies_on(built(form, MAIL).pages["posts/knee/"]) == [
        ("Reply to comment 1 by <Robin> & Co", to[0]),
        ("Reply to comment 3 by Anonymous", to[1]),
    ]


def test_a_number_in_the_form_means_the_comment_beside_which_it_stands(built: Build) -> None:
    numbered = fields_of(built("netlify").pages["posts/knee/"])["numbered"].get("value", "")
    assert [find_numbered(number, numbered, ["a", "c"]) for number in (1, 2, 3)] == ["a", None, "c"]


# Mail


def test_with_mail_alone_each_comment_is_answered_by_a_mail_of_its_own(
    built: Build,
) -> None:
    site = built(None, MAIL, "secret")
    page = site.pages["posts/knee/"]
    assert page.all("form") == []
    mails = [each.get("href", "") for each in page.all("a") if each.get("href", "").startswith("mailto:")]
    assert [words.partition(", ")[2] for words, _ in replies_on(page)] == ["by mail", "by mail"]
    tokens = [parse_token(subject_of(href)) for href in mails]
    assert len({token for token in tokens if token}) == len(tokens) == 3
    assert all(token and token.thread == "knee" and is_signed(token, "secret") for token in tokens)
    assert {subject_of(href).partition("] ")[2] for href in mails} == {'Comment on A "knee" & more'}
    texts = [site.text(name) for name in site.files if name.endswith((".html", ".xml", ".json"))]
    assert not any("secret" in text for text in texts)


def test_without_a_key_a_subject_has_no_signature(built: Build) -> None:
    page = built("netlify", MAIL).pages["exercises/squat/"]
    (mail,) = [each.get("href", "") for each in page.all("a") if each.get("href", "").startswith("mailto:")]
    assert unquote(mail) == f"mailto:{MAIL}?subject=[c: exercises/squat] Comment on Squat"


# Settings


@pytest.mark.parametrize(
    "given", ["formspree", "http://forms.example/f", "ftp://x", "javascript:alert(1)", "intake:", "//x"]
)
def test_a_form_can_only_go_where_nobody_reads_on_the_way(given: str) -> None:
    with pytest.raises(ValueError, match="REHAB_COMMENTS_FORM"):
        form_of({"REHAB_COMMENTS_FORM": given})


@pytest.mark.parametrize("given", ["netlify", SERVICE, INTAKE, "intake:http://127.0.0.1:8081", "", None])
def test_a_form_may_go_to_a_service_or_to_this_machine(given: str | None) -> None:
    assert form_of({"REHAB_COMMENTS_FORM": given}) == (given or "")


@pytest.mark.parametrize("given", ["me", "a@b@c", "a@b,c@d", "a@b?cc=c@d", "a b@c", "a@b\nBcc: c@d"])
def test_mail_goes_to_one_address(given: str) -> None:
    with pytest.raises(ValueError, match="REHAB_COMMENTS_MAIL"):
        mail_of({"REHAB_COMMENTS_MAIL": given})


def test_a_setting_that_cannot_be_meant_stops_the_build_with_a_sentence(
    write_tree: WriteTree, build_site: BuildSite
) -> None:
    result, _ = build_site(write_tree({"posts/knee.md": POST}), REHAB_COMMENTS_FORM="formspree")
    assert any("REHAB_COMMENTS_FORM is 'formspree'" in str(message) for message in result.messages)


def test_no_name_of_a_comment_breaks_an_address() -> None:
    one = Comment(slug="a&b=c d\"'<é", path="x", place=Place("x"), thread="exercises/a b", body="x")
    thread, _ = build_thread((one,), {"x": "<p>x</p>"}, Host(thread="exercises/a b"))
    options = Options(comments_form="intake:https://c.example")
    form = form_view(thread, thread.entries, "T", options)
    assert form is not None
    (href,) = form.replies.values()
    assert parse_qs(urlsplit(href).query) == {"thread": ["exercises/a b"], "to": [thread.entries[0].id]}
    assert href.isascii()
    assert not set(" \"'<>") & set(href)
