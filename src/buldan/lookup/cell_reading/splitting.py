"""Split a part that has no punctuation: beside the name of a governorate, and between two other names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from buldan.index import Index, Rule
from buldan.lookup.bare_words import is_first_word_alone, strip_kind_words
from buldan.lookup.cell_reading.classes import PartClassifier
from buldan.lookup.cell_reading.generic_words import has_own_word, is_without_name
from buldan.lookup.cells import Part
from buldan.lookup.clinging import LEAST_CLAD, iter_without_clitics
from buldan.lookup.units import UnitReader
from buldan.text import (
    Words,
    derive_plain_key,
    find_words,
    fold_word,
    split_folded_words,
    split_plain_words,
)

__all__ = ["PartSplitter"]

_MOST_UNIT_WORDS = 4
"""Maximum words of a governorate's name that stands beside another name without punctuation."""

_JOINING_CLITICS = {"و": "and", "ب": "in"}
"""Clitics that join a second name to the first, and the sign that each stands for."""

_HOLDING = frozenset({"governorate", "unit"})
"""Classes of parts that may contain a place of unknown name."""

_LEAST_CHAIN = 3
"""Minimum words of a chain of two units and a name without punctuation."""

_TRIMMED = " -.،,"
"""Characters to strip from the ends of a text that was cut at a space."""


class PartSplitter:
    """Splits parts over one index."""

    def __init__(self, index: Index, units: UnitReader, classifier: PartClassifier) -> None:
        self._index, self._units, self._named, self._classifier = index, units, units.named, classifier
        self.may_be_split = lru_cache(maxsize=1024)(self._may_be_split)  # units come again from cell to cell

    def split(self, part: Part) -> Iterator[Part]:
        """The pieces of a part: cut beside the name of a governorate or the country, or between two other names."""
        if not self.may_be_split(part.text):
            yield part
            return
        tokens = find_words(part.text)
        if len(tokens) < 2 or part.level in {"district", "sub-district"} or self.is_name_or_clad(part.text):
            yield part
            return
        if cut := self._cut_at_wide_unit(part, tokens):
            if len(cut) == 1:
                yield part
                return
            for piece in cut:
                yield from self.split(piece)
            return
        meeting = self._find_meeting(part.text, [begin for begin, _ in tokens[1:]])
        if meeting is None:
            yield part
            return
        left, right, sign = meeting
        yield part._replace(text=left, name=left)
        yield from self.split(Part(right, sign, name=right))

    def _cut_at_wide_unit(self, part: Part, tokens: Sequence[tuple[int, int]]) -> list[Part]:
        """The pieces of a part that begins or ends with the (longest) name of a governorate or the country.

        The part itself if only a word of kind stands beside that name (rural Al-Hasakeh); empty without such a name.
        """
        for length in range(min(_MOST_UNIT_WORDS, len(tokens) - 1), 0, -1):
            at_end, at_begin = tokens[-length][0], tokens[length - 1][1]
            for at, unit in ((at_end, 1), (at_begin, 0)):
                sides = (part.text[:at].strip(_TRIMMED), part.text[at:].strip(_TRIMMED))
                other = 1 - unit
                if not self._units.get_widest_class(derive_plain_key(sides[unit])) or is_first_word_alone(
                    sides[unit], split_plain_words(sides[unit])
                ):
                    continue
                if is_without_name(sides[other]):
                    return [part]
                cut = [part._replace(text=side, name=side) for side in sides]
                cut[1] = self._without_joining_clitic(cut[1])
                cut[other] = cut[other]._replace(level="")
                if chain := self._find_chain(sides[other]):
                    first = cut[other]._replace(text=chain[0], name=chain[0])
                    cut[other : other + 1] = [first, *(Part(text, "space", name=text) for text in chain[1:])]
                return cut
        return []

    def _may_be_split(self, text: str) -> bool:
        """Whether a text may begin or end with the name of a governorate or the country, or may be two names."""
        words = split_folded_words(text)
        if len(words) < 2:
            return False
        if any(word[0] in _JOINING_CLITICS for word in words[1:]) or self._may_meet(words):
            return True
        widest = self._units.get_widest_class
        longest = min(_MOST_UNIT_WORDS, len(words) - 1)
        return any(
            widest("".join(words[:length])) or widest("".join(words[-length:])) for length in range(1, longest + 1)
        )

    def _may_meet(self, words: Words) -> bool:
        """Whether folded words are two stored names but not one. Cheap, as it is asked for every name."""
        find = self._index.plain.find
        return not find("".join(words), 1) and any(
            find("".join(words[:at]), 1) and find("".join(words[at:]), 1) for at in range(1, len(words))
        )

    def is_name_or_clad(self, text: str) -> bool:
        """Whether a text is one stored name, a clitic before its first word aside: لمعبد السويداء."""
        is_name = self._named.is_name
        return is_name(text) or any(
            is_name(" ".join(words)) for *_, words in iter_without_clitics(split_plain_words(text))
        )

    def _without_joining_clitic(self, part: Part) -> Part:
        """The second of two names, without the و that joins it to the first: الرقة ودير الزور."""
        first, bare = fold_word(part.text.split(maxsplit=1)[0]), part.text[1:]
        is_joined = len(first) > LEAST_CLAD and _JOINING_CLITICS.get(first[0]) == "and"
        if not (is_joined and (self._named.is_name(bare) or self._is_list(bare))) or self._named.is_name(part.text):
            return part._replace(sign="space")
        return part._replace(text=bare, name=bare, sign="and")

    def _find_chain(self, text: str) -> list[str]:
        """The units and the name in a text beside a governorate, without punctuation: السفيرة الحاجب رسم شوكان.

        In the order of the text; the widest unit may come first or last. Empty if it is one name or no such chain.
        """
        begins = [begin for begin, _ in find_words(text)[1:]]
        if len(begins) < _LEAST_CHAIN - 1 or self.is_name_or_clad(text):
            return []
        return self._find_chain_from_end(text, is_wide_first=True) or self._find_chain_from_end(
            text, is_wide_first=False
        )

    def _find_chain_from_end(self, text: str, *, is_wide_first: bool) -> list[str]:
        """The longest chain of units, each of which holds the next and the name at the end, in one direction."""
        for begin, _ in find_words(text)[1:]:
            left, right = text[:begin].strip(_TRIMMED), text[begin:].strip(_TRIMMED)
            unit, rest = (left, right) if is_wide_first else (right, left)
            if not (has_own_word(unit) and self._named.is_name(unit) and self._units.classify(unit) == "unit"):
                continue
            chain = self._find_chain_from_end(rest, is_wide_first=is_wide_first)
            name = (chain[-1] if is_wide_first else chain[0]) if chain else rest
            if has_own_word(name) and self._units.holds(unit, name):
                chain = chain or [rest]
                return [unit, *chain] if is_wide_first else [*chain, unit]
        return []

    def _find_meeting(self, text: str, begins: Sequence[int]) -> tuple[str, str, str] | None:
        """The first two names without punctuation between them, and the sign that stands for the gap; None without.

        A و before the second name joins them; a ب says where the first lies. Two names with only a space between are
        names of one place (Kobani Ain al-Arab), or a place and its unit or region (Mayadin Quriyeh).
        """
        is_name = self._named.is_name
        for begin in begins:
            left, right = text[:begin].strip(_TRIMMED), text[begin:].strip(_TRIMMED)
            first, bare = fold_word(right.split(maxsplit=1)[0]), right[1:]
            if len(first) > LEAST_CLAD and first[0] in _JOINING_CLITICS and not is_name(right, most=Rule.ATTESTED):
                sign, is_known = _JOINING_CLITICS[first[0]], self._is_name_of_kind(left)
                is_held = self._units.classify(bare) in _HOLDING or self._classifier.classify_by_word(left)
                is_there = sign == "in" and is_held
                if (is_name(bare) and (is_known or is_there)) or (is_known and sign == "and" and self._is_list(bare)):
                    return left, bare, sign
            elif all(is_name(name) and has_own_word(name) for name in (left, right)):
                if derive_plain_key(left) == derive_plain_key(right):
                    continue
                if not set(self._named.find_exact(left)).isdisjoint(self._named.find_exact(right)):
                    return left, right, "slash"
                if self._is_place_of(left, right) or self._is_place_of(right, left):
                    return left, right, "space"
        return None

    def _is_name_of_kind(self, text: str) -> bool:
        """Whether a text is a stored name, a word of kind before it aside: بلدتي تسيل."""
        return self._named.is_name(text) or self._named.is_name(" ".join(strip_kind_words(split_plain_words(text))))

    def _is_list(self, text: str) -> bool:
        """Whether a text is two or more names joined by و: تلبيسة وتدمر."""
        meeting = self._find_meeting(text, [begin for begin, _ in find_words(text)[1:]])
        return meeting is not None and meeting[2] == "and"

    def _is_place_of(self, where: str, name: str) -> bool:
        """Whether the first name is a region, or a unit that contains a place of the second name."""
        return self._units.classify(where) == "region" or self._units.holds(where, name)
