"""`buldan.geocode`: the same rows, in the same order, with places; and the same answers as one by one."""

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import buldan
from buldan.errors import QueryError
from buldan.tables import ANSWER_COLUMNS, Question, Terms
from buldan.tables.judging import answer

NAMES = ["يلدا", "Yalda", "نوى", "Nawa", "al-Hajar al-Aswad", "درعا", "qqqqq", "", None, "C2302"]


def test_a_series_keeps_its_index_and_order(gazetteer):
    series = pd.Series(NAMES, index=list("jihgfedcba"), name="place")
    found = buldan.geocode(series, gazetteer=gazetteer)
    assert isinstance(found, gpd.GeoDataFrame)
    assert found.crs == "EPSG:4326"
    pd.testing.assert_series_equal(found["place"], series)
    assert found.loc["j", "pcode"] == found.loc["i", "pcode"] == found.loc["a", "pcode"] == "C2302"
    assert list(found.columns) == ["place", *ANSWER_COLUMNS, "geometry"]


REASONS = [
    ("qqqqq", "no match"),
    ("!!!", "no letters"),
    ("ا" * 400, "300"),
]


@pytest.mark.parametrize(("name", "reason"), REASONS)
def test_a_row_without_a_place_says_why(gazetteer, name, reason):
    row = buldan.geocode(pd.Series([name], name="place"), gazetteer=gazetteer).iloc[0]
    assert row["status"] == "not found"
    assert reason in row["reason"]
    assert row["buldan_id"] is None or pd.isna(row["buldan_id"])
    assert row.geometry is None


@pytest.mark.parametrize("name", ["", None, "   "])
def test_an_empty_row_is_not_counted_as_a_name_that_is_not_found(gazetteer, name):
    frame = pd.DataFrame({"place": [name, name, name], "unit": ["", "Homs", "Qqqqq"]})
    found = buldan.geocode(frame, name="place", within="unit", gazetteer=gazetteer)
    assert list(found["status"]) == ["not a place", "unit only", "not found"]
    assert all("empty" in reason for reason in found["reason"])


def test_a_score_below_the_threshold_is_not_found_and_its_guess_is_told(gazetteer):
    row = buldan.geocode(pd.Series(["Nawa"], name="place"), min_score=0.99, gazetteer=gazetteer).iloc[0]
    assert (row["status"], row["reason"]) == ("not found", "below threshold 0.99")
    assert "Nawa" in row["alternatives"]
    assert row["score"] < 0.99


def test_units_come_from_a_column_a_series_or_a_word(gazetteer):
    frame = pd.DataFrame({"place": ["Nawa", "Nawa"], "unit": ["Daraa", "Homs"]})
    by_column = buldan.geocode(frame, name="place", within="unit", gazetteer=gazetteer)
    by_series = buldan.geocode(frame["place"], within=frame["unit"], gazetteer=gazetteer)
    assert list(by_column["adm1_pcode"]) == list(by_series["adm1_pcode"]) == ["SY12", "SY04"]
    by_word = buldan.geocode(frame, name="place", within="Homs", gazetteer=gazetteer)
    assert set(by_word["adm1_pcode"]) == {"SY04"}


def test_the_narrowest_known_unit_counts_and_an_unknown_one_is_told(gazetteer):
    frame = pd.DataFrame({"place": ["Nawa"] * 2, "adm1": ["Homs", "Daraa"], "adm2": ["", "Zzyzzx Qqq"]})
    found = buldan.geocode(frame, name="place", within=["adm1", "adm2"], gazetteer=gazetteer)
    assert list(found["adm1_pcode"]) == ["SY04", "SY12"]
    assert found["reason"].iloc[1] == "unit not known: Zzyzzx Qqq"
    assert found["status"].iloc[1] == "doubtful"


def test_kinds_are_kept(gazetteer):
    found = buldan.geocode(pd.Series(["درعا"], name="p"), kinds="governorate", gazetteer=gazetteer)
    assert list(found["kind"]) == ["governorate"]


def test_a_column_whose_name_is_taken_stays_and_ours_is_renamed(gazetteer):
    frame = pd.DataFrame({"name": ["Nawa"], "lon": [1.5], "score": ["x"]})
    found = buldan.geocode(frame, name="name", gazetteer=gazetteer)
    pd.testing.assert_frame_equal(pd.DataFrame(found[["name", "lon", "score"]]), frame)
    assert found.geometry.iloc[0].x == found["buldan_lon"].iloc[0]
    assert found["buldan_name"].iloc[0] == "Nawa"


def test_a_geodataframe_keeps_its_geometry_under_another_name(gazetteer):
    frame = gpd.GeoDataFrame({"place": ["Nawa"]}, geometry=gpd.points_from_xy([1.0], [2.0]), crs="EPSG:4326")
    found = buldan.geocode(frame, name="place", gazetteer=gazetteer)
    assert found["input_geometry"].iloc[0].x == 1.0
    assert found.geometry.iloc[0].x > 35


def test_an_empty_table_has_the_same_columns(gazetteer):
    full = buldan.geocode(pd.DataFrame({"place": ["Nawa"]}), gazetteer=gazetteer)
    empty = buldan.geocode(pd.DataFrame({"place": pd.Series([], dtype="str")}), gazetteer=gazetteer)
    assert list(empty.columns) == list(full.columns)
    assert list(empty.dtypes) == list(full.dtypes)


MISTAKES = [
    ({"name": "plce"}, "name must be one of the columns 'place', 'unit', not 'plce'"),
    ({}, "name must be one of"),
    ({"name": "place", "kinds": "castle"}, "unknown kind 'castle'"),
    ({"name": "place", "within": pd.Series(["Daraa"])}, "within has 1 rows with another index than the 2 names"),
    ({"name": "place", "within": pd.Series(["Daraa", ""], index=[7, 8])}, "within has 2 rows with another index"),
    ({"name": "place", "within": "unti"}, "within 'unti' is neither a unit nor one of the columns 'place', 'unit'"),
]


@pytest.mark.parametrize(("arguments", "message"), MISTAKES)
def test_a_mistake_is_named(gazetteer, arguments, message):
    frame = pd.DataFrame({"place": ["Nawa", "Yalda"], "unit": ["", ""]})
    with pytest.raises(QueryError, match=message):
        buldan.geocode(frame, gazetteer=gazetteer, **arguments)


def test_units_are_joined_by_index_as_pandas_does(gazetteer):
    places = pd.Series(["Nawa", "Nawa"], index=["a", "b"], name="place")
    found = buldan.geocode(places, within=pd.Series(["Homs", "Daraa"], index=["b", "a"]), gazetteer=gazetteer)
    assert list(found["adm1_pcode"]) == ["SY12", "SY04"]


def test_columns_may_be_called_by_numbers(gazetteer):
    frame = pd.DataFrame({0: ["Nawa"], 1: ["Homs"]})
    assert buldan.geocode(frame, name=0, within=1, gazetteer=gazetteer).loc[0, "adm1_pcode"] == "SY04"


def test_two_columns_of_one_name_and_things_that_are_no_table_are_refused(gazetteer):
    twice = pd.DataFrame([["Nawa", "Yalda"]], columns=["place", "place"])
    with pytest.raises(QueryError, match="there are several columns 'place'"):
        buldan.geocode(twice, name="place", gazetteer=gazetteer)
    with pytest.raises(QueryError, match="a Series or DataFrame of pandas, not list"):
        buldan.geocode(["Nawa"], gazetteer=gazetteer)


@settings(max_examples=25)
@given(
    rows=st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(["", "Daraa", "درعا", "Homs", "???"])), max_size=12)
)
def test_rows_are_answered_as_each_alone(gazetteer, rows):
    frame = pd.DataFrame(rows, columns=["place", "unit"], dtype=object)
    found = buldan.geocode(frame, name="place", within="unit", gazetteer=gazetteer)
    for (name, unit), (_, row) in zip(rows, found.iterrows(), strict=True):
        alone = answer(gazetteer, Question(name or "", (unit,) if unit else ()), Terms())
        given_row = [None if pd.isna(cell) else cell for cell in row[list(ANSWER_COLUMNS)]]
        assert tuple(given_row) == alone


def test_equal_names_are_asked_once(gazetteer):
    asked = []

    class Counting:
        version = gazetteer.version

        def lookup(self, text, **options):
            asked.append(text)
            return gazetteer.lookup(text, **options)

    buldan.geocode(pd.Series(["Nawa", " Nawa", "Yalda"] * 500, name="p"), gazetteer=Counting())
    assert sorted(asked) == ["Nawa", "Yalda"]
