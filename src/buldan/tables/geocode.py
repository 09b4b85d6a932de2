"""Geocode a Series or DataFrame of place names into a GeoDataFrame on the same index."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias, cast

import geopandas as gpd
import pandas as pd
import pyarrow as pa

from buldan.errors import QueryError
from buldan.frames import points
from buldan.gazetteer import Gazetteer, load
from buldan.tables.answers import ANSWER_COLUMNS, Terms
from buldan.tables.batches import Geocoder, answer_names
from buldan.tables.decisions import Decision, apply_decisions
from buldan.tables.judging import answer_all
from buldan.tables.questions import AskedColumns, Question
from buldan.thresholds import SURE_SCORE

if TYPE_CHECKING:
    from typing import Any

__all__ = ["geocode"]

Within: TypeAlias = "Hashable | pd.Series[Any] | Sequence[Hashable | pd.Series[Any]] | None"


def geocode(
    data: pd.Series[Any] | pd.DataFrame,
    *,
    name: Hashable | list[Hashable] = None,
    within: Within = None,
    pcode: Hashable = None,
    kinds: str | Iterable[str] | None = None,
    gazetteer: Gazetteer | None = None,
    decisions: Mapping[Question, Decision] | None = None,
    min_score: float = 0.0,
    sure_score: float = SURE_SCORE,
    fallback: bool = True,
) -> gpd.GeoDataFrame:
    """Add places, coordinates and P-codes to a column of place names, on the same index and in the same order.

    Each pair of name and units is looked up once, however often it occurs.

    >>> import buldan, pandas
    >>> frame = pandas.DataFrame({"place": ["Yelda", "نوى"], "governorate": ["Rif Dimashq", "Daraa"]})
    >>> found = buldan.geocode(frame, name="place", within="governorate")
    >>> list(found["pcode"]), list(found["status"])
    (['C2302', 'C6124'], ['found', 'found'])

    Args:
        data: a Series of names, or a DataFrame with the column `name`.
        name: the column of names in a DataFrame, or a list of columns that name the same places in several languages;
            not needed if there is only one column.
        within: units that contain the place: the name of a column of the DataFrame, a Series on the same index, one
            unit for all rows, or a list of these from wide to narrow.
        pcode: the column of P-codes. They count as correct; names and units are checked against them.
        kinds: a kind or group of kinds to keep, or several (`buldan.kinds`).
        gazetteer: the gazetteer to use; the packaged one if not given.
        decisions: decisions of people (`buldan.tables.read_decisions`).
        min_score: a best match with a lower score counts as not found, 0..1.
        sure_score: an answer with a lower score is doubtful, 0..1.
        fallback: if a place is not found, give the unit that contains it (status `unit only`).

    Returns:
        A GeoDataFrame with all columns of `data` (a Series as one column), then `buldan.tables.ANSWER_COLUMNS`, and the
        point as `geometry` (EPSG:4326; None if nothing was found). If one of your columns already has such a name, the
        new one is called `buldan_…`; a `geometry` of yours becomes `input_geometry`.

    Raises:
        QueryError: a column or unit does not exist, a kind is unknown, or an index differs.
    """
    frame = _flatten_frame(data)
    names = [_require_column(frame, each, "name") for each in _name_columns(frame, name)]
    pcodes = [] if pcode is None else [frame[_require_column(frame, pcode, "pcode")]]
    gazetteer = load() if gazetteer is None else gazetteer
    terms = Terms(_as_kinds(kinds), min_score, sure_score, fallback=fallback)
    geocoder = Geocoder(
        lambda questions: answer_all(gazetteer, questions, terms),
        decisions=apply_decisions(gazetteer, decisions or {}),
    )
    units = [_read_within_column(gazetteer, frame, part) for part in _split_within(within)]
    asked = [*(frame[column] for column in names), *units, *pcodes]
    keys = pa.record_batch({str(at): _as_array(series) for at, series in enumerate(asked)})
    # Columns are numbered here: labels of a DataFrame may be of any type, and one Series may be used twice.
    labels = keys.schema.names
    columns = AskedColumns(
        tuple(labels[: len(names)]),
        tuple(labels[len(names) : len(names) + len(units)]),
        labels[-1] if pcodes else None,
    )
    answered = geocoder.answer_batch(keys, columns)
    return _join_answers(frame, answered)


def _flatten_frame(data: pd.Series[Any] | pd.DataFrame) -> pd.DataFrame:
    """The rows as a DataFrame; a column `geometry` is renamed, since the answers bring one."""
    if isinstance(data, pd.Series):
        return data.to_frame("name" if data.name is None else data.name)
    if not isinstance(data, pd.DataFrame):
        raise QueryError(f"data must be a Series or DataFrame of pandas, not {type(data).__name__}", field="data")
    repeated = data.columns[data.columns.duplicated()]
    if len(repeated):
        raise QueryError(f"there are several columns {repeated[0]!r}; give each a different name", field="data")
    return pd.DataFrame(data).rename(columns={"geometry": _free_name("input_geometry", data.columns)})


def _free_name(name: str, columns: pd.Index[Any]) -> str:
    return name if name not in columns else _free_name(f"buldan_{name}", columns)


def _as_kinds(kinds: str | Iterable[str] | None) -> tuple[str, ...]:
    return (kinds,) if isinstance(kinds, str) else tuple(kinds or ())


def _name_columns(frame: pd.DataFrame, name: Hashable | list[Hashable]) -> list[Hashable]:
    if name is None and len(frame.columns) == 1:
        return [frame.columns[0]]
    return list(name) if isinstance(name, list) and name else [cast("Hashable", name)]


def _require_column(frame: pd.DataFrame, column: Hashable, field: str) -> Hashable:
    if column is None or column not in frame.columns:
        columns = ", ".join(map(repr, frame.columns))
        raise QueryError(f"{field} must be one of the columns {columns}, not {column!r}", field=field)
    return column


def _split_within(within: Within) -> list[Any]:
    """The parts of `within`, from the widest to the narrowest."""
    if within is None:
        return []
    return list(within) if isinstance(within, list | tuple) else [within]


def _read_within_column(gazetteer: Gazetteer, frame: pd.DataFrame, part: Hashable | pd.Series[Any]) -> pd.Series[Any]:
    if isinstance(part, pd.Series):
        return _align_to_index(part, frame.index)
    if not isinstance(part, Hashable):
        raise QueryError(
            f"within must be a column's name, a unit, a Series, or a list of these, not {type(part).__name__}",
            field="within",
        )
    if part in frame.columns:
        return frame[part]
    # Checked once for the whole column, so that a misspelled unit gives one error.
    try:
        gazetteer.lookup("Syria", within=str(part), limit=1)
    except QueryError:
        columns = ", ".join(map(repr, frame.columns))
        raise QueryError(
            f"within {part!r} is neither a unit nor one of the columns {columns}", field="within"
        ) from None
    return pd.Series(str(part), index=frame.index)


def _align_to_index(part: pd.Series[Any], index: pd.Index[Any]) -> pd.Series[Any]:
    """The Series in the order of the index.

    Raises:
        QueryError: its index does not have the same labels, each once.
    """
    if part.index.equals(index):
        return part
    if len(part) == len(index) and part.index.is_unique and index.difference(part.index).empty:
        return part.reindex(index)
    raise QueryError(f"within has {len(part)} rows with another index than the {len(index)} names", field="within")


def _as_array(series: pd.Series[Any]) -> pa.Array:
    return pa.array(
        [None if missing else str(cell) for cell, missing in zip(series, series.isna(), strict=True)],
        pa.string(),
    )


def _join_answers(frame: pd.DataFrame, answered: pa.RecordBatch) -> gpd.GeoDataFrame:
    """The frame with the answers as further columns and the point as geometry."""
    # Only names matter here: files and frames rename the new columns by the same rule.
    own = pa.schema([(str(column), pa.string()) for column in frame.columns])
    names = answer_names(own)
    answers = answered.select(answered.schema.names[-len(ANSWER_COLUMNS) :]).to_pandas()
    answers.columns = pd.Index(list(names.values()))
    answers.index = frame.index
    joined = pd.concat([frame, answers], axis=1)
    return gpd.GeoDataFrame(joined, geometry=points(answers[names["lon"]], answers[names["lat"]]))
