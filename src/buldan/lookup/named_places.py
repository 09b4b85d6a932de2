"""The places that a part of a cell names: by its letters, by its sounds, or as the land around a place."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import product
from math import inf

from buldan.geometry import distance_km
from buldan.index import Index, Rule, Standing
from buldan.kinds import ADMIN_KINDS, CENTRAL_KINDS, get_kind, kind_codes
from buldan.lookup.cells import cut_cell, is_unit_word
from buldan.lookup.context import find_units_named_by
from buldan.lookup.plain_names import is_plain_name
from buldan.lookup.query import parse_query
from buldan.lookup.query_reading import QueryReading
from buldan.lookup.search import MOST_FORMS, FormHits, Search
from buldan.lookup.weighing import Constraints, Weigher
from buldan.text import derive_plain_key, fold, is_bare_article, is_side_word, make_plain_key, split_plain_words

__all__ = ["NamedPlaces"]

_CENTRAL_COST = 0.45
"""How much farther (cost per sound) a town or unit may be from a container's name than a village."""

_ALIKE_COST = 0.05
"""Names whose costs per sound differ by less than this are equally near."""

_MOST_NAMESAKES = 20
"""Maximum places of one name that are compared with those of another."""

_LONG_TYPED = 9
"""Minimum letters of a cell that is recognised as one name despite one wrong letter."""

_PLAINLY_NAMED = int(Rule.KIND_LEFT_OUT)
"""The last rule of forms that are the name itself, with or without its word of kind."""

_SHORTENED_COST = 0.6
"""Cost per sound added if a container's name is only a part of the place's name."""

_CONTAINER_COST = 0.8
"""Cost per sound above which more distant spellings of a container's name are searched."""

_UNIT_COST = 0.45
"""Maximum cost per sound of a part of a cell that is another spelling of a unit's name."""


class NamedPlaces:
    """Finds the places that parts of cells name, over one index."""

    def __init__(self, index: Index, search: Search, weigher: Weigher) -> None:
        self._index, self._search, self._weigher = index, search, weigher
        self._kind = index.kind.data
        self._central = frozenset(map(kind_codes().__getitem__, CENTRAL_KINDS))
        self._forms = index.form_place.data, index.form_rule.data, index.form_standing.data
        # Cached, as each part of a cell is compared with every other.
        self.find_exact = lru_cache(maxsize=4096)(self._find_exact)
        self.find_alike = lru_cache(maxsize=1024)(self._find_alike)
        self.find_sounding_alike = lru_cache(maxsize=1024)(self._find_sounding_alike)

    def _find_exact(self, name: str, *, most: int = _PLAINLY_NAMED, own: bool = False) -> tuple[int, ...]:
        """Rows of places with this name, spelled exactly; if there are none, of nearly the same sounds.

        Forms made by rules beyond `most` are left out, and with `own` all names except today's name of the place.
        """
        if is_plain_name(name) and (written := self.find_written(name, most=most, own=own)):
            return tuple(written)  # true of most names, and needs no search by sounds
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

    def find_written(self, text: str, *, most: int = max(Rule), own: bool = False) -> list[int]:
        """Rows of places that have a name with exactly the words of a text, folded and without articles.

        `most` and `own` as of `find_exact`; forms made by all rules count if they are not given.
        """
        places, rules, standings = self._forms
        forms = self._index.plain.find(derive_plain_key(text), MOST_FORMS)
        named = (form for form in forms if rules[form] <= most and not (own and standings[form] != Standing.OWN))
        return list(dict.fromkeys(places[form] for form in named))

    def is_name(self, text: str, *, most: int = _PLAINLY_NAMED) -> bool:
        """Whether a text is one stored name; forms made by rules beyond `most` do not count."""
        forms = self._index.plain.find(derive_plain_key(text), 1)
        return bool(forms) and self._forms[1][forms[0]] <= most

    def is_called(self, text: str) -> bool:
        """Whether the whole text is the name of a settlement or unit, exactly or by nearly the same sounds."""
        reading = parse_query(text).plain_readings[0]
        limit = _UNIT_COST * len(reading.sounds)
        # Also as written: a stored Ḩārat keeps the t that Harat in a question loses when folded to plain words.
        written = make_plain_key(tuple(word for word in fold(text).split() if not is_bare_article(word)))
        forms = [form for found in self._search.find_exact((reading,)) for form in _select_cheap(found, limit)]
        forms += self._index.plain.find(written, 1)
        places, rules, _ = self._forms
        return any(
            rules[form] <= _PLAINLY_NAMED and self._kind[places[form]] in _collect_called_kinds() for form in forms
        )

    def is_town_like(self, name: str, other: str) -> bool:
        """Whether a name means a town, or a quarter, that is as large as the place of another name beside it.

        Of namesakes, the two places nearest to each other count.
        """
        places, ranks = self._index.places, _read_ranks()
        pairs = product(self.find_exact(name)[:_MOST_NAMESAKES], self.find_exact(other)[:_MOST_NAMESAKES])
        nearest = min(pairs, key=lambda pair: distance_km(places[pair[0]].point, places[pair[1]].point), default=None)
        if nearest is None:
            return False
        rank, rank_beside = (ranks.get(self._kind[row], 0) for row in nearest)
        return rank > 0 and rank >= rank_beside

    def is_mistyped_name(self, text: str) -> bool:
        """Whether a text is long and one typing error away from a stored name."""
        key = derive_plain_key(text)
        return len(key) >= _LONG_TYPED and self._search.is_slip(key)

    def find_heart(self, land: str) -> str:
        """The name of the unit or town whose land a text means: حلب for ريف حلب الشمالي. Empty if it means no land.

        For a countryside that is itself a stored name, that name without the side (ريف دمشق for ريف دمشق الغربي).
        """
        if is_plain_name(land):
            return ""  # true of most names
        parts = cut_cell(land)
        if len(parts) != 1 or parts[0].level != "countryside" or self.is_name(land):
            return ""
        # Rural Damascus is a name; a second unit word beside it adds nothing (Rural Damascus Governorate).
        whole = _strip_sides(land)
        first, _, behind = whole.partition(" ")
        before, _, last = whole.rpartition(" ")
        named = [rest for rest, word in ((before, last), (behind, first)) if " " in rest and is_unit_word(word)]
        hearts = (whole, *named, _strip_sides(parts[0].name))
        return next((heart for heart in hearts if heart != land and self.is_name(heart)), "")

    def _find_alike(self, text: str, asked: bool) -> list[int]:
        """Rows of the places that a name means as a container: the towns and units that are called so, else those of
        similar spellings; empty if none is likely. Arguments as of `find_sounding_alike`.
        """
        if is_plain_name(text) and (
            central := list(filter(self._is_central, self.find_written(text, most=_PLAINLY_NAMED)))
        ):
            return central  # true of most containers; what only sounds like them is not meant
        return self.find_sounding_alike(text, asked)

    def _find_sounding_alike(self, text: str, asked: bool) -> list[int]:
        """Rows of the places that a name means as a container, similar spellings included; empty if none is likely.

        Args:
            text: a name, with or without a unit word or a side.
            asked: whether the user said that it is a container; then more distant spellings are searched.
        """
        question = parse_query(self.find_heart(text) or text)
        search, plain = self._search, question.plain_readings
        found = search.find_exact(plain)
        is_far = not any(map(_is_near_enough, found))
        if asked and not is_far:
            return self.find_sounding_alike(text, False)  # the same result, probably cached
        if is_far and (asked or not found):
            found += search.find_exact(question.part_readings) + search.find_by_skeleton_edit(plain)
        ranking = self._weigher.weigh(found, Constraints(), segments=1)
        is_of_another_kind = not asked and ranking.is_of_another_kind
        if ranking.margin < 0 or (is_of_another_kind and not _asks_for_unit(plain)):
            return []  # An-Nur Camp, which is not known, is not the village of An-Nur
        # By sound and not by probability: governorates are misspelled as often as villages are spelled well.
        nearest = self._find_nearest_costs(found)
        rows = ranking.rows
        least = min(nearest[row] for row in rows)
        # A container is mostly a town or unit, even if the name of a village is a little nearer.
        central = [row for row in rows if nearest[row] <= least + _CENTRAL_COST and self._is_central(row)]
        least = min((nearest[row] for row in central), default=least)
        alike = [row for row in central or rows if nearest[row] <= least + _ALIKE_COST]
        # Salqin district is that of Salqin, though it is a sub-district; Azmarin district is none.
        return alike if not is_of_another_kind or find_units_named_by(self._index, alike) else []

    def _find_nearest_costs(self, found: Iterable[FormHits]) -> dict[int, float]:
        """By place row, the least cost per sound of its names, with the share of the question that is left out."""
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


def _asks_for_unit(readings: Iterable[QueryReading]) -> bool:
    """Whether a word of kind asks for a unit."""
    return any(not reading.kinds.isdisjoint(ADMIN_KINDS) for reading in readings)


def _select_cheap(found: FormHits, limit: float) -> list[int]:
    """The forms whose cost is at most `limit`."""
    return [form for form, cost in zip(found.forms, found.costs, strict=True) if cost <= limit]


@cache
def _read_ranks() -> dict[int, int]:
    """Codes of the kinds of towns and of their quarters, and their rank by size."""
    return {kind_codes()[kind]: rank for rank, kind in enumerate(("neighbourhood", "town", "city"), start=1)}


@cache
def _collect_called_kinds() -> frozenset[int]:
    """Codes of the kinds of settlements and units."""
    return frozenset(code for kind, code in kind_codes().items() if get_kind(kind).group in {"settlement", "admin"})


def _strip_sides(text: str) -> str:
    """The plain words of a text without words for sides."""
    return " ".join(word for word in split_plain_words(text) if not is_side_word(word))


def _is_near_enough(found: FormHits) -> bool:
    """Whether a hit is near enough to be the container's name."""
    return any(cost < _CONTAINER_COST * len(found.reading.sounds) for cost in found.costs)
