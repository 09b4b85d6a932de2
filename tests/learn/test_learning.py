"""What is learned: costs that prefer the spellings that people use, weights that are whole."""

from pathlib import Path

from buldan.learn.costs import fit_all_costs, fit_costs
from buldan.learn.levels import Scored, fit_levels, measure_kept_out
from buldan.lookup.evidence import EVIDENCE, Calibration, read_weights
from buldan.store import read_names


def test_a_frequent_respelling_costs_less_than_a_rare_one() -> None:
    pairs = [("qala", "kala")] * 30 + [("qasr", "kasr")] * 30 + [("qamar", "qamar")] * 10 + [("bab", "bam")]
    costs = fit_costs(pairs)
    assert costs["q", "k"] < costs.get(("b", "m"), 5.0)


def test_learning_is_reproducible(mini: Path) -> None:
    """Also the choice of the pairs that it learns from, where there are more than it takes."""
    names = list(read_names(mini))
    costs = fit_all_costs(names, most_pairs=40)
    assert costs == fit_all_costs(names, most_pairs=40) != fit_all_costs(names, most_pairs=30)
    assert all(costs.values())


def test_the_table_of_weights_is_whole() -> None:
    weights = read_weights()
    assert len(weights.values) == len(EVIDENCE)
    by_name = dict(zip(EVIDENCE, weights.values.tolist(), strict=True))
    assert by_name["same_fold"] > 0 > by_name["cost_per_sound"]
    assert by_name["within_inside"] > 0 > by_name["within_outside"]


def test_calibration_keeps_the_order() -> None:
    line = Calibration(0.8, 0.3)
    scores = [line.of(share / 100) for share in range(101)]
    assert scores == sorted(scores)
    assert 0 <= scores[0] < scores[-1] <= 1


def test_levelling_off_keeps_the_order_and_what_is_unlikely() -> None:
    straight, level = Calibration(1.25, 0.665, 0.86), Calibration(1.25, 0.665, 0.86, rise=1.6, top=0.95)
    shares = [share / 100 for share in range(101)]
    scores = [level.of(share) for share in shares]
    assert scores == sorted(scores)
    assert scores[-1] <= 0.95
    for share, score in zip(shares, scores, strict=True):
        assert (score > 0.5) == (straight.of(share) > 0.5)
        assert score > 0.5 or score == straight.of(share)


def test_levels_are_learned_from_what_came_true() -> None:
    likely = [Scored("alone", "a", at // 40, 3.0, at % 10 > 0) for at in range(200)]
    unsure = [Scored("alone", "b", at // 40, 0.5, at % 20 > 6) for at in range(200)]
    within = [Scored("within", "a", at // 40, 3.0, at % 20 > 0) for at in range(200)]
    levels = fit_levels([*likely, *unsure, *within])
    assert abs(levels["alone"].level_off(3.0) - 0.9) < 0.02
    assert abs(levels["alone"].level_off(0.5) - 0.65) < 0.04
    assert abs(levels["within"].level_off(3.0) - 0.95) < 0.02
    assert measure_kept_out([*likely, *unsure, *within], lambda each: each.fold) < 0.05
