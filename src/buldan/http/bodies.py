"""Read request bodies: their type, and their text, which is never guessed without an error."""

from __future__ import annotations

from typing import Any

import orjson
from fastapi import Request

from buldan.http.schema.problems import BadRequest, FieldFault, UnsupportedBody

# A list of our own: some encodings of Python, such as unicode_escape or idna, are not charsets of texts.
_CHARSETS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "ascii",
    "utf-16": "utf-16",
    "windows-1256": "cp1256",
    "cp1256": "cp1256",
    "iso-8859-6": "iso8859-6",
    "windows-1252": "cp1252",
    "iso-8859-1": "latin-1",
}

__all__ = ["get_media_type", "read_json", "read_text"]


def get_media_type(request: Request) -> tuple[str, str]:
    """The body's media type and its charset (UTF-8 if the header gives none)."""
    declared = request.headers.get("content-type", "")
    media_type, _, parameters = declared.partition(";")
    # JSON must be UTF-8 (RFC 8259). text/plain without charset usually is, and other bytes are refused below.
    charset = "utf-8"
    for parameter in parameters.split(";"):
        name, _, value = parameter.strip().partition("=")
        if name.lower() == "charset":
            # Some clients quote the value (RFC 9110, 5.6.6).
            charset = value.strip("\"' ").lower()
    return media_type.strip().lower(), charset


async def read_json(request: Request) -> Any:
    """The body as JSON.

    Raises:
        UnsupportedBody: the header gives another media type.
        BadRequest: the body is not JSON, or not UTF-8.
    """
    media_type, _ = get_media_type(request)
    if media_type != "application/json":
        raise UnsupportedBody(f"{media_type or 'a body without Content-Type'} cannot be read; send application/json")
    try:
        # The declared charset is ignored: JSON between systems is UTF-8 (RFC 8259, 8.1).
        return orjson.loads(await request.body())
    except orjson.JSONDecodeError as error:
        raise BadRequest([FieldFault("body", f"not JSON: {error.msg} at character {error.pos}")]) from None


async def read_text(request: Request, charset: str) -> str:
    """The body as text.

    Raises:
        BadRequest: the charset is unknown, or cannot decode the bytes; the message says what to do.
    """
    if charset not in _CHARSETS:
        raise BadRequest([FieldFault("body", f"unknown charset; send UTF-8 (known: {', '.join(_CHARSETS)})")])
    try:
        # Strict: a replacement character would not move any offset, and would change a name without an error.
        return (await request.body()).decode(_CHARSETS[charset])
    except UnicodeDecodeError as error:
        advice = "declare the charset (windows-1256 is common for Arabic) or send UTF-8"
        raise BadRequest([FieldFault("body", f"not {charset} at byte {error.start}; {advice}")]) from None
