"""Two runs of an evaluation are compared row by row, and precision is traced against coverage."""

import pytest

from buldan.cli import main
from buldan.errors import SourceError
from buldan.evaluate.cells import judge_cells
from buldan.evaluate.compare import compare
from buldan.evaluate.judgements import Judgement, read_judgements, trace_curve, write_judgements


def row(key, answer="Nawa", sure=0.9, right=True, cause="", given=False, group="names"):
    return Judgement(group, key, f"asked {key}", answer, sure, right, cause, given)


BEFORE = [
    row("1"),
    row("2", right=False, cause="namesake"),
    row("3"),
    row("9"),
    row("t1", right=False, cause="no place", given=True),
]
AFTER = [
    row("1"),
    row("2"),
    row("3", right=False, cause="similar name"),
    row("t2", right=False, cause="found twice", given=True),
]


def test_rows_that_turned_are_told_with_their_cause():
    names = compare(BEFORE, AFTER)["names"]
    assert (names.rows, names.before, names.after) == (3, 2, 2)
    assert [change.row.key for change in names.turned_right] == ["2", "t1"]
    assert [change.row.key for change in names.turned_wrong] == ["3", "t2"]
    assert names.count_causes() == {
        ("right", "namesake"): 1,
        ("right", "no place"): 1,
        ("wrong", "similar name"): 1,
        ("wrong", "found twice"): 1,
    }
    assert (names.only_before, names.only_after) == (1, 0)


def test_a_run_is_like_itself_and_comparing_backwards_swaps_the_sides():
    assert not any(group.turned_right or group.turned_wrong for group in compare(BEFORE, BEFORE).values())
    there, back = compare(BEFORE, AFTER)["names"], compare(AFTER, BEFORE)["names"]
    assert [change.row.key for change in there.turned_right] == [change.row.key for change in back.turned_wrong]


def test_answers_come_back_as_they_were_written(tmp_path):
    rows = [row("1", answer='a "quoted" مدينة'), row("2", answer="", sure=0.0, right=False, cause="nothing found")]
    write_judgements(tmp_path / "answers.tsv", rows)
    assert read_judgements(tmp_path / "answers.tsv") == rows


@pytest.mark.parametrize(("text", "message"), [("a\tb\n", "line 1"), (None, "line 3"), ("", "line 1")])
def test_what_is_no_file_of_answers_is_refused_with_its_line(tmp_path, text, message):
    path = tmp_path / "answers.tsv"
    write_judgements(path, [row("1")])
    if text is None:
        path.write_text(path.read_text("utf-8") + "names\t2\n", "utf-8")
    else:
        path.write_text(text, "utf-8")
    with pytest.raises(SourceError, match=message):
        read_judgements(path)


def test_precision_is_traced_against_coverage():
    rows = [row("1", sure=0.9), row("2", sure=0.6, right=False), row("3", answer="", sure=0.0, right=False)]
    points = trace_curve([*rows, row("t", sure=0.3, right=False, given=True)], steps=4)
    assert [(point.threshold, round(point.coverage, 2), round(point.precision, 2)) for point in points] == [
        (0.0, 0.67, 0.33),
        (0.25, 0.67, 0.33),
        (0.5, 0.67, 0.5),
        (0.75, 0.33, 1.0),
    ]


CELLS = """query\twithin\tpoint\tcause
Nawa, Dar'a\t\tC6124\tcomma
نوى\tDar'a > Izra'\t32.89, 36.04\tchain
Zzyzzxq\t\tnone\tnothing
Nawa\t\tC2302\twrong on purpose
شوهد في مدينة نوى\t(geoparse)\tC6124\ttext
\t\t-\tempty
"""


def test_cells_are_judged_by_code_point_or_silence(tmp_path, gazetteer):
    (tmp_path / "cells.tsv").write_text(CELLS, "utf-8")
    judged = list(judge_cells(gazetteer, tmp_path / "cells.tsv"))
    assert [each.right for each in judged] == [True, True, True, False, True, True]
    (tmp_path / "cells.tsv").write_text(CELLS.replace("C6124", "33"), "utf-8")
    with pytest.raises(SourceError, match="line 2: point is '33'"):
        list(judge_cells(gazetteer, tmp_path / "cells.tsv"))


def test_the_commands_keep_answers_and_fail_when_too_many_turned_wrong(tmp_path, capsys):
    (tmp_path / "cells.tsv").write_text(CELLS, "utf-8")
    old, new = str(tmp_path / "old.tsv"), str(tmp_path / "new.tsv")
    with pytest.raises(SystemExit) as left:
        main(
            ["evaluate", "cells", str(tmp_path / "cells.tsv"), "--answers", old, "--curve", str(tmp_path / "curve.svg")]
        )
    assert left.value.code == 0
    assert (tmp_path / "curve.svg").read_text("utf-8").startswith("<?xml")
    write_judgements(
        tmp_path / "new.tsv", [each._replace(right=False) for each in read_judgements(tmp_path / "old.tsv")]
    )
    with pytest.raises(SystemExit) as left:
        main(["evaluate", "compare", old, new, "--fail-over", "4"])
    assert left.value.code == 1
    assert "turned wrong: comma 1" in capsys.readouterr().out
