"""From readings of a question to candidates: which forms of which names could be meant, and how far each sounds.

In stages, each bolder and more expensive than the one before; the next is entered only while nothing good was found.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import inf
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from buldan.index import Index, Rule, Standing, list_skeleton_grams
from buldan.lookup.phonetic_costs import PhoneticCosts
from buldan.lookup.query_reading import QueryReading
from buldan.text import Words, derive_skeletons, encode_sounds, make_plain_key, transcribe_words

__all__ = ["SLIP_COST", "FormHits", "Search"]

_ATTESTED, _KIND_LEFT_OUT, _ANOTHERS = int(Rule.ATTESTED), int(Rule.KIND_LEFT_OUT), int(Standing.ANOTHERS)

MOST_FORMS = 1000
"""Forms of one key that are looked at; they come in order of salience."""

_MOST_SOUNDS, _MOST_BOLD = 24, 8
"""Different sounds of one reading that are kept: where the consonants agree, and elsewhere."""

_MOST_SKELETONS = 24
"""Neighbouring skeletons of one reading."""

_WORTH = 7.5
"""A form that costs so many nats more than the nearest one of the same reading is not worth weighing. A Latin
diphthong may stand for an ayn and a long vowel: from Masaudiyah to المسعودية it is 7.1, though exact elsewhere."""

_MOST_NEAR, _LEAST_NEAR = 150, 4
"""Forms of all neighbouring keys of one reading, and of each of them at least."""

_LEAST_TYPED = 4
"""Letters of a name below which one edit makes another name of it."""

_LONG_TYPED = 8
"""Letters of a name from which on it is known again by all but its first."""

SLIP_COST, _FIRST_SLIP_COST = 2.5, 4.5
"""Nats that one slip of the finger costs at most: it is no matter how the slipped letter sounds. Fingers seldom slip on
the first letter: there it costs more in a short name."""

_TELLING_TYPED = 5
"""Letters of a name from which on it is hardly by chance one slip from another."""

_LONE_SAVING, _OWN_LETTERS_SAVING = 1.0, 1.5
"""Nats by which a slip in such a name is cheaper: where it leads to one place alone, and where no strange letter came
in. There is one way to lose a letter or to swap it with the next, and there are as many ways to change or add one as
there are letters (noisy channel: Kernighan, Church and Gale 1990). A swap is known in a shorter name, too."""

_MANY_LETTERS = 2
"""Edits between folded letters where they are not counted."""

_COMMON_GRAM = 4000
"""A pair of letters that more skeletons share is too common to search by."""

_LEAST_ALIKE = 0.5
"""Share of letters in common from which on two skeletons are alike at all."""


class FormHits(NamedTuple):
    """Forms that a reading may mean.

    Attributes:
        reading: the reading.
        forms: rows of forms.
        costs: learned edit cost between the sounds of each and the reading's, nats.
        letters: edits between the folded letters of each and the reading's, 0 or 1; 2 for more, or where they were
            not counted.
        is_typed: whether they were sought by what fingers do, and not by ear.
    """

    reading: QueryReading
    forms: list[int]
    costs: list[float]
    letters: int = _MANY_LETTERS
    is_typed: bool = False


class Search:
    """The searches over one index, from the cheap and sure to the bold."""

    def __init__(self, index: Index) -> None:
        self._index = index
        # Views, since a number of an array is compared with one of an enumeration forty times slower.
        self._place, self._rule, self._standing, self._articles = (
            column.data for column in (index.form_place, index.form_rule, index.form_standing, index.form_articles)
        )
        self._costs = PhoneticCosts(index)
        # The name of a cell is asked for when its parts are told apart, and again within its units.
        self._find_bearing_cached = lru_cache(maxsize=1024)(self._find_bearing)

    def find_exact(self, readings: Sequence[QueryReading]) -> list[FormHits]:
        """Forms with the same folded letters or the same consonants as a reading."""
        found = []
        for reading in readings:
            named, alike, costs = self._find_bearing_cached(reading.words)
            if named:
                found.append(FormHits(reading, named, [0.0] * len(named), letters=0))
            if alike:
                found.append(FormHits(reading, alike, costs))
        return found

    def _find_bearing(self, words: Words) -> tuple[list[int], list[int], list[float]]:
        """Forms of the folded letters of words; others of nearly their sounds, and what each of these costs, nats."""
        index = self._index
        named = index.plain.find(make_plain_key(words), MOST_FORMS)
        alike = index.skeleton.find_any(derive_skeletons(words), MOST_FORMS)
        if named:
            # What sounds alike may be borne more firmly than what was asked letter by letter, where that is part of a
            # longer name of the place (Yarmuk, also Yarmouk farm) or rather another place's.
            firm = [form for form in named if self._rule[form] == _ATTESTED and self._standing[form] != _ANOTHERS]
            alike = self._costs.select_other_places(alike, firm)
        if not alike:
            return named, [], []
        asked = encode_sounds(transcribe_words(words))
        return named, *self._costs.find_nearest(alike, asked, _MOST_SOUNDS, _WORTH, 0.0 if named else inf)

    def find_by_typo(self, readings: Sequence[QueryReading]) -> list[FormHits]:
        """Forms whose folded letters are one slip of the finger from a reading's: changed, lost, added or swapped."""
        index, found = self._index, []
        for reading in readings:
            if len(reading.plain) >= _LEAST_TYPED:
                slipped = self._slipped_names(reading.plain)
                is_lone = len(reading.plain) >= _TELLING_TYPED and self._are_one_place(slipped)
                for (is_slip, price), rows in self._group_by_price(slipped, reading.plain).items():
                    forms = index.plain.take_fair_share(rows, _LEAST_NEAR, _MOST_NEAR)
                    most = price - _LONE_SAVING if is_lone else price
                    costs = [min(cost, most) for cost in self._costs.measure(forms, reading.encoded)]
                    found.append(FormHits(reading, forms, costs, 1 if is_slip else _MANY_LETTERS, is_typed=True))
        return found

    def _group_by_price(self, names: Sequence[int], key: str) -> dict[tuple[bool, float], list[int]]:
        """Folded names one slip from folded letters, by whether these are known again in it and the most it costs."""
        priced: dict[tuple[bool, float], list[int]] = {}
        is_telling, is_long, letters = len(key) >= _TELLING_TYPED, len(key) >= _LONG_TYPED, sorted(key)
        for row in names:
            name = self._index.plain_text[row]
            is_slip = is_long or name[0] == key[0]
            price = SLIP_COST if is_slip else _FIRST_SLIP_COST
            is_lost = len(name) > len(key) and is_telling
            if is_lost or (len(name) == len(key) and sorted(name) == letters):
                price -= _OWN_LETTERS_SAVING
            priced.setdefault((is_slip, price), []).append(row)
        return priced

    def _are_one_place(self, names: Sequence[int]) -> bool:
        """Whether all forms of some folded names are of one place."""
        return len({self._place[form] for form in self._index.plain.take_fair_share(names, 2, _MOST_NEAR)}) == 1

    def find_by_article(self, readings: Sequence[QueryReading]) -> list[FormHits]:
        """Forms with the folded letters of a reading whose article was mended, as far as they have one."""
        index, found = self._index, []
        for reading in readings:
            named = index.plain.find(reading.plain, MOST_FORMS)
            clad = [form for form in named if self._articles[form]]
            found.append(FormHits(reading, clad, [SLIP_COST] * len(clad), letters=1))
        return _drop_empty(found)

    def is_slip(self, key: str) -> bool:
        """Whether folded letters are one slip of the finger from the whole name of a place, words of kind apart."""
        forms = self._index.plain.take_fair_share(self._slipped_names(key), 1, _MOST_NEAR)
        return any(self._rule[form] <= _KIND_LEFT_OUT for form in forms)

    def _slipped_names(self, key: str) -> list[int]:
        """Folded names that are one slip of the finger from folded letters."""
        # Deletions in common are candidates (SymSpell); whether it is one edit is then seen letter by letter.
        return self._index.plain_text.find_one_edit_apart(self._index.typed.find_slips(key, MOST_FORMS), key)

    def find_by_skeleton_edit(self, readings: Sequence[QueryReading]) -> list[FormHits]:
        """Forms whose consonants are one edit from a reading's."""
        index, found = self._index, []
        for reading in readings:
            rows = [
                row
                for key in reading.skeletons[:2]
                for row in index.skeleton_text.find_one_edit_apart(index.near.find_slips(key, MOST_FORMS), key)
            ]
            found.append(self._find_nearest_around(reading, list(dict.fromkeys(rows))))
        return _drop_empty(found)

    def find_by_skeleton_bigrams(self, readings: Sequence[QueryReading]) -> list[FormHits]:
        """Forms whose consonants share the rarer pairs of letters with a reading's."""
        return _drop_empty(
            [self._find_nearest_around(reading, self._find_skeletons_alike(reading)) for reading in readings]
        )

    def measure_openings(self, forms: Sequence[int], reading: QueryReading) -> list[float]:
        """How far the beginnings of forms sound from a reading, nats."""
        return self._costs.measure_openings(list(forms), reading.encoded)

    def _find_skeletons_alike(self, reading: QueryReading) -> list[int]:
        """Skeletons most like the likeliest one of a reading, among those that share its rarer pairs of letters."""
        if not reading.skeletons or len(reading.skeletons[0]) < 3:
            return []
        key, texts = reading.skeletons[0], self._index.skeleton_text
        # Rarer pairs alone: a pair that thousands of names share tells none from another.
        rows = self._index.gram.find_most_shared(sorted(list_skeleton_grams(key)), _COMMON_GRAM, len(texts))
        ranked = process.extract(
            key,
            texts.take(rows),
            scorer=Levenshtein.normalized_similarity,
            score_cutoff=_LEAST_ALIKE,
            limit=_MOST_SKELETONS,
        )
        return [rows[position] for _, _, position in ranked]

    def _find_nearest_around(self, reading: QueryReading, skeletons: list[int]) -> FormHits:
        """What sounds nearest among the forms of some skeletons, of each a fair share."""
        forms = self._index.skeleton.take_fair_share(skeletons, _LEAST_NEAR, _MOST_NEAR)
        near = self._costs.find_nearest(list(dict.fromkeys(forms)), reading.encoded, _MOST_BOLD, _WORTH, inf)
        return FormHits(reading, *near)


def _drop_empty(found: list[FormHits]) -> list[FormHits]:
    """Without those that found nothing."""
    return [forms for forms in found if forms.forms]
