"""One way to read a question: the words that are taken for the name, and the keys by which the index is asked for them.

Each key is made when a stage of the search first asks for it: most questions are answered before the later ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from buldan.lookup.bare_words import get_generic_role
from buldan.text import Words, derive_skeletons, encode_sounds, make_plain_key, transcribe_words

__all__ = ["QueryReading"]


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
        is_headless: whether a first word that forms names is among what it does not use (Deir Talbiseh, Umm Raqqa).
        own_share: what share of its sounds the first segment has, where it takes several segments for one name.
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
    is_headless: bool = False
    own_share: float = 1.0

    def __hash__(self) -> int:
        # Readings of one question seldom have the same words; the other fields need not be hashed.
        return hash(self.words)

    @cached_property
    def plain(self) -> str:
        """The key of folded words."""
        return make_plain_key(self.words)

    @cached_property
    def sounds(self) -> str:
        """The phonemes."""
        return transcribe_words(self.words)

    @cached_property
    def own_sounds(self) -> int:
        """How many sounds its words have, those that only tell a kind left out; at least one.

        A name is not the more alike for a "neighbourhood" or a مدينة that it shares with another.
        """
        own = tuple(word for word in self.words if get_generic_role(word) not in {"kind", "stop"})
        return len(transcribe_words(own or self.words)) or 1

    @cached_property
    def encoded(self) -> bytes:
        """The phonemes as the index has them."""
        return encode_sounds(self.sounds)

    @cached_property
    def skeletons(self) -> tuple[str, ...]:
        """The consonant keys."""
        return derive_skeletons(self.words)
