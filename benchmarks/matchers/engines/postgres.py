"""PostgreSQL's pg_trgm."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from time import perf_counter

from benchmarks.matchers.engines.base import MOST_NAMES, Engine, MissingEngineError, places_first
from benchmarks.matchers.engines.cluster import cluster
from benchmarks.matchers.material import Material

__all__ = ["Trigrams"]

_NUMBERS = count()


class Trigrams(Engine):
    """Names in the order of their trigram distance, through a GiST index."""

    title = "PostgreSQL pg_trgm, GiST"
    setup = "`ORDER BY name <-> question` over one connection on a Unix socket, locale C.UTF-8"
    threshold = "`name % question`: similarity ≥ 0.3, its default"
    in_process = False

    def __init__(self, material: Material, folder: Path) -> None:
        base = f"trigrams_{next(_NUMBERS)}"
        with cluster().connect() as server:
            server.execute(f"CREATE DATABASE {base}")
        self._base = cluster().connect(base)
        self._base.execute("CREATE EXTENSION pg_trgm")
        if not self._scalar("SELECT cardinality(show_trgm('حلب'))"):
            raise MissingEngineError("this locale has no Arabic letters, so pg_trgm sees none")
        self.version = f"{self._scalar('SHOW server_version')}".split()[0]
        start = perf_counter()
        self._base.execute("CREATE TABLE names (place int, name text)")
        with self._base.cursor().copy("COPY names FROM STDIN") as copy:
            for entry in material.entries:
                copy.write_row(entry)
        self._base.execute("CREATE INDEX ON names USING gist (name gist_trgm_ops)")
        self._base.execute("VACUUM ANALYZE names")
        self.build_seconds = perf_counter() - start
        self.index_bytes = self._scalar("SELECT pg_total_relation_size('names')")

    def _scalar(self, statement: str) -> int:
        value: int = self._base.execute(statement).fetchone()[0]
        return value

    def find(self, text: str) -> list[int]:
        found = self._base.execute(
            f"SELECT place FROM names ORDER BY name <-> %s LIMIT {MOST_NAMES}", (text,), prepare=True
        )
        return places_first(row for (row,) in found)

    def claims(self, text: str) -> bool:
        found = self._base.execute("SELECT 1 FROM names WHERE name %% %s LIMIT 1", (text,))
        return found.fetchone() is not None

    def close(self) -> None:
        self._base.close()
