"""Columns for formats that have only plain cells: no lists, structures, bytes or durations."""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["flatten", "flatten_schema"]


def flatten_schema(schema: pa.Schema) -> pa.Schema:
    """The schema that a table has after `flatten`."""
    return pa.schema([field.with_type(_choose_flat_type(field.type)).with_metadata(None) for field in schema])


def _choose_flat_type(kind: pa.DataType) -> pa.DataType:
    if pa.types.is_dictionary(kind):
        return _choose_flat_type(kind.value_type)
    plain = not (pa.types.is_nested(kind) or _is_binary(kind) or pa.types.is_duration(kind))
    return kind if plain else pa.string()


def _is_binary(kind: pa.DataType) -> bool:
    return bool(pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind))


def flatten(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The batch with lists and structures as JSON, and null instead of NaN."""
    schema = flatten_schema(batch.schema)
    return pa.record_batch(
        [_flatten_column(*pair) for pair in zip(batch.columns, schema.types, strict=True)], schema=schema
    )


def _flatten_column(column: pa.Array, kind: pa.DataType) -> pa.Array:
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_floating(kind):
        return pc.if_else(pc.is_nan(column), None, column)
    return column if column.type == kind else pa.array(map(_format_plain_cell, column.to_pylist()), pa.string())


def _format_plain_cell(value: Any) -> str | None:
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            return value.hex()
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return None if value is None else str(value)
