"""Sources fetched from a server of the test's own, which can break off, change its mind, or not have the file."""

import hashlib
import io
import zipfile
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner

from buldan.cli.sources import sources
from buldan.compile.fetch import fetch_sources, read_list
from buldan.compile.publishers import read_publishers
from buldan.errors import SourceError

CONTENT = "قرية\tvillage\n".encode() * 5000


class Server(BaseHTTPRequestHandler):
    """Serves `files`; breaks off after `most` bytes; goes on where it is asked to."""

    def __init__(self, *args, state, **kwargs):
        self.state = state
        super().__init__(*args, **kwargs)

    def do_GET(self):
        content = self.state["files"].get(self.path)
        if content is None:
            self.send_error(404)
            return
        begin = int(self.headers.get("Range", "bytes=0-").removeprefix("bytes=").rstrip("-"))
        if begin >= len(content):
            self.send_error(416)
            return
        self.state["begins"].append(begin)
        self.send_response(206 if begin else 200)
        self.send_header("Content-Length", str(len(content) - begin))
        self.end_headers()
        self.wfile.write(content[begin : begin + self.state["most"]])

    def log_message(self, *_):
        pass


@pytest.fixture
def state():
    return {"files": {"/a.tsv": CONTENT}, "most": len(CONTENT), "begins": []}


@pytest.fixture
def address(state):
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Server, state=state))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def listing(tmp_path, *entries):
    path = tmp_path / "sources.toml"
    lines = []
    for entry in entries:
        facts = {"source": "ours", "version": "1", "licence": "CC0", "attribution": "us", **entry}
        lines += ["[[file]]", *(f'{key} = "{value}"' for key, value in facts.items())]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def sha(content):
    return hashlib.sha256(content).hexdigest()


def fetch(tmp_path, *entries):
    return list(fetch_sources(read_list(listing(tmp_path, *entries)), tmp_path / "folder"))


def files_in(tmp_path):
    return sorted(path.name for path in (tmp_path / "folder").rglob("*") if path.is_file())


def test_what_is_whole_is_kept_and_not_fetched_again(tmp_path, address, state):
    entry = {"file": "x/a.tsv", "url": f"{address}/a.tsv", "sha256": sha(CONTENT)}
    assert [done.outcome for done in fetch(tmp_path, entry)] == ["fetched"]
    assert (tmp_path / "folder/x/a.tsv").read_bytes() == CONTENT
    assert files_in(tmp_path) == ["a.tsv"]
    assert [done.outcome for done in fetch(tmp_path, entry)] == ["there"]
    assert len(state["begins"]) == 1
    (tmp_path / "folder/x/a.tsv").write_bytes(b"damaged")
    assert [done.outcome for done in fetch(tmp_path, entry)] == ["fetched"]


def test_a_broken_download_says_so_and_goes_on_from_there(tmp_path, address, state):
    entry = {"file": "a.tsv", "url": f"{address}/a.tsv", "sha256": sha(CONTENT)}
    state["most"] = 40_000
    (broken,) = fetch(tmp_path, entry)
    assert broken.outcome == "failed"
    assert f"broke off after 40,000 of {len(CONTENT):,} bytes; try again" in broken.line
    assert "\n" not in broken.line
    assert "a.tsv" not in files_in(tmp_path)
    state["most"] = len(CONTENT)
    assert [done.outcome for done in fetch(tmp_path, entry)] == ["fetched"]
    assert state["begins"] == [0, 40_000]
    assert (tmp_path / "folder/a.tsv").read_bytes() == CONTENT


def test_another_checksum_is_refused_and_leaves_what_was_there(tmp_path, address):
    entry = {"file": "a.tsv", "url": f"{address}/a.tsv", "sha256": sha(b"what it was")}
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/a.tsv").write_bytes(b"mine")
    (refused,) = fetch(tmp_path, entry)
    assert (refused.outcome, "\n" in refused.line) == ("failed", False)
    assert f"another checksum ({sha(CONTENT)[:12]}… instead of {sha(b'what it was')[:12]}…)" in refused.line
    assert (tmp_path / "folder/a.tsv").read_bytes() == b"mine"
    assert files_in(tmp_path) == ["a.tsv"]


def test_a_missing_file_takes_no_other_with_it(tmp_path, address):
    entries = [{"file": name, "url": f"{address}/{name}"} for name in ("gone.tsv", "a.tsv")]
    gone, there = fetch(tmp_path, *entries)
    assert (gone.outcome, there.outcome) == ("failed", "fetched")
    assert f"{address}/gone.tsv answers 404 Not Found" in gone.line
    assert f"no checksum is known; it is {sha(CONTENT)}" in there.line


def test_no_server_is_one_line(tmp_path):
    (lost,) = fetch(tmp_path, {"file": "a.tsv", "url": "http://127.0.0.1:9/a.tsv"})
    assert (lost.outcome, "\n" in lost.line) == ("failed", False)
    assert "cannot be fetched (" in lost.line


def test_a_member_is_taken_out_of_its_archive(tmp_path, address, state):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("SY.txt", CONTENT)
    state["files"] |= {"/SY.zip": packed.getvalue(), "/no.zip": b"no archive"}
    state["most"] = 10**6
    whole, other, no = fetch(
        tmp_path,
        {"file": "SY.txt", "url": f"{address}/SY.zip", "member": "SY.txt", "sha256": sha(packed.getvalue())},
        {"file": "AL.txt", "url": f"{address}/SY.zip", "member": "AL.txt"},
        {"file": "no.txt", "url": f"{address}/no.zip", "member": "SY.txt"},
    )
    assert whole.outcome == "fetched"
    assert "no ZIP archive that holds AL.txt" in other.line
    assert "no ZIP archive that holds SY.txt" in no.line
    assert (tmp_path / "folder/SY.txt").read_bytes() == CONTENT
    assert files_in(tmp_path) == ["SY.txt"]


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"file": "../a", "url": "x"}, "outside the folder"),
        ({"file": "/a", "url": "x"}, "outside the folder"),
        ({"file": "a"}, "either 'url' or 'by_hand'"),
        ({"file": "a", "by_hand": "write a letter"}, "'by_hand' and 'why' go together"),
        ({"file": "a", "url": "x", "checksum": "y"}, "unknown key 'checksum'"),
        ({"url": "x"}, "no 'file'"),
    ],
)
def test_a_list_that_breaks_a_rule_is_refused(tmp_path, entry, message):
    with pytest.raises(SourceError, match=message):
        read_list(listing(tmp_path, entry))


def test_the_command_ends_with_1_where_a_file_could_not_be_had(tmp_path, address):
    path = listing(tmp_path, {"file": "a.tsv", "url": f"{address}/a.tsv"}, {"file": "b", "url": f"{address}/b"},
                   {"file": "c", "by_hand": "write a letter", "why": "it is kept in a drawer"})  # fmt: skip
    done = CliRunner().invoke(sources, ["fetch", str(tmp_path / "folder"), "--list", str(path)])
    assert done.exit_code == 1
    assert [line.split("\t")[:3] for line in done.output.splitlines()] == [
        ["fetched", "a.tsv", "CC0"], ["failed", "b", "CC0"], ["by hand", "c", "CC0"],
    ]  # fmt: skip
    assert "no source 'them'" in CliRunner().invoke(
        sources, ["fetch", str(tmp_path), "--list", str(path), "--only", "them"]
    ).output  # fmt: skip


def test_the_list_names_every_publisher_with_the_licence_that_we_state():
    listed = read_list(Path(__file__).parents[2] / "gazetteer" / "sources.toml")
    assert {one.source for one in listed} == read_publishers().keys() - {"curated"}
    assert all(read_publishers()[one.source].licence in one.licence for one in listed if one.source != "whosonfirst")
    assert all(len(one.sha256) in (0, 64) for one in listed)
    assert all(one.url.startswith("https://") for one in listed if one.url)
