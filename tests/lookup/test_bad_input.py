"""What bad input gets: one clear error that says what was wrong, never a guess."""

import re
from collections.abc import Callable

import pandas as pd
import pytest

import buldan
from buldan import PlaceNotFound, QueryError

BAD_TEXTS = ["", "   ", "a" * 10_000, "دمشق\x00", "\ud800", "\x07bell"]

SILENT_TEXTS = [
    ("😀😀", "no_letters"),
    ("123", "no_letters"),
    ("ـ", "no_letters"),
    ("ء", "no_letters"),
    ("½ ʼ", "no_letters"),
    ("١٢٣", "no_letters"),
    ("ال", "no_letters"),
    ("al-", "no_letters"),
    ("(،)", "no_letters"),
    ("nan", "no_value"),
    ("NaN", "no_value"),
    (" <NA> ", "no_value"),
    ("NULL", "no_value"),
    ("Grand total", "no_value"),
    ("غير معروفة", "no_value"),
    ("آخر", "no_value"),
    ("ደማስቆ", "script_unread"),
    ("阿勒颇", "script_unread"),
]


@pytest.mark.parametrize("text", BAD_TEXTS, ids=lambda text: ascii(text[:12]))
def test_text_that_cannot_be_a_name_is_refused(gazetteer: buldan.Gazetteer, text: str) -> None:
    with pytest.raises(QueryError):
        gazetteer.lookup(text)


@pytest.mark.parametrize(("text", "rule"), SILENT_TEXTS)
def test_text_without_a_name_that_can_be_read_says_why_it_has_no_answer(
    gazetteer: buldan.Gazetteer, text: str, rule: str
) -> None:
    matches = gazetteer.lookup(text)
    assert not matches
    assert [reason.rule for reason in matches.reasons] == [rule]


@pytest.mark.parametrize("text", ["دوما ـ", "ـ دوما", "دوما ء", "Douma ʼ", "½ Douma", "ـ، دوما", "د ـ وما"])
def test_what_folds_to_nothing_is_no_word_of_a_name(gazetteer: buldan.Gazetteer, text: str) -> None:
    answer = [match.place.id for match in gazetteer.lookup(text)]
    assert answer[:1] == [gazetteer.lookup("دوما")[0].place.id]


@pytest.mark.parametrize(
    ("text", "name"), [("حرستا شرقي ’ ’", "حرستا"), ("سراقب غربي ـ", "سراقب"), ("Binnish east of ʼ", "بنش")]
)
def test_what_folds_to_nothing_is_no_name_behind_a_joining_word(
    gazetteer: buldan.Gazetteer, text: str, name: str
) -> None:
    assert name in {match.place.name_ar for match in gazetteer.lookup(text)}


@pytest.mark.parametrize(
    "text", ["Nawa? RR? km", "م RR km", "حمص km", "km km", "Homs places", "Homs. km", "x 1.2.3 km"]
)
def test_a_unit_of_length_without_a_number_raises_no_error(gazetteer: buldan.Gazetteer, text: str) -> None:
    assert all(0 <= match.score <= 1 for match in gazetteer.lookup(text))


@pytest.mark.parametrize("limit", [0, -1, 10**9])
def test_limit_out_of_range(gazetteer: buldan.Gazetteer, limit: int) -> None:
    with pytest.raises(QueryError, match="limit"):
        gazetteer.lookup("حلب", limit=limit)


@pytest.mark.parametrize("near", [(200.0, 33.0), (36.0, 95.0), (33.5, 36.3), (float("nan"), 33.0)])
def test_near_outside_the_world_or_swapped(gazetteer: buldan.Gazetteer, near: tuple[float, float]) -> None:
    with pytest.raises(QueryError, match="a point is lon, lat"):
        gazetteer.lookup("حلب", near=near)


def test_unknown_within_names_what_was_unknown(gazetteer: buldan.Gazetteer) -> None:
    with pytest.raises(QueryError, match="Zzyzxq"):
        gazetteer.lookup("حلب", within="Zzyzxq")


@pytest.mark.parametrize("within", ["", "  ", "\t"])
def test_an_empty_within_is_refused_and_a_blank_in_a_chain_is_none(gazetteer: buldan.Gazetteer, within: str) -> None:
    with pytest.raises(QueryError, match="within is empty"):
        gazetteer.lookup("Nawa", within=within)
    with pytest.raises(QueryError, match="within is empty"):
        gazetteer.lookup_many(["Nawa"], within=within)
    assert gazetteer.lookup("Nawa", within=[within, "Daraa"]) == gazetteer.lookup("Nawa", within=["Daraa"])
    answers = gazetteer.lookup_many(["Nawa", "Nawa"], within=[within, None])
    assert str(answers[0].error).startswith("row 1: within is empty")
    assert answers[1]


def test_unknown_kind_lists_the_known(gazetteer: buldan.Gazetteer) -> None:
    with pytest.raises(QueryError, match="village"):
        gazetteer.lookup("حلب", kinds=["hamletish"])


def test_unknown_id(gazetteer: buldan.Gazetteer) -> None:
    with pytest.raises(PlaceNotFound, match="C999999"):
        gazetteer.place("C999999")


def test_of_many_names_one_that_cannot_be_asked_harms_no_other(gazetteer: buldan.Gazetteer) -> None:
    names = ["يلدا", " ", "Nawa", "Saraqib"]
    answers = gazetteer.lookup_many(names, within=[None, None, "Zzyzxq", ["Zzyzxq", "Idleb"]])
    assert [bool(answer) for answer in answers] == [True, False, False, True]
    assert [answer.error is None for answer in answers] == [True, False, False, True]
    assert str(answers[1].error).startswith("row 2: ")
    assert str(answers[2].error).startswith("row 3: unknown within")


def test_what_holds_for_all_names_is_refused_at_once(gazetteer: buldan.Gazetteer) -> None:
    for bad in ({"within": "Zzyzxq"}, {"limit": 0}, {"kinds": ["hamletish"]}):
        with pytest.raises(QueryError):
            gazetteer.lookup_many(["يلدا", "Nawa"], **bad)  # type: ignore[arg-type]


@pytest.mark.parametrize("within", [7, b"Idleb", {"Idleb"}, pd.DataFrame({"a": ["Idleb"]}), [["Idleb"]]])
def test_what_is_neither_a_unit_nor_a_sequence_of_them_is_refused_in_words(
    gazetteer: buldan.Gazetteer, within: object
) -> None:
    with pytest.raises(QueryError, match="within must be a unit's name or code, or a sequence"):
        gazetteer.lookup("Azmarin", within=within)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda gaz: gaz.lookup("Yalda", kinds=3), "kinds must be names of kinds"),
        (lambda gaz: gaz.lookup("Yalda", kinds=[3]), "a kind must be a string, such as 'town', not int"),
        (lambda gaz: gaz.lookup("Yalda", near=36), "a point is two numbers, lon, lat in degrees, not 36"),
        (lambda gaz: gaz.lookup("Yalda", near=("east", "north")), "a point is two numbers"),
        (lambda gaz: gaz.lookup("Yalda", near="36,33"), "a point is two numbers"),
        (lambda gaz: gaz.lookup_many("Yalda"), "texts must be a list of names, not str"),
        (lambda gaz: gaz.lookup_many(None), "texts must be a list of names, not NoneType"),
        (lambda gaz: gaz.lookup_many(["Yalda"], within=["SY03", "SY04"]), "within has 2 entries for 1 texts"),
        (lambda gaz: gaz.suggest(None), "the beginning of a name must be a string, not NoneType"),
        (
            lambda gaz: gaz.reverse(lon=36.3, lat=33.4, radius_km="far"),
            "radius_km must be kilometres above 0, not 'far'",
        ),
        (lambda gaz: gaz.reverse(lon=None, lat=33.4), "a point is two numbers"),
        (lambda gaz: gaz.place(3), "an id must be a string, not int"),
        (lambda gaz: gaz.geoparse(None), "the text must be a string, not NoneType"),
        (lambda gaz: gaz.geoparse(b"Douma"), "the text must be a string, not bytes; decode it first"),
        (lambda gaz: list(gaz.geoparse_many("Douma")), "texts must be a list of texts, not str"),
        (lambda gaz: list(gaz.geoparse_many(["Douma", None])), "text 2 must be a string, not NoneType"),
    ],
)
def test_an_argument_of_the_wrong_type_is_named(
    gazetteer: buldan.Gazetteer, ask: Callable[[buldan.Gazetteer], object], said: str
) -> None:
    with pytest.raises(QueryError, match=re.escape(said)):
        ask(gazetteer)


def test_one_kind_needs_no_list(gazetteer: buldan.Gazetteer) -> None:
    assert gazetteer.lookup("Yalda", kinds="town") == gazetteer.lookup("Yalda", kinds=["town"]) != ()
    assert gazetteer.lookup_many(["Yalda"], kinds="settlement")[0]
    assert gazetteer.browse(kinds="country", limit=1).total == 1


@pytest.mark.parametrize("text", ["36.29, 33.51", "36°18'N 33°30'E"])
def test_swapped_coordinates_in_a_cell_are_an_error_of_this_cell_alone(gazetteer: buldan.Gazetteer, text: str) -> None:
    with pytest.raises(QueryError, match="looks swapped"):
        gazetteer.lookup(text)
    swapped, named = gazetteer.lookup_many([text, "Yalda"])
    assert str(swapped.error).startswith("row 1: coordinates are latitude, longitude")
    assert named == gazetteer.lookup("Yalda")
    table = buldan.geocode(pd.Series([text, "Yalda"]), gazetteer=gazetteer)
    assert list(table["status"]) == ["not found", "found"]


def test_a_number_in_a_long_list_refuses_nothing(gazetteer: buldan.Gazetteer) -> None:
    towns = ["Homs", "Aleppo", "Idlib", "Yalda", "Duma", "Harasta", "Saraqib", "Sarmin", "Hama 1"]
    assert gazetteer.lookup(", ".join(towns))[0].score < 0.5
