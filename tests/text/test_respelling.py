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
]


@pytest.mark.parametrize(("typed", "meant"), READ)
def test_letters_are_read_by_the_tables(typed: str, meant: str) -> None:
    assert meant in {respelling.text for respelling in iter_respellings(typed)}


FOUND = [
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
