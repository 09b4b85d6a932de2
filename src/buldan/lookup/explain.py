"""Why a match matched: rules as data, and in words on request."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from buldan.index import Rule
from buldan.lookup.evidence import EVIDENCE
from buldan.lookup.ranking import Hit
from buldan.lookup.results import Reason
from buldan.rules import read_table
from buldan.thresholds import BESIDE_KM

__all__ = ["explain", "is_mistyped", "list_reasons", "reason_phrases"]

_RULES: dict[int, str] = {
    Rule.KIND_LEFT_OUT: "kind_word",
    Rule.PART_LEFT_OUT: "generic_part",
    Rule.SIDE_LEFT_OUT: "side_word",
    Rule.TYPE_LEFT_OUT: "type_word",
    Rule.UNIT_LEFT_OUT: "unit_name",
}
_PRESENT = [(Reason(name), EVIDENCE.index(name)) for name in ("kind_agrees", "kind_differs", "context_inside")]
_DISTANT = [(name, EVIDENCE.index(name)) for name in ("context_outside",)]
_TYPO_COST = 0.9
"""A cost per sound above which a respelling is no habit of romanisation."""


def list_reasons(hit: Hit | None, identifier: str, evidence: Sequence[float], *, rule: int = 0) -> tuple[Reason, ...]:
    """The rules that fired for a hit with its row of evidence; for an identifier, that alone."""
    if hit is None:
        return (Reason("identifier", identifier),)
    reading = hit.reading
    reasons = [Reason(_classify_spelling(hit), " ".join(reading.words))]
    if rule:
        reasons.append(Reason(_RULES[rule]))
    if reading.clitic:
        reasons.append(Reason("clitic", reading.clitic))
    if reading.left_out:
        reasons.append(Reason("words_left_out", f"{reading.left_out:.0%}"))
    if reading.role != "first":
        reasons.append(Reason("qualifier", reading.role))
    for reason, column in _PRESENT:
        if evidence[column]:
            reasons.append(reason)
    for evidence_name, column in _DISTANT:
        if evidence[column] > 0:
            reasons.append(Reason(evidence_name, f"{BESIDE_KM * evidence[column] / (1 - evidence[column]):.0f} km"))
    return tuple(reasons)


def _classify_spelling(hit: Hit) -> str:
    if hit.letters == 0:
        return "exact"
    if hit.cost == 0:
        return "same_sounds"
    return "typo" if is_mistyped(hit) else "romanisation"


def is_mistyped(hit: Hit) -> bool:
    """Whether a name is spelled as no habit of romanisation has it."""
    return hit.cost > 0 and (hit.letters == 1 or hit.cost >= _TYPO_COST * len(hit.reading.sounds))


@cache
def reason_phrases() -> dict[str, tuple[str, str]]:
    """What each rule says in English and Arabic; `{}` stands for the detail."""
    return {rule: (english, arabic) for rule, english, arabic in read_table("lookup/reasons")}


def explain(reasons: Iterable[Reason], *, lang: str = "en") -> str:
    """Reasons in words, in English or Arabic."""
    column, comma = (1, "؛ ") if lang == "ar" else (0, "; ")
    return comma.join(_write_phrase(reason, column) for reason in reasons)


def _write_phrase(reason: Reason, column: int) -> str:
    phrase = reason_phrases().get(reason.rule, (reason.rule, reason.rule))[column]
    return phrase.replace("{}", reason.detail)
