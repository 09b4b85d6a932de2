"""`buldan geoparse --input`: a corpus from the command line."""

import contextlib
import json
import subprocess
import sys
import time

import pandas as pd
import pytest

from buldan.cli import main

TEXT = "قصف على مدينة دوما ثم حرستا. Shelling hit Nawa in Daraa governorate."
SCRIPT = """
import signal
from buldan.cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)  # which is off where the tests run in the background
main()
"""

COMMAND = [sys.executable, "-c", SCRIPT, "geoparse"]


def write_corpus(path, count, text=TEXT):
    path.write_text(
        "".join(json.dumps({"body": f"{n} {text}"}, ensure_ascii=False) + "\n" for n in range(count)), "utf-8"
    )


def run(*arguments):
    with pytest.raises(SystemExit) as left:
        main(["geoparse", *map(str, arguments)])
    return left.value.code


def test_a_pattern_of_files_becomes_a_folder_of_mentions(tmp_path, capsys):
    write_corpus(tmp_path / "a.jsonl", 3)
    write_corpus(tmp_path / "b.jsonl", 2)
    command = ("--input", tmp_path / "*.jsonl", "--text-field", "body", "--output", tmp_path / "out")
    assert run(*command) == 0
    said = capsys.readouterr().err
    assert "5 documents" in said
    frame = pd.read_parquet(tmp_path / "out")
    assert {"document", "start", "end", "text", "buldan_id", "lon", "lat", "confidence"} <= set(frame.columns)
    assert frame["document"].nunique() == 5
    assert run(*command) == 0
    assert "5 of the documents were done before" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["run.2024", "places.v2/", "places.csv/"])
def test_a_folder_may_have_a_dot_in_its_name(tmp_path, name):
    write_corpus(tmp_path / "a.jsonl", 1)
    assert run("--input", tmp_path / "a.jsonl", "--text-field", "body", "--output", f"{tmp_path}/{name}") == 0
    assert len(pd.read_parquet(tmp_path / name)) > 0


def test_an_unknown_ending_is_refused_and_a_folder_suggested(tmp_path, capsys):
    write_corpus(tmp_path / "a.jsonl", 1)
    assert run("--input", tmp_path / "a.jsonl", "--text-field", "body", "--output", tmp_path / "places.v2") == 2
    assert capsys.readouterr().err.endswith(f"; for a folder, write {tmp_path / 'places.v2'}/\n")
    assert not (tmp_path / "places.v2").exists()


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".kml", ".geojson"])
def test_a_corpus_becomes_a_table_or_a_map_layer(tmp_path, capsys, suffix):
    (tmp_path / "articles").mkdir()
    for number in (1, 2):
        (tmp_path / "articles" / f"{number}.txt").write_text(TEXT, "utf-8")
    output = tmp_path / f"places{suffix}"
    assert run("--input", tmp_path / "articles", "--output", output) == 0
    said = capsys.readouterr().err
    assert "2 documents, 8 mentions;" in said
    assert f"written to {output}" in said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["articles", output.name]
    if suffix == ".csv":
        frame = pd.read_csv(output)
        assert frame["document"].str.endswith(("1.txt", "2.txt")).all()
        assert {"text", "buldan_id", "lon", "lat", "confidence"} <= set(frame.columns)
    if suffix == ".geojson":
        features = json.loads(output.read_text("utf-8"))["features"]
        assert [feature["geometry"]["type"] for feature in features] == ["Point"] * 8


def test_documents_that_cannot_be_read_are_named_beside_the_table(tmp_path, capsys):
    (tmp_path / "good.txt").write_text(TEXT, "utf-8")
    (tmp_path / "bad.txt").write_bytes(b"%PDF-1.7")
    output = tmp_path / "places.csv"
    assert run("--input", tmp_path / "*.txt", "--output", output) == 0
    said = capsys.readouterr().err
    assert "1 document, 4 mentions, 1 that cannot be read;" in said
    assert "places.csv.parts" in said
    assert list((tmp_path / "places.csv.parts").glob("_bad-*.jsonl"))


def test_what_is_not_read_in_a_folder_is_said(tmp_path, capsys):
    for name in ("a.txt", "b.docx", "c.docx", "d.docx", "e.docx"):
        (tmp_path / name).write_text(TEXT, "utf-8")
    assert run("--input", tmp_path, "--output", tmp_path / "places.parquet") == 0
    assert "not read, because of other kinds: 4 files (b.docx, c.docx, d.docx …)" in capsys.readouterr().err
    assert run("--input", tmp_path, "--output", tmp_path / "places.parquet") == 2
    assert "places.parquet is among the inputs; write to another file" in capsys.readouterr().err


def test_a_file_of_many_texts_is_not_read_as_one(tmp_path, capsys):
    write_corpus(tmp_path / "a.jsonl", 3)
    assert run(tmp_path / "a.jsonl") == 2
    said = capsys.readouterr().err
    assert f"a.jsonl has a text in each line; to read each: buldan geoparse --input {tmp_path / 'a.jsonl'}" in said


MISTAKES = [
    (("--text-field", "text"), "it has 'body'; choose another with --text-field"),
    (("--text-field", "body", "--scheduler", "tcp://127.0.0.1:1"), "no Dask scheduler answers"),
]


@pytest.mark.parametrize(("options", "message"), MISTAKES)
def test_a_mistake_is_one_line(tmp_path, capsys, options, message):
    write_corpus(tmp_path / "a.jsonl", 3)
    assert run("--input", tmp_path / "a.jsonl", "--output", tmp_path / "out", *options) == 2
    said = capsys.readouterr().err.strip()
    assert message in said
    assert len(said.splitlines()) == 1


def test_ctrl_c_keeps_what_was_done(tmp_path):
    write_corpus(tmp_path / "a.jsonl", 40_000, TEXT * 2)  # far more than is read before the signal comes
    out = tmp_path / "out"
    command = [*COMMAND, "--input", str(tmp_path / "a.jsonl"), "--text-field", "body", "--output", str(out)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 120
    while not list(out.glob("part-*.parquet")) and time.monotonic() < deadline:
        time.sleep(0.05)
    try:
        # A signal that comes within a destructor or a callback of a library cannot stop anything: one presses again.
        while process.poll() is None and time.monotonic() < deadline:
            process.send_signal(2)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(3)
        _, said = process.communicate(timeout=60)
    finally:
        process.kill()
    kept = sorted(path.name for path in out.iterdir())
    assert kept[0] == "_ledger.jsonl"
    assert kept[1:] == [f"part-{number:06d}.parquet" for number in range(len(kept) - 1)]
    assert process.returncode == 130
    told = f"{500 * len(kept[1:]):,} documents are done in {out}, the same command goes on from there"
    assert said.strip() == f"buldan: stopped; {told}"
    assert len(pd.read_parquet(out)) > 0
