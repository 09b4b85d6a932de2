"""The engines, each a module: made ready over the material, then asked."""

from collections.abc import Mapping
from types import MappingProxyType

from benchmarks.matchers.engines.base import Engine, MissingEngineError
from benchmarks.matchers.engines.brute import Ratio, WRatio
from benchmarks.matchers.engines.fulltext import Sqlite, Tantivy
from benchmarks.matchers.engines.hdx import Hdx
from benchmarks.matchers.engines.lucene import Lucene
from benchmarks.matchers.engines.nominatim import Nominatim
from benchmarks.matchers.engines.ours import Buldan
from benchmarks.matchers.engines.postgres import Trigrams
from benchmarks.matchers.engines.symspell import SymSpell

__all__ = ["ENGINES", "Engine", "MissingEngineError"]

ENGINES: Mapping[str, type[Engine]] = MappingProxyType(
    {
        "buldan": Buldan,
        "ratio": Ratio,
        "wratio": WRatio,
        "symspell": SymSpell,
        "sqlite": Sqlite,
        "tantivy": Tantivy,
        "pg_trgm": Trigrams,
        "lucene": Lucene,
        "hdx": Hdx,
        "nominatim": Nominatim,
    }
)
"""By the name that `--engines` takes, in the order of the tables."""
