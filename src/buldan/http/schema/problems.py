"""Make answers of errors: RFC 9457 problem details, or the form that a façade's clients expect.

One table gives the status of each class of errors; the errors of the core have no status.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, NamedTuple, NotRequired

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.responses import Response
from typing_extensions import TypedDict  # pydantic reads the standard one only from Python 3.12 on

from buldan.errors import BuldanError, GazetteerError, PlaceNotFound, QueryError
from buldan.formats.nominatim import render_error_xml
from buldan.http.responses import SAFE_HEADERS, to_json
from buldan.http.scope import get_local_path

__all__ = [
    "BadRequest",
    "Fault",
    "FieldFault",
    "Overloaded",
    "Problem",
    "TooLarge",
    "UnsupportedBody",
    "answer_error",
    "answer_problem",
]

_log = logging.getLogger("buldan.http")


class Fault(TypedDict):
    """What is wrong with one parameter or member."""

    field: str
    message: str


class Problem(TypedDict):
    """Problem details (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: NotRequired[list[Fault]]


class FieldFault(NamedTuple):
    """A parameter or member and what is wrong with it."""

    field: str
    message: str


class BadRequest(BuldanError):  # noqa: N818
    """Parameters or a body that cannot be read; lists each fault."""

    def __init__(self, faults: list[FieldFault]) -> None:
        super().__init__("; ".join(f"{fault.field}: {fault.message}" for fault in faults))
        self.faults = faults


class Overloaded(BuldanError):  # noqa: N818
    """More work than can be done now, or work that took too long."""

    # The time of the work before it is unknown: this is short enough for a person who waits.
    retry_after_s = 2


class TooLarge(BuldanError):  # noqa: N818
    """More names, texts, rows or bytes than one request may have."""


class UnsupportedBody(BuldanError):  # noqa: N818
    """A body of a type that cannot be read."""


_STATUS: Mapping[type[BuldanError], int] = {
    BadRequest: 422,
    QueryError: 422,
    PlaceNotFound: 404,
    GazetteerError: 503,
    Overloaded: 503,
    TooLarge: 413,
    UnsupportedBody: 415,
}


class _Shape(NamedTuple):
    """The form of a façade's errors: its status for invalid queries, and a function that writes body and media type."""

    invalid_status: int
    render: Callable[[Problem, Mapping[str, str]], tuple[bytes, str]]


def _as_nominatim(problem: Problem, asked: Mapping[str, str]) -> tuple[bytes, str]:
    """A problem in the requested format; XML is the default for reverse queries and lookups by id."""
    status, detail = problem["status"], problem["detail"]
    usual = "xml" if problem["instance"].startswith(("/nominatim/reverse", "/nominatim/lookup")) else "json"
    if asked.get("format", usual) == "xml":
        return render_error_xml(status, detail).encode(), "text/xml"
    return to_json({"error": {"code": status, "message": detail}}), "application/json; charset=utf-8"


def _as_photon(problem: Problem, _: Mapping[str, str]) -> tuple[bytes, str]:
    return to_json({"message": problem["detail"], "status": problem["status"]}), "application/json"


def _as_geonames(problem: Problem, _: Mapping[str, str]) -> tuple[bytes, str]:
    code = _GEONAMES_CODES.get(problem["status"], 12)
    return to_json({"status": {"message": problem["detail"], "value": code}}), "application/json"


_GEONAMES_CODES = {400: 14, 401: 10, 404: 11, 408: 13, 413: 21, 414: 21, 415: 21, 429: 19, 503: 22}
"""GeoNames' codes of errors by status: 12 other error, 14 invalid parameter, 10 authorisation, 11 no such record …"""


def _as_is(problem: Problem, _: Mapping[str, str]) -> tuple[bytes, str]:
    return to_json(problem), "application/problem+json"


_NATIVE = _Shape(422, _as_is)
_SHAPES = {
    "nominatim": _Shape(400, _as_nominatim),
    "photon": _Shape(400, _as_photon),
    "geonames": _Shape(400, _as_geonames),
    "ogc": _Shape(400, _as_is),
    "reconcile": _Shape(400, _as_is),
}


def answer_problem(
    path: str,
    status: int,
    detail: str,
    *,
    faults: list[FieldFault] | None = None,
    headers: Mapping[str, str] | None = None,
    asked: Mapping[str, str] | None = None,
) -> Response:
    """The answer for a problem, in the form of the façade of `path` (without a proxy's prefix).

    `asked` are the parameters of the query, for façades whose form depends on them.
    """
    # By the first part of the path: refusals come from layers that do not know the route.
    shape = _SHAPES.get(path.split("/", 2)[1] if "/" in path else "", _NATIVE)
    # The originals of the façades have only 400 for invalid queries.
    status = shape.invalid_status if status == _NATIVE.invalid_status else status
    problem: Problem = {
        # RFC 9457, 4.2.1: the status is the type of the problem.
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": path,
    }
    if faults:
        problem["errors"] = [{"field": fault.field, "message": fault.message} for fault in faults]
    body, media_type = shape.render(problem, asked or {})
    return Response(
        body,
        status,
        media_type=media_type,
        headers={"Cache-Control": "no-store", **SAFE_HEADERS, **(headers or {})},
    )


def answer_error(request: Request, error: Exception) -> Response:
    """The answer to an error, in the form of the request's façade; 500 for an internal error."""
    answer = next((answer for kind, answer in _ANSWERS.items() if isinstance(error, kind)), _answer_fault)
    return answer(request, error)


def _answer_refusal(request: Request, error: Any) -> Response:
    status = next(status for kind, status in _STATUS.items() if isinstance(error, kind))
    faults = None
    if isinstance(error, BadRequest):
        faults = error.faults
    elif isinstance(error, QueryError):
        # The core's name is `text`, the parameter's is `q`: clients need the name that they have sent.
        field = "q" if error.field == "text" and "q" in request.query_params else error.field
        faults = [FieldFault(field, str(error))]
    headers = {"Retry-After": str(error.retry_after_s)} if isinstance(error, Overloaded) else None
    return answer_problem(
        get_local_path(request.scope), status, str(error), faults=faults, headers=headers, asked=request.query_params
    )


def _answer_http_exception(request: Request, error: Any) -> Response:
    detail = error.detail
    # Starlette's own words, which do not help.
    if error.status_code == 404 and detail == HTTPStatus.NOT_FOUND.phrase:
        detail = "no such address; /openapi.json lists those that there are"
    path = get_local_path(request.scope)
    return answer_problem(path, error.status_code, detail, headers=error.headers, asked=request.query_params)


def _answer_fault(request: Request, error: Exception) -> Response:
    """Log the position of an internal error, without its message, which might quote a text; the answer is 500."""
    # Frames have only file names and lines of our code; the exception's text may contain the query.
    frames = "".join(traceback.format_tb(error.__traceback__))
    path, request_id = get_local_path(request.scope), request.scope.get("request_id", "without an id")
    _log.error("%s in request %s at %s\n%s", type(error).__name__, request_id, path, frames)
    return answer_problem(path, 500, f"Something went wrong on our side; it has been logged as request {request_id}.")


_ANSWERS: Mapping[type[Exception], Callable[[Request, Any], Response]] = {
    **dict.fromkeys(_STATUS, _answer_refusal),
    HTTPException: _answer_http_exception,
}
