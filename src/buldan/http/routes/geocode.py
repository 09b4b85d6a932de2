"""`/geocode`: a table of place names in, the same table with places out; the code is that of `buldan geocode`."""

from __future__ import annotations

from functools import cache, partial
from importlib.util import find_spec
from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from fastapi import APIRouter, Request
from pydantic import Field, field_validator
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import Response

from buldan.http.deps import Service, get_service
from buldan.http.responses import GEOJSON, JSONResponse
from buldan.http.schema import models
from buldan.http.schema.openapi import describe_body, describe_responses
from buldan.http.schema.params import BLANK, Kinds
from buldan.http.schema.problems import BadRequest, FieldFault, UnsupportedBody
from buldan.http.schema.query import Query
from buldan.thresholds import SURE_SCORE

if TYPE_CHECKING:
    from buldan.http.posted_table import PostedFile

__all__ = ["has_tables", "router"]

router = APIRouter(tags=["native"])

_FILES = {
    "geojson": GEOJSON,
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

Columns = tuple[Annotated[str, Field(json_schema_extra={"pattern": f"[^{BLANK}]"})], ...]


class GeocodeQuery(Query):
    """How the table is read, on what terms its names are looked up, and what comes back."""

    repeatable: ClassVar[frozenset[str]] = frozenset({"name", "within", "kind"})

    format: Literal["json", "understood", "geojson", "csv", "xlsx"] = Field(
        "json", description="Format of the answer; `understood` returns only how the table is read"
    )
    name: Columns = Field((), description="Columns of place names; found by their labels if not given")
    within: Columns = Field((), description="Columns of units that contain the places, from wide to narrow")
    pcode: str | None = Field(
        None, description="Column of the places' P-codes; found by its label, `none` for no column"
    )
    kind: Kinds | None = Field(None, description="Kinds or groups of kinds to keep")
    sheet: str | None = Field(None, description="Sheet of a workbook; found if not given")
    encoding: str | None = Field(None, description="Of a CSV or TSV file; recognised if not given")
    delimiter: str | None = Field(None, description="Of a CSV or TSV file; recognised if not given")
    header_row: int | None = Field(None, ge=1, description="Row of the header, counted from 1")
    header_rows: int | None = Field(None, ge=1, le=9, description="Number of rows in the header")
    skip_rows: int = Field(0, ge=0, description="Number of rows to skip at the top")
    fallback: bool = Field(True, description="If a place is not found, return the unit that contains it")
    min_score: float = Field(0.0, ge=0, le=1, description="A best match with a lower score counts as not found")
    sure_score: float = Field(SURE_SCORE, ge=0, le=1, description="An answer with a lower score is doubtful")
    bom: bool = Field(False, description="Begin a CSV with a byte order mark, so that Excel reads it as UTF-8")

    @field_validator("name", "within")
    @classmethod
    def _not_blank(cls, value: Columns) -> Columns:
        if not all(map(str.strip, value)):
            raise ValueError("names no column")
        return value


_BINARY = {"type": "string", "format": "binary"}
_ENDINGS = {
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "text/plain": ".txt",
    _FILES["xlsx"]: ".xlsx",
}
# OpenAPI's form for the media types of a part of a form.
_PART_TYPES = {"file": ", ".join(_ENDINGS), "decisions": "text/csv"}
_BODY = {
    "type": "object",
    "required": ["file"],
    "properties": {
        "file": _BINARY | {"description": "The table: .csv, .tsv, .txt or .xlsx, with its name"},
        "decisions": _BINARY | {"description": "Decisions as `buldan geocode --decisions` keeps them (.csv)"},
    },
    "additionalProperties": False,
}


@router.post(
    "/geocode",
    response_class=JSONResponse,
    openapi_extra=GeocodeQuery.parameters() | describe_body(("multipart/form-data", _BODY), parts=_PART_TYPES),
    responses=describe_responses(
        models.TableAnswer, 408, 413, 415, 422, media_type="application/json", others=_FILES.values()
    ),
)
async def geocode(request: Request) -> Response:
    """Add its place to each row of a table. Rows, columns and their order do not change."""
    asked = GeocodeQuery.of(request)
    # 415 and not 404: the address is right, and another installation may answer it.
    if not has_tables():
        raise UnsupportedBody("tables need the extra `geo`, which this service does not have")
    file, decisions = await _read_files(request)
    service = get_service(request)
    work = partial(_answer, service, file, decisions, asked)
    return await service.executor.run_within(service.settings.table_time_limit_s, work)


@cache
def has_tables() -> bool:
    """Whether this installation reads tables."""
    return all(find_spec(name) for name in ("geopandas", "openpyxl", "pyarrow", "pyogrio"))


def _name_file(file: UploadFile) -> str:
    """The file's name, with the ending of its media type if it has no ending."""
    name, ending = file.filename or "", _ENDINGS.get((file.content_type or "").partition(";")[0].strip())
    return f"{name or 'table'}{ending}" if ending and not PurePath(name).suffix else name


async def _read_files(request: Request) -> tuple[PostedFile, PostedFile | None]:
    """The table, and the decisions if there are any.

    Raises:
        UnsupportedBody: the body is not a form.
        BadRequest: the form cannot be read, has no table, or has other parts.
    """
    from buldan.http.posted_table import PostedFile  # noqa: PLC0415 - its libraries are those of an extra

    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise UnsupportedBody("send the table as the part `file` of multipart/form-data (curl -F file=@table.csv)")
    files: dict[str, PostedFile] = {}
    try:
        # Limited before it is read: the parts of a form become files on our disk.
        async with request.form(max_files=2, max_fields=0) as form:
            for part, value in form.multi_items():
                if part not in {"file", "decisions"} or part in files or not isinstance(value, UploadFile):
                    raise BadRequest([FieldFault(part, "unknown or repeated part; known: file, decisions")])
                files[part] = PostedFile(_name_file(value), await value.read())
    except HTTPException as error:
        raise BadRequest([FieldFault("body", _FORM_FAULTS.get(error.detail, error.detail))]) from None
    if "file" not in files:
        raise BadRequest([FieldFault("file", "missing; send the table as this part")])
    return files["file"], files.get("decisions")


_FORM_FAULTS = {
    "Too many fields. Maximum number of fields is 0.": "a part without a file name: the table and the decisions are "
    "files (curl -F file=@table.csv), and all else, such as the column of names, is in the address (?name=place)",
    "Too many files. Maximum number of files is 2.": "more than two files; send one table, and one file of decisions",
    "Missing boundary in multipart.": "the Content-Type has no boundary; let your HTTP library write it",
}
"""Starlette's messages on forms, and our wording of each."""


def _answer(service: Service, file: PostedFile, decisions: PostedFile | None, asked: GeocodeQuery) -> Response:
    from buldan.http.posted_table import Manner, open_posted  # noqa: PLC0415
    from buldan.tables import Terms  # noqa: PLC0415

    manner = Manner(
        asked.name,
        asked.within,
        asked.pcode,
        asked.sheet,
        asked.encoding,
        asked.delimiter,
        asked.header_row,
        asked.header_rows,
        asked.skip_rows,
    )
    terms = Terms(tuple(sorted(asked.kind or ())), asked.min_score, asked.sure_score, fallback=asked.fallback)
    with open_posted(file, manner, most_rows=service.settings.max_table_rows) as table:
        if asked.format == "understood":
            return JSONResponse({**service.head, "understood": table.understood()})
        if asked.format == "json":
            return JSONResponse({**service.head, **table.answers(service.gaz, terms, decisions)})
        content = table.write(f".{asked.format}", service.gaz, terms, decisions, bom=asked.bom)
    headers = {"Content-Disposition": f'attachment; filename="places.{asked.format}"'}
    return Response(content, media_type=_FILES[asked.format], headers=headers)
