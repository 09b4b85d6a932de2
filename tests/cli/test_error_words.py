"""An error says what is wrong, where, and what to do: in one line, in plain words, without a traceback."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from buldan.cli import main
from buldan.plain_faults import say_fault

FILES = {
    "ok.csv": b"place,gov\nYalda,Damascus\n",
    "empty.csv": b"",
    "labelled.csv": b"a,b\n1,2\n",
    "ragged.csv": b"place,gov\nYalda\nNawa,Daraa\n",
    "noise.csv": bytes(range(128, 256)) * 8 + b"\x00",
    "noise.xlsx": b"no workbook",
    "list.geojson": b"[1, 2]",
    "program.csv": b"\x7fELF\x02\x01" + bytes(3000),
    "letter.docx": b"PK\x03\x04 no sheet",
    "marks.json": b"{}",
    "one.csv": b"list\nYalda\n",
    "own-labels.csv": b"Title,x\nX,36\n",
    "own.csv": b"name,lon,lat\nX,,34\n",
    "own-id.csv": b"name,lon,lat,id\nX,36,34,a b\n",
    "own-break.csv": b'"na\nme",lat,x\nX,34,36\n',
    "windows.txt": "قصف على مدينة حلب وعلى بلدة سراقب في ريف إدلب".encode("cp1256"),
    "marks.jsonl": b'{"text": "Aleppo"}\n',
    "decided.csv": b"name,decision\nYalda,C2302\n",
}
GEOCODE = "geocode ok.csv --name place -o out.csv "


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def said_by(command: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    with pytest.raises(SystemExit) as left:
        main(command.split())
    return int(left.value.code or 0), capsys.readouterr().err


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("lookup Yalda --limit many", "--limit: 'many' is not a whole number; see buldan lookup --help"),
        ("geoparse ok.csv --min-confidence 2", "--min-confidence: must be from 0 to 1, not 2.0; see"),
        ("geoparse ok.csv --min-confidence x", "--min-confidence: 'x' is not a number; see"),
        ("lookup Yalda --fromat csv", "no such option '--fromat', did you mean '--format'?; see buldan lookup --help"),
        ("geocode ok.csv --out out.csv", "no such option '--out', did you mean '--output'?"),
        ("lookup Yalda --format json", "is not one of 'table', 'geojson', 'csv'; did you mean 'geojson'?"),
        ("lookup Yalda --kind twon", "unknown kind 'twon'; did you mean 'town'?"),
        ("lookup Yalda --kind harbour", "unknown kind 'harbour'; use one of country, governorate"),
        ("lookup Yalda --kind group:settlements", "did you mean 'group:settlement'?"),
        ("find Yalda", "no such command 'find', did you mean 'lookup'?"),
        ("geocde ok.csv", "no such command 'geocde', did you mean 'geocode'?"),
        ("geocode", "the argument 'INPUT' is missing; see buldan geocode --help"),
        ("info more", "too many arguments: more; see buldan info --help"),
        ("geoparse none.txt", "none.txt: there is no such file; see"),
        ("geoparse folder", "folder: this is a folder; to read several texts: buldan geoparse --input folder"),
        ("geoparse ok.csv windows.txt", "to read several texts: buldan geoparse --input FILE --input FILE --output"),
        ("geocode folder -o out.csv", "folder: this is a folder; name a file; see"),
        ("geocode program.csv -o out.csv", "program.csv: this is not a CSV or TSV file"),
        ("geocode letter.docx -o out.csv", "letter.docx: tables are not read from .docx files; copy the table"),
        (
            "geocode marks.jsonl -o out.csv",
            "marks.jsonl: a table is expected, and .jsonl is a file of texts; use buldan",
        ),
        ("geocode marks.json -o out.csv", "tables are not read from .json files; did you mean '.geojson'?"),
        ("geocode one.csv -o out.csv", "the label 'list' does not say that the column holds places; if it does, add"),
        (GEOCODE + "--encoding utf-16", "ok.csv: not utf-16: it does not begin with a byte order mark"),
        ("geocode ok.csv -o out.json", "out.json: .json files are not written; did you mean '.geojson'?"),
        ("geocode ok.csv -o out.xls", "out.xls: .xls files are not written; did you mean '.xlsx'?"),
        ("geocode ok.csv -o out", "out: the name must end in a format; use one of .csv, .tsv, .xlsx"),
        ("lookup --overlay own-labels.csv Yalda", "no column lat; its columns are: Title, x"),
        ("geoparse ok.csv --output out", "for one text write: buldan geoparse FILE > places.geojson"),
        ("geoparse --input ok.csv", "name it with --output"),
        ("geoparse ok.csv --public-url maps.example", "--public-url: must begin with http:// or https://, not 'maps"),
        ("geoparse ok.csv --trace --utf16", "leave out --input, --output, --utf16 and --format"),
        ("reverse 36,33 --radius 1000", "--radius: must be more than 0 and at most 500, not 1000.0; see"),
        ("geocode ok.csv --name place -o out.docx", "out.docx: .docx files are not written; use one of .csv, .tsv"),
        ("geocode empty.csv -o out.csv", "empty.csv: the file is empty"),
        (
            "geocode labelled.csv -o out.csv",
            "is labelled as the name of a place; choose one with --name: 'a'",
        ),
        ("geocode ragged.csv -o out.csv", "ragged.csv, line 2: this row has 1 cells, the header has 2"),
        ("geocode noise.csv -o out.csv", "noise.csv: this is not a CSV or TSV file"),
        ("geocode noise.xlsx -o out.csv", "although its name ends in .xlsx; it may be damaged or incomplete"),
        ("geocode list.geojson -o out.csv", "list.geojson: cannot be read as .geojson ("),
        (GEOCODE + "--sheet data", "ok.csv: a text table has no sheets; leave out --sheet"),
        (GEOCODE + "--header-row 9", "ok.csv, line 9: this row cannot be the header"),
        (GEOCODE + "--header-row 0", "--header-row: must be 1 or more, not 0; see"),
        (GEOCODE + "--skip-rows 10", "no rows are left; --skip-rows skips too many"),
        (GEOCODE + "--encoding arabic-1", "no encoding is called 'arabic-1'; use one such as utf-8 or windows-1256"),
        (GEOCODE + "--delimiter ;;", "a delimiter is one character, or the word tab, not ';;'"),
        (GEOCODE + "--review out.csv", "out.csv is the output; write the review to another file"),
        (GEOCODE + "--review ok.csv", "ok.csv is the input; write the review to another file"),
        (GEOCODE + "--decisions out.csv", "out.csv is the output; keep the decisions in another file"),
        (GEOCODE + "--decisions d.csv --review d.csv", "d.csv is the file of decisions; write the review to another"),
        ("summarise ok.csv -o ok.csv", "ok.csv is the input; write to another file"),
        (GEOCODE + "--decisions d.xlsx", "d.xlsx: decisions are kept in a .csv file"),
        (GEOCODE + "--decisions decided.csv", "a file of decisions has the columns name, within, decision"),
        ("summarise ok.csv --sure 7 -o s.csv", "--sure: must be from 0 to 1, not 7.0; see"),
        ("export places.docx", "use one of .lpf.json"),
        ("export places.docx", "or an address that begins with postgresql://"),
        ("serve --port 99999", "--port must be 65535 or less, not 99999"),
        ("serve --workers 0", "--workers must be 1 or more, not 0"),
        ("serve --public-url maps.example", "--public-url must begin with http:// or https://, not 'maps.example'"),
        ("serve --host 192.0.2.1", "cannot listen on 192.0.2.1, port 8000: this machine has no such address"),
        ("lookup --overlay empty.csv Yalda", "the file is empty; it needs the columns name, lon and lat"),
        ("lookup --overlay noise.xlsx Yalda", "noise.xlsx: an overlay is a .csv or .geojson file"),
        ("lookup --overlay noise.csv Yalda", "own places are a CSV file in UTF-8, or GeoJSON"),
        ("lookup --overlay own.csv Yalda", "own.csv, line 2: lon: is empty; give degrees"),
        ("lookup --overlay own-id.csv Yalda", "own-id.csv, line 2: id: 'a b' has a space in it; an id has none"),
        ("lookup --overlay own-break.csv Yalda", "its columns are: na me, lat, x"),
        ("check none", "none: no gazetteer here (manifest.json is missing); name the folder of one"),
        ("diff none none", "none: no gazetteer here"),
        ("compile --sources none", "none: there is no such file or folder; see"),
        ("evaluate names none.tsv", "none.tsv: there is no such file or folder; see buldan evaluate names --help"),
        ("summarise none.csv -o out.csv", "none.csv: there is no such file or folder; see"),
        ("evaluate geoparse .", "buldan: .: this is a folder; name a file; see buldan evaluate geoparse --help"),
        ("evaluate geoparse marks.jsonl", "marks.jsonl, line 1: not an annotated document: it has no 'mentions'"),
        ("evaluate geoparse ok.csv", "ok.csv, line 1: not JSON lines: Expecting value"),
        (
            "evaluate names noise.csv",
            "noise.csv: not UTF-8 at byte 0; save the file as UTF-8; see buldan",
        ),
        ("evaluate cells windows.txt", "windows.txt: not UTF-8 at byte 0; save the file as UTF-8"),
        ("evaluate geoparse windows.txt", "windows.txt: not UTF-8 at byte 0; save the file as UTF-8"),
        ("evaluate compare ok.csv windows.txt", "windows.txt: not UTF-8 at byte 0; save the file as UTF-8"),
        ("learn score windows.txt", "windows.txt: not UTF-8 at byte 0; save the file as UTF-8"),
        (
            "learn mentions --ordinary windows.txt marks.jsonl",
            "windows.txt: not UTF-8 at byte 0; save the file as UTF-8",
        ),
        ("learn score ok.csv", "ok.csv, line 1: needs the columns lat, lon and name, separated by tabs"),
    ],
)
def test_an_error_says_what_where_and_what_to_do(command: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, shown = said_by(command, capsys)
    assert code == 2
    assert said in shown.strip()
    assert shown.strip().startswith("buldan: ")
    assert "\n" not in shown.strip()


@pytest.mark.parametrize("command", ["serve --port", "mcp --http --port"])
def test_a_port_in_use_is_told_before_anything_is_loaded(
    command: str, busy_port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    code, shown = said_by(f"{command} {busy_port}", capsys)
    advice = "another program uses it; stop that program, or choose another port with --port"
    assert (code, shown) == (2, f"buldan: cannot listen on 127.0.0.1, port {busy_port}: {advice}\n")


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("lookup Zzyzxq --format csv", "buldan: nothing found: 'Zzyzxq'\n"),
        ("lookup NULL --format csv", "buldan: nothing found: 'NULL' ('NULL' names no place)\n"),
        ("geoparse windows.txt --format csv", "buldan: windows.txt is not UTF-8; it is read as cp1256\n"),
        ("geoparse empty.csv --format csv", "buldan: empty.csv is empty\n"),
    ],
)
def test_what_is_no_error_is_told_beside_the_answer(
    command: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _, shown = said_by(command, capsys)
    assert shown == said


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_a_full_disk_under_standard_output_is_named() -> None:
    with open("/dev/full", "w") as full:  # noqa: PTH123 - a device
        done = subprocess.run(
            [sys.executable, "-m", "buldan", "lookup", "Yalda"], check=False, stdout=full, stderr=subprocess.PIPE
        )
    assert done.returncode == 2
    assert done.stderr == b"buldan: standard output: No space left on device\n"


def test_an_early_ctrl_c_ends_with_one_line() -> None:
    """While libraries are still being imported, too."""
    # Where the tests run in the background, the shell has told them to ignore the signal.
    code = (
        "import os, signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
        f"{_INTERRUPTING}; from buldan.__main__ import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, env=os.environ)
    assert done.returncode == 128 + signal.SIGINT
    assert done.stderr == b"\nbuldan: stopped\n"


_INTERRUPTING = (
    "sys.meta_path.insert(0, type('', (), {'find_spec': staticmethod("
    "lambda name, *_: os.kill(os.getpid(), signal.SIGINT) if name == 'buldan.cli' else None)}))"
)


def test_pydantics_words_are_put_plainly() -> None:
    assert say_fault({"type": "missing", "msg": "Field required"}) == "is missing"
    assert say_fault({"type": "less_than_equal", "ctx": {"le": 5}, "msg": ""}) == "must be 5 or less"
    assert say_fault({"type": "unheard_of", "msg": "as it is"}) == "as it is"
