"""What the words and letters of each hit, and the words around it, say for a place or against one.

One walk over the hits fills the features that depend on the text; those that follow from the name alone are summed
once for the whole vocabulary (`buldan.geoparse.recognition.features`). Compiled where it can be, see `hatch_build.py`.
"""

from __future__ import annotations

from typing import Any

from buldan.geoparse.names.cues import ROLES, kind_mask
from buldan.geoparse.names.views import CueViews, NameViews, WordViews
from buldan.geoparse.names.word_classes import WordClass
from buldan.thresholds import WELL_KNOWN

__all__ = ["CODES", "SURROUNDING_FEATURES", "Surroundings"]

SURROUNDING_FEATURES = (
    "always",
    "before:nothing known",
    "asked kind",
    "asked other kind",
    "whole word is commoner",
    "minor, unpromised",
    "common, minor, no cue",
    "a people, unpromised",
    "a thing, unpromised",
    "an idea, no kind asked",
    "a people behind a feminine",
    "minor, in a person's name",
    "in a person's name",
    "within the name of a body",
    "called after a person, unpromised",
    "held abroad",
    "held abroad, minor",
    "adjective behind a generic",
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
    "other sense told",
    "held by a state abroad",
    "hashtag",
    "latin:written as a person",
)
"""The features in the order of their columns."""

CODES = ("before", "before2", "after", "gap before", "gap after", "clitic", "words", "letters")
"""What of a hit is a number with few values, each of which has its own weights: the sets of roles of its neighbours,
the gaps beside it, its clitic, its length in words and in letters."""

_MOST_WORDS, _MOST_LETTERS = 3, 6
"""Lengths from which on longer names are all alike."""

_NAME_FEATURES, _ARABIC_FEATURES, _LATIN_FEATURES = 5, 18, 29
"""The columns at which those of doubtful names, of Arabic letters and of Latin letters begin."""

_MAJOR = WELL_KNOWN
"""Salience from which on a place is known to every reader: cities, governorates, well-known towns."""

_COMMON, _COMMON_ADJECTIVE, _MUCH_COMMONER = 3.0, 3.5, 3.0
"""Zipf values: of a common word, of an adjective that is one; and how much commoner is as much as can be."""

_BEHIND_PERSON, _OTHER_SENSE, _OF_STATE, _HASHTAG, _AS_PERSON, _AROUND = 42, 43, 44, 45, 46, 8
"""The columns of what makes a person of a name, of another sense, of a state abroad, of a hashtag and of the way in
which persons are written; and the words on each side in which another sense is told."""

_LONGEST_AGE = 3
"""Figures of a person's age, at most."""

_RUNNING, _SMALL = 0, 3
"""How a line is written (`buldan.geoparse.document.letter_case.LetterCase`)."""

_SPACE, _HYPHEN, _COMMA, _BRACKET, _STOP = 0, 1, 3, 4, 5
"""Gaps (`buldan.geoparse.document.flat.Gap`)."""

_NAME, _FIRST, _LAST, _START, _END, _CLITIC = 0, 1, 2, 3, 4, 5
"""Rows of the table of hits (`buldan.geoparse.names.scan.Hits`)."""

_CLITIC_BI, _CLITIC_SPOKEN = 2, 6
_ALEF, _LAM, _YEH, _HEH, _MAQSURA, _SHARP, _DIGIT = map(ord, "اليهى#0")
_NOT_ASCII = 128

_REACH, _LIST_REACH, _DEMONYM_REACH, _BODY_REACH = 3, 8, 5, 4
"""Words behind a hit in which "in" and a place abroad are sought, and so many where they are of a list of names; before
"of", in which a state's adjective is; and behind a hit in which capitals may lead up to a word for a body."""


def _bits(*roles: str) -> int:
    return sum(1 << ROLES.index(role) for role in roles)


_PROMISES = _bits("preposition", "direction", "countryside", "surroundings", "trigger")
_OPENING = _PROMISES | _bits("article")
_PERSON, _KIN, _TRIGGER = _bits("kin", "given", "title"), _bits("kin"), _bits("trigger")
_TITLE = _bits("title")
_LOOSE = _bits("loose preposition")
_BODY, _BODY_ENDS, _DEMONYM = _bits("organisation"), _bits("after organisation"), _bits("demonym abroad")
_LEGAL_FORM, _PARTY = _bits("legal form"), _bits("party of a case")
_OF_ABROAD = _bits("demonym abroad", "address abroad")
_BELONGING = _bits("belonging")
_STATE, _TOWARD = _bits("state abroad"), _bits("direction")
_COUNTRY = kind_mask("country")
_PEOPLE, _THING, _IDEA = _bits("country or people"), _bits("thing"), _bits("idea")


_OF, _INSIDE, _ARTICLE, _ENDING = map(int, (WordClass.OF, WordClass.INSIDE, WordClass.ARTICLE, WordClass.ENDING))
_DEFINITE, _FEMININE, _AND = int(WordClass.DEFINITE), int(WordClass.FEMININE), int(WordClass.AND)
_PERSONS_NAME, _FIGURE = int(WordClass.PERSON), int(WordClass.FIGURE)


class Surroundings:
    """The features of the hits of some passages; passages do not see each other. All arguments are views of arrays.

    Args:
        hits: the table of hits.
        words: of the text.
        names, cues: all there are.
        asked: by hit, bits of the kinds that the words beside it ask of it.
        misspelled: by hit, whether it differs to the letter from all names.
        room: by word and one more, what begins there of places abroad; filled.
    """

    def __init__(
        self,
        hits: Any,
        words: WordViews,
        names: NameViews,
        cues: CueViews,
        asked: Any,
        misspelled: Any,
        room: Any,
    ) -> None:
        self._hits, self._asked, self._misspelled, self._abroad = hits, asked, misspelled, room
        self._read(words, names, cues)

    def _read(self, words: WordViews, names: NameViews, cues: CueViews) -> None:
        """Take what is needed of the text, of names and of cues."""
        self._passages, self._gap, self._starts, self._case = words.passages, words.gap, words.starts, words.case
        self._cue, self._classes, self._common = words.cue, words.classes, words.common
        self._codes, self._original, self._offsets = words.codes, words.original, words.offsets
        self._kinds, self._roles, self._told_by = names.kinds, names.roles, names.told_by
        self._salience, self._zipf, self._teh = names.salience, names.zipf, names.teh
        self._foreign, self._person, self._only_place = names.foreign, names.person, names.only_place
        self._cue_roles, self._cue_set = cues.roles, cues.role_set

    def fill(self, values: Any, codes: Any) -> None:
        """Fill in the features of every hit, and its codes: see `CODES`."""
        begin = 0
        for passage in range(len(self._passages) - 1):
            first_word, stop = self._passages[passage], self._passages[passage + 1]
            end = begin
            while end < self._hits.shape[1] and self._hits[_FIRST, end] < stop:
                end += 1
            # Marked for a whole passage before any is filled: what holds a name mostly stands behind it.
            self._mark_abroad(begin, end)
            for hit in range(begin, end):
                self._fill(hit, first_word, stop, values, codes)
            begin = end

    def _mark_abroad(self, begin: int, end: int) -> None:
        """Mark the words at which places abroad begin: 1, and 2 where ب stands before one."""
        for hit in range(begin, end):
            if self._names_abroad(hit):
                self._abroad[self._hits[_FIRST, hit]] |= 2 if self._hits[_CLITIC, hit] == _CLITIC_BI else 1

    def _names_abroad(self, hit: int) -> bool:
        """Whether a hit names a place abroad and no well-known one in Syria."""
        name = self._hits[_NAME, hit]
        abroad: bool = self._foreign[name] != 0 and self._salience[name] < _MAJOR
        return abroad

    def _fill(self, hit: int, first_word: int, stop: int, values: Any, codes: Any) -> None:
        first, last, name = self._hits[_FIRST, hit], self._hits[_LAST, hit], self._hits[_NAME, hit]
        # A neighbour beyond a comma, bracket or stop says nothing.
        near, after = self._gap[first] < _COMMA, self._gap[last] < _COMMA
        before = self._cue[first - 1] if near else 0
        before2 = self._cue[first - 2] if near and first - 2 >= first_word and self._gap[first - 1] < _COMMA else 0
        # An ending such as "city" or an adjective is stepped over: the word behind it is the one that asks.
        behind = 0
        if after:
            at = last + 1 if self._classes[last] & _ENDING else last
            if at < stop and (at == last or self._gap[at] < _COMMA):
                behind = self._cue[at]
        codes[0, hit], codes[1, hit], codes[2, hit] = (
            self._cue_set[before],
            self._cue_set[before2],
            self._cue_set[behind],
        )
        # Gaps and clitic are their own codes: each value has a weight, and none is more than another.
        codes[3, hit], codes[4, hit], codes[5, hit] = self._gap[first], self._gap[last], self._hits[_CLITIC, hit]
        # Beyond three words and six letters there are too few to learn a weight of their own.
        codes[6, hit] = min(last - first, _MOST_WORDS)
        codes[7, hit] = min(self._hits[_END, hit] - self._hits[_START, hit], _MOST_LETTERS)
        roles, roles2, roles_behind = self._cue_roles[before], self._cue_roles[before2], self._cue_roles[behind]
        asked = self._asked[hit]
        minor, one_word = self._salience[name] < _MAJOR, last - first == 1
        zipf = self._zipf[name]

        # The constant: how likely a hit is a place when nothing is said.
        values[hit, 0] = 1.0
        values[hit, 1] = near and roles == 0
        # Agreement and contradiction are two columns: where no kind is asked for, neither is so.
        values[hit, 2] = asked & self._kinds[name] != 0
        values[hit, 3] = asked != 0 and asked & self._kinds[name] == 0
        if self._hits[_CLITIC, hit] and one_word:
            # A word that is commoner than the name behind its clitic: وزارة is not و and زارة. Of several words the
            # first alone says nothing: براس البسيط.
            values[hit, 4] = min(max(self._common[first] - zipf, 0.0), _MUCH_COMMONER)
        self._fill_doubts(hit, roles, roles2, roles_behind, near, values)
        abroad = self._is_held_abroad(hit, first_word, stop)
        values[hit, _NAME_FEATURES + 10] = abroad
        values[hit, _NAME_FEATURES + 11] = abroad and minor
        begins = self._offsets[self._hits[_START, hit]]
        # #Aleppo is written as one tag whatever the sentence, so that the words around say less of it.
        values[hit, _HASHTAG] = begins > 0 and self._original[begins - 1] == _SHARP
        values[hit, _OF_STATE] = self._is_in_state(last, stop)
        # Behind a word that asks for a kind, a common word with ة is its adjective: المدينة القديمة, the old city.
        values[hit, _NAME_FEATURES + 12] = asked != 0 and one_word and self._teh[name] != 0 and zipf > _COMMON_ADJECTIVE
        # What stands behind a hyphen or quote is beside it, but makes no phrase with it.
        beside_before = near and self._gap[first] == _SPACE
        beside_after = after and self._gap[last] == _SPACE
        # The fold leaves Latin names ASCII alone, so that one letter tells the script.
        if self._codes[self._hits[_START, hit]] < _NOT_ASCII:
            untold_before, untold_after = roles & _TRIGGER == 0, roles_behind & _TRIGGER == 0
            self._fill_latin(hit, beside_before, beside_after, untold_before, untold_after, stop, values)
            titled = roles & _PERSON != 0 and self._begins_with_capital(first - 1)
            # A given name between, which no list holds: Dr. Endrik Hama.
            given = roles == 0 and roles2 & _TITLE != 0 and self._begins_with_capital(first - 1)
            titled = titled or (given and self._begins_with_capital(first - 2))
            if titled or roles & _KIN or (roles | roles_behind) & _PARTY:
                values[hit, _BEHIND_PERSON] = 1.0
            if self._case[first] == _RUNNING:
                values[hit, _AS_PERSON] = self._is_written_as_person(first, last, first_word, stop)
        else:
            self._fill_arabic(hit, beside_before, beside_after, values)
        if self._told_by[name]:
            values[hit, _OTHER_SENSE] = self._is_other_sense_told(hit, first_word, stop)
        # The fold has ه and ة alike; who writes ه where the name has ة writes so throughout, or means another word.
        values[hit, _ARABIC_FEATURES] = self._ends_in_heh(hit) and self._teh[name] != 0

    def _is_written_as_person(self, first: int, last: int, first_word: int, stop: int) -> bool:
        """Whether an age, an initial or another name in brackets makes a person of a name.

        "Hind Damascus, 77, of Allentown", "Raymond J. Hama", "Elsie (Hadid) Tartous".
        """
        if last < stop and self._gap[last] == _COMMA and self._gap[last + 1] >= _COMMA:
            figures = self._starts[last + 1] - 1 - self._starts[last]
            if self._classes[last] & _FIGURE and figures <= _LONGEST_AGE:
                return True
        if first - 2 < first_word or not self._begins_with_capital(first - 2):
            return False
        initial = self._gap[first] < _COMMA and self._starts[first] - 1 - self._starts[first - 1] == 1
        bracketed = self._gap[first] == _BRACKET and self._gap[first - 1] == _BRACKET
        return (initial or bracketed) and self._begins_with_capital(first - 1)

    def _is_other_sense_told(self, hit: int, first_word: int, stop: int) -> bool:
        """Whether words around a hit tell of the other thing that it names: صحن حمص, الحجر الأسود والكعبة."""
        told_by = self._told_by[self._hits[_NAME, hit]]
        for word in range(
            max(self._hits[_FIRST, hit] - _AROUND, first_word), min(self._hits[_LAST, hit] + _AROUND, stop)
        ):
            if self._cue_roles[self._cue[word]] & told_by:
                return True
        return False

    def _fill_doubts(self, hit: int, roles: int, roles2: int, roles_behind: int, near: bool, values: Any) -> None:
        """Where the name and its surroundings speak together, mostly against a place."""
        name, first = self._hits[_NAME, hit], self._hits[_FIRST, hit]
        minor, unasked = self._salience[name] < _MAJOR, self._asked[hit] == 0
        # Only where nothing promises a place: behind "in" a common word is the village called so. A clitic promises as
        # a preposition does: بدوما.
        clitic = self._hits[_CLITIC, hit]
        unpromised = roles & _PROMISES == 0 and unasked and clitic not in (_CLITIC_BI, _CLITIC_SPOKEN)
        # Also two words back for kin: أبو محمد الحلبي.
        called = roles & _PERSON != 0 and not (roles & _LOOSE and self._ends_in_maqsura(first - 1))
        person = (called or roles2 & _KIN != 0) and unasked
        people = self._roles[name] & _PEOPLE != 0
        at = _NAME_FEATURES
        values[hit, at] = minor and unpromised
        # By how much it is commoner than a common word: a tenfold is one more, and doubt grows with it.
        values[hit, at + 1] = max(self._zipf[name] - _COMMON, 0.0) if minor and unpromised else 0.0
        values[hit, at + 2] = people and unpromised
        values[hit, at + 3] = self._roles[name] & _THING != 0 and unpromised
        values[hit, at + 4] = self._roles[name] & _IDEA != 0 and unasked
        # وزارة سورية is a Syrian ministry, وزير خارجية سورية the minister of Syria.
        adjective = roles & _BELONGING == 0 and self._hits[_CLITIC, hit] == 0
        values[hit, at + 5] = people and near and adjective and self._classes[first - 1] & _FEMININE != 0
        values[hit, at + 6] = person and minor
        values[hit, at + 7] = person and self._hits[_CLITIC, hit] == 0
        values[hit, at + 8] = roles & _BODY != 0 and roles_behind & _BODY_ENDS != 0
        values[hit, at + 9] = self._person[name] != 0 and unpromised

    def _fill_arabic(self, hit: int, near: bool, after: bool, values: Any) -> None:
        """Features of the Arabic article, of adjectives and of spelling."""
        first, last, end = self._hits[_FIRST, hit], self._hits[_LAST, hit], self._hits[_END, hit]
        start, minor = self._hits[_START, hit], self._salience[self._hits[_NAME, hit]] < _MAJOR
        definite = self._codes[start] == _ALEF and self._codes[start + 1] == _LAM
        one_word, final = last - first == 1, self._codes[end - 1]
        # The ending of an adjective made of a place, ـي or ـية: الحلبي, الحلبية.
        nisba = final == _YEH or (final == _HEH and self._codes[end - 2] == _YEH)
        # An adjective follows its noun in the article: two words with it beside each other are one phrase.
        behind_definite = near and self._classes[first - 1] & _DEFINITE != 0
        before_definite = after and self._classes[last] & _DEFINITE != 0
        at = _ARABIC_FEATURES
        # From here the Arabic columns, each with and without what is little known: of Damascus nobody doubts.
        values[hit, at + 1] = self._misspelled[hit]
        values[hit, at + 2] = definite and one_word
        values[hit, at + 3] = definite and behind_definite
        values[hit, at + 4] = nisba and one_word
        values[hit, at + 5] = definite and behind_definite and minor
        values[hit, at + 6] = nisba and definite and behind_definite
        values[hit, at + 7] = definite and one_word and before_definite
        values[hit, at + 8] = definite and one_word and before_definite and minor
        values[hit, at + 9] = one_word and before_definite and not definite
        values[hit, at + 10] = one_word and not definite

    def _ends_in_heh(self, hit: int) -> bool:
        """Whether the original has ه at the end of a hit, where the fold has it for ة as well."""
        ends: bool = self._original[self._offsets[self._hits[_END, hit] - 1]] == _HEH
        return ends

    def _ends_in_maqsura(self, word: int) -> bool:
        """Whether the original has ى at the end of a word that another follows: على is "on", علي a man's name."""
        last = self._starts[word + 1] - 1
        while last > self._starts[word] and self._codes[last] < _DIGIT:  # the blanks and signs between
            last -= 1
        ends: bool = self._original[self._offsets[last]] == _MAQSURA
        return ends

    def _fill_latin(
        self, hit: int, near: bool, after: bool, untold_before: bool, untold_after: bool, stop: int, values: Any
    ) -> None:
        """Features of Latin capitals; `untold` is where the word beside the hit asks for no place."""
        first, last, name = self._hits[_FIRST, hit], self._hits[_LAST, hit], self._hits[_NAME, hit]
        capital = _is_capital(self._original[self._offsets[self._hits[_START, hit]]])
        # A capital tells a name from a word in running text alone; in a headline all words have one.
        running = self._case[first] == _RUNNING
        previous = first - 1
        if self._is_behind_article(first):
            # "Dar ar-Rahma Hospital" is not cut into "Rahma Hospital".
            previous, near = first - 2, self._gap[first - 1] == _SPACE
        capital_before = near and running and self._begins_with_capital(previous) and not self._opens(previous)
        # The country in a title is the country: "Syria Situation Report".
        whole = self._kinds[name] & _COUNTRY != 0
        capital_after = after and running and not whole and self._begins_with_capital(last)
        beside = near and previous == first - 1
        # A large town is a place however common its word is (Homs, Hama are in word lists, too).
        common = self._zipf[name] - _COMMON if self._salience[name] < _MAJOR else 0.0
        at = _LATIN_FEATURES
        values[hit, at] = 1.0
        values[hit, at + 1] = running and not capital
        values[hit, at + 2] = (
            running and capital and _is_capital(self._original[self._offsets[self._hits[_END, hit] - 1]])
        )
        values[hit, at + 3] = capital_before and untold_before
        values[hit, at + 4] = capital_after and untold_after
        values[hit, at + 5] = beside and self._classes[first - 1] & _ARTICLE != 0
        values[hit, at + 6] = capital_after and self._is_in_body(last, stop)
        values[hit, at + 7] = self._gap[first] >= _STOP
        values[hit, at + 8] = max(common, 0.0)
        values[hit, at + 9] = last - first == 1
        values[hit, at + 10] = not running and self._case[first] != _SMALL
        values[hit, at + 11] = self._case[first] == _SMALL
        values[hit, at + 12] = self._only_place[name] != 0
        values[hit, at + 13] = capital_before and self._classes[previous] & _PERSONS_NAME != 0

    def _is_behind_article(self, word: int) -> bool:
        """Whether an article is written on to a word, and another word stands before it."""
        return word > 1 and self._gap[word] == _HYPHEN and self._classes[word - 1] & _ARTICLE != 0

    def _begins_with_capital(self, word: int) -> bool:
        return _is_capital(self._original[self._offsets[self._starts[word]]])

    def _opens(self, word: int) -> bool:
        """Whether a word has its capital from the sentence that it begins: "The M4", "In Homs"."""
        plain = self._classes[word] & _ARTICLE != 0 or self._cue_roles[self._cue[word]] & _OPENING != 0
        return plain and (word == 0 or self._gap[word] >= _STOP)

    def _is_in_body(self, last: int, stop: int) -> bool:
        """Whether the capitalised words behind a hit lead up to a word for a body: "Sada Revolution Network".

        A comma parts a firm from its legal form: "Safira Foods, Inc."
        """
        for word in range(last, min(last + _BODY_REACH, stop)):
            if self._gap[word] == _COMMA and word > last:
                is_firm: bool = self._cue_roles[self._cue[word]] & _LEGAL_FORM != 0
                return is_firm
            if self._gap[word] > _HYPHEN or not self._begins_with_capital(word):
                return False
            if self._cue_roles[self._cue[word]] & _BODY_ENDS:
                return True
        return False

    def _is_in_state(self, last: int, stop: int) -> bool:
        """Whether a comma and a state abroad stand behind a hit: "Palmyra, Pa.", "Aleppo Township, Pennsylvania"."""
        at = last
        if at < stop and self._gap[at] < _COMMA and self._cue_roles[self._cue[at]] & _TRIGGER:
            at += 1
        if at >= stop or self._gap[at] < _COMMA or self._gap[at] > _BRACKET or not self._begins_with_capital(at):
            return False
        if self._cue_roles[self._cue[at]] & _STATE:
            return True
        # A cue of two words is that of the second: New York.
        return at + 1 < stop and self._gap[at + 1] < _COMMA and self._cue_roles[self._cue[at + 1]] & _STATE != 0

    def _is_held_abroad(self, hit: int, first_word: int, stop: int) -> bool:
        """Whether the text puts a hit in a place abroad: ربيعة في نينوى, "Hit, Iraq", "the Iraqi town of Hit"."""
        first, last = self._hits[_FIRST, hit], self._hits[_LAST, hit]
        if first - 1 > first_word and self._classes[first - 1] & _OF:
            # "The Iraqi town of Hit": the adjective stands a few words before "of".
            for word in range(max(first - _DEMONYM_REACH, first_word), first):
                if self._cue_roles[self._cue[word]] & _DEMONYM:
                    return True
        if last < stop and _COMMA <= self._gap[last] <= _BRACKET:
            # "Hit, Iraq", "Hawija, south of Mosul"
            for word in range(last, min(last + _REACH, stop)):
                if word > last and self._gap[word] >= _COMMA:
                    break
                if self._abroad[word]:
                    return True
                if self._cue_roles[self._cue[word]] & _TOWARD == 0 and self._classes[word] & _OF == 0:
                    break
        if last < stop and self._gap[last] < _COMMA and self._cue_roles[self._cue[last]] & _OF_ABROAD:
            return True  # مدينة سوسة التونسية, "Homs County"
        # Through to the word for "in" and then to a name abroad, or to one with ب at once; a comma ends it.
        said, word, listed = False, last, self._salience[self._hits[_NAME, hit]] < _MAJOR
        while word < stop and self._gap[word] < _COMMA:
            if word > last + (_LIST_REACH if listed else _REACH):
                break
            if (self._abroad[word] & 2 and word == last) or (said and self._abroad[word]):
                return True
            listed = listed and self._may_be_listed(word)
            said = said or self._classes[word] & _INSIDE != 0 or self._cue_roles[self._cue[word]] & _TOWARD != 0
            word += 1
        return False

    def _may_be_listed(self, word: int) -> bool:
        """Whether a word may stand between a name of a list and what holds all: "Kafr Kila and Khiam in Lebanon"."""
        of_list = self._classes[word] & (_AND | _INSIDE | _ARTICLE) != 0
        of_list = of_list or self._cue_roles[self._cue[word]] & _TOWARD != 0
        return of_list or _is_capital(self._original[self._offsets[self._starts[word]]])


def _is_capital(code: int) -> bool:
    """Whether a letter is a capital."""
    return 65 <= code <= 90 if code < _NOT_ASCII else chr(code).isupper()
