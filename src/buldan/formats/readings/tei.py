"""TEI P5 (Text Encoding Initiative): the text with `placeName` around each mention, and a list of places with `geo`.

Paragraphs are separated by blank lines. Without its tags the text is exactly the text that was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from buldan.formats.geojson.features import DECIMALS
from buldan.formats.readings.head import Head
from buldan.formats.readings.spans import Piece, iter_pieces, list_unique_places
from buldan.formats.readings.xml_text import escape_text, quote_attribute
from buldan.model import Place, identifier_pairs

if TYPE_CHECKING:
    from buldan.geoparse import Mention

__all__ = ["write_tei"]

_BLANK_LINES = re.compile(r"(?:\r\n|\r|\n)[^\S\r\n]*(?:(?:\r\n|\r|\n)[^\S\r\n]*)+")
_XML_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_LINE_END = re.compile(r"(?=\r\n|(?<!\r)\n|\r(?!\n))")


def write_tei(text: str, mentions: Sequence[Mention], head: Head) -> str:
    """A TEI document: header, places (`standOff`), text.

    `ref` refers to the place in the same file, whose `idno`s are its URI and identifiers; `cert` is the confidence. If
    the text describes an area relative to the place, `corresp` refers to it. Places abroad have `type="foreign"`.
    """
    title = " ".join(text.split()[:8]) or "Text"
    return "".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>\n<TEI xmlns="http://www.tei-c.org/ns/1.0">\n',
            f"<teiHeader><fileDesc><titleStmt><title>{escape_text(title)}</title></titleStmt>\n",
            f"<publicationStmt><p>{escape_text(head.credit)}</p></publicationStmt>\n",
            "<sourceDesc><p>Places were found by machine and may be wrong; cert is the probability that one is "
            "right. geo is latitude, then longitude (WGS 84).</p></sourceDesc></fileDesc></teiHeader>\n",
            *_iter_stand_off(mentions, head),
            "<text><body>\n",
            *(f"<p>{''.join(map(_write_piece, pieces))}</p>" for pieces in _iter_paragraphs(text, mentions)),
            "\n</body></text>\n</TEI>\n",
        ]
    )


def _iter_paragraphs(text: str, mentions: Sequence[Mention]) -> Iterator[list[Piece]]:
    """The pieces of each paragraph. Blank lines end a paragraph, except inside a mention, and are a part of it."""
    paragraph: list[Piece] = []
    for piece in iter_pieces(text, mentions):
        if piece.mention is not None:
            paragraph.append(piece)
            continue
        copied = 0
        for blank in _BLANK_LINES.finditer(piece.text):
            yield [*paragraph, Piece(piece.text[copied : blank.end()])]
            paragraph, copied = [], blank.end()
        paragraph.append(Piece(piece.text[copied:]))
    if any(piece.text for piece in paragraph):
        yield paragraph


def _write_piece(piece: Piece) -> str:
    written = "<lb/>".join(map(escape_text, _LINE_END.split(piece.text)))
    mention = piece.mention
    if mention is None:
        return written
    place = mention.place
    attributes = f" ref={quote_attribute(f'#{_make_xml_id(place)}')}" if place else ' type="foreign"'
    if mention.relation:
        attributes += f" corresp={quote_attribute(f'#{_make_relation_id(mention)}')}"
    return f'<placeName{attributes} cert="{mention.confidence:.4f}">{written}</placeName>'


def _iter_stand_off(mentions: Sequence[Mention], head: Head) -> Iterator[str]:
    places = [_place(place, head) for place in list_unique_places(mentions)]
    related = [_write_relation(mention) for mention in mentions]
    if places:
        yield f"<standOff><listPlace>\n{''.join([*places, *related])}</listPlace></standOff>\n"


def _place(place: Place, head: Head) -> str:
    names = {lang: name for lang, name in (("en", place.name_en), ("ar", place.name_ar)) if name}
    written = "".join(f'<placeName xml:lang="{lang}">{escape_text(name)}</placeName>' for lang, name in names.items())
    ids = [("URI", head.uri(place)), *identifier_pairs(place.identifiers)]
    numbers = "".join(f"<idno type={quote_attribute(scheme)}>{escape_text(value)}</idno>" for scheme, value in ids)
    return (
        f'<place xml:id="{_make_xml_id(place)}" type={quote_attribute(place.kind)}>{written or _choose_name(place)}'
        f"{_write_location(place.lon, place.lat, place.radius_km)}{numbers}</place>\n"
    )


def _make_xml_id(place: Place) -> str:
    """The id in a form that XML allows; ids of an overlay may be any text and are then encoded."""
    return place.id if _XML_ID.fullmatch(place.id) else f"place-{place.id.encode().hex()}"


def _choose_name(place: Place) -> str:
    return f"<placeName>{escape_text(place.name())}</placeName>"


def _write_relation(mention: Mention) -> str:
    """The derived area of a mention as a place of its own; empty if the mention has no relation."""
    relation = mention.relation
    if relation is None:
        return ""
    anchors = " ".join(f"#{_make_xml_id(anchor)}" for anchor in relation.anchors)
    return (
        f'<place xml:id="{_make_relation_id(mention)}" type="derived" subtype={quote_attribute(relation.kind)}>'
        f"<placeName corresp={quote_attribute(anchors)}>{escape_text(relation.words)}</placeName>"
        f"{_write_location(relation.lon, relation.lat, relation.radius_km)}</place>\n"
    )


def _make_relation_id(mention: Mention) -> str:
    return f"relation-{mention.start}-{mention.end}"


def _write_location(lon: float, lat: float, radius_km: float) -> str:
    return (
        f"<location><geo>{round(lat, DECIMALS)} {round(lon, DECIMALS)}</geo>"
        f'<measure type="radius" quantity="{radius_km:g}" unit="km"/></location>'
    )
