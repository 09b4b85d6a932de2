"""One way to read a question: the words taken as the name, and the keys that search the index for them.

Keys are computed when they are needed, as most searches end before the later stages; those of each word are kept.
"""

from __future__ import annotations

from typing import NamedTuple

from buldan.lookup.bare_words import get_generic_role
from buldan.text import Words, derive_skeletons, encode_sounds, make_plain_key, transcribe_words

__all__ = ["QueryReading"]


class QueryReading(NamedTuple):
    """One way to read a question.

    Attributes:
        words: the plain words taken as the name.
        role: the role of its segment in the question (`first`, `comma`, `bracket`, `either`, `beside` …).
        left_out: share of the segment's letters, generic words apart, that this reading does not use, 0..1.
        kinds: the kinds that generic words beside the name suggest.
        clitic: the letters removed from the first word, or empty.
        clitic_article: whether an article followed them.
        segment: number of the segment of the question that it reads.
        articles: number of articles in the segment.
        bare: whether generic words of the segment are left out.
        asks: what these words ask for: `camp`, `part`, `facility`, `site`, or empty.
        is_headless: whether it leaves out a first word that forms names (Deir Talbiseh, Umm Raqqa).
        own_share: if it takes several segments as one name, the first segment's share of the sounds, 0..1.
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
        # Readings of one question seldom have the same words, so hashing the words is enough.
        return hash(self.words)

    @property
    def plain(self) -> str:
        """The key of folded words."""
        return make_plain_key(self.words)

    @property
    def sounds(self) -> str:
        """The phonemes."""
        return transcribe_words(self.words)

    @property
    def own_sounds(self) -> int:
        """Number of sounds of its words, words of kind left out; at least 1.

        Two names are not more similar because both have "neighbourhood" or مدينة.
        """
        own = tuple(word for word in self.words if get_generic_role(word) not in {"kind", "stop"})
        return len(transcribe_words(own or self.words)) or 1

    @property
    def encoded(self) -> bytes:
        """The phonemes in the encoding of the index."""
        return encode_sounds(self.sounds)

    @property
    def skeletons(self) -> tuple[str, ...]:
        """The consonant keys."""
        return derive_skeletons(self.words)
