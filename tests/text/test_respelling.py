"""What was typed in other letters than it is written in."""

import pytest

import buldan
from buldan.text import iter_respellings

READ = [
    ("Алеппо", "aleppo"),
    ("Дейр-эз-Зор", "deyr-ez-zor"),
    ("Χαλέπι", "halepi"),
    ("חמה", "حمة"),
    ("pgf", "حلب"),
    ("يعةش", "duma"),
    ("Darnascus", "damascus"),
    ("3arbin", "ʿarbin"),
    ("tel2esh", "telqesh"),
    ("Querdaha", "qerdaha"),
]


@pytest.mark.parametrize(("typed", "meant"), READ)
def test_letters_are_read_by_the_tables(typed: str, meant: str) -> None:
    assert meant in {respelling.text for respelling in iter_respellings(typed)}


@pytest.mark.parametrize("name", ["مدينة سراقب", "كفر تخاريم", "حي الفرافرة - حلب", "دير الزور"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1256"])
def test_arabic_read_by_the_wrong_encoding_is_read_by_the_right_one(name: str, encoding: str) -> None:
    garbled = name.encode(encoding).decode("latin-1")
    readings = {respelling.text for respelling in iter_respellings(garbled) if respelling.rule == "encoding"}
    assert readings == {name}


@pytest.mark.parametrize("name", ["Alép", "Mhardé", "Ḩamāh", "İdlib", "Café à Damas"])
def test_latin_letters_with_marks_were_not_read_by_the_wrong_encoding(name: str) -> None:
    assert not [respelling for respelling in iter_respellings(name) if respelling.rule == "encoding"]


@pytest.mark.parametrize("name", ["Padam", "Aleppo", "Santa Rita", "Hama"])
def test_what_can_be_pronounced_was_hardly_typed_in_the_other_layout(name: str) -> None:
    assert not [respelling for respelling in iter_respellings(name) if respelling.rule == "keyboard"]


@pytest.mark.parametrize("typed", ["اغشكر", "نوشجة", "زبدجل"])
def test_what_would_hold_signs_was_not_typed_in_the_other_layout(typed: str) -> None:
    assert not [respelling for respelling in iter_respellings(typed) if respelling.rule == "keyboard"]


FOUND = [
    ("ÓÑÇÞÈ", "C3916", "encoding"),
    ("Ø³Ø±Ø§Ù\x82Ø¨", "C3916", "encoding"),
    ("Дума", "C2338", "script"),
    ("Σουέιντα", "C6147", "script"),
    ("דרעא", "C5993", "script"),
    ("pvsjh", "C2342", "keyboard"),
    ("اشقشسفش", "C2342", "keyboard"),
]


@pytest.mark.parametrize(("typed", "pcode", "rule"), FOUND)
def test_a_name_in_other_letters_is_found_and_said_so(
    gazetteer: buldan.Gazetteer, typed: str, pcode: str, rule: str
) -> None:
    best = gazetteer.lookup(typed)[0]
    assert best.place.pcode == pcode
    assert rule in {reason.rule for reason in best.reasons}


@pytest.mark.parametrize("name", ["Saraqib", "Deir ez-Zor", "سراقب"])
def test_a_name_that_is_found_as_written_is_not_respelled(gazetteer: buldan.Gazetteer, name: str) -> None:
    assert not {reason.rule for match in gazetteer.lookup(name) for reason in match.reasons} & {"keyboard", "script"}
