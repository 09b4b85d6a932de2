"""The page of a place: its names, how its position is known, places near it, how to cite it and how to correct it.

One HTML page that loads nothing from elsewhere; all text of the gazetteer is escaped.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from buldan.describe import IDENTIFIER_PAGES, POSITION_PHRASES
from buldan.kinds import get_kind

if TYPE_CHECKING:
    from buldan.lookup import Nearby
    from buldan.model import Name, NameKind, Place
    from buldan.store import Manifest

__all__ = ["STYLE_SHA256", "PlaceContext", "place_page"]

_STYLE = """
:root { color-scheme: light dark; --ink: #2b2a26; --soft: #6b6558; --paper: #fdfaf3; --line: #ddd3bf; --link: #0b655d }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8e4da; --soft: #a9a69d; --paper: #16191c; --line: #3b4348; --link: #5fd0c2 }
}
body { margin: 0; color: var(--ink); background: var(--paper) }
body { font: 1rem/1.7 system-ui, "Noto Sans Arabic", sans-serif }
main { max-width: 46rem; margin: auto; padding: 1.5rem }
h1 { margin: 0; font-size: 1.7rem } h1 bdi { font-weight: 400; color: var(--soft); font-size: 1.2rem }
h2 { margin: 1.6rem 0 .4rem; font-size: 1.05rem } .meta { color: var(--soft) }
a { color: var(--link) } table { border-collapse: collapse; width: 100% }
th, td { padding: .25rem .6rem; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top }
th { color: var(--soft); font-weight: 500 } code, .code { font: .9em ui-monospace, monospace; overflow-wrap: anywhere }
pre { padding: .7rem; border: 1px solid var(--line); border-radius: .4rem; overflow-x: auto; direction: ltr }
dl { display: grid; grid-template-columns: minmax(7rem, auto) 1fr; gap: .2rem 1rem }
dt { color: var(--soft) } dd { margin: 0 }
ul { columns: 14rem }
@media (max-width: 30rem) { main { padding: .8rem } th, td { padding: .25rem .3rem; overflow-wrap: anywhere } }
footer { margin-top: 2rem; color: var(--soft); font-size: .85rem }
"""

STYLE_SHA256 = b64encode(sha256(_STYLE.encode()).digest()).decode()
"""Hash of the page's only style sheet, for a Content-Security-Policy that allows no other."""

_WORDS = {
    "en": {
        "names": "Names", "name": "Name", "language": "Language", "kind": "Kind", "sources": "Sources",
        "facts": "Position and facts",
        "point": "Latitude, longitude", "radius": "Radius", "basis": "How the position is known", "in": "In",
        "line": "Line", "schematic": "schematic, from town to town; may stray {km:g} km",
        "population": "Population", "ids": "Identifiers", "near": "Nearby", "parts": "Parts", "cite": "Cite",
        "fault": "Report a fault", "map": "On the map", "json": "As GeoJSON", "part_of": "Part of",
        "km": "{} km", "elsewhere": "Other maps",
        "fault-how": "Copy this row into a table of gazetteer/curated, correct it, and send it to the project:",
    },
    "ar": {
        "names": "الأسماء", "name": "الاسم", "language": "اللغة", "kind": "النوع", "sources": "المصادر",
        "facts": "الموضع والمعلومات",
        "point": "خط العرض، خط الطول", "radius": "نصف القطر", "basis": "كيف عُرف الموضع", "in": "في",
        "line": "الخط", "schematic": "تقريبي من بلدة إلى بلدة، وقد يحيد {km:g} كم",
        "population": "السكان", "ids": "المعرّفات", "near": "بالقرب", "parts": "الأجزاء", "cite": "للاستشهاد",
        "fault": "الإبلاغ عن خطأ", "map": "على الخريطة", "json": "بصيغة GeoJSON", "part_of": "جزء من",
        "km": "{} كم", "elsewhere": "خرائط أخرى",
        "fault-how": "انسخ هذا السطر إلى جدول في gazetteer/curated وصحّحه وأرسله إلى المشروع:",
    },
}  # fmt: skip

_LANGUAGES = {
    "ar": ("Arabic", "العربية"), "en": ("English", "الإنكليزية"), "ku": ("Kurdish (Kurmanji)", "الكردية الكرمانجية"),
    "kmr": ("Kurdish (Kurmanji)", "الكردية الكرمانجية"), "ckb": ("Kurdish (Sorani)", "الكردية السورانية"),
    "tr": ("Turkish", "التركية"), "fr": ("French", "الفرنسية"), "hy": ("Armenian", "الأرمنية"),
    "syc": ("Classical Syriac", "السريانية الكلاسيكية"), "syr": ("Syriac", "السريانية"), "arc": ("Aramaic", "الآرامية"),
    "grc": ("Ancient Greek", "اليونانية القديمة"), "el": ("Greek", "اليونانية"), "la": ("Latin", "اللاتينية"),
    "he": ("Hebrew", "العبرية"), "de": ("German", "الألمانية"), "es": ("Spanish", "الإسبانية"),
    "it": ("Italian", "الإيطالية"), "nl": ("Dutch", "الهولندية"), "az": ("Azerbaijani", "الأذرية"),
    "ru": ("Russian", "الروسية"), "akk": ("Akkadian", "الأكادية"), "und": ("not stated", "غير محددة"),
}  # fmt: skip
"""Languages of names by their tags, in English and in Arabic."""

_USES: Mapping[NameKind, tuple[str, str]] = {
    "official": ("official", "رسمي"),
    "attested": ("main name in GeoNames", "الاسم الرئيس في GeoNames"),
    "abbreviation": ("abbreviation", "اختصار"),
    "exonym": ("in another language", "بلغة أخرى"),
    "former": ("former", "سابق"),
    "historical": ("historical", "تاريخي"),
    "variant": ("variant", "صيغة أخرى"),
    "local": ("local, without its town", "محلي من دون البلدة"),
}

_SCHEMES = {
    "pcode": "P-code", "geonames": "GeoNames", "wikidata": "Wikidata", "whosonfirst": "Who’s On First", "icao": "ICAO",
    "pleiades": "Pleiades", "syriaca": "Syriaca.org", "iata": "IATA", "ucdp": "UCDP", "wri": "WRI", "curated": "Buldan",
}  # fmt: skip

_MAPS = {
    "OpenStreetMap": "https://www.openstreetmap.org/?mlat={lat}&mlon={lon}#map=14/{lat}/{lon}",
    "Google Maps": "https://www.google.com/maps/search/?api=1&query={lat},{lon}",
    "Sentinel-2": "https://browser.dataspace.copernicus.eu/?zoom=14&lat={lat}&lng={lon}",
}


class PlaceContext(NamedTuple):
    """The context of a place on its page.

    Attributes:
        near: the places nearest to it, without itself.
        parts: the places that are a part of it.
        part_of: the place that it is a part of, if any.
        url: address of the page, for the citation.
    """

    near: Sequence[Nearby] = ()
    parts: Sequence[Place] = ()
    part_of: Place | None = None
    url: str = ""


def place_page(place: Place, manifest: Manifest, context: PlaceContext, *, lang: str = "en") -> str:
    """An HTML page about a place in `lang` (`ar` or `en`)."""
    words = _WORDS[lang]
    other = place.name_en if lang == "ar" else place.name_ar
    kind = get_kind(place.kind)
    label = kind.label_ar if lang == "ar" else kind.label_en
    body = (
        f"<h1>{escape(place.name(lang))} <bdi>{escape(other or '')}</bdi></h1>",
        f'<p class="meta">{escape(label)} · {_link_units(place, lang)}</p>',
        f'<p><a href="../#find?place={quote(place.id)}">{words["map"]}</a> · '
        f'<a href="{quote(place.id)}?format=geojson" type="application/geo+json">{words["json"]}</a></p>',
        f"<h2>{words['names']}</h2>{_names(place, manifest, words, lang)}",
        f"<h2>{words['facts']}</h2><dl>{''.join(_iter_facts(place, context, words, lang))}</dl>",
        _list_places(words["parts"], ((part, "") for part in context.parts), lang),
        _list_places(
            words["near"], ((near.place, words["km"].format(f"{near.distance_km:.1f}")) for near in context.near), lang
        ),
        f'<h2>{words["cite"]}</h2><p dir="ltr">{escape(_write_citation(place, manifest, context.url))}</p>',
        f"<h2>{words['fault']}</h2><p>{words['fault-how']}</p><pre>{escape(_write_correction(place))}</pre>",
        f'<footer dir="ltr">{escape(manifest.attribution)} ({escape(manifest.version)})</footer>',
    )
    direction = "rtl" if lang == "ar" else "ltr"
    return (
        f'<!doctype html>\n<html lang="{lang}" dir="{direction}">\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{escape(place.name(lang))} · Buldan</title>\n'
        f"<style>{_STYLE}</style>\n<main>\n{chr(10).join(filter(None, body))}\n</main>\n</html>\n"
    )


def _link_units(place: Place, lang: str) -> str:
    """Links to the pages of the admin units, narrow to wide; of units with the same name only the widest."""
    links: dict[str, str] = {}
    for unit in place.admin:
        name = (unit.name_ar if lang == "ar" else unit.name_en) or unit.pcode
        links.setdefault(name, f'<a href="{unit.pcode}">{escape(name)}</a>')
    return ("، " if lang == "ar" else ", ").join(reversed(links.values()))


def _names(place: Place, manifest: Manifest, words: dict[str, str], lang: str) -> str:
    titles = {source.key: source.publisher for source in manifest.sources}
    arabic = lang == "ar"
    rows = "".join(
        f'<tr><td><bdi lang="{escape(name.lang)}">{escape(name.text)}</bdi></td>'
        f"<td>{escape(_LANGUAGES.get(name.lang, (name.lang,) * 2)[arabic])}</td>"
        f"<td>{_USES[name.kind][arabic]}{_format_dates(name, arabic)}</td>"
        f"<td><bdi>{escape(', '.join(titles.get(key, key) for key in name.sources))}</bdi></td></tr>"
        for name in place.names
    )
    head = "".join(f"<th>{words[column]}</th>" for column in ("name", "language", "kind", "sources"))
    return f"<table><tr>{head}</tr>{rows}</table>"


def _format_dates(name: Name, arabic: bool) -> str:
    """The dates from and until which a name was in use; empty if they are not known."""
    years = (_format_year(year, arabic) for year in (name.start, name.end))
    return f" ({'–'.join(years)})" if name.start or name.end else ""


def _format_year(text: str, arabic: bool) -> str:
    """A year as people write it: `-0300` is 300 BC, `0637` is 637."""
    if not text.lstrip("-").isdigit():
        return escape(text)
    before = ("{} BC", "{} ق.م")[arabic] if text.startswith("-") else "{}"
    return before.format(abs(int(text)))


def _iter_facts(place: Place, context: PlaceContext, words: dict[str, str], lang: str) -> Iterator[str]:
    def fact(term: str, value: str) -> str:
        return f"<dt>{words[term]}</dt><dd>{value}</dd>"

    yield fact("point", f'<bdi dir="ltr" class="code">{place.lat:g}, {place.lon:g}</bdi>')
    yield fact("basis", escape(POSITION_PHRASES[place.position][lang == "ar"]))
    yield fact("radius", words["km"].format(f"{place.radius_km:g}"))
    if place.area and "schematic_km" in place.area:
        yield fact("line", words["schematic"].format(km=place.area["schematic_km"]))
    if place.population:
        yield fact("population", f"{place.population:,}")
    if context.part_of:
        yield fact("part_of", _link(context.part_of, lang))
    for scheme, values in sorted(place.identifiers.items()):
        shown = ", ".join(_link_identifier(scheme, value) for value in values.split(","))
        yield f'<dt>{escape(_SCHEMES.get(scheme, scheme))}</dt><dd><bdi dir="ltr" class="code">{shown}</bdi></dd>'
    maps = ((name, address.format(lat=place.lat, lon=place.lon)) for name, address in _MAPS.items())
    yield fact("elsewhere", " · ".join(_link_out(address, name) for name, address in maps))


def _link_identifier(scheme: str, value: str) -> str:
    page = IDENTIFIER_PAGES.get(scheme)
    return _link_out(page.format(quote(value)), value) if page else escape(value)


def _link_out(address: str, words: str) -> str:
    """A link to another site, which does not get the address of this page (`noreferrer`)."""
    return f'<a rel="noreferrer noopener" href="{escape(address)}">{escape(words)}</a>'


def _list_places(title: str, places: Iterable[tuple[Place, str]], lang: str) -> str:
    items = "".join(
        f"<li>{_link(place, lang)}{f' <span class=meta>{beside}</span>' if beside else ''}</li>"
        for place, beside in places
    )
    return f"<h2>{title}</h2><ul>{items}</ul>" if items else ""


def _link(place: Place, lang: str) -> str:
    return f'<a href="{quote(place.id)}">{escape(place.name(lang))}</a>'


def _write_citation(place: Place, manifest: Manifest, url: str) -> str:
    return f"“{place.name('en')}” ({place.id}). Buldan gazetteer {manifest.version}. {url}".strip()


def _write_correction(place: Place) -> str:
    """A row for `names-informal.tsv` to be completed, which adds a name to the place."""
    scheme, value = next(iter(place.identifiers.items()), ("buldan", place.id))
    row = (f"{scheme}:{value.split(',')[0]}", place.name_ar or "…", "ar", "variant", "…")
    return "\n".join("\t".join(cells) for cells in (("place", "name", "lang", "kind", "reasoning"), row)) + "\n"
