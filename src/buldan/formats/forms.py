"""The formats of a text with its mentions for other tools: names, media types, file endings.

This module imports nothing else of the package, which keeps it quick to import.
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["FORMS", "Form"]


class Form(NamedTuple):
    """A format of a text with its mentions.

    Attributes:
        media_type: its media type over HTTP.
        ending: ending of a file's name.
        counts: whether its offsets can also be in UTF-16 code units; else they are always code points.
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
"""By name: flat records, TEI P5, W3C Web Annotation, Label Studio tasks, KML 2.2, one token per line with IOB2 tags."""
