"""Which places a part of a cell names: by its letters, by its sounds, and as the land around one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from math import inf

from buldan.index import Index, Rule, Standing
from buldan.kinds import CENTRAL_KINDS, get_kind, kind_codes
from buldan.lookup.cells import cut_cell, is_unit_word
from buldan.lookup.query import ParsedQuery, parse_query
from buldan.lookup.search import FormHits, Search
from buldan.lookup.weighing import Constraints, Weigher
from buldan.text import fold, is_bare_article, is_side_word, make_plain_key, split_plain_words

__all__ = ["NamedPlaces"]

_CENTRAL_COST = 0.45
"""Cost per sound by which a town or unit may be farther from a container's name than a village."""

_ALIKE_COST = 0.05
"""Cost per sound within which names are equally near."""

_LONG_TYPED = 9
"""Letters of a cell from which on it is known again as one name where a letter is wrong."""

_PLAINLY_NAMED = int(Rule.KIND_LEFT_OUT)
"""The last rule of forms that are the name itself, but for a word of kind."""

_SHORTENED_COST = 0.6
"""What it costs a container's name to be a part of the place's name only."""

_CONTAINER_COST = 0.8
"""Cost per sound above which a container's name is sought more boldly."""

_UNIT_COST = 0.45
"""Cost per sound up to which a part of a cell is a unit's name spelled otherwise."""


class NamedPlaces:
    """Finds the places that parts of cells name, over one index."""

    def __init__(self, index: Index, search: Search, weigher: Weigher) -> None:
        self._index, self._search, self._weigher = index, search, weigher
        self._kind = index.kind.data
        self._central = frozenset(map(kind_codes().__getitem__, CENTRAL_KINDS))
        self._forms = index.form_place.data, index.form_rule.data, index.form_standing.data
        # One part of a cell is asked about by every other: what it is, what holds it, what it holds.
        self.find_exact = lru_cache(maxsize=4096)(self._find_exact)
        self.find_alike = lru_cache(maxsize=1024)(self._find_alike)

    def _find_exact(self, name: str, *, most: int = _PLAINLY_NAMED, own: bool = False) -> tuple[int, ...]:
        """Places whose name a part of a cell is: of these letters or, where there are none, of nearly these sounds.

        Forms made by rules beyond `most` are left out, and with `own` every name but what the place is called today.
        """
        places, rules, standings = self._forms
        rows = dict[int, None]()
        for reading in parse_query(name).plain_readings[:2]:
            for found in self._search.find_exact((reading,)):
                limit = _UNIT_COST * (len(reading.sounds) or 1)
                for form, cost in zip(found.forms, found.costs, strict=True):
                    if cost <= limit and rules[form] <= most and not (own and standings[form] != Standing.OWN):
                        rows.setdefault(places[form])
                if rows and found.letters == 0:
                    return tuple(rows)
        return tuple(rows)

    def find_written(self, text: str) -> list[int]:
        """Places that have a name with exactly the words of a text, folded, and articles apart."""
        places, _, _ = self._forms
        return [places[form] for form in self._index.plain.find(make_plain_key(split_plain_words(text)))]

    def is_name(self, text: str, *, most: int = _PLAINLY_NAMED) -> bool:
        """Whether the gazetteer holds a text as one name; forms made by rules beyond `most` are none."""
        forms = self._index.plain.find(make_plain_key(split_plain_words(text)), 1)
        return bool(forms) and self._index.form_rule[forms[0]] <= most

    def is_called(self, text: str) -> bool:
        """Whether a settlement or unit is called by a text with all its words, or nearly so by sound."""
        reading = parse_query(text).plain_readings[0]
        limit = _UNIT_COST * len(reading.sounds)
        # As written, too: where names have marks, a stored Ḩārat keeps the t that a question's Harat loses.
        written = make_plain_key(tuple(word for word in fold(text).split() if not is_bare_article(word)))
        forms = [form for found in self._search.find_exact((reading,)) for form in _select_cheap(found, limit)]
        forms += self._index.plain.find(written, 1)
        places, rules, _ = self._forms
        return any(
            rules[form] <= _PLAINLY_NAMED and self._kind[places[form]] in _collect_called_kinds() for form in forms
        )

    def is_mistyped_name(self, text: str) -> bool:
        """Whether a text is long, and one slip of the finger from what the gazetteer holds as one name."""
        key = make_plain_key(split_plain_words(text))
        return len(key) >= _LONG_TYPED and self._search.is_slip(key)

    def find_heart(self, land: str) -> str:
        """The unit or town whose land a text tells: ريف حلب الشمالي is land of حلب. Empty where it tells no such land.

        A countryside that has a name of its own stays itself, the side of it left out (ريف دمشق الغربي).
        """
        parts = cut_cell(land)
        if len(parts) != 1 or parts[0].level != "countryside" or self.is_name(land):
            return ""
        # Rural Damascus is a name: a second unit word beside it tells nothing more (Rural Damascus Governorate).
        whole = _strip_sides(land)
        first, _, behind = whole.partition(" ")
        before, _, last = whole.rpartition(" ")
        named = [rest for rest, word in ((before, last), (behind, first)) if " " in rest and is_unit_word(word)]
        hearts = (whole, *named, _strip_sides(parts[0].name))
        return next((heart for heart in hearts if heart != land and self.is_name(heart)), "")

    def _find_alike(self, text: str, asked: bool) -> list[int]:
        """The places that are called so as what holds another, nearly alike; none where nothing is likely.

        Args:
            text: a name, with or without the word of its unit or its side.
            asked: whether whoever asks says that it is a container; it is then sought more boldly.
        """
        question = parse_query(self.find_heart(text) or text)
        search, plain = self._search, question.plain_readings
        found = search.find_exact(plain)
        is_far = not any(map(_is_near_enough, found))
        if asked and not is_far:
            return self.find_alike(text, False)  # what was found would be weighed once more, and come out the same
        if is_far and (asked or not found):
            found += search.find_exact(question.part_readings) + search.find_by_skeleton_edit(plain)
        ranking = self._weigher.weigh(ParsedQuery(text, question.segments[:1]), found, Constraints())
        if ranking.margin < 0:
            return []
        # By sound, not by probability: a governorate is named as often by a bad spelling as a village by a good one.
        nearest = self._find_nearest_costs(found)
        rows = ranking.rows
        least = min(nearest[row] for row in rows)
        # What is named beside a place is mostly a town or a unit, even if a village is spelled a little nearer.
        central = [row for row in rows if nearest[row] <= least + _CENTRAL_COST and self._is_central(row)]
        least = min((nearest[row] for row in central), default=least)
        return [row for row in central or rows if nearest[row] <= least + _ALIKE_COST]

    def _find_nearest_costs(self, found: Iterable[FormHits]) -> dict[int, float]:
        """By place, the least cost per sound of its names, and for what is left out of them or of the question."""
        places, rules, _ = self._forms
        nearest: dict[int, float] = {}
        for forms in found:
            sounds, left_out = len(forms.reading.sounds) or 1, forms.reading.left_out
            for form, cost in zip(forms.forms, forms.costs, strict=True):
                place, far = places[form], cost / sounds + left_out
                if rules[form] > _PLAINLY_NAMED:
                    far += _SHORTENED_COST
                if far < nearest.get(place, inf):
                    nearest[place] = far
        return nearest

    def _is_central(self, row: int) -> bool:
        return self._index.kind.data[row] in self._central


def _select_cheap(found: FormHits, limit: float) -> list[int]:
    """The forms that sound no farther than some limit."""
    return [form for form, cost in zip(found.forms, found.costs, strict=True) if cost <= limit]


@cache
def _collect_called_kinds() -> frozenset[int]:
    """Codes of the kinds of settlements and units."""
    return frozenset(code for kind, code in kind_codes().items() if get_kind(kind).group in {"settlement", "admin"})


def _strip_sides(text: str) -> str:
    """The plain words of a text without those that tell a side of it."""
    return " ".join(word for word in split_plain_words(text) if not is_side_word(word))


def _is_near_enough(found: FormHits) -> bool:
    """Whether a container's name is among what was found."""
    return any(cost < _CONTAINER_COST * len(found.reading.sounds) for cost in found.costs)
