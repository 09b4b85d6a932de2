"""The data model: places, their names, and the sources of each fact.

The classes are frozen, and their methods only read their own values. Nothing here reads a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple, TypeAlias, get_args

from buldan.geometry import Point

__all__ = [
    "LONGEST_NAME",
    "MAIN_NAMES",
    "NAME_KINDS",
    "PAST_NAMES",
    "POSITIONS",
    "AdminUnit",
    "Geometry",
    "Name",
    "NameKind",
    "Origin",
    "Place",
    "Position",
    "Source",
    "admin_chain",
    "identifier_pairs",
    "identifier_values",
    "name_of",
    "place_of",
]

LONGEST_NAME = 300
"""Maximum number of characters of a name, in the gazetteer and in a question."""

NameKind = Literal["official", "attested", "abbreviation", "exonym", "former", "historical", "variant", "local"]
NAME_KINDS: tuple[NameKind, ...] = get_args(NameKind)
"""The uses of a name, the surest first. If two places have the same form, the place with the earlier use is preferred.

official: what a state or OCHA list calls the place today · attested: the main name in GeoNames, if no such
list has one · abbreviation: T4, USC · exonym: a name in another language than the country's · former: an official
name that was replaced · historical: an ancient or earlier name · variant: another spelling or informal name · local:
a name used only with its town, as National Hospital; texts are not searched for it."""

MAIN_NAMES: frozenset[NameKind] = frozenset({"official", "attested"})
"""Uses of the names that a place has today."""

PAST_NAMES: frozenset[NameKind] = frozenset({"former", "historical"})
"""Uses of the names that a place had in the past."""

Position = Literal["surveyed", "outline", "settlement", "described", "estimated"]
POSITIONS: tuple[Position, ...] = get_args(Position)
"""How the point of a place is known.

surveyed: a published point of the place itself · outline: a point inside its published outline · settlement: only the
point of its town or village is known · described: from a distance or direction that a source states · estimated: from
general knowledge."""

Geometry: TypeAlias = Mapping[str, Any]
"""A GeoJSON geometry object (RFC 7946): lon, lat in degrees."""


class AdminUnit(NamedTuple):
    """One unit of the admin chain: level (0 country … 3 sub-district), P-code, names."""

    level: int
    pcode: str
    name_en: str
    name_ar: str


@dataclass(frozen=True, slots=True)
class Source:
    """A source of facts, with its licence and the amount of data that is from it.

    Attributes:
        key: its short name in `sources` of places and names.
        title, publisher: title and publisher of the data set.
        licence, licence_url: SPDX id if there is one, and the address of its text.
        url: the address of the data set.
        date: date of the edition that was read (ISO 8601, as exact as the publisher states it).
        attribution: the attribution that the publisher asks for.
        places, names: number of places and of names that have it as a source.
    """

    key: str
    title: str
    publisher: str
    licence: str
    licence_url: str
    url: str
    date: str
    attribution: str
    places: int = 0
    names: int = 0


@dataclass(frozen=True, slots=True)
class Origin:
    """The origin of an open gazetteer, with which the same one can be opened again, also in another process.

    Attributes:
        path: folder of the gazetteer; None for the packaged one.
        version: version of the data; with an overlay it ends in a digest of the overlay.
        overlay: file of the user's own places, or a GeoJSON FeatureCollection.
    """

    path: Path | None
    version: str
    overlay: Path | Mapping[str, Any] | None = field(default=None, compare=False)
    """Not compared: different overlays have different versions, and a mapping has no hash."""


class _ReadLater:
    """Base of a dataclass with attributes that are read when one of them is used; until then their slots are empty.

    Of the matches of an answer, many users look at the first one only. A dataclass copies, pickles and compares the
    values of its attributes, so that the empty slots are read then, and the copy is complete.
    """

    __slots__ = ("_origin", "_read")

    _origin: Origin | None
    _read: Callable[[str], Any]

    if not TYPE_CHECKING:  # else type checkers would accept any attribute

        def __getattr__(self, member: str) -> Any:
            """Read an attribute; Python calls this only if its slot is empty."""
            of_class = type(self)
            if member in _READ_APART.get(of_class, ()):
                return self._read(member)
            if member not in _PUT_MEMBER.get(of_class, ()):
                raise AttributeError(f"{of_class.__name__!r} object has no attribute {member!r}")
            for put, value in zip(_PUT_MEMBER[of_class].values(), self._read("line"), strict=True):
                put(self, value)
            return getattr(self, member)


@dataclass(frozen=True, slots=True)
class Name(_ReadLater):
    """One written form of a place's name.

    Attributes:
        text: the form, NFC.
        lang: BCP 47 primary tag (`ar`, `en`, `fr`, `ku`, `tr`, `syc`, `hy` …), `und` if unknown.
        script: ISO 15924 code (`Arab`, `Latn`, `Syrc` …).
        kind: one of `NAME_KINDS`.
        sources: keys of the sources that have it.
        start, end: year or date (ISO 8601) of the beginning and the end of its use; empty if unknown.
    """

    text: str
    lang: str
    script: str
    kind: NameKind = "variant"
    sources: tuple[str, ...] = ()
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class Place(_ReadLater):
    """One thing on the earth with an id.

    Attributes:
        id: Buldan's own id (`bd` and eight letters or digits), kept for ever.
        kind: a key of `buldan.kinds`.
        name_en, name_ar: the names for display; empty if no source has one.
        lon, lat: degrees, WGS 84.
        radius_km: kilometres: the size of the place or the uncertainty of its point, whichever is larger.
        admin_pcode: P-code of the smallest admin unit that contains the place (`SY030203`; `SY` for a river).
        admin: the units from governorate down to that one.
        part_of: id of the place that this one is a part of (a neighbourhood's city), or empty.
        population: number of inhabitants; None if unknown.
        identifiers: by scheme: `pcode`, `geonames`, `wikidata`, `whosonfirst`, `pleiades`, `icao` …; several of
            one scheme are separated by commas (`identifier_values`).
        sources: keys of the sources of the record.
        position: how the point is known, one of `POSITIONS`.
        names: all names, those for display first.
        area: the outline as a GeoJSON geometry; None if only the point is known.
    """

    id: str
    kind: str
    name_en: str
    name_ar: str
    lon: float
    lat: float
    radius_km: float
    admin_pcode: str = "SY"
    admin: tuple[AdminUnit, ...] = field(default=(), repr=False)
    part_of: str = ""
    population: int | None = None
    identifiers: Mapping[str, str] = field(default_factory=dict, repr=False)
    sources: tuple[str, ...] = field(default=(), repr=False)
    position: Position = "surveyed"
    names: tuple[Name, ...] = field(default=(), repr=False)
    area: Geometry | None = field(default=None, compare=False, repr=False)

    draw_map: ClassVar[Callable[[Place], str]] = staticmethod(lambda _: "")
    """Draws an SVG map of a place, for notebooks. `buldan.gazetteer` sets it, since a place does not have the land."""

    # These replace the methods of a dataclass. The origin is pickled with the attributes, but is not one of them, so
    # that `asdict` of a place does not include the path of its gazetteer.
    def __getstate__(self) -> tuple[Any, ...]:
        return (self.origin, *(getattr(self, member.name) for member in fields(self)))

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        origin, *values = state
        object.__setattr__(self, "_origin", origin)
        for member, value in zip(fields(self), values, strict=True):
            object.__setattr__(self, member.name, value)

    def __hash__(self) -> int:
        """The hash of the id, which equal places share; mappings such as `identifiers` have no hash."""
        return hash(self.id)

    def _repr_html_(self) -> str:
        """HTML for notebooks: a small table, below a map if the place is from a gazetteer."""
        units = " › ".join(dict.fromkeys(unit.name_en or unit.name_ar for unit in self.admin))
        facts = {
            "name": " · ".join(filter(None, (self.name_en, self.name_ar))),
            "kind": self.kind,
            "in": units,
            "lat, lon": f"{self.lat:.5f}, {self.lon:.5f} ({self.position}, within {self.radius_km:g} km)",
            **self.identifiers,
            "id": self.id,
        }
        rows = (
            f"<tr><th>{escape(term)}</th><td dir=auto>{escape(fact)}</td></tr>" for term, fact in facts.items() if fact
        )
        return f"{Place.draw_map(self)}<table>{''.join(rows)}</table>"

    def name(self, lang: str = "en") -> str:
        """The name for display in `lang`: `name_ar` or `name_en`, else the first name in that language, else any
        name; never empty.
        """
        shown = {"ar": self.name_ar, "en": self.name_en}.get(lang, "")
        if shown:
            return shown
        first = next((name.text for name in self.names if name.lang == lang), "")
        return first or self.name_en or self.name_ar or (self.names[0].text if self.names else self.id)

    @property
    def point(self) -> Point:
        """The position as a (lon, lat) pair."""
        return Point(self.lon, self.lat)

    @property
    def origin(self) -> Origin | None:
        """The origin of the gazetteer that the place is from; None for a place made by code, or a changed copy."""
        return getattr(self, "_origin", None)

    @property
    def pcode(self) -> str | None:
        """OCHA's P-code of the place itself, the first one if OCHA lists it twice; None without a P-code."""
        return next(iter(identifier_values(self.identifiers, "pcode")), None)


_READ_APART: dict[type, tuple[str, ...]] = {Place: ("names", "area"), Name: ()}
"""By class, the attributes that most answers do not use, and that cost more to read than all others together."""

_PUT_MEMBER = {
    of_class: {
        member.name: getattr(of_class, member.name).__set__ for member in fields(of_class) if member.name not in apart
    }
    for of_class, apart in _READ_APART.items()
}
"""By class, what fills the slot of each attribute that is read from a line. Frozen attributes cannot be set."""


def place_of(read: Callable[[str], Any], *, origin: Origin | None = None) -> Place:
    """A place of the gazetteer at `origin`, whose attributes are read when they are used.

    `read("line")` gives the values of its attributes in their order, without the last two; `read("names")` and
    `read("area")` give those.
    """
    place = object.__new__(Place)
    object.__setattr__(place, "_read", read)
    object.__setattr__(place, "_origin", origin)
    return place


def name_of(read: Callable[[str], Any]) -> Name:
    """A name of the gazetteer, whose attributes are read when they are used: `read("line")` gives their values."""
    name = object.__new__(Name)
    object.__setattr__(name, "_read", read)
    return name


def admin_chain(pcode: str) -> tuple[str, ...]:
    """P-codes from governorate down to `pcode`, which OCHA nests by prefix.

    >>> admin_chain("SY030203")
    ('SY03', 'SY0302', 'SY030203')
    >>> admin_chain("SY")
    ()
    """
    return tuple(pcode[:end] for end in (4, 6, 8) if len(pcode) >= end)


def identifier_values(identifiers: Mapping[str, str], scheme: str) -> list[str]:
    """The identifiers of one scheme as a list; empty if there are none.

    >>> identifier_values({"pcode": "C1001", "geonames": "5,7"}, "geonames")
    ['5', '7']
    """
    return list(filter(None, identifiers.get(scheme, "").split(",")))


def identifier_pairs(identifiers: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Pairs (scheme, value) of all identifiers, in the order of the schemes."""
    for scheme in identifiers:
        yield from ((scheme, value) for value in identifier_values(identifiers, scheme))
