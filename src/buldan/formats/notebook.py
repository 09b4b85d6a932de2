"""Results as HTML for a notebook: a small table, with a map above it if there is something to draw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import islice
from typing import TYPE_CHECKING

from buldan.formats.html import draw_mentions
from buldan.formats.svg_map import MAP_STYLE, Area, Dot, draw_map
from buldan.kinds import kinds

if TYPE_CHECKING:
    from buldan.geoparse import Mention
    from buldan.lookup import Match
    from buldan.model import Place
    from buldan.store import Manifest

__all__ = ["draw_place", "matches_html", "show_gazetteer", "show_mentions"]

_ROWS = 20  # maximum number of rows shown


def matches_html(matches: Sequence[Match], query: str, ground: Iterable[Place]) -> str:
    """The matches of one name; the map has only those with at least 0.6 of the best score."""
    if not matches:
        return f"<p>No place is called <b>{escape(query)}</b>, or anything near it.</p>"
    rows = ((*_describe(match.place), f"{match.score:.2f}") for match in matches)
    best = matches[0].score
    dots = [
        Dot(match.place.lon, match.place.lat, match.place.name("en"), match.score)
        for match in matches
        if match.score >= 0.6 * best
    ]
    drawn = draw_map(dots, [], ground, lang="en", title=f"Matches of {query}")
    return _join_parts(drawn, (*_PLACE, "score"), rows, len(matches))


def show_mentions(mentions: Sequence[Mention], ground: Iterable[Place]) -> str:
    """The mentions of a text with their places."""
    rows = (
        (
            mention.text,
            *(_describe(mention.place) if mention.place else ("outside Syria", *[""] * (len(_PLACE) - 1))),
            mention.relation.words if mention.relation else "",
            f"{mention.confidence:.2f}",
        )
        for mention in mentions
    )
    drawn = draw_mentions(mentions, ground, "en")
    return _join_parts(drawn, ("text", *_PLACE, "relation", "confidence"), rows, len(mentions))


def draw_place(place: Place, ground: Iterable[Place]) -> str:
    """A map of a place: its outline if it has one, else its point."""
    name = place.name("en")
    dots = [] if place.area else [Dot(place.lon, place.lat, name)]
    areas = [Area(place.area, name)] if place.area else []
    return _set_size(draw_map(dots, areas, ground, lang="en", title=f"Where {name} is"))


def show_gazetteer(manifest: Manifest, counts: Mapping[str, int], ground: Iterable[Place]) -> str:
    """A summary of a gazetteer: its version, a map of its cities, and counts of places by kind, most frequent first."""
    rows = ((kinds()[kind].label_en, f"{count:,}") for kind, count in sorted(counts.items(), key=lambda item: -item[1]))
    head = (
        f"<p><b>Buldan</b> {escape(manifest.version)}: {sum(counts.values()):,} places ({escape(manifest.licence)})</p>"
    )
    land = list(ground)
    cities = [Dot(place.lon, place.lat, place.name("en")) for place in land if place.kind == "city"]
    return head + _join_parts(
        draw_map(cities, [], land, lang="en", title="Cities"), ("kind", "places"), rows, len(counts)
    )


_PLACE = ("name", "الاسم", "kind", "in", "P-code", "lat, lon", "id")


def _describe(place: Place) -> tuple[str, ...]:
    units = dict.fromkeys(unit.name_en or unit.name_ar for unit in place.admin)
    point = f"{place.lat:.4f}, {place.lon:.4f}"
    kind = kinds()[place.kind].label_en
    return place.name_en, place.name_ar, kind, " › ".join(units), place.pcode or "", point, place.id


def _join_parts(drawn: str, columns: Sequence[str], rows: Iterable[Sequence[str]], count: int) -> str:
    return _set_size(drawn) + _format_table(columns, rows, count)


def _set_size(drawn: str) -> str:
    return f'<style>{MAP_STYLE}</style><div style="max-width:36rem">{drawn}</div>' if drawn else ""


def _format_table(columns: Sequence[str], rows: Iterable[Sequence[str]], count: int) -> str:
    head = "".join(f"<th>{escape(column)}</th>" for column in columns)
    body = "".join(
        f"<tr>{''.join(f'<td dir=auto>{escape(cell)}</td>' for cell in row)}</tr>" for row in islice(rows, _ROWS)
    )
    more = f"<p>and {count - _ROWS:,} more</p>" if count > _ROWS else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"
