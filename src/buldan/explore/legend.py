"""Colours for scores and amounts, and their legend."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

from buldan.explore.shown import Shown
from buldan.explore.words import translate_term

__all__ = ["ACCENT", "CERTAINTIES", "Legend", "choose_colour", "choose_shade", "make_legend", "word_certainty"]

ACCENT = "#0b655f"

CERTAINTIES = (("sure", 0.8, "#14705a"), ("likely", 0.5, "#a86008"), ("doubtful", 0.0, "#b03a2e"))
"""Classes of certainty: the word, the minimum share (0..1) and the colour. The web page has the same."""

_NOTHING, _LITTLE, _MUCH = "#f3eee4", (207, 231, 224), (11, 101, 95)
_STEPS = (1 / 9, 4 / 9, 1.0)


def choose_colour(thing: Shown, most: float) -> str:
    """The colour of an item, if the largest amount of all items is `most`."""
    if thing.value is not None:
        return choose_shade(thing.value, most)
    return ACCENT if thing.share is None else _class_certainty(thing.share)[1]


def word_certainty(share: float, lang: str) -> str:
    """The word for a share of certainty (0..1), in `lang`."""
    return translate_term(_class_certainty(share)[0], lang)


class Legend(NamedTuple):
    """The legend of the colours: a title, empty if not needed, and pairs (colour, words) in reading order."""

    title: str
    entries: list[tuple[str, str]]


def make_legend(shown: Sequence[Shown], *, lang: str, value: str | None = None) -> Legend:
    """The legend of the items; without entries if the colours have no meaning."""
    amounts = [thing.value for thing in shown if thing.value is not None]
    if amounts and (most := max(amounts)) > 0:
        limits = _find_limits(most)
        whole = all(amount == int(amount) for amount in amounts)
        entries = [(_NOTHING, "0")] if min(amounts) <= 0 else []
        entries += [
            (choose_shade(limit, most), _format_range(before, limit, whole=whole))
            for before, limit in zip([0.0, *limits], limits, strict=False)
        ]
        return Legend(translate_term(value or "", lang), entries)
    used = {_class_certainty(thing.share)[0] for thing in shown if thing.share is not None}
    return Legend(
        "", [(colour, translate_term(certainty, lang)) for certainty, _, colour in CERTAINTIES if certainty in used]
    )


def choose_shade(value: float, most: float) -> str:
    """The colour of an amount: that of its class, from pale (little) to deep (up to `most`).

    The limits of the classes are equal steps of the square root, so that small amounts get different colours.
    """
    if value <= 0 or most <= 0:
        return _NOTHING
    limit = next((limit for limit in _find_limits(most) if value <= limit), most)
    weight = (limit / most) ** 0.5
    return "#" + "".join(f"{round(low + (high - low) * weight):02x}" for low, high in zip(_LITTLE, _MUCH, strict=True))


def _find_limits(most: float) -> list[float]:
    """The largest amount of each class; whole numbers if the largest of all is one."""
    is_whole = most == int(most)
    return sorted({float(ceil(most * step)) if is_whole else most * step for step in _STEPS})


def _format_range(before: float, limit: float, *, whole: bool) -> str:
    """The range of a class as text: "3", "4–9", or "0.4–1.2" if the amounts are not whole numbers."""
    first = before + 1 if whole else before
    return f"{limit:.4g}" if whole and first >= limit else f"{first:.4g}–{limit:.4g}"


def _class_certainty(share: float) -> tuple[str, str]:
    return next((name, colour) for name, least, colour in CERTAINTIES if share >= least)
