"""A real Nominatim over our places as nodes of OpenStreetMap."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from itertools import count
from pathlib import Path
from time import perf_counter
from xml.sax.saxutils import quoteattr

from benchmarks.matchers.engines.base import Engine, MissingEngineError, demand, places_first
from benchmarks.matchers.engines.cluster import cluster
from benchmarks.matchers.material import Material
from buldan.kinds import get_kind
from buldan.store import NameRecord, PlaceRecord

__all__ = ["Nominatim"]

_NUMBERS = count()
_UNITS = {"country": "country", "governorate": "state", "district": "county", "sub-district": "municipality"}

_LONGEST_TAG = 255
"""Characters that OpenStreetMap takes in the value of a tag."""


class Nominatim(Engine):
    """Imported with its own tools and defaults; searched in the process, without HTTP."""

    title = "Nominatim"
    setup = "`NominatimAPI.search(text, max_results=5)`; name, name:ar, name:en, and all other names as alt_name"
    in_process = False

    def __init__(self, material: Material, folder: Path) -> None:
        api = demand("nominatim_api", package="nominatim-api")
        program = Path(sys.executable).parent / "nominatim"
        if not program.exists() or not importlib.util.find_spec("nominatim_db"):
            raise MissingEngineError("nominatim-db is not installed; pip install '.[benchmarks]'")
        if not shutil.which("osm2pgsql"):
            raise MissingEngineError("osm2pgsql is not installed (Debian: osm2pgsql)")
        base, path = f"nominatim_{next(_NUMBERS)}", folder / "places.osm"
        path.write_text("".join(_osm(material)), encoding="utf-8")
        settings = {
            "NOMINATIM_DATABASE_DSN": f"pgsql:{cluster().address(base)}",
            "NOMINATIM_DATABASE_WEBUSER": "postgres",
            "NOMINATIM_TOKENIZER": "icu",
        }
        self.version = version("nominatim-db")
        start = perf_counter()
        done = subprocess.run(
            [program, "import", "--osm-file", path, "--project-dir", folder, "--offline", "--no-updates", "-j", "1"],
            env=os.environ | settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        self.build_seconds = perf_counter() - start
        if done.returncode:
            raise MissingEngineError(f"its import failed: {done.stdout.decode().strip().splitlines()[-1]}")
        with cluster().connect(base) as server:
            self.index_bytes = server.execute("SELECT pg_database_size(current_database())").fetchone()[0]
            (known,) = server.execute("SELECT count(DISTINCT osm_id) FROM placex WHERE osm_type = 'N'").fetchone()
        if known < 0.99 * len(material.places):
            raise MissingEngineError(f"it imported only {known} of {len(material.places)} places")
        self._api = api.NominatimAPI(folder, settings)

    def find(self, text: str) -> list[int]:
        found = self._api.search(text, max_results=5)
        return places_first(result.osm_object[1] - 1 for result in found if result.osm_object)

    def close(self) -> None:
        self._api.close()


def _osm(material: Material) -> Iterator[str]:
    """The places as OSM XML; a node's number is its row and one."""
    names: dict[str, list[NameRecord]] = defaultdict(list)
    for name in material.names:
        names[name.place].append(name)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6">\n'
    for number, place in enumerate(material.places, start=1):
        tags = "".join(
            f"<tag k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in _tags(place, names[place.id]).items()
        )
        yield (
            f'<node id="{number}" version="1" timestamp="2026-01-01T00:00:00Z" lat="{place.lat:.5f}" '
            f'lon="{place.lon:.5f}">{tags}</node>\n'
        )
    yield "</osm>\n"


def _tags(place: PlaceRecord, names: Sequence[NameRecord]) -> dict[str, str]:
    """The first name, the first of each language, the rest; places of any other kind are localities."""
    kind = get_kind(place.kind)
    tags = {"place": _UNITS.get(place.kind, kind.osm_type if kind.osm_class == "place" else "locality")}
    rest = []
    for name in names:
        key = {"Arab": "name:ar", "Latn": "name:en"}.get(name.script, "")
        if key and key not in tags:
            tags[key] = name.name
        else:
            rest.append(name.name.replace(";", " "))
    tags["name"] = tags.get("name:ar") or tags.get("name:en") or next(iter(rest), "")
    return tags | _alternative_names(rest)


def _alternative_names(names: Sequence[str]) -> dict[str, str]:
    """Names in `alt_name`, and in `alt_name_1` and on, as mappers write them where a tag has no more room."""
    values: list[str] = []
    for name in names:
        if values and len(values[-1]) + 1 + len(name) <= _LONGEST_TAG:
            values[-1] += f";{name}"
        else:
            values.append(name)
    return {f"alt_name_{number}" if number else "alt_name": value for number, value in enumerate(values)}
