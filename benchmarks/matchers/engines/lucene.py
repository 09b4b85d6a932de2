"""Lucene 8 with its Arabic analyser, in a Java process that answers line by line."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from benchmarks.matchers.engines.base import MOST_PLACES, Answer, Engine, MissingEngineError, folder_bytes, places_first
from benchmarks.matchers.material import Material

__all__ = ["Lucene"]

_JARS = Path("/usr/share/java")
_SOURCE = Path(__file__).parent / "LuceneNames.java"


class Lucene(Engine):
    """What Elasticsearch's `arabic` analyser and `fuzziness: AUTO` come to."""

    title = "Lucene 8 ArabicAnalyzer, fuzzy AUTO"
    setup = "each analysed word with 0, 1 or 2 edits by its length, joined with OR; time measured inside the JVM"
    in_process = False

    def __init__(self, material: Material, folder: Path) -> None:
        jars = [jar for part in ("core", "analyzers-common") for jar in sorted(_JARS.glob(f"lucene-{part}-8.*.jar"))]
        if len(jars) < 2:
            raise MissingEngineError("Lucene 8 is not installed (Debian: liblucene8-java)")
        if not shutil.which("javac"):
            raise MissingEngineError("no Java compiler (Debian: default-jdk-headless)")
        self.version = re.sub(r".*-([\d.]+)\.jar$", r"\1", jars[0].name)
        classes, table = folder / "classes", folder / "names.tsv"
        classpath = ":".join(map(str, jars))
        subprocess.run(["javac", "-encoding", "UTF-8", "-cp", classpath, "-d", classes, _SOURCE], check=True)
        table.write_text("".join(f"{row}\t{name}\n" for row, name in material.entries), encoding="utf-8")
        self._java = subprocess.Popen(
            ["java", "-Xmx1g", "-cp", f"{classpath}:{classes}", "LuceneNames", table, folder / "index"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        self.build_seconds = self._read().seconds
        self.index_bytes = folder_bytes(folder / "index")

    def _read(self) -> Answer:
        assert self._java.stdout
        line = self._java.stdout.readline()
        if not line:
            raise RuntimeError(f"Lucene ended with code {self._java.wait()}")
        nanoseconds, *rows = map(int, line.split())
        return Answer(places_first(rows)[:MOST_PLACES], nanoseconds / 1e9)

    def ask(self, text: str) -> Answer:
        assert self._java.stdin
        self._java.stdin.write(" ".join(text.split()) + "\n")
        self._java.stdin.flush()
        return self._read()

    def find(self, text: str) -> list[int]:
        return self.ask(text).rows

    def close(self) -> None:
        assert self._java.stdin
        self._java.stdin.close()
        self._java.wait()
