"""Queries of GeoNames' services: their parameters, and the places that answer them."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from buldan.describe import COUNTRY_CODE, lies_in
from buldan.formats.geonames import Found, Style, get_feature
from buldan.gazetteer import Gazetteer
from buldan.geometry import Bounds, Point, distance_km
from buldan.http.facades.asking import find_matches
from buldan.http.schema.params import BLANK
from buldan.http.schema.query import Query, Together
from buldan.kinds import kinds
from buldan.lookup import MOST_MATCHES
from buldan.lookup.checks import looks_swapped
from buldan.model import Place
from buldan.text import fold, split_words

__all__ = [
    "GetQuery",
    "NearbyPlaceNameQuery",
    "NearbyQuery",
    "PointQuery",
    "SearchQuery",
    "find_around",
    "is_in_syria",
    "place_of_id",
    "search_places",
]

_MOST_ROWS = 1000  # as at GeoNames
_LAST_ROW = 5000
"""Maximum rows and offsets of GeoNames' free service."""

_REACH_KM = 25.0
"""Maximum distance of the nearest place if no radius is given."""

_MOST_CONTAINING = 20
"""More than the number of outlines around any point: these places come first, even if their own points are farther."""

FeatureClass = Literal["A", "H", "L", "P", "R", "S", "T", "U", "V"]
Part = Annotated[str, Field(max_length=300)]
Degrees = Annotated[float, Field(allow_inf_nan=False)]
Latitude = Annotated[Degrees, Field(ge=-90, le=90, description="Degrees north", examples=[33.46])]
Longitude = Annotated[Degrees, Field(ge=-180, le=180, description="Degrees east", examples=[36.32])]
Country = Annotated[str, Field(pattern="^[A-Za-z]{2}$")]


class AskedQuery(Query):
    """What all questions share."""

    lenient: ClassVar[bool] = True

    username: str = Field("", description="Ignored: no user name is needed")
    lang: str = Field("en", description="Language of names; `local` is Arabic")
    style: Style = Field("MEDIUM", description="Amount of detail for each place")

    @property
    def language(self) -> str:
        """The language to show names in."""
        return "ar" if self.lang == "local" else self.lang


class FeaturesQuery(AskedQuery):
    """What keeps to some features."""

    repeatable: ClassVar[frozenset[str]] = frozenset({"featureClass", "featureCode", "country"})

    featureClass: list[FeatureClass] = Field(default_factory=list, description="Classes to keep, repeated")  # noqa: N815 - GeoNames' spelling
    featureCode: list[str] = Field(  # noqa: N815
        default_factory=list, description="Codes to keep, such as PPL or ADM1, repeated"
    )

    @property
    def kinds(self) -> frozenset[str] | None:
        """Our kinds that classes and codes let through; None for all."""
        if not (self.featureClass or self.featureCode):
            return None
        features = {kind: get_feature(kind) for kind in kinds()}
        return frozenset(
            kind
            for kind, feature in features.items()
            if (not self.featureClass or feature.fclass in self.featureClass)
            and (not self.featureCode or feature.fcode in self.featureCode)
        )


# In GeoNames' words; the first that is given is the question.
_NAMES = ("q", "name", "name_equals", "name_startsWith")
_SIDES = ("west", "east", "north", "south")


class SearchQuery(FeaturesQuery):
    """`searchJSON`."""

    together: ClassVar[dict[str, Together]] = {
        "text": Together(
            _NAMES,
            {"anyOf": [{"required": [name], "properties": {name: {"pattern": f"[^{BLANK}]"}}} for name in _NAMES]},
            "Text to search for, in one of these parameters",
            required=True,
        ),
        "box": Together(
            _SIDES,
            {"dependentRequired": {side: [*_SIDES] for side in _SIDES}},
            "Only places in this box, in degrees; all sides or none",
        ),
    }

    q: Part | None = Field(None, description="Name; units that contain the place may follow", examples=["Nawa, Daraa"])
    name: Part | None = Field(None, description="Name alone")
    name_equals: Part | None = Field(None, description="Exact name; case, diacritics and the article are ignored")
    name_startsWith: Part | None = Field(None, description="Beginning of the name")  # noqa: N815
    maxRows: int = Field(100, ge=0, le=_MOST_ROWS, description="Maximum number of places")  # noqa: N815
    startRow: int = Field(0, ge=0, le=_LAST_ROW, description="Number of places to skip")  # noqa: N815
    country: list[Country] = Field(default_factory=list, description="ISO codes; without SY nothing is found")
    countryBias: str = Field("", description="Ignored: all places are in Syria")  # noqa: N815
    adminCode1: str = Field("", description="P-code of the governorate")  # noqa: N815
    adminCode2: str = Field("", description="P-code of the district")  # noqa: N815
    adminCode3: str = Field("", description="P-code of the sub-district")  # noqa: N815
    west: Degrees | None = Field(None, ge=-180, le=180, description="West side of a box; needs east, north and south")
    east: Degrees | None = Field(None, ge=-180, le=180, description="Box to keep to")
    north: Degrees | None = Field(None, ge=-90, le=90, description="Box to keep to")
    south: Degrees | None = Field(None, ge=-90, le=90, description="Box to keep to")

    @model_validator(mode="after")
    def _says_something(self) -> SearchQuery:
        if not self.text and not (self.name_startsWith or "").strip():
            raise ValueError("one of q, name, name_equals, name_startsWith is needed")
        return self

    @model_validator(mode="after")
    def _whole_box(self) -> SearchQuery:
        if len({self.west is None, self.east is None, self.north is None, self.south is None}) > 1:
            raise ValueError("west, east, north and south must be given together")
        return self

    @property
    def text(self) -> str:
        """What to look for: the first that is not blank; empty where only a beginning is given."""
        return next((text for text in (self.q, self.name, self.name_equals) if text and text.strip()), "")

    @property
    def box(self) -> Bounds | None:
        """The box to keep to."""
        if self.west is None or self.south is None or self.east is None or self.north is None:
            return None
        # North and south may be in either order: the box is between them.
        return Bounds(self.west, min(self.south, self.north), self.east, max(self.south, self.north))

    @property
    def units(self) -> frozenset[str]:
        """P-codes of the units that must contain the place."""
        return frozenset(filter(None, (self.adminCode1, self.adminCode2, self.adminCode3)))


class PointQuery(AskedQuery):
    """`timezoneJSON`, and what questions for what is near share."""

    lat: Latitude
    lng: Longitude


class NearbyPlaceNameQuery(PointQuery):
    """`findNearbyPlaceNameJSON`: settlements and quarters."""

    radius: Degrees = Field(_REACH_KM, gt=0, le=300, description="km")
    maxRows: int = Field(1, ge=0, le=MOST_MATCHES, description="Maximum number of places")  # noqa: N815

    @property
    def kinds(self) -> frozenset[str] | None:
        """Our kinds of settlement."""
        return frozenset(kind for kind in kinds() if get_feature(kind).fclass == "P")


class NearbyQuery(FeaturesQuery, PointQuery):
    """`findNearbyJSON`: anything that lies at a point."""

    radius: Degrees = Field(_REACH_KM, gt=0, le=300, description="km")
    maxRows: int = Field(1, ge=0, le=MOST_MATCHES, description="Maximum number of places")  # noqa: N815


class GetQuery(AskedQuery):
    """`getJSON`."""

    style: Style = Field("FULL", description="Amount of detail")
    geonameId: str = Field(  # noqa: N815
        min_length=1, max_length=100, description="GeoNames' id, ours, or a P-code", examples=["C2302"]
    )


def search_places(gaz: Gazetteer, asked: SearchQuery, *, least_score: float) -> list[Found]:
    """All places that a name means, best first; the client gets one page of them."""
    if asked.country and COUNTRY_CODE not in {code.lower() for code in asked.country}:
        return []
    if asked.text:
        matches = find_matches(gaz, asked.text, least_score=least_score, kinds=asked.kinds)
        found = [Found(match.place, score=match.score) for match in matches]
        if asked.name_equals and asked.name_equals.strip():
            found = [each for each in found if _bears(each.place, asked.name_equals)]
    else:
        begun = gaz.suggest(asked.name_startsWith or "", limit=MOST_MATCHES)
        # A place with several names of this beginning is one answer, at its best position.
        found = [Found(each.place) for each in {each.place.id: each for each in begun}.values()]
    return [each for each in found if _is_kept(each.place, asked)]


def find_around(gaz: Gazetteer, asked: NearbyQuery | NearbyPlaceNameQuery) -> list[Found]:
    """Places around a point by the distance of their own points, nearest first, without regard to their outlines.

    The units that contain the point are included only if the query has their class.
    """
    wanted = asked.kinds
    if wanted is None:
        # GeoNames gives features at the point; units contain them, and would be first in each answer.
        wanted = frozenset(kind for kind in kinds() if get_feature(kind).fclass != "A")
    at = Point(asked.lng, asked.lat)
    # The parameters name lat and lon: a point that looks swapped to a lookup is really in Turkey.
    if not wanted or not asked.maxRows or looks_swapped(at):
        return []
    nearby = gaz.reverse(
        lon=at.lon,
        lat=at.lat,
        kinds=wanted,
        radius_km=asked.radius,
        # Our order is by outlines, GeoNames' by points: more places are requested to include the nearest ones.
        limit=min(asked.maxRows + _MOST_CONTAINING, MOST_MATCHES),
    )
    found = [Found(each.place, distance_km=distance_km(at, each.place.point)) for each in nearby]
    found = [each for each in found if each.place.kind in wanted]
    return sorted(found, key=lambda each: each.distance_km or 0.0)[: asked.maxRows]


def place_of_id(gaz: Gazetteer, asked: str) -> Place:
    """The place with GeoNames' number, or with an id of the gazetteer.

    Raises:
        PlaceNotFound: no place has it.
    """
    # For its clients a number is always GeoNames' own id, although other sources have numbers, too.
    return gaz.place(f"geonames:{asked}" if asked.isdigit() else asked)


def is_in_syria(gaz: Gazetteer, asked: PointQuery) -> bool:
    """Whether a unit of Syria contains the point."""
    if looks_swapped((asked.lng, asked.lat)):
        return False
    # One is enough: every unit that contains the point is in Syria.
    containing = gaz.reverse(lon=asked.lng, lat=asked.lat, kinds=["admin"], limit=1)
    return any(found.distance_km == 0 for found in containing)


def _bears(place: Place, name: str) -> bool:
    """Whether a name of the place is the same as this one after folding."""
    words = split_words(fold(name))
    # Words, not letters: Tell Abyad is not Tella Byad.
    return any(split_words(fold(each.text)) == words for each in place.names)


def _is_kept(place: Place, asked: SearchQuery) -> bool:
    held = {unit.pcode for unit in place.admin} | {place.pcode or ""}
    within = asked.box is None or lies_in(place, asked.box)
    return within and asked.units <= held and (asked.kinds is None or place.kind in asked.kinds)
