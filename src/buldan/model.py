"""What the gazetteer holds: places, their names, and where each fact comes from.

Frozen values without behaviour beyond looking at themselves. Nothing here reads a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
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
    "place_of",
]

LONGEST_NAME = 300
"""Characters of a name, in the gazetteer and in a question."""

NameKind = Literal["official", "attested", "abbreviation", "exonym", "former", "historical", "variant", "local"]
NAME_KINDS: tuple[NameKind, ...] = get_args(NameKind)
"""The uses of a name, the surest first: who bears a form by an earlier one is meant before who bears it by a later.

official: what a state or OCHA list calls the place today · attested: the main name in GeoNames, where no such
list says it · abbreviation: T4, USC · exonym: a name in another language than the country's · former: an official
name that was replaced · historical: an ancient or earlier name · variant: another spelling or informal name · local:
what a thing is called where its town is told or known, as National Hospital; no text is searched for it."""

MAIN_NAMES: frozenset[NameKind] = frozenset({"official", "attested"})
"""Uses by which a form is the place's own name today."""

PAST_NAMES: frozenset[NameKind] = frozenset({"former", "historical"})
"""Uses by which a form was the place's name."""

Position = Literal["surveyed", "outline", "settlement", "described", "estimated"]
POSITIONS: tuple[Position, ...] = get_args(Position)
"""How the point of a place is known.

surveyed: a published point of the thing itself · outline: it lies inside its published outline · settlement: only the
point of its town or village is known · described: from a distance or direction that a source states · estimated: from
general knowledge."""

Geometry: TypeAlias = Mapping[str, Any]
"""A GeoJSON geometry object (RFC 7946): lon, lat in degrees."""


@dataclass(frozen=True, slots=True)
class Name:
    """One written form of a place's name.

    Attributes:
        text: the form, NFC.
        lang: BCP 47 primary tag (`ar`, `en`, `fr`, `ku`, `tr`, `syc`, `hy` …), `und` where unknown.
        script: ISO 15924 code (`Arab`, `Latn`, `Syrc` …).
        kind: one of `NAME_KINDS`.
        sources: keys of the sources that attest it.
        start, end: year or date (ISO 8601) from which and until which the place bears it; empty where unknown.
    """

    text: str
    lang: str
    script: str
    kind: NameKind = "variant"
    sources: tuple[str, ...] = ()
    start: str = ""
    end: str = ""


class AdminUnit(NamedTuple):
    """One step of the admin chain: level (0 country … 3 sub-district), P-code, names."""

    level: int
    pcode: str
    name_en: str
    name_ar: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where facts come from, on what terms, and how much of the gazetteer rests on it.

    Attributes:
        key: what places and names call it by.
        title, publisher: of the data set.
        licence, licence_url: SPDX id where there is one, and where its text is.
        url: where the data set is published.
        date: of the edition that was read (ISO 8601, as exact as the publisher says).
        attribution: what its publisher wants to be called.
        places, names: how many places rest on it, and how many names it attests.
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
    """Where a gazetteer was opened: enough to open the same one again, in another process, too.

    Attributes:
        path: folder of the gazetteer, None for the one that came with the package.
        version: of the data; with an overlay it ends in a digest of it.
        overlay: file of one's own places, or a GeoJSON FeatureCollection.
    """

    path: Path | None
    version: str
    overlay: Path | Mapping[str, Any] | None = field(default=None, compare=False)
    """Not compared: the version tells overlays apart, and a mapping has no hash."""


_READ_LATER = ("names", "area")
"""Members of a place that most answers never look at: they cost more to read than all the others."""


class _ReadLater:
    """Base of a value whose members may be read when they are first asked for: until then their slots are empty.

    A dataclass copies, pickles and compares what its members give, so that the empty slots are filled on the way and
    what arrives elsewhere is whole.
    """

    __slots__ = ("_origin", "_read")

    _origin: Origin | None
    _read: Callable[[str], Any]

    if not TYPE_CHECKING:  # type checkers would take it for a promise of every attribute there may be

        def __getattr__(self, member: str) -> Any:
            """Called for an empty slot alone."""
            if member not in _READ_LATER:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {member!r}")
            return self._read(member)


@dataclass(frozen=True, slots=True)
class Place(_ReadLater):
    """One thing on the earth with an id.

    Attributes:
        id: Buldan's own id (`bd` and eight letters or digits), kept for ever.
        kind: a key of `buldan.kinds`.
        name_en, name_ar: the names to show; empty where no source gives one.
        lon, lat: degrees, WGS 84.
        radius_km: how large the place is, or how unsure the point, whichever is more.
        admin_pcode: P-code of the smallest admin unit that holds the place (`SY030203`; `SY` for a river).
        admin: the units from governorate down to that one.
        part_of: id of the place that this one is a part of (a neighbourhood's city), or empty.
        population: inhabitants, None where unknown.
        identifiers: by scheme: `pcode`, `geonames`, `wikidata`, `whosonfirst`, `pleiades`, `icao` …; several of
            one scheme are separated by commas (`identifier_values`).
        sources: keys of the sources that the record rests on.
        position: how the point is known, one of `POSITIONS`.
        names: every name, those to show first.
        area: the outline as a GeoJSON geometry, None where only the point is known.
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
    """An SVG map of where a place is, for notebooks; the door gives it, since a place knows nothing of the land."""

    # In place of what a dataclass would make: the origin travels with the members, and is none of them, so that a place
    # taken apart (`asdict`) says what it is and not where its gazetteer lay.
    def __getstate__(self) -> tuple[Any, ...]:
        return (self.origin, *(getattr(self, member.name) for member in fields(self)))

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        origin, *values = state
        object.__setattr__(self, "_origin", origin)
        for member, value in zip(fields(self), values, strict=True):
            object.__setattr__(self, member.name, value)

    def __hash__(self) -> int:
        """By id: places that compare equal share it, and mappings such as `identifiers` have no hash."""
        return hash(self.id)

    def _repr_html_(self) -> str:
        """A small table, as notebooks show it, under a map where it came from a gazetteer."""
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
        """The name to show in `lang`: the shown Arabic or English one, else the first of that language,
        else whatever there is; never empty.
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
        """Where the gazetteer that it was read from was opened; None for a place made by hand, or a changed copy."""
        return getattr(self, "_origin", None)

    @property
    def pcode(self) -> str | None:
        """OCHA's P-code of the place itself, the first where OCHA lists it twice, None where it has none."""
        return next(iter(identifier_values(self.identifiers, "pcode")), None)


_PUT_MEMBER = tuple(getattr(Place, member.name).__set__ for member in fields(Place) if member.name not in _READ_LATER)


def place_of(values: Iterable[Any], read: Callable[[str], Any], *, origin: Origin | None = None) -> Place:
    """The place of some values, one a member in their order, of the gazetteer opened at `origin`; its `names` and
    `area` are what `read` gives for these words when they are asked for.
    """
    # Slot by slot: each answer makes places, and what a frozen dataclass does to its own takes four times as long.
    place = object.__new__(Place)
    for put, value in zip(_PUT_MEMBER, values, strict=True):
        put(place, value)
    object.__setattr__(place, "_read", read)
    object.__setattr__(place, "_origin", origin)
    return place


def admin_chain(pcode: str) -> tuple[str, ...]:
    """P-codes from governorate down to `pcode`, which OCHA nests by prefix.

    >>> admin_chain("SY030203")
    ('SY03', 'SY0302', 'SY030203')
    >>> admin_chain("SY")
    ()
    """
    return tuple(pcode[:end] for end in (4, 6, 8) if len(pcode) >= end)


def identifier_values(identifiers: Mapping[str, str], scheme: str) -> list[str]:
    """The values of one scheme, none where there is none.

    >>> identifier_values({"pcode": "C1001", "geonames": "5,7"}, "geonames")
    ['5', '7']
    """
    return list(filter(None, identifiers.get(scheme, "").split(",")))


def identifier_pairs(identifiers: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(scheme, value) of every identifier, in the order of the schemes."""
    for scheme in identifiers:
        yield from ((scheme, value) for value in identifier_values(identifiers, scheme))
