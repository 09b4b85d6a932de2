"""The forms in which a reading can be written for other tools: names, media types, endings. No more is imported."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["FORMS", "Form"]


class Form(NamedTuple):
    """A form of readings.

    Attributes:
        media_type: what it is called over HTTP.
        ending: of a file's name.
        counts: whether the offsets in it may be counted in UTF-16 units, too; else they are code points.
    """

    media_type: str
    ending: str
    counts: bool = False


FORMS: dict[str, Form] = {
    "jsonl": Form("application/x-ndjson", ".jsonl", counts=True),
    "csv": Form("text/csv", ".csv", counts=True),
    "tei": Form("application/tei+xml", ".tei.xml"),
    "web-annotation": Form('application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"', ".anno.jsonld"),
    "label-studio": Form("application/json", ".label-studio.json"),
    "kml": Form("application/vnd.google-earth.kml+xml", ".kml"),
    "iob": Form("text/tab-separated-values", ".iob.tsv"),
}
"""By name: flat records, TEI P5, W3C Web Annotation, tasks of Label Studio, KML 2.2, a token a line with IOB2 tags."""
