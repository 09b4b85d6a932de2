"""Cut a question at its signs and joining words: "Nawa (Daraa)", "Silos east of Palmyra/Tadmur"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from buldan.errors import QueryError

__all__ = ["LONGEST_QUESTION", "check_question", "iter_segments", "shown"]

LONGEST_QUESTION = 300
"""Characters of a question; a longer text is for the geoparser."""

_BRACKETS = re.compile(r"[(\[{（]([^()\[\]{}（）]*)[)\]}）]?")
_SEPARATORS = re.compile(r"\s*([,،;؛|:/\\\n\t+&]|\s[-–—]+\s|[–—]|\s-|-\s)\s*")
_ROLES = {",": "comma", "،": "comma", ":": "colon", "/": "either", "\\": "either", "|": "either", "&": "either"}
_CONNECTORS = re.compile(
    r"\s+(?:(and|or|و|أو|او)"
    r"|(?:(?:to the\s+)?(?:north|south|east|west)\w*\s+(?:of|from)|near(?:\s+to)?|outside(?:\s+of)?|close to|next to|"
    r"between|around|in|on|at|from|towards?|along|"
    r"قرب|بالقرب من|في|بين|شرق|غرب|شمال|جنوب|شرقي|غربي|شمالي|جنوبي|عند|على|من|باتجاه)"
    r")\s+",
    re.IGNORECASE,
)


def iter_segments(text: str) -> Iterator[tuple[str, str]]:
    """(role, text) of each segment: brackets last, then the separators' and connectors' parts in order."""
    bracketed = [match.group(1) for match in _BRACKETS.finditer(text)]
    outside = _BRACKETS.sub(" , ", text) if bracketed else text
    role = "first"
    for position, part in enumerate(_SEPARATORS.split(outside.replace("_", " "))):
        if position % 2:
            role = _ROLES.get(part.strip() or ",", "comma")
            continue
        yield from _split_connectors(role, part)
    for part in bracketed:
        yield "bracket", part


def _split_connectors(role: str, part: str) -> Iterator[tuple[str, str]]:
    cursor = 0
    for match in _CONNECTORS.finditer(f"{part} "):
        yield role, part[cursor : match.start()]
        role, cursor = ("either" if match.group(1) else "beside"), match.end()
    yield role, part[cursor:]


def check_question(text: str) -> None:
    """Refuse what cannot be a name.

    Raises:
        QueryError: says why.
    """
    if not isinstance(text, str):
        raise QueryError(f"the text must be a string, not {type(text).__name__}")
    if not text.strip():
        raise QueryError("the text is empty; give a place name")
    if len(text) > LONGEST_QUESTION:
        raise QueryError(
            f"the text has {len(text)} characters, more than a name can have ({LONGEST_QUESTION}); geoparse reads texts"
        )
    for character in text:
        category = unicodedata.category(character)
        if category in {"Cc", "Cs", "Cn"} and character not in "\t\n\r":
            raise QueryError(f"the text holds a character that no name has (U+{ord(character):04X})")
    if not any(character.isalpha() for character in text):
        raise QueryError(f"no letters in {shown(text)}; give a place name")


def shown(text: str) -> str:
    """The beginning of a question, to be quoted in an error."""
    return repr(text if len(text) <= 40 else f"{text[:40]}…")
