"""A trace tells what each stage of reading found, kept and dropped, and why, and changes no answer."""

import pickle

import pytest

from buldan.geoparse.trace import STAGES

TEXT = (
    "He fled from Suran (Aleppo) to Nawa, Manbij's hospital and the Yarmruk camp in Damascus. "
    "Beirut, Lebanon said little. وصل إلى بلدة صوران وريف حماة"
)


@pytest.fixture(scope="module")
def trace(mini_gazetteer):
    return {record.stage: record for record in mini_gazetteer.geoparse(TEXT, trace=True).trace}


def told(trace, stage, text):
    """What a stage says of a stretch: its fate and the reason."""
    return next((one.fate, one.reason) for one in trace[stage].stretches if one.text == text)


def test_it_tells_of_every_stage_in_order(trace):
    assert tuple(trace) == STAGES


@pytest.mark.parametrize("text", [TEXT, "", "no place", "<p>Suran &amp; Nawa</p><p>حمص</p>", "حمص\n\nHoms"])
@pytest.mark.parametrize("foreign", [False, True])
def test_answers_are_the_same_and_stretches_are_of_the_text(mini_gazetteer, text, foreign):
    traced = mini_gazetteer.geoparse(text, foreign=foreign, trace=True)
    assert traced == mini_gazetteer.geoparse(text, foreign=foreign)
    stretches = [stretch for record in traced.trace for stretch in record.stretches]
    assert all(text[one.start : one.end] == one.text for one in stretches)
    given = [one for one in traced.trace[-1].stretches if one.fate != "dropped"]
    assert [(one.start, one.end, one.place) for one in given] == [(m.start, m.end, m.place) for m in traced]


def test_nothing_is_told_unasked(mini_gazetteer):
    assert mini_gazetteer.geoparse(TEXT).trace == ()


def test_a_long_text_is_traced_passage_by_passage(mini_gazetteer):
    text = "وصل إلى بلدة صوران. " + "كلام " * 90_000 + "\n\nثم إلى مدينة حمص."
    traced = mini_gazetteer.geoparse(text, trace=True)
    assert {one.text for one in traced.trace[0].stretches} >= {"صوران", "حمص"}
    assert all(text[one.start : one.end] == one.text for one in traced.trace[0].stretches)


def test_a_word_spelled_as_a_name_is_dropped_with_what_speaks_against_it(mini_gazetteer):
    (record, *_) = mini_gazetteer.geoparse("He saw the homs of men; حمص; كفر، نبل", trace=True).trace
    reasons = {one.text: one.reason for one in record.of("dropped")}
    assert "ordinary word" in reasons["homs"]
    assert "comma" in reasons["كفر، نبل"]


def test_each_decision_has_its_reason(trace):
    assert told(trace, "scan", "Suran") == ("found", "a name of the gazetteer; 5 places")
    fate, reason = told(trace, "near misses", "Yarmruk")
    assert fate == "found" and "Yarmouk Camp (C1002)" in reason
    assert told(trace, "overlaps", "Beirut") == ("kept", "names a place abroad")
    assert told(trace, "mentions", "Beirut") == ("dropped", "abroad; included with foreign=True")
    assert told(trace, "mentions", "Manbij") == ("dropped", "part of the name of a facility")
    assert told(trace, "mentions", "Manbij's hospital")[0] == "found"


def test_models_name_what_weighs_most_and_how_much(trace):
    for stage in ("first model", "second model"):
        for stretch in trace[stage].stretches:
            assert stretch.log_odds is not None
            assert stretch.reason[-1].isdigit()
    assert "first model" in told(trace, "second model", "Aleppo")[1]


def test_what_a_unit_holds_is_sought_there_by_spelling(gazetteer):
    trace = {record.stage: record for record in gazetteer.geoparse("He went to Ghariyah (Daraa).", trace=True).trace}
    fate, reason = told(trace, "held names", "Ghariyah")
    assert fate == "found"
    assert reason.startswith(
        "no such name in the unit that the text names; similar names there: Eastern Ghariyeh (C6009)"
    )


def test_a_trace_is_a_value(mini_gazetteer):
    trace = mini_gazetteer.geoparse(TEXT, trace=True).trace
    assert pickle.loads(pickle.dumps(trace)) == trace
