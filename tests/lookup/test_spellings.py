"""Any spelling finds the place: claims in `spellings.tsv`, one a line."""

import csv
import io
import json
from collections import Counter
from pathlib import Path

import pytest

import buldan
from buldan.cli import main
from buldan.text import script_of

_, *LINES = Path(__file__).with_name("spellings.tsv").read_text("utf-8").splitlines()
SPELLINGS = [tuple(line.split("\t")) for line in LINES]


@pytest.mark.parametrize(("spelling", "pcode"), SPELLINGS)
def test_spelling_finds_the_place_first(gazetteer: buldan.Gazetteer, spelling: str, pcode: str) -> None:
    matches = gazetteer.lookup(spelling)
    assert [match.place.pcode for match in matches[:1]] == [pcode]


def test_the_sample_s_places_are_claimed_in_arabic_and_in_three_romanisations(shared: Path) -> None:
    gold = json.loads((shared / "samples" / "south-damascus.gold.json").read_text("utf-8"))
    for wanted in {mention["id"] for mention in gold["mentions"] if mention["flag"] == "syria"}:
        scripts = Counter(script_of(spelling) for spelling, pcode in SPELLINGS if pcode == wanted)
        assert scripts["Arab"] >= 1, wanted
        assert scripts["Latn"] >= 3, wanted


def test_the_command_line_finds_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["lookup", *(spelling for spelling, _ in SPELLINGS), "--limit", "1", "--format", "csv"])
    rows = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert [(row["query"], row["pcode"]) for row in rows] == SPELLINGS


def test_a_name_is_found_across_scripts(gazetteer: buldan.Gazetteer) -> None:
    """An Arabic question reaches a place that has only Latin names."""
    lone = next(
        place for place in gazetteer if not place.name_ar and all(name.script == "Latn" for name in place.names)
    )
    assert lone.id in {match.place.id for match in gazetteer.lookup(lone.name_en, limit=20)}


QUALIFIED = [
    ("Nawa (Daraa)", "C6124"),
    ("Ramadiyeh - Darkosh", "C4242"),
    ("يلدا، ريف دمشق", "C2302"),
    ("بلدة ببيلا في ريف دمشق", "C2300"),
    ("the town of Babbila, Rif Dimashq", "C2300"),
    ("وفي يلدا", "C2302"),
    ("ويلدا", "C2302"),
    ("C2302", "C2302"),
    ("محافظة حلب", "SY02"),
    ("Rif Dimashq", "SY03"),
    ("ريف دمشق", "SY03"),
    ("ديرالزور", "C5086"),
]


@pytest.mark.parametrize(("question", "pcode"), QUALIFIED)
def test_qualifiers_narrow_instead_of_confusing(gazetteer: buldan.Gazetteer, question: str, pcode: str) -> None:
    assert gazetteer.lookup(question)[0].place.pcode == pcode


@pytest.mark.parametrize("within", ["Idleb", "إدلب", "SY07", "Idlib governorate", "ادلب"])
def test_within_is_understood_in_any_spelling(gazetteer: buldan.Gazetteer, within: str) -> None:
    best = gazetteer.lookup("Babila", within=within)[0].place
    assert best.admin[0].pcode == "SY07"


def test_within_never_empties_the_answer(gazetteer: buldan.Gazetteer) -> None:
    assert gazetteer.lookup("الحجر الأسود", within="Al-Hasakeh")


def test_near_settles_homonyms(gazetteer: buldan.Gazetteer) -> None:
    for name_sake in gazetteer.lookup("الصالحية", limit=5):
        place = name_sake.place
        nearest = gazetteer.lookup("الصالحية", near=(place.lon, place.lat))[0].place
        assert abs(nearest.lon - place.lon) < 0.2
        assert abs(nearest.lat - place.lat) < 0.2


def test_homonyms_are_said_to_be_ambiguous(gazetteer: buldan.Gazetteer) -> None:
    assert gazetteer.lookup("المشيرفة")[0].ambiguous
    assert not gazetteer.lookup("الحجر الأسود")[0].ambiguous


@pytest.mark.parametrize(
    "name",
    [
        "Springfield",
        "hello world",
        "xylophone concerto",
        "Buenos Aires",
        "Istanbul",
        "باريس",
        "Ankara, Turkey",
        "طرابلس",
    ],
)
def test_what_is_not_there_is_not_found(gazetteer: buldan.Gazetteer, name: str) -> None:
    assert all(match.score < 0.3 for match in gazetteer.lookup(name))


def test_batch_and_single_give_the_same(gazetteer: buldan.Gazetteer) -> None:
    names = [spelling for spelling, _ in SPELLINGS[:20]]
    assert gazetteer.lookup_many(names, within="Damascus") == [
        gazetteer.lookup(name, within="Damascus") for name in names
    ]


def test_scores_are_probabilities_in_order(gazetteer: buldan.Gazetteer) -> None:
    for spelling, _ in SPELLINGS:
        scores = [match.score for match in gazetteer.lookup(spelling, limit=10)]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)


def test_kinds_keep_what_was_asked_for(gazetteer: buldan.Gazetteer) -> None:
    kinds = {match.place.kind for match in gazetteer.lookup("حلب", kinds=["governorate"], limit=10)}
    assert kinds <= {"governorate", "district", "sub-district"}
    assert gazetteer.lookup("حلب", kinds=["governorate"])[0].place.pcode == "SY02"


def test_two_names_that_a_waw_joins_are_both_found(gazetteer: buldan.Gazetteer) -> None:
    assert {match.place.pcode for match in gazetteer.lookup("سقبا وحمورية")} >= {"C2314", "C2316"}


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("يلد", "C2302"),
        ("Yeld", "C2302"),
        ("Khan Shykh", "C3987"),
        ("Maaret en", "C3985"),
        ("حجر الا", "C2502"),
        ("Sarakb", "C3916"),
        ("خان شيخو", "C3987"),
        ("Dar az", "C5086"),
    ],
)
def test_what_is_typed_is_completed_however_it_is_spelled(gazetteer: buldan.Gazetteer, typed: str, place: str) -> None:
    suggested = gazetteer.suggest(typed, limit=6)
    assert place in [each.place.pcode for each in suggested]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Ale", "Aleppo"),
        ("Saraq", "Saraqib"),
        ("السو", "السويداء"),
        ("Alep", "Alep"),
        ("Kob", "Kobané"),
        ("Rakk", "Rakka"),
        ("معضم", "معضمية الشام"),
    ],
)
def test_a_suggestion_shows_the_main_name_unless_another_was_typed(
    gazetteer: buldan.Gazetteer, typed: str, shown: str
) -> None:
    """A whole name is shown as it was typed, and a name that begins otherwise than the main one as it was found."""
    assert gazetteer.suggest(typed, limit=1)[0].text == shown


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("مالجوبانية", "الجوبانية"),
        ("اجلقنوات", "القنوات"),
        ("مزارع لاقادرية", "مزارع القادرية"),
        ("Tarjano - Elhefeh", "Tarjano Elheffeh"),
        ("فندق رعدان", "فندق رغدان"),
    ],
)
def test_one_slip_hides_no_long_name(gazetteer: buldan.Gazetteer, asked: str, meant: str) -> None:
    """In the article, beside a sign, beside a word of kind."""
    names = {name.text for name in gazetteer.lookup(asked)[0].place.names}
    assert meant in names


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("حو الدوير", "حوش الدوير"),
        ("خان الجل", "خان الجبل"),
        ("اتفريس", "افتريس"),
        ("القزكية", "الزكية"),
        ("سضكرة", "سكرة"),
        ("Mouok", "Moulok"),
        ("eir Dama", "Deir Dama"),
        ("Nur Ati", "Nur Ali"),
    ],
)
def test_a_slip_is_nearer_than_what_sounds_farther_or_leaves_a_word_out(
    gazetteer: buldan.Gazetteer, asked: str, meant: str
) -> None:
    assert meant in {name.text for name in gazetteer.lookup(asked)[0].place.names}


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("المرمية", "المكرمية"),
        ("معكبة", "معركبة"),
        ("عربوز", "عقربوز"),
        ("تل ويم", "تل دويم"),
        ("الختمو", "الختوم"),
    ],
)
def test_a_letter_is_rather_lost_or_swapped_than_another(gazetteer: buldan.Gazetteer, asked: str, meant: str) -> None:
    """Of names that are one slip away: Masmiyyeh has another letter than المرمية, Makrumiyeh one more."""
    assert meant in {name.text for name in gazetteer.lookup(asked)[0].place.names}


@pytest.mark.parametrize(("asked", "meant", "by_ear"), [("الختمو", "الختوم", "Khatamlo"), ("هضات", "هضبات", "Hadatu")])
def test_who_writes_arabic_knows_the_arabic_name(
    gazetteer: buldan.Gazetteer, asked: str, meant: str, by_ear: str
) -> None:
    """A Latin name that sounds so is less likely meant than an Arabic one with a slip."""
    matches = gazetteer.lookup(asked)
    assert meant in {name.text for name in matches[0].place.names}
    assert by_ear != matches[0].name.text


@pytest.mark.parametrize("name", ["حقل الثورة", "سد تشرين", "مبنى محافظة إدلب", "معبد السويداء", "طريق اعزاز"])
def test_a_clitic_hides_no_word_of_kind(gazetteer: buldan.Gazetteer, name: str) -> None:
    bearers = {match.place.id for match in gazetteer.lookup(name)}
    for clitic in "فل":
        assert gazetteer.lookup(clitic + name)[0].place.id in bearers
        assert name in {each.text for each in gazetteer.lookup(clitic + name)[0].place.names}


def test_accented_vowels_are_vowels(gazetteer: buldan.Gazetteer) -> None:
    """What has them is no transliteration without vowels."""
    assert not any(reason.rule == "respelled" for match in gazetteer.lookup("Bahdādī") for reason in match.reasons)


@pytest.mark.parametrize(
    ("written", "name", "lang"),
    [("Halab", "Halab", "en"), ("Heleb", "Heleb", "ku"), ("Idlib", "Idlib", "en"), ("İdlib", "İdlib", "tr")],
)
def test_the_name_given_is_the_one_written_where_others_fold_alike(
    gazetteer: buldan.Gazetteer, written: str, name: str, lang: str
) -> None:
    found = gazetteer.lookup(written)[0].name
    assert (found.text, found.lang) == (name, lang)
