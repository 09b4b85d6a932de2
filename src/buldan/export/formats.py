"""Choose the format of an export by the name of its file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from buldan.errors import QueryError
from buldan.export.choices import is_choices, write_choices
from buldan.export.documents import write_geojson, write_geojson_seq
from buldan.export.flat import write_flat
from buldan.export.linked_places import write_linked_places
from buldan.export.package import write_package
from buldan.files import check_folder, refuse_ending
from buldan.model import Place
from buldan.store import Manifest

__all__ = ["export_gazetteer"]

Writer = Callable[[Path, Sequence[Place], Manifest], None]

_WRITERS: dict[str, Writer] = {
    ".lpf.json": write_linked_places,
    ".jsonld": write_linked_places,
    ".geojson": write_geojson,
    ".geojsonl": write_geojson_seq,
    ".geojsons": write_geojson_seq,
    ".gpkg": write_package,
    ".parquet": write_flat,
    ".geoparquet": write_flat,
    ".fgb": write_flat,
    ".csv": write_flat,
    ".tsv": write_flat,
    ".xlsx": write_flat,
    ".kml": write_flat,
    ".kmz": write_flat,
    ".shp": write_flat,
}


def export_gazetteer(
    path: Path, places: Sequence[Place], manifest: Manifest, *, bom: bool = False, public_url: str = ""
) -> None:
    """Write places in the format of the name of `path`, completely or not at all.

    Args:
        path: the file; `.lpf.json`, `.geojson`, `.geojsonl`, `.gpkg`, `.parquet`, `.fgb`, `.csv`, `.tsv`, `.xlsx`,
            `.kml`, `.kmz`, `.shp`, and `…choices.csv` or `…choices.xlsx` for forms (`buldan.export.choices`).
        places: the places, in the order of the output.
        manifest: version, licence and sources, written in all formats that have room for them.
        bom: begin a CSV with a byte order mark, so that Excel reads it as UTF-8.
        public_url: address of a service at which the ids of Linked Places are found; empty for URNs.

    Raises:
        QueryError: the name has an unknown ending.
        SourceError: the file cannot be written; an earlier file of this name is kept.
    """
    ending = next((ending for ending in _WRITERS if path.name.lower().endswith(ending)), None)
    if ending is None:
        error = refuse_ending(path, _WRITERS)
        raise QueryError(f"{error}, or an address that begins with postgresql://", field="output")
    check_folder(path)
    if is_choices(path):
        write_choices(path, places, manifest)
    elif bom and ending in {".csv", ".tsv"}:
        write_flat(path, places, manifest, bom=True)
    elif _WRITERS[ending] is write_linked_places:
        write_linked_places(path, places, manifest, public_url=public_url)
    else:
        _WRITERS[ending](path, places, manifest)
