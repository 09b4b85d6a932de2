"""The ways to read a question: which of its words are the name, and which only describe it.

"Nawa (Daraa)", "the villages of Burj Sabna and Abu Tina", "Silos east of Palmyra/Tadmur": separators and
connecting words cut the question into segments. Any segment may be the name; the others are then its context.
Generic words around a name are removed and kept as hints of its kind; other words may be left out at a cost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache

from buldan.errors import QueryError
from buldan.kinds import ADMIN_KINDS, SETTLEMENT_KINDS, get_kind
from buldan.lookup.bare_words import (
    find_kinds_of_first,
    get_generic_role,
    list_hosts_of_kind,
    strip_generics,
    strip_kind_words,
)
from buldan.lookup.cells import Part, cut_cell, may_hold_name
from buldan.lookup.checks import check_question, quote
from buldan.lookup.clinging import LEAST_CLAD, iter_mended_articles, iter_without_clitics
from buldan.lookup.plain_names import is_plain_name
from buldan.lookup.query_reading import QueryReading
from buldan.text import (
    Words,
    count_articles,
    fold,
    fold_word,
    is_forming_word,
    load_generic_terms,
    restore_last_word,
    split_plain_words,
    strip_stop_words,
    transcribe_words,
)

__all__ = [
    "ParsedQuery",
    "make_query",
    "parse_query",
]

_MOST_WORDS = 7
"""Maximum words of a segment whose parts are searched."""

_JOINED_ARTICLE = re.compile(r"(?<=\w{2})ال(?=\w{3})")
"""An Arabic article inside a word, where a space is missing: الحجرالأسود, ديرالزور."""

_FIRST_WORD = 0.4
"""Added to `left_out` if a first word that forms names (Deir, Tell) is left out."""

_MOUNTAIN = frozenset({"mountain"})

_LESSER_SETTLEMENTS = frozenset(SETTLEMENT_KINDS[:2])
"""Kinds of settlements whose names may begin with a word for another kind."""

_OUTER_KINDS = _LESSER_SETTLEMENTS.union(ADMIN_KINDS)
"""Kinds whose word may stand beside a name that begins with a word of kind itself."""


class ParsedQuery:
    """A question cut into segments, any of which may be the name.

    Attributes:
        text: the original text.
        segments: (role, text) of each, in order.
        is_one_place: whether all segments are spellings of one place, so that none is context of another.
        plain_readings: the whole question as one name, and each segment with and without the generic words around it.
    """

    def __init__(self, text: str, segments: tuple[tuple[str, str], ...], *, is_one_place: bool = False) -> None:
        self.text, self.segments, self.is_one_place = text, segments, is_one_place
        self._words = [split_plain_words(segment) for _, segment in segments]
        self._articles = [count_articles(segment) for _, segment in segments]
        self.plain_readings = self._read_plainly()  # read at once, as each search begins with these

    def get_context(self, segment: int) -> tuple[str, ...]:
        """The other segments that can say where this one is."""
        if self.is_one_place:
            return ()
        if self.segments[segment][0] == "either":
            return tuple(text for role, text in self.segments if role not in {"first", "either"})
        return tuple(text for at, (role, text) in enumerate(self.segments) if at != segment and role != "either")

    def _read_plainly(self) -> Sequence[QueryReading]:
        found = [reading for at in range(len(self.segments)) for reading in self._iter_whole(at)]
        if len(self.segments) > 1 and not self.is_one_place:
            found.append(self._read_as_one_name())
        return list(dict.fromkeys(found)) if len(found) > 1 else found

    @cached_property
    def clitic_readings(self) -> tuple[QueryReading, ...]:
        """Each segment without first letters that may be clitics."""
        found = (reading for at in range(len(self.segments)) for reading in self._iter_without_clitics(at))
        return tuple(reading for reading in dict.fromkeys(found) if reading not in self.plain_readings)

    @cached_property
    def part_readings(self) -> tuple[QueryReading, ...]:
        """Parts of each segment: some of its words are left out."""
        found = (reading for at in range(len(self.segments)) for reading in self._iter_parts(at))
        return tuple(reading for reading in dict.fromkeys(found) if reading not in self.plain_readings)

    @cached_property
    def mended_readings(self) -> tuple[QueryReading, ...]:
        """The plain readings without a mistyped Arabic article."""
        return tuple(
            reading._replace(words=words, articles=reading.articles + 1)
            for reading in self.plain_readings
            for words in iter_mended_articles(reading.words)
        )

    def _read_as_one_name(self) -> QueryReading:
        """All segments as one name; `own_share` limits what the other segments, perhaps units, add to a match."""
        words = split_plain_words(self.text)
        own_share = len(transcribe_words(self._words[0])) / (len(transcribe_words(words)) or 1)
        return QueryReading(words, "first", articles=count_articles(self.text), own_share=min(own_share, 1.0))

    def _iter_whole(self, at: int) -> Iterator[QueryReading]:
        role, _ = self.segments[at]
        words = self._words[at]
        bare = strip_generics(words)
        hinted = bare.kinds or find_kinds_of_first(words)
        articles = self._articles[at]
        yield QueryReading(words, role, kinds=hinted, segment=at, articles=articles)
        is_bare = bare.words != words
        if not is_bare and len(words) > 1 and not _find_kinds_of_word(words[0]).isdisjoint(_LESSER_SETTLEMENTS):
            # All its words are words of kind: قرية الحارة is the village called الحارة.
            yield QueryReading(words[1:], role, kinds=hinted, segment=at, articles=articles)
        if is_bare:
            bare = bare._replace(words=restore_last_word(bare.words, self.segments[at][1]))
            kindless = restore_last_word(strip_kind_words(words), self.segments[at][1])
            if kindless not in {words, bare.words}:
                # Eastern Tal Battal village: "eastern" may be part of the name, the word of kind is not.
                yield QueryReading(kindless, role, kinds=hinted, segment=at, articles=articles)
            yield from (
                QueryReading(named, role, kinds=generic_kinds, segment=at, articles=articles)
                for named, generic_kinds in _iter_within_kind(words)
                if named not in {bare.words, kindless}
            )
            yield from (
                QueryReading(
                    host.words, role, kinds=host.kinds, segment=at, articles=articles, bare=True, asks=host.asks
                )
                for host in list_hosts_of_kind(words)
                if host.words not in {bare.words, kindless}
            )
            yield QueryReading(bare.words, role, kinds=hinted, segment=at, articles=articles, bare=True, asks=bare.asks)
        opened = tuple(_JOINED_ARTICLE.sub("", word) if "ال" in word else word for word in bare.words)
        if opened != bare.words:
            yield QueryReading(
                opened, role, kinds=hinted, segment=at, articles=articles + 1, bare=is_bare, asks=bare.asks
            )

    def _iter_without_clitics(self, at: int) -> Iterator[QueryReading]:
        bare = strip_generics(self._words[at])
        articles = self._articles[at]
        whole = QueryReading(
            bare.words, self.segments[at][0], kinds=bare.kinds or find_kinds_of_first(bare.words), segment=at
        )
        whole = whole._replace(bare=bare.words != self._words[at])
        for clitic, article, words in iter_without_clitics(bare.words):
            taken = whole._replace(
                words=words, clitic=clitic, clitic_article=article, articles=articles + article, asks=bare.asks
            )
            # The clitic may hide a word of kind: بحقل العمر asks for a field.
            unclad = strip_generics(words)
            yield taken._replace(kinds=taken.kinds or unclad.kinds)
            if unclad.words != words:
                yield taken._replace(words=unclad.words, kinds=unclad.kinds, asks=unclad.asks, bare=True)
        yield from self._iter_listed(at)

    def _iter_listed(self, at: int) -> Iterator[QueryReading]:
        """The two names of a segment joined by a و before the second one: سقبا وحمورية."""
        role, words = self.segments[at][0], self._words[at]
        for position in range(1, len(words)):
            word = fold_word(words[position])
            # After an article the و belongs to the name: جب الوهابة.
            is_clad = word.startswith("و") and len(word) > LEAST_CLAD
            if position == 1 and _is_generic_or_forming(words[0]) and not count_articles(self.segments[at][1]):
                continue  # تل وليد begins with تل, and does not list it
            if is_clad and f"ال{word}" not in fold(self.segments[at][1]).split():
                following = (split_plain_words(word[1:])[0], *words[position + 1 :])
                before, behind = self.segments[at][1], word[1:]
                for listed, part_role, text in ((words[:position], role, before), (following, "listed", behind)):
                    bare = strip_generics(listed)
                    yield QueryReading(
                        bare.words,
                        part_role,
                        kinds=bare.kinds,
                        asks=bare.asks,
                        segment=at,
                        articles=count_articles(text),
                        bare=bare.words != listed,
                    )

    def _iter_parts(self, at: int) -> Iterator[QueryReading]:
        words = self._words[at]
        bare = strip_generics(words)
        named = bare.words
        if not 1 < len(named) <= _MOST_WORDS:
            return
        whole = QueryReading(named, self.segments[at][0], kinds=bare.kinds or find_kinds_of_first(named), segment=at)
        whole = whole._replace(articles=self._articles[at], bare=named != words, asks=bare.asks)
        # A word that many names have counts a third of its letters when left out: "Eastern" less than "Ghariyah".
        weights = [
            0.35 * len(word) if get_generic_role(word) in {"side", "part", "stop"} else len(word) for word in named
        ]
        total = sum(weights)
        for length in range(len(named) - 1, 0, -1):
            for start in range(len(named) - length + 1):
                window = named[start : start + length]
                if sum(map(len, window)) >= 3 and not all(map(_is_generic_or_forming, window)):
                    left_out = 1 - sum(weights[start : start + length]) / total
                    is_headless = start > 0 and is_forming_word(fold_word(named[start - 1]))
                    if is_headless and find_kinds_of_first(named[start - 1 : start]) != _MOUNTAIN:
                        # Deir Talbiseh is another place than Talbiseh; a mountain lies mostly at the place of its name.
                        left_out = min(left_out + _FIRST_WORD, 1.0)
                    # Without its first word, such as وادي, the rest has lost a generic word: `bare`.
                    yield whole._replace(
                        words=window,
                        left_out=round(left_out, 3),
                        bare=whole.bare or start > 0,
                        is_headless=is_headless,
                        asks=whole.asks or _find_asked_by_last(named[start + length :]),
                    )


def _is_generic_or_forming(word: str) -> bool:
    """Whether a plain word is generic or mostly the first part of a name."""
    return bool(get_generic_role(word)) or is_forming_word(fold_word(word))


def _find_kinds_of_word(word: str) -> frozenset[str]:
    """The kinds that a word of kind stands for; empty for other words."""
    term = load_generic_terms().get(fold_word(word))
    return term.kinds if term is not None and term.role == "kind" else frozenset()


def _find_asked_by_last(left_out: Words) -> str:
    """`site` if the words left out after a name are words for a site: Harbal castle. Else empty."""
    kinds = frozenset().union(*(term.kinds for word in left_out if (term := load_generic_terms().get(fold_word(word)))))
    return "site" if kinds and all(get_kind(kind).group == "site" for kind in kinds) else ""


def _iter_within_kind(words: Words) -> Iterator[tuple[Words, frozenset[str]]]:
    """Names that begin with a word of kind, without the word for a settlement or unit beside them.

    The village of Mazraat Hilal, Jisr al-Shughur district.
    """
    for outer, named in ((words[:1], words[1:]), (words[-1:], words[:-1])):
        inner, kinds = strip_stop_words(named), _find_kinds_of_word(outer[0]) if outer else frozenset()
        if len(inner) > 1 and not kinds.isdisjoint(_OUTER_KINDS) and strip_generics(inner).words != inner:
            yield inner, kinds


_ROLES = {"comma": "comma", "dash": "comma", "nested": "comma", "colon": "colon", "bracket": "bracket"}
_ROLES |= {"slash": "either", "and": "either", "list": "either", "near": "beside", "in": "beside", "space": "beside"}
"""The role of the segment after a sign."""


@lru_cache(maxsize=4096)
def parse_query(text: str) -> ParsedQuery:
    """Check a question and cut it into segments.

    Raises:
        QueryError: nothing in it can be a name; the message says why.
    """
    if is_plain_name(text):
        return ParsedQuery(text, (("first", text),))
    check_question(text)
    return make_query(cut_cell(text), text)


def make_query(parts: Sequence[Part], text: str, *, is_one_place: bool = False) -> ParsedQuery:
    """The query for any of the parts of a cell; parts without a name are ignored.

    Raises:
        QueryError: none of them can be a name.
    """
    named = [part for part in parts if may_hold_name(part.text)]
    if not named:
        raise QueryError(f"no name in {quote(text)}: it has only an article or signs")
    roles = ["first", *(_ROLES.get(part.sign, "comma") for part in named[1:])]
    texts = [part.text for part in named]
    return ParsedQuery(text, tuple(zip(roles, texts, strict=True)), is_one_place=is_one_place)
