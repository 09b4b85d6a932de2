"""Merge the names of a place from all its records: each only once, with its sources; the names to show come first."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace

from buldan.compile.names import is_machine_made, strip_latin
from buldan.compile.record import SourceRecord
from buldan.compile.tables import read_table
from buldan.model import MAIN_NAMES, NAME_KINDS, PAST_NAMES, Name, NameKind, identifier_pairs
from buldan.text import fold, is_kind_alone

__all__ = ["choose_arabic", "choose_common_english", "choose_english", "merge_names"]

_LANGUAGES = ("ar", "en", "und", "ku", "tr", "fr", "hy", "syc")
OFFICIAL_SOURCE = "ocha"
"""The source whose names stay official even if our own facts have another official name."""

_TELLING: tuple[NameKind, ...] = (
    "official",
    "attested",
    "former",
    "historical",
    "abbreviation",
    "variant",
    "exonym",
    "local",
)
"""Kinds of names, in the order in which they are preferred if two sources differ."""


def merge_names(records: Sequence[SourceRecord]) -> tuple[Name, ...]:
    """All names, each only once; the names to show come first.

    The official names are those of OCHA, and those of the first record that has official names in the script; official
    names of other sources become variants. GeoNames' first Arabic name also becomes a variant if there is an official
    one, because GeoNames marks only a Latin name as main name. Of romanisations that differ only by accents the first
    is kept.
    """
    by_text: dict[str, Name] = {}
    official: dict[str, SourceRecord] = {}
    mistaken = _find_mistaken(records)
    for record in records:
        for name in record.names:
            if is_machine_made(name.text) or name.text in mistaken or _is_word_alone(name):
                continue
            first = name.kind == "official" and official.setdefault(name.script, record) is record
            beside = name.kind == "attested" and name.script in official and name.script != "Latn"
            listed = OFFICIAL_SOURCE in name.sources or name.start
            if beside or (name.kind == "official" and not first and not listed):
                name = replace(name, kind="variant")  # noqa: PLW2901
            known = by_text.get(name.text)
            by_text[name.text] = _join(known, name) if known else name
    return _sort_names(_without_accent_copies(by_text.values()))


def _is_word_alone(name: Name) -> bool:
    """Whether a further name of GeoNames is only a word for a kind: Markaz, "centre", for a village."""
    return name.kind == "variant" and {*name.sources} <= {"geonames", "whosonfirst"} and is_kind_alone(name.text)


def _find_mistaken(records: Iterable[SourceRecord]) -> set[str]:
    """Names that a source gives to this place by mistake (`tables/mistaken_names.tsv`)."""
    references = {f"{scheme}:{value}" for record in records for scheme, value in identifier_pairs(record.identifiers)}
    return {name for place, name, _ in read_table("mistaken_names") if place in references}


def _join(known: Name, name: Name) -> Name:
    """One name made of two with the same text, with the sources of both.

    Its other members are those of one of the two, preferred in this order: the name with dates, the official name, our
    own, a main name of a source.
    """
    sources = tuple(sorted({*known.sources, *name.sources}))
    order = sorted((known, name), key=lambda one: (_rank_language(one.lang), _TELLING.index(one.kind)))
    order.sort(
        key=lambda one: (
            not (one.start or one.end),
            one.kind != "official",
            "curated" not in one.sources,
            one.kind not in MAIN_NAMES,
        )
    )
    return replace(order[0], sources=sources)


def _rank_language(lang: str) -> tuple[int, str]:
    return (_LANGUAGES.index(lang), "") if lang in _LANGUAGES else (len(_LANGUAGES), lang)


def _without_accent_copies(names: Iterable[Name]) -> list[Name]:
    kept: list[Name] = []
    folded: dict[str, int] = {}
    for name in sorted(names, key=lambda name: (NAME_KINDS.index(name.kind), _rank_language(name.lang))):
        key = _strip_accents(name)
        if key in folded:
            first = kept[folded[key]]
            kept[folded[key]] = replace(first, sources=tuple(sorted({*first.sources, *name.sources})))
            continue
        folded[key] = len(kept)
        kept.append(name)
    return kept


def _strip_accents(name: Name) -> str:
    """The text of a name without accents (Latin) or vowel marks (Arabic); foreign spellings keep their accents."""
    if name.script == "Latn" and name.kind in {*MAIN_NAMES, "variant"}:
        return fold(name.text)
    return "".join(c for c in name.text if name.script != "Arab" or not unicodedata.combining(c))


def _sort_names(names: Iterable[Name]) -> tuple[Name, ...]:
    return tuple(
        sorted(
            names,
            key=lambda name: (NAME_KINDS.index(name.kind), _rank_language(name.lang), name.script != "Arab"),
        )
    )


def choose_arabic(names: Iterable[Name]) -> str:
    """The name to show in Arabic: the first Arabic name in Arabic letters, a present one if possible; or empty."""
    fitting = (name for name in names if name.script == "Arab" and name.lang in ("ar", "und"))
    return next((name.text for name in sorted(fitting, key=_is_past)), "")


def _is_past(name: Name) -> bool:
    return name.kind in PAST_NAMES


def choose_common_english(records: Sequence[SourceRecord], kind: str) -> str:
    """The common English name of a city or town, unless our own facts give another name."""
    ours = [name for record in records if record.source == "curated" for name in record.names]
    if kind not in ("city", "town") or any(name.kind == "official" and name.lang == "en" for name in ours):
        return ""
    return next((strip_latin(record.common_english) for record in records if record.common_english), "")


def choose_english(names: Sequence[Name]) -> str:
    """The name to show in Latin letters: the English one, else a romanisation without its accents."""
    for lang in ("en", "ar", "und"):
        for name in sorted(names, key=_is_past):
            if name.script == "Latn" and name.lang == lang and name.kind != "abbreviation":
                return name.text.replace("`", "'") if lang == "en" else strip_latin(name.text)
    return next((strip_latin(name.text) for name in names if name.script == "Latn"), "")
