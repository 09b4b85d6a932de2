"""Arabic words that no name of the gazetteer covers, where a word before them promises a settlement.

What stands behind بلدة, قرية, حي, مدينة, مخيم and their like, and what goes on in the list behind their plurals. Arabic
has no capitals, so that without such a word only what begins as names do (تل, خربة, معرة) is taken.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from buldan.geoparse.document.flat import Gap
from buldan.geoparse.names.cues import Cues, encode_kinds
from buldan.geoparse.names.lexicon import load_word_senses
from buldan.geoparse.names.scan import Hits
from buldan.geoparse.names.views import CueViews, WordViews
from buldan.geoparse.names.word_classes import WordClass
from buldan.geoparse.recognition.unknown_names import BEGINS_NO_NAME, UnknownName
from buldan.text import load_joining_words

__all__ = ["iter_promised_words"]

_SPACE, _QUOTE, _COMMA = int(Gap.SPACE), int(Gap.QUOTE), int(Gap.COMMA)
_SETTLEMENTS = encode_kinds("city,town,village,neighbourhood,camp,site")
_SMALL = encode_kinds("town,village,neighbourhood,camp")


def iter_promised_words(hits: Hits, cues: Cues) -> Iterator[UnknownName]:
    """The word or two behind an Arabic word that asks for a settlement, where no name stands."""
    flat = hits.flat
    promised, begun = _list_promising(hits.words.views, cues.views)
    if not (promised or begun):
        return
    reach = _LongestNames(hits)
    yield from _iter_begun_runs(hits, begun, reach)
    for position in promised:
        # A plural ("villages") promises a list, of which each item may be unknown.
        if cues.many[hits.words.cue[position - 1]]:
            yield from _iter_listed_runs(hits, position, reach)
        elif position not in reach and _begins_name(hits, position, 0):
            yield UnknownName(position, position + 2)
        elif position not in reach and _may_be_name(hits, position, 0):
            # One word and two: which of them the name has is seen only when both are looked up.
            yield UnknownName(position, position + 1)
            following = position + 1
            if (
                following < len(flat.words)
                and flat.gap_list[following] == _SPACE
                and following not in reach
                and not flat.words[following].startswith("و")
                and _may_be_name(hits, following, 0)
            ):
                yield UnknownName(position, following + 1)


class _LongestNames:
    """How far the longest name reaches that begins at a word; sought for the few words that are asked about."""

    def __init__(self, hits: Hits) -> None:
        self._first, self._last = hits.first.data, hits.last.data

    def __contains__(self, word: int) -> bool:
        return self.get(word) > 0

    def get(self, word: int) -> int:
        """The word behind the name, 0 where none begins."""
        # Hits are in the order of the text, the longest of one beginning first.
        at = bisect_left(self._first, word)
        return self._last[at] if at < len(self._first) and self._first[at] == word else 0


def _list_promising(words: WordViews, cues: CueViews) -> tuple[list[int], list[int]]:
    """The words beside one that asks for a settlement and for no wider place; and those that begin names."""
    promised, begun = [], []
    for word in range(len(words.cue)):
        asked = cues.before[words.cue[word]]
        small = asked & _SMALL and not asked & ~_SETTLEMENTS
        if small and word + 1 < len(words.cue) and words.gap[word + 1] in (_SPACE, _QUOTE):
            promised.append(word + 1)
        if words.classes[word] & _BEGINNING:
            begun.append(word)
    return promised, begun


def _iter_begun_runs(hits: Hits, positions: Iterable[int], reach: _LongestNames) -> Iterator[UnknownName]:
    """Two words of which the first is one that begins names and means little else, wherever they stand: معرة نسرين."""
    for position in positions:
        following = position + 1
        # Where a name of the gazetteer is longer than the first word, it is known already.
        is_unknown = reach.get(position) <= following and following not in reach
        if is_unknown and _begins_name(hits, position, 0) and not hits.words.cue[following]:
            yield UnknownName(position, position + 2)


_BEGINNING = int(WordClass.BEGINNING)


def _iter_listed_runs(hits: Hits, position: int, reach: _LongestNames) -> Iterator[UnknownName]:
    """The unknown names of a list that begins at a word: قرى مرعناز والمالكية وشوارغة."""
    flat, begun = hits.flat, position
    while position < len(flat.words) and position - begun < _LONGEST_LIST:
        skip = int(position > begun and flat.words[position].startswith("و"))
        if position in reach:
            position = reach.get(position)
        elif _begins_name(hits, position, skip):
            yield UnknownName(position, position + 2, skip)
            position += 2
        elif _may_be_name(hits, position, skip):
            yield UnknownName(position, position + 1, skip)
            position += 1
        else:
            return
        if position >= len(flat.words) or flat.gap_list[position] > _COMMA:
            return
        if flat.gap_list[position] < _COMMA and not flat.words[position].startswith("و"):
            return
        position += flat.words[position] == "و"


_LONGEST_LIST = 60
"""Words of a list of places, at most: what a word promised sixty words ago is forgotten."""


def _begins_name(hits: Hits, position: int, skip: int) -> bool:
    """Whether a word, without its first `skip` letters (a clitic), is the first of a name of two: تل ورد, خربة شعير."""
    flat, following = hits.flat, position + 1
    return (
        flat.words[position][skip:] in load_joining_words("first")
        and following < len(flat.words)
        and flat.gap_list[following] == _SPACE
        and len(flat.words[following]) > 2
        and not flat.words[following].isascii()
    )


def _may_be_name(hits: Hits, position: int, skip: int) -> bool:
    """Whether a word, without its first `skip` letters, may be a name spelled otherwise: Arabic, long, no cue."""
    flat, word = hits.flat, hits.flat.words[position][skip:]
    if (
        hits.words.cue[position]
        or len(word) < 3
        or word.isascii()
        or word in BEGINS_NO_NAME
        or word in load_word_senses()
    ):
        return False
    # Tanwin (ـً) makes an adverb, which names nothing; the fold drops it.
    end = int(flat.offsets[flat.starts[position] + skip + len(word)])
    return "\u064b" not in flat.original[end - 3 : end]
