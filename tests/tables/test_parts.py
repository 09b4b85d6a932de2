"""What the parts of a geocoded table do by themselves: columns, kept answers, namesakes, camps, decisions."""

from pathlib import Path

import pyarrow as pa
import pytest

import buldan
from buldan.errors import QueryError
from buldan.files import Table
from buldan.lookup import Match
from buldan.tables import ANSWER_COLUMNS, Question, Terms, batches
from buldan.tables.answers import make_decided
from buldan.tables.batches import Geocoder
from buldan.tables.camps import find_together
from buldan.tables.choosing import put_town_first
from buldan.tables.detection import choose_columns, detect_columns, detect_pcode
from buldan.tables.judging import _Judge, answer_all
from buldan.tables.questions import AskedColumns
from buldan.tables.review import _find_alternatives
from buldan.tables.spellings import merge_matches
from buldan.tables.unfinished import keep_unfinished
from buldan.tables.units import read_units


@pytest.fixture(scope="module")
def frozen():
    """The gazetteer of the golden answers."""
    return buldan.load(Path(__file__).parents[1] / "golden/gazetteer")


def matched(gazetteer, id_, score):
    place = gazetteer.place(id_)
    return Match(place, place.names[0], score)


def table_of(**columns):
    batch = pa.record_batch({name: pa.array(cells, pa.string()) for name, cells in columns.items()})
    return Table(Path("list.csv"), batch.schema, batch.num_rows, lambda: iter([batch]))


LISTED = {
    "site": ["Nawa", "Yalda"],
    "governorate": ["Dar'a", "Rural Damascus"],
    "community_pcode": ["C6014", "C2302"],
    "remark": ["C6014", "C2302"],
}


def test_columns_are_told_by_their_labels():
    assert detect_columns(table_of(**LISTED)) == AskedColumns(("site",), ("governorate",), "community_pcode")


def test_a_column_of_p_codes_may_be_named_or_denied():
    table = table_of(**LISTED)
    assert choose_columns(table, ["site"]).pcode == "community_pcode"
    assert choose_columns(table, ["site"], pcode="remark").pcode == "remark"
    assert choose_columns(table, ["site"], pcode="none").pcode is None
    with pytest.raises(QueryError, match="no column 'codes'"):
        choose_columns(table, ["site"], pcode="codes")


def test_only_a_column_labelled_so_and_not_read_as_something_else_holds_p_codes():
    assert detect_pcode(table_of(**LISTED)) == "community_pcode"
    assert detect_pcode(table_of(**LISTED), exclude=["community_pcode"]) is None


def test_a_decision_for_a_place_is_certain_and_one_for_none_has_no_score(frozen):
    place = dict(zip(ANSWER_COLUMNS, make_decided(frozen.place("C2302")), strict=True))
    assert (place["pcode"], place["score"], place["status"]) == ("C2302", 1.0, "decided")
    none = dict(zip(ANSWER_COLUMNS, make_decided(None), strict=True))
    assert (none["buldan_id"], none["score"], none["reason"]) == (None, None, "decided by a person")


def test_answers_are_kept_and_the_oldest_go_first(frozen, monkeypatch):
    asked = []

    def answerer(questions):
        asked.append([question.name for question in questions])
        return answer_all(frozen, questions, Terms())

    def answer(*names):
        geocoder.answer_batch(pa.record_batch({"name": pa.array(names)}), AskedColumns(("name",)))

    monkeypatch.setattr(batches, "_MOST_KEPT", 2)
    geocoder = Geocoder(answerer)
    answer("Nawa", "Yalda", "Nawa")
    answer("Yalda", "Nawa")
    assert asked == [["Nawa", "Yalda"]]
    answer("Saraqib", "Yalda")
    answer("Saraqib", "Yalda")
    assert asked == [["Nawa", "Yalda"], ["Saraqib"]]
    answer("Nawa")
    assert asked[2:] == [["Nawa"]]


def test_answers_of_an_earlier_run_are_counted(frozen, tmp_path):
    for earlier in (0, 1):
        with pytest.raises(KeyError):  # noqa: SIM117 - the run ends early
            with keep_unfinished(
                tmp_path / "out.csv", lambda asked: answer_all(frozen, asked, Terms()), terms=""
            ) as kept:
                kept([Question("Nawa")])
                assert kept.earlier == earlier
                raise KeyError


def test_a_town_stands_before_ruins_that_are_as_likely(frozen):
    ruins, town, third = (matched(frozen, id_, 0.7) for id_ in ("bdj3sy3vtc", "bdh18s6240", "C2302"))
    assert put_town_first([ruins, town, third]) == [town, ruins, third]
    assert put_town_first([town, ruins, third]) == [town, ruins, third]
    likelier = matched(frozen, "bdj3sy3vtc", 0.8)
    assert put_town_first([likelier, town, third]) == [likelier, town, third]


def test_a_camp_and_a_place_far_from_it_are_not_one_spot(frozen):
    salqin, far = "bdccx6n77j", "bdrq6tejvv"
    cell = ["Salqin - Aleppo camp"]
    assert find_together(frozen, cell, (), [matched(frozen, salqin, 0.5), matched(frozen, far, 0.4)]) == []
    # What is much less likely is not meant, however far it lies.
    unlikely = [matched(frozen, salqin, 0.5), matched(frozen, far, 0.1)]
    assert [each.place.id for each in find_together(frozen, cell, (), unlikely)] == [salqin, far]


def test_a_town_and_the_unit_that_bears_its_name_are_one_answer_in_two_languages(frozen):
    town, unit, namesake = (matched(frozen, id_, 0.7) for id_ in ("C3026", "SY050101", "C1664"))
    assert [match.ambiguous for match in merge_matches([[town], [unit]])] == [False, False]
    assert [match.ambiguous for match in merge_matches([[town], [namesake]])] == [True, True]


def test_places_of_a_unit_are_those_of_the_kinds_asked_for(frozen):
    kinds = {
        place.kind
        for named in _Judge(frozen, Terms(kinds=("town",)))._read_names("SY050101").values()
        for place, _ in named
    }
    assert kinds == {"town"}


def test_the_unit_is_taken_off_a_name_of_two_letters_but_not_of_one(frozen):
    units = read_units(frozen, ("Hama", "Hama", "Suran"))
    assert units.strip("رم (Suran)") == "رم"
    assert units.strip("م (Suran)") == "م (Suran)"


def test_a_name_that_is_not_known_is_looked_up_by_its_words_of_four_letters_and_more():
    class Recorder:
        def __init__(self):
            self.asked = []

        def lookup(self, text, *, limit):
            self.asked.append(text)
            return []

    recorder = Recorder()
    assert _find_alternatives(recorder, ["Qxwq abc Zzyzzx"]) is None
    assert recorder.asked == ["Qxwq abc Zzyzzx", "Qxwq", "Zzyzzx"]
