"""Second thoughts: checks that revise an answer after it was found.

They ask whether the question was mistyped, whether its name is better known abroad, and whether it names something
that every town has (Great Mosque).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from buldan.errors import QueryError
from buldan.index import Index, Rule
from buldan.kinds import BUILT_GROUPS, get_kind, kind_codes
from buldan.lookup.answering import Answerer, Question
from buldan.lookup.answers import Answer, discount, make_answer
from buldan.lookup.bare_words import get_generic_role, has_camp_word, is_first_word_alone, strip_generics
from buldan.lookup.cells import DIGIT, Part, cut_cell, cut_off_ends, may_hold_name, names_side
from buldan.lookup.checks import is_missing
from buldan.lookup.clinging import iter_without_clitics
from buldan.lookup.drawn_alike import DrawnAlike
from buldan.lookup.evidence import EVIDENCE
from buldan.lookup.plain_names import list_plain_names
from buldan.lookup.ranker import STOP_MARGINS
from buldan.lookup.ranking import Hit
from buldan.lookup.results import Reason
from buldan.lookup.taken_words import load_taken_words
from buldan.lookup.usual_names import UsualNames
from buldan.text import (
    Respelling,
    Words,
    begins_with_given_name,
    count_articles,
    fold,
    fold_word,
    is_arabic,
    is_bare_phrase,
    is_foreign,
    is_foreign_country,
    is_foreign_town,
    is_forming_word,
    is_generic_word,
    is_kind_alone,
    is_kind_word,
    is_person_name,
    iter_respellings,
    may_be_garbled,
    split_folded_words,
    split_plain_words,
)
from buldan.thresholds import WELL_KNOWN

__all__ = ["Reviser"]

_NUMBERED = re.compile(r"[^\W\d]\s+(\d{1,2}|I{1,3}|IV)\s*$")
"""A number after a name, with only a space between them: El Kowm 2, Tell Halula II."""

_SIGN_BEFORE_BLANK = re.compile(r"[^\w\s]\s")
"""A sign as it stands between the parts of a cell."""

_SHORT_NAME = 4
"""Maximum letters of a short name. It counts as typed in another keyboard layout only if its place is well known."""


_USUAL_NAME = 7
"""The same of letters read as another language's, which many names have."""

_KNOWN_AS_TOWNS_ARE = 3.5
"""Salience from which on a place is meant by its name, even if that is a word: الباب."""

_DOTS_PRICE = 2.0
"""Nats that it costs to suppose that dots were lost or misplaced."""

_WORD_OF_NAME = 4.3
"""Zipf value from which on a word is more often the word than the little known place called so."""

_WORD_WITH_CLITIC = 4.0
"""The same of a word that may be a known town behind a clitic: بصدد, Sadad."""

_RESPELLED = frozenset({"respelled", "synonym"})
"""Assumptions by which the letters asked for are others than those found; of another script or layout, no word is."""

_WHOLE_NAMES = frozenset({int(Rule.ATTESTED), int(Rule.KIND_LEFT_OUT)})
"""Forms that hold all of a name but its word of kind."""

_MOST_PARTS_OF_NOTHING = 3
"""Maximum parts of a cell that has a word for nothing beside a unit; cutting may part it (not at home)."""

_WITHIN_OUTSIDE = EVIDENCE.index("within_outside")

_ATTESTED, _UNIT_LEFT_OUT = int(Rule.ATTESTED), int(Rule.UNIT_LEFT_OUT)

_ROAD = kind_codes()["road"]

_KNOWN_AROUND = 2.5
"""Salience above which a place is known outside its own district: a town, or a village that the news name often."""


class Reviser:
    """Revises answers over one index. Each method makes one check."""

    def __init__(self, index: Index, answerer: Answerer) -> None:
        self._index, self._answerer, self._rule = index, answerer, index.form_rule.data
        self._drawn_alike = DrawnAlike(index)
        self._usual_names = UsualNames(index, answerer)

    def revise(self, question: Question, answer: Answer) -> Answer:
        """The answer after all checks."""
        if self._holds_no_doubt(question, answer):
            return answer
        answer = self._try_respellings(question, answer)
        answer = self._usual_names.revise(question, answer)
        answer = self._doubt_what_is_abroad(question, answer)
        answer = self._doubt_what_any_town_has(question, answer)
        answer = self._doubt_first_word(question, answer)
        answer = self._doubt_bare_name(question, answer)
        answer = self._doubt_unit_beside_nothing(question, answer)
        answer = self._doubt_number(question, answer)
        return self._note_camp(question, answer)

    def _holds_no_doubt(self, question: Question, answer: Answer) -> bool:
        """Whether none of the checks would change the answer: a place is likely and has all of the name asked for, and
        the cell holds nothing but that name, or names of units that contain the place.
        """
        plain = list_plain_names(question.text)
        is_address = bool(answer.within.containers) and not (answer.several or answer.is_makeshift)
        if not plain or (len(plain) > 1 and not is_address):
            return False
        return self._is_likely_as_written(answer) and self._bears_whole_name(answer)

    def _is_likely_as_written(self, answer: Answer) -> bool:
        """Whether the first place has exactly the name asked for, all its words included, and is likely."""
        return answer.is_as_written and self._measure_margin_of_name(answer) >= STOP_MARGINS["exact"]

    def _bears_whole_name(self, answer: Answer) -> bool:
        """Whether the name found is all of a name of the first place but its word of kind."""
        return self._rule[answer.ranking.get_hit(0).form] in _WHOLE_NAMES

    def _try_respellings(self, question: Question, answer: Answer) -> Answer:
        """The answer, or a better one to a respelling of the question (another keyboard layout, a wrong encoding)."""
        if answer.is_land or (self._is_likely_as_written(answer) and not may_be_garbled(question.text)):
            return answer
        for respelling in self._iter_respellings(question, answer):
            try:
                if respelling.is_exact and not self._answerer.may_be_borne(respelling.text):
                    continue
                other = self._answerer.read(question._replace(text=respelling.text))
            except QueryError:
                continue
            if respelling.rule == "word_order" and other.ranking.rows and _is_of_kinds(other.ranking.get_hit(0)):
                continue  # the bakery of the town is no town called Bakery
            # A respelling must keep the whole cell: it adds no places and drops none of its parts.
            is_whole = other.ranking.rows and not other.is_makeshift and other.several <= answer.several
            expected, parts = len(_list_named_parts(question.text)), len(_list_named_parts(respelling.text))
            if respelling.rule == "keyboard" and not _SIGN_BEFORE_BLANK.search(question.text):
                expected = parts  # In the other layout , and ; are letters: hg;s,m.
            # Other letters may be punctuation that splits the cell; another word order cannot split it.
            is_whole = is_whole and (parts == expected if respelling.rule == "word_order" else parts >= expected)
            if respelling.rule == "respelled" and (
                (answer.cell_units and not (other.cell_units or other.within.containers) and parts > 1)
                or self._loses_unit(question.text, respelling.text)
            ):
                continue  # a unit that was read is no longer one: X (Sokhneh), x (zokhneh)
            if respelling.rule == "dots" and answer.margin > 0 and other.ranking.rows[:1] == answer.ranking.rows[:1]:
                continue  # found by its other letters already
            # Decoding gives Arabic words by no chance: a repaired part counts even if the rest is known.
            least = 0.0 if respelling.rule == "encoding" else self._measure_margin_of_name(answer)
            if not is_whole or other.margin - respelling.price <= least:
                continue
            if respelling.is_exact and not (other.is_as_written and self._is_notable(other, respelling)):
                continue
            is_no_better = respelling.is_exact or other.ranking.get_evidence(0)[_WITHIN_OUTSIDE] > 0
            has_number = DIGIT.search(question.text) is not None
            if respelling.rule == "respelled" and answer.is_as_written and (is_no_better or has_number):
                continue  # a place has just this name: it lies elsewhere, but its letters (or the 2 of T2) are no slip
            answer = discount(other, respelling.price, Reason(respelling.rule, respelling.text))
        return answer

    def _loses_unit(self, text: str, respelled: str) -> bool:
        """Whether fewer parts of a respelled cell are the name of a governorate or its city."""
        parts, others = _list_named_parts(text), _list_named_parts(respelled)
        return len(parts) > 1 and _count(self._answerer.is_wide, others) < _count(self._answerer.is_wide, parts)

    def _iter_respellings(self, question: Question, answer: Answer) -> Iterator[Respelling]:
        """The texts that may be meant: by the habits of writing, and by the dots of letters."""
        yield from iter_respellings(question.text)
        if is_arabic(question.text[:1]) and not answer.is_as_written:
            drawn = self._drawn_alike.find(question.text)
            if drawn:
                yield Respelling(drawn, "dots", _DOTS_PRICE, False)

    def _measure_margin_of_name(self, answer: Answer) -> float:
        """Utility of the answer above "none of these", nats; at most 0 if it is only the unit beside an unknown
        name.
        """
        if answer.is_makeshift and answer.ranking.rows and answer.ranking.get_hit(0).reading.words in answer.cell_units:
            return min(answer.margin, 0.0)
        return answer.margin

    def _is_notable(self, answer: Answer, respelling: Respelling) -> bool:
        """Whether a respelled name is long, or its place well known. Short names of small places match by chance."""
        if respelling.rule == "word_order":
            return True
        is_long = len(respelling.text) > (_SHORT_NAME if respelling.rule == "keyboard" else _USUAL_NAME)
        return is_long or bool(self._index.salience[answer.ranking.rows[0]] >= WELL_KNOWN)

    def _doubt_what_is_abroad(self, question: Question, answer: Answer) -> Answer:
        """The answer with the reason `abroad` if a better-known place abroad has the name and nothing says Syria.

        With `other_country` if the cell itself names that country.
        """
        asked, is_misread = question.asked, False
        if asked.within.in_syria or asked.near is not None or answer.within.in_syria:
            is_misread = self._takes_country_for_name(question.text, answer)
            if not is_misread:
                return answer
        parts = _list_named_parts(question.text)
        ours = parts
        if len(parts) > 1:
            ours = [part for part in parts if not is_foreign_country(split_plain_words(part.text))]
        rule = "abroad"
        if 0 < len(ours) < len(parts):
            if any(map(self._answerer.is_ours, ours)) and not is_misread:
                return answer
            # The country beside the name says where it is; it is not another place of a list.
            answer = self._answerer.read(question._replace(text=", ".join(part.text for part in ours)))
            rule = "other_country"
        elif len(parts) == 1 and _is_of_foreign(split_plain_words(parts[0].text)) and not answer.is_as_written:
            return answer.add_reason(Reason(rule))  # Hamadan airbase is not Hamdan Airbase
        elif not all(is_foreign(split_plain_words(part.text)) for part in parts):
            beside = _find_foreign_end(parts) if len(parts) > 1 and not answer.several else ""
            if beside:
                return answer.add_reason(Reason("abroad_beside", beside))
            is_abroad = len(parts) == 1 and not answer.is_as_written and _is_of_town_abroad(parts[0].text, answer)
            return answer.add_reason(Reason(rule)) if is_abroad else answer
        return self._keep_namesakes(answer).add_reason(Reason(rule))

    def _takes_country_for_name(self, text: str, answer: Answer) -> bool:
        """Whether the place found is only spelled like another country that the cell names, or lies outside the unit
        beside it: Japan in "Hama, Japan".
        """
        if not answer.ranking.rows or answer.several:
            return False
        words = answer.ranking.get_hit(0).reading.words
        clad = (answer.ranking.get_hit(0).reading.clitic + words[0], *words[1:])
        if not is_foreign_country(clad):
            return False
        is_inside = answer.ranking.get_evidence(0)[_WITHIN_OUTSIDE] <= 0
        is_named = any(split_plain_words(part.text) == clad for part in _list_named_parts(text))
        return is_named and not (answer.is_as_written and is_inside)

    def _keep_namesakes(self, answer: Answer) -> Answer:
        """The answer, reduced to places that have exactly the name asked for."""
        kept = make_answer(self._index, answer.ranking.select_same_name(), answer.within)
        return kept._replace(reasons=answer.reasons)

    def _doubt_what_any_town_has(self, question: Question, answer: Answer) -> Answer:
        """The answer, less likely if the question names what every town has (hospital, market) and no town."""
        last = split_folded_words(cut_cell(question.text)[-1].text)[-1:]
        if not any(map(is_generic_word, last)):
            return answer  # true of nearly every cell, and saves reading it as a whole
        if is_kind_alone(question.text):
            reason = Reason("kind_alone")
            # A village may be called Hospital; a village that only sounds like it is no answer.
            answer = self._keep_namesakes(answer)
        elif (is_bare_phrase(question.text) or names_side(question.text)) and question.asked.is_anything:
            reason = Reason("bare_phrase")
        elif self._is_thing_of_any_town(question, answer):
            reason = Reason("kind_definite")
        else:
            return answer
        return answer.add_reason(reason)

    def _is_thing_of_any_town(self, question: Question, answer: Answer) -> bool:
        """Whether a question may as well mean what any town has (المدرسة) as a little known place called so."""
        rows, words = answer.ranking.rows, split_folded_words(question.text)
        if not (rows and question.asked.is_anything and len(words) == 1 and is_kind_word(words[0])):
            return False
        return not self._is_known(answer)

    def _doubt_first_word(self, question: Question, answer: Answer) -> Answer:
        """The answer, less likely if the question is only a word that names begin with: Abu, تل.

        With its article such a word may be a name: التل. So is all that is left of Tell al-Matar without its "airport".
        """
        reading = answer.ranking.get_hit(0).reading if answer.ranking.rows else None
        if reading and reading.asks == "facility" and is_first_word_alone(question.text, reading.words):
            return answer.add_reason(Reason("first_word"))
        is_short = " " not in question.text or any(map(str.isdigit, question.text))
        # Digits beside it are not part of a name: tel: 021-2345678.
        words = [word for word in split_folded_words(question.text) if not word.isdigit()] if is_short else []
        is_alone = len(words) == 1 and is_forming_word(words[0]) and not count_articles(question.text)
        return answer.add_reason(Reason("first_word")) if is_alone else answer

    def _doubt_bare_name(self, question: Question, answer: Answer) -> Answer:
        """The answer, less likely if the name may mean something else and nothing beside it says what."""
        if not answer.ranking.rows or answer.several:
            return answer
        hit = answer.ranking.get_hit(0)
        if self._is_called_after_person(answer, hit):
            return answer.add_reason(Reason("person", " ".join(hit.reading.words)))
        if not question.asked.is_anything:
            return answer
        rule = self._rule[hit.form]
        if is_person_name(question.text) and not (
            answer.is_as_written and rule == _ATTESTED and self._is_known(answer)
        ):
            # Quarters, streets and villages are called after people: خالد, Jamal al-Din.
            reason = Reason("person", question.text.strip())
        elif begins_with_given_name(question.text) and self._is_spelled_like_a_place(question, answer):
            reason = Reason("person", question.text.strip())  # فراس الأسود is not at Ras al-Aswad
        elif self._is_taken_word(question, answer, hit):
            reason = Reason("word", " ".join(hit.reading.words))
        elif self._leaves_town_out(answer, hit) and self._is_lone_thing(question, answer):
            # "Jableh harbour" is stored, but other towns have harbours that are not.
            reason = Reason("town_left_out")
        else:
            return answer
        return answer.add_reason(reason)

    def _is_called_after_person(self, answer: Answer, hit: Hit) -> bool:
        """Whether something in a town is asked for by a given name, and a little known place called so was found."""
        if hit.reading.asks != "facility" or not is_person_name(" ".join(hit.reading.words)):
            return False
        kind = self._index.kind_ids[self._index.kind[answer.ranking.rows[0]]]
        return get_kind(kind).group not in BUILT_GROUPS and not self._is_known(answer)

    def _is_spelled_like_a_place(self, question: Question, answer: Answer) -> bool:
        """Whether the cell says no more than a name, and the place found has another: words in another order, fewer
        words, or like sounds.
        """
        if answer.ranking.get_hit(0).reading.kinds:
            return False
        if answer.within.containers:
            # A unit that stands for itself, or is only read out of a surname: عمر الإدلبي.
            return len(_list_named_parts(question.text)) == 1 and _is_respelled(answer)
        is_reordered = any(reason.rule == "word_order" for reason in answer.reasons)
        return is_reordered or not (answer.is_as_written and self._bears_whole_name(answer))

    def _is_taken_word(self, question: Question, answer: Answer, hit: Hit) -> bool:
        """Whether the name found is an ordinary word, and nothing beside it says that it is a place.

        What is only spelled like a place (since, Maar Tesin) is doubted sooner than a little known place called so.
        """
        reading = hit.reading
        if len(reading.words) != 1 or reading.kinds or answer.within.containers:
            return False
        is_respelled = _is_respelled(answer)
        is_name = not (hit.letters or is_respelled) and self._bears_whole_name(answer)
        asked = split_plain_words(question.text) if reading.clitic or is_respelled else reading.words
        taken = load_taken_words()
        as_asked = taken.get(asked[0], 0.0) if len(asked) == 1 else 0.0
        if is_name and self._index.salience[answer.ranking.rows[0]] >= _KNOWN_AS_TOWNS_ARE:
            return bool(reading.clitic) and as_asked >= _WORD_WITH_CLITIC
        if is_name and not reading.clitic:
            return as_asked >= _WORD_OF_NAME
        # What the clitic leaves may be the word: وعلم.
        return max(as_asked, 0.0 if is_respelled else taken.get(reading.words[0], 0.0)) > 0.0

    def _is_known(self, answer: Answer) -> bool:
        """Whether the first place is known outside its own district."""
        return bool(self._index.salience[answer.ranking.rows[0]] > _KNOWN_AROUND)

    def _leaves_town_out(self, answer: Answer, hit: Hit) -> bool:
        """Whether the name found is that of the place without its town, and may be one of another town, too: a single
        word, or the name of a street. Towns call their streets after the same days, people and cities.
        """
        if self._rule[hit.form] == _UNIT_LEFT_OUT:
            return len(hit.reading.words) == 1
        row = answer.ranking.rows[0]
        place = self._index.places[row]
        if self._index.kind.data[row] != _ROAD or not place.part_of:
            return False
        found = f"{fold(self._index.names[int(self._index.form_name[hit.form])].text)} "
        return any(fold(name).startswith(found) for name in (place.name_ar, place.name_en))

    def _is_lone_thing(self, question: Question, answer: Answer) -> bool:
        """Whether the first place is something in a town or on the land, and the cell names nothing else."""
        kind = self._index.kind_ids[self._index.kind[answer.ranking.rows[0]]]
        is_whole_place = get_kind(kind).group in {"settlement", "admin"}
        return not is_whole_place and not answer.within.containers and len(_list_named_parts(question.text)) == 1

    def _doubt_unit_beside_nothing(self, question: Question, answer: Answer) -> Answer:
        """The answer, less likely if the cell has a word for nothing beside a governorate or its city.

        "unknown, Aleppo" says only that the place is somewhere in Aleppo.
        """
        if answer.cell_units or question.text.replace(" ", "").isalpha():
            return answer  # true of nearly every question, or it was looked for as a name and is doubted for that
        if len(cut_cell(question.text)) > _MOST_PARTS_OF_NOTHING:
            return answer
        for unit, rest in cut_off_ends(question.text):
            if is_missing(rest) and self._answerer.is_wide(unit):
                return answer.add_reason(Reason("unknown_there", unit.strip()))
        return answer

    def _doubt_number(self, question: Question, answer: Answer) -> Answer:
        """The answer, less likely if the question has a number after the name and the name found has none."""
        number = _NUMBERED.search(question.text)
        if number is None or not answer.ranking.rows:
            return answer
        name = self._index.names[int(self._index.form_name[answer.ranking.get_hit(0).form])]
        if any(map(str.isdigit, name.text)):
            return answer
        return answer.add_reason(Reason("number_left_out", number.group(1)))

    def _note_camp(self, question: Question, answer: Answer) -> Answer:
        """The answer, marked if the question has a word for a camp."""
        asks_camp = any(has_camp_word(split_plain_words(part.text)) for part in cut_cell(question.text))
        return answer._replace(asks_camp=True) if asks_camp else answer


def _is_respelled(answer: Answer) -> bool:
    """Whether the letters asked for are others than those found."""
    return any(reason.rule in _RESPELLED for reason in answer.reasons)


def _is_of_kinds(hit: Hit) -> bool:
    """Whether a hit left out a word of kind, and what remains is another one."""
    return hit.reading.bare and all(is_kind_word(fold_word(word)) for word in hit.reading.words)


def _is_of_foreign(words: Words) -> bool:
    """Whether plain words are a word of kind and the name of a place abroad: Hamadan airbase, جبل عمان."""
    bare = strip_generics(words).words
    if bare == words and len(words) > 1 and get_generic_role(words[0]):
        bare = words[1:]
    return bare != words and is_foreign(bare)


def _find_foreign_end(parts: Sequence[Part]) -> str:
    """The last or the first of several parts, if it is the name of a place abroad; else empty."""
    ends = (parts[-1].text, parts[0].text)
    return next((text for text in ends if is_foreign(split_plain_words(text))), "")


def _is_of_town_abroad(text: str, answer: Answer) -> bool:
    """Whether a text is the name of a town abroad that no place of Syria bears, or a foreign name behind a clitic."""
    if is_foreign_town(text):
        return True  # Umraniye is no spelling of a village
    if not answer.ranking.rows or not answer.ranking.get_hit(0).reading.clitic:
        return False
    return any(is_foreign(behind) for *_, behind in iter_without_clitics(split_plain_words(text)))  # بلبنان


def _count(test: Callable[[str], bool], parts: Iterable[Part]) -> int:
    """The number of parts whose text passes a test."""
    return sum(test(part.text) for part in parts)


def _list_named_parts(text: str) -> list[Part]:
    """The parts of a cell that may be names: they hold more than an article or a stop word such as "in"."""
    parts = (part for part in cut_cell(text) if may_hold_name(part.text))
    return [
        part for part in parts if not all(get_generic_role(word) == "stop" for word in split_folded_words(part.text))
    ]
