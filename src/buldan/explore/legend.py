"""Colours and what they mean: how sure, and how much."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

from buldan.explore.shown import Shown
from buldan.explore.words import translate_term

__all__ = ["ACCENT", "CERTAINTIES", "Legend", "choose_colour", "choose_shade", "make_legend", "word_certainty"]

ACCENT = "#0b655f"

CERTAINTIES = (("sure", 0.8, "#14705a"), ("likely", 0.5, "#a86008"), ("doubtful", 0.0, "#b03a2e"))
"""How sure, the least share that is so, and its colour; the page has the same."""

_NOTHING, _LITTLE, _MUCH = "#f3eee4", (207, 231, 224), (11, 101, 95)
_STEPS = (1 / 9, 4 / 9, 1.0)


def choose_colour(thing: Shown, most: float) -> str:
    """The colour of a thing, where the largest amount is `most`."""
    if thing.value is not None:
        return choose_shade(thing.value, most)
    return ACCENT if thing.share is None else _class_certainty(thing.share)[1]


def word_certainty(share: float, lang: str) -> str:
    """How sure, in a word."""
    return translate_term(_class_certainty(share)[0], lang)


class Legend(NamedTuple):
    """What the colours mean: a title, empty where none is needed, and (colour, words) in the order to be read."""

    title: str
    entries: list[tuple[str, str]]


def make_legend(shown: Sequence[Shown], *, lang: str, value: str | None = None) -> Legend:
    """The legend of what is shown; without entries where colours mean nothing."""
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

    Classes widen with the root of the amount, so that small amounts are told apart.
    """
    if value <= 0 or most <= 0:
        return _NOTHING
    limit = next((limit for limit in _find_limits(most) if value <= limit), most)
    weight = (limit / most) ** 0.5
    return "#" + "".join(f"{round(low + (high - low) * weight):02x}" for low, high in zip(_LITTLE, _MUCH, strict=True))


def _find_limits(most: float) -> list[float]:
    """The largest amount of each class; whole where the largest of all is."""
    is_whole = most == int(most)
    return sorted({float(ceil(most * step)) if is_whole else most * step for step in _STEPS})


def _format_range(before: float, limit: float, *, whole: bool) -> str:
    """A class in figures: "3", "4–9", of amounts that are not whole "0.4–1.2"."""
    first = before + 1 if whole else before
    return f"{limit:.4g}" if whole and first >= limit else f"{first:.4g}–{limit:.4g}"


def _class_certainty(share: float) -> tuple[str, str]:
    return next((name, colour) for name, least, colour in CERTAINTIES if share >= least)
