"""Spatial signals: the words beside a name that say where something is relative to its place.

"southern countryside of" before a name, الشمالي behind one, شمال غرب: each form is a row of `relations.tsv`, with the
side on which it stands, the kind of relation and the bearing that it tells. `relative_places` tells what becomes of
them on the map.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from buldan.geoparse.document.flat import Flat, Gap
from buldan.geoparse.document.words import find_strongest_gap
from buldan.geoparse.names.cues import encode_kinds
from buldan.geoparse.relations.distances import is_distance, list_unit_words
from buldan.geoparse.tables import read_table
from buldan.text import fold, load_clitics, load_joining_words

__all__ = [
    "Signal",
    "find_edge",
    "find_sided_before",
    "find_signal_after",
    "find_signal_before",
    "is_of_several",
    "load_words_passed_over",
    "may_tell_distance",
    "may_tell_relation",
]

_MOST_WORDS = 3
"""Words of the longest form before a name."""

_HYPHEN, _QUOTE = int(Gap.HYPHEN), int(Gap.QUOTE)


@dataclass(frozen=True, slots=True)
class Signal:
    """What the words beside a name say: the kind of relation, and the bearing (degrees from north) or None.

    `first` and `last` (outside) are the words.
    """

    kind: str
    bearing: float | None
    first: int
    last: int


@cache
def _load_forms(side: str) -> Mapping[str, tuple[str, float | None]]:
    """Kind and bearing by folded form; Arabic forms before a name also with their clitics.

    `before several` gives those that speak of several names, `from` those before the word for "from".
    """
    forms: dict[str, tuple[str, float | None]] = {}
    for text, lang, where, kind, bearing, _ in read_table("relations"):
        # What stands before several names stands before one, too: the first of them.
        if not where.startswith(side):
            continue
        spellings = [fold(text)]
        # وبريف, لريف: clitics are written on to the first word, so that each form stands with all of them.
        if lang == "ar" and where != "after":
            spellings += [clitic + spellings[0] for clitic in load_clitics()]
        forms.update(dict.fromkeys(spellings, (kind, float(bearing) if bearing else None)))
    return forms


@cache
def _load_edge_words(side: str) -> frozenset[str]:
    """The words of the forms that stand next to the name."""
    return frozenset(form.split(" ")[-1 if side == "before" else 0] for form in _load_forms(side))


@cache
def _load_all_edge_words() -> frozenset[str]:
    return _load_edge_words("before") | _load_edge_words("after")


@cache
def load_words_passed_over() -> frozenset[str]:
    """Words for settlements, units and waters that may stand between what tells of a relation and the name."""
    forms = set()
    for form, lang, side, asked, *_ in read_table("triggers"):
        if encode_kinds(asked) & _PASSED_OVER and (lang == "ar" or side == "after"):
            folded = fold(form)
            forms.add(folded)
            if lang == "ar":
                forms.update(clitic + folded for clitic in load_clitics())
    # A word that tells of a relation itself is not ignored: "countryside of the city of Homs".
    return frozenset(forms) - _load_all_edge_words()


_PASSED_OVER = encode_kinds("admin,city,town,village,neighbourhood,camp,river,lake,dam,airport,airbase,crossing")


def find_edge(flat: Flat, first: int) -> int:
    """Where a name begins with the generic words before it: مدينة حمص, "the town of Azaz", "the Euphrates"."""
    words, at = flat.words, first
    before = words.at(at - 1) if at else ""
    # The longer phrase first: "the town of" before "town".
    if before == "of":
        if at > 1 and words.at(at - 2) in load_words_passed_over():
            at -= 2
    elif not before.isascii() and before in load_words_passed_over():
        at -= 1
    if at > 0 and words.at(at - 1) == "the":
        at -= 1
    return at if find_strongest_gap(flat.gap_list, at + 1, first + 1) <= _QUOTE else first


def may_tell_relation(word: str) -> bool:
    """Whether a folded word may express a relation: each relation has such a word near its name."""
    return word in _load_telling_words() or is_distance(word)


@cache
def _load_telling_words() -> frozenset[str]:
    """Folded words of which one is in every relation: the longest of each form, and units of length."""
    # Of each form the longest word stands for it: "countryside" of "countryside of", for "of" is everywhere.
    telling = set(list_unit_words())
    for text, lang, side, *_ in read_table("relations"):
        words = fold(text).split(" ")
        longest = max(words, key=len)
        telling.add(longest)
        if lang == "ar" and side != "after" and longest == words[0]:
            telling.update(clitic + longest for clitic in load_clitics())
    return frozenset(telling)


def find_signal_before(flat: Flat, edge: int) -> Signal | None:
    """The relation whose words end where a name begins, with a direction that stands before a countryside."""
    words = flat.words
    if not edge or words.at(edge - 1) not in _load_edge_words("before"):
        return None
    # The longest phrase first: "southern countryside of" ends as "countryside of" does.
    for count in range(_MOST_WORDS, 0, -1):
        begin = edge - count
        if begin >= 0 and find_strongest_gap(flat.gap_list, begin + 1, edge + 1) <= _QUOTE:
            found = _load_forms("before").get(flat.join_words(begin, edge))
            if found and found[0] != "side":
                return _add_further_direction(flat, Signal(*found, begin, edge))
    return None


def _add_further_direction(flat: Flat, signal: Signal) -> Signal:
    """With the direction before it: "southern countryside of", "southern and eastern", شمال وشرق."""
    at = signal.first - (signal.first > 0 and flat.words[signal.first - 1] == "and") - 1
    if (
        signal.kind not in ("countryside", "direction")
        or at < 0
        or find_strongest_gap(flat.gap_list, at + 1, signal.first + 1) > _HYPHEN
    ):
        return signal
    found = _load_forms("before").get(flat.words[at])
    apart = at + 1 < signal.first or flat.words[signal.first].startswith("و")
    if found is None or found[0] != "direction" or (signal.bearing is not None and not apart):
        return signal
    bearing = found[1] if signal.bearing is None else _average_bearings(signal.bearing, found[1])
    further = Signal(signal.kind, bearing, at, signal.last)
    return further if signal.bearing is not None else _add_further_direction(flat, further)


def _average_bearings(one: float, other: float | None) -> float | None:
    """The direction between two; None between opposite ones."""
    if other is None:
        return one
    # The smaller angle between two bearings, with its sign: from 315 to 45 it is +90 and not -270.
    turn = (other - one + 180) % 360 - 180
    return None if abs(turn) >= _OPPOSITE else (one + turn / 2) % 360


_OPPOSITE = 170.0
"""Degrees from which on two bearings are opposite, and nothing lies half-way: north and south."""


def find_sided_before(flat: Flat, edge: int) -> Signal | None:
    """A countryside or part with its side before the name: الريف الجنوبي لإدلب, القسم الشرقي من حلب."""
    words = flat.words
    last = edge - 1 if edge > 0 and words.at(edge - 1) in load_joining_words("from") else edge
    if last == edge and not words.at(edge).startswith("ل"):
        return None  # nothing says of what it is a side
    for adjectives in (2, 1):
        begin = last - adjectives - 1
        if begin < 0 or find_strongest_gap(flat.gap_list, begin + 1, edge + 1) > _HYPHEN:
            continue
        side = _load_forms("after").get(flat.join_words(begin + 1, last))
        part = _load_forms("before").get(words.at(begin))
        if side and side[0] == "direction" and part and part[0] in ("countryside", "side"):
            return Signal("countryside" if part[0] == "countryside" else "direction", side[1], begin, edge)
    return None


def find_signal_after(flat: Flat, last: int) -> Signal | None:
    """The relation whose words begin where a name ends: ريف حلب الشمالي والشرقي, "Idlib's southern countryside"."""
    words = flat.words
    if last >= len(words) or words.at(last) not in _load_all_edge_words():
        return None
    for count in (2, 1):
        end = last + count
        if end <= len(words) and find_strongest_gap(flat.gap_list, last, end) <= _HYPHEN:
            found = _load_forms("after").get(flat.join_words(last, end))
            if found:
                further = words.at(end) if end < len(words) else ""
                other = _load_forms("after").get(further[1:]) if further.startswith("و") else None
                if found[0] == "direction" and found[1] is not None and other and other[0] == "direction":
                    return Signal("direction", _average_bearings(found[1], other[1]), last, end + 1)
                return Signal(*found, last, end)
    side = _load_forms("before").get(words.at(last))
    land = _load_forms("after").get(words.at(last + 1)) if last + 1 < len(words) else None
    # Both gaps count: after "Aleppo. Western countryside" a full stop has ended what is said of Aleppo.
    together = find_strongest_gap(flat.gap_list, last, last + 2) <= _HYPHEN
    if together and side and side[0] == "direction" and land and land[0] == "countryside":
        return Signal("countryside", side[1], last, last + 2)
    return None


def is_of_several(flat: Flat, signal: Signal) -> bool:
    """Whether the words for a countryside are of several places: ريفي, أرياف; in English, always."""
    word = flat.words[signal.last - 1]
    return word.isascii() or word in _load_forms("before several")


def may_tell_distance(word: str) -> bool:
    """Whether a word before "from" says that a distance follows the name: تبعد عن تدمر 30 كم."""
    return word in _load_forms("from")
