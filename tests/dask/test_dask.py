"""On a cluster: the same answers, bit for bit, also when a worker dies."""

import json
import os
import pickle
import signal
import subprocess
import sys
import threading
import time

import dask.dataframe as dd
import dask_geopandas
import pandas as pd
import pytest
from geopandas.testing import assert_geodataframe_equal

import buldan
from buldan.cli import main
from buldan.corpora import Part, Task, geoparse_corpus
from buldan.dask import Origin, geocode, geoparse, make_answerer, open_cluster, part_runner
from buldan.errors import GazetteerError, QueryError, SourceError
from buldan.tables import Question, Terms
from buldan.tables.judging import answer_all

NAMES = ["يلدا", "Nawa", "al-Hajar al-Aswad", "درعا", "qqqqq", "", "Maarat al Numan", "دير الزور"]
TEXT = "قصف على مدينة دوما ثم حرستا، وخرج المقاتلون نحو إدلب. Shelling hit Nawa in Daraa governorate. "


@pytest.fixture(scope="module")
def two_workers():
    with open_cluster(workers=2) as client:
        yield client


def origin(gazetteer):
    return Origin(version=gazetteer.version)


def test_questions_are_answered_alike_on_any_number_of_workers(two_workers, gazetteer):
    questions = [Question(f"{name}{tail}", ("Homs",) if tail else ()) for tail in ("", " ", "a") for name in NAMES] * 30
    here = answer_all(gazetteer, questions, Terms())
    assert make_answerer(two_workers, origin(gazetteer), Terms())(questions) == here


def test_a_dataframe_is_geocoded_lazily_with_the_right_types(two_workers, gazetteer):
    frame = pd.DataFrame({"place": NAMES * 3, "unit": ["Daraa", ""] * 12}, index=range(5, 29))
    lazy = geocode(dd.from_pandas(frame, npartitions=3), name="place", within="unit")
    assert isinstance(lazy, dask_geopandas.GeoDataFrame)
    assert lazy.npartitions == 3
    found = two_workers.compute(lazy, sync=True)
    here = buldan.geocode(frame, name="place", within="unit", gazetteer=gazetteer)
    assert_geodataframe_equal(found.drop(columns=["place", "unit"]), here.drop(columns=["place", "unit"]))
    assert list(found["place"]) == NAMES * 3
    assert list(lazy.dtypes.astype(str)) == list(found.dtypes.astype(str))
    assert lazy.crs == found.crs


ROWS = pd.DataFrame(
    [
        ("صوران", "Suran", "Aleppo", "A'zaz", ""),
        ("صوران", "Suran", "Suran", "SY05", ""),
        ("تدمر", "Palmyra", "Idleb", "Salqin", ""),
        ("يلدا", "", "-", "", "C2302"),
        ("يلدا", "Nawa", "Homs", "", "C2302"),
        ("المجموع", "Total", "", "", ""),
        ("Nawa, Jasim", "", "", "", "C99999"),
        ("مخيم تلمنس", "Talmenes camp", "Idleb", "", ""),
    ],
    columns=["ar", "en", "adm1", "adm2", "code"],
)


@pytest.mark.parametrize("fallback", [True, False])
def test_units_p_codes_and_several_names_are_answered_alike(two_workers, gazetteer, fallback):
    asked = {"name": ["ar", "en"], "within": ["adm1", "adm2"], "pcode": "code", "fallback": fallback}
    lazy = geocode(dd.from_pandas(ROWS, npartitions=3), **asked)
    found = pd.DataFrame(two_workers.compute(lazy, sync=True))
    here = pd.DataFrame(buldan.geocode(ROWS, gazetteer=gazetteer, **asked))
    assert found.astype(str).to_dict("records") == here.astype(str).to_dict("records")
    assert ("unit only" in set(found["status"])) == fallback


def test_mentions_of_a_column_are_the_same_in_any_number_of_partitions(two_workers, gazetteer):
    frame = pd.DataFrame({"body": [TEXT, "", None, TEXT * 2, "nothing"] * 2})
    found = [two_workers.compute(geoparse(dd.from_pandas(frame, npartitions=n), "body"), sync=True) for n in (1, 2, 5)]
    assert_geodataframe_equal(found[0], found[1])
    assert_geodataframe_equal(found[0], found[2])
    alone = gazetteer.geoparse(TEXT)
    assert list(found[0].loc[0, "text"]) == [mention.text for mention in alone]
    assert list(found[0].loc[0, "confidence"]) == [mention.confidence for mention in alone]
    lazy = geoparse(dd.from_pandas(frame, npartitions=2), "body")
    assert list(lazy.dtypes.astype(str)) == list(found[0].dtypes.astype(str))


def write_corpus(path, count):
    path.write_text(
        "".join(json.dumps({"text": f"{n} {TEXT * 3}"}, ensure_ascii=False) + "\n" for n in range(count)), "utf-8"
    )
    return str(path)


def parts_of(folder):
    return {path.name: path.read_bytes() for path in folder.glob("part-*.parquet")}


def victim_of(client):
    """(address, process) of one of the workers."""
    return next(iter(client.run(os.getpid).items()))


def test_a_corpus_is_the_same_to_the_last_bit_when_a_worker_is_killed(tmp_path, gazetteer, two_workers):
    source = write_corpus(tmp_path / "a.jsonl", 72)
    geoparse_corpus([source], tmp_path / "alone", gazetteer=gazetteer, part_documents=3)
    _, victim = victim_of(two_workers)
    done = []

    def on_part(progress):
        done.append(progress.parts)
        if progress.parts == 4:
            os.kill(victim, signal.SIGKILL)

    runner = part_runner(two_workers, origin(gazetteer), Task())
    geoparse_corpus([source], tmp_path / "both", gazetteer=gazetteer, runner=runner, part_documents=3, on_part=on_part)
    assert max(done) == 24
    assert parts_of(tmp_path / "both") == parts_of(tmp_path / "alone")
    assert victim not in two_workers.run(os.getpid).values()


def test_a_table_is_the_same_when_a_worker_is_killed(gazetteer, two_workers):
    questions = [Question(f"قرية {number}") for number in range(500)]
    two_workers.wait_for_workers(2)
    address, victim = victim_of(two_workers)
    killed = threading.Event()

    def kill_at_work():
        while not two_workers.processing()[address]:
            time.sleep(0.01)
        os.kill(victim, signal.SIGKILL)
        killed.set()

    killer = threading.Thread(target=kill_at_work, daemon=True)
    killer.start()
    found = make_answerer(two_workers, origin(gazetteer), Terms())(questions)
    killer.join(30)
    assert killed.is_set()
    assert found == answer_all(gazetteer, questions, Terms())


def test_workers_elsewhere_read_paths_from_where_the_client_is(tmp_path, gazetteer, two_workers, monkeypatch, mini):
    write_corpus(tmp_path / "a.jsonl", 4)
    (tmp_path / "b.txt").write_text(TEXT, "utf-8")
    (tmp_path / "mine.csv").write_text("name,lon,lat\nTell Qqzz,36.1,33.1\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    two_workers.run(os.chdir, "/")
    runner = part_runner(two_workers, origin(gazetteer), Task())
    for folder, how in (("here", None), ("far", runner)):
        geoparse_corpus(["a.jsonl", "b.txt"], tmp_path / folder, gazetteer=gazetteer, runner=how, part_documents=2)
    assert parts_of(tmp_path / "far") == parts_of(tmp_path / "here") != {}
    (tmp_path / "mini").symlink_to(mini)
    mine = buldan.load("mini", overlay="mine.csv")
    answerer = make_answerer(two_workers, Origin.of(mine, path="mini", overlay="mine.csv"), Terms())
    assert answerer([Question("Tell Qqzz")]) == answer_all(mine, [Question("Tell Qqzz")], Terms())
    with pytest.raises(GazetteerError, match="a worker has gazetteer"):
        make_answerer(two_workers, origin(mine), Terms())([Question("Tell Qqzz")])


def test_a_file_that_workers_do_not_see_is_named(tmp_path, gazetteer, two_workers):
    path = tmp_path / "gone.jsonl"
    part = Part(0, (str(path),), 0, 10)
    with pytest.raises(SourceError, match=r"gone\.jsonl: a worker cannot find this file"):
        list(part_runner(two_workers, origin(gazetteer), Task())([part]))


def test_a_worker_with_another_gazetteer_is_an_error(two_workers):
    with pytest.raises(GazetteerError, match=r"a worker has gazetteer .*, the client has 1999"):
        make_answerer(two_workers, Origin(version="1999"), Terms())([Question("Nawa")])


def test_a_scheduler_that_is_not_there_is_named():
    with (
        pytest.raises(QueryError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:1"),
        open_cluster("tcp://127.0.0.1:1"),
    ):
        pass


_CLUSTER = """
import time
from distributed import LocalCluster
if __name__ == "__main__":
    cluster = LocalCluster(n_workers=1, threads_per_worker=1, processes=False, protocol="tcp", dashboard_address=None)
    print(cluster.scheduler_address, flush=True)
    time.sleep(600)
"""


@pytest.fixture
def far_away():
    """A scheduler with a worker in a process of its own, and its address."""
    process = subprocess.Popen(
        [sys.executable, "-c", _CLUSTER], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        yield process, process.stdout.readline().strip()
    finally:
        process.kill()
        process.wait()


def test_a_scheduler_that_is_killed_is_said_and_the_run_goes_on_without_it(tmp_path, gazetteer, far_away):
    scheduler, address = far_away
    source = write_corpus(tmp_path / "a.jsonl", 60)
    geoparse_corpus([source], tmp_path / "alone", gazetteer=gazetteer, part_documents=3)

    def on_part(progress):
        if progress.parts == 2:
            scheduler.kill()

    options = {"gazetteer": gazetteer, "part_documents": 3}
    with (
        pytest.raises(QueryError, match=r"the Dask scheduler at tcp://.*; .* are kept"),
        open_cluster(address) as c,
    ):
        runner = part_runner(c, origin(gazetteer), Task())
        geoparse_corpus([source], tmp_path / "both", runner=runner, on_part=on_part, **options)
    assert 2 <= len(parts_of(tmp_path / "both")) < 20
    geoparse_corpus([source], tmp_path / "both", **options)
    assert parts_of(tmp_path / "both") == parts_of(tmp_path / "alone")


def test_a_table_whose_scheduler_is_killed_says_so(gazetteer, far_away):
    scheduler, address = far_away
    questions = [Question(f"قرية {number}") for number in range(1500)]
    with (
        pytest.raises(QueryError, match=r"lost the connection to the Dask scheduler at tcp://"),
        open_cluster(address) as client,
    ):
        threading.Timer(1, scheduler.kill).start()
        make_answerer(client, origin(gazetteer), Terms())(questions * 50)


def test_the_command_line_works_on_a_scheduler(tmp_path, two_workers):
    (tmp_path / "in.csv").write_text("place\n" + "\n".join(filter(None, NAMES)) + "\n", "utf-8")
    outputs = []
    for options in ([], ["--scheduler", two_workers.scheduler.address]):
        outputs.append(tmp_path / f"out{len(outputs)}.csv")
        with pytest.raises(SystemExit) as left:
            main(["geocode", str(tmp_path / "in.csv"), "--name", "place", "-o", str(outputs[-1]), *options])
        assert left.value.code == 0
    assert outputs[0].read_bytes() == outputs[1].read_bytes()


SCRIPT = """
import signal
from buldan.cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)  # which is off where the tests run in the background
main()
"""


def test_ctrl_c_stops_a_local_cluster_with_one_line(tmp_path):
    """A terminal sends it to the workers, too."""
    source, out = write_corpus(tmp_path / "a.jsonl", 4_000), tmp_path / "out"
    command = [sys.executable, "-c", SCRIPT, "geoparse", "--input", source, "--output", str(out), "--workers", "1"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    deadline = time.monotonic() + 60
    while not (out / "_ledger.jsonl").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    try:
        _, said = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 130
    assert said.strip().startswith("buldan: stopped; ")
    assert len(said.strip().splitlines()) == 1


@pytest.mark.parametrize("error", [SourceError("x", path="p", line=3), QueryError("x", field="within")])
def test_errors_travel_whole(error):
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))
