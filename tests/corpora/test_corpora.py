"""Corpora: every document is read once, whatever happens on the way."""

import enum
import json
import signal
import time
from multiprocessing import get_context
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buldan.corpora import MENTION_SCHEMA, Task, geoparse_corpus
from buldan.corpora.documents import Document, iter_documents
from buldan.corpora.sources import cut, find_left_out, find_sources
from buldan.errors import QueryError, SourceError

TEXTS = [
    "خرج المقاتلون من مدينة دوما نحو إدلب",
    "Shelling hit the town of Nawa in Daraa governorate.",
    "قصف على حي الشعار في مدينة حلب",
    "",
    "لا شيء هنا",
    "Government forces entered Deir Ezzor and Palmyra.",
]


def texts(count):
    return [TEXTS[number % len(TEXTS)] for number in range(count)]


def write_jsonl(path, documents, field="text"):
    path.write_text(
        "".join(json.dumps({"id": f"d{n}", field: t}, ensure_ascii=False) + "\n" for n, t in enumerate(documents)),
        "utf-8",
    )
    return path


def mentions(folder):
    tables = [pq.read_table(path) for path in sorted(Path(folder).glob("part-*.parquet"))]
    return pa.concat_tables([table.replace_schema_metadata() for table in tables]).to_pylist()


def expected(gazetteer, documents):
    return [
        (name, m.start, m.end, m.text, m.place and m.place.id, m.confidence)
        for name, text in documents
        if text.strip()
        for m in gazetteer.geoparse(text)
    ]


def told(rows):
    return [
        (row["document"], row["start"], row["end"], row["text"], row["buldan_id"], row["confidence"]) for row in rows
    ]


def test_a_corpus_gives_what_its_texts_give_alone(tmp_path, gazetteer):
    source = write_jsonl(tmp_path / "a.jsonl", texts(20))
    progress = geoparse_corpus(
        [str(source)], tmp_path / "out", gazetteer=gazetteer, task=Task(id_field="id"), part_documents=7
    )
    rows = mentions(tmp_path / "out")
    assert told(rows) == expected(gazetteer, [(f"d{n}", t) for n, t in enumerate(texts(20))])
    assert (progress.documents, progress.parts, progress.mentions, progress.bad) == (20, 3, len(rows), 0)
    assert rows
    for row in rows:
        assert TEXTS[int(row["document"][1:]) % len(TEXTS)][row["start"] : row["end"]] == row["text"]


def test_documents_without_an_id_are_called_by_file_and_line(tmp_path, gazetteer):
    source = write_jsonl(tmp_path / "a.jsonl", texts(12))
    geoparse_corpus([str(source)], tmp_path / "out", gazetteer=gazetteer, part_documents=5)
    assert {row["document"] for row in mentions(tmp_path / "out")} <= {f"{source}:{line}" for line in range(1, 13)}


def test_parquet_and_jsonl_give_the_same(tmp_path, gazetteer):
    write_jsonl(tmp_path / "a.jsonl", texts(30))
    frame = pd.DataFrame({"id": [f"d{n}" for n in range(30)], "text": texts(30), "other": range(30)})
    pq.write_table(pa.Table.from_pandas(frame), tmp_path / "b.parquet", row_group_size=8)
    for name in ("a.jsonl", "b.parquet"):
        geoparse_corpus(
            [str(tmp_path / name)], tmp_path / name[0], gazetteer=gazetteer, task=Task(id_field="id"), part_documents=7
        )
    assert mentions(tmp_path / "a") == mentions(tmp_path / "b")
    assert mentions(tmp_path / "a")


def test_folders_of_text_and_pages_are_read(tmp_path, gazetteer):
    folder = tmp_path / "corpus"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.txt").write_bytes("قصف على مدينة دوما".encode("windows-1256"))
    head = "<html><head><style>p {}</style><title>x</title></head><body>"
    page = head + "<p>قصف &quot;على&quot; مدينة <b>دوما</b></p></body></html>"
    (folder / "deep" / "b.html").write_text(page, "utf-8")
    (folder / "notes.pdf").write_bytes(b"%PDF")
    progress = geoparse_corpus([str(folder)], tmp_path / "out", gazetteer=gazetteer)
    assert progress.documents == 2
    rows = {Path(row["document"]).name: row for row in mentions(tmp_path / "out")}
    assert rows["a.txt"]["buldan_id"] == rows["b.html"]["buldan_id"]
    assert page[rows["b.html"]["start"] : rows["b.html"]["end"]] == "دوما"


BAD = [
    (b"{not json}", "not JSON"),
    (b'{"text": 5}', "'text' is a number, not a text"),
    (b'{"text": {"ar": "x"}}', "'text' is an object, not a text"),
    (b'{"text": null}', "'text' is empty"),
    (b'{"body": "x"}', "no text in 'text'; it has 'body'"),
    (b'["text"]', "a list instead of a JSON object"),
    (b"null", "null instead of a JSON object"),
    (b'{"text": "\xe9"}', "not UTF-8"),
]


def test_bad_documents_are_set_aside_with_the_reason(tmp_path, gazetteer):
    good = json.dumps({"text": TEXTS[1]}).encode()
    lines = [good, *(line for line, _ in BAD), b"", good]
    (tmp_path / "a.jsonl").write_bytes(b"\n".join(lines))
    progress = geoparse_corpus([str(tmp_path / "a.jsonl")], tmp_path / "out", gazetteer=gazetteer)
    assert (progress.documents, progress.bad) == (2, len(BAD))
    aside = [json.loads(line) for line in (tmp_path / "out" / "_bad-000000.jsonl").read_text("utf-8").splitlines()]
    for (_, reason), line, entry in zip(BAD, range(2, 2 + len(BAD)), aside, strict=True):
        assert entry["document"].endswith(f"a.jsonl:{line}")
        assert reason in entry["reason"]


def test_a_second_run_reads_nothing_twice_and_what_is_new(tmp_path, gazetteer, monkeypatch):
    source = write_jsonl(tmp_path / "a.jsonl", texts(10))
    run = lambda: geoparse_corpus([str(tmp_path / "*.jsonl")], tmp_path / "out", gazetteer=gazetteer, part_documents=4)  # noqa: E731
    run()
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    again = run()
    assert (again.documents, again.earlier) == (10, 10)
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before
    with source.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"text": TEXTS[0]}) + "\n")
    write_jsonl(tmp_path / "0.jsonl", texts(2))
    grown = run()
    assert (grown.documents, grown.earlier) == (13, 10)
    names = {row["document"] for row in mentions(tmp_path / "out")}
    assert f"{source}:11" in names
    assert f"{tmp_path / '0.jsonl'}:1" in names


def test_a_lost_or_damaged_part_is_made_again_alike(tmp_path, gazetteer):
    source = write_jsonl(tmp_path / "a.jsonl", texts(12))
    run = lambda: geoparse_corpus([str(source)], tmp_path / "out", gazetteer=gazetteer, part_documents=4)  # noqa: E731
    run()
    before = mentions(tmp_path / "out")
    (tmp_path / "out" / "part-000001.parquet").unlink()
    (tmp_path / "out" / "part-000002.parquet").write_bytes(b"PAR1 cut")
    assert run().earlier == 4
    assert mentions(tmp_path / "out") == before


def test_a_run_killed_at_any_moment_goes_on_and_ends_alike(tmp_path, gazetteer):
    """Children of this process have the gazetteer in memory, so they are soon at work, and are killed at it."""
    source = write_jsonl(tmp_path / "a.jsonl", [text * 3 for text in texts(150)])
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    geoparse_corpus([str(source)], whole, gazetteer=gazetteer, part_documents=3)

    def begin():
        child = get_context("fork").Process(
            target=geoparse_corpus, args=([str(source)], broken), kwargs={"gazetteer": gazetteer, "part_documents": 3}
        )
        child.start()
        return child

    states = set()
    for parts, delay in [(0, 0), (0, 0.01), (1, 0), (2, 0.005), (9, 0.01), (20, 0.003), (35, 0)]:
        child = begin()
        while child.is_alive() and len(list(broken.glob("part-*.parquet"))) < parts:
            time.sleep(0.001)
        time.sleep(delay)
        child.kill()
        child.join(60)
        if child.exitcode == -signal.SIGKILL:
            states.add(len(list(broken.glob("part-*.parquet"))))
    assert len(states) >= 3
    assert max(states) < 50
    child = begin()
    child.join(120)
    assert child.exitcode == 0
    names = sorted(path.name for path in whole.glob("part-*.parquet"))
    assert len(names) == 50
    assert sorted(path.name for path in broken.glob("part-*.parquet")) == names
    for name in names:
        assert (broken / name).read_bytes() == (whole / name).read_bytes()
    assert (broken / "_ledger.jsonl").read_bytes() == (whole / "_ledger.jsonl").read_bytes()


def test_a_ledger_cut_in_the_middle_of_a_line_is_mended(tmp_path, gazetteer):
    source = write_jsonl(tmp_path / "a.jsonl", texts(12))
    run = lambda: geoparse_corpus([str(source)], tmp_path / "out", gazetteer=gazetteer, part_documents=4)  # noqa: E731
    run()
    ledger = tmp_path / "out" / "_ledger.jsonl"
    content = ledger.read_bytes()
    ledger.write_bytes(content[:-9])
    run()
    assert ledger.read_bytes() == content


def test_the_folder_of_another_run_is_refused(tmp_path, gazetteer):
    source = write_jsonl(tmp_path / "a.jsonl", texts(3))
    geoparse_corpus([str(source)], tmp_path / "out", gazetteer=gazetteer)
    write_jsonl(source, texts(3), field="body")
    with pytest.raises(QueryError, match="was begun with text_field 'text', this run has 'body'"):
        geoparse_corpus([str(source)], tmp_path / "out", gazetteer=gazetteer, task=Task("body"))


def test_a_mistake_in_the_first_run_can_be_put_right_in_the_same_folder(tmp_path, gazetteer):
    source = write_jsonl(tmp_path / "a.jsonl", texts(3), field="body")
    with pytest.raises(QueryError, match="choose another with --text-field"):
        geoparse_corpus([str(source)], tmp_path / "out", gazetteer=gazetteer, task=Task("boddy"))
    progress = geoparse_corpus([str(source)], tmp_path / "out", gazetteer=gazetteer, task=Task("body"))
    assert progress.documents == 3


def test_an_output_that_is_a_file_is_refused(tmp_path, gazetteer):
    source = write_jsonl(tmp_path / "a.jsonl", texts(3))
    with pytest.raises(SourceError, match=r"a\.jsonl: this is a file; name a folder"):
        geoparse_corpus([str(source)], source, gazetteer=gazetteer)


def test_a_file_that_became_shorter_is_refused(tmp_path, gazetteer):
    source = write_jsonl(tmp_path / "a.jsonl", texts(9))
    geoparse_corpus([str(source)], tmp_path / "out", gazetteer=gazetteer)
    write_jsonl(source, texts(3))
    with pytest.raises(SourceError, match="shorter than when this run began"):
        geoparse_corpus([str(source)], tmp_path / "out", gazetteer=gazetteer)


def test_a_wrong_text_field_is_told_at_once(tmp_path, gazetteer):
    source = write_jsonl(tmp_path / "a.jsonl", texts(9), field="body")
    with pytest.raises(QueryError, match="no text in 'text'; it has 'id', 'body'; choose another with --text-field"):
        geoparse_corpus([str(source)], tmp_path / "out", gazetteer=gazetteer)


def test_a_wrong_id_field_is_told_at_once(tmp_path, gazetteer):
    """Only a field that none of the first documents has: a single document may be without an id."""
    records = [{"post": None, "text": TEXTS[0]}, {"post": 7, "text": TEXTS[1]}]
    source = tmp_path / "a.jsonl"
    source.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    with pytest.raises(QueryError, match=r"a\.jsonl:1: no id in 'pots'; choose another with --id-field"):
        geoparse_corpus([str(source)], tmp_path / "out", gazetteer=gazetteer, task=Task(id_field="pots"))
    geoparse_corpus([str(source)], tmp_path / "out", gazetteer=gazetteer, task=Task(id_field="post"))
    assert {row["document"] for row in mentions(tmp_path / "out")} == {f"{source}:1", "7"}


def test_the_mentions_of_an_earlier_run_are_not_read_as_documents(tmp_path, gazetteer):
    (tmp_path / "a.txt").write_text(TEXTS[0], "utf-8")
    geoparse_corpus([str(tmp_path)], tmp_path / "out", gazetteer=gazetteer)
    assert find_sources([str(tmp_path)]) == find_sources([f"{tmp_path}/**/*.*"]) == [tmp_path / "a.txt"]
    with pytest.raises(QueryError, match="no corpus files there"):
        find_sources([str(tmp_path / "out")])


def test_files_of_other_kinds_in_a_folder_are_listed(tmp_path):
    for name in ("a.txt", "b.docx", "deep/c.pdf", ".hidden.pdf", "out/_ledger.jsonl", "out/part.log"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert find_left_out([str(tmp_path), str(tmp_path / "a.txt")]) == [tmp_path / "b.docx", tmp_path / "deep" / "c.pdf"]


@pytest.mark.parametrize("given_input", ["none/*.jsonl", "nowhere", "corpus.docx"])
def test_inputs_that_are_not_there_are_named(tmp_path, gazetteer, given_input):
    (tmp_path / "corpus.docx").touch()
    with pytest.raises(QueryError, match=given_input.replace("*", r"\*")):
        find_sources([str(tmp_path / given_input)])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(count=st.integers(0, 40), size=st.integers(1, 11), begun=st.integers(0, 40), end=st.sampled_from(["", "\n"]))
def test_parts_hold_every_line_once_whatever_their_size(tmp_path, count, size, begun, end):
    """Also where a first run saw only the beginning of the file."""
    path = tmp_path / "a.jsonl"
    lines = [json.dumps({"text": f"سطر {number}"}, ensure_ascii=False) for number in range(count)]
    first = min(begun, count)
    path.write_text("".join(line + "\n" for line in lines[:first]), "utf-8")
    done = list(cut([path], [], documents=size))
    path.write_text("\n".join(lines) + ("\n" if first == count > 0 else end if count else ""), "utf-8")
    parts = [*done, *cut([path], done, documents=size)]
    assert [part.number for part in parts] == list(range(len(parts)))
    documents = [d for part in parts for d in iter_documents(part, text_field="text", id_field=None)]
    assert documents == [Document(f"{path}:{number + 1}", f"سطر {number}") for number in range(count)]


def test_the_table_has_its_schema_even_when_empty(tmp_path, gazetteer):
    source = write_jsonl(tmp_path / "a.jsonl", ["", "  "])
    geoparse_corpus([str(source)], tmp_path / "out", gazetteer=gazetteer)
    table = pq.read_table(tmp_path / "out" / "part-000000.parquet")
    assert table.schema.names == MENTION_SCHEMA.names
    assert table.schema.types == MENTION_SCHEMA.types


def test_no_interrupt_can_be_lost_while_a_text_is_read(gazetteer, monkeypatch):
    """Python 3.11 answers numpy's question for members of enumerations in Python, and numpy drops what that raises."""
    asked = []
    answer = getattr(enum.EnumType, "__getattr__", None)
    if answer is None:
        pytest.skip("this Python answers without a function of its own")

    def listen(kind, name):
        asked.append((kind.__name__, name))
        return answer(kind, name)

    monkeypatch.setattr(enum.EnumType, "__getattr__", listen)
    texts = ["قصف على بعد 5 كم شمال حماة ثم على دوما وحرستا بريف دمشق", "Shelling hit Nawa in Daraa, north of Homs."]
    assert all(list(gazetteer.geoparse_many(texts)))
    assert gazetteer.geoparse(texts[0])
    assert [each for each in asked if each[1].startswith("__array")] == []
