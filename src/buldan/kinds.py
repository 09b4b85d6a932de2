"""The kinds of place that Buldan knows, read from `kinds.tsv`.

There is one row for each kind: its group, GeoNames feature class, the radius in kilometres of a place of this kind if
nothing better is known, Nominatim's address rank (4 country … 30 house), the OpenStreetMap tag that clients expect,
and its label in English and Arabic.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from buldan.errors import QueryError
from buldan.near_words import suggest_near_word
from buldan.rules import read_table

__all__ = [
    "ADMIN_KINDS",
    "BUILT_GROUPS",
    "CENTRAL_KINDS",
    "LONE_KINDS",
    "SETTLEMENT_KINDS",
    "WIDE_GROUPS",
    "Kind",
    "get_kind",
    "kind_codes",
    "kinds",
    "kinds_among",
    "kinds_named",
]


ADMIN_KINDS = ("country", "governorate", "district", "sub-district")
"""Kinds of admin unit in the order of their level: OCHA's admin 0 to 3."""

CENTRAL_KINDS = frozenset({*ADMIN_KINDS[1:], "city", "town"})
"""Kinds that are mostly meant if something is said to be in or near a place: units, and towns that may head one."""

SETTLEMENT_KINDS = ("village", "town", "city")
"""Kinds of settlement, from small to large."""

BUILT_GROUPS = frozenset({"facility", "transport", "military", "site"})
"""Groups of things that people have built in a place, so that a question may ask for one in a town."""

WIDE_GROUPS = frozenset({"region", "natural", "water"})
"""Groups of what is too wide for one point to stand for: regions, mountains, rivers."""

LONE_KINDS = frozenset(
    {"airport", "airbase", "crossing", "dam", "gas-field", "oil-field", "port", "power-station", "university"}
)
"""Kinds of which a place rarely has two, so that its name and the kind identify it. A town may have five hospitals."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of place; the docstring of the module explains the attributes."""

    id: str
    group: str
    feature_class: str
    radius_km: float
    rank: int
    osm_class: str
    osm_type: str
    label_en: str
    label_ar: str

    @property
    def level(self) -> int | None:
        """Admin level: 0 country, 1 governorate, 2 district, 3 sub-district; None for other kinds."""
        return ADMIN_KINDS.index(self.id) if self.id in ADMIN_KINDS else None


@cache
def kinds() -> Mapping[str, Kind]:
    """All kinds by id, in the table's order."""
    table: dict[str, Kind] = {}
    for kind, group, feature_class, radius_km, rank, osm_class, osm_type, label_en, label_ar in read_table("kinds"):
        table[kind] = Kind(
            kind, group, feature_class, float(radius_km), int(rank), osm_class, osm_type, label_en, label_ar
        )
    return MappingProxyType(table)


@cache
def kind_codes() -> Mapping[str, int]:
    """The number of each kind in arrays, which is its row of the table, by id."""
    return MappingProxyType({kind: code for code, kind in enumerate(kinds())})


def get_kind(kind: str) -> Kind:
    """The kind with this id.

    Raises:
        QueryError: there is no such kind; the message suggests others.
    """
    try:
        return kinds()[kind]
    except KeyError:
        raise QueryError(f"unknown kind {kind!r}; {suggest_near_word(str(kind), kinds())}", field="kind") from None


def kinds_named(wanted: str | Kind) -> frozenset[str]:
    """Ids of the kinds that a kind or a group means: `"town"` → {town}, `"group:settlement"` → {city, town, village}.

    A name that only a group has does not need the prefix: `"settlement"`. If a kind has the name, the kind is meant:
    `"military"` is one kind, and `"group:military"` is three. A `Kind` means only itself.

    Raises:
        QueryError: neither a kind nor a group.
    """
    if isinstance(wanted, Kind):
        return frozenset({wanted.id})
    if not isinstance(wanted, str):
        raise QueryError(f"a kind must be a string, such as 'town', not {type(wanted).__name__}", field="kind")
    if wanted in kinds():
        return frozenset({wanted})
    group = wanted.removeprefix("group:")
    members = frozenset(kind.id for kind in kinds().values() if kind.group == group)
    if members:
        return members
    if group != wanted:
        groups = dict.fromkeys(f"group:{kind.group}" for kind in kinds().values())
        raise QueryError(f"unknown group of kinds {wanted!r}; {suggest_near_word(wanted, groups)}", field="kind")
    get_kind(wanted)
    return members


def kinds_among(wanted: str | Kind | Iterable[str | Kind]) -> frozenset[str]:
    """The ids of the kinds that one name of a kind or a group means, or several names together.

    Raises:
        QueryError: a name is neither a kind nor a group.
    """
    if isinstance(wanted, str | Kind):
        return kinds_named(wanted)
    if not isinstance(wanted, Iterable):
        called = type(wanted).__name__
        raise QueryError(f"kinds must be names of kinds, such as ['town', 'village'], not {called}", field="kind")
    return frozenset().union(*map(kinds_named, wanted))
