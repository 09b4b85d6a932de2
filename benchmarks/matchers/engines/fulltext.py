"""Full-text engines that live in the process: SQLite's FTS5 and tantivy."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.matchers.engines.base import MOST_NAMES, Engine, MissingEngineError, demand, folder_bytes, places_first
from benchmarks.matchers.material import Material

__all__ = ["Sqlite", "Tantivy"]


class Sqlite(Engine):
    """Trigrams, any of them, ranked by BM25."""

    title = "SQLite FTS5 trigram"
    setup = "all trigrams of the question, joined with OR, ordered by `rank`"

    def __init__(self, material: Material, folder: Path) -> None:
        self.version = sqlite3.sqlite_version
        path = folder / "names.sqlite"
        self._base = sqlite3.connect(path)
        try:
            self._base.execute("CREATE VIRTUAL TABLE names USING fts5(name, place UNINDEXED, tokenize='trigram')")
        except sqlite3.OperationalError as error:
            raise MissingEngineError(f"this SQLite has no trigrams ({error})") from None
        start = perf_counter()
        self._base.executemany("INSERT INTO names (place, name) VALUES (?, ?)", material.entries)
        self._base.execute("INSERT INTO names (names) VALUES ('optimize')")
        self._base.commit()
        self.build_seconds = perf_counter() - start
        self.index_bytes = path.stat().st_size

    def find(self, text: str) -> list[int]:
        trigrams = dict.fromkeys(text[at : at + 3].replace('"', '""') for at in range(len(text) - 2))
        if not trigrams:
            return []
        asked = " OR ".join(f'"{trigram}"' for trigram in trigrams)
        found = self._base.execute(
            f"SELECT place FROM names WHERE names MATCH ? ORDER BY rank LIMIT {MOST_NAMES}", (asked,)
        )
        return places_first(row for (row,) in found)

    def close(self) -> None:
        self._base.close()


class Tantivy(Engine):
    """Words with a letter or two wrong."""

    title = "tantivy, fuzzy words"
    setup = "each word unchanged or with 1 edit (2 in words of 6 letters or more), joined with OR, ranked by BM25"

    def __init__(self, material: Material, folder: Path) -> None:
        self._tantivy: Any = demand("tantivy", package="tantivy")
        self.version = re.sub(r"^tantivy v?|,.*", "", self._tantivy.__version__)
        schema = self._tantivy.SchemaBuilder().add_text_field("name").add_integer_field("place", stored=True).build()
        self._index = self._tantivy.Index(schema, path=str(folder))
        start = perf_counter()
        writer = self._index.writer(num_threads=1)
        for row, name in material.entries:
            writer.add_document(self._tantivy.Document(name=name, place=row))
        writer.commit()
        writer.wait_merging_threads()
        self.build_seconds = perf_counter() - start
        self.index_bytes = folder_bytes(folder)
        self._index.reload()
        self._searcher = self._index.searcher()

    def find(self, text: str) -> list[int]:
        clauses = [clause for word in re.findall(r"[^\W_]+", text.lower()) for clause in self._clauses(word)]
        if not clauses:
            return []
        hits = self._searcher.search(self._tantivy.Query.boolean_query(clauses), MOST_NAMES, count=False).hits
        return places_first(self._searcher.doc(address)["place"][0] for _, address in hits)

    def _clauses(self, word: str) -> list[tuple[Any, Any]]:
        query, schema, should = self._tantivy.Query, self._index.schema, self._tantivy.Occur.Should
        clauses = [(should, query.term_query(schema, "name", word))]
        if len(word) > 2:
            fuzzy = query.fuzzy_term_query(schema, "name", word, distance=1 if len(word) < 6 else 2)
            clauses.append((should, fuzzy))
        return clauses
