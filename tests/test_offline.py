"""Without a network: what was read opens, what was not says so, and a publish is seen at once.

A site is built, served from this process below a base path as well, and opened in a real Chromium.
"""

from __future__ import annotations

import json
import re
import shutil
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from browsing import Quiet, serving
from conftest import write_settings
from rehab.site.offline import digest_of, render_manifest, render_worker
from rehab.site.options import Options
from serving import running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.server import SimpleHTTPRequestHandler
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

    from conftest import BuildSite, WriteTree

POST = "---\ntitle: A knee\ndate: 2020-01-02\n---\n{}\n"
OTHER = "---\ntitle: Another & more\ndate: 2020-01-01\n---\nOf another.\n"
PREFIX = "/some/blog"


def constants_of(worker: str) -> dict[str, Any]:
    """Return what the build tells the worker, from its first line."""
    return {
        name: json.loads(value)
        for name, value in re.findall(r'(\w+) = ("[^"]*"|\[[^\]]*\])', worker.partition("\n")[0])
    }


# What is written


def test_the_worker_changes_with_any_file_and_with_nothing_else() -> None:
    files = {"index.html": "a", "offline/index.html": "b"}
    first = render_worker("run()", Options(), files, {})
    assert render_worker("run()", Options(), dict(reversed(files.items())), {}) == first
    assert render_worker("run()", Options(), {**files, "posts/a/index.html": "c"}, {}) != first
    assert digest_of(files) != digest_of({**files, "index.html": "b"})


def test_the_shell_is_small_and_of_what_is_there() -> None:
    names = ["index.html", "offline/index.html", "search/index.html", "posts/a/index.html", "theme/a-0123456789.js",
             "theme/card.png", "theme/icon.svg", "images/a-0123456789-360.avif", "manifest.webmanifest"]  # fmt: skip
    told = constants_of(render_worker("", Options(), dict.fromkeys(names, ""), {}))
    assert told["SHELL"] == ["", "offline/"]
    assert told["FILES"] == ["manifest.webmanifest", "theme/icon.svg"]


def test_the_worker_knows_what_each_script_may_load_and_what_that_loads() -> None:
    scripts = {
        "theme/a.js": 'import("./b.js")',
        "theme/b.js": 'import { x } from "./c.js"; import "./b.js"',
        "theme/c.js": 'import "./b.js"',
        "theme/d.js": "",
    }
    worker = render_worker("", Options(), {}, scripts)
    loads = json.loads(worker.partition("LOADS = ")[2].partition(";\n")[0])
    both = ["theme/b.js", "theme/c.js"]
    assert loads == dict.fromkeys(("theme/a.js", "theme/b.js", "theme/c.js"), both)


@pytest.mark.parametrize(
    ("form", "apart"),
    [
        ("intake:https://a.example/blog/intake/", ["intake"]),
        ("intake:https://a.example/intake", []),
        ("intake:https://b.example/blog/intake", []),
        ("https://a.example/blog/form", []),
    ],
)
def test_the_worker_leaves_the_intake_alone(form: str, apart: list[str]) -> None:
    options = Options(site_url="https://a.example/blog", comments_form=form)
    assert constants_of(render_worker("", options, {}, {}))["APART"] == ["preview/", "drafts/", *apart]


def test_the_manifest_names_icons_that_are_there_and_no_absolute_address() -> None:
    told = json.loads(render_manifest(Options(site_name="Käse", language="de"), ["theme/icon.svg", "theme/x.js"]))
    assert told["name"] == "Käse"
    assert [icon["src"] for icon in told["icons"]] == ["theme/icon.svg"]
    assert told["start_url"] == told["scope"] == "./"


def test_the_demo_names_icons_of_all_sizes_that_are_asked_for(demo: Path) -> None:
    from PIL import Image  # noqa: PLC0415 - of no use to other tests here

    told = json.loads((demo / "manifest.webmanifest").read_text("utf-8"))
    for icon in told["icons"]:
        if icon["sizes"] != "any":
            with Image.open(demo / icon["src"]) as image:
                assert f"{image.width}x{image.height}" == icon["sizes"]
    assert {icon["purpose"] for icon in told["icons"]} == {"any", "maskable"}


def test_two_builds_have_one_worker(write_tree: WriteTree, build_site: BuildSite) -> None:
    content = write_tree({"posts/a.md": POST.format("First.")})
    first, second = ((build_site(content, name)[1] / "sw.js").read_bytes() for name in ("one", "two"))
    assert first == second


def test_without_the_setting_no_page_speaks_of_it_and_an_old_worker_goes(
    write_tree: WriteTree, build_site: BuildSite
) -> None:
    _, output = build_site(write_tree({"posts/a.md": POST.format("First.")}), REHAB_OFFLINE=False)
    assert not (output / "offline").exists()
    page = (output / "index.html").read_text("utf-8")
    assert 'rel="manifest"' not in page
    assert "theme/offline-" not in page
    assert "registration.unregister()" in (output / "sw.js").read_text("utf-8")


# In a browser


class Host(Quiet):
    """A host that serves the folder below PREFIX, says what it was asked for, and may be gone or slow."""

    gone: ClassVar[bool] = False
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:  # noqa: N802 - the library calls it so
        """Answer as a static host does, and keep nobody from caching for ten minutes."""
        self.asked.append(self.path)
        if self.gone or not self.path.startswith(f"{PREFIX}/"):
            self.send_error(HTTPStatus.NOT_FOUND if not self.gone else HTTPStatus.BAD_GATEWAY)
            return
        self.path = self.path.removeprefix(PREFIX)
        super().do_GET()

    def end_headers(self) -> None:
        """Say what GitHub Pages says."""
        self.send_header("Cache-Control", "max-age=600")
        super().end_headers()


class Reader:
    """Somebody with a browser at a site."""

    def __init__(self, context: BrowserContext, home: str) -> None:
        self.context, self.home = context, home
        self.page: Page = context.new_page()

    def open(self, path: str = "") -> str:
        """Open a page and return what it says."""
        self.page.goto(f"{self.home}/{path}")
        return self.page.inner_text("main")

    def arrive(self) -> None:
        """Open the first page for the first time, and let its worker begin."""
        self.open()
        self.settle()

    def settle(self) -> None:
        """Wait until the newest worker is there and rules this page."""
        self.page.evaluate("""async () => {
          const own = await navigator.serviceWorker.ready;
          if (!navigator.serviceWorker.controller)
            await new Promise(done =>
              navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }));
          await own.update();
          for (let worker; (worker = own.installing || own.waiting || own.active).state !== "activated"; )
            await new Promise(done => worker.addEventListener("statechange", done, { once: true }));
        }""")

    def until(self, condition: str) -> None:
        """Wait until an expression, which may have to wait itself, is true."""
        last = self.page.evaluate(
            f"""async () => {{
              for (let tries = 500; tries && !({condition}); tries--) await new Promise(done => setTimeout(done, 20));
              return {condition};
            }}"""
        )
        assert last, condition

    def lose_worker(self) -> None:
        """Let the browser ask for the worker again, and wait until there is none."""
        self.page.evaluate("async () => (await navigator.serviceWorker.getRegistration())?.update()")
        self.until("!(await navigator.serviceWorker.getRegistrations()).length")

    def kept(self) -> dict[str, list[str]]:
        """Return the paths in each cache, by its name."""
        found: dict[str, list[str]] = self.page.evaluate("""async () => Object.fromEntries(await Promise.all(
          (await caches.keys()).map(async name =>
            [name, (await (await caches.open(name)).keys()).map(each => new URL(each.url).pathname)])))""")
        return found


@pytest.fixture
def reader(browser: Browser) -> Iterator[Any]:
    """Give what opens a browser of its own at an address."""
    contexts: list[BrowserContext] = []

    def at(home: str) -> Reader:
        contexts.append(browser.new_context())
        return Reader(contexts[-1], home)

    Host.asked.clear()
    yield at
    Host.gone = False
    for context in contexts:
        context.close()


@pytest.fixture
def site(write_tree: WriteTree, build_site: BuildSite) -> Any:
    """Give what writes the posts of a site and builds it."""

    def publish(text: str, url: str = f"https://knees.test.org{PREFIX}", offline: bool = True) -> Path:  # noqa: FBT001, FBT002 - a setting
        content = write_tree({"posts/a.md": POST.format(text), "posts/b.md": OTHER})
        return build_site(content, SITEURL=url, REHAB_OFFLINE=offline)[1]

    return publish


@pytest.fixture
def output(site: Any) -> Path:
    """Publish the site for the first time."""
    folder: Path = site("First.")
    return folder


@pytest.fixture
def one(reader: Any, output: Path) -> Iterator[Reader]:
    """Give a reader who was on the first page of the site, below a prefix."""
    with serving(output, Host) as address:
        who: Reader = reader(address + PREFIX)
        who.arrive()
        yield who


@pytest.mark.browser
@pytest.mark.parametrize(
    ("url", "host"), [("https://knees.test.org", Quiet), (f"https://knees.test.org{PREFIX}", Host)]
)
def test_what_was_read_opens_and_what_was_not_says_so(
    reader: Any, site: Any, url: str, host: type[SimpleHTTPRequestHandler]
) -> None:
    output = site("First.", url)
    with serving(output, host) as address:
        one: Reader = reader(address + (PREFIX if host is Host else ""))
        one.arrive()
        one.open("posts/a/")
        one.context.set_offline(True)
        assert "A knee" in one.open()
        assert "First." in one.open("posts/a/")
        assert "First." in one.open("posts/a/?from=feed")
        assert "No network" in one.open("posts/b/")
        one.page.wait_for_selector("[data-kept] a")
        assert one.page.locator("[data-kept] a").all_inner_texts() == ["A knee"]


@pytest.mark.browser
def test_a_publish_is_seen_at_once_though_the_old_page_is_kept(one: Reader, site: Any) -> None:
    for path in ("posts/a/", "posts/a/"):
        assert "First." in one.open(path)
    before = one.kept()
    site("Second.")
    assert "Second." in one.open("posts/a/")
    one.settle()
    after = one.kept()
    shells = [name for name in after if "shell-" in name]
    assert len(shells) == 1
    assert shells[0] not in before
    one.context.set_offline(True)
    assert "Second." in one.open("posts/a/")


@pytest.mark.browser
def test_what_a_reader_saved_is_fetched_again_after_a_publish_and_never_removed(one: Reader, site: Any) -> None:
    one.page.evaluate(f"""async () => {{
      const cache = await caches.open("{PREFIX}/saved");
      await cache.add("{PREFIX}/posts/a/");
      for (const name of ["/shell-abc/saved", "/shell-0123", "{PREFIX}/more/visited"]) await caches.open(name);
    }}""")
    site("Second.")
    one.open()
    one.settle()
    one.context.set_offline(True)
    assert "Second." in one.open("posts/a/")
    assert {f"{PREFIX}/saved", "/shell-abc/saved", "/shell-0123", f"{PREFIX}/more/visited"} <= set(one.kept())


@pytest.mark.browser
def test_a_page_that_is_gone_is_forgotten_and_a_server_that_fails_is_not_believed(one: Reader, output: Path) -> None:
    for path in ("posts/a/", "posts/b/"):
        one.open(path)
    shutil.rmtree(output / "posts/b")
    one.page.goto(f"{one.home}/posts/b/")
    Host.gone = True
    assert "First." in one.open("posts/a/")
    one.until(f"""!await (await caches.open("{PREFIX}/visited")).match("{PREFIX}/posts/b/")""")


@pytest.mark.browser
def test_nothing_is_kept_but_pages_and_files_whose_names_change(one: Reader, output: Path) -> None:
    (output / "preview").mkdir()
    (output / "preview/index.html").write_text("<main>A secret</main>", "utf-8")
    one.open("preview/")
    for path in ("feeds/atom.xml", "rehab.json", "sitemap.xml", "theme/card.png"):
        one.page.evaluate("async path => (await fetch(path)).text()", f"{one.home}/{path}")
    one.page.evaluate("async path => (await fetch(path, { method: 'POST', body: 'x' })).status", f"{one.home}/posts/a/")
    kept = {path.removeprefix(PREFIX) for paths in one.kept().values() for path in paths}
    hashed = {path for path in kept if re.search(r"-[0-9a-f]{10}\.js$", path)}
    assert kept - hashed <= {
        "/",
        "/offline/",
        "/search/",
        "/saved/",
        "/manifest.webmanifest",
        "/theme/icon.svg",
        "/theme/icon-192.png",
    }


CARD = "---\ntitle: With a card\ndate: 2020-01-03\nexercises: [squat: 3 x 10]\n---\nWords.\n"
SQUAT = "---\ntitle: Squat\nlaterality: bilateral\nsteps: [Sit., Stand.]\n---\n"


@pytest.mark.browser
def test_a_page_with_a_card_has_the_tools_of_the_card_without_a_network_though_nobody_used_them(
    reader: Any, write_tree: WriteTree, build_site: BuildSite
) -> None:
    content = write_tree({"posts/card.md": CARD, "posts/a.md": POST.format("First."), "exercises/squat.md": SQUAT})
    _, output = build_site(content, SITEURL=f"https://knees.test.org{PREFIX}")
    with serving(output, Host) as address:
        one: Reader = reader(address + PREFIX)
        one.open("posts/a/")
        one.settle()
        kept = {path for paths in one.kept().values() for path in paths}
        assert f"{PREFIX}/posts/a/" in kept, "the page that brought the worker"
        assert not [path for path in kept if re.search(r"/(?:card-(?:timer|tools)|search|filter|moves|gallery)-", path)]
        one.open("posts/card/")
        one.until(f"""!!await (await caches.open("{PREFIX}/visited")).match("{PREFIX}/posts/card/")""")
        one.until(f"""(await (await caches.open("{PREFIX}/files")).keys()).some(each => /card-plan/.test(each.url))""")
        one.context.set_offline(True)
        assert "Words." in one.open("posts/card/")
        one.page.get_by_role("button", name="Start the timer").first.click()
        one.page.get_by_role("dialog").wait_for()


@pytest.mark.browser
def test_a_part_of_a_file_comes_from_the_network(one: Reader, output: Path) -> None:
    script = next(output.glob("theme/offline-*.js")).name
    Host.asked.clear()
    one.page.evaluate(
        "path => fetch(path, { headers: { Range: 'bytes=0-9' }, cache: 'no-store' })", f"{one.home}/theme/{script}"
    )
    one.page.evaluate("path => fetch(path, { cache: 'no-store' })", f"{one.home}/theme/{script}")
    assert Host.asked == [f"{PREFIX}/theme/{script}"]


@pytest.mark.browser
def test_a_worker_that_was_there_goes_when_the_site_has_none(one: Reader, site: Any) -> None:
    one.page.evaluate(f"""() => caches.open("{PREFIX}/saved")""")
    site("Second.", offline=False)
    assert "Second." in one.open("posts/a/")
    one.lose_worker()
    assert set(one.kept()) == {f"{PREFIX}/saved"}


@pytest.mark.browser
def test_a_preview_sends_away_the_worker_of_a_site_that_was_at_its_address(
    reader: Any, write_tree: WriteTree, build_site: BuildSite, tmp_path: Path
) -> None:
    content = write_tree({"posts/a.md": POST.format("First.")})
    with serving(build_site(content)[1]) as address:
        one: Reader = reader(address)
        one.arrive()
        one.open("posts/a/")
    write_tree({"posts/a.md": POST.format("Second.")})
    settings = write_settings(tmp_path, content, tmp_path / ".cache", OUTPUT_PATH=str(tmp_path / "preview"))
    with running(settings, int(address.rpartition(":")[2])) as live:
        live.line("built ")
        assert "Second." in one.open("posts/a/")
        assert one.page.locator('link[rel="manifest"]').count() == 0
        one.lose_worker()
        one.until("!(await caches.keys()).length")
