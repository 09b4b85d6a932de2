"""The part of the data report on points: how they are known, whether their radii are right, and manual checks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from shapely import Point
from shapely.geometry import shape

from buldan.compile.markdown import format_table
from buldan.compile.tables import read_counts, read_table
from buldan.evaluate.points import check_by_sources, count_coverage
from buldan.kinds import kinds
from buldan.model import POSITIONS
from buldan.store import PlaceRecord, read_areas

__all__ = ["write_trust"]


def write_trust(places: Sequence[PlaceRecord], folder: Path) -> Iterator[str]:
    """The section on points, line by line."""
    yield from _report_points(places)
    yield ""
    yield from _report_radii(places, folder)
    yield ""
    yield from _report_lines(folder)
    yield ""
    yield from _report_outside(places, folder)
    yield ""
    yield from _read_by_hand()


def _report_points(places: Sequence[PlaceRecord]) -> Iterator[str]:
    yield "## How far to trust a point"
    yield ""
    yield "Each place states how its point is known (`position`):"
    yield ""
    yield "- *surveyed*: a source publishes the point of the place itself."
    yield "- *outline*: the point lies inside the published outline of the place."
    yield "- *settlement*: only the point of its town or village is known; the radius covers that settlement."
    yield "- *described*: derived from a distance or direction that a source states."
    yield "- *estimated*: from general knowledge. The radius is wide enough for nine of ten of the estimates of"
    yield "  that kind that could be checked."
    yield ""
    by_position: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    for place in places:
        by_position[place.kind, place.position].append(place.radius_km)
    body = [
        (
            kind,
            *(len(by_position[kind, position]) for position in POSITIONS),
            _format_median(by_position[kind, "estimated"]),
        )
        for kind in kinds()
        if any(by_position[kind, position] for position in POSITIONS)
    ]
    yield from format_table(("kind", *POSITIONS, "median radius of estimates, km"), body)
    yield ""
    steps = (0.3, 0.7, 1.0, 2.0, 5.0, 10.0, 20.0, 1000.0)
    rows = []
    least = 0.0
    for most in steps:
        count = sum(least < place.radius_km <= most for place in places if kinds()[place.kind].group != "admin")
        rows.append((f"up to {most:g} km" if most < 1000 else "more", count))
        least = most
    yield "The radius is the size of the place or the uncertainty of its point, whichever is larger. Administrative"
    yield "units are not counted here."
    yield ""
    yield from format_table(("radius", "places"), rows)


def _report_radii(places: Sequence[PlaceRecord], folder: Path) -> Iterator[str]:
    """The share of checked estimates whose error is within their radius, by kind."""
    checks = list(check_by_sources(places, folder / "curated"))
    groups = count_coverage(checks, places)
    yield "Where a source published a point after we had estimated it, the estimate can be checked. The true point"
    yield "should lie within the radius in nine cases of ten. `buldan evaluate gazetteer` repeats the check, also"
    yield "with your own tables of points."
    yield ""
    rows = [(group.kind, group.checked, group.held, f"{group.median_km:.1f}") for group in groups]
    rows.append(("all", len(checks), sum(check.holds for check in checks), ""))
    yield from format_table(("kind", "checked by a source", "within the radius", "median radius now, km"), rows)
    yield ""
    yield "The same check against other published points. These are used for evaluation only: none of them is in the"
    yield "gazetteer. The two halves hold different places."
    yield ""
    measured = read_table("radii_checked")
    yield from format_table(
        ("point", "kind", "checked", "within the radius", "first half", "second half", "checked against"), measured
    )


def _format_median(radii: Sequence[float]) -> str:
    return f"{median(radii):.1f}" if radii else ""


def _report_lines(folder: Path) -> Iterator[str]:
    """The number of lines that are drawn from town to town."""
    strays = [outline["schematic_km"] for _, outline in read_areas(folder) if "schematic_km" in outline]
    yield f"No source has an outline for {len(strays)} main roads and rivers. For these, the gazetteer has a"
    yield f"schematic line from town to town, up to {max(strays, default=0):g} km off. Each such geometry is marked"
    yield "with `schematic_km`. No point is derived from these lines."


def _report_outside(places: Sequence[PlaceRecord], folder: Path) -> Iterator[str]:
    """The number of OCHA's settlements outside the unit that OCHA states, by the outlines of the gazetteer."""
    outlines = {id_: shape(dict(outline)) for id_, outline in read_areas(folder)}
    units = {place.identifiers["pcode"]: outlines[place.id] for place in places if place.kind == "sub-district"}
    communities = [place for place in places if place.identifiers.get("pcode", " ")[0] in "CN"]
    outside = sum(not units[place.admin].covers(Point(place.lon, place.lat)) for place in communities)
    yield f"Of {len(communities):,} places with the P-code of a community or neighbourhood, {outside} lie outside the"
    yield "unit that OCHA assigns them to, nearly all by less than half a kilometre. The gazetteer keeps OCHA's"
    yield "unit."


def _read_by_hand() -> Iterator[str]:
    """The results of samples that were checked row by row."""
    yield "## Read by hand"
    yield ""
    yield "One person checked random samples row by row, from general knowledge. Wrong rows are false; doubtful"
    yield "rows are those that the reader could neither confirm nor refute. To draw a sample again:"
    yield "`random.Random(seed).sample` of the rows in the order of the file."
    yield ""
    header = ("sample", "seed", "checked", "wrong", "doubtful", "what was found and corrected")
    yield from format_table(header, read_counts("readings"))
