"""What is learned: costs that prefer the spellings that people use, weights that are whole."""

from buldan.learn.costs import fit_costs
from buldan.lookup.evidence import EVIDENCE, Calibration, read_weights


def test_a_frequent_respelling_costs_less_than_a_rare_one() -> None:
    pairs = [("qala", "kala")] * 30 + [("qasr", "kasr")] * 30 + [("qamar", "qamar")] * 10 + [("bab", "bam")]
    costs = fit_costs(pairs)
    assert costs["q", "k"] < costs.get(("b", "m"), 5.0)


def test_learning_is_reproducible() -> None:
    pairs = [("ħmṣ", "homs"), ("ħlb", "haleb"), ("dmʃq", "dimaʃq")] * 5
    assert fit_costs(pairs) == fit_costs(pairs)


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
