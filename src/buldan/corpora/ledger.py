"""The ledger of a corpus: the parts that are planned and those that are done.

The output folder contains, in addition to the parts,

    _ledger.jsonl         the settings of the run in the first line, then one planned part in each line, in order
    _bad-000012.jsonl     documents of part 12 that cannot be read, with the reason

(readers of Parquet folders skip names that begin with `_`). A part is done when its file has its final name. A file is
renamed in one step when it is complete, and the file of bad documents before it. A run can therefore be killed at any
moment: a file with its final name is complete, and any other part is made again from the same documents.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from buldan.corpora.reading import PartReading
from buldan.corpora.sources import LEDGER, Part
from buldan.errors import QueryError, SourceError
from buldan.files.staging import explain_failure, open_staging

__all__ = ["Ledger"]


class Ledger:
    """The plan of one output folder. If the folder has a ledger, it is continued.

    Attributes:
        folder: the output folder.
        planned: all parts so far, in order.
    """

    def __init__(self, folder: Path, settings: Mapping[str, Any]) -> None:
        self.folder = folder
        self._path = folder / LEDGER
        if folder.is_file():
            raise SourceError("this is a file; name a folder", path=folder)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self.planned = self._resume(settings) if self._path.exists() else self._begin(settings)
        except OSError as error:
            raise explain_failure(error, self._path) from error

    def _begin(self, settings: Mapping[str, Any]) -> list[Part]:
        if self._has_parts():
            raise QueryError(f"{self.folder} has parts but no ledger; use another folder", field="output")
        with open_staging(self._path) as staging:
            staging.write_text(_format_line(settings), encoding="utf-8")
        return []

    def _resume(self, settings: Mapping[str, Any]) -> list[Part]:
        """The parts of the ledger. If a killed run has left an incomplete last line, that is removed."""
        content = self._path.read_bytes()
        whole = content[: content.rfind(b"\n") + 1]
        try:
            begun, *parts = [json.loads(line) for line in whole.splitlines()]
            planned = [Part(n, tuple(paths), start, stop, line) for n, paths, start, stop, line in parts]
        except (ValueError, TypeError) as error:
            raise SourceError(f"damaged ({error}); use another folder", path=self._path) from error
        for key, value in settings.items():
            if begun.get(key) != value:
                if not self._has_parts():
                    return self._begin(settings)
                raise QueryError(
                    f"{self.folder} was begun with {key} {begun.get(key)!r}, this run has {value!r}; "
                    "delete that folder or use another",
                    field="output",
                )
        if whole != content:
            self._path.write_bytes(whole)
        return planned

    def _has_parts(self) -> bool:
        return any(self.folder.glob("part-*.parquet"))

    def plan(self, parts: Iterator[Part]) -> Iterator[Part]:
        """Write each part into the ledger and then yield it."""
        try:
            with self._path.open("a", encoding="utf-8") as file:
                for part in parts:
                    file.write(_format_line(part))
                    file.flush()
                    self.planned.append(part)
                    yield part
        except OSError as error:
            raise explain_failure(error, self._path) from error

    def get_part_path(self, part: Part) -> Path:
        """The file of a part's mentions."""
        return self.folder / f"part-{part.number:06d}.parquet"

    def get_bad_path(self, part: Part) -> Path:
        """The file of a part's bad documents."""
        return self.folder / f"_bad-{part.number:06d}.jsonl"

    def read_counts(self, part: Part) -> dict[str, int] | None:
        """The counts of a part; None if it is not done, or its file is damaged."""
        try:
            metadata = pq.read_schema(self.get_part_path(part)).metadata or {}
            return {key: int(metadata[key.encode()]) for key in ("documents", "bad", "mentions", "characters")}
        except (OSError, KeyError, pa.ArrowException):
            return None

    def write_part(self, part: Part, reading: PartReading) -> dict[str, int]:
        """Write the files of a part, its bad documents first, and return its counts."""
        facts = {
            "documents": reading.documents,
            "bad": len(reading.bad),
            "mentions": len(reading.mentions),
            "characters": reading.characters,
        }
        if reading.bad:
            with open_staging(self.get_bad_path(part)) as staging:
                staging.write_text("".join(map(_format_line, (bad._asdict() for bad in reading.bad))), encoding="utf-8")
        table = reading.mentions.replace_schema_metadata({key: str(value) for key, value in facts.items()})
        with open_staging(self.get_part_path(part)) as staging:
            pq.write_table(table, staging, compression="zstd")
        return facts


def _format_line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"
