"""Counts by unit: sure mentions whole, unsure ones spread or left out, and nothing lost from the sum."""

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import buldan
from buldan.cli import main
from buldan.corpora.reading import make_table
from buldan.errors import QueryError, SourceError
from buldan.frames import MENTION_COLUMNS
from buldan.summarise import LEVELS, summarise

NAWA, YALDA, DARAA_GOVERNORATE, SYRIA = "C6124", "C2302", "SY12", "SY"


def write_mentions(path, gazetteer, rows):
    """Rows of (document, place, confidence, alternatives)."""
    ids = {code: gazetteer.place(code).id for code in (NAWA, YALDA, DARAA_GOVERNORATE, SYRIA)}

    def row(document, place, confidence, others):
        known = dict.fromkeys(MENTION_COLUMNS)
        known |= {
            "start": 0,
            "end": 1,
            "text": "x",
            "buldan_id": ids.get(place),
            "confidence": confidence,
            "alternatives": " ".join(f"{ids[other]}={share}" for other, share in others.items()),
            "foreign": False,
        }
        return (document, *(known[column] for column in MENTION_COLUMNS))

    pq.write_table(make_table([row(*each) for each in rows]), path)
    return path


def counts(summary, column="mentions"):
    frame = summary.frame[summary.frame[column] > 0]
    return dict(zip(frame["pcode"], frame[column], strict=True))


ROWS = [
    ("a", NAWA, 0.9, {}),
    ("a", NAWA, 0.8, {YALDA: 0.1}),
    ("b", NAWA, 0.4, {YALDA: 0.3}),
    ("b", YALDA, 0.7, {}),
    ("c", None, 0.9, {}),
]

CHOICES = [
    ("omit", {"SY120303": 2, "SY030102": 1}, {"SY120303": 1, "SY030102": 1}, 2),
    ("count", {"SY120303": 3, "SY030102": 1}, {"SY120303": 2, "SY030102": 1}, 1),
    ("spread", {"SY120303": 2.1, "SY030102": 1.1}, {"SY120303": 1.3, "SY030102": 0.8}, 1.8),
]


@pytest.mark.parametrize(("uncertain", "mentions", "documents", "left_out"), CHOICES)
def test_uncertain_mentions_are_left_out_counted_or_spread(
    tmp_path, gazetteer, uncertain, mentions, documents, left_out
):
    source = write_mentions(tmp_path / "m.parquet", gazetteer, ROWS)
    summary = summarise(source, gazetteer, uncertain=uncertain)
    assert counts(summary) == pytest.approx(mentions)
    assert counts(summary, "documents") == pytest.approx(documents)
    assert summary.left_out == pytest.approx(left_out)


@pytest.mark.parametrize(("by", "units"), [("governorate", 14), ("district", 62), ("subdistrict", 272)])
def test_every_unit_has_a_row_with_its_outline(tmp_path, gazetteer, by, units):
    summary = summarise(write_mentions(tmp_path / "m.parquet", gazetteer, ROWS), gazetteer, by=by)
    assert len(summary.frame) >= units
    assert summary.frame.geometry.notna().sum() >= units
    assert summary.frame["mentions"].sum() == 3


def test_a_wide_place_is_spread_over_its_units_or_left_out(tmp_path, gazetteer):
    source = write_mentions(tmp_path / "m.parquet", gazetteer, [("a", DARAA_GOVERNORATE, 1.0, {})])
    spread = summarise(source, gazetteer, uncertain="spread")
    daraa = {
        place.pcode for place in gazetteer if place.kind == "sub-district" and place.admin_pcode.startswith("SY12")
    }
    assert set(counts(spread)) == daraa
    assert sum(counts(spread).values()) == pytest.approx(1, abs=1e-4)
    assert summarise(source, gazetteer).left_out == 1
    assert counts(summarise(source, gazetteer, by="governorate")) == {"SY12": 1}


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from("abc"),
            st.sampled_from([NAWA, YALDA, DARAA_GOVERNORATE, SYRIA, None]),
            st.floats(0, 1),
            st.dictionaries(st.sampled_from([NAWA, YALDA, SYRIA]), st.floats(0, 0.4), max_size=2),
        ),
        max_size=8,
    ),
    by=st.sampled_from(list(LEVELS)),
    uncertain=st.sampled_from(["omit", "count", "spread"]),
)
def test_counted_and_left_out_are_all_mentions(tmp_path, gazetteer, rows, by, uncertain):
    source = write_mentions(tmp_path / "m.parquet", gazetteer, sorted(rows, key=lambda row: row[0]))
    summary = summarise(source, gazetteer, by=by, uncertain=uncertain)
    assert summary.mentions == len(rows)
    assert summary.frame["mentions"].sum() + summary.left_out == pytest.approx(len(rows), abs=1e-3)
    assert (summary.frame["documents"] <= summary.frame["mentions"] + 1e-6).all()


@pytest.mark.parametrize("suffix", [".gpkg", ".geojson", ".parquet", ".fgb", ".csv", ".xlsx"])
def test_the_command_line_writes_a_choropleth(tmp_path, gazetteer, suffix):
    source, output = write_mentions(tmp_path / "m.parquet", gazetteer, ROWS), tmp_path / f"counts{suffix}"
    with pytest.raises(SystemExit) as left:
        main(["summarise", str(source), "--by", "subdistrict", "--output", str(output)])
    assert left.value.code == 0
    if suffix in {".csv", ".xlsx"}:
        frame = pd.read_csv(output) if suffix == ".csv" else pd.read_excel(output)
    else:
        frame = gpd.read_parquet(output) if suffix == ".parquet" else gpd.read_file(output)
        assert frame.crs == "EPSG:4326"
    assert frame.set_index("pcode")["mentions"]["SY120303"] == 2


def test_a_geocoded_table_is_summed_up_by_its_rows(tmp_path, gazetteer):
    (tmp_path / "in.csv").write_text("place,gov\nNawa,Daraa\nNawa,Daraa\nqqqqq,\n", "utf-8")
    out = tmp_path / "out.csv"
    with pytest.raises(SystemExit):
        main(["geocode", str(tmp_path / "in.csv"), "--name", "place", "--within", "gov", "-o", str(out)])
    summary = summarise(out, gazetteer)
    assert counts(summary) == counts(summary, "documents") == {"SY120303": 2}
    assert summary.left_out == 1


def test_mistakes_are_named(tmp_path, gazetteer):
    source = write_mentions(tmp_path / "m.parquet", gazetteer, ROWS)
    with pytest.raises(QueryError, match="by must be one of governorate, district, subdistrict, not 'street'"):
        summarise(source, gazetteer, by="street")
    with pytest.raises(QueryError, match="uncertain must be"):
        summarise(source, gazetteer, uncertain="maybe")
    (tmp_path / "a.csv").write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(SourceError, match="no column buldan_id; is this the output"):
        summarise(tmp_path / "a.csv", gazetteer)
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceError, match="no Parquet files"):
        summarise(tmp_path / "empty", gazetteer)


TABLE = pd.DataFrame(
    {
        "place": ["Nawa", "يلدا", "Zzyzzx", "", "أخرى"],
        "unit": ["SY120303", "SY030102", "SY120303", "SY12", ""],
        "families": ["1,200", "٣٠", "5", "7", "many"],
        "people": [6000, 150, 25, 35, None],
    }
)


def test_columns_of_numbers_are_added_up_by_unit(gazetteer):
    """A row whose place is not known counts at its unit; what lies in none is told."""
    found = buldan.geocode(TABLE, name="place", within="unit", gazetteer=gazetteer)
    assert list(found["status"]) == ["found", "found", "unit only", "unit only", "not a place"]
    made = summarise(pd.DataFrame(found), gazetteer, sums=["families", "people"])
    assert counts(made, "families") == {"SY120303": 1205, "SY030102": 30}
    assert counts(made, "people") == {"SY120303": 6025, "SY030102": 150}
    assert (made.sums_left_out, made.unread) == ({"families": 7, "people": 35}, 1)
    wider = summarise(pd.DataFrame(found), gazetteer, by="governorate", sums=["families"])
    assert counts(wider, "families") == {"SY12": 1212, "SY03": 30}


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("1,200", 1200),
        ("12,345,678", 12345678),
        ("1,200.5", 1200.5),
        ("13,5", 13.5),
        ("-0,125", -0.125),
        ("1.200,5", 1200.5),
        ("1.2", 1.2),
        ("12 345", 12345),
        ("1\u00a0200", 1200),
        ("١٣٫٥", 13.5),
        ("١٬٢٠٠", 1200),
        ("١،٢٠٠", 1200),
        ("١٣،٥", 13.5),
        ("1,2,3", None),
        ("12 5", None),
        ("7 persons", None),
    ],
)
def test_a_comma_sets_thousands_apart_only_before_three_digits(gazetteer, cell, amount):
    """Half a ration written `13,5` is not 135; what may be a list of numbers is no number."""
    table = pd.DataFrame({"buldan_id": [gazetteer.place(NAWA).id], "families": [cell]})
    made = summarise(table, gazetteer, sums=["families"])
    assert (made.frame["families"].sum(), made.unread) == ((amount, 0) if amount is not None else (0, 1))


def test_sums_are_said_and_written(tmp_path, gazetteer, capsys):
    found = buldan.geocode(TABLE, name="place", within="unit", gazetteer=gazetteer)
    pd.DataFrame(found).drop(columns="geometry").to_csv(tmp_path / "in.csv", index=False)
    arguments = ["summarise", str(tmp_path / "in.csv"), "--by", "district", "--sum", "Families"]
    with pytest.raises(SystemExit) as left:
        main([*arguments, "--output", str(tmp_path / "out.csv")])
    assert left.value.code == 0
    assert "Families: 1,235 counted, 7 left out" in capsys.readouterr().err
    assert pd.read_csv(tmp_path / "out.csv")["Families"].sum() == 1235


def test_a_row_of_sums_counts_nowhere_and_a_point_set_by_hand_in_its_unit(gazetteer):
    table = pd.DataFrame(
        {
            "buldan_id": [gazetteer.place(NAWA).id, None, None],
            "adm3_pcode": ["SY120202", "SY070500", None],
            "score": [0.9, 1.0, None],
            "status": ["found", "decided", "not a place"],
            "reason": [None, "decided by a person", "row of sums: Total"],
            "families": ["3", "4", "7"],
        }
    )
    made = summarise(table, gazetteer, sums=["families"])
    counts = made.frame.set_index("pcode")["families"]
    assert (counts[gazetteer.place(NAWA).admin_pcode], counts["SY070500"], counts.sum()) == (3, 4, 7)
    assert (made.mentions, made.skipped, made.sums_left_out) == (2, 1, {"families": 0})
