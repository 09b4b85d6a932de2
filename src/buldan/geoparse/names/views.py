"""What the compiled loops read of a text, of names and of cues: views of arrays, taken once.

To take a view of an array costs as much as a loop over the few hits of a short text. So they are kept with what they
are of, and handed over together. Compiled where it can be, see `hatch_build.py`.
"""

from __future__ import annotations

from typing import Any

from buldan.geoparse.document.letter_case import classify_lines
from buldan.geoparse.document.words import TextViews
from buldan.geoparse.names.hit_rows import FIRST
from buldan.thresholds import WELL_KNOWN

__all__ = ["CliticViews", "CueViews", "HitViews", "NameViews", "WordViews"]

_FIRST = FIRST

_WELL_KNOWN = WELL_KNOWN
"""Salience from which on a place of Syria is meant whatever it shares its name with abroad."""


class HitViews:
    """View of the table of `Hits`: by row, name, first and last word, begin, end, clitic, whether it joins; by hit."""

    def __init__(self, table: Any) -> None:
        self.table = table

    def find_end(self, begin: int, last: int) -> int:
        """The hit behind the last of a passage whose first hit is `begin` and whose words end before `last`."""
        end = begin
        while end < self.table.shape[1] and self.table[_FIRST, end] < last:
            end += 1
        return end


class CliticViews:
    """What may stand before a name in its word, by code point.

    Args:
        clitic_of: the clitic that it is, 0 for none.
        joins: whether it adds to what came before.
        spoken: the clitic that stands before the article, what everybody knows and what is no other word alone (عالشام,
            عحرستا, عبسنادا).
        adds: the clitic و, "and".
    """

    def __init__(self, clitic_of: Any, joins: Any, spoken: int, adds: int) -> None:
        self.clitic_of, self.joins, self.spoken, self.adds = clitic_of, joins, spoken, adds


class WordViews:
    """Views of the words of some passages and of their letters; see `Flat` and `Words`.

    Args:
        text: of the text.
        passages: the word at which each begins; one more, the number of words.
        numbers: room for four numbers by word: its number, its cue, bits of what it is (`WordClass`), and its number
            within names; filled by those who know words (`KnownWords`), with how `common` each known word is.
        case: room by word for how its line is written (`LetterCase`), and whether it begins with a capital that
            tells; filled.
    """

    def __init__(self, text: TextViews, passages: Any, numbers: Any, case: Any) -> None:
        self.passages = passages
        self.common: Any = None
        self._take_text(text)
        self._divide_room(numbers, case)
        classify_lines(text, self.case, self.capital)

    def _take_text(self, text: TextViews) -> None:
        """Take what is known of the text."""
        self.gap, self.starts, self.hashes = text.gap, text.starts, text.hashes
        self.codes, self.original, self.offsets = text.codes, text.original, text.offsets

    def _divide_room(self, numbers: Any, case: Any) -> None:
        """Part the room among what it is for."""
        count = len(self.hashes)
        self.number, self.cue = numbers[:count], numbers[count : 2 * count]
        self.classes, self.piece = numbers[2 * count : 3 * count], numbers[3 * count :]
        self.case, self.capital = case[:count], case[count:]


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
        self.roles, self.kinds, self.other_sense_roles = masks
        self.salience, self.zipf = measures

    def is_only_abroad(self, name: int) -> bool:
        """Whether a name is that of a place abroad, and of no well-known one in Syria."""
        abroad: bool = self.foreign[name] != 0 and self.salience[name] < _WELL_KNOWN
        return abroad


class CueViews:
    """Views of `Cues`: by cue, roles and the number of their set, what it asks for beside it or behind its colon.

    And the facility that it names, and whether it asks of several.
    """

    def __init__(
        self, roles: Any, role_set: Any, before: Any, after: Any, announced: Any, facility: Any, many: Any
    ) -> None:
        self.roles, self.role_set, self.before, self.after = roles, role_set, before, after
        self.announced, self.facility, self.many = announced, facility, many
