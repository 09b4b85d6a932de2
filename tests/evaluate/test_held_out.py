"""Places that were taken out of a gazetteer are gone from it, and what answers to their names is counted."""

from pathlib import Path

import buldan
from buldan.evaluate.held_out import HeldOut, ask_names, count_sure, draw_held_out, write_without


def test_what_was_taken_out_is_not_found(mini: Path, tmp_path: Path) -> None:
    whole = buldan.load(mini)
    held = draw_held_out(whole, one_in=2)
    assert 0 < len(held) < len(list(whole))
    write_without(mini, [place.id for place in held], tmp_path)
    left = buldan.load(tmp_path)
    assert {place.id for place in left} == {place.id for place in whole} - {place.id for place in held}
    asked = list(ask_names(left, held))
    assert {answer.question for answer in asked} >= {place.name_ar for place in held if place.name_ar}


def test_sure_answers_are_counted_by_how_many_bear_the_name() -> None:
    answers = [HeldOut("a", 0, False, False), HeldOut("b", 1, True, True), HeldOut("c", 1, True, False)]
    assert count_sure([*answers, HeldOut("d", 7, False, True)]) == {
        "0": (1, 0, 0),
        "1": (2, 2, 1),
        "4 or more": (1, 0, 0),
    }
