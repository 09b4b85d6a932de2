"""What the compiled loops read of a text, of names and of cues: views of arrays, taken once.

To take a view of an array costs as much as a loop over the few hits of a short text. So they are kept with what they
are of, and handed over together. Compiled where it can be, see `hatch_build.py`.
"""

from __future__ import annotations

from typing import Any

__all__ = ["CueViews", "HitViews", "NameViews", "WordViews"]


class HitViews:
    """View of the table of `Hits`: by row, name, first and last word, begin, end, clitic, whether it joins; by hit."""

    def __init__(self, table: Any) -> None:
        self.table = table


class WordViews:
    """Views of the words of some passages and of their letters; see `Flat` and `Words`.

    Args:
        by_passage: the word at which each begins; one more, the number of words.
        by_word: the gap before it (one more, behind the last), where it begins in the flat text (one more, the end),
            its cue, bits of what it is (`WordClass`), how common it is, and how its line is written (`LetterCase`).
        letters: code points of the flat text and of the original, and where in the original each of the first stands.
    """

    def __init__(self, by_passage: Any, by_word: tuple[Any, ...], letters: tuple[Any, ...]) -> None:
        self.passages = by_passage
        self.gap, self.starts, self.cue, self.classes, self.common, self.case = by_word
        self.codes, self.original, self.offsets = letters


class NameViews:
    """Views of a `NameTable`: see there.

    Args:
        places: where the places of each name begin, one more, the end; their rows, the form and the share of each.
        numbers: of each name in the vocabulary, and the letters in front of it that are not of it.
        flags: by name, bytes.
        masks: by name, bits of roles, of kinds, and of roles that tell of its other sense.
        measures: by name, salience and Zipf value.
    """

    def __init__(
        self,
        places: tuple[Any, ...],
        numbers: tuple[Any, ...],
        flags: tuple[Any, ...],
        masks: tuple[Any, ...],
        measures: tuple[Any, ...],
    ) -> None:
        self.first, self.places, self.form_by_place, self.share = places
        self.number, self.clitic_length = numbers
        self.form, self.foreign, self.person, self.is_not_place, self.teh, *more = flags
        self.historical, self.namesake, self.sense, self.only_place = more
        self.roles, self.kinds, self.told_by = masks
        self.salience, self.zipf = measures


class CueViews:
    """Views of `Cues`: by cue, roles and the number of their set, what it asks for beside it or behind its colon.

    And the facility that it names, and whether it asks of several.
    """

    def __init__(
        self, roles: Any, role_set: Any, before: Any, after: Any, announced: Any, facility: Any, many: Any
    ) -> None:
        self.roles, self.role_set, self.before, self.after = roles, role_set, before, after
        self.announced, self.facility, self.many = announced, facility, many
