"""KML 2.2 (OGC) for Google Earth and similar programs: one placemark per mention, with the data of its flat record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from buldan.formats.geojson.features import DECIMALS
from buldan.formats.mentions import COLUMNS, make_record
from buldan.formats.readings.head import Head
from buldan.formats.readings.xml_text import escape_text, quote_attribute

if TYPE_CHECKING:
    from buldan.geoparse import Mention
    from buldan.model import Geometry

__all__ = ["write_kml"]

_TYPES = {"start": "int", "end": "int", "foreign": "bool"} | dict.fromkeys(
    ("lon", "lat", "radius_km", "confidence"), "double"
)
_AROUND = 60
"""Number of characters of the text before and after a mention that are shown in its description."""


def write_kml(text: str, mentions: Sequence[Mention], head: Head) -> str:
    """A document with one placemark per mention: the point of its place, or the derived area of its relation.

    Places abroad have no point and are left out.
    """
    fields = "".join(f'<SimpleField name="{name}" type="{_TYPES.get(name, "string")}"/>' for name in COLUMNS)
    return "".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n<Document>\n',
            f"<name>{escape_text(' '.join(text.split()[:8]) or 'Text')}</name>\n",
            f"<description>{escape_text(head.credit)}</description>\n",
            f'<Schema name="mention" id="mention">{fields}</Schema>\n',
            *(_write_placemark(text, mention, head) for mention in mentions if mention.place),
            "</Document>\n</kml>\n",
        ]
    )


def _write_placemark(text: str, mention: Mention, head: Head) -> str:
    place, relation = mention.place, mention.relation
    assert place is not None
    start, end = mention.start, mention.end
    words = f"… {text[max(0, start - _AROUND) : end + _AROUND].strip()} …"
    name = f"{place.name(head.lang)} · {relation.words}" if relation else place.name(head.lang)
    where = (
        _write_shape(relation.area) if relation else f"<Point>{_write_coordinates([(place.lon, place.lat)])}</Point>"
    )
    record = make_record(mention)
    data = "".join(
        f'<SimpleData name="{key}">{escape_text(_format_value(value))}</SimpleData>'
        for key, value in record.items()
        if value is not None
    )
    return (
        f"<Placemark id={quote_attribute(f'm{start}-{end}')}><name>{escape_text(name)}</name>"
        f"<description>{escape_text(words)}</description>"
        f'<ExtendedData><SchemaData schemaUrl="#mention">{data}</SchemaData></ExtendedData>{where}</Placemark>\n'
    )


def _format_value(value: object) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)


def _write_shape(geometry: Geometry) -> str:
    if geometry["type"] == "LineString":
        return f"<LineString>{_write_coordinates(geometry['coordinates'])}</LineString>"
    if geometry["type"] == "Polygon":
        return _write_polygon(geometry["coordinates"])
    return f"<MultiGeometry>{''.join(map(_write_polygon, geometry['coordinates']))}</MultiGeometry>"


def _write_polygon(rings: Sequence[Any]) -> str:
    outer, *holes = (f"<LinearRing>{_write_coordinates(ring)}</LinearRing>" for ring in rings)
    inner = "".join(f"<innerBoundaryIs>{hole}</innerBoundaryIs>" for hole in holes)
    return f"<Polygon><outerBoundaryIs>{outer}</outerBoundaryIs>{inner}</Polygon>"


def _write_coordinates(positions: Sequence[Sequence[float]]) -> str:
    pairs = (f"{round(lon, DECIMALS)},{round(lat, DECIMALS)}" for lon, lat, *_ in positions)
    return f"<coordinates>{' '.join(pairs)}</coordinates>"
