"""Where a name and the words around it speak together, mostly against a place: words, peoples, persons, bodies.

Compiled where it can be, see `hatch_build.py`.
"""

from __future__ import annotations

from typing import Any

from buldan.geoparse.document.flat import Gap
from buldan.geoparse.names.cues import encode_roles
from buldan.geoparse.names.hit_rows import CLITIC, CLITIC_BI, CLITIC_SPOKEN, END, FIRST, NAME, START
from buldan.geoparse.names.views import HitViews, NameViews, WordViews
from buldan.geoparse.names.word_classes import WordClass
from buldan.geoparse.recognition.original_letters import OriginalLetters
from buldan.thresholds import WELL_KNOWN

__all__ = ["DOUBT_FEATURES", "DoubtFeatures"]

DOUBT_FEATURES = (
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
)
"""The features in the order of their columns."""

_MAJOR = WELL_KNOWN
"""Salience from which on a place is known to every reader: cities, governorates, well-known towns."""

_COMMON, _COMMON_WITH_CLITIC = 3.0, 3.5
"""Zipf value of a common word, and of one together with its clitic: with less, quarters would be lost (بالميدان)."""

_COMMA = int(Gap.COMMA)
"""Gap (`buldan.geoparse.document.flat.Gap`)."""

_NAME, _FIRST, _START, _END, _CLITIC = NAME, FIRST, START, END, CLITIC

_CLITIC_BI, _CLITIC_SPOKEN = CLITIC_BI, CLITIC_SPOKEN
"""Numbers of ب and of the spoken ع among the clitics (`buldan.geoparse.names.hit_rows.CLITICS`)."""

_PROMISES = encode_roles("preposition", "direction", "countryside", "surroundings", "trigger")
_PERSON, _KIN = encode_roles("kin", "given", "title", "befalling"), encode_roles("kin")
_GIVEN, _TITLE = encode_roles("given"), encode_roles("title")

_SURELY = 2.0
"""How much more a kunya or a title and a given name say than a given name alone."""

_ALEF, _YEH = map(ord, "اي")

_LOOSE, _BELONGING = encode_roles("loose preposition"), encode_roles("belonging")
_BODY, _BODY_ENDS = encode_roles("organisation"), encode_roles("after organisation")
_PEOPLE, _THING, _IDEA = encode_roles("country or people"), encode_roles("thing"), encode_roles("idea")
_NOUN = encode_roles("noun")

_ONLY_WHERE_ASKED = 3.0
"""How much more than an idea a noun is doubted that names places only where a word asks for its kind: خرج من السجن."""

_FEMININE, _AND = int(WordClass.FEMININE), int(WordClass.AND)


class DoubtFeatures:
    """The features of the hits of some passages that doubt them. All arguments are views of arrays but `letters`.

    Args:
        hits: the table of hits.
        words: of the text.
        names: all there are.
        asked: by hit, bits of the kinds that the words beside it ask of it.
        letters: of the original.
        row: of features, to be filled.
    """

    def __init__(
        self, hits: HitViews, words: WordViews, names: NameViews, asked: Any, letters: OriginalLetters, row: Any
    ) -> None:
        self._asked, self._letters, self._row = asked, letters, row
        self._hits, self._words, self._names = hits, words, names

    def fill(self, hit: int, at: int, roles: int, roles2: int, roles_behind: int, near: bool) -> None:
        """Fill in the features of a hit from column `at` on.

        `roles`, `roles2` and `roles_behind` are the bits of the roles of the word before the hit, of the one before
        that, and of the word behind it; `near` is whether nothing stronger than a quote parts it from the word before.
        """
        name, first = self._hits.table[_NAME, hit], self._hits.table[_FIRST, hit]
        minor, unasked = self._names.salience[name] < _MAJOR, self._asked[hit] == 0
        # Only where nothing promises a place: behind "in" a common word is the village called so. A clitic promises as
        # a preposition does: بدوما.
        # But not where it is common together with its clitic: أصيب بجروح, "with wounds"; بحلول الظهر, "by noon".
        clitic = self._hits.table[_CLITIC, hit]
        whole = self._words.common[self._words.number[first]]
        promises = clitic in (_CLITIC_BI, _CLITIC_SPOKEN) and whole < _COMMON_WITH_CLITIC
        unpromised = roles & _PROMISES == 0 and unasked and not promises
        # Also two words back for kin: أبو محمد الحلبي.
        called = roles & _PERSON != 0 and not (roles & _LOOSE and self._letters.ends_in_maqsura(first - 1))
        person = (called or roles2 & _KIN != 0) and unasked
        people = self._names.roles[name] & _PEOPLE != 0
        self._row[at] = minor and unpromised
        # By how much it is commoner than a common word: a tenfold is one more, and doubt grows with it.
        self._row[at + 1] = max(self._names.zipf[name] - _COMMON, 0.0) if minor and unpromised else 0.0
        self._row[at + 2] = people and unpromised
        self._row[at + 3] = self._names.roles[name] & _THING != 0 and unpromised
        if unasked:
            bare = self._names.roles[name] & _NOUN != 0
            self._row[at + 4] = _ONLY_WHERE_ASKED if bare else self._names.roles[name] & _IDEA != 0
        # وزارة سورية is a Syrian ministry, وزير خارجية سورية the minister of Syria.
        adjective = roles & _BELONGING == 0 and self._hits.table[_CLITIC, hit] == 0
        # The noun may stand before another adjective: غارة روسية أو سورية.
        linked = self._words.classes[first - 1] & _AND and self._words.gap[first - 1] < _COMMA
        noun = first - 2 if linked else first - 1
        of_feminine = people and near and adjective and noun >= 0 and self._words.classes[noun] & _FEMININE != 0
        # A noun that asks for another kind is surely one: قرية سورية is a Syrian village, and no village called so.
        unfit = not unasked and self._asked[hit] & self._names.kinds[name] == 0
        self._row[at + 5] = (_SURELY if unfit else 1.0) if of_feminine else 0.0
        self._row[at + 6] = person and minor
        # A kunya, the given name of a child and what is written as "the one from there" are one person: أبو عبدو
        # الزبداني; but وصل أبو أحمد حلب is a way to Aleppo.
        start, end = self._hits.table[_START, hit], self._hits.table[_END, hit]
        nisba = self._words.codes[start] == _ALEF and self._words.codes[end - 1] == _YEH
        # So are a title, a given name and the bare name of a town: السيد جورج الرستن.
        surely = roles & _GIVEN != 0 and ((nisba and roles2 & _KIN != 0) or roles2 & _TITLE != 0)
        self._row[at + 7] = (_SURELY if surely else 1.0) if person and self._hits.table[_CLITIC, hit] == 0 else 0.0
        self._row[at + 8] = roles & _BODY != 0 and roles_behind & _BODY_ENDS != 0
        self._row[at + 9] = self._names.person[name] != 0 and unpromised
