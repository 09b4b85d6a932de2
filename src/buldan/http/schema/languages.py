"""The language that a client wants to read: the one it asks for, else what its Accept-Language likes best."""

from __future__ import annotations

from fastapi import Request

from buldan.http.scope import get_header

__all__ = ["choose_language", "get_preferred_language", "list_accepted_languages", "list_preferred_languages"]


def choose_language(request: Request, asked: str | None = None) -> str:
    """The language to show names in: the one asked for, else the first of Accept-Language, else English."""
    return asked or get_preferred_language(get_header(request.scope, b"accept-language").decode("latin-1"))


def get_preferred_language(accepted: str) -> str:
    """The language that a list such as `ar-SY,en;q=0.5` puts first; English where it says none.

    >>> get_preferred_language("fr;q=0.3, ar-SY")
    'ar'
    """
    return list_preferred_languages(accepted)[0]


def list_preferred_languages(accepted: str) -> tuple[str, ...]:
    """The languages of such a list, the best liked first; English alone where it says none."""
    return list_accepted_languages(accepted) or ("en",)


def list_accepted_languages(accepted: str) -> tuple[str, ...]:
    """The languages of such a list, the best liked first; none where it says none.

    >>> list_accepted_languages("fr;q=0.3, ar-SY,ar;q=0.9")
    ('ar', 'fr')
    """
    weighted = [pair for part in accepted.split(",")[:_MOST_LANGUAGES] if (pair := _parse_weight(part))[0]]
    # Sorting keeps the order of equals, as the client wrote them.
    return tuple(dict.fromkeys(tag for tag, _ in sorted(weighted, key=lambda pair: -pair[1])))


# More than any browser sends; a header of 60 kB would cost us its sorting.
_MOST_LANGUAGES = 10


def _parse_weight(part: str) -> tuple[str, float]:
    """`ar-SY;q=0.8` → ("ar", 0.8); what cannot be read weighs nothing."""
    tag, _, weight = part.partition(";")
    # Names are by language alone: ar-SY, ar-EG and ar are one.
    primary = tag.strip().split("-")[0].lower()
    try:
        return (primary if primary.isalpha() else "", float(weight.strip().removeprefix("q=") or 1))
    except ValueError:
        return "", 0.0
