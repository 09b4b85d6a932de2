"""Read marked documents in several formats, for learning and evaluating the geoparser.

JSON lines with `mentions` (Buldan's own format) or `toponyms` (a span and a point, as in corpora of news),
exports of Label Studio (`.json`), tab-separated texts with marks (`benchmarks/texts`), and the XML of the LGL and
TR-News corpora (Lieberman et al. 2010, Kamalloo and Rafiei 2018).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from buldan.errors import QueryError, SourceError
from buldan.formats.readings import read_label_studio
from buldan.geoparse.annotated import AnnotatedText, GoldMention, parse_annotated, parse_marked
from buldan.geoparse.names.cues import encode_roles, load_cues
from buldan.index import Index
from buldan.outlines import edges_of, encloses
from buldan.rules import read_table
from buldan.text import fold

__all__ = ["read_documents"]

_TOLERANCE_KM = {"country": 300.0, "governorate": 80.0, "river": 200.0, "lake": 40.0, "region": 40.0, "mountain": 40.0}
_TOWN_KM = 8.0
"""Maximum distance in kilometres of a right answer from the marked place, if the mark has no point, by kind."""


def read_documents(path: Path, index: Index | None = None) -> list[AnnotatedText]:
    """The marked documents of a file; `index` gives the outline of Syria and the points of places marked by id.

    Raises:
        SourceError: a line or the file is not a marked document; with file and line.
    """
    if path.suffix == ".xml":
        return list(_read_xml(path, _make_inside(index)))
    if path.suffix == ".json":
        return _read_export(path, index)
    lines = path.read_text("utf-8").split("\n")  # not splitlines: a text may contain U+2028
    parse = _parse_tabs(lines.pop(0) if lines else "", index) if path.suffix == ".tsv" else _parse_json(index)
    documents = []
    for number, line in enumerate(lines, start=1 + (path.suffix == ".tsv")):
        if line.strip():
            try:
                documents.append(parse(line, number))
            except json.JSONDecodeError as error:
                raise SourceError(f"not JSON lines: {error.msg}", path=path, line=number) from error
            except (ValueError, KeyError) as error:
                raise SourceError(str(error), path=path, line=number) from error
    return documents


def _read_export(path: Path, index: Index | None) -> list[AnnotatedText]:
    try:
        documents = read_label_studio(path.read_text("utf-8"))
        return [replace(each, gold=tuple(_locate_gold(gold, index) for gold in each.gold)) for each in documents]
    except (QueryError, ValueError) as error:
        raise SourceError(str(error), path=path) from error


_Parse = Callable[[str, int], AnnotatedText]
_Inside = Callable[[float, float], bool]


def _parse_json(index: Index | None) -> _Parse:
    inside = _make_inside(index)

    def parse(line: str, _: int) -> AnnotatedText:
        record = json.loads(line)
        if not isinstance(record, dict) or "mentions" in record or "toponyms" not in record:
            unmarked = isinstance(record, dict) and "mentions" not in record and {"doc", "text"} <= record.keys()
            return (
                AnnotatedText(record["doc"], record.get("lang", ""), record["text"], ())
                if unmarked
                else parse_annotated(line)
            )
        return _annotate_toponyms(str(record["doc"]), record["text"], record["toponyms"], inside)

    return parse


def _annotate_toponyms(doc: str, text: str, toponyms: list[dict[str, Any]], inside: _Inside) -> AnnotatedText:
    """A document whose toponyms are spans and points; those without a point are not counted."""
    gold = []
    for toponym in sorted(toponyms, key=lambda toponym: int(toponym["start"])):
        start, end = int(toponym["start"]), int(toponym["end"])
        if toponym.get("lat") in (None, "") or toponym.get("lon") in (None, ""):
            gold.append(GoldMention(start, end, "embedded"))
            continue
        lat, lon = float(toponym["lat"]), float(toponym["lon"])
        flag = "syria" if inside(lon, lat) else "foreign"
        if _is_people(text[start:end]):
            flag = "embedded"
        gold.append(GoldMention(start, end, flag, "toponym", lon, lat, _NEWS_TOLERANCE_KM))
    return AnnotatedText(doc, "en", text, tuple(gold))


def _is_people(surface: str) -> bool:
    """Whether a marked name is not a place for Buldan: a people, or a region around Syria whose point lies in Syria."""
    form = fold(surface)
    return bool(load_cues().get_roles(form) & _PEOPLES) or form in _read_wider_regions()


@cache
def _read_wider_regions() -> frozenset[str]:
    """Names of regions around Syria, folded."""
    return frozenset(fold(form) for form, _ in read_table("evaluate/wider_regions"))


_PEOPLES = encode_roles("people of", "of syria", "demonym abroad")

_NEWS_TOLERANCE_KM = 161.0
"""A hundred miles, the usual tolerance for such corpora; the point of a country may be anywhere in it."""


def _make_inside(index: Index | None) -> _Inside:
    """A test whether a (lon, lat) point is in the gazetteer's outline of Syria; always false without an outline."""
    country = index.find_id("SY") if index is not None else None
    area = country.area if country else None
    if area is None:
        return lambda *_: False
    edges = edges_of(area)
    return lambda lon, lat: encloses(edges, (lon, lat))


def _parse_tabs(header: str, index: Index | None) -> _Parse:
    columns = header.split("\t")

    def parse(line: str, number: int) -> AnnotatedText:
        cells = dict(zip(columns, line.split("\t"), strict=True))
        text = cells["text"].replace("\\n", "\n")
        document = parse_marked(f"{cells['kind']}:{number}", cells["lang"], text)
        return replace(document, gold=tuple(_locate_gold(gold, index) for gold in document.gold))

    return parse


def _locate_gold(gold: GoldMention, index: Index | None) -> GoldMention:
    """A mark with the kind, point and tolerance of its place; unchanged if it has no id of a place."""
    if not gold.id or index is None:
        return gold
    row = index.find_row(gold.id)
    if row is None:
        raise ValueError(f"no place {gold.id} in the gazetteer")
    kind = index.kind_ids[int(index.kind[row])]
    lon, lat = float(index.lon[row]), float(index.lat[row])
    return replace(gold, kind=kind, lon=lon, lat=lat, tol_km=_TOLERANCE_KM.get(kind, _TOWN_KM))


def _read_xml(path: Path, inside: _Inside) -> Iterator[AnnotatedText]:
    try:
        root = ElementTree.parse(path).getroot()
    except ElementTree.ParseError as error:
        raise SourceError(f"not the XML of marked articles: {error}", path=path, line=error.position[0]) from error
    for article in root.iter("article"):
        toponyms = [
            {
                child.tag: (child.text or "").strip()
                for element in [toponym, *toponym.iter("gaztag")]
                for child in element
            }
            for toponym in article.iter("toponym")
        ]
        yield _annotate_toponyms(article.get("docid", ""), article.findtext("text") or "", toponyms, inside)
