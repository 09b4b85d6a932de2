"""Each stage of a lookup alone, on the mini gazetteer of namesakes: cell, query, search, units, weighing, grouping."""

import pytest

from buldan.index import open_index
from buldan.lookup.cell_reading import CellReader
from buldan.lookup.co_located import group_co_located
from buldan.lookup.evidence import EVIDENCE, read_weights
from buldan.lookup.query import parse_query
from buldan.lookup.search import Search
from buldan.lookup.units import UnitReader
from buldan.lookup.weighing import Constraints, Weigher

SURAN = {"C1664", "C3026", "C1197", "SY020405", "SY050101"}
"""Three settlements and two sub-districts of one name, in Aleppo and in Hama."""


@pytest.fixture(scope="module")
def index(mini):
    return open_index(mini)


@pytest.fixture(scope="module")
def search(index):
    return Search(index)


@pytest.fixture(scope="module")
def weigher(index):
    return Weigher(index, read_weights())


@pytest.fixture(scope="module")
def units(index, search, weigher):
    return UnitReader(index, search, weigher)


def codes_of(index, found):
    """P-codes of the places whose forms were found."""
    return {index.places[index.form_place[form]].pcode for hits in found for form in hits.forms}


def weigh(index, search, weigher, text, within=None):
    query = parse_query(text)
    constraints = Constraints() if within is None else Constraints(within)
    return weigher.weigh(search.find_exact(query.plain_readings), constraints, segments=len(query.segments))


def shares(index, ranking):
    return {index.places[row].pcode: score for row, score in zip(ranking.rows, ranking.scores, strict=True)}


def test_a_query_is_cut_where_a_sign_stands_and_each_part_may_be_the_name():
    query = parse_query("Nawa (Daraa)")
    assert query.segments == (("first", "Nawa"), ("bracket", "Daraa"))
    assert [reading.words for reading in query.plain_readings] == [("nawa",), ("daraa",), ("nawa", "daraa")]


@pytest.mark.parametrize(
    ("text", "clitic", "words"),
    [("ونوى", "و", ("نوي",)), ("بحلب", "ب", ("حلب",)), ("وبحمص", "وب", ("حمص",)), ("للقصير", "لل", ("قصير",))],
)
def test_clitics_are_taken_off_the_first_word(text, clitic, words):
    assert (clitic, words) in {(reading.clitic, reading.words) for reading in parse_query(text).clitic_readings}


def test_words_of_kind_are_left_out_and_the_reading_says_so():
    bare = [reading for reading in parse_query("قرية نوى").plain_readings if reading.bare]
    assert [(reading.words, reading.kinds) for reading in bare] == [(("نوي",), frozenset({"village"}))]


def test_a_part_of_a_name_costs_the_share_of_letters_left_out():
    parts = {reading.words: reading.left_out for reading in parse_query("نوى الجديدة").part_readings}
    assert 0 < parts["جديده",] < parts["نوي",] < 1


def test_exact_search_finds_every_bearer_of_a_name(index, search):
    assert codes_of(index, search.find_exact(parse_query("صوران").plain_readings)) == SURAN


@pytest.mark.parametrize(
    ("stage", "text", "pcode"),
    [
        ("find_by_typo", "سرافب", "C3916"),
        ("find_by_typo", "Ain al Aran", "C1946"),
        ("find_by_skeleton_edit", "Salamniya", "C3244"),
        ("find_by_skeleton_bigrams", "Yamruk", "C5701"),
    ],
)
def test_bolder_stages_find_other_spellings(index, search, stage, text, pcode):
    readings = parse_query(text).plain_readings
    assert pcode not in codes_of(index, search.find_exact(readings))
    assert pcode in codes_of(index, getattr(search, stage)(readings))


def test_units_are_read_each_inside_the_last(index, units):
    def chain(*names):
        return [{index.places[row].pcode for row in each.rows} for each in units.read_within(names).containers]

    assert chain("Hama", "Suran") == [{"SY05"}, {"SY050101"}]
    assert chain("Aleppo", "Suran") == [{"SY02"}, {"SY020405"}]
    assert chain("SY02", "صوران") == [{"SY02"}, {"SY020405"}]


def test_a_unit_that_is_not_known_is_told_and_the_rest_narrows(index, units):
    read = units.read_within(["Hama", "Zzyzzxq"])
    assert [index.places[each.rows[0]].pcode for each in read.containers] == ["SY05"]
    assert [reason.detail for reason in read.reasons] == ["Zzyzzxq"]


def test_without_a_unit_namesakes_share_the_probability_and_with_one_it_goes_to_the_place_inside(
    index, search, weigher, units
):
    alone = shares(index, weigh(index, search, weigher, "صوران"))
    assert set(alone) == SURAN
    assert sum(alone.values()) <= 1
    assert max(alone.values()) < 0.7
    inside = shares(index, weigh(index, search, weigher, "صوران", units.read_within(["Aleppo", "A'zaz"])))
    assert max(inside, key=inside.get) == "C1664"
    assert inside["C1664"] > alone["C1664"]
    assert inside["C3026"] < 0.05


def test_evidence_says_what_speaks_for_a_candidate(index, search, weigher, units):
    ranking = weigh(index, search, weigher, "صوران", units.read_within(["Hama"]))
    evidence = dict(zip(EVIDENCE, ranking.get_evidence(0), strict=True))
    assert index.places[ranking.rows[0]].pcode == "C3026"
    assert (evidence["same_fold"], evidence["within_inside"], evidence["within_outside"]) == (1, 1, 0)
    last = dict(zip(EVIDENCE, ranking.get_evidence(len(ranking.rows) - 1), strict=True))
    assert last["within_outside"] > 0


def test_a_town_and_its_unit_at_one_spot_are_one_answer(index, search, weigher):
    ranking = weigh(index, search, weigher, "صوران")
    groups = [
        {index.places[ranking.rows[at]].pcode for at in group.positions} for group in group_co_located(index, ranking)
    ]
    assert {"C3026"} in groups or {"C3026", "SY050101"} in groups
    scores = [group.score for group in group_co_located(index, ranking)]
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) == pytest.approx(sum(ranking.scores), abs=1e-3)


@pytest.mark.parametrize(
    ("cell", "names", "containers"),
    [
        ("حمص - الزهراء", ["الزهراء"], ["حمص"]),
        ("الزهراء، حلب", ["الزهراء"], ["حلب"]),
        ("Suran, Hama, Syria", ["Suran"], ["Hama", "Syria"]),
        ("دوما - حرستا", ["دوما", "حرستا"], []),
        ("Salqin/سلقين", ["Salqin"], []),
    ],
)
def test_a_cell_is_read_as_names_and_units(index, units, cell, names, containers):
    read = CellReader(index, units).read(cell)
    assert [part.text for part in read.names] == names
    assert [part.text for part in read.units] == containers


def test_what_the_gazetteer_holds_as_one_name_is_no_cell_to_cut(index, units):
    assert CellReader(index, units).read("ريف دمشق") is None


def test_a_longer_name_takes_nothing_from_a_place(gazetteer):
    # The village Yarmuk is called Yarmouk farm, too, and that without its farm is what was asked, letter by letter.
    (village,) = (match for match in gazetteer.lookup("Yarmouk", limit=10) if match.place.kind == "village")
    assert (village.name.text, village.reasons[0].rule) == ("Yarmuk", "same_sounds")
