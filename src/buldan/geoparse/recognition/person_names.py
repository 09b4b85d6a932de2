"""Whether a Latin name is the name of a person: behind a title or a given name, or written as persons are.

Compiled where it can be, see `hatch_build.py`.
"""

from __future__ import annotations

from buldan.geoparse.document.flat import Gap
from buldan.geoparse.names.cues import encode_roles
from buldan.geoparse.names.views import WordViews
from buldan.geoparse.names.word_classes import WordClass
from buldan.geoparse.recognition.original_letters import OriginalLetters

__all__ = ["PersonNames"]

_LONGEST_AGE = 3
"""Figures of a person's age, at most."""

_COMMA, _BRACKET = int(Gap.COMMA), int(Gap.BRACKET)
"""Gaps (`buldan.geoparse.document.flat.Gap`)."""

_BEFORE_NAME = encode_roles("kin", "given", "title", "befalling")
_KIN, _TITLE, _PARTY = encode_roles("kin"), encode_roles("title"), encode_roles("party of a case")

_FIGURE = int(WordClass.FIGURE)


class PersonNames:
    """What shows that some Latin words of a text are the name of a person.

    Args:
        words: views of the words of the text.
        letters: of the original.
    """

    def __init__(self, words: WordViews, letters: OriginalLetters) -> None:
        self._words, self._letters = words, letters

    def is_introduced(self, first: int, roles: int, roles2: int, roles_behind: int) -> bool:
        """Whether the words beside a name say that it is a person's: a title, a given name, the party of a case.

        `first` is the first word of the name; `roles`, `roles2` and `roles_behind` are the bits of the roles of the
        word before it, of the one before that, and of the word behind it.
        """
        titled = roles & _BEFORE_NAME != 0 and self._letters.begins_with_capital(first - 1)
        # A given name between, which no list holds: Dr. Endrik Hama.
        given = roles == 0 and roles2 & _TITLE != 0 and self._letters.begins_with_capital(first - 1)
        titled = titled or (given and self._letters.begins_with_capital(first - 2))
        return titled or roles & _KIN != 0 or (roles | roles_behind) & _PARTY != 0

    def is_written_so(self, first: int, last: int, first_word: int, stop: int) -> bool:
        """Whether an age, an initial or another name in brackets makes a person of the name of words `first` to `last`.

        "Hind Damascus, 77, of Allentown", "Raymond J. Hama", "Elsie (Hadid) Tartous". The words of the passage are
        `first_word` to `stop` (`last` and `stop` are outside).
        """
        if last < stop and self._words.gap[last] == _COMMA and self._words.gap[last + 1] >= _COMMA:
            figures = self._words.starts[last + 1] - 1 - self._words.starts[last]
            if self._words.classes[last] & _FIGURE and figures <= _LONGEST_AGE:
                return True
        if first - 2 < first_word or not self._letters.begins_with_capital(first - 2):
            return False
        initial = self._words.gap[first] < _COMMA and self._words.starts[first] - 1 - self._words.starts[first - 1] == 1
        bracketed = self._words.gap[first] == _BRACKET and self._words.gap[first - 1] == _BRACKET
        return (initial or bracketed) and self._letters.begins_with_capital(first - 1)
