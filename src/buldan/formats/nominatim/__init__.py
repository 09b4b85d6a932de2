"""Answers in the formats of Nominatim (API of Nominatim 4): json, jsonv2, geojson, geocodejson, xml.

`importance` is Buldan's score. `place_id` is Buldan's id read as a number (base 36), which can be converted back.
Places without an OpenStreetMap id have no `osm_type` and `osm_id`; Buldan's ids are in `extratags`.
"""

from buldan.formats.nominatim.records import (
    UNABLE,
    Format,
    Found,
    Options,
    Outline,
    guess_importance,
    place_number,
    render,
    render_one,
)
from buldan.formats.nominatim.xml import render_error_xml, render_one_xml, render_xml

__all__ = [
    "UNABLE",
    "Format",
    "Found",
    "Options",
    "Outline",
    "guess_importance",
    "place_number",
    "render",
    "render_error_xml",
    "render_one",
    "render_one_xml",
    "render_xml",
]
