"""Which units a name or a chain of names means: the containers that places are sought in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from functools import lru_cache, partial
from math import inf

from buldan.errors import QueryError
from buldan.index import WIDE_CLASSES, Index, Rule, Standing
from buldan.kinds import ADMIN_KINDS, CENTRAL_KINDS, kind_codes
from buldan.lookup.cells import cut_cell, is_unit_word
from buldan.lookup.checks import is_missing
from buldan.lookup.codes import row_of_code
from buldan.lookup.context import (
    NOWHERE,
    Container,
    Within,
    container_of,
    rows_inside,
    seats_of,
    unit_of,
    units_named_by,
    widest_units,
)
from buldan.lookup.query import ParsedQuery, parse_query
from buldan.lookup.results import Reason
from buldan.lookup.search import FormHits, Search
from buldan.lookup.weighing import Constraints, Weigher
from buldan.text import is_foreign_country, is_side_word, plain_key, plain_words

__all__ = ["UnitReader"]

_LEVELS = frozenset(ADMIN_KINDS[1:])
_REGIONS = frozenset({"region", "plain", "desert"})
_CENTRAL_COST = 0.45
"""Cost per sound by which a town or unit may be farther from a container's name than a village."""

_ALIKE_COST = 0.05
"""Cost per sound within which names are equally near."""

_LONG_TYPED = 9
"""Letters of a cell from which on it is known again as one name where a letter is wrong."""

_PLAINLY_NAMED = int(Rule.KIND_LEFT_OUT)
_MOST_SEATS = 4
"""Places that share their name with a unit which are taken for its seat."""

_MOST_STEPS = 4
"""From a place to what it is a part of, and on."""

_SHORTENED_COST = 0.6
"""What it costs a container's name to be a part of the place's name only."""

_CONTAINER_COST = 0.8
"""Cost per sound above which a container's name is sought more boldly."""

_UNIT_COST = 0.45
"""Cost per sound up to which a part of a cell is a unit's name spelled otherwise."""


class UnitReader:
    """Reads names as units over one index."""

    def __init__(self, index: Index, search: Search, weigher: Weigher) -> None:
        self._index, self._search, self._weigher = index, search, weigher
        self._kind = index.kind.data
        self._central, self._regions = _codes_of(CENTRAL_KINDS), _codes_of(_REGIONS)
        self._forms = index.form_place.data, index.form_rule.data, index.form_standing.data
        self._container_of = lru_cache(maxsize=512)(partial(container_of, index))
        self.find_container = lru_cache(maxsize=1024)(self._find_container)
        self._chains = lru_cache(maxsize=1024)(self._read_chain)
        self._rows_named = lru_cache(maxsize=1024)(self._find_rows)
        self.holds = lru_cache(maxsize=4096)(self._holds)
        self.class_of = lru_cache(maxsize=4096)(self._class_of)
        # One part of a cell is asked about by every other: what it is, what holds it, what it holds.
        self.exact_rows = lru_cache(maxsize=4096)(self._find_exact_rows)

    def widest_class(self, key: str) -> str:
        """`country` or `governorate` for the folded words of a name of one, or of the city that heads it; empty for any
        other.
        """
        found = self._index.wide.find(key, 1)
        return WIDE_CLASSES[found[0]] if found else ""

    def within(self, within: str | Sequence[object] | None, further: Sequence[str] = ()) -> Within:
        """What `within` says, and units behind it that narrow it further.

        Raises:
            QueryError: a string that names no unit, or another country. Of a sequence, what cannot be used is reported.
        """
        if within is None:
            return self._chains(tuple(further)) if further else NOWHERE
        if not isinstance(within, str):
            return self._chains((*map(_as_text, within), *further))
        chain = self._chains((within.strip(), *further))
        if ("unit_abroad", within.strip()) in chain.reasons:
            raise QueryError(f"within {within!r} is another country: the gazetteer is of Syria alone", field="within")
        if ("unit_unknown", within.strip()) in chain.reasons:
            raise QueryError(
                f"unknown within {within!r}: no place of that name or P-code; try a governorate such as Idleb or SY07",
                field="within",
            )
        return chain

    def _read_chain(self, parts: tuple[str, ...]) -> Within:
        """Containers from wide to narrow, each read inside the one before it."""
        containers: list[Container] = []
        names: list[str] = []
        reasons: list[Reason] = []
        in_syria = False
        for part in filter(None, parts):
            if self.widest_class(plain_key(plain_words(part))) == "country":
                # The country holds every place: it is no narrower context than none, wherever it stands.
                in_syria = True
                continue
            inside = containers[-1] if containers else None
            try:
                read = self._read_inside(part, inside)
            except QueryError:
                read = "unit_unread"
            if is_foreign_country(plain_words(part)) and (inside is None or isinstance(read, str)):
                # By sound Sweden would be As-Sweida, and Peru Aleppo: the name of a country means the country.
                read = "unit_abroad"
            if isinstance(read, str):
                reasons.append(Reason(read, part))
                continue
            in_syria = True
            if not self.is_country(read) and read != inside:
                containers.append(read)
                names.append(part)
        return Within(tuple(containers), tuple(names), tuple(reasons), in_syria)

    def _read_inside(self, text: str, inside: Container | None) -> Container | str:
        """The container of a name inside another one, or the rule that says why there is none."""
        if inside is None:
            return self.find_container(text, True) or "unit_unknown"
        row = row_of_code(self._index, text)
        named = [row] if row is not None else self._rows_named(text, True)
        if not named:
            return "unit_unknown"
        units = [unit for unit in units_named_by(self._index, named) if unit not in inside.rows]
        held = rows_inside(inside, units)
        if told := self._of_level(text, held):
            return self._container_of(tuple(told))
        if held:
            # The widest of them that is narrower than the last one: governorate, district and sub-district may
            # all bear the name of their seat (Ar-Raqqa, Ar-Raqqa, Ar-Raqqa).
            least = self._index.level[held[0]]
            return self._container_of(tuple(unit for unit in held if self._index.level[unit] == least))
        if not {*named, *units_named_by(self._index, named)}.isdisjoint(inside.rows):
            return inside
        places = rows_inside(inside, named)
        return self._container_of(tuple(places[:1])) if places else "unit_contradicts"

    def find_seat(self, within: Within, *, of_governorate: bool) -> Container | None:
        """The town that heads the narrowest unit, or is told itself; that of a governorate only where asked for."""
        if not within.containers or not (told := within.containers[-1]).units:
            return within.containers[-1] if within.containers else None
        level, _ = told.units[0]
        if level == 1 and not of_governorate:
            return None
        seats = seats_of(self._index, told.rows)
        return self._container_of(tuple(seats[:_MOST_SEATS])) if seats else None

    def is_of_town(self, row: int, town: Container) -> bool:
        """Whether a place is a part of a town, as it says; where it says nothing, whether it lies in the town."""
        index = self._index
        whole = index.places[row].part_of
        if not whole:
            return town.extent.outside_km([row])[0] <= 0
        ids = {index.places[seat].id for seat in town.rows}
        # A mosque is a part of its quarter, and the quarter of the town.
        for _ in range(_MOST_STEPS):
            if whole in ids:
                return True
            place = index.find_id(whole) if whole else None
            whole = place.part_of if place is not None else ""
        return False

    def is_country(self, container: Container) -> bool:
        """Whether a container is the country, which holds every place and so tells none from another."""
        return all(self._index.kind[row] == 0 for row in container.rows)

    def _class_of(self, name: str) -> str:
        """What a part of a cell can contain as: `country`, `governorate`, `unit` (a district or sub-district, or the
        town that heads it), `region` (a stretch of land without borders) or `place`.
        """
        row = row_of_code(self._index, name)
        if row is not None:
            level, _ = unit_of(self._index, row) or (0, 0)
            return ("place", "governorate", "told", "told")[level]
        name = self.heart_of(name) or name
        widest = self.widest_class(plain_key(plain_words(name)))
        if widest:
            return widest
        rows = self.exact_rows(name)
        if not rows:
            # Of units misspelled, only a governorate is sought: a village misspelled sounds like many a town.
            units = units_named_by(self._index, self._rows_named(name, True))
            return "governorate" if units and self._index.level[units[0]] == 1 else "place"
        units = units_named_by(self._index, rows)
        own = self.exact_rows(name, own=True) if units else []
        if any(map(self._is_region, own)) and not units_named_by(self._index, own):
            return "region"  # Eastern Ghouta: that a list calls a sub-district so, too, does not make it a unit.
        if not units:
            # Of "forgotten cities" the kind's word can be left out, but a village called Forgotten is meant first.
            attested = self.exact_rows(name, most=Rule.ATTESTED) if len(rows) > 1 else rows
            best = max(attested or rows, key=lambda row: float(self._index.salience[row]))
            return "region" if self._is_region(best) else "place"
        return "governorate" if self._index.level[units[0]] == 1 else "unit"

    def _find_exact_rows(self, name: str, *, most: int = _PLAINLY_NAMED, own: bool = False) -> tuple[int, ...]:
        """Places whose name a part of a cell is: of these letters or, where there are none, of nearly these sounds.

        Forms made by rules beyond `most` are left out, and with `own` every name but what the place is called today.
        """
        places, rules, standings = self._forms
        rows = dict[int, None]()
        for reading in parse_query(name).plain_readings[:2]:
            for found in self._search.exact((reading,)):
                limit = _UNIT_COST * (len(reading.sounds) or 1)
                for form, cost in zip(found.forms, found.costs, strict=True):
                    if cost <= limit and rules[form] <= most and not (own and standings[form] != Standing.OWN):
                        rows.setdefault(places[form])
                if rows and found.letters == 0:
                    return tuple(rows)
        return tuple(rows)

    def _holds(self, container: str, contained: str, *, lesser: bool = False) -> bool:
        """Whether some place of one name lies in a unit of the other's; `lesser` ones alone, which head no unit."""
        wide = self.find_container(container, False)
        if wide is None or not wide.units:
            return False
        held = rows_inside(wide, self.exact_rows(contained))
        return bool(held) and not (lesser and units_named_by(self._index, held))

    def is_name(self, text: str) -> bool:
        """Whether the gazetteer holds a text as one name, its kind word apart."""
        forms = self._index.plain.find(plain_key(plain_words(text)), 1)
        return bool(forms) and self._index.form_rule[forms[0]] <= Rule.KIND_LEFT_OUT

    def is_mistyped_name(self, text: str) -> bool:
        """Whether a text is long, and one slip of the finger from what the gazetteer holds as one name."""
        key = plain_key(plain_words(text))
        return len(key) >= _LONG_TYPED and self._search.is_slip(key)

    def heart_of(self, land: str) -> str:
        """The unit or town whose land a text tells: ريف حلب الشمالي is land of حلب. Empty where it tells no such land.

        A countryside that has a name of its own stays itself, the side of it left out (ريف دمشق الغربي).
        """
        parts = cut_cell(land)
        if len(parts) != 1 or parts[0].level != "countryside" or self.is_name(land):
            return ""
        # Rural Damascus is a name: a second unit word beside it tells nothing more (Rural Damascus Governorate).
        whole = _without_sides(land)
        first, _, behind = whole.partition(" ")
        before, _, last = whole.rpartition(" ")
        named = [rest for rest, word in ((before, last), (behind, first)) if " " in rest and is_unit_word(word)]
        hearts = (whole, *named, _without_sides(parts[0].name))
        return next((heart for heart in hearts if heart != land and self.is_name(heart)), "")

    def _find_container(self, text: str, asked: bool) -> Container | None:
        """The places that a container's name means: the widest admin units of that name, else the likeliest."""
        row = row_of_code(self._index, text)
        if row is not None:
            return self._container_of((row,))
        rows = self._rows_named(text, asked)
        if self.class_of(text) == "region":
            return self._container_of(tuple(filter(self._is_region, self.exact_rows(text))))
        if not rows:
            return None
        return self._container_of(tuple(self._of_level(text, rows) or widest_units(self._index, rows)))

    def _of_level(self, text: str, rows: Sequence[int]) -> list[int]:
        """The units of a name that its unit word means: Harim sub-district is no Harim district. Empty without one."""
        kind = next((part.level for part in cut_cell(text) if part.level in _LEVELS), None)
        return [row for row in units_named_by(self._index, rows) if self._index.kind_ids[self._index.kind[row]] == kind]

    def _find_rows(self, text: str, asked: bool) -> list[int]:
        """The places that are called so as containers, nearly alike."""
        question = parse_query(self.heart_of(text) or text)
        search, plain = self._search, question.plain_readings
        found = search.exact(plain)
        is_far = not any(map(_is_near_enough, found))
        if asked and not is_far:
            return self._rows_named(text, False)  # what was found would be weighed once more, and come out the same
        if is_far and (asked or not found):
            found += search.exact(question.part_readings) + search.by_skeleton_edit(plain)
        ranking = self._weigher.weigh(ParsedQuery(text, question.segments[:1]), found, Constraints())
        if ranking.margin < 0:
            return []
        # By sound, not by probability: a governorate is named as often by a bad spelling as a village by a good one.
        nearest = self._nearest_costs(found)
        rows = ranking.rows
        least = min(nearest[row] for row in rows)
        # What is named beside a place is mostly a town or a unit, even if a village is spelled a little nearer.
        central = [row for row in rows if nearest[row] <= least + _CENTRAL_COST and self._is_central(row)]
        least = min((nearest[row] for row in central), default=least)
        return [row for row in central or rows if nearest[row] <= least + _ALIKE_COST]

    def _nearest_costs(self, found: Iterable[FormHits]) -> dict[int, float]:
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

    def _is_region(self, row: int) -> bool:
        return self._kind[row] in self._regions

    def _is_central(self, row: int) -> bool:
        return self._kind[row] in self._central


def _codes_of(wanted: Set[str]) -> frozenset[int]:
    """The codes that the index has for kinds."""
    return frozenset(map(kind_codes().__getitem__, wanted))


def _without_sides(text: str) -> str:
    """The plain words of a text without those that tell a side of it."""
    return " ".join(word for word in plain_words(text) if not is_side_word(word))


def _is_near_enough(found: FormHits) -> bool:
    """Whether a container's name is among what was found."""
    return any(cost < _CONTAINER_COST * len(found.reading.sounds) for cost in found.costs)


def _as_text(part: object) -> str:
    """A part of a chain as text; empty for what tables hold where there is nothing (None, NaN, NA, NaT)."""
    return "" if is_missing(part) else str(part).strip()
