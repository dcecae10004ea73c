"""Packed styles → their rules, each with what it asks of a page; and those rules again that a page has anything for.

In: CSS without comments, and the elements, classes and attributes in a page. Out: CSS. A rule is left out only where
each of its selectors names one that is not in the page. States decide nothing, nor does what stands in round brackets,
but for the choices of `:is()` and `:where()`: in doubt a page has a rule too many.
"""

from __future__ import annotations

import re
from itertools import groupby, pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Hooks = frozenset[str]
"""What a selector asks for, or what a page has: names of elements (`<table`), of classes, of `data-` and `aria-`
attributes, `data-` attributes with their values (`data-size=mini`), and custom properties (`--ink`)."""

HOLD: Final = ("@layer", "@media", "@supports", "@container")
"""At-rules that hold rules. Others stay as they are."""

_TOKEN: Final = re.compile(r"""["'{};]""")
_STRING: Final = {sign: re.compile(rf"{sign}(?:\\.|[^{sign}\\])*{sign}", re.DOTALL) for sign in "\"'"}
_CUT: Final = re.compile(r"""\\.|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[()\[\],]""", re.DOTALL)
"""Brackets and commas, and before them the escapes and strings in which they are none."""
_ATTRIBUTE: Final = re.compile(r"""\[((?:data|aria)-[\w-]+)(?:=(["']?)([^"'&<>\\]*)\2)?\]""")
_ESCAPED: Final = re.compile(r"[.#]?[\w-]*(?:\\(?:[0-9a-fA-F]{1,6}\s?|.)[\w-]*)+", re.DOTALL)
_CLASS: Final = re.compile(r"\.([A-Za-z][\w-]*)")
_ELEMENT: Final = re.compile(r"(?<![\w.#:-])[a-z][a-z0-9]*(?![\w-])")
_EVERYWHERE: Final = frozenset({"<html", "<body"})
_TAG: Final = re.compile(r"<[a-z][a-z0-9]*")
_USED: Final = re.compile(r"var\((--[\w-]+)")
_ROOT: Final = re.compile(r":root\{([^{}]*)\}")
_CLASSES: Final = re.compile(r'class="([^"]*)"')
_NAMED: Final = tuple(re.compile(pattern) for pattern in (r'data-[\w-]+(?:="[^"]*")?', r"aria-[\w-]+"))
"""Each begins with letters, not with a choice or a class of them: such patterns are found five times as fast."""


class Rule(Struct, frozen=True):
    """A rule, an at-rule that holds rules (`inner`), or a statement (no `body`).

    `asked` has each selector with the hooks that it asks for, in one way or another.
    """

    head: str
    body: str | None = None
    inner: tuple[Rule, ...] = ()
    asked: tuple[tuple[str, frozenset[Hooks]], ...] = ()


def read_rules(css: str) -> tuple[Rule, ...]:
    """Return the outermost rules of packed styles, in their order."""
    rules, start, opened, depth = [], 0, 0, 0
    for sign, at in _signs(css):
        depth += (sign == "{") - (sign == "}")
        if sign == "{" and depth == 1:
            opened = at
        elif not depth:
            body = css[opened + 1 : at] if sign == "}" else None
            rules.append(_rule(css[start : opened if sign == "}" else at].strip(), body))
            start = at + 1
    return tuple(rules)


def _signs(css: str) -> Iterator[tuple[str, int]]:
    """Yield each brace and semicolon that stands in no string, with its place."""
    at = 0
    while found := _TOKEN.search(css, at):
        string = _STRING[found[0]].match(css, found.start()) if found[0] in _STRING else None
        at = (string or found).end()
        if found[0] not in _STRING:
            yield found[0], found.start()


def _rule(head: str, body: str | None) -> Rule:
    if body is None or (head.startswith("@") and not head.startswith(HOLD)):
        return Rule(head, body)
    if head.startswith("@"):
        return Rule(head, body, read_rules(body))
    return Rule(head, body, (), tuple((each, frozenset(_asked(each))) for each in _choices(head)))


def all_asked(rules: Iterable[Rule]) -> frozenset[Hooks]:
    """Return what the selectors of rules ask for; with an empty one in it where one asks for nothing."""
    asked = frozenset[Hooks]()
    for rule in rules:
        if rule.inner:
            asked |= all_asked(rule.inner)
        elif not rule.head.startswith("@"):
            asked |= frozenset(hooks for _, each in rule.asked for hooks in each)
    return asked


def _asked(selector: str) -> Iterator[Hooks]:
    """Yield the hooks that a selector asks for, for each choice that its first `:is()` or `:where()` gives."""
    pieces = list(_pieces(selector))
    hooks = _hooks("".join(each for each in pieces if each[:1] not in {"(", "["}))
    hooks |= frozenset[str]().union(*(_attribute(each) for each in pieces if each[:1] == "["))
    lists = (each[1:-1] for before, each in pairwise(pieces) if before.endswith((":is", ":where")))
    choices = next(lists, "")
    if not choices:
        yield hooks
        return
    for choice in _choices(choices):
        yield from (hooks | each for each in _asked(choice))


def _choices(selectors: str) -> Iterator[str]:
    """Yield the selectors of a list, which commas part that stand in no bracket and no string."""
    for comma, pieces in groupby(_pieces(selectors), ",".__eq__):
        if not comma:
            yield "".join(pieces)


def _pieces(selector: str) -> Iterator[str]:
    """Yield each outermost bracket with all that stands in it, each comma outside of them, and what stands between."""
    start = depth = 0
    for found in _CUT.finditer(selector):
        sign, at = found[0], found.start()
        if sign in {"(", "["}:
            depth += 1
            if depth == 1:
                yield selector[start:at]
                start = at
        elif sign in {")", "]"}:
            depth -= 1
            if depth == 0:
                yield selector[start : at + 1]
                start = at + 1
        elif sign == "," and not depth:
            yield from (selector[start:at], sign)
            start = at + 1
    yield selector[start:]


def _hooks(selector: str) -> Hooks:
    """Return the elements and classes that a selector without brackets asks for: none that is written with escapes."""
    plain = _ESCAPED.sub("", selector)
    return (frozenset(f"<{name}" for name in _ELEMENT.findall(plain)) - _EVERYWHERE).union(_CLASS.findall(plain))


def _attribute(bracket: str) -> Hooks:
    """Return what an attribute in its brackets asks for: nothing where a page may have it in other words."""
    found = _ATTRIBUTE.fullmatch(bracket)
    if found is None:
        return frozenset()
    name, _, value = found.groups()
    return frozenset({f"{name}={value}" if value and name.startswith("data-") else name})


def cut(rules: Iterable[Rule], hooks: Hooks) -> str:
    """Return the rules and selectors that a page with these hooks has anything for; neighbours with one head as one."""
    return "".join(_join(head, list(group), hooks) for head, group in groupby(rules, attrgetter("head")))


def _join(head: str, rules: list[Rule], hooks: Hooks) -> str:
    if rules[0].body is None:
        return f"{head};"
    if rules[0].inner:
        body = cut([each for rule in rules for each in rule.inner], hooks)
        return f"{head}{{{body}}}" if body else ""
    if head.startswith("@"):
        return "".join(f"{head}{{{rule.body}}}" for rule in rules)
    fit = ",".join(each for each, asked in rules[0].asked if any(one <= hooks for one in asked))
    return "".join(f"{fit}{{{rule.body}}}" for rule in rules) if fit else ""


def without_unused(css: str, used: Hooks) -> str:
    """Return styles without the properties of `:root` that neither they nor `used` (`--ink`) name."""
    named = used.union(_USED.findall(css))

    def kept(root: re.Match[str]) -> str:
        said = (each for each in root[1].split(";") if each[:2] != "--" or each.partition(":")[0] in named)
        return f":root{{{';'.join(said)}}}"

    left = _ROOT.sub(kept, css)
    return css if left == css else without_unused(left, used)


def hooks_of(html: str) -> Hooks:
    """Return what HTML has that a selector may ask for."""
    hooks = {name for words in set(_CLASSES.findall(html)) for name in words.split()}
    hooks.update(_TAG.findall(html), _USED.findall(html))
    for said in {said for named in _NAMED for said in set(named.findall(html))}:
        name, _, value = said.partition("=")
        hooks.add(name)
        hooks.add(f"{name}={value[1:-1]}")
    return frozenset(hooks)
