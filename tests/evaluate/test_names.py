"""A table of names with points: what is wrong with a row is told, and harms no other."""

from pathlib import Path

import pytest

import buldan
from buldan.errors import SourceError
from buldan.evaluate.names import evaluate_file


def test_a_row_without_a_point_is_skipped_and_told(tmp_path: Path, gazetteer: buldan.Gazetteer) -> None:
    table = tmp_path / "names.tsv"
    table.write_text(
        "name\tlat\tlon\nSalqin\t36.14\t36.45\nHarim\t\t\nArmanaz\tnorth\t36.5\nDuma\t33.57\t36.4\n", "utf-8"
    )
    skipped: list[SourceError] = []
    (alone,) = evaluate_file(gazetteer, table, contexts=[False], on_skip=skipped.append)
    assert [(answer.row.text, answer.right) for answer in alone.answers] == [("Salqin", True), ("Duma", True)]
    assert [error.line for error in skipped] == [3, 4]


def test_a_table_without_a_single_point_is_refused(tmp_path: Path, gazetteer: buldan.Gazetteer) -> None:
    table = tmp_path / "names.tsv"
    table.write_text("name\tlat\tlon\nSalqin\t\t\n", "utf-8")
    with pytest.raises(SourceError, match="no row has a name with lat and lon"):
        evaluate_file(gazetteer, table)
