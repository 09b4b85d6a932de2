"""Tables and corpora on a Dask cluster, over many processes or machines.

Each worker loads the gazetteer once. The work is split in the same way for any number of workers, and the result of
each piece depends only on its input. So the answers are identical, and a piece that is lost with its worker is repeated
on another.
"""

from __future__ import annotations

import logging
import signal
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from socket import create_connection
from threading import Lock, current_thread, main_thread
from typing import TYPE_CHECKING, Any

import dask
import dask.dataframe as dd
import geopandas as gpd
import pandas as pd
from dask_geopandas import GeoDataFrame, from_dask_dataframe
from distributed import Client, LocalCluster, as_completed
from distributed.client import FutureCancelledError
from distributed.comm.addressing import parse_address, parse_host_port
from distributed.comm.core import CommClosedError

from buldan import tables
from buldan.corpora import Part, PartReading, Task, read_part
from buldan.corpora.reading import make_table
from buldan.corpora.run import Runner
from buldan.errors import GazetteerError, QueryError, SourceError
from buldan.frames import make_mention_row, points
from buldan.gazetteer import Gazetteer, load
from buldan.tables.answers import Answer, Answerer, Terms
from buldan.tables.judging import answer_all
from buldan.tables.questions import Question
from buldan.thresholds import SURE_SCORE

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Origin", "count_workers", "geocode", "geoparse", "make_answerer", "open_cluster", "part_runner"]

_QUESTIONS_A_TASK = 250  # some tenths of a second of work, many times the cost of submitting a task
_PARTS_A_WORKER = 3  # submitted in advance, so that no worker waits for the client
_PATIENCE_SECONDS = 5  # timeout for an answer of the scheduler
_LEAVE_INTERRUPTS = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)"
"""Code that makes workers ignore Ctrl-C, also those that are started later to replace a lost one."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The gazetteer that workers load.

    Attributes:
        path: its folder; None for the packaged one.
        overlay: a file of the user's own places.
        version: the version that it must have; empty for any.
    """

    path: str | None = None
    overlay: str | None = None
    version: str = ""

    @classmethod
    def of(cls, gazetteer: Gazetteer, *, path: str | Path | None = None, overlay: str | Path | None = None) -> Origin:
        """The origin of a gazetteer that the client has loaded from `path` and `overlay`, with absolute paths."""
        folder, file = (None if given is None else str(Path(given).absolute()) for given in (path, overlay))
        return cls(folder, file, gazetteer.version)

    def load(self) -> Gazetteer:
        """The gazetteer, loaded once in each process.

        Raises:
            GazetteerError: this machine has another version.
        """
        with _LOADING:
            return _load(self)


_LOADING = Lock()


@cache
def _load(origin: Origin) -> Gazetteer:
    gazetteer = load(origin.path, overlay=origin.overlay)
    if origin.version and gazetteer.version != origin.version:
        raise GazetteerError(
            f"a worker has gazetteer {gazetteer.version}, the client has {origin.version}; "
            "install the same Buldan on both"
        )
    return gazetteer


@contextmanager
def open_cluster(scheduler: str | None = None, *, workers: int | None = None) -> Iterator[Client]:
    """A client of the scheduler at an address, or of new processes on this machine that end with the `with` block.

    Raises:
        QueryError: no scheduler answers at the address within five seconds.
    """
    if scheduler is not None:
        with _connect(scheduler) as client:
            yield client
        return
    with dask.config.set({"distributed.admin.system-monitor.gil.enabled": False}):
        with _shield_from_interrupts():
            local = LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                dashboard_address="127.0.0.1:0",
                silence_logs=logging.CRITICAL,
                preload=[_LEAVE_INTERRUPTS],
            )
        with local, Client(local, set_as_default=False) as client:
            yield client


@contextmanager
def _shield_from_interrupts() -> Iterator[None]:
    """Make processes that are started in this block ignore Ctrl-C, which a terminal sends to all its processes."""
    if current_thread() is not main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _connect(scheduler: str) -> Client:
    """A client, after a check that the address answers: Dask itself would wait, and print the error twice.

    Raises:
        QueryError: no scheduler answers.
    """
    try:
        protocol, rest = parse_address(scheduler)
        if protocol in ("tcp", "tls"):
            create_connection(parse_host_port(rest), timeout=_PATIENCE_SECONDS).close()
        return Client(scheduler, timeout=_PATIENCE_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise QueryError(
            f"no Dask scheduler answers at {scheduler} ({error}); check the address, or start a scheduler",
            field="scheduler",
        ) from error


def count_workers(client: Client) -> int:
    """The number of workers that a cluster has now, at least 1."""
    return max(1, len(client.scheduler_info(n_workers=-1)["workers"]))


def make_answerer(client: Client, origin: Origin, terms: Terms) -> Answerer:
    """A function that answers questions on the cluster, in order."""

    def answer(questions: Sequence[Question]) -> list[Answer]:
        slices = [
            list(questions[start : start + _QUESTIONS_A_TASK]) for start in range(0, len(questions), _QUESTIONS_A_TASK)
        ]
        futures = client.map(_answer_slice, slices, origin=origin, terms=terms, pure=False)
        with _explain_lost_scheduler(client):
            done = {future.key: future.result() for future in as_completed(futures, loop=client.loop)}
        return [answer for future in futures for answer in done[future.key]]

    return answer


def _answer_slice(questions: list[Question], *, origin: Origin, terms: Terms) -> list[Answer]:
    return answer_all(origin.load(), questions, terms)


def part_runner(client: Client, origin: Origin, task: Task) -> Runner:
    """A function that reads parts of a corpus on the cluster and yields them as they are finished.

    The workers must be able to read the same files.
    """

    def run(parts: Iterable[Part]) -> Iterator[tuple[Part, PartReading]]:
        waiting = iter(parts)
        root = Path.cwd()
        ahead = _PARTS_A_WORKER * count_workers(client)

        def submit(count: int) -> list[Any]:
            return [
                client.submit(_read_part, part, origin=origin, task=task, root=root, pure=False)
                for part in islice(waiting, count)
            ]

        arriving = as_completed(submit(ahead), loop=client.loop)
        for future in arriving:
            with _explain_lost_scheduler(client):
                read = future.result()
            yield read
            with _explain_lost_scheduler(client):
                arriving.update(submit(1))

    return run


@contextmanager
def _explain_lost_scheduler(client: Client) -> Iterator[None]:
    """Replace the error of a lost scheduler by one line that says what to do.

    Raises:
        QueryError: the connection to the scheduler was lost in this block.
    """
    try:
        yield
    except (FutureCancelledError, CommClosedError) as error:
        address = getattr(client.scheduler, "address", "")
        raise QueryError(
            f"lost the connection to the Dask scheduler at {address}; start it and the same command again, "
            "finished parts of a corpus are kept",
            field="scheduler",
        ) from error


def _read_part(part: Part, *, origin: Origin, task: Task, root: Path) -> tuple[Part, PartReading]:
    path = root / part.paths[0]
    if not path.exists():
        raise SourceError("a worker cannot find this file; put the corpus where all workers can read it", path=path)
    return part, read_part(origin.load(), part, task, root=root)


def geocode(
    frame: dd.DataFrame,
    *,
    name: str | list[str],
    within: str | Sequence[str] | None = None,
    pcode: str | None = None,
    kinds: str | Iterable[str] | None = None,
    min_score: float = 0.0,
    sure_score: float = SURE_SCORE,
    fallback: bool = True,
    path: str | Path | None = None,
    overlay: str | Path | None = None,
) -> GeoDataFrame:
    """Geocode a Dask DataFrame like `buldan.geocode`: lazily, partition by partition, on the same index.

    Args:
        frame: a Dask DataFrame.
        name: its column of names, or a list of several.
        within: columns of units (or the name of one unit), from wide to narrow.
        pcode, kinds, min_score, sure_score, fallback: as for `buldan.geocode`.
        path, overlay: the gazetteer and overlay that workers load; the packaged gazetteer if not given.

    Returns:
        A lazy dask-geopandas GeoDataFrame with the columns of `buldan.geocode`; `.compute()` gives the GeoDataFrame.

    Raises:
        QueryError: a column or unit does not exist, or a kind is unknown.
        GazetteerError, SourceError: as for `buldan.load`.
    """
    origin = _make_origin(path, overlay)
    asked = {
        "name": name,
        "pcode": pcode,
        "within": [within] if isinstance(within, str) else list(within or ()),
        "kinds": (kinds,) if isinstance(kinds, str) else tuple(kinds or ()),
        "min_score": min_score,
        "sure_score": sure_score,
        "fallback": fallback,
    }
    meta = _geocode_partition(frame._meta, origin=origin, asked=asked)
    answered = frame.map_partitions(_geocode_partition, origin=origin, asked=asked, meta=pd.DataFrame(meta))
    return from_dask_dataframe(answered, geometry="geometry").set_crs("EPSG:4326")


def _geocode_partition(frame: pd.DataFrame, *, origin: Origin, asked: dict[str, Any]) -> gpd.GeoDataFrame:
    return tables.geocode(frame, gazetteer=origin.load(), **asked)


def geoparse(
    frame: dd.DataFrame,
    column: str,
    *,
    foreign: bool = False,
    path: str | Path | None = None,
    overlay: str | Path | None = None,
) -> GeoDataFrame:
    """Find the mentions in a column of texts: lazily, partition by partition.

    Args:
        frame: a Dask DataFrame.
        column: its column of texts; empty cells have no mentions.
        foreign: include places outside Syria.
        path, overlay: the gazetteer and overlay that workers load; the packaged gazetteer if not given.

    Returns:
        A lazy dask-geopandas GeoDataFrame, one row per mention, with the columns `buldan.frames.MENTION_COLUMNS` and
        the index label of its text.

    Raises:
        GazetteerError, SourceError: as for `buldan.load`.
    """
    origin = _make_origin(path, overlay)
    meta = _geoparse_partition(frame._meta, column, origin=origin, foreign=foreign)
    found = frame.map_partitions(_geoparse_partition, column, origin=origin, foreign=foreign, meta=pd.DataFrame(meta))
    return from_dask_dataframe(found, geometry="geometry").set_crs("EPSG:4326")


def _geoparse_partition(frame: pd.DataFrame, column: str, *, origin: Origin, foreign: bool) -> gpd.GeoDataFrame:
    read: Callable[..., Any] = origin.load().geoparse
    labels, rows = [], []
    for label, text in frame[column].items():
        for mention in read(text, foreign=foreign) if isinstance(text, str) and text.strip() else ():
            labels.append(label)
            rows.append(("", *make_mention_row(mention)))
    found = make_table(rows).drop_columns("document").to_pandas()
    found.index = pd.Index(labels, dtype=frame.index.dtype, name=frame.index.name)
    return gpd.GeoDataFrame(found, geometry=points(found["lon"], found["lat"]))


def _make_origin(path: str | Path | None, overlay: str | Path | None) -> Origin:
    """The origin for workers, with the version of the client, so that a worker with another version raises an error."""
    return Origin.of(load(path, overlay=overlay), path=path, overlay=overlay)
