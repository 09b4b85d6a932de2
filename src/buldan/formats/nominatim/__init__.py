"""Answers as Nominatim gives them (API of Nominatim 4): json, jsonv2, geojson, geocodejson, xml.

`importance` carries our score. `place_id` is our id read as a number (base 36), so it can be turned back.
Places without an OpenStreetMap id have no `osm_type` and `osm_id`; our own ids are in `extratags`.
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
