"""Choose the language of an answer: the requested one, else the one that Accept-Language prefers."""

from __future__ import annotations

from fastapi import Request

from buldan.http.scope import get_header

__all__ = ["choose_language", "get_preferred_language", "list_accepted_languages", "list_preferred_languages"]


def choose_language(request: Request, asked: str | None = None) -> str:
    """The language of names in the answer: the requested one, else the first of Accept-Language, else English."""
    return asked or get_preferred_language(get_header(request.scope, b"accept-language").decode("latin-1"))


def get_preferred_language(accepted: str) -> str:
    """The language that a list such as `ar-SY,en;q=0.5` prefers; English if it names none.

    >>> get_preferred_language("fr;q=0.3, ar-SY")
    'ar'
    """
    return list_preferred_languages(accepted)[0]


def list_preferred_languages(accepted: str) -> tuple[str, ...]:
    """The languages of such a list in order of preference; only English if it names none."""
    return list_accepted_languages(accepted) or ("en",)


def list_accepted_languages(accepted: str) -> tuple[str, ...]:
    """The languages of such a list in order of preference; empty if it names none.

    >>> list_accepted_languages("fr;q=0.3, ar-SY,ar;q=0.9")
    ('ar', 'fr')
    """
    weighted = [pair for part in accepted.split(",")[:_MOST_LANGUAGES] if (pair := _parse_weight(part))[0]]
    # Sorting keeps the client's order of equal weights.
    return tuple(dict.fromkeys(tag for tag, _ in sorted(weighted, key=lambda pair: -pair[1])))


# More than any browser sends; sorting a header of 60 kB would take time.
_MOST_LANGUAGES = 10


def _parse_weight(part: str) -> tuple[str, float]:
    """`ar-SY;q=0.8` → ("ar", 0.8); a weight that cannot be read is 0."""
    tag, _, weight = part.partition(";")
    # Names have only a language: ar-SY, ar-EG and ar are the same.
    primary = tag.strip().split("-")[0].lower()
    try:
        return (primary if primary.isalpha() else "", float(weight.strip().removeprefix("q=") or 1))
    except ValueError:
        return "", 0.0
