"""Texts with their places marked by a reader: what the models learn from and are measured on."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

__all__ = ["AnnotatedText", "GoldMention", "parse_annotated", "parse_marked"]


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A mention as a reader marked it.

    Attributes:
        start, end: code points, half-open.
        flag: `syria`; `foreign` or `embedded`, which count neither way.
        kind: of the place.
        lon, lat: degrees, None where the reader gave no point.
        tol_km: how far an answer may lie from the point.
        id: of the place, or empty.
    """

    start: int
    end: int
    flag: str
    kind: str = ""
    lon: float | None = None
    lat: float | None = None
    tol_km: float = 0.0
    id: str = ""


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """A document and its marked mentions, in the order of the text."""

    doc: str
    lang: str
    text: str
    gold: tuple[GoldMention, ...]


def parse_annotated(line: str) -> AnnotatedText:
    """A document from a line of JSON: `doc`, `lang`, `text`, `mentions`.

    Raises:
        ValueError: not such a document.
    """
    record = json.loads(line)
    try:
        # Sorted, for readers mark in any order.
        gold = tuple(
            _parse_mention(mention) for mention in sorted(record["mentions"], key=lambda mention: mention["start"])
        )
        return AnnotatedText(record["doc"], record["lang"], record["text"], gold)
    except KeyError as error:
        raise ValueError(f"not an annotated document: it has no {error}") from error
    except TypeError as error:
        raise ValueError(f"not an annotated document: {error}") from error


def _parse_mention(mention: dict[str, object]) -> GoldMention:
    """A mention of the JSON; TypeError where its bounds are no whole numbers, KeyError where a member is missing."""

    def number(key: str) -> float | None:
        value = mention.get(key)
        return float(value) if isinstance(value, (int, float)) else None

    start, end = mention["start"], mention["end"]
    if not isinstance(start, int) or not isinstance(end, int):
        raise TypeError("start and end must be whole numbers")
    return GoldMention(
        start=start,
        end=end,
        flag=str(mention["flag"]),
        kind=str(mention.get("kind") or ""),
        lon=number("lon"),
        lat=number("lat"),
        tol_km=number("tol_km") or 0.0,
        id=str(mention.get("id") or ""),
    )


_MARK = re.compile(r"\[([^\[\]|]+)(?:\|([^\[\]|]+))?\]|\{([^{}]+)\}|<([^<>]+)>")


def parse_marked(doc: str, lang: str, marked: str) -> AnnotatedText:
    """A document from text with marks: `[name]` or `[name|P-code]` for a Syrian place, `{name}` for one abroad,
    `<name>` for one inside another name, which counts neither way.

    >>> parse_marked("", "ar", "من [يلدا|C2302] إلى {بيروت}").text
    'من يلدا إلى بيروت'
    """
    text, gold, copied = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[copied : match.start()]
        copied = match.end()
        name, place, other, inner = match.groups()
        start = len(text)
        text += name or other or inner
        # The signs exclude each other, so the group that matched shows the flag.
        flag = "foreign" if other else "embedded" if inner else "syria"
        gold.append(GoldMention(start, len(text), flag, id=place or ""))
    return AnnotatedText(doc, lang, text + marked[copied:], tuple(gold))
