"""Bodies: what type they are, and text out of bytes without guessing in silence."""

from __future__ import annotations

from typing import Any

import orjson
from fastapi import Request

from buldan.http.schema.problems import BadRequest, FieldFault, UnsupportedBody

# Our own list, not all of Python's: its unicode_escape or idna are no charsets of texts.
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
    """The body's media type and its charset (UTF-8 unless said)."""
    declared = request.headers.get("content-type", "")
    media_type, _, parameters = declared.partition(";")
    # RFC 8259 for JSON; of text/plain most senders that say nothing mean it, and what is other bytes is refused below.
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
        UnsupportedBody: declared to be something else.
        BadRequest: not JSON, or not UTF-8.
    """
    media_type, _ = get_media_type(request)
    if media_type != "application/json":
        raise UnsupportedBody(f"{media_type or 'a body without Content-Type'} cannot be read; send application/json")
    try:
        # Whatever charset is declared: JSON between systems is UTF-8 (RFC 8259, 8.1).
        return orjson.loads(await request.body())
    except orjson.JSONDecodeError as error:
        raise BadRequest([FieldFault("body", f"not JSON: {error.msg} at character {error.pos}")]) from None


async def read_text(request: Request, charset: str) -> str:
    """The body as text.

    Raises:
        BadRequest: an unknown charset, or bytes that are not of it; says what to do.
    """
    if charset not in _CHARSETS:
        raise BadRequest([FieldFault("body", f"unknown charset; send UTF-8 (known: {', '.join(_CHARSETS)})")])
    try:
        # Strict: a letter that was replaced would move no offset, and change a name in silence.
        return (await request.body()).decode(_CHARSETS[charset])
    except UnicodeDecodeError as error:
        advice = "declare the charset (windows-1256 is common for Arabic) or send UTF-8"
        raise BadRequest([FieldFault("body", f"not {charset} at byte {error.start}; {advice}")]) from None
