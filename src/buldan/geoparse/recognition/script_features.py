"""What the writing of a hit and of its neighbours says, which each script has in its own way.

Arabic has an article that adjectives take, too, and endings that make an adjective of a place; Latin script has
capitals, which tell a name from a word, and persons and bodies from places. Compiled where it can be, see
`hatch_build.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from buldan.geoparse.document.flat import Gap
from buldan.geoparse.names.cues import encode_kinds, encode_roles
from buldan.geoparse.names.hit_rows import CLITIC, CLITIC_BI, CLITIC_LI, END, FIRST, LAST, NAME, START
from buldan.geoparse.names.views import CueViews, HitViews, NameViews, WordViews
from buldan.geoparse.names.word_classes import WordClass
from buldan.geoparse.recognition.original_letters import OriginalLetters
from buldan.thresholds import WELL_KNOWN

__all__ = ["ARABIC_FEATURES", "LATIN_FEATURES", "ScriptFeatures"]

ARABIC_FEATURES = (
    "heh for teh",
    "spelled otherwise",
    "definite",
    "definite after definite",
    "nisba",
    "definite after definite, minor",
    "nisba after definite",
    "definite before definite",
    "definite before definite, minor",
    "indefinite before definite",
    "indefinite",
    "adjective behind a feminine",
    "a group of people, unpromised",
)
LATIN_FEATURES = (
    "latin",
    "latin:small",
    "latin:shouted",
    "latin:capital before",
    "latin:capital after",
    "latin:behind an article",
    "latin:of a body",
    "latin:sentence begins",
    "latin:common",
    "latin:one word",
    "latin:headline",
    "latin:small line",
    "latin:known for nothing else",
    "latin:behind a person's name",
)
"""The features of each script, in the order of their columns; those of Latin script come behind those of Arabic."""

_HEH_FOR_TEH, _LATIN = 0, len(ARABIC_FEATURES)
"""Columns, counted from the first of these features."""

_COMMON = 3.0
"""Zipf value of a common word."""

_MAJOR = WELL_KNOWN
"""Salience from which on a place is known to every reader: cities, governorates, well-known towns."""

_BODY_REACH = 4
"""Words behind a hit in which capitals may lead up to a word for a body."""

_RUNNING, _SMALL = 0, 3
"""How a line is written (`buldan.geoparse.document.letter_case.LetterCase`)."""

_SPACE, _HYPHEN, _COMMA, _STOP = int(Gap.SPACE), int(Gap.HYPHEN), int(Gap.COMMA), int(Gap.STOP)
"""Gaps (`buldan.geoparse.document.flat.Gap`)."""

_NAME, _FIRST, _LAST, _START, _END, _CLITIC = NAME, FIRST, LAST, START, END, CLITIC

_CLITIC_BI, _CLITIC_TO = CLITIC_BI, CLITIC_LI
"""Positions of ب and ل among the clitics of a hit."""

_COMMON_ADJECTIVE, _PLURAL = 3.5, 8
"""Zipf value of a common adjective, and letters of the shortest group of people: العائدين, those who return."""

_ALEF, _LAM, _YEH, _HEH, _NOON = map(ord, "اليهن")
_NOT_ASCII = 128
"""The first code point that is not ASCII."""

_OPENING = encode_roles("preposition", "direction", "countryside", "surroundings", "trigger", "article")
_BODY_ENDS, _LEGAL_FORM, _COUNTRY = (
    encode_roles("after organisation"),
    encode_roles("legal form"),
    encode_kinds("country"),
)
_ASKING = _OPENING | encode_roles("facility")
_EVENT, _LOOSE = encode_roles("event"), encode_roles("loose preposition")
_ARTICLE, _DEFINITE, _PERSONS_NAME = int(WordClass.ARTICLE), int(WordClass.DEFINITE), int(WordClass.PERSON)
_FEMININE = int(WordClass.FEMININE)


class ScriptFeatures:
    """The features of the hits of some passages that depend on the script. All arguments are views but `letters`.

    Args:
        hits: the table of hits.
        words: of the text.
        names, cues: all there are.
        letters: of the original.
        original: the text as given.
        is_spelled: whether Arabic letters are written as some name is; asked of those hits alone that are.
        row: of features, to be filled.
    """

    def __init__(
        self,
        hits: HitViews,
        words: WordViews,
        names: NameViews,
        cues: CueViews,
        letters: OriginalLetters,
        original: str,
        is_spelled: Callable[[str], bool],
        row: Any,
    ) -> None:
        self._letters, self._original, self._is_spelled, self._row = letters, original, is_spelled, row
        self._hits, self._words, self._names, self._cues = hits, words, names, cues

    def fill(
        self,
        hit: int,
        at: int,
        near: bool,
        after: bool,
        no_cue_before: bool,
        no_cue_after: bool,
        stop: int,
    ) -> None:
        """Fill in the features of a hit from column `at` on.

        `near` and `after` are whether a word stands beside it, before and behind, with no more than a space between;
        `no_cue` is where that word asks for no place; `stop` is where the words of its passage end.
        """
        if self.is_latin(hit):
            self._fill_latin(hit, at + _LATIN, near, after, no_cue_before, no_cue_after, stop)
        else:
            self._fill_arabic(hit, at, near, after)
        # The fold has ه and ة alike; who writes ه where the name has ة writes so throughout, or means another word.
        heh = self._letters.ends_in_heh(self._hits.table[_END, hit])
        self._row[at + _HEH_FOR_TEH] = heh and self._names.teh[self._hits.table[_NAME, hit]] != 0

    def is_latin(self, hit: int) -> bool:
        """Whether a hit is of Latin letters; the fold leaves them ASCII alone, so that one letter tells the script."""
        latin: bool = self._words.codes[self._hits.table[_START, hit]] < _NOT_ASCII
        return latin

    def _fill_arabic(self, hit: int, at: int, near: bool, after: bool) -> None:
        """Features of the Arabic article, of adjectives and of spelling."""
        first, last, end = self._hits.table[_FIRST, hit], self._hits.table[_LAST, hit], self._hits.table[_END, hit]
        start, minor = self._hits.table[_START, hit], self._names.salience[self._hits.table[_NAME, hit]] < _MAJOR
        definite = self._words.codes[start] == _ALEF and self._words.codes[start + 1] == _LAM
        one_word, final = last - first == 1, self._words.codes[end - 1]
        # The ending of an adjective made of a place, ـي or ـية: الحلبي, الحلبية.
        nisba = final == _YEH or (final == _HEH and self._words.codes[end - 2] == _YEH)
        # An adjective follows its noun in the article: two words with it beside each other are one phrase.
        behind_definite = near and self._words.classes[first - 1] & _DEFINITE != 0
        before_definite = after and self._words.classes[last] & _DEFINITE != 0
        # From here the Arabic columns, each with and without what is little known: of Damascus nobody doubts.
        # First where the original differs in letters that the fold does not tell apart: دأنا, الدانا. Not behind ل,
        # which takes the alef of the article away.
        self._row[at + 1] = self._hits.table[_CLITIC, hit] != _CLITIC_TO and not self._is_spelled(
            self._original[self._words.offsets[start] : self._words.offsets[end]]
        )
        self._row[at + 2] = definite and one_word
        self._row[at + 3] = definite and behind_definite
        self._row[at + 4] = nisba and one_word
        self._row[at + 5] = definite and behind_definite and minor
        self._row[at + 6] = nisba and definite and behind_definite
        self._row[at + 7] = definite and one_word and before_definite
        self._row[at + 8] = definite and one_word and before_definite and minor
        self._row[at + 9] = one_word and before_definite and not definite
        self._row[at + 10] = one_word and not definite
        # Both need a word before them.
        if not (one_word and near):
            return
        clitic, teh, before = (
            self._hits.table[_CLITIC, hit],
            self._names.teh[self._hits.table[_NAME, hit]] != 0,
            self._words.cue[first - 1],
        )
        # دولة أيوبية, احتجاجات سلمية: behind a noun of its gender and without the article it is an adjective; not ـاة,
        # with which none ends, nor behind a word that a place follows (بلدية سلمية).
        if not definite and clitic == 0 and teh and self._words.classes[first - 1] & _FEMININE:
            adjective = nisba or self._names.zipf[self._hits.table[_NAME, hit]] > _COMMON_ADJECTIVE
            # Of what is little known only a word that asks for it is heeded: إمارة أيوبية, بلدة عريقة.
            heeded = _ASKING if minor else ~_EVENT
            unasked = self._cues.roles[before] & heeded == 0 and self._words.codes[end - 2] != _ALEF
            self._row[at + 11] = adjective and unasked
        # باصات الموظفين, the buses of the employees: quarters called after people are asked for, or stand in a list.
        plural = definite and final == _NOON and self._words.codes[end - 2] == _YEH and end - start >= _PLURAL
        if plural and minor and after and clitic != _CLITIC_BI:
            self._row[at + 12] = self._cues.roles[before] & (_OPENING | _LOOSE) == 0

    def _fill_latin(
        self,
        hit: int,
        at: int,
        near: bool,
        after: bool,
        no_cue_before: bool,
        no_cue_after: bool,
        stop: int,
    ) -> None:
        """Features of Latin capitals."""
        first, last, name = self._hits.table[_FIRST, hit], self._hits.table[_LAST, hit], self._hits.table[_NAME, hit]
        capital = self._letters.is_capital(self._hits.table[_START, hit])
        # A capital tells a name from a word in running text alone; in a headline all words have one.
        running = self._words.case[first] == _RUNNING
        previous = first - 1
        if self._is_behind_article(first):
            # "Dar ar-Rahma Hospital" is not cut into "Rahma Hospital".
            previous, near = first - 2, self._words.gap[first - 1] == _SPACE
        capital_before = (
            near and running and self._letters.begins_with_capital(previous) and not self._opens_sentence(previous)
        )
        # The country in a title is the country: "Syria Situation Report".
        whole = self._names.kinds[name] & _COUNTRY != 0
        capital_after = after and running and not whole and self._letters.begins_with_capital(last)
        # Nor is "Bab el-Hawa" cut into "Bab".
        if after and running and not whole and self._is_before_article(last, stop):
            capital_after = self._letters.begins_with_capital(last + 1)
        beside = near and previous == first - 1
        # A large town is a place however common its word is (Homs, Hama are in word lists, too).
        common = self._names.zipf[name] - _COMMON if self._names.salience[name] < _MAJOR else 0.0
        self._row[at] = 1.0
        self._row[at + 1] = running and not capital
        self._row[at + 2] = running and capital and self._letters.is_capital(self._hits.table[_END, hit] - 1)
        self._row[at + 3] = capital_before and no_cue_before
        self._row[at + 4] = capital_after and no_cue_after
        self._row[at + 5] = beside and self._words.classes[first - 1] & _ARTICLE != 0
        self._row[at + 6] = capital_after and self._is_in_body(last, stop)
        self._row[at + 7] = self._words.gap[first] >= _STOP
        self._row[at + 8] = max(common, 0.0)
        self._row[at + 9] = last - first == 1
        self._row[at + 10] = not running and self._words.case[first] != _SMALL
        self._row[at + 11] = self._words.case[first] == _SMALL
        self._row[at + 12] = self._names.only_place[name] != 0
        self._row[at + 13] = capital_before and self._words.classes[previous] & _PERSONS_NAME != 0

    def _is_behind_article(self, word: int) -> bool:
        """Whether an article is written on to a word, and another word stands before it."""
        return word > 1 and self._words.gap[word] == _HYPHEN and self._words.classes[word - 1] & _ARTICLE != 0

    def _is_before_article(self, word: int, stop: int) -> bool:
        """Whether a word is an article that is written on to the word behind it: "el-Hawa"."""
        article: bool = self._words.classes[word] & _ARTICLE != 0
        return article and word + 1 < stop and self._words.gap[word + 1] == _HYPHEN

    def _opens_sentence(self, word: int) -> bool:
        """Whether a word has its capital from the sentence that it begins: "The M4", "In Homs"."""
        plain = self._words.classes[word] & _ARTICLE != 0 or self._cues.roles[self._words.cue[word]] & _OPENING != 0
        return plain and (word == 0 or self._words.gap[word] >= _STOP)

    def _is_in_body(self, last: int, stop: int) -> bool:
        """Whether the capitalised words behind a hit lead up to a word for a body: "Sada Revolution Network".

        A comma parts a firm from its legal form: "Safira Foods, Inc."
        """
        for word in range(last, min(last + _BODY_REACH, stop)):
            if self._words.gap[word] == _COMMA and word > last:
                is_firm: bool = self._cues.roles[self._words.cue[word]] & _LEGAL_FORM != 0
                return is_firm
            if self._words.gap[word] > _HYPHEN or not self._letters.begins_with_capital(word):
                return False
            if self._cues.roles[self._words.cue[word]] & _BODY_ENDS:
                return True
        return False
