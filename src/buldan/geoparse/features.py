"""What the text says about each hit, as numbers: the columns on which the two small models decide.

The first model sees the hit and the words around it; the second sees what the first made of the whole passage.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.cues import ROLES, Cues, kind_mask, load_cues
from buldan.geoparse.flat import Gap
from buldan.geoparse.scan import CLITICS, Hits
from buldan.geoparse.tables import read_table
from buldan.geoparse.vocabulary import Form, Vocabulary, ordinary_words, unvowelled

__all__ = ["Columns", "asked_kinds", "links", "local_columns", "passage_columns"]

Columns = Mapping[str, NDArray[Any]]

_CLITIC_NAMES = ("none", "and", "in", "to", "so", "like")
_MAJOR = 4.0
"""Salience from which on a place is known to every reader: cities, governorates, well-known towns."""


def _at(values: NDArray[Any], positions: NDArray[np.int64]) -> NDArray[Any]:
    """Values at word positions; zero outside the text."""
    inside = (positions >= 0) & (positions < len(values))
    out = np.zeros(len(positions), values.dtype)
    out[inside] = values[positions[inside]]
    return out


def _roles(prefix: str, masks: NDArray[np.uint64]) -> dict[str, NDArray[np.bool_]]:
    return {f"{prefix}:{role}": (masks >> np.uint64(bit)) & np.uint64(1) > 0 for bit, role in enumerate(ROLES)}


def local_columns(hits: Hits, vocabulary: Vocabulary, cues: Cues) -> dict[str, NDArray[Any]]:
    """Columns of the hit itself and of the words around it, by name."""
    flat, phrase = hits.flat, hits.phrase
    role = cues.roles[hits.cue]
    gap_before, gap_after = flat.gaps[hits.first], flat.gaps[hits.last]
    gap_before2 = np.maximum(gap_before, _at(flat.gaps, hits.first - 1))
    near, near2 = gap_before < Gap.COMMA, gap_before2 < Gap.COMMA
    after = gap_after < Gap.COMMA
    before1 = np.where(near, _at(role, hits.first - 1), np.uint64(0))
    before2 = np.where(near2, _at(role, hits.first - 2), np.uint64(0))
    behind = hits.last + _is_ending(hits)
    after1 = np.where(
        after & (flat.gaps[np.minimum(behind, len(flat.words))] < Gap.COMMA), _at(role, behind), np.uint64(0)
    )
    length = hits.end - hits.start
    words = hits.last - hits.first
    common, salience = vocabulary.common[phrase], vocabulary.salience[phrase]
    asked = asked_kinds(hits, cues)
    kinds = vocabulary.kinds[phrase]
    itself = vocabulary.roles[phrase]
    unpromised = ((before1 & _PROMISES) == 0) & (asked == 0)
    columns: dict[str, NDArray[Any]] = {
        "always": np.ones(len(hits)),
        **_roles("before", before1),
        **_roles("before2", before2),
        **_roles("after", after1),
        **_roles("itself", itself),
        "before:nothing known": near & (before1 == 0),
        "asked kind": (asked & kinds) > 0,
        "asked other kind": (asked > 0) & ((asked & kinds) == 0),
        **{f"clitic:{name}": hits.clitic == number for number, name in enumerate(_CLITIC_NAMES) if number},
        **{f"gap before:{gap.name.lower()}": gap_before == gap for gap in Gap if gap},
        **{f"gap after:{gap.name.lower()}": gap_after == gap for gap in Gap if gap},
        "words:2": words == 2,
        "words:3+": words >= 3,
        "letters:2-3": length <= 3,
        "letters:4": length == 4,
        "letters:5": length == 5,
        **{f"form:{form.name.lower()}": vocabulary.form[phrase] == form for form in Form if form},
        "likeness": np.where(vocabulary.form[phrase] == Form.NEAR_MISS, vocabulary.likeness[phrase], 0),
        "salience": salience / 4,
        "major": salience >= _MAJOR,
        "common": common / 4,
        "common, minor": np.where(salience < _MAJOR, np.maximum(common - 3, 0), 0),
        "common, minor, no cue": np.where((salience < _MAJOR) & unpromised, np.maximum(common - 3, 0), 0),
        "rare word": common == 0,
        "whole word is commoner": _whole_word_excess(hits, vocabulary),
        "rather rare word": (common > 0) & (common < 3),
        "a people, unpromised": ((itself & _PEOPLE) > 0) & unpromised,
        "a thing, unpromised": ((itself & _THING) > 0) & unpromised,
        "minor, unpromised": (salience < _MAJOR) & unpromised,
        "a people behind a feminine": ((itself & _PEOPLE) > 0) & near & (hits.clitic == 0) & _feminine_before(hits),
        "something else": vocabulary.other[phrase],
        "minor, in a person's name": (salience < _MAJOR)
        & (((before1 & _PERSON) | (before2 & _KIN)) > 0)
        & (asked == 0),
        "adjective behind a generic": (asked > 0) & (common > 3.5) & (words == 1) & vocabulary.teh[phrase],
        "places:1": _place_count(vocabulary, phrase) == 1,
        "places:4+": _place_count(vocabulary, phrase) >= 4,
        "place": kinds > 0,
        "foreign": vocabulary.foreign[phrase],
        "village at best": (kinds & _SETTLED) == 0,
    }
    return columns | _spelling(
        hits,
        vocabulary,
        columns,
        vocabulary.teh[phrase],
        near & (gap_before == Gap.SPACE),
        after & (gap_after == Gap.SPACE),
    )


_PROMISES = np.uint64(
    sum(1 << ROLES.index(role) for role in ("preposition", "direction", "countryside", "surroundings", "trigger"))
)
_PERSON = np.uint64(sum(1 << ROLES.index(role) for role in ("kin", "given", "title")))
_KIN = np.uint64(1 << ROLES.index("kin"))
_PEOPLE, _THING = (np.uint64(1 << ROLES.index(role)) for role in ("country or people", "thing"))
_SETTLED = np.uint64(kind_mask("admin,city,town,country"))


def _is_ending(hits: Hits) -> NDArray[np.int64]:
    """1 where an adjective stands between a name and the word for its facility: "Hmeimim Military Airbase"."""
    words = hits.flat.words
    return np.array([at < len(words) and words[at] in _ENDINGS for at in hits.last.tolist()], np.int64)


_ENDINGS = frozenset(
    form
    for forms, lang, role, _ in read_table("facility_words")
    if (lang, role) == ("en", "ending")
    for form in forms.split("|")
)


def _feminine_before(hits: Hits) -> NDArray[np.bool_]:
    """Whether an indefinite feminine noun stands before: محافظة سورية is "a Syrian governorate"."""
    words = hits.flat.words
    before = [words[at] if at >= 0 else "" for at in (hits.first - 1).tolist()]
    return np.array(
        [word.endswith("ه") and not _starts_with_article(word) and len(word) > 3 for word in before], np.bool_
    )


def _starts_with_article(word: str) -> bool:
    return word.startswith(("ال", "وال", "بال", "لل", "فال", "كال"))


def _whole_word_excess(hits: Hits, vocabulary: Vocabulary) -> NDArray[np.float64]:
    """By how much a word with its clitic is commoner than the name behind it: وزارة is not و and زارة."""
    excess = np.zeros(len(hits))
    common = ordinary_words()
    for hit in np.flatnonzero(hits.clitic).tolist():
        excess[hit] = common.get(hits.flat.words[int(hits.first[hit])], 0.0)
    behind = hits.clitic > 0
    excess[behind] = np.clip(excess[behind] - vocabulary.common[hits.phrase[behind]], 0, 3)
    return excess


def _place_count(vocabulary: Vocabulary, phrase: NDArray[np.int64]) -> NDArray[np.int64]:
    return vocabulary.first[phrase + 1] - vocabulary.first[phrase]


def _spelling(
    hits: Hits, vocabulary: Vocabulary, columns: Columns, teh: Any, near: Any, after: Any
) -> dict[str, NDArray[Any]]:
    """Columns of letters: the Arabic article and adjectives, Latin capitals."""
    flat = hits.flat
    original, offsets = flat.original, flat.offsets
    text = flat.text
    first = [text[at : at + 2] for at in hits.start.tolist()]
    definite = np.array([two == "ال" for two in first], np.bool_)
    nisba = np.array([text[at - 1] == "ي" or text[at - 2 : at] == "يه" for at in hits.end.tolist()], np.bool_)
    latin = np.array([two[:1].isascii() for two in first], np.bool_)
    capital = np.array([original[at : at + 1].isupper() for at in offsets[hits.start].tolist()], np.bool_)
    ends = offsets[hits.end - 1].tolist()
    heh = np.array([original[at : at + 1] == "ه" for at in offsets[hits.end - 1].tolist()], np.bool_)
    shout = np.array([original[at : at + 1].isupper() for at in ends], np.bool_) & capital
    word_capital = _capitals(flat, np.concatenate((hits.first - 1, hits.last)))
    before_capital, after_capital = word_capital[: len(hits)] & near, word_capital[len(hits) :] & after
    before_definite = np.array([_starts_definite(flat.words, at) for at in (hits.first - 1).tolist()], np.bool_) & near
    after_definite = np.array([_starts_definite(flat.words, at) for at in hits.last.tolist()], np.bool_) & after
    arabic = ~latin
    one_word = hits.last - hits.first == 1
    sentence = flat.gaps[hits.first] >= Gap.STOP
    return {
        "heh for teh": heh & teh,
        "spelled otherwise": arabic & (hits.clitic != _TO) & _spelled_otherwise(hits, vocabulary),
        "latin": latin,
        "latin:small": latin & ~capital,
        "latin:shouted": latin & shout,
        "latin:capital before": latin & before_capital & (columns["before:trigger"] == 0),
        "latin:capital after": latin & after_capital & (columns["after:trigger"] == 0),
        "latin:of a body": latin & _in_body(hits, after_capital),
        "latin:sentence begins": latin & sentence,
        "latin:common": np.where(latin, columns["common, minor"], 0),
        "latin:one word": latin & one_word,
        "definite": definite & one_word,
        "definite after definite": definite & before_definite,
        "nisba": arabic & nisba & one_word,
        "definite after definite, minor": definite & before_definite & (columns["major"] == 0),
        "nisba after definite": arabic & nisba & definite & before_definite,
        "definite before definite": definite & one_word & after_definite,
        "definite before definite, minor": definite & one_word & after_definite & (columns["major"] == 0),
        "indefinite before definite": arabic & ~definite & after_definite & one_word,
        "indefinite": arabic & ~definite & one_word,
    }


def _spelled_otherwise(hits: Hits, vocabulary: Vocabulary) -> NDArray[np.bool_]:
    """Whether the original differs from the names in letters that the fold does not tell apart: دأنا, الدانا."""
    original, known = hits.flat.original, vocabulary.spellings
    starts, ends = hits.flat.offsets[hits.start].tolist(), hits.flat.offsets[hits.end].tolist()
    return np.array(
        [unvowelled(original[start:end]).rstrip() not in known for start, end in zip(starts, ends, strict=True)],
        np.bool_,
    )


_TO = CLITICS.index("ل")


def _starts_definite(words: list[str], at: int) -> bool:
    if not 0 <= at < len(words):
        return False
    return _starts_with_article(words[at])


def _in_body(hits: Hits, capital_after: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether the capitalised words behind a hit lead up to a word for a body: "Sada Revolution Network"."""
    found = np.zeros(len(hits), np.bool_)
    original, offsets, starts = hits.flat.original, hits.flat.offsets, hits.flat.starts
    body = np.uint64(1 << ROLES.index("after organisation"))
    roles = load_cues().roles[hits.cue]
    for hit in np.flatnonzero(capital_after).tolist():
        for at in range(int(hits.last[hit]), min(int(hits.last[hit]) + 4, len(hits.flat.words))):
            if not original[int(offsets[starts[at]])].isupper() or hits.flat.gaps[at] > Gap.HYPHEN:
                break
            if roles[at] & body:
                found[hit] = True
                break
    return found


def _capitals(flat: Any, positions: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether the words at these positions begin with a capital letter."""
    inside = (positions >= 0) & (positions < len(flat.words))
    starts = flat.offsets[flat.starts[np.where(inside, positions, 0)]].tolist()
    capital = np.array([flat.original[at : at + 1].isupper() for at in starts], np.bool_)
    return capital & inside


def asked_kinds(hits: Hits, cues: Cues) -> NDArray[np.uint64]:
    """Bits of the kinds that the words beside each hit ask of it; lists hand them on (محافظتي حماة وحمص)."""
    flat = hits.flat
    near = flat.gaps[hits.first] < Gap.COMMA
    after = flat.gaps[hits.last] < Gap.COMMA
    before_cue = np.where(near, _at(hits.cue, hits.first - 1), 0)
    after_cue = np.where(after, _at(hits.cue, hits.last), 0)
    asked = cues.before[before_cue] | cues.after[after_cue]
    previous, following = links(hits)
    own = asked > 0
    forward = np.where(cues.many[before_cue], cues.before[before_cue], np.uint64(0))
    backward = np.where(cues.many[after_cue], cues.after[after_cue], np.uint64(0))
    for _ in range(6):
        forward = np.where((forward == 0) & (previous >= 0) & ~own, forward[previous], forward)
        backward = np.where((backward == 0) & (following >= 0) & ~own, backward[following], backward)
    return np.where(own, asked, forward | backward)


def links(hits: Hits) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each hit, the hits before and behind it in a list (comma, و, "and", or nothing between), or -1.

    Of several that end at one word, the longest; of several that begin at one word, the longest.
    """
    count = len(hits.flat.words)
    ends, begins = np.full(count + 2, -1), np.full(count + 2, -1)
    order = np.argsort(hits.last - hits.first, kind="stable")
    ends[hits.last[order]] = order
    begins[hits.first[order]] = order
    words = hits.flat.words
    and_before = np.array([at > 0 and words[at - 1] in _AND for at in hits.first.tolist()], np.bool_)
    and_after = np.array([at < count and words[at] in _AND for at in hits.last.tolist()], np.bool_)
    gap_before, gap_after = hits.flat.gaps[hits.first], hits.flat.gaps[hits.last]
    previous = np.where(gap_before <= Gap.BRACKET, ends[hits.first], -1)
    previous = np.where(and_before, ends[np.maximum(hits.first - 1, 0)], previous)
    following = np.where(gap_after <= Gap.BRACKET, begins[hits.last], -1)
    following = np.where(and_after, begins[np.minimum(hits.last + 1, count)], following)
    # "Homs, Damascus countryside, Daraa": the generic word belongs to its name and does not end the list.
    generic = np.array([at < count and words[at] in _COUNTRYSIDE for at in hits.last.tolist()], np.bool_)
    following = np.where(generic, begins[np.minimum(hits.last + 1, count)], following)
    return previous, following


_COUNTRYSIDE = frozenset({"countryside", "suburbs", "governorate", "province", "city"})
_AND = frozenset({"و", "and", "او", "or", "ثم"})


def passage_columns(
    hits: Hits, vocabulary: Vocabulary, logit: NDArray[np.float64], nearest_km: NDArray[np.float64]
) -> dict[str, NDArray[Any]]:
    """Columns of the whole passage: what the first model made of this hit, its neighbours and its namesakes.

    `nearest_km` is how far the nearest of the hit's places lies from the sure mentions around it (infinite
    where there are none).
    """
    sure = logit > _SURE
    previous, following = links(hits)
    names = hits.phrase
    best = np.full(int(names.max()) + 1 if len(names) else 1, -np.inf)
    np.maximum.at(best, names, logit)
    other = best[names] - logit
    counts = np.concatenate(([0], np.cumsum(sure)))
    around = (
        counts[np.searchsorted(hits.start, hits.start + _REACH)]
        - counts[np.searchsorted(hits.start, hits.start - _REACH)]
    )
    around = around - sure

    def linked(which: NDArray[np.int64]) -> NDArray[np.float64]:
        return np.where(which >= 0, np.clip(logit[which], -4, 4) / 4, 0)

    return {
        "always": np.ones(len(hits)),
        "first model": np.clip(logit, -8, 8) / 4,
        "same name is surer elsewhere": np.clip(other, 0, 6) / 4,
        "in list before": linked(previous),
        "in list after": linked(following),
        "sure ones around: none": around == 0,
        "sure ones around: 1-2": (around > 0) & (around <= 2),
        "sure ones around: 6+": around >= 6,
        "near: 5 km": nearest_km < 5,
        "near: 15 km": (nearest_km >= 5) & (nearest_km < 15),
        "near: 40 km": (nearest_km >= 15) & (nearest_km < 40),
        "far: 120 km": (nearest_km >= 120) & np.isfinite(nearest_km),
        "minor, none around": (around == 0) & (vocabulary.salience[names] < _MAJOR),
        "minor, near": (nearest_km < 15) & (vocabulary.salience[names] < _MAJOR),
    }


_SURE, _REACH = 1.5, 600
"""Log-odds from which a hit supports others, and how many flat characters away."""
