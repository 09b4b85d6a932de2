"""The ways in which a question can be read: which of its words are the name, which only describe it.

"Nawa (Daraa)", "the villages of Burj Sabna and Abu Tina", "Silos east of Palmyra/Tadmur": separators and
connecting words cut the question into segments, any of which may be the name while the others are its context;
generic words around a name are taken off as hints of its kind; words may be left out at a price.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from buldan.errors import QueryError
from buldan.kinds import get_kind
from buldan.lookup.cells import Part, cut_cell
from buldan.lookup.checks import check_question, quote
from buldan.lookup.clinging import with_mended_article, without_clitics
from buldan.text import (
    Words,
    count_articles,
    encode_sounds,
    end_as_written,
    fold_word,
    generic_terms,
    is_bare_article,
    kind_phrases,
    plain_key,
    plain_words,
    words_phonemes,
    words_skeletons,
)

__all__ = [
    "ParsedQuery",
    "QueryReading",
    "has_camp_word",
    "parse_query",
    "query_of_parts",
    "without_generics",
    "without_kinds",
]

_MOST_WORDS = 7
"""Words of a segment that windows are cut from."""

_JOINED_ARTICLE = re.compile(r"(?<=\w{2})ال(?=\w{3})")
"""An Arabic article inside a word, where a space was lost: الحجرالأسود, ديرالزور."""

_LONGEST_PHRASE = 3
"""Words of a kind phrase at most: "internally displaced persons"."""

_FIRST_WORD = 0.4
"""What it counts to leave out a first word that forms names, beside its letters."""

_LEAST_LISTED = 3
"""Letters of a word beginning with و, above which the rest may be a name of its own."""


@dataclass(frozen=True)
class QueryReading:
    """One way to read a question.

    Attributes:
        words: the plain words taken for the name.
        role: how its segment stands in the question (`first`, `comma`, `bracket`, `either`, `beside` …).
        left_out: share of the segment's letters, generic words apart, that this reading does not use, 0..1.
        kinds: the kinds that generic words beside the name hint at.
        clitic: the letters taken off the first word, or empty.
        clitic_article: whether an article followed them.
        segment: which segment of the question it reads.
        articles: how many articles the segment has.
        bare: whether generic words of the segment are left out.
        asks: what these ask for: `camp`, `part`, `facility` or `site`, or empty.
    """

    words: Words
    role: str
    left_out: float = 0.0
    kinds: frozenset[str] = frozenset()
    clitic: str = ""
    clitic_article: bool = False
    segment: int = 0
    articles: int = 0
    bare: bool = False
    asks: str = ""

    def __hash__(self) -> int:
        # Readings of one question seldom have the same words; the other fields need not be hashed.
        return hash(self.words)

    @cached_property
    def plain(self) -> str:
        """The key of folded words."""
        return plain_key(self.words)

    @cached_property
    def sounds(self) -> str:
        """The phonemes."""
        return words_phonemes(self.words)

    @cached_property
    def own_sounds(self) -> int:
        """How many sounds its words have, those that only tell a kind left out; at least one.

        A name is not the more alike for a "neighbourhood" or a مدينة that it shares with another.
        """
        own = tuple(word for word in self.words if _role(word) not in {"kind", "stop"})
        return len(words_phonemes(own or self.words)) or 1

    @cached_property
    def encoded(self) -> bytes:
        """The phonemes as the index has them."""
        return encode_sounds(self.sounds)

    @cached_property
    def skeletons(self) -> tuple[str, ...]:
        """The consonant keys."""
        return words_skeletons(self.words)


@dataclass(frozen=True)
class ParsedQuery:
    """A question cut into segments, any of which may be the name.

    Attributes:
        text: as it was asked.
        segments: (role, text) of each, in order.
        is_one_place: whether all segments are spellings of one place, so that none says where another is.
    """

    text: str
    segments: tuple[tuple[str, str], ...]
    is_one_place: bool = False
    _words: tuple[Words, ...] = field(default=())
    _articles: tuple[int, ...] = field(default=())

    def context(self, segment: int) -> tuple[str, ...]:
        """The other segments, as far as they can describe where this one is."""
        if self.is_one_place:
            return ()
        if self.segments[segment][0] == "either":
            return tuple(text for role, text in self.segments if role not in {"first", "either"})
        return tuple(text for at, (role, text) in enumerate(self.segments) if at != segment and role != "either")

    @cached_property
    def plain_readings(self) -> tuple[QueryReading, ...]:
        """The question as one name; each segment whole, and without the generic words around it."""
        found = [reading for at in range(len(self.segments)) for reading in self._whole(at)]
        if len(self.segments) > 1 and not self.is_one_place:
            found.append(QueryReading(plain_words(self.text), "first", articles=count_articles(self.text)))
        return tuple(dict.fromkeys(found))

    @cached_property
    def clitic_readings(self) -> tuple[QueryReading, ...]:
        """Each segment without the letters at its head that may be clitics."""
        found = (reading for at in range(len(self.segments)) for reading in self._without_clitics(at))
        return tuple(reading for reading in dict.fromkeys(found) if reading not in self.plain_readings)

    @cached_property
    def part_readings(self) -> tuple[QueryReading, ...]:
        """Parts of each segment, some of its words left out."""
        found = (reading for at in range(len(self.segments)) for reading in self._parts(at))
        return tuple(reading for reading in dict.fromkeys(found) if reading not in self.plain_readings)

    @cached_property
    def mended_readings(self) -> tuple[QueryReading, ...]:
        """The plain readings with an Arabic article that a slip had spoiled."""
        return tuple(
            replace(reading, words=words, articles=reading.articles + 1)
            for reading in self.plain_readings
            for words in with_mended_article(reading.words)
        )

    def _whole(self, at: int) -> Iterator[QueryReading]:
        role, _ = self.segments[at]
        words = self._words[at]
        bare = without_generics(words)
        hinted = bare.kinds or _part_kinds(words)
        articles = self._articles[at]
        yield QueryReading(words, role, kinds=hinted, segment=at, articles=articles)
        is_bare = bare.words != words
        if is_bare:
            bare = bare._replace(words=end_as_written(bare.words, self.segments[at][1]))
            kindless = end_as_written(without_kinds(words), self.segments[at][1])
            if kindless not in {words, bare.words}:
                # Eastern Tal Battal village: "eastern" may be a part of the name, the word for its kind is none.
                yield QueryReading(kindless, role, kinds=hinted, segment=at, articles=articles)
            yield QueryReading(bare.words, role, kinds=hinted, segment=at, articles=articles, bare=True, asks=bare.asks)
        opened = tuple(_JOINED_ARTICLE.sub("", word) if "ال" in word else word for word in bare.words)
        if opened != bare.words:
            yield QueryReading(
                opened, role, kinds=hinted, segment=at, articles=articles + 1, bare=is_bare, asks=bare.asks
            )

    def _without_clitics(self, at: int) -> Iterator[QueryReading]:
        bare = without_generics(self._words[at])
        articles = self._articles[at]
        whole = QueryReading(bare.words, self.segments[at][0], kinds=bare.kinds or _part_kinds(bare.words), segment=at)
        whole = replace(whole, bare=bare.words != self._words[at])
        for clitic, article, words in without_clitics(bare.words):
            taken = replace(
                whole, words=words, clitic=clitic, clitic_article=article, articles=articles + article, asks=bare.asks
            )
            # The clitic hides a word of kind: بحقل العمر asks for a field.
            unclad = without_generics(words)
            yield replace(taken, kinds=taken.kinds or unclad.kinds)
            if unclad.words != words:
                yield replace(taken, words=unclad.words, kinds=unclad.kinds, asks=unclad.asks, bare=True)
        yield from self._listed(at)

    def _listed(self, at: int) -> Iterator[QueryReading]:
        """The names of a segment that a و written to the second one joins: سقبا وحمورية."""
        role, words = self.segments[at][0], self._words[at]
        for position in range(1, len(words)):
            word = fold_word(words[position])
            if word.startswith("و") and len(word) > _LEAST_LISTED:
                following = (plain_words(word[1:])[0], *words[position + 1 :])
                before, behind = self.segments[at][1], word[1:]
                for listed, stands, text in ((words[:position], role, before), (following, "either", behind)):
                    bare = without_generics(listed)
                    yield QueryReading(
                        bare.words,
                        stands,
                        kinds=bare.kinds,
                        asks=bare.asks,
                        segment=at,
                        articles=count_articles(text),
                        bare=bare.words != listed,
                    )

    def _parts(self, at: int) -> Iterator[QueryReading]:
        words = self._words[at]
        bare = without_generics(words)
        named = bare.words
        if not 1 < len(named) <= _MOST_WORDS:
            return
        whole = QueryReading(named, self.segments[at][0], kinds=bare.kinds or _part_kinds(named), segment=at)
        whole = replace(whole, articles=self._articles[at], bare=named != words, asks=bare.asks)
        # A word that many names have counts a third of its letters when it is left out: "Eastern" less than
        # "Ghariyah".
        weights = [0.35 * len(word) if _role(word) in {"side", "part", "stop"} else len(word) for word in named]
        total = sum(weights)
        for length in range(len(named) - 1, 0, -1):
            for start in range(len(named) - length + 1):
                window = named[start : start + length]
                if sum(map(len, window)) >= 3 and any(not _role(word) for word in window):
                    left_out = 1 - sum(weights[start : start + length]) / total
                    if start and _role(named[start - 1]) == "part":
                        # Deir Talbiseh is another place than Talbiseh: the word before makes the name.
                        left_out = min(left_out + _FIRST_WORD, 1.0)
                    # A first word such as وادي that is left out is no part of the name any more.
                    yield replace(whole, words=window, left_out=round(left_out, 3), bare=whole.bare or start > 0)


def _role(word: str) -> str:
    term = generic_terms().get(fold_word(word))
    return term.role if term else ""


class _Bare(NamedTuple):
    """Words without what only tells a kind, the kinds that this hints at, and what it asks for (`kind_phrases.tsv`)."""

    words: Words
    kinds: frozenset[str] = frozenset()
    asks: str = ""


@lru_cache(maxsize=4096)
def without_generics(words: Words) -> _Bare:
    """Words without the kind words, stop words and phrases around them; as they are where nothing else would remain."""
    folded = tuple(map(fold_word, words))
    if not (folded and (_may_be_generic(folded[0]) or _may_be_generic(folded[-1]))):
        return _Bare(words)
    start, end, kinds, asked = 0, len(words), set[str](), set[str]()
    while start < end:
        taken = _generic_end(folded, start, end, kinds, asked)
        if taken:
            end -= taken
            continue
        taken = _generic_start(folded, start, end, kinds, asked)
        if not taken:
            break
        start += taken
    if start == end:
        return _Bare(words)
    # A phrase says what it asks for; where none does, the kinds do.
    asked.add(_asked_by(kinds))
    asks = next((asks for asks in ("camp", "facility", "part", "site") if asks in asked), "")
    return _Bare(words[start:end], frozenset(kinds), asks)


def _may_be_generic(folded: str) -> bool:
    """Whether a folded word can begin or end what only tells a kind. Cheap, and few words of names can."""
    return folded in _edge_words() or (folded.endswith("ah") and f"{folded[:-1]}t" in _edge_words())


@cache
def _edge_words() -> frozenset[str]:
    """The first and last folded words of all that only tells a kind."""
    of_phrases = (word for words in kind_phrases() for word in (words[0], words[-1]))
    terms = (word for word, term in generic_terms().items() if term.role in {"kind", "stop"})
    return frozenset((*of_phrases, *terms))


def without_kinds(words: Words) -> Words:
    """Words without the kind words and stop words around them, phrases kept; as they are where nothing would remain."""
    start, end = 0, len(words)
    while start < end and _role(words[end - 1]) in {"kind", "stop"}:
        end -= 1
    while start < end and _role(words[start]) in {"kind", "stop"}:
        start += 1
    return words[start:end] or words


def _generic_start(folded: Words, start: int, end: int, kinds: set[str], asked: set[str]) -> int:
    """How many of the first words only tell a kind."""
    for length in range(min(_LONGEST_PHRASE, end - start), 0, -1):
        if _take(folded[start : start + length], kinds, asked):
            return length
    # Before a name a word of kind has its t, which plain words lose: Mazra'at X, and not al-Mazra'ah.
    is_construct = end - start > 1 and folded[start].endswith("ah")
    return int(is_construct and _take((f"{folded[start][:-1]}t",), kinds, asked))


def _generic_end(folded: Words, start: int, end: int, kinds: set[str], asked: set[str]) -> int:
    """How many of the last words only tell a kind."""
    for length in range(min(_LONGEST_PHRASE, end - start), 0, -1):
        if _take(folded[end - length : end], kinds, asked):
            return length
    return 0


def _take(words: Words, kinds: set[str], asked: set[str]) -> bool:
    """Whether words are a kind phrase or a generic word; notes what these say."""
    phrase = kind_phrases().get(words)
    if phrase is not None:
        kinds |= phrase.kinds
        asked.add(phrase.asks)
        return True
    if len(words) == 1 and _role(words[0]) in {"kind", "stop"}:
        kinds |= generic_terms()[words[0]].kinds
        return True
    return False


def _asked_by(kinds: Set[str]) -> str:
    """What kinds ask for where no phrase says it: a camp, or something built in a place."""
    groups = {get_kind(kind).group for kind in kinds}
    if groups & {"facility", "transport", "military"} and "camp" not in groups:
        return "facility"
    return next((group for group in ("camp", "site") if group in groups), "")


def has_camp_word(words: Words) -> bool:
    """Whether a word for a camp is among plain words."""
    return not _camp_words().isdisjoint(map(fold_word, words))


@cache
def _camp_words() -> frozenset[str]:
    return frozenset(word for word, term in generic_terms().items() if "camp" in term.kinds)


def _part_kinds(words: Words) -> frozenset[str]:
    """Kinds that a first word which is part of the name still hints at (جبل, Wadi)."""
    term = generic_terms().get(fold_word(words[0])) if words else None
    return term.kinds if term and term.kinds.isdisjoint({"village"}) else frozenset()


_ROLES = {"comma": "comma", "dash": "comma", "nested": "comma", "colon": "colon", "bracket": "bracket"}
_ROLES |= {"slash": "either", "and": "either", "near": "beside", "in": "beside", "space": "beside"}
"""What a sign makes of the segment behind it."""


@lru_cache(maxsize=4096)
def parse_query(text: str) -> ParsedQuery:
    """Check a question and cut it into segments.

    Raises:
        QueryError: nothing in it can be a name; says why.
    """
    check_question(text)
    return query_of_parts(cut_cell(text), text)


def query_of_parts(parts: Sequence[Part], text: str, *, is_one_place: bool = False) -> ParsedQuery:
    """The question that asks for any of the parts of a cell; those without a name in them are ignored.

    Raises:
        QueryError: none of them can be a name.
    """
    named = [part for part in parts if any(map(str.isalpha, part.text)) and not is_bare_article(part.text)]
    if not named:
        raise QueryError(f"no name in {quote(text)}: there is nothing but an article or signs")
    roles = ["first", *(_ROLES.get(part.sign, "comma") for part in named[1:])]
    texts = [part.text for part in named]
    return ParsedQuery(
        text,
        tuple(zip(roles, texts, strict=True)),
        is_one_place,
        tuple(map(plain_words, texts)),
        tuple(map(count_articles, texts)),
    )
