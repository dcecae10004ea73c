"""Why a comment scores as it does, in plain words: the signs that weighed most.

In: a model and a remark. Out: a few sentences, the heaviest first. The words that are named are the remark's own, as it
lies open before the moderator; the model knows only their hashes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rehab.comments.spam.reading import read_remark
from rehab.comments.spam.signs import SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rehab.comments.spam.decision import Remark
    from rehab.comments.spam.model import Model
    from rehab.comments.spam.reading import Reading

SHOWN: Final = 5
_LEAST: Final = 0.15
"""Log-odds below which a sign is not worth a line."""
_MOST_WORDS = 4

_SEEN: Final[Mapping[str, tuple[str, str]]] = {
    "name": ("the name was on spam before", "the name was on accepted comments before"),
    "host": ("the web address was on spam before", "the web address was on accepted comments before"),
    "domain": ("the web site was on spam before", "the web site was on accepted comments before"),
    "person": ("name and web address together were on spam before", "name and web address were accepted before"),
    "message": ("the same message was spam before", "the same message was accepted before"),
    "beginning": ("spam began in the same way before", "accepted comments began in the same way"),
    "sentences": ("a sentence of it was in spam before", "a sentence of it was in accepted comments"),
    "links-to": ("a link leads where spam led before", "the links lead where accepted comments led"),
    "thread": ("this thread draws spam", "this thread draws little spam"),
    "thread-lately": ("spam came to this thread lately", "accepted comments came to this thread lately"),
    "lately": ("much of the last was spam", "most of the last was accepted"),
    "of-late": ("much of the last was spam", "most of the last was accepted"),
    "topic": ("it speaks of other things than the thread", "it speaks of what the thread speaks of"),
    "wording": ("the wording is like that of spam", "the wording is like that of accepted comments"),
    "letters": ("the letters run like those of spam", "the letters run like those of accepted comments"),
    "letters-mean": ("the letters run like those of spam", "the letters run like those of accepted comments"),
    "words": ("words of spam", "words of accepted comments"),
    "words-mean": ("words of spam", "words of accepted comments"),
}
"""What a view says for spam, and what it says against."""
_SIGNS: Final[Mapping[str, str]] = {
    **{sign.key: sign.words for sign in SIGNS},
    "thread-age": "the age of the thread",
    "thread-pause": "the pause in the thread before it",
    "new-thread": "nothing was decided in this thread yet",
    "pause": "the pause before it",
}


def explain(model: Model, remark: Remark) -> tuple[str, ...]:
    """Return the sentences that say what weighed most in a score, `+` for spam and `-` against."""
    reading = read_remark(remark)
    views = model.views(reading)
    weighed: dict[str, float] = {}
    for key, value in views.items():
        part = value * model.weights.get(key, 0.0)
        if _is_told(key, value, part):
            sentence = _sentence(key, part, model, reading)
            weighed[sentence] = weighed.get(sentence, 0.0) + part
    heaviest = sorted(weighed.items(), key=lambda each: (-abs(each[1]), each[0]))[:SHOWN]
    return tuple(f"{'+' if part > 0 else '-'} {sentence}" for sentence, part in heaviest if abs(part) >= _LEAST)


def _is_told(key: str, value: float, part: float) -> bool:
    """Tell whether a view weighs in the way that its sentence says: two that say the same may share it unevenly."""
    if key in _SIGNS:
        return True
    return key in _SEEN and (part < 0 if key == "topic" else value * part > 0)


def _sentence(key: str, part: float, model: Model, reading: Reading) -> str:
    if key in _SIGNS:
        return _SIGNS[key]
    sentence = _SEEN[key][part <= 0]
    if key in {"words", "words-mean"}:
        named = ", ".join(f"'{word}'" for word in _telling(model, reading, part > 0))
        return f"{sentence}: {named}" if named else sentence
    return sentence


def _telling(model: Model, reading: Reading, spam: bool) -> Iterator[str]:  # noqa: FBT001 - which side
    """Yield the words that say most for one side."""
    known = [(odds, token) for token, odds in model.word_odds(reading) if (odds > 0) == spam]
    words = [token.partition(" ")[2] for _, token in sorted(known, key=lambda each: (-abs(each[0]), each[1]))
             if token.startswith(("word ", "name "))]  # fmt: skip
    yield from list(dict.fromkeys(words))[:_MOST_WORDS]
