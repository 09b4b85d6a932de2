"""A facility of which a place has one is found by any spelling of the place that it is named after."""

import pytest

import buldan


@pytest.mark.parametrize(
    ("asked", "kind", "name"),
    [
        ("Kweires airbase", "airbase", "Kuweires Airbase"),
        ("Kuweyres airbase", "airbase", "Kuweires Airbase"),
        ("Abu Dhuhur military airport", "airbase", "Abu al-Duhur Airbase"),
        ("Sheirat air base", "airbase", "Shayrat Airbase"),
        ("Dumayr military airport", "airbase", "Dumayr Airbase"),
        ("Humaymim airbase", "airbase", "Hmeimim Airbase"),
        ("Tel Abyad crossing", "crossing", "Tal Abyad crossing"),
        ("Tabqah dam", "dam", "Tabqa Dam"),
    ],
)
def test_it_is_found_by_a_spelling_of_the_place(gazetteer: buldan.Gazetteer, asked: str, kind: str, name: str) -> None:
    match = gazetteer.lookup(asked)[0]
    assert (match.place.kind, match.place.name("en")) == (kind, name)
    assert match.score > 0.6
    assert not match.ambiguous


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Tichrine dam", "Tishrin Dam"),
        ("Tishrine dam", "Tishrin Dam"),
        ("محطة السويدية", "Suwaydiyah power station"),
        ("Aleppo CCGT power plant, Syria", "Aleppo thermal power station"),
        ("Zara OCGT plant", "Zara power station"),
        ("محطة كهرباء الزارة الحرارية", "Zara power station"),
        ("حقل غاز الشاعر", "Shaer gas field"),
        ("حقل نفط التنك", "al-Tanak oil field"),
        ("Jisr al-Rastan", "Rastan Bridge"),
        ("Souk of Jasim", "Jasim market"),
        ("Tichrine hospital", "Tishreen Military Hospital"),
        ("Homs station", "Homs railway station"),  # of trains or of power
        ("محطة جندر", "Jandar power station"),
    ],
)
def test_it_is_found_by_the_usual_word_for_its_kind(gazetteer: buldan.Gazetteer, asked: str, name: str) -> None:
    """Where the village of that name is found instead, and with technical words."""
    match = gazetteer.lookup(asked)[0]
    assert match.place.name("en") == name
    assert match.score > 0.6


@pytest.mark.parametrize("asked", ["hospital Ibn Ru", "Ibn Ru hospital", "airport Hmh", "مشفى بنيغ"])
def test_a_name_that_is_no_likely_spelling_of_a_town_finds_nothing_called_after_it(
    gazetteer: buldan.Gazetteer, asked: str
) -> None:
    matches = gazetteer.lookup(asked)
    assert not matches or matches[0].score < 0.5
    assert gazetteer.lookup("hospital Sarakeb")[0].place.name("en") == "Saraqib Hospital"


@pytest.mark.parametrize("asked", ["Tichrine", "Hameidiyyeh power plant", "حقل نفط صيدنايا"])
def test_a_place_is_no_facility_that_bears_its_name_elsewhere(gazetteer: buldan.Gazetteer, asked: str) -> None:
    match = gazetteer.lookup(asked)[0]
    assert match.place.kind in {"village", "town", "sub-district"}
    assert match.score < 0.6


@pytest.mark.parametrize(
    ("asked", "unit", "kind"),
    [
        ("Quwatli street", "Ar-Raqqa", "road"),
        ("شارع القوتلي", "الرقة", "road"),
        ("Dalla roundabout", None, "landmark"),
        ("صوامع تل علو", None, "industry"),
        ("كنيسة اليعقوبية", None, "church"),
    ],
)
def test_a_word_for_what_stands_in_a_town_tells_its_kind(
    gazetteer: buldan.Gazetteer, asked: str, unit: str | None, kind: str
) -> None:
    match = gazetteer.lookup(asked, within=unit)[0]
    assert match.place.kind == kind
    assert "kind_agrees" in {reason.rule for reason in match.reasons}


@pytest.mark.parametrize("asked", ["Kweires", "Dumayr", "Sheirat", "Dabaa"])
def test_the_bare_name_stays_the_place(gazetteer: buldan.Gazetteer, asked: str) -> None:
    assert gazetteer.lookup(asked)[0].place.kind in {"town", "village"}


@pytest.mark.parametrize("asked", ["Idlib dam", "Sarmin airport", "Salqin university", "Hama crossing"])
def test_of_a_facility_that_is_not_known_the_place_is_doubtful(gazetteer: buldan.Gazetteer, asked: str) -> None:
    match = gazetteer.lookup(asked)[0]
    assert match.score < 0.6
    assert "facility_there" in {reason.rule for reason in match.reasons}


@pytest.mark.parametrize("asked", ["Erbil airport", "Mosul dam", "Ramstein air base", "جامعة بيروت", "سد أتاتورك"])
def test_another_country_s_is_never_sure(gazetteer: buldan.Gazetteer, asked: str) -> None:
    assert all(match.score < 0.5 for match in gazetteer.lookup(asked))


def test_a_town_may_have_several_hospitals(gazetteer: buldan.Gazetteer) -> None:
    assert gazetteer.lookup("Afrin national hospital")[0].place.name("en") != "Military Hospital of Afrin"


@pytest.mark.parametrize("name", ["Jisr esh-Shaghuur", "Jisr al-Shighor", "جسر الشاغوور", "Wadi Ayun"])
def test_a_misspelled_name_keeps_its_word_of_kind(gazetteer: buldan.Gazetteer, name: str) -> None:
    """Which is spelled right: it asks for no bridge and no valley."""
    best = gazetteer.lookup(name)[0]
    assert best.place.pcode in {"C4199", "C3434"}
    assert "kind_differs" not in {reason.rule for reason in best.reasons}
