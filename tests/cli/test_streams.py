"""Streams that the caller closed, and a service without data: one line, never a traceback."""

import subprocess
import sys

import pytest

BULDAN = f"{sys.executable} -c 'from buldan.cli import main; main()'"


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("lookup Yalda >&-", "standard output is closed"),
        ("info >&-", "standard output is closed"),
        ("geoparse - <&-", "standard input"),
        ("mcp <&-", "standard input: is closed"),
        ("serve --port 0 --workers 2 --gazetteer /no/such/place", "no gazetteer here"),
    ],
)
def test_what_cannot_work_is_one_line(command: str, message: str) -> None:
    done = subprocess.run(["sh", "-c", f"{BULDAN} {command}"], check=False, capture_output=True, text=True, timeout=120)
    assert done.returncode == 2
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_closed_stream_that_is_not_needed_is_none_of_our_business() -> None:
    done = subprocess.run(
        ["sh", "-c", f"{BULDAN} lookup Yalda --format csv <&- 2>&-"], check=True, capture_output=True, text=True
    )
    assert "C2302" in done.stdout


@pytest.mark.parametrize(
    ("flags", "code", "said"),
    [
        ("--format tei --public-url https://maps.example", 0, "https://maps.example/places/bdrq6tejvv"),
        ("--format iob --min-confidence 1", 0, "حلب\t-\tO"),
        ("--format kml --utf16", 2, "--utf16 does not go with --format kml"),
        ("--format docx", 2, "'label-studio'"),
        ("--trace", 0, "names a place of Syria"),
        ("--trace --format kml", 2, "--trace writes a table about one text"),
    ],
)
def test_a_text_is_written_for_other_tools(flags: str, code: int, said: str) -> None:
    command = f"echo 'وصلوا إلى مدينة حلب' | {BULDAN} geoparse {flags} -"
    done = subprocess.run(["sh", "-c", command], check=False, capture_output=True, text=True, timeout=120)
    assert done.returncode == code, done.stderr
    assert said in done.stdout + done.stderr
