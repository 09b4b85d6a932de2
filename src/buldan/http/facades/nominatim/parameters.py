"""Parameters of Nominatim 4, read in the same way: numbers out of range are clamped, unknown words are ignored."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from buldan.describe import Languages
from buldan.errors import QueryError
from buldan.formats import nominatim as wire
from buldan.geometry import Bounds
from buldan.http.schema.params import BLANK
from buldan.http.schema.query import Query, Together
from buldan.kinds import BUILT_GROUPS

__all__ = [
    "LAYERS",
    "LookupQuery",
    "ReverseQuery",
    "SearchQuery",
    "ShownQuery",
    "StatusQuery",
]

Form = Literal["jsonv2", "json", "geojson", "geocodejson", "xml"]

# Both are Nominatim's, and so are the ids and the zoom below.
_MOST, _USUAL = 40, 10
_MOST_IDS = 50  # as at Nominatim
_FINEST_ZOOM = 18  # buildings, in Nominatim's table of zooms

LAYERS = {
    "address": frozenset({"admin", "settlement", "quarter", "camp", "region"}),
    "poi": BUILT_GROUPS,
    "natural": frozenset({"water", "natural"}),
    "railway": frozenset({"transport"}),
    "manmade": frozenset({"facility", "transport"}),
}
"""The groups of kinds on each of Nominatim's layers."""

# They have one geometry per feature, in GeoJSON: there is no member for outlines in other notations.
_COLLECTIONS = frozenset({"geojson", "geocodejson"})
_JSON = frozenset({"json", "jsonv2"}) | _COLLECTIONS

_OUTLINES: Mapping[str, wire.Outline] = {
    "polygon_geojson": "geojson",
    "polygon_text": "text",
    "polygon_svg": "svg",
    "polygon_kml": "kml",
}

# A name of JavaScript of limited length: it is sent back in a script that a browser runs.
_NAME = r"^[A-Za-z_$][A-Za-z0-9_$]{0,99}(\.[A-Za-z_$][A-Za-z0-9_$]{0,99}){0,9}$"
# Buldan's numbers and ids, and OpenStreetMap's ids with their letter.
_EXCLUDED = re.compile(r"\d+|[NWR]\d+|bd[0-9a-z]{8}", re.IGNORECASE)
_SEVERAL_IDS = r"^(([NWR]?[0-9]+|bd[0-9a-z]{8})(,([NWR]?[0-9]+|bd[0-9a-z]{8}))*)?$"


def _parse_flag(value: Any) -> bool:
    """The value of a flag: only "0" is false, as in Nominatim."""
    return bool(value != "0") if isinstance(value, str) else bool(value)


def _parse_layers(value: Any) -> Any:
    layers = [layer.strip() for layer in value.split(",") if layer.strip()]
    if unknown := [layer for layer in layers if layer not in LAYERS]:
        raise ValueError(f"unknown: {', '.join(unknown)}; known: {', '.join(LAYERS)}")
    return frozenset(layers)


def _parse_corners(value: Any) -> Any:
    """A box given by two opposite corners; latitudes beyond the poles are cut off."""
    if not isinstance(value, str) or not value:
        return value or None
    try:
        x1, y1, x2, y2 = (float(number) for number in value.split(","))
    except ValueError:
        raise ValueError("must be four numbers: x1,y1,x2,y2") from None
    if not all(map(math.isfinite, (x1, y1, x2, y2))) or x1 == x2 or y1 == y2:
        raise ValueError("must be two opposite corners of a box: x1,y1,x2,y2")
    # Maps at small scales request boxes beyond the poles, and mean the whole map.
    south, north = sorted(max(-90.0, min(90.0, y)) for y in (y1, y2))
    return Bounds(min(x1, x2), south, max(x1, x2), north)


Flag = Annotated[bool, BeforeValidator(_parse_flag), WithJsonSchema({"type": "string", "examples": ["1"]})]
Finite = Annotated[float, Field(allow_inf_nan=False)]
_LAYER = f"[{BLANK}]*({'|'.join(LAYERS)})?[{BLANK}]*"
"""One of the layers, or none, as `_parse_layers` takes it: with blanks around it."""

Layers = Annotated[
    frozenset[str],
    BeforeValidator(_parse_layers),
    WithJsonSchema({"type": "string", "pattern": f"^{_LAYER}(,{_LAYER})*$"}),
]
Corners = Annotated[
    Bounds | None,
    BeforeValidator(_parse_corners),
    WithJsonSchema({"type": "string", "format": "corners", "examples": ["36,34,37,33"]}),
]
Part = Annotated[str, Field(max_length=300)]
Callback = Annotated[str, Field(json_schema_extra={"format": "javascript-name"})]  # no pattern: XML ignores it


class ShownQuery(Query):
    """How a client wants its answer."""

    lenient: ClassVar[bool] = True
    together: ClassVar[Mapping[str, Together]] = {
        "outline": Together(
            tuple(_OUTLINES), {"maxProperties": 1}, "Add outlines in one notation, for places that have one"
        )
    }

    json_callback: Callback | None = Field(None, description="Function that gets the JSON as its argument (JSONP)")
    extratags: Flag = Field(False, description="Give identifiers and population")
    namedetails: Flag = Field(False, description="Give all names")
    polygon_geojson: Flag = Field(False, description="Add outlines as GeoJSON, for places that have one")
    polygon_text: Flag = Field(False, description="Give outlines as well-known text")
    polygon_svg: Flag = Field(False, description="Give outlines as SVG paths")
    polygon_kml: Flag = Field(False, description="Give outlines as KML")
    polygon_threshold: Finite = Field(
        0.0, description="Simplify outlines: leave out corners within this distance of the line, degrees"
    )
    accept_language: str | None = Field(None, alias="accept-language", description="Languages, preferred first")

    format: Form = "jsonv2"
    addressdetails: Flag = False

    @property
    def callback(self) -> str | None:
        """The name of the function that gets a JSON answer.

        Raises:
            QueryError: it is not a name of a function.
        """
        if not self.json_callback or self.format not in _JSON:
            return None
        if not re.fullmatch(_NAME, self.json_callback):
            raise QueryError("Invalid json_callback value", field="json_callback")
        return self.json_callback

    def options(self, lang: Languages) -> wire.Options:
        """The members to show of each place.

        Raises:
            QueryError: outlines in several notations at once.
        """
        offered = {form for name, form in _OUTLINES.items() if getattr(self, name) and self._can_hold(form)}
        if len(offered) > 1:
            raise QueryError("Too many polygon output options selected.", field="polygon_geojson")
        return wire.Options(
            lang=lang,
            address=self.addressdetails,
            extra=self.extratags,
            names=self.namedetails,
            outline=next(iter(offered), None),
            tolerance=self.polygon_threshold,
        )

    def _can_hold(self, form: str) -> bool:
        return form == "geojson" or self.format not in _COLLECTIONS


# Names may have the quotation marks of a table's cell.
_AROUND = re.compile(r"^[\s\"']+|[\s\"']+$")
_PARTS = ("amenity", "street", "city", "county", "state", "postalcode", "country")
_SAYS_SOMETHING = {
    "anyOf": [{"required": [name], "properties": {name: {"pattern": f"[^{BLANK}\"']"}}} for name in _PARTS]
}


class SearchQuery(ShownQuery):
    """Nominatim's search."""

    together: ClassVar[Mapping[str, Together]] = {
        **ShownQuery.together,
        "wanted": Together(
            ("q", *_PARTS),
            {
                "oneOf": [
                    {"required": ["q"], "properties": {name: {"maxLength": 0} for name in _PARTS}},
                    {"not": {"required": ["q"]}, **_SAYS_SOMETHING},
                ]
            },
            "What to look for: `q`, or parts of an address",
            required=True,
        ),
    }

    format: Form = Field("jsonv2", description="Form of the answer")
    addressdetails: Flag = Field(False, description="Give the address in parts")
    q: Part | None = Field(None, description="What to look for", examples=["al-Hajar al-Aswad"])
    amenity: Part = Field("", description="Name of a facility")
    street: Part = Field("", description="Name of a road or quarter; ignored if it is unknown")
    city: Part = Field("", description="Name of a city, town, village or camp")
    county: Part = Field("", description="Name of a district or sub-district")
    state: Part = Field("", description="Name of a governorate")
    country: Part = Field("", description="Name or code of the country")
    postalcode: Part = Field("", description="Ignored: the gazetteer has no postal codes")
    limit: int = Field(_USUAL, description="Maximum number of places, 1 to 40")
    countrycodes: str = Field("", description="ISO codes, separated by commas; without `sy` nothing is found")
    layer: Layers = Field(frozenset(), description="Layers to keep, after commas")
    featureType: str = Field("", description="`country`, `state`, `city` or `settlement`")  # noqa: N815 - Nominatim's spelling
    exclude_place_ids: Annotated[str, Field(json_schema_extra={"pattern": _SEVERAL_IDS})] = Field(
        "", description="Places to leave out, separated by commas"
    )
    viewbox: Corners = Field(None, description="x1,y1,x2,y2 in degrees; places inside come first")
    viewboxlbrt: Corners = Field(None, description="The same, used if `viewbox` is not given")
    bounded: Flag = Field(False, description="Only places inside the viewbox")
    dedupe: Flag = Field(True, description="Return only one of several places that look the same")

    @property
    def parts(self) -> dict[str, str]:
        """The parts of a structured query, the smallest first, without quotation marks around them."""
        return {name: part for name in _PARTS if (part := _AROUND.sub("", getattr(self, name)))}

    @property
    def text(self) -> str:
        """The text of the query in one line."""
        return self.q if self.q is not None else ", ".join(self.parts.values())

    @property
    def most(self) -> int:
        """Maximum number of places."""
        # Clamped and not refused: clients request 0 or 1,000, and read the places that they get.
        return max(1, min(_MOST, self.limit))

    @property
    def view(self) -> Bounds | None:
        """The box that is preferred, or that limits the results."""
        return self.viewbox or self.viewboxlbrt

    @property
    def codes(self) -> list[str]:
        """The countries that limit the results; values that are not codes of two letters are ignored."""
        given = (code.strip().lower() for code in self.countrycodes.split(","))
        return [code for code in given if re.fullmatch("[a-z]{2}", code)]

    @property
    def excluded(self) -> list[str]:
        """The places to leave out.

        Raises:
            QueryError: a value is neither a number, nor an OpenStreetMap id, nor an id of Buldan.
        """
        given = [part.strip() for part in self.exclude_place_ids.split(",") if part.strip()]
        if bad := next((part for part in given if not _EXCLUDED.fullmatch(part)), None):
            raise QueryError(f"Invalid exclude ID: {bad}", field="exclude_place_ids")
        # Buldan's ids have small letters; OpenStreetMap's may have small or capital letters.
        return [part if part.startswith("bd") else part.upper() for part in given]


class ReverseQuery(ShownQuery):
    """Nominatim's reverse."""

    format: Form = Field("xml", description="Form of the answer")
    addressdetails: Flag = Field(True, description="Give the address in parts")
    lat: Finite = Field(description="Degrees north", examples=[33.46])
    lon: Finite = Field(description="Degrees east", examples=[36.32])
    zoom: int = Field(_FINEST_ZOOM, description="Level of detail: 3 country, 5 governorate … 18 any place")
    layer: Layers = Field(frozenset(), description="Layers to keep, separated by commas; `address,poi` if not given")

    @property
    def level(self) -> int:
        """The zoom, 0 to 18."""
        return max(0, min(_FINEST_ZOOM, self.zoom))


class LookupQuery(ShownQuery):
    """Nominatim's lookup."""

    format: Form = Field("xml", description="Form of the answer")
    addressdetails: Flag = Field(True, description="Give the address in parts")
    osm_ids: str = Field("", description="N, W or R and a number, or our ids and P-codes; separated by commas")

    @property
    def ids(self) -> list[str]:
        """The ids of the query.

        Raises:
            QueryError: more than 50.
        """
        given = [part.strip() for part in self.osm_ids.split(",") if part.strip()]
        # In Nominatim's words, like the messages above: clients compare them.
        if len(given) > _MOST_IDS:
            raise QueryError("Too many object IDs.", field="osm_ids")
        return given


class StatusQuery(Query):
    """Nominatim's status."""

    lenient: ClassVar[bool] = True

    format: Literal["text", "json"] = "text"
