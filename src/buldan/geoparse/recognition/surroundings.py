"""What the words and letters of each hit, and the words around it, say for a place or against one.

One walk over the hits fills the features that depend on the text: of the neighbours here, of what the name and its
neighbours say together in `doubt_features`, of the letters in `script_features`, of persons in `person_names`, of what
lies abroad in `held_abroad`. Those that follow from the name alone are summed once for the whole vocabulary
(`buldan.geoparse.recognition.features`). Compiled where it can be, see `hatch_build.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from buldan.geoparse.document.flat import Gap
from buldan.geoparse.linear_sums import SumViews
from buldan.geoparse.names.cues import encode_kinds, encode_roles
from buldan.geoparse.names.hit_rows import CLITIC, END, FIRST, LAST, NAME, START
from buldan.geoparse.names.views import CueViews, HitViews, NameViews, WordViews
from buldan.geoparse.names.word_classes import WordClass
from buldan.geoparse.recognition.doubt_features import DOUBT_FEATURES, DoubtFeatures
from buldan.geoparse.recognition.held_abroad import HeldAbroad
from buldan.geoparse.recognition.original_letters import OriginalLetters
from buldan.geoparse.recognition.person_names import PersonNames
from buldan.geoparse.recognition.script_features import ARABIC_FEATURES, LATIN_FEATURES, ScriptFeatures
from buldan.thresholds import WELL_KNOWN

__all__ = ["CODES", "SURROUNDING_FEATURES", "Surroundings"]

SURROUNDING_FEATURES = (
    "always",
    "before:nothing known",
    "asked kind",
    "asked other kind",
    "whole word is commoner",
    *DOUBT_FEATURES,
    "held abroad",
    "held abroad, minor",
    "adjective behind a generic",
    *ARABIC_FEATURES,
    *LATIN_FEATURES,
    "other sense told",
    "held by a state abroad",
    "hashtag",
    "latin:written as a person",
    "dateline",
)
"""The features in the order of their columns."""

CODES = ("before", "before2", "after", "gap before", "gap after", "clitic", "words", "letters")
"""What of a hit is a number with few values, each of which has its own weights: the sets of roles of its neighbours,
the gaps beside it, its clitic, its length in words and in letters."""

_MOST_WORDS, _MOST_LETTERS = 3, 6
"""Lengths from which on longer names are all alike."""

_DOUBTS, _SCRIPT_FEATURES = (SURROUNDING_FEATURES.index(name) for name in (DOUBT_FEATURES[0], ARABIC_FEATURES[0]))
"""The columns at which those of doubtful names and of letters begin."""

(
    _HELD,
    _HELD_MINOR,
    _ADJECTIVE,
    _BEHIND_PERSON,
    _OTHER_SENSE,
    _OF_STATE,
    _HASHTAG,
    _AS_PERSON,
    _OF_BODY,
    _DATELINE,
) = map(
    SURROUNDING_FEATURES.index,
    (
        "held abroad",
        "held abroad, minor",
        "adjective behind a generic",
        "latin:behind a person's name",
        "other sense told",
        "held by a state abroad",
        "hashtag",
        "latin:written as a person",
        "latin:of a body",
        "dateline",
    ),
)
"""Columns."""

_MAJOR = WELL_KNOWN
"""Salience from which on a place is known to every reader: cities, governorates, well-known towns."""

_COMMON_ADJECTIVE, _MUCH_COMMONER = 3.5, 3.0
"""Zipf value of an adjective that is a common word; and how much commoner than its name a word is counted, at most."""

_AROUND, _TO_WARE = 8, 4
"""Words on each side of a hit that may show its other sense; words behind it up to what is called after it."""

_RUNNING = 0
"""How the line of running text is written (`buldan.geoparse.document.letter_case.LetterCase`)."""

_SPACE, _HYPHEN, _COMMA, _LINE = int(Gap.SPACE), int(Gap.HYPHEN), int(Gap.COMMA), int(Gap.LINE)
"""Gaps (`buldan.geoparse.document.flat.Gap`)."""

_NAME, _FIRST, _LAST, _START, _END, _CLITIC = NAME, FIRST, LAST, START, END, CLITIC

_SHARP, _COLON, _UNDERSCORE = map(ord, "#:_")
_STRAIGHT, _CURLED = map(ord, '"“')
"""Marks that open a quotation in Latin letters; a single one may be an apostrophe."""

_TRIGGER, _ROAD = encode_roles("trigger"), encode_kinds("road")
_NAMED_AFTER, _ARTICLE = encode_roles("named after a place"), encode_roles("article")
_PREPOSITIONS = encode_roles("preposition", "loose preposition")

_ENDING = int(WordClass.ENDING)


class Surroundings:
    """The features of the hits of some passages; passages do not see each other. All arguments are views of arrays.

    Args:
        hits: the table of hits.
        words: of the text.
        names, cues: all there are.
        asked: by hit, bits of the kinds that the words beside it ask of it.
        original: the text as given.
        is_spelled: whether Arabic letters are written as some name is.
        room: by word and one more, what begins there of places abroad; filled.
        row, row_codes: room for the features and for the codes of one hit.
    """

    def __init__(
        self,
        hits: HitViews,
        words: WordViews,
        names: NameViews,
        cues: CueViews,
        asked: Any,
        original: str,
        is_spelled: Callable[[str], bool],
        room: Any,
        row: Any,
        row_codes: Any,
    ) -> None:
        self._asked, self._row, self._codes = asked, row, row_codes
        self._letters = OriginalLetters(words)
        self._doubts = DoubtFeatures(hits, words, names, asked, self._letters, row)
        self._persons = PersonNames(words, self._letters)
        self._held = HeldAbroad(hits, words, names, cues, self._letters, room)
        self._script = ScriptFeatures(hits, words, names, cues, self._letters, original, is_spelled, row)
        self._hits, self._words, self._names, self._cues = hits, words, names, cues

    def fill(self, weights: SumViews, log_odds: Any, stated: Any, values: Any, codes: Any) -> None:
        """Fill in what the features and codes (see `CODES`) of every hit weigh, and what later stages ask of it.

        `stated` has four rows: whether the text puts it in a place abroad, within the name of a person or a body,
        whether it is little known and nothing promises a place, and whether it is either of the first two. `values` and
        `codes` are tables to be filled with all features and codes, for those who learn; None for all others.
        """
        begin = 0
        for passage in range(len(self._words.passages) - 1):
            first_word, stop = self._words.passages[passage], self._words.passages[passage + 1]
            end = self._hits.find_end(begin, stop)
            # Marked for a whole passage before any is filled: what holds a name mostly stands behind it.
            self._held.mark_places_abroad(begin, end)
            for hit in range(begin, end):
                # One row for all: to write a table of them and to read it again takes longer than to fill it.
                for column in range(len(self._row)):
                    self._row[column] = 0.0
                self._fill(hit, first_word, stop)
                log_odds[hit] = weights.sum_row(self._codes, self._row)
                stated[0, hit] = self._row[_HELD] > 0 or self._row[_OF_STATE] > 0
                of_person = self._row[_BEHIND_PERSON] > 0 or self._row[_AS_PERSON] > 0
                stated[1, hit] = of_person or self._row[_OF_BODY] > 0
                stated[2, hit] = self._row[_DOUBTS] > 0
                stated[3, hit] = stated[0, hit] | stated[1, hit]
                if values is not None:
                    for column in range(len(self._row)):
                        values[hit, column] = self._row[column]
                    for column in range(len(self._codes)):
                        codes[column, hit] = self._codes[column]
            begin = end

    def _fill(self, hit: int, first_word: int, stop: int) -> None:
        """Fill in the features and codes of one hit; the words of its passage are `first_word` to `stop` (outside)."""
        first, last, name = self._hits.table[_FIRST, hit], self._hits.table[_LAST, hit], self._hits.table[_NAME, hit]
        # A neighbour beyond a comma, bracket or stop says nothing.
        near, after = self._words.gap[first] < _COMMA, self._words.gap[last] < _COMMA
        before = self._words.cue[first - 1] if near else 0
        before2 = (
            self._words.cue[first - 2]
            if near and first - 2 >= first_word and self._words.gap[first - 1] < _COMMA
            else 0
        )
        # An ending such as "city" or an adjective is stepped over: the word behind it is the one that asks.
        behind = 0
        if after:
            at = last + 1 if self._words.classes[last] & _ENDING else last
            if at < stop and (at == last or self._words.gap[at] < _COMMA):
                behind = self._words.cue[at]
        self._codes[0], self._codes[1], self._codes[2] = (
            self._cues.role_set[before],
            self._cues.role_set[before2],
            self._cues.role_set[behind],
        )
        # Gaps and clitic are their own codes: each value has a weight, and none is more than another.
        self._codes[3], self._codes[4], self._codes[5] = (
            self._words.gap[first],
            self._words.gap[last],
            self._hits.table[_CLITIC, hit],
        )
        # Beyond three words and six letters there are too few to learn a weight of their own.
        self._codes[6] = min(last - first, _MOST_WORDS)
        self._codes[7] = min(self._hits.table[_END, hit] - self._hits.table[_START, hit], _MOST_LETTERS)
        roles, roles2, roles_behind = self._cues.roles[before], self._cues.roles[before2], self._cues.roles[behind]
        asked = self._asked[hit]
        minor, one_word = self._names.salience[name] < _MAJOR, last - first == 1
        zipf = self._names.zipf[name]

        # The constant: how likely a hit is a place when nothing is said.
        self._row[0] = 1.0
        self._row[1] = near and roles == 0
        # Agreement and contradiction are two columns: where no kind is asked for, neither is so.
        self._row[2] = asked & self._names.kinds[name] != 0
        self._row[3] = asked != 0 and asked & self._names.kinds[name] == 0
        if self._hits.table[_CLITIC, hit] and one_word:
            # A word that is commoner than the name behind its clitic: وزارة is not و and زارة. Of several words the
            # first alone says nothing: براس البسيط.
            self._row[4] = min(max(self._words.common[self._words.number[first]] - zipf, 0.0), _MUCH_COMMONER)
        self._doubts.fill(hit, _DOUBTS, roles, roles2, roles_behind, near)
        abroad = self._held.is_held(hit, first_word, stop)
        self._row[_HELD] = abroad
        self._row[_HELD_MINOR] = abroad and minor
        begins = self._words.offsets[self._hits.table[_START, hit]]
        # #Aleppo is written as one tag whatever the sentence, so that the words around say less of it.
        self._row[_HASHTAG] = self._is_in_tag(begins, self._words.offsets[self._hits.table[_END, hit]], minor)
        self._row[_DATELINE] = self._words.gap[first] >= _LINE and self._heads_line(last)
        self._row[_OF_STATE] = self._held.is_in_state(last, stop)
        # Behind a word that asks for a kind, a common word with ة is its adjective: المدينة القديمة, the old city.
        self._row[_ADJECTIVE] = asked != 0 and one_word and self._names.teh[name] != 0 and zipf > _COMMON_ADJECTIVE
        # What stands behind a hyphen or quote is beside it, but makes no phrase with it.
        beside_before = near and self._words.gap[first] == _SPACE
        beside_after = after and self._words.gap[last] == _SPACE
        no_cue_before, no_cue_after = (
            roles & _TRIGGER == 0,
            roles_behind & _TRIGGER == 0 and not self._names_facility(behind),
        )
        self._script.fill(hit, _SCRIPT_FEATURES, beside_before, beside_after, no_cue_before, no_cue_after, stop)
        if self._script.is_latin(hit):
            # Only raised: where the word before is known for a given name alone, the features of script have set it.
            if self._persons.is_introduced(first, roles, roles2, roles_behind):
                self._row[_BEHIND_PERSON] = 1.0
            if self._words.case[first] == _RUNNING:
                self._row[_AS_PERSON] = self._persons.is_written_so(first, last, first_word, stop)
            # "Raqqa ware", "a Damascus-style dish"; Arabic has an adjective there.
            self._row[_OTHER_SENSE] = roles_behind & _NAMED_AFTER != 0 or self._names_ware(first, last, stop, roles)
        if self._names.other_sense_roles[name] and self._row[_OTHER_SENSE] == 0.0:
            self._row[_OTHER_SENSE] = self._has_other_sense_cue(hit, first_word, stop)

    def _names_ware(self, first: int, last: int, stop: int, roles_before: int) -> bool:
        """Whether words between a name and what is called after it leave no doubt: a "Damascus" chef's knife.

        Only behind an article or a quotation mark, without which the words between are a sentence: Aleppo sells soap.
        """
        begins = self._words.offsets[self._words.starts[first]]
        quoted = begins > 0 and self._words.original[begins - 1] in (_STRAIGHT, _CURLED)
        if not quoted and roles_before & _ARTICLE == 0:
            return False
        for word in range(last, min(last + _TO_WARE, stop)):
            roles = self._cues.roles[self._words.cue[word]]
            if self._words.gap[word] >= _COMMA or roles & _PREPOSITIONS:
                return False
            if roles & _NAMED_AFTER:
                return True
        return False

    def _is_in_tag(self, begins: int, ends: int, minor: bool) -> bool:
        """Whether what is written from `begins` to `ends` is or ends a hashtag, or begins one and is well known.

        Copied tags lose their sign: عاجل_حمص is Homs, and عاجل no village.
        """
        sign = self._words.original[begins - 1] if begins > 0 else 0
        behind: bool = not minor and ends < len(self._words.original) and self._words.original[ends] == _UNDERSCORE
        return sign in (_SHARP, _UNDERSCORE) or behind

    def _names_facility(self, cue: int) -> bool:
        """Whether a word names what stands in its town: Aleppo Hospital; a Hama Street may be in any town."""
        built: bool = self._cues.facility[cue] & ~_ROAD != 0
        return built

    def _heads_line(self, last: int) -> bool:
        """Whether a dash between blanks or a colon stands at a word: "Douma - The governor …", "Daraa: Two …"."""
        begin, end = self._words.offsets[self._words.starts[last] - 1], self._words.offsets[self._words.starts[last]]
        if self._words.gap[last] == _HYPHEN:
            wide: bool = end - begin > 1
            return wide
        colon: bool = begin < len(self._words.original) and self._words.original[begin] == _COLON
        return colon

    def _has_other_sense_cue(self, hit: int, first_word: int, stop: int) -> bool:
        """Whether a word around a hit indicates the other thing that it names: صحن حمص, الحجر الأسود والكعبة."""
        other_sense_roles = self._names.other_sense_roles[self._hits.table[_NAME, hit]]
        for word in range(
            max(self._hits.table[_FIRST, hit] - _AROUND, first_word), min(self._hits.table[_LAST, hit] + _AROUND, stop)
        ):
            if self._cues.roles[self._words.cue[word]] & other_sense_roles:
                return True
        return False
