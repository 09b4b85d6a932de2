"""A text with its places highlighted, next to a map: one HTML page that loads nothing from elsewhere.

All text of the input and of the gazetteer is escaped.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING

from buldan.formats.svg_map import MAP_STYLE, Area, Dot, class_certainty, draw_map
from buldan.kinds import kinds
from buldan.text import is_mostly_arabic, script_of

if TYPE_CHECKING:
    from buldan.geoparse import Mention
    from buldan.geoparse.results import Relation
    from buldan.model import Place
    from buldan.store import Manifest

__all__ = ["STYLE_SHA256", "describe_relation", "draw_mentions", "write_mentions_page"]

_STYLE = (
    """
:root { color-scheme: light dark; --ink: #1d2433; --paper: #fbfaf7; --soft: #5a5f63;
  --sure: #14705a; --likely: #a86008; --doubtful: #b03a2e; --sure-bg: #dcefe8; --likely-bg: #fbecd0;
  --doubtful-bg: #fae1dc }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8e4da; --paper: #16181d; --soft: #aeb3b5; --sure: #58c9a3; --likely: #eab054;
    --doubtful: #f08d7d; --sure-bg: #173a30; --likely-bg: #42310f; --doubtful-bg: #47211b }
}
body { margin: 0; color: var(--ink); background: var(--paper);
  font: 1.05rem/1.9 system-ui, "Noto Sans Arabic", sans-serif }
main { display: grid; grid-template-columns: minmax(0, 3fr) minmax(16rem, 2fr); gap: 1.5rem; max-width: 80rem;
  margin: auto; padding: 1.5rem }
@media (max-width: 50rem) { main { grid-template-columns: 1fr } }
article { white-space: pre-wrap; overflow-wrap: anywhere }
mark { color: inherit; border-radius: .25em .25em 0 0; padding: 0 .15em }
.sure { background: var(--sure-bg); border-bottom: 2px solid var(--sure) }
.likely { background: var(--likely-bg); border-bottom: 2px dashed var(--likely) }
.doubtful { background: var(--doubtful-bg); border-bottom: 2px dotted var(--doubtful) }
mark.foreign { background: none; border-bottom: 1px dotted }
mark:target { outline: 2px solid currentcolor }
aside { position: sticky; top: 1rem; align-self: start }
aside ul { padding-inline-start: 1.2rem; font-size: .9rem; line-height: 1.6 }
small, .key, footer { color: var(--soft) } .key { font-size: .85rem }
.key span { margin-inline-end: 1rem; padding: 0 .3rem }
a { color: inherit } footer { font-size: .8rem }
@media print { main { display: block } aside { position: static; break-before: page } .bm { max-height: none } }
"""
    + MAP_STYLE
)

STYLE_SHA256 = b64encode(sha256(_STYLE.encode()).digest()).decode()
"""Hash of the page's only style sheet, for a Content-Security-Policy that allows no other."""

_WORDS = {
    "en": {
        "sure": "sure (80% and more)",
        "likely": "likely (50% and more)",
        "doubtful": "doubtful",
        "map": "Map of the places",
        "abroad": "outside Syria",
        "km": "within about {} km",
        "note": "Percentages: how likely it is that a mention is that place.",
    },
    "ar": {
        "sure": "مؤكد (80% فأكثر)",
        "likely": "مرجّح (50% فأكثر)",
        "doubtful": "مشكوك فيه",
        "map": "خريطة الأماكن",
        "abroad": "خارج سورية",
        "km": "ضمن نحو {} كم",
        "note": "النسبة المئوية: احتمال أن يكون الذكر هو ذلك المكان.",
    },
}


def write_mentions_page(
    text: str,
    mentions: Sequence[Mention],
    manifest: Manifest,
    *,
    title: str = "",
    ground: Iterable[Place] = (),
    lang: str | None = None,
) -> str:
    """An HTML page: the text with its mentions marked, a map of their places, and the attribution of the data.

    Args:
        text: the text that was read; offsets of the mentions are code points in it.
        mentions: in the order of the text; one that begins inside another is not marked.
        manifest: manifest of the gazetteer.
        title: title of the page; the first words of the text if empty.
        ground: places of the map's background: country, governorates, waters, cities.
        lang: language of names and words, `ar` or `en`; the language of the text if not given.
    """
    heading = escape(title or " ".join(text.split()[:8]) or "Buldan")
    lang = lang or _guess_language(text)
    words = _WORDS[lang]
    key = "".join(f'<span class="{step}">{words[step]}</span>' for step in ("sure", "likely", "doubtful"))
    return (
        f'<!doctype html>\n<html lang="{lang}" dir="{"rtl" if lang == "ar" else "ltr"}">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{heading}</title>\n<style>{_STYLE}</style>\n<main>\n"
        f'<article dir="auto">{_mark_mentions(text, mentions, lang)}</article>\n'
        f"<aside>{draw_mentions(mentions, ground, lang)}\n"
        f'<p class="key">{key}<br>{words["note"]}</p>\n<ul>{"".join(_iter_items(mentions, lang))}</ul>\n'
        f'<footer dir="ltr">{escape(manifest.attribution)} ({escape(manifest.version)})</footer></aside>\n'
        "</main>\n</html>\n"
    )


def draw_mentions(mentions: Iterable[Mention], ground: Iterable[Place], lang: str) -> str:
    """A map of mentions as SVG: points of places, outlines of areas described relative to them; empty if none."""
    things = _group_things(mentions).values()
    dots = [
        Dot(place.lon, place.lat, place.name(lang), _find_surest(found), len(found))
        for place, found in things
        if not found[0][1].relation
    ]
    areas = [
        Area(found[0][1].relation.area, _label(found[0][1], lang), _find_surest(found))
        for _, found in things
        if found[0][1].relation
    ]
    return draw_map(dots, areas, ground, lang=lang, title=_WORDS[lang]["map"])


def _guess_language(text: str) -> str:
    return "ar" if is_mostly_arabic(text[:2000]) else "en"


def _mark_mentions(text: str, mentions: Iterable[Mention], lang: str) -> str:
    pieces, copied = [], 0
    for number, mention in enumerate(mentions):
        if mention.start < copied:
            continue
        pieces.append(escape(text[copied : mention.start]))
        words = escape(text[mention.start : mention.end])
        pieces.append(f'<mark id="m{number}"{_list_attributes(mention, lang)}>{words}</mark>')
        copied = mention.end
    pieces.append(escape(text[copied:]))
    return "".join(pieces)


def _list_attributes(mention: Mention, lang: str) -> str:
    if mention.place is None:
        return f' class="foreign" title="{_WORDS[lang]["abroad"]}"'
    names = " · ".join(
        filter(None, (_label(mention, lang), _name_kind(mention.place, lang), mention.place.pcode or ""))
    )
    return f' class="{class_certainty(mention.confidence)}" title="{escape(names)} · {mention.confidence:.0%}"'


def _label(mention: Mention, lang: str) -> str:
    """The name of the place, or the words of the text if it describes an area relative to the place."""
    assert mention.place is not None
    return describe_relation(mention.text, mention.relation) if mention.relation else mention.place.name(lang)


def describe_relation(text: str, relation: Relation) -> str:
    """An area described relative to a place, in the words of the text: "5 km north of Idlib", طريق حمص – تدمر."""
    if text in relation.words:
        return relation.words
    lang = "ar" if script_of(relation.words) == "Arab" else "en"
    return f"{relation.words} {' – '.join((text, *(anchor.name(lang) for anchor in relation.anchors[1:])))}"


def _name_kind(place: Place, lang: str) -> str:
    kind = kinds()[place.kind]
    return kind.label_ar if lang == "ar" else kind.label_en


_Found = list[tuple[int, "Mention"]]


def _group_things(mentions: Iterable[Mention]) -> dict[tuple[object, ...], tuple[Place, _Found]]:
    """Places, and areas described relative to them, each with its place, its mentions and their numbers."""
    things: dict[tuple[object, ...], tuple[Place, _Found]] = {}
    for number, mention in enumerate(mentions):
        if mention.place is not None:
            relation = mention.relation
            key = (mention.place.id, *((relation.kind, relation.lon, relation.lat) if relation else ()))
            things.setdefault(key, (mention.place, []))[1].append((number, mention))
    return things


def _find_surest(found: _Found) -> float:
    return max(mention.confidence for _, mention in found)


def _iter_items(mentions: Sequence[Mention], lang: str) -> Iterable[str]:
    for place, found in _group_things(mentions).values():
        links = " ".join(f'<a href="#m{number}">{position}</a>' for position, (number, _) in enumerate(found, start=1))
        first, share = found[0][1], _find_surest(found)
        within = f" · {_WORDS[lang]['km'].format(f'{first.relation.radius_km:.3g}')}" if first.relation else ""
        about = escape(" · ".join(filter(None, (_name_kind(place, lang), place.pcode or ""))))
        yield (
            f"<li><bdi>{escape(_label(first, lang))}</bdi>"
            f' <small>{about}{within} · <span class="{class_certainty(share)}">{share:.0%}</span></small> {links}</li>'
        )
