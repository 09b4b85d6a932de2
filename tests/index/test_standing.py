"""Official before variant: whose name a form is, in the index and in what is asked of it."""

from dataclasses import replace

import pytest

from buldan.evaluate.gazetteer import MEASURES, draw_questions, measure_names
from buldan.index.standing import Standing, find_standings
from buldan.store import NameRecord, PlaceRecord

FORM = "باريشا"


def place(id_: str, kind: str = "village") -> PlaceRecord:
    return PlaceRecord(id_, kind, "", "", 36.0, 35.0, 1.0, "SY01", "", None, {}, ("ocha",))


def name(bearer: str, kind: str, sources: tuple[str, ...] = ("geonames",), text: str = FORM) -> NameRecord:
    return NameRecord(bearer, text, "ar", "Arab", kind, sources)


@pytest.mark.parametrize(
    ("kind", "names", "standing"),
    [
        ("village", [name("b", "variant")], Standing.ANOTHERS),
        ("village", [name("b", "variant", ("ocha", "geonames"))], Standing.ANOTHERS),
        ("site", [name("b", "variant", ("syriaca",))], Standing.ANOTHERS),
        ("sub-district", [name("b", "variant")], Standing.OTHER),
        ("village", [name("b", "former")], Standing.OTHER),
        ("town", [name("b", "variant")], Standing.ANOTHERS),
        ("town", [name("b", "variant", ("geonames", "whosonfirst"))], Standing.ANOTHERS),
        ("town", [name("b", "variant", ("geonames", "ocha"))], Standing.OTHER),
        ("town", [name("b", "variant", ("curated",))], Standing.OTHER),
        ("village", [name("b", "attested")], Standing.OWN),
        ("village", [name("b", "attested"), name("b", "official", text="أم الريش")], Standing.ANOTHERS),
        ("village", [name("b", "official")], Standing.OWN),
        ("village", [name("b", "variant", text="بَاريشا"), name("b", "official", text=FORM)], Standing.OTHER),
    ],
)
def test_a_name_is_anothers_where_another_settlement_is_called_so(kind, names, standing):
    records = [name("a", "official", ("ocha",)), *names]
    rows = [0] + [1] * len(names)
    assert list(find_standings([place("a"), place("b", kind)], records, rows))[:2] == [Standing.OWN, standing]


def test_a_town_stands_beside_a_village_that_no_list_has():
    records = [name("a", "attested"), name("b", "variant")]
    assert list(find_standings([place("a"), place("b", "town")], records, [0, 1])) == [Standing.OWN, Standing.OTHER]
    assert list(find_standings([place("a"), place("b")], records, [0, 1])) == [Standing.OWN, Standing.ANOTHERS]


def test_a_village_with_a_p_code_keeps_a_name_that_only_villages_of_no_list_have():
    coded = place("b")._replace(identifiers={"pcode": "C1"})
    records = [name("a", "attested"), name("b", "variant")]
    assert list(find_standings([place("a"), coded], records, [0, 1])) == [Standing.OWN, Standing.OTHER]
    records = [name("a", "official", ("ocha",)), name("b", "variant")]
    assert list(find_standings([place("a"), coded], records, [0, 1])) == [Standing.OWN, Standing.ANOTHERS]


def test_lookup_and_reader_take_the_bearer_unless_the_unit_says_otherwise(gazetteer):
    barisha, um_rish, unit = gazetteer.place("C4164"), gazetteer.place("C4194"), "جسر الشغور"
    assert barisha.name_ar == FORM
    assert any(one.text == FORM and one.kind == "variant" for one in um_rish.names)
    assert gazetteer.lookup(FORM)[0].place == barisha
    assert gazetteer.lookup(FORM, within=unit)[0].place == um_rish
    (mention,) = gazetteer.geoparse(f"وقع القصف في قرية {FORM} أمس.")
    assert mention.place == barisha
    mentions = gazetteer.geoparse(f"وقع القصف في قرية {FORM} في {unit} أمس.")
    assert um_rish in [mention.place for mention in mentions]


def test_the_measure_asks_for_forms_that_one_place_bears_as_its_own(gazetteer):
    questions = {question.form: question for question in draw_questions(list(gazetteer))}
    assert questions["الشيخ ريح"].right == {gazetteer.place("C3223").id}
    assert questions["المزيريب"].right == {gazetteer.place("C6039").id}
    measures = measure_names(gazetteer, [questions["الشيخ ريح"], questions["المزيريب"]])
    assert {name: (measure.right, measure.asked) for name, measure in measures.items()} == dict.fromkeys(
        MEASURES, (1, 1)
    )
    # An answer that says itself that another may be meant is no miss; this one does not.
    (wrong,) = measure_names(gazetteer, [replace(questions["سلميه"], right=frozenset({"bd00000000"}))]).values()
    assert (wrong.right, wrong.missed) == (0, ["سلميه"])


def test_a_crossing_that_encyclopedias_have_comes_before_hamlets_of_its_name(gazetteer):
    (mention,) = gazetteer.geoparse("Trucks entered through Bab al-Hawa.")
    assert mention.place.kind == "crossing"
    # Where the town is what is known, it stays the town.
    first, *_ = gazetteer.geoparse("Fighting reached Nasib in Daraa.")
    assert first.place.kind == "town"
