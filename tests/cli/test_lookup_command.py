"""The command line: readable on a terminal, GeoJSON in a pipe, one line and exit code 2 for bad input."""

import contextlib
import csv
import fcntl
import io
import json
import os
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len

from buldan.cli import main
from buldan.extras import install_command
from buldan.index import opening

BULDAN = [sys.executable, "-c", "from buldan.cli import main; main()"]


def run(*arguments: str | bytes) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*BULDAN, *arguments], check=False, capture_output=True, text=True, encoding="utf-8", timeout=120
    )


@pytest.fixture
def run_here(capfd: pytest.CaptureFixture[str]) -> Callable[..., subprocess.CompletedProcess[str]]:
    """`run` in this process, which has imported everything already; what is no text needs one of its own."""

    def run_here(*arguments: str) -> subprocess.CompletedProcess[str]:
        with pytest.raises(SystemExit) as left:
            main(list(arguments))
        said = capfd.readouterr()
        return subprocess.CompletedProcess(arguments, left.value.code, said.out, said.err)

    return run_here


def test_a_pipe_gets_geojson() -> None:
    done = run("lookup", "يلدا", "Bayt Sahm")
    collection = json.loads(done.stdout)
    assert done.returncode == 0
    assert collection["type"] == "FeatureCollection"
    assert {"C2302", "C2295"} <= {feature["properties"]["pcode"] for feature in collection["features"]}
    assert collection["version"]
    assert "OCHA" in collection["attribution"]


def test_csv_and_table() -> None:
    rows = list(csv.DictReader(io.StringIO(run("lookup", "يلدا", "--format", "csv").stdout)))
    assert rows[0]["pcode"] == "C2302"
    assert "C2302" in run("lookup", "يلدا", "--format", "table", "--explain").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("lookup", ""),
        ("lookup", "a" * 10_000),
        ("lookup", "حلب", "--limit", "0"),
        ("lookup", "حلب", "--near", "500,10"),
        ("lookup", "حلب", "--near", "here"),
        ("lookup", "حلب", "--within", "Zzyzxq"),
        ("lookup", "حلب", "--within", ""),
        ("lookup", "حلب", "--kind", "hamletish"),
        ("lookup", b"\xff\xfe"),
        ("lookup", "حلب", "--within", b"\xff"),
        ("lookup", "a\x1bb"),
        ("lookup", "حلب", "--limit", str(10**9)),
        ("lookup", "حلب", "--limit", "many"),
        ("lookup", "حلب", "--near", "1,2,3"),
        ("lookup", "حلب", "--near", "nan,nan"),
        ("lookup", "حلب", "--overlay", "no-such-file.csv"),
        ("lookup", "حلب", "--overlay", "."),
        ("lookup", "حلب", "--no-such-option"),
        ("lookup",),
        ("reverse", "1000,2"),
        ("reverse", "36.3,33.5", "--radius", "0"),
        ("suggest", " "),
        ("suggest", b"\xff"),
        ("no-such-command",),
        ("export", "no-such-folder/places.gpkg"),
        ("export", "places.unknown"),
        ("check", "no-such-folder"),
        ("diff", "no-such-folder", "gazetteer"),
        ("info", "--overlay", "no-such-file.csv"),
    ],
    ids=lambda a: ascii(a)[:60],
)
def test_bad_input_gets_one_line_and_exit_code_2(arguments: tuple[str | bytes, ...], run_here) -> None:
    done = (run_here if all(isinstance(word, str) for word in arguments) else run)(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("buldan: ")
    assert len(done.stderr.splitlines()) == 1


def test_several_names_in_one_collection_know_their_question() -> None:
    collection = json.loads(run("lookup", "يلدا", "Springfield", "Bayt Sahm", "--limit", "1").stdout)
    assert collection["query"] == ["يلدا", "Springfield", "Bayt Sahm"]
    assert [(f["properties"]["query"], f["properties"]["pcode"]) for f in collection["features"]] == [
        ("يلدا", "C2302"),
        ("Bayt Sahm", "C2295"),
    ]
    west, south, east, north = collection["bbox"]
    assert west < east and south < north


def test_what_looks_like_markup_is_shown_as_it_is() -> None:
    shown = run("lookup", "[/homs] :smile:", "--format", "table")
    assert shown.returncode == 0
    assert "[/homs] :smile:" in shown.stdout


def test_arabic_comes_out_whatever_the_code_page() -> None:
    environment = os.environ | {"PYTHONIOENCODING": "cp1252"}
    done = subprocess.run(
        [*BULDAN, "lookup", "يلدا", "--format", "csv"], check=True, capture_output=True, env=environment, timeout=120
    )
    assert "يلدا" in done.stdout.decode("utf-8")


@pytest.mark.parametrize("columns", [72, 160])
def test_a_terminal_gets_a_table_that_fits(columns: int) -> None:
    """On a real pseudo-terminal: no line is wider than it, and what tells places apart is never cut."""
    controller, terminal = os.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    with subprocess.Popen(
        [*BULDAN, "lookup", "الحجر الأسود"], stdout=terminal, env=environment | {"TERM": "xterm", "NO_COLOR": "1"}
    ) as shown:
        os.close(terminal)
        output = b""
        with contextlib.suppress(OSError):  # how Linux ends a terminal whose other end is gone
            while part := os.read(controller, 4096):
                output += part
        shown.wait(120)
    os.close(controller)
    shown_text = re.sub(r"\x1b\[[0-9;]*m", "", output.decode("utf-8"))
    assert max(map(cell_len, shown_text.splitlines())) <= columns
    assert "C2502" in shown_text and "36.3031," in shown_text
    assert "FeatureCollection" not in shown_text


def test_nothing_found_is_an_empty_collection_and_sets_the_exit_code() -> None:
    done = run("lookup", "Springfield")
    assert done.returncode == 1
    assert done.stderr == "buldan: nothing found: 'Springfield' (a better-known place abroad has this name)\n"
    assert json.loads(done.stdout)["features"] == []
    both = run("lookup", "يلدا", "Springfield", "--limit", "1", "--format", "csv")
    assert (both.returncode, len(both.stdout.splitlines())) == (1, 2)


def test_suggest_completes_a_name() -> None:
    assert run("suggest", "يلد").stdout.startswith("يلدا\tYalda\ttown\t")
    assert json.loads(run("suggest", "يلد", "--format", "json").stdout)["suggestions"][0]["name_en"] == "Yalda"


def test_reverse_says_what_is_there() -> None:
    collection = json.loads(run("reverse", "36.3211,33.4645", "--kind", "town").stdout)
    assert collection["features"][0]["properties"]["pcode"] == "C2302"
    assert collection["features"][0]["properties"]["distance_km"] < 0.1
    assert "Yalda" in run("reverse", "36.3211,33.4645", "--format", "table").stdout
    assert json.loads(run("reverse", "10,10").stdout)["features"] == []


def test_info_says_what_the_gazetteer_is_made_of() -> None:
    told = run("info").stdout
    assert "CC-BY-4.0" in told and "Who's On First" in told
    facts = json.loads(run("info", "--format", "json").stdout)
    assert facts["places"]["governorate"] == 14
    ocha = next(source for source in facts["sources"] if source["key"] == "ocha")
    assert ocha["places"] > 8000 and ocha["licence"] and ocha["url"] and ocha["date"]


def test_the_bare_command_says_what_it_can_do() -> None:
    done = run()
    assert done.returncode == 0
    assert "lookup" in done.stdout


COMMANDS_THAT_LOAD = [
    ("lookup", "Zebra"),
    ("suggest", "Checkpoint Zeb"),
    ("reverse", "36.5,33.4"),
    ("geoparse", "TEXT"),
    ("export", "OUT.csv"),
    ("info", "--format", "json"),
]


@pytest.mark.parametrize("command", COMMANDS_THAT_LOAD, ids=lambda command: command[0])
def test_own_places_are_there_in_every_command(command, mini, run_here, monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setattr(opening, "find_packaged_gazetteer", lambda: mini)  # indexing all places takes ten seconds
    mine = tmp_path / "mine.csv"
    mine.write_text("name,lon,lat,kind,id\nCheckpoint Zebra,36.5,33.4,checkpoint,own-zebra\n", "utf-8")
    (tmp_path / "TEXT").write_text("They stopped at Checkpoint Zebra near Damascus.", "utf-8")
    files = {"TEXT": str(tmp_path / "TEXT"), "OUT.csv": str(tmp_path / "out.csv")}
    without = run_here(*(files.get(word, word) for word in command)).stdout
    if command[0] == "export":
        without = (tmp_path / "out.csv").read_text("utf-8")
    done = run_here(*(files.get(word, word) for word in command), "--overlay", str(mine))
    assert done.returncode == 0
    told = (tmp_path / "out.csv").read_text("utf-8") if command[0] == "export" else done.stdout
    if command[0] == "info":
        assert json.loads(told)["places"]["checkpoint"] == json.loads(without)["places"].get("checkpoint", 0) + 1
    else:
        assert "own-zebra" in told
        assert "own-zebra" not in without


@pytest.mark.parametrize(
    ("command", "library", "extra"),
    [
        (("geocode", "in.csv", "--name", "a", "-o", "out.csv"), "pyarrow", "geo"),
        (("export", "out.gpkg"), "pyarrow", "geo"),
        (("check",), "shapely", "compile"),
        (("serve",), "fastapi", "server"),
        (("export", "postgresql://127.0.0.1/none"), "psycopg", "postgis"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value[:2]),
)
def test_what_an_extra_brings_is_named_where_it_is_missing(command: tuple[str, ...], library: str, extra: str) -> None:
    without = f"import sys; sys.modules[{library!r}] = None; from buldan.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", without, *command], check=False, capture_output=True, encoding="utf-8", timeout=120
    )
    assert done.returncode == 2
    wanted = f"{library} is not installed; install the extra `{extra}`: {install_command(extra)}"
    assert done.stderr == f"buldan: {wanted}\n"


def test_a_lookup_needs_no_extra_and_no_place_to_write(mini: Path) -> None:
    """With the core's libraries alone, from another folder, where neither home nor temporary files can be written."""
    heavy = "pyarrow pandas geopandas shapely scipy fastapi pydantic dask folium matplotlib psycopg openpyxl"
    script = (
        f"import sys; sys.modules.update(dict.fromkeys({heavy.split()!r})); "
        "from pathlib import Path; from buldan.index import opening; "
        f"opening.find_packaged_gazetteer = lambda: Path({str(mini)!r}); "
        "from buldan.cli import main; main(['lookup', 'يلدا', '--format', 'csv'])"
    )
    nowhere = {"HOME": "/proc/none", "XDG_CACHE_HOME": "/proc/none", "TMPDIR": "/proc/none"}
    done = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, cwd="/", env=os.environ | nowhere, timeout=120
    )
    assert "C2302" in done.stdout.decode("utf-8")


@pytest.mark.parametrize(
    ("typed", "meant"), [("lokup", "lookup"), ("geoprase", "geoparse"), ("summarize", "summarise")]
)
def test_a_mistyped_command_gets_the_near_one(typed: str, meant: str) -> None:
    done = run(typed)
    assert done.returncode == 2
    assert done.stderr == f"buldan: no such command '{typed}', did you mean '{meant}'?; see buldan --help\n"


def test_a_command_like_no_other_gets_no_guess() -> None:
    assert "did you mean" not in run("xyzzy").stderr


def test_help_groups_the_commands() -> None:
    shown = run("--help").stdout
    titles = [line for line in shown.splitlines() if line.endswith("commands:")]
    assert titles == ["Everyday commands:", "Data commands:", "Development commands:"]
    assert shown.index("  lookup") < shown.index("Data commands:") < shown.index("  compile")


def test_a_name_that_cannot_be_asked_harms_no_other() -> None:
    done = run("lookup", "يلدا", "", b"\xff", "Bayt Sahm")
    found = {feature["properties"]["pcode"] for feature in json.loads(done.stdout)["features"]}
    assert {"C2302", "C2295"} <= found
    assert done.returncode == 1
    assert "row 2: the text is empty" in done.stderr
    assert "row 3:" in done.stderr
    assert "row 4" not in done.stderr
