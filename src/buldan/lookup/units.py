"""The units that a name or a chain of names means: the containers in which places are searched."""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import cache, cached_property, lru_cache, partial

from buldan.errors import QueryError
from buldan.index import WIDE_CLASSES, Index, Rule
from buldan.kinds import ADMIN_KINDS, kind_codes
from buldan.lookup.cells import cut_cell
from buldan.lookup.checks import is_missing
from buldan.lookup.codes import find_row_of_code
from buldan.lookup.context import (
    NOWHERE,
    Container,
    Within,
    find_seats,
    find_units_named_by,
    find_widest_units,
    get_unit,
    make_container,
    select_rows_inside,
)
from buldan.lookup.named_places import NamedPlaces
from buldan.lookup.plain_names import is_plain_name
from buldan.lookup.results import Reason
from buldan.lookup.search import Search
from buldan.lookup.weighing import Weigher
from buldan.rules import read_table
from buldan.text import derive_plain_key, is_foreign_country, split_plain_words

__all__ = ["UnitReader"]

_LEVELS = frozenset(ADMIN_KINDS[1:])
_REGIONS = frozenset({"region", "plain", "desert", "valley"})
"""Kinds of regions without exact borders that people name as containers."""

_MOST_SEATS = 4
"""Maximum places with the name of a unit that count as its seat."""

_TIMES_WIDER = 2.0
"""Minimum ratio of radii for a place that is no unit to contain another: of two villages side by side, neither does."""

_MOST_STEPS = 4
"""Maximum steps from a place up its chain of `part_of`."""


class UnitReader:
    """Reads names of units over one index."""

    def __init__(self, index: Index, search: Search, weigher: Weigher) -> None:
        self._index, self.named, self._all_quarters = index, NamedPlaces(index, search, weigher), weigher.quarters
        self._kind = index.kind.data
        self._regions = frozenset(map(kind_codes().__getitem__, _REGIONS))
        self._container_of = lru_cache(maxsize=512)(partial(make_container, index))
        self.find_container = lru_cache(maxsize=1024)(self._find_container)
        self._chains = lru_cache(maxsize=1024)(self._read_chain)
        self.holds = lru_cache(maxsize=4096)(self._holds)
        self._quarters_of = lru_cache(maxsize=512)(self._list_quarters)
        self.classify = lru_cache(maxsize=4096)(self._classify)

    def get_widest_class(self, key: str) -> str:
        """`country` or `governorate` if the folded words name one, or the city that heads it; else empty."""
        found = self._index.wide.find(key, 1)
        if found:
            return WIDE_CLASSES[found[0]]
        return "country" if key in _load_country_names() else ""

    def read_within(self, within: str | Sequence[object] | None, further: Sequence[str] = ()) -> Within:
        """The units of `within`, narrowed by further ones.

        Raises:
            QueryError: `within` is a string that names no unit, or another country. Parts of a sequence that cannot be
                used raise nothing; they are in `reasons`.
        """
        if within is None:
            return self._chains(tuple(further)) if further else NOWHERE
        if not isinstance(within, str):
            return self._chains((*map(_write_text, within), *further))
        chain = self._chains((within.strip(), *further))
        if ("unit_abroad", within.strip()) in chain.reasons:
            raise QueryError(f"within {within!r} is another country: the gazetteer covers only Syria", field="within")
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
            if self._is_country_name(part):
                # The country contains every place, so it does not narrow the chain.
                in_syria = True
                continue
            inside = containers[-1] if containers else None
            try:
                read = self._read_inside(part, inside)
            except QueryError:
                read = "unit_unread"
            if is_foreign_country(split_plain_words(part)) and (inside is None or isinstance(read, str)):
                # By sound Sweden is like As-Sweida, and Peru like Beroea (Aleppo): a country's name is the country.
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
        """The container that a name means inside another one, or the rule of the reason why there is none."""
        if inside is None:
            return self.find_container(text, True) or "unit_unknown"
        row = find_row_of_code(self._index, text)
        named = [row] if row is not None else self.named.find_alike(text, True)
        read = self._choose_inside(text, named, inside)
        if read is None and row is None:
            # Another place may have the very name (Souran in Hama), and the one inside nearly the same (Suran).
            named = self.named.find_sounding_alike(text, True)
            read = self._choose_inside(text, named, inside)
        return read or ("unit_contradicts" if named else "unit_unknown")

    def _choose_inside(self, text: str, named: Sequence[int], inside: Container) -> Container | None:
        """The container that a name means inside another one, which has one of some places; None if none lies there."""
        units = find_units_named_by(self._index, named)
        held = select_rows_inside(inside, [unit for unit in units if unit not in inside.rows])
        if of_level := self._select_of_level(text, held):
            return self._container_of(tuple(of_level))
        if held:
            # The widest one that is narrower than the container: governorate, district and sub-district may all have
            # the name of their seat (Ar-Raqqa, Ar-Raqqa, Ar-Raqqa).
            least = self._index.level[held[0]]
            return self._container_of(tuple(unit for unit in held if self._index.level[unit] == least))
        if not {*named, *units}.isdisjoint(inside.rows):
            return inside
        places = select_rows_inside(inside, named)
        return self._container_of(tuple(places[:1])) if places else None

    def find_seat(self, within: Within, *, of_governorate: bool) -> Container | None:
        """The town that heads the narrowest unit, or is itself the container.

        Of a governorate only with `of_governorate`.
        """
        if not within.containers or not (narrowest := within.containers[-1]).units:
            return within.containers[-1] if within.containers else None
        level, _ = narrowest.units[0]
        if level == 1 and not of_governorate:
            return None
        seats = find_seats(self._index, narrowest.rows)
        return self._container_of(tuple(seats[:_MOST_SEATS])) if seats else None

    def find_quarters(self, within: Within) -> Set[int]:
        """Place rows of the quarters of the town that `find_seat` finds."""
        containers = within.containers
        return self._quarters_of(containers[-1]) if containers else frozenset()

    def _list_quarters(self, narrowest: Container) -> Set[int]:
        town = self.find_seat(Within((narrowest,)), of_governorate=True)
        if town is None:
            return frozenset()
        of_town, loose = self._quarters
        rows = [row for seat in town.rows for row in of_town.get(self._index.places[seat].id, ())]
        inside = zip(loose, town.extent.measure_outside_km(loose), strict=True)
        return frozenset((*rows, *(row for row, km in inside if km <= 0)))

    @cached_property
    def _quarters(self) -> tuple[dict[str, list[int]], list[int]]:
        """The place rows of quarters by the ids of the places that they are part of, and of those that say of none."""
        of_town, loose = dict[str, list[int]](), list[int]()
        for row in sorted(self._all_quarters):
            wholes = self._list_wholes(row)
            for whole in wholes:
                of_town.setdefault(whole, []).append(row)
            if not wholes:
                loose.append(row)
        return of_town, loose

    def _list_wholes(self, row: int) -> list[str]:
        """The ids of what a place is part of, and of what that is part of: a mosque of its quarter, and that of the
        town.
        """
        wholes: list[str] = []
        whole = self._index.places[row].part_of
        while whole and len(wholes) < _MOST_STEPS:
            wholes.append(whole)
            place = self._index.find_id(whole)
            whole = place.part_of if place is not None else ""
        return wholes

    def is_of_town(self, row: int, town: Container) -> bool:
        """Whether a place is a part of a town by its `part_of`; without one, whether it lies in the town."""
        wholes = self._list_wholes(row)
        if not wholes:
            return town.extent.measure_km(row) <= 0
        return not {self._index.places[seat].id for seat in town.rows}.isdisjoint(wholes)

    def is_country(self, container: Container) -> bool:
        """Whether a container is the country, which contains every place."""
        return all(map(self._is_country_row, container.rows))

    def _is_country_name(self, text: str) -> bool:
        """Whether a text is a name or a code of Syria."""
        row = find_row_of_code(self._index, text)
        if row is not None:
            return self._is_country_row(row)
        return self.get_widest_class(derive_plain_key(text)) == "country"

    def _is_country_row(self, row: int) -> bool:
        return bool(self._kind[row] == 0)

    def _classify(self, name: str) -> str:
        """The class of a name: `country`, `governorate`, `unit` (a district, a sub-district, or its town), `region`
        (land without exact borders) or `place`; `stated` for the code of a district or sub-district.
        """
        row = find_row_of_code(self._index, name)
        if row is not None:
            level, _ = get_unit(self._index, row) or (0, 0)
            return ("country" if self._is_country_row(row) else "place", "governorate", "stated", "stated")[level]
        name = self.named.find_heart(name) or name
        widest = self.get_widest_class(derive_plain_key(name))
        if widest:
            return widest
        rows = self.named.find_exact(name)
        if not rows:
            # Of misspelled units only governorates count: misspelled villages sound like many towns.
            units = find_units_named_by(self._index, self.named.find_alike(name, True))
            return "governorate" if units and self._index.level[units[0]] == 1 else "place"
        units = find_units_named_by(self._index, rows)
        # `find_exact` falls back to sounds and may then find other places: only those found before count.
        own = [row for row in self.named.find_exact(name, own=True) if row in rows] if units else []
        if any(map(self._is_region, own)) and not find_units_named_by(self._index, own):
            return "region"  # Eastern Ghouta: that a list calls a sub-district so, too, does not make it a unit.
        if not units:
            if not any(map(self._is_region, rows)):
                return "place"  # true of most names
            # "Forgotten Cities" may lose its word of kind, but a village called Forgotten comes first.
            attested = self.named.find_exact(name, most=Rule.ATTESTED) if len(rows) > 1 else rows
            best = max(attested or rows, key=lambda row: float(self._index.salience[row]))
            return "region" if self._is_region(best) else "place"
        return "governorate" if self._index.level[units[0]] == 1 else "unit"

    def names_unit(self, name: str) -> bool:
        """Whether a name is today's own one of a unit, or of the town that heads it."""
        return bool(find_units_named_by(self._index, self.named.find_exact(name, own=True)))

    def holds_name(self, container: Container, name: str) -> bool:
        """Whether a place with exactly this name lies in a container."""
        return bool(select_rows_inside(container, self.named.find_written(name)))

    def _holds(self, container: str, contained: str, *, lesser: bool = False) -> bool:
        """Whether some place of one name lies in a unit of the other's; `lesser` ones alone, which head no unit. Of
        what is no unit, whether a place much smaller than it does: Bab Touma in Old Damascus.
        """
        wide = self.find_container(container, False)
        if wide is None:
            return False
        rows = self.named.find_exact(contained)
        if not wide.units:
            return self._holds_part(wide, rows)
        held = select_rows_inside(wide, rows)
        return bool(held) and not (lesser and find_units_named_by(self._index, held))

    def _holds_part(self, wide: Container, rows: Sequence[int]) -> bool:
        """Whether one of the places lies in, or at the edge of, a much larger place that is no unit."""
        places = self._index.places
        radius = max(places[row].radius_km for row in wide.rows)
        smaller = [row for row in rows if places[row].radius_km * _TIMES_WIDER <= radius]
        return any(
            km <= places[row].radius_km
            for row, km in zip(smaller, wide.extent.measure_outside_km(smaller), strict=True)
        )

    def _find_container(self, text: str, asked: bool) -> Container | None:
        """The places that a container's name means: the widest admin units of that name, else the likeliest places."""
        row = find_row_of_code(self._index, text)
        if row is not None:
            return self._container_of((row,))
        # Abbreviations are spelled out there: Rif Dam is Rural Damascus.
        parts = cut_cell(text)
        if len(parts) == 1 and parts[0].text:
            text = parts[0].text
        rows = self.named.find_alike(text, asked)
        regions = filter(self._is_region, self.named.find_exact(text)) if self.classify(text) == "region" else ()
        if held := tuple(regions):
            return self._container_of(held)
        if not rows:
            return None
        units = self._select_of_level(text, rows) or find_widest_units(self._index, rows)
        covered = _read_covered_units().get(derive_plain_key(text)) if is_plain_name(text) else None
        if covered and (row := self._index.find_row(covered)) is not None and row not in units:
            units.append(row)
        return self._container_of(tuple(units))

    def _select_of_level(self, text: str, rows: Sequence[int]) -> list[int]:
        """The units of the level that the unit word says: Harim sub-district is not Harim district.

        Empty without one.
        """
        kind = next((part.level for part in cut_cell(text) if part.level in _LEVELS), None)
        if kind is None:
            return []  # true of most names
        return [
            row for row in find_units_named_by(self._index, rows) if self._index.kind_ids[self._index.kind[row]] == kind
        ]

    def _is_region(self, row: int) -> bool:
        return self._kind[row] in self._regions


@cache
def _read_covered_units() -> dict[str, str]:
    """By the plain key of a unit's bare name, the P-code of another unit that it is said for, too."""
    return {derive_plain_key(name): pcode for name, pcode, _ in read_table("lookup/covered_units")}


@cache
def _load_country_names() -> frozenset[str]:
    """Keys of names of Syria that are written beside places in other languages, and are not in the gazetteer."""
    return frozenset(derive_plain_key(form) for form, *_ in read_table("lookup/country_names"))


def _write_text(part: object) -> str:
    """A part of a chain as text; empty for a missing value of a table (None, NaN, NA, NaT)."""
    return "" if is_missing(part) else str(part).strip()
