"""Evaluate the geoparser: mentions found and places right, by language and kind, next to simple baselines.

A predicted mention matches a marked one when their spans overlap and neither is matched yet, the longest
overlap first. Marked places abroad, and names inside other names, are not counted, unless a place abroad is
given as a Syrian one. A place is right within the marked tolerance, or when its id is the marked one's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from buldan.evaluate.judgements import Judgement
from buldan.geometry import distance_km
from buldan.geoparse import Mention
from buldan.geoparse.annotated import AnnotatedText, GoldMention

__all__ = [
    "Error",
    "Reader",
    "Score",
    "find_false_alarms",
    "judge_confidences",
    "judge_documents",
    "score_documents",
]

Reader = Callable[[str], Sequence[Mention]]
"""A function that finds the mentions of a text: the geoparser or a baseline."""


@dataclass(frozen=True, slots=True)
class Error:
    """One error: its cause, the document, the span and the answer."""

    cause: str
    document: AnnotatedText
    start: int
    end: int
    answer: str

    def in_context(self, width: int = 45) -> str:
        """The text around the error, at most `width` characters on each side, with the span in brackets."""
        return f"{_quote_in_context(self.document, self.start, self.end, width)} → {self.answer}"


def _quote_in_context(document: AnnotatedText, start: int, end: int, width: int = 45) -> str:
    text = document.text.translate(_IN_ONE_LINE)
    return f"…{text[max(0, start - width) : start]}⟦{text[start:end]}⟧{text[end : end + width]}…"


_IN_ONE_LINE = {ord(sign): " " for sign in "\n\r\t"}


@dataclass(slots=True)
class Score:
    """The counts of one language or kind, and the figures computed from them."""

    found: int = 0
    exact: int = 0
    missed: int = 0
    wrong: int = 0
    placed: int = 0
    placeable: int = 0
    end_to_end: int = 0
    within: Counter[int] = field(default_factory=Counter)

    @property
    def precision(self) -> float:
        """Share of the mentions given that are marked."""
        return self.found / max(self.found + self.wrong, 1)

    @property
    def recall(self) -> float:
        """Share of the marked mentions that are given."""
        return self.found / max(self.found + self.missed, 1)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, of mentions by overlap."""
        return self._f1(self.found)

    @property
    def exact_f1(self) -> float:
        """The same, counting only mentions with exactly the marked span."""
        return self._f1(self.exact)

    @property
    def end_to_end_f1(self) -> float:
        """The same, counting only mentions with the right place; mentions without a marked point count by overlap."""
        return self._f1(self.end_to_end)

    @property
    def resolution(self) -> float:
        """Share of the found mentions with a marked point that have the right place."""
        return self.placed / max(self.placeable, 1)

    def within_km(self, km: int) -> float:
        """Share of the same mentions whose place is within `km` kilometres of the marked point."""
        return self.within[km] / max(self.placeable, 1)

    def _f1(self, right: int) -> float:
        given, marked = self.found + self.wrong, self.found + self.missed
        return 2 * right / max(given + marked, 1)


def score_documents(
    documents: Iterable[AnnotatedText],
    reader: Reader | Callable[[AnnotatedText], Sequence[Mention]],
    *,
    by_document: bool = False,
) -> tuple[dict[str, Score], list[Error]]:
    """Scores by language ("ar", "en", "all") and by kind ("kind: village" …: found, missed and placed), and errors.

    With `by_document` the reader gets the document itself, so that it can use weights learned without it.
    """
    scores: dict[str, Score] = {"all": Score()}
    errors: list[Error] = []
    for document in documents:
        mentions = reader(document if by_document else document.text)  # type: ignore[arg-type]
        language = scores.setdefault(document.lang, Score())
        errors += _score(document, mentions, [scores["all"], language], scores)
    return scores, errors


def _score(
    document: AnnotatedText, mentions: Sequence[Mention], totals: list[Score], scores: dict[str, Score]
) -> Iterator[Error]:
    gold = [mark for mark in document.gold if mark.flag == "syria"]
    pairs = _match_gold(mentions, gold)
    for mark_number, mark in enumerate(gold):
        counted = [*totals, scores.setdefault(f"kind: {mark.kind or 'unknown'}", Score())]
        mention = pairs.get(mark_number)
        if mention is None:
            for score in counted:
                score.missed += 1
            yield Error("missed", document, mark.start, mark.end, f"nothing ({mark.kind})")
            continue
        off = _distance(mention, mark)
        for score in counted:
            _count(score, mention, mark, off)
        if off is not None and not _is_right(mention, mark, off):
            place = mention.place
            answer = f"{place.name('en')}, {place.kind}, {off:.0f} km off" if place else "no place"
            yield Error("wrong place", document, mark.start, mark.end, answer)
    matched = {id(mention) for mention in pairs.values()}
    for mention in mentions:
        if id(mention) not in matched:
            error = _explain_surplus(document, mention)
            if error:
                for score in totals:
                    score.wrong += 1
                yield error


def _count(score: Score, mention: Mention, mark: GoldMention, off: float | None) -> None:
    score.found += 1
    score.exact += (mention.start, mention.end) == (mark.start, mark.end)
    if off is None:
        score.end_to_end += 1
        return
    score.placeable += 1
    right = _is_right(mention, mark, off)
    score.placed += right
    score.end_to_end += right
    for km in (1, 5, 10):
        score.within[km] += off <= km


def _match_gold(mentions: Sequence[Mention], gold: Sequence[GoldMention]) -> dict[int, Mention]:
    """The predicted mention matched with each marked one, by its number: longest overlaps first, each mention once."""
    overlaps = sorted(
        (
            (max(mention.start, mark.start) - min(mention.end, mark.end), number, at)
            for number, mark in enumerate(gold)
            for at, mention in enumerate(mentions)
            if mention.start < mark.end and mark.start < mention.end
        ),
    )
    pairs: dict[int, Mention] = {}
    taken: set[int] = set()
    for _, number, at in overlaps:
        if number not in pairs and at not in taken:
            pairs[number] = mentions[at]
            taken.add(at)
    return pairs


def _distance(mention: Mention, mark: GoldMention) -> float | None:
    """Kilometres between answer and marked point; None without a marked point."""
    if mark.lon is None or mark.lat is None:
        return None
    if mention.place is None:
        return float("inf")
    return distance_km(mention.place.point, (mark.lon, mark.lat))


def _is_right(mention: Mention, mark: GoldMention, off: float) -> bool:
    place = mention.place
    same = place is not None and bool(mark.id) and mark.id in (place.id, place.pcode)
    return same or off <= mark.tol_km


def _explain_surplus(document: AnnotatedText, mention: Mention) -> Error | None:
    """The error of a mention without a match; None if it is on a name inside another name."""
    touched = {mark.flag for mark in document.gold if mention.start < mark.end and mark.start < mention.end}
    if "embedded" in touched:
        return None
    cause = "foreign place" if touched == {"foreign"} else "found twice" if touched else "no place"
    answer = f"{mention.place.name('en')}, {mention.place.kind} ({mention.confidence:.2f})" if mention.place else ""
    return Error(cause, document, mention.start, mention.end, answer)


def judge_documents(
    documents: Iterable[AnnotatedText],
    reader: Reader | Callable[[AnnotatedText], Sequence[Mention]],
    *,
    by_document: bool = False,
) -> Iterator[Judgement]:
    """A judgement for each marked place, and for each mention given without a mark; groups are languages."""
    for number, document in enumerate(documents):
        mentions = reader(document if by_document else document.text)  # type: ignore[arg-type]
        gold = [mark for mark in document.gold if mark.flag == "syria"]
        pairs = _match_gold(mentions, gold)
        for at, mark in enumerate(gold):
            yield _judge_mark(document, number, mark, pairs.get(at))
        matched = {id(mention) for mention in pairs.values()}
        for mention in mentions:
            error = None if id(mention) in matched else _explain_surplus(document, mention)
            if error:
                yield _make_judgement(document, number, mention, mention, error.cause, given=True)


def _judge_mark(document: AnnotatedText, number: int, mark: GoldMention, mention: Mention | None) -> Judgement:
    if mention is None:
        return _make_judgement(document, number, mark, None, "missed")
    off = _distance(mention, mark)
    is_right = off is None or _is_right(mention, mark, off)
    return _make_judgement(document, number, mark, mention, "" if is_right else "wrong place")


def _make_judgement(
    document: AnnotatedText,
    number: int,
    span: GoldMention | Mention,
    mention: Mention | None,
    cause: str,
    *,
    given: bool = False,
) -> Judgement:
    key = f"{number:05} {document.doc} {span.start:06}-{span.end:06}"
    answer = (f"{mention.place.name('en')} ({mention.place.id})" if mention.place else "no place") if mention else ""
    sure = mention.confidence if mention else 0.0
    return Judgement(
        document.lang, key, _quote_in_context(document, span.start, span.end), answer, sure, not cause, cause, given
    )


def judge_confidences(
    documents: Iterable[AnnotatedText], reader: Callable[[AnnotatedText], Sequence[Mention]]
) -> list[tuple[float, bool]]:
    """The confidence of each mention given, and whether it is a mention with the right place."""
    return [(row.sure, row.right) for row in judge_documents(documents, reader, by_document=True) if row.answer]


def find_false_alarms(text: str, reader: Reader) -> tuple[list[Mention], int]:
    """The mentions given in a text that is not about Syria, and the number of its words."""
    return list(reader(text)), len(text.split())
