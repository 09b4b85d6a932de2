"""A Series or DataFrame of place names in, a GeoDataFrame on the same index out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

import geopandas as gpd
import pandas as pd
import pyarrow as pa

from buldan.errors import QueryError
from buldan.gazetteer import Gazetteer, load
from buldan.tables.answers import ANSWER_COLUMNS, Question, Terms, answer_all
from buldan.tables.batches import Geocoder, answer_names
from buldan.tables.decisions import Decision, apply_decisions

if TYPE_CHECKING:
    from typing import Any

__all__ = ["geocode"]

Within: TypeAlias = "str | pd.Series[Any] | Sequence[str | pd.Series[Any]] | None"


def geocode(
    data: pd.Series[Any] | pd.DataFrame,
    *,
    name: str | None = None,
    within: Within = None,
    kinds: str | Iterable[str] | None = None,
    gazetteer: Gazetteer | None = None,
    decisions: Mapping[Question, Decision] | None = None,
    min_score: float = 0.0,
) -> gpd.GeoDataFrame:
    """Coordinates and P-codes for a column of place names, on the same index and in the same order.

    Equal names in equal units are looked up once.

    Args:
        data: a Series of names, or a DataFrame with the column `name`.
        name: the column of names in a DataFrame; not needed when it has one column alone.
        within: units that hold the place: a column of the DataFrame by its name, a Series of equal length, one
            text for all rows, or several of these from the widest to the narrowest.
        kinds: a kind or group, or several, to keep (`buldan.kinds`).
        gazetteer: the packaged one where None.
        decisions: what people decided (`buldan.tables.read_decisions`).
        min_score: a best match below it counts as not found, 0..1.

    Returns:
        Every column of `data` (a Series as one column), then `buldan.tables.ANSWER_COLUMNS`, called `buldan_…`
        where the name is taken (a `geometry` of yours becomes `input_geometry`), and the point as geometry
        (EPSG:4326), None where nothing was found.

    Raises:
        QueryError: no such column, an unknown kind, or lengths that differ.
    """
    frame = _plain_frame(data)
    column = _name_column(frame, name)
    gazetteer = load() if gazetteer is None else gazetteer
    terms = Terms(kinds=_as_kinds(kinds), min_score=min_score)
    geocoder = Geocoder(
        lambda questions: answer_all(gazetteer, questions, terms),
        decisions=apply_decisions(gazetteer, decisions or {}),
    )
    asked = [frame[column], *_within_columns(frame, within)]
    keys = pa.record_batch({str(at): _as_array(series) for at, series in enumerate(asked)})
    answered = geocoder.answer_batch(keys, name="0", within=keys.schema.names[1:])
    return _beside(frame, answered)


def _plain_frame(data: pd.Series[Any] | pd.DataFrame) -> pd.DataFrame:
    """The rows as a DataFrame whose `geometry`, if it has one, makes room for ours."""
    if isinstance(data, pd.Series):
        return data.to_frame("name" if data.name is None else data.name)
    return pd.DataFrame(data).rename(columns={"geometry": "input_geometry"})


def _as_kinds(kinds: str | Iterable[str] | None) -> tuple[str, ...]:
    return (kinds,) if isinstance(kinds, str) else tuple(kinds or ())


def _name_column(frame: pd.DataFrame, name: str | None) -> str:
    if name is None and len(frame.columns) == 1:
        return str(frame.columns[0])
    if name is None or name not in frame.columns:
        columns = ", ".join(map(repr, frame.columns))
        raise QueryError(f"name must be one of the columns {columns}, not {name!r}", field="name")
    return name


def _within_columns(frame: pd.DataFrame, within: Within) -> list[pd.Series[Any]]:
    if within is None:
        return []
    parts = [within] if isinstance(within, str | pd.Series) else list(within)
    return [_within_column(frame, part) for part in parts]


def _within_column(frame: pd.DataFrame, part: str | pd.Series[Any]) -> pd.Series[Any]:
    if isinstance(part, str):
        return frame[part] if part in frame.columns else pd.Series(part, index=frame.index)
    if len(part) != len(frame):
        raise QueryError(f"within has {len(part)} rows, the table has {len(frame)}", field="within")
    return part


def _as_array(series: pd.Series[Any]) -> pa.Array:
    return pa.array(
        [None if missing else str(cell) for cell, missing in zip(series, series.isna(), strict=True)],
        pa.string(),
    )


def _beside(frame: pd.DataFrame, answered: pa.RecordBatch) -> gpd.GeoDataFrame:
    """The frame with the answers beside it and the point as geometry."""
    own = pa.schema([(str(column), pa.string()) for column in frame.columns])
    names = answer_names(own)
    answers = answered.select(answered.schema.names[-len(ANSWER_COLUMNS) :]).to_pandas()
    answers.columns = pd.Index(list(names.values()))
    answers.index = frame.index
    joined = pd.concat([frame, answers], axis=1)
    points = gpd.points_from_xy(answers[names["lon"]], answers[names["lat"]], crs="EPSG:4326")
    geometry = gpd.GeoSeries(points, index=frame.index).where(answers[names["lon"]].notna(), None)
    return gpd.GeoDataFrame(joined, geometry=geometry, crs="EPSG:4326")
