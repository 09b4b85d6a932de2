"""How far scores and truth lie apart, on answers of which one can count it."""

import pytest

from buldan.reliability import bin_equally, calibration_error, calibration_error_by_width

HONEST = [(0.75, True)] * 30 + [(0.75, False)] * 10 + [(0.25, True)] * 10 + [(0.25, False)] * 30
BOASTING = [(0.9, True), (0.9, False)] * 20


@pytest.mark.parametrize("error", [calibration_error, calibration_error_by_width])
def test_a_score_that_says_too_much_is_off_by_as_much(error):
    assert error([]) == 0
    assert error(BOASTING) == pytest.approx(0.4)
    assert error([(1.0, True), (0.0, False)]) == 0


def test_bins_of_one_width_see_that_a_score_is_honest():
    assert calibration_error_by_width(HONEST) == pytest.approx(0)
    assert calibration_error_by_width([*HONEST, *BOASTING]) == pytest.approx(0.4 * 40 / 120)


def test_bins_hold_as_many_answers_each_from_the_lowest_scores_up():
    judged = [(number / 25, number % 2 == 0) for number in range(25)]
    bins = bin_equally(reversed(judged))
    assert sum(number for _, _, number in bins) == 25
    assert {number for _, _, number in bins} == {2, 3}
    assert [mean for mean, _, _ in bins] == sorted(mean for mean, _, _ in bins)
    assert [number for _, _, number in bin_equally(judged[:3])] == [1, 1, 1]


def test_the_order_in_which_answers_come_counts_in_neither_bin_nor_error_where_scores_differ():
    judged = [(number / 40, number % 3 > 0) for number in range(40)]
    assert bin_equally(judged) == bin_equally(judged[::-1])
