"""Golden answers: every stage's exact answers to questions over a small gazetteer that does not change.

A changed answer fails here, whatever changed it. If it should be another one, `pytest tests/golden --golden` writes
the files anew, and their difference is read before it is committed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest
import shapely
from shapely.geometry import shape

import buldan
from buldan.errors import GazetteerError, SourceError
from buldan.geometry import Bounds, bearing_deg, distance_km
from buldan.geoparse import Geoparser, Relation
from buldan.index import Index, open_index
from buldan.lookup import Lookup
from buldan.lookup.browse import browse
from buldan.lookup.cell_reading import CellReader
from buldan.lookup.cells import Part, cut_cell
from buldan.lookup.codes import parse_position
from buldan.lookup.evidence import EVIDENCE, read_weights
from buldan.lookup.explain import explain
from buldan.lookup.query import ParsedQuery, parse_query
from buldan.lookup.query_reading import QueryReading
from buldan.lookup.results import Reason
from buldan.lookup.search import FormHits, Search
from buldan.lookup.units import UnitReader
from buldan.lookup.weighing import Weigher
from buldan.model import Geometry, Place
from buldan.store import read_manifest, read_whole_files
from buldan.store.overlay import merge_overlay
from buldan.tables import ANSWER_COLUMNS, Question, Terms
from buldan.tables.batches import Geocoder
from buldan.tables.judging import answer_all
from buldan.tables.questions import AskedColumns
from buldan.tables.review import make_review_sheet
from buldan.tables.units import read_units
from tests.golden.blocks import check, options_of

FROZEN = Path(__file__).parent / "gazetteer"


@pytest.fixture(scope="module")
def index() -> Index:
    return open_index(FROZEN)


@pytest.fixture(scope="module")
def lookup(index: Index) -> Lookup:
    return Lookup(index)


def called(place: Place) -> str:
    """A place in a few words: kind, English name, unit that holds it."""
    return f"{place.kind} {place.name_en} {place.pcode or place.admin_pcode}"


def told(reasons: tuple[Reason, ...]) -> str:
    return ", ".join(f"{reason.rule}({reason.detail})" if reason.detail else reason.rule for reason in reasons)


def asked_beside(options: dict[str, str]) -> dict[str, object]:
    """The arguments that options stand for; units are a chain where `;` parts them."""
    arguments: dict[str, object] = {}
    if "within" in options:
        chain = options["within"].split("; ")
        arguments["within"] = chain if len(chain) > 1 else chain[0]
    if "near" in options:
        arguments["near"] = tuple(map(float, options["near"].split(",")))
    if "kinds" in options:
        arguments["kinds"] = options["kinds"].split(",")
    return arguments


def test_lookup(index: Index, lookup: Lookup, golden: bool) -> None:
    """Matches with scores, and the evidence behind the first three candidates."""

    def answer(question: str) -> Iterator[str]:
        text, options = options_of(question)
        beside = asked_beside(options)
        found = lookup.find(text, limit=int(options.get("limit", "6")), **beside)
        if found.reasons:
            yield f"of the whole: {told(found.reasons)}"
        for match in found.matches:
            mark = " ambiguous" if match.ambiguous else ""
            yield f"{match.score:.4f} {called(match.place)} as {match.name.text}{mark}: {told(match.reasons)}"
        if found.matches:
            yield f"in words: {explain(found.matches[0].reasons)} / {explain(found.matches[0].reasons, lang='ar')}"
        ranking = lookup.rank(text, **beside)
        yield f"{len(ranking.rows)} candidates, {len(ranking.places)} forms, margin {ranking.margin:.5f}"
        for at in range(min(3, len(ranking.rows))):
            evidence = zip(EVIDENCE, ranking.get_evidence(at), strict=True)
            evidence_words = ", ".join(f"{name} {value:.5g}" for name, value in evidence if value)
            yield f"  {ranking.scores[at]:.6f} {called(index.places[ranking.rows[at]])}: {evidence_words}"

    check("lookup", answer, rewrite=golden)


def describe_part(part: Part) -> str:
    more = [part.level, part.name if part.name != part.text else "", part.also and f"also {part.also}"]
    more.append("unnamed" if part.is_unnamed else "")
    return f"{part.sign} [{part.text}]" + "".join(f" {each}" for each in more if each)


def describe_reading(reading: QueryReading) -> str:
    more = [reading.role, f"left out {reading.left_out}" if reading.left_out else "", *sorted(reading.kinds)]
    more += [f"clitic {reading.clitic}" if reading.clitic else "", "article" if reading.clitic_article else ""]
    more += [f"asks {reading.asks}" if reading.asks else "", "bare" if reading.bare else ""]
    more += [f"segment {reading.segment}", f"articles {reading.articles}", f"sounds {reading.own_sounds}"]
    return f"[{' '.join(reading.words)}] {', '.join(filter(None, more))}"


def test_cells(index: Index, golden: bool) -> None:
    """How a cell is cut, what its parts are to each other, and how it is read as a question."""
    search = Search(index)
    cells = CellReader(index, UnitReader(index, search, Weigher(index, read_weights())))

    def answer(question: str) -> Iterator[str]:
        yield "parts: " + "; ".join(map(describe_part, cut_cell(question)))
        read = cells.read(question)
        if read is not None:
            for role, parts in (("names", read.names), ("units", read.units), ("near", read.near)):
                if parts:
                    yield f"{role}: " + "; ".join(map(describe_part, parts))
            yield f"bold {read.is_bold}, land {read.is_land}"
        yield from describe_readings(parse_query(question))

    check("cells", answer, rewrite=golden)


def describe_readings(query: ParsedQuery) -> Iterator[str]:
    for kind in ("plain", "clitic", "part"):
        for reading in getattr(query, f"{kind}_readings"):
            yield f"{kind} {describe_reading(reading)}"
    if len(query.segments) > 1:
        yield "contexts: " + "; ".join(" + ".join(query.get_context(at)) or "-" for at in range(len(query.segments)))


def test_search(index: Index, golden: bool) -> None:
    """What each stage of the search finds for the plain readings of a question: forms, and what they cost."""
    search = Search(index)

    def answer(question: str) -> Iterator[str]:
        readings = parse_query(question).plain_readings
        for stage in ("exact", "by_typo", "by_skeleton_edit", "by_skeleton_bigrams"):
            for found in getattr(search, f"find_{stage}")(readings):
                asked, count = " ".join(found.reading.words), len(found.forms)
                yield f"{stage} [{asked}] letters {found.letters}, {count} forms: {describe_forms(index, found)}"

    check("search", answer, rewrite=golden)


def describe_forms(index: Index, found: FormHits) -> str:
    nearest = list(zip(found.forms, found.costs, strict=True))[:8]
    return "; ".join(f"{index.names[int(index.form_name[form])].text} {cost:.4f}" for form, cost in nearest)


def test_units(index: Index, lookup: Lookup, golden: bool) -> None:
    """Which units a chain of names means."""

    def answer(question: str) -> Iterator[str]:
        units, reasons = lookup.read_within(question.split("; "))
        for name, places in units:
            yield f"{name}: " + "; ".join(map(called, places))
        if reasons:
            yield f"not used: {told(reasons)}"

    check("units", answer, rewrite=golden)


def test_suggestions(lookup: Lookup, golden: bool) -> None:
    def answer(question: str) -> Iterator[str]:
        text, options = options_of(question)
        for each in lookup.suggest(text, limit=int(options.get("limit", "5")), **asked_beside(options)):
            yield f"{each.score:.3f} {each.text} ({called(each.place)}, salience {each.salience:.3f})"

    check("suggest", answer, rewrite=golden)


def test_points(lookup: Lookup, golden: bool) -> None:
    """What lies at and around a point."""

    def answer(question: str) -> Iterator[str]:
        point, options = options_of(question)
        lon, lat = map(float, point.split(","))
        radius = float(options["radius"]) if "radius" in options else None
        kinds = options["kinds"].split(",") if "kinds" in options else None
        limit = int(options.get("limit", "5"))
        for place, apart in lookup.reverse(lon=lon, lat=lat, kinds=kinds, radius_km=radius, limit=limit):
            yield f"{apart:.3f} km {called(place)}"

    check("reverse", answer, rewrite=golden)


def test_positions(golden: bool) -> None:
    """Coordinates as they are written, to a centimetre; none for what are none."""

    def answer(question: str) -> Iterator[str]:
        point = parse_position(question)
        yield "none" if point is None else f"lon {point[0]:.7f}, lat {point[1]:.7f}"

    check("positions", answer, rewrite=golden)


def test_pages(index: Index, golden: bool) -> None:
    """Pages of places by kind, unit and box."""

    def answer(question: str) -> Iterator[str]:
        _, options = options_of(f" | {question}")
        box = Bounds(*map(float, options["box"].split(","))) if "box" in options else None
        page = browse(
            index,
            kinds=options["kinds"].split(",") if "kinds" in options else None,
            unit=options.get("unit"),
            bounds=box,
            by_area="area" in options,
            by_weight="weight" in options,
            offset=int(options.get("offset", "0")),
            limit=int(options.get("limit", "4")),
        )
        yield f"{page.total} in all: " + "; ".join(map(called, page.places))

    check("browse", answer, rewrite=golden)


@pytest.fixture(scope="module")
def geoparser(index: Index, lookup: Lookup) -> Geoparser:
    return Geoparser(index, lookup)


def test_relations(geoparser: Geoparser, golden: bool) -> None:
    """What texts say about where: kind, words, kilometres from the place and bearing, radius, outline."""

    def answer(question: str) -> Iterator[str]:
        for mention in geoparser.read(question):
            place = called(mention.place) if mention.place else "no place"
            yield f"[{mention.text}] {mention.start} {place}"
            if mention.relation is not None:
                yield f"  {describe_relation(mention.relation)}"

    check("relations", answer, rewrite=golden)


def describe_relation(relation: Relation) -> str:
    anchor, centre = relation.anchors[0].point, (relation.lon, relation.lat)
    apart, bearing = distance_km(anchor, centre), bearing_deg(anchor, centre)
    anchors = " + ".join(place.name_en for place in relation.anchors)
    where = f"{apart:.3f} km at {bearing:.2f}° from {anchors}, radius {relation.radius_km}"
    span, outline = f"{relation.start}-{relation.end}", describe_outline(relation.area)
    return f"{relation.kind} [{relation.words}] {span}: {where}, {outline}"


def describe_outline(area: Geometry) -> str:
    """Kind, parts and corners of an outline, square kilometres or kilometres (roughly), and its middle."""
    drawn = shape(area)
    corners = shapely.get_num_coordinates(drawn)
    size = (drawn.area * 111.195**2, "km²") if drawn.area else (drawn.length * 111.195, "km")
    middle = drawn.centroid
    return f"{area['type']} of {corners} corners, {size[0]:.4g} {size[1]} around {middle.x:.4f}, {middle.y:.4f}"


@pytest.fixture(scope="module")
def gazetteer() -> buldan.Gazetteer:
    return buldan.load(FROZEN)


def row_asked(question: str) -> tuple[Question, Terms]:
    """A row of a table, and the terms it is asked on: `Suran | within=Hama | pcode=C3026 | min=.5`."""
    name, options = options_of(question)
    parts = {key: tuple(options[key].split("; ")) for key in ("within", "others", "kinds") if key in options}
    row = Question(name, parts.get("within", ()), parts.get("others", ()), options.get("pcode", ""))
    terms = Terms(
        parts.get("kinds", ()),
        float(options.get("min", "0")),
        float(options.get("sure", ".6")),
        int(options.get("alternatives", "4")),
        fallback="bare" not in options,
    )
    return row, terms


def test_rows(gazetteer: buldan.Gazetteer, golden: bool) -> None:
    """The row that a table gets for a question: status, place, score, reason, what else it may be."""

    def answer(question: str) -> Iterator[str]:
        row, terms = row_asked(question)
        known = dict(zip(ANSWER_COLUMNS, answer_all(gazetteer, [row], terms)[0], strict=True))
        kept = {key: value for key, value in known.items() if value not in (None, False, "")}
        units = [
            f"{kept.pop(f'{level}_pcode')} {kept.pop(f'{level}_name')}" for level in LEVELS if f"{level}_name" in kept
        ]
        yield f"{kept.pop('status')}: {', '.join(str(value) for value in kept.values())} in {' > '.join(units)}"

    check("rows", answer, rewrite=golden)


LEVELS = ("adm1", "adm2", "adm3")


def test_chains_of_units(gazetteer: buldan.Gazetteer, golden: bool) -> None:
    """What the unit cells of a row say, and a name without the units that it repeats."""

    def answer(question: str) -> Iterator[str]:
        cells, options = options_of(question)
        units = read_units(gazetteer, tuple(cells.split("; ")))
        narrowest = called(units.narrowest) if units.narrowest else "none"
        yield f"{' > '.join(units.chain)}: narrowest {narrowest}, strict {units.strict}"
        yield from (*units.notes, *units.faults)
        if "name" in options:
            yield f"name {units.strip(options['name'])}"
        if "place" in options:
            yield f"outside {', '.join(units.find_outside(gazetteer.place(options['place']))) or 'none'}"

    check("chains", answer, rewrite=golden)


def test_review(gazetteer: buldan.Gazetteer, golden: bool) -> None:
    """The sheet of doubtful rows, in its order; a question is the rows of a table, `;` between them."""

    def answer(question: str) -> Iterator[str]:
        rows = [row.split(" @ ") for row in question.split("; ")]
        frame = pa.record_batch(
            {
                "name": pa.array([row[0] for row in rows]),
                "unit": pa.array([row[1] if len(row) > 1 else None for row in rows], pa.string()),
            }
        )
        geocoder = Geocoder(lambda questions: answer_all(gazetteer, questions, Terms()))
        geocoder.answer_batch(frame, AskedColumns(("name",), ("unit",)))
        yield ", ".join(f"{status} {count}" for status, count in sorted(geocoder.counts.items()))
        for batch in make_review_sheet(geocoder, gazetteer).batches:
            yield from (
                " | ".join("" if cell is None else str(cell) for cell in row.values()) for row in batch.to_pylist()
            )

    check("review", answer, rewrite=golden)


def test_overlays(golden: bool, tmp_path: Path) -> None:
    """What one's own places add to the gazetteer, or what is wrong with them; a question is a whole file."""
    before = [(FROZEN / name).read_bytes() for name in ("places.tsv", "names.tsv", "areas.jsonl")]

    def answer(question: str) -> Iterator[str]:
        path = tmp_path / ("mine.geojson" if question[:1] in "[{" else "mine.csv")
        path.write_text(question, "utf-8")
        try:
            merged = merge_overlay(*before, path)
        except SourceError as error:
            yield f"refused: {error}".replace(str(path), path.name)
            return
        for old, new in zip(before, merged, strict=True):
            known = set(old.decode().splitlines())
            assert known <= set(new.decode().splitlines())
            yield from (line.replace("\t", " | ") for line in new.decode().splitlines() if line not in known)

    check("overlay", answer, rewrite=golden)


@pytest.mark.parametrize("name", ["places.tsv", "names.tsv", "areas.jsonl", "retired.tsv"])
@pytest.mark.parametrize("harm", ["a letter", "an end", "all"])
def test_a_file_that_is_not_the_one_that_was_compiled_is_named(tmp_path: Path, name: str, harm: str) -> None:
    for path in FROZEN.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    manifest, whole = read_manifest(tmp_path), (tmp_path / name).read_bytes()
    assert read_whole_files(tmp_path, manifest)[name] == whole
    if harm == "all":
        (tmp_path / name).unlink()
    else:
        (tmp_path / name).write_bytes(whole[:-1] if harm == "an end" else whole[:-2] + b"#" + whole[-1:])
    with pytest.raises(GazetteerError, match=f"{name}: (damaged|missing)"):
        read_whole_files(tmp_path, manifest)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"schema": 99}, "schema 99, this version of buldan reads"),
        ({"version": "other"}, "damaged .its digest differs"),
        ({"files": {}}, "damaged .it does not list areas.jsonl, names.tsv, places.tsv, retired.tsv"),
        ({"sources": 3}, "damaged"),
        ({"digest": None}, "damaged .its digest differs"),
    ],
)
def test_a_manifest_that_was_changed_is_refused(tmp_path: Path, change: dict[str, object], said: str) -> None:
    raw = json.loads((FROZEN / "manifest.json").read_text("utf-8"))
    (tmp_path / "manifest.json").write_text(json.dumps(raw | change), "utf-8")
    with pytest.raises(GazetteerError, match=said):
        read_manifest(tmp_path)
    (tmp_path / "manifest.json").write_text(json.dumps(raw), "utf-8")
    assert read_manifest(tmp_path).to_json() == (FROZEN / "manifest.json").read_text("utf-8")
