"""Join parts that are one name, two spellings of one name, or a word of kind and its name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from buldan.index import Index, Rule, Standing
from buldan.kinds import ADMIN_KINDS, SETTLEMENT_KINDS
from buldan.lookup.bare_words import (
    get_generic_role,
    has_camp_word,
    is_had_by_any_town,
    strip_generics,
    strip_kind_words,
)
from buldan.lookup.cell_reading.classes import PartClassifier
from buldan.lookup.cell_reading.generic_words import is_only_generic
from buldan.lookup.cell_reading.splitting import PartSplitter
from buldan.lookup.cells import Part, cut_cell, is_unit_word, read_unit_words
from buldan.lookup.units import UnitReader
from buldan.text import (
    count_articles,
    fold,
    is_arabic,
    load_generic_terms,
    make_plain_key,
    similarity,
    split_folded_words,
    split_plain_words,
)
from buldan.text.tables import read_table

__all__ = ["PartJoiner"]

_ONE_PLACE = 0.7
"""Similarity (0..1) from which a Latin and an Arabic part count as one name in two scripts."""

_MOST_PARTS_OF_NAME = 3
"""Maximum parts of a mistyped name. Five stored names have more (of some 99,000); what has more is an address."""

_ADDRESS_SIGNS = frozenset({"comma", "dash", "slash", "bracket"})
"""Signs that may stand before the town of a facility."""


_PARTING_SIGNS = frozenset({"comma", "dash", "slash", "nested"})
"""Signs between the parts of an address."""

_KIND_SIGNS = frozenset({"comma", "dash"})
"""Signs before a word for the kind of what stands before."""

_NAME_SIGNS = frozenset({"first", "comma", "dash", "slash", "colon", "nested"})
"""Signs before a name whose kind may be told behind it."""

_TOWNS_AND_UNITS = frozenset((*ADMIN_KINDS, *SETTLEMENT_KINDS, "neighbourhood"))
"""Kinds that are told behind a name."""


class PartJoiner:
    """Joins parts over one index."""

    def __init__(self, index: Index, units: UnitReader, classifier: PartClassifier, splitter: PartSplitter) -> None:
        self._index, self._units, self._named = index, units, units.named
        self._classifier, self._splitter = classifier, splitter

    def is_one_name(self, text: str, parts: Sequence[Part]) -> bool:
        """Whether a text with separators is one stored name, kind words aside: Ein Issa - Ein Bnar village."""
        may_be_mistyped = 1 < len(parts) <= _MOST_PARTS_OF_NAME
        if self._splitter.is_name_or_clad(text) or (may_be_mistyped and self._named.is_mistyped_name(text)):
            return True
        plain = split_plain_words(text)
        words = strip_kind_words(plain)
        if words == plain or len(parts) < 2:
            return False
        has_all = all(not set(words).isdisjoint(split_plain_words(part.text)) for part in parts)
        return has_all and self._named.is_name(" ".join(words))

    def join_names(self, parts: Sequence[Part], text: str) -> Iterator[Part]:
        """The parts, with neighbours joined that are one stored name: Mamura - Mahdum, Mashat at Turn."""
        at = 0
        while at < len(parts):
            part = parts[at]
            end, joined = next(self._iter_names_joined(parts, at, text), (at + 1, part.text))
            yield part if joined == part.text else part._replace(text=joined)
            at = end

    def _iter_names_joined(self, parts: Sequence[Part], at: int, text: str) -> Iterator[tuple[int, str]]:
        """Stored names that begin with a part and include the next ones, longest first: (end position, name)."""
        following = parts[at + 1] if at + 1 < len(parts) else None
        if following is None or (following.sign == "comma" and self._units.holds(following.text, parts[at].text)):
            return  # Rashidiyeh, Tal Hmis is a village there, though another village has both words as its name.
        for end in range(len(parts), at + 1, -1):
            if end < len(parts) and parts[end].sign == "colon" and _is_label(parts[end - 1]):
                continue  # District: Ariha, Sub-district: Ehsem
            forms = [_cut_stretch(parts, at, end, text)]
            if all(part.sign != "near" for part in parts[at + 1 : end]):
                forms.insert(0, _join_texts(parts, at, end))  # a camp near Afrin is not Afrin camp
            for joined in dict.fromkeys(forms):
                if self._named.is_name(joined):
                    yield end, joined

    def pair_spellings(self, parts: Sequence[Part]) -> list[Part]:
        """The parts, with a second spelling stored in the first one: حلب (Aleppo), Salqin/سلقين."""
        kept: list[Part] = []
        for part in parts:
            first = next((other for other in kept if self._is_same(other, part)), None)
            if first is None:
                kept.append(part)
            else:
                kept[kept.index(first)] = first._replace(also=part.text)
        return kept

    def _is_same(self, part: Part, other: Part) -> bool:
        """Whether a part repeats the name of an earlier one: in the other script, or as another name of its place."""
        if other.sign not in {"slash", "bracket", "dash"} or part.also:
            return False
        if _is_arabic(part.text) != _is_arabic(other.text) and similarity(part.text, other.text) > _ONE_PLACE:
            return True
        rows = self._named.find_exact(part.text)
        return bool(rows) and not set(rows).isdisjoint(self._named.find_exact(other.text))

    def join_generics(self, parts: Sequence[Part]) -> list[Part]:
        """The parts, with those that are only a word of kind joined to the next part.

        مخيم النازحين في الشيخ بحر asks for a camp in Shaykh Bahr; but Mazraa - Hawash names a village called Mazraa.
        """
        kept: list[Part] = []
        pending: list[Part] = []
        for at, part in enumerate(parts):
            following = parts[at + 1] if at + 1 < len(parts) else None
            if kept and following is None and not pending and _is_seat_word(part):
                continue  # what comes before is the town itself
            is_label = following is not None and following.sign == "colon"
            if kept and not pending and not is_label and _is_kind_of(part, kept[-1]):
                kept[-1] = _put_kind_to_name(part, kept[-1])
            elif following is not None and self._is_kind_alone(part, following):
                pending.append(part)
            elif not pending:
                kept.append(part)
            else:
                text = " ".join(each.text for each in (*pending, part))
                is_unnamed = part.sign == "near" or self._is_some_village(pending, part)
                level = part.level or _get_level(pending[-1])
                kept.append(part._replace(text=text, sign=pending[0].sign, level=level, is_unnamed=is_unnamed))
                pending = []
        return kept

    def _is_some_village(self, pending: Sequence[Part], part: Part) -> bool:
        """Whether words of kind mean some village of a unit, not the unit's own city: قرية، حماة.

        The town of a lesser unit may be called a village itself: village - Saraqib.
        """
        words = tuple(word for each in pending for word in split_plain_words(each.text))
        if "village" not in strip_generics(("x", *words)).kinds or part.sign in {"space", "colon"}:
            return False
        return self._classifier.classify(part) in (
            {"governorate", "stated", "unit"} if part.sign == "in" else {"governorate", "stated"}
        )

    def _is_kind_alone(self, part: Part, following: Part) -> bool:
        """Whether a part only says of what kind the next part is."""
        words = split_folded_words(part.text)
        if self._is_name_with(part, following):
            return True
        if not (is_only_generic(words) or _is_label(part)) or (
            part.level and self._units.classify(part.text) == "unit"
        ):
            return False
        if following.sign == "space" and following.level:
            # قرية الحارة ناحية جبلة: with its article the last word may be the village's name.
            last = part.text.split()[-1]
            return not (count_articles(last) and self._named.is_name(last))
        if following.sign in {"and", "near", "space"}:
            return True
        forms = self._index.plain.find(make_plain_key(words))
        if following.sign == "in":
            return not (forms and self._units.holds(following.text, part.text))
        standing, counted = self._index.form_standing, self._index.form_articles
        articles = count_articles(part.text)
        is_own = any(standing[form] == Standing.OWN and counted[form] == articles for form in forms)
        return not (is_own or self._is_known_in(part, following))

    def _is_known_in(self, part: Part, following: Part) -> bool:
        """Whether words of kind are the name of a place in the next part (مخيم السد، الحسكة: the camp at the dam).

        False for what every town has, such as a market.
        """
        if is_had_by_any_town(part.text):
            return False
        container = self._units.find_container(following.text, False)
        return container is not None and self._units.holds_name(container, part.text)

    def _is_name_with(self, part: Part, following: Part) -> bool:
        """Whether a word of kind and the next part together are a stored name: القلعة، حماة is the citadel of Hama.

        So is حي المخيم، درعا, the camp there. Villages called القلعة do not change this.
        """
        if following.level or following.sign not in _ADDRESS_SIGNS:
            return False
        words = strip_generics(split_plain_words(part.text)).words
        if len(words) != 1 or not get_generic_role(words[0]):
            return False
        if words != split_plain_words(part.text) and not has_camp_word(words):
            return False  # حي المحطة is the quarter, and not the station
        return self._named.is_name(f"{words[0]} {following.text}", most=Rule.ATTESTED)


def _is_label(part: Part) -> bool:
    """Whether a part is nothing but a unit word, one of two words included: Sub-district."""
    return is_unit_word(" ".join(split_folded_words(part.text)))


def _get_level(label: Part) -> str:
    """The level of unit that a label says: `sub-district` for Sub-district: Ehsem; empty for other words of kind."""
    level, _ = read_unit_words().get(" ".join(split_folded_words(label.text)), ("", ""))
    return level if level in ADMIN_KINDS else ""


def _is_kind_of(part: Part, before: Part) -> bool:
    """Whether a part is nothing but a word for the kind of the name before it: Afrin (city), حلب - محافظة.

    With an article such a word is a name of its own: حلب، المحافظة is a quarter of the city.
    """
    words = split_folded_words(part.text) if part.sign in _KIND_SIGNS and not part.also else ()
    term = load_generic_terms().get(words[0]) if len(words) == 1 else None
    if term is None or term.role != "kind" or not term.kinds or not term.kinds <= _TOWNS_AND_UNITS:
        return False
    if count_articles(part.text) or before.level or before.sign not in _NAME_SIGNS:
        return False
    named = split_plain_words(before.text)
    return strip_generics(named).words == named


def _is_seat_word(part: Part) -> bool:
    """Whether a part says no more than that the town named before it is meant: حلب - منبج - المدينة."""
    return part.sign in _PARTING_SIGNS and fold(part.text) in _load_seat_words()


@cache
def _load_seat_words() -> frozenset[str]:
    return frozenset(fold(form) for form, _ in read_table("seat_words"))


def _put_kind_to_name(part: Part, before: Part) -> Part:
    """The name with its kind where its language has it: حلب (محافظة) is محافظة حلب, and Afrin, city is Afrin city."""
    texts = (part.text, before.text) if _is_arabic(part.text) else (before.text, part.text)
    text = " ".join(texts)
    (joined, *others) = cut_cell(text)
    level = joined.level if not others else ""
    return before._replace(text=text, name=joined.name if level else text, level=level)


def _join_texts(parts: Sequence[Part], begin: int, end: int) -> str:
    """The texts of parts, a space between each."""
    return " ".join(part.text for part in parts[begin:end])


def _cut_stretch(parts: Sequence[Part], begin: int, end: int, text: str) -> str:
    """The original text from one part to another, joining words included; empty if a part is not in it."""
    first = text.find(parts[begin].text)
    last = text.find(parts[end - 1].text, first + len(parts[begin].text)) if first >= 0 else -1
    return text[first : last + len(parts[end - 1].text)] if last >= 0 else ""


def _is_arabic(text: str) -> bool:
    return any(is_arabic(letter) for letter in text)
