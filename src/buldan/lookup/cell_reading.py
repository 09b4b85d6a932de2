"""What a cell says: which of its parts is the name, which contain it, which are other places.

The rules of precedence are those of `buldan.lookup.containment`. What the gazetteer holds as one name is one name; a
governorate, and whatever a unit's word tells, contains in either order; two names of towns are two places.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from buldan.index import Index, Rule, Standing
from buldan.lookup.bare_words import (
    get_generic_role,
    has_camp_word,
    hints_at_quarter,
    is_had_by_any_town,
    stands_in_town,
    strip_generics,
    strip_kind_words,
)
from buldan.lookup.cells import Part, cut_cell, is_compass_word, is_unit_word, may_hold_name, tells_side
from buldan.lookup.clinging import LEAST_CLAD, iter_without_clitics
from buldan.lookup.containment import WIDTH, list_doubtful, tell_roles
from buldan.lookup.units import UnitReader
from buldan.text import (
    Words,
    count_articles,
    find_words,
    fold_word,
    is_arabic,
    is_bare_article,
    is_side_word,
    load_joining_words,
    make_plain_key,
    similarity,
    split_folded_words,
    split_plain_words,
)

__all__ = ["CellReader", "CellReading", "is_only_generic"]

_MOST_UNIT_WORDS = 4
"""Words of a governorate's name that may stand beside another name without a sign."""

_MOST_PARTS = 8
"""Parts of a cell that are told apart; of more, the cell is a list."""

_JOINING_CLITICS = {"و": "and", "ب": "in"}
"""Clitics before the second of two names, and the sign that they stand for."""

_HOLDING = frozenset({"governorate", "unit"})
"""Classes of what holds a place whose name is not known."""

_ONE_PLACE = 0.7
"""Similarity across scripts from which on two parts are one name written twice."""

_LEVELS = {"governorate": 1, "district": 2, "sub-district": 3}
"""How narrow a unit is by its word."""

_LEAST_CHAIN = 3
"""Words of two units and a name with nothing between them, at least."""

_ADDRESS_SIGNS = frozenset({"comma", "dash", "slash", "bracket"})
"""Signs before the town that a thing stands in."""

_TRIMMED = " -.،,"
"""Signs that are left at the ends of a text that was cut at a blank."""

_WITHIN_NAMES = frozenset({"first", "dash", "slash", "and", "in", "near", "space"})
"""Signs that names hold too: Mamura - Mahdum, Rabyeh / Bikas."""


@dataclass(frozen=True, slots=True)
class CellReading:
    """One way to read a cell.

    Attributes:
        names: the parts that are names of places asked for; several are several places.
        units: the parts that contain them, from wide to narrow.
        near: parts that tell a greater place near them.
        is_bold: whether it was cut where no sign stands or at a word such as "near", so that it must prove itself.
        is_land: whether the cell tells the land around the place named (ريف إدلب) and no place in it.
        is_aside: whether the name stands in brackets behind a town that would hold it, and may be told beside that town
            alone: Tal Aran (Balat).
        side: the word for the side of the land that the cell tells, or empty: شمال in شمال حلب.
    """

    names: tuple[Part, ...]
    units: tuple[Part, ...] = ()
    near: tuple[Part, ...] = ()
    is_bold: bool = False
    is_land: bool = False
    is_aside: bool = False
    side: str = ""


class CellReader:
    """Reads cells over one index."""

    def __init__(self, index: Index, units: UnitReader) -> None:
        self._index, self._units, self._named = index, units, units.named

    def read(self, text: str) -> CellReading | None:
        """How the parts of a cell belong together; None where it is one name or nothing says how."""
        # An article alone is cut off by a slip of the finger: "Al- Bab".
        parts = [part for part in cut_cell(text) if may_hold_name(part.text)]
        if not parts:
            return None
        if len(parts) == 1 and parts[0].beside and self._named.is_name(text):
            return CellReading((Part(text, "first", name=text),))  # the name of a quarter: North of the Line
        parts[0] = self._join_side(parts[0])
        if len(parts) == 1 and (land := self._as_land(parts[0])):
            return land
        if sides := [part for part in parts if len(parts) > 1 and tells_side(part.text)]:
            parts = [part for part in parts if part not in sides]
            if len(parts) == 1 and self._classify_part(parts[0]) in {"governorate", "unit", "told"}:
                return CellReading((parts[0]._replace(sign="first"),), is_land=True)
            parts = parts or sides
        if len(parts) == 1 and not self._may_be_split(parts[0].text):
            return CellReading(tuple(parts)) if parts[0].text != text else None
        if all(part.sign in _WITHIN_NAMES for part in parts) and self._is_one_name(text, parts):
            # One name: a reading of its parts would set it beside its neighbours (المشفى الوطني في إدلب).
            return CellReading((Part(text, "first", name=text),)) if len(parts) > 1 else None
        cut = [piece for part in self._join_names(parts, text) for piece in self._split(part)]
        is_bold = len(cut) > len(parts)
        named = self._join_generics(self._pair_spellings(cut))
        if len(named) == 1:
            is_read = len(parts) > 1 or is_bold or named[0].is_unnamed
            return CellReading((named[0]._replace(sign="first"),)) if is_read else None
        if not 1 < len(named) <= _MOST_PARTS:
            return None
        return self._assign(named, is_bold)

    def _as_land(self, part: Part) -> CellReading | None:
        """A cell that is nothing but land: ريف إدلب, or one side of a governorate, شمال حلب; None for any other."""
        if part.level:
            heart = self._named.find_heart(part.text)
            return CellReading((part._replace(text=heart, name=heart),), is_land=True) if heart else None
        if part.is_unnamed:
            return None  # 10 km north of Aleppo is a spot
        side, name = (part.beside, part.text) if part.beside in load_joining_words("side") else _cut_side(part.text)
        if not side or self._units.get_widest_class(make_plain_key(split_plain_words(name))) != "governorate":
            return None
        if self._named.is_name(f"{side} {name}" if part.beside else part.text):
            return None  # Eastern Aleppo is called so
        named = part._replace(text=name, sign="first", name=name, beside="")
        return CellReading((named,), is_land=True, side=side)

    def _join_side(self, part: Part) -> Part:
        """The first part with the side before it where both are one name: جنوب الثكنة، حماة."""
        whole = f"{part.beside} {part.text}"
        if not part.beside or not self._named.is_name(whole):
            return part
        return part._replace(text=whole, sign="first", name=whole, is_unnamed=False, beside="")

    def is_unnamed(self, part: Part) -> bool:
        """Whether a part names only what a place lies near: Afrin in "near Afrin"; شمال حلب is land of Aleppo."""
        if part.is_unnamed or not part.beside:
            return part.is_unnamed
        called = self._classify_part(part)
        is_land = called in {"governorate", "region"} and part.beside in load_joining_words("side")
        return called != "country" and not is_land

    def _may_be_split(self, text: str) -> bool:
        """Whether a text without signs begins or ends with a wide unit's name, or two other names may meet in it."""
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
        """Whether folded words are two stored names, and no name together. Cheap, as most names are asked for alone."""
        find = self._index.plain.find
        return not find("".join(words), 1) and any(
            find("".join(words[:at]), 1) and find("".join(words[at:]), 1) for at in range(1, len(words))
        )

    def _is_one_name(self, text: str, parts: Sequence[Part]) -> bool:
        """Whether a text that can be cut is one stored name, kind words apart: Ein Issa - Ein Bnar village."""
        if self._is_name_or_clad(text) or (len(parts) > 1 and self._named.is_mistyped_name(text)):
            return True
        words = strip_kind_words(split_plain_words(text))
        has_all = all(not set(words).isdisjoint(split_plain_words(part.text)) for part in parts)
        return len(parts) > 1 and has_all and self._named.is_name(" ".join(words))

    def _is_name_or_clad(self, text: str) -> bool:
        """Whether the gazetteer holds a text as one name, a clitic before its first word apart: لمعبد السويداء."""
        is_name = self._named.is_name
        return is_name(text) or any(
            is_name(" ".join(words)) for *_, words in iter_without_clitics(split_plain_words(text))
        )

    def _join_names(self, parts: Sequence[Part], text: str) -> Iterator[Part]:
        """The parts, neighbours that are one name put together: Mamura - Mahdum, Rabyeh / Bikas, Mashat at Turn."""
        at = 0
        while at < len(parts):
            part = parts[at]
            end, joined = next(self._iter_names_joined(parts, at, text), (at + 1, part.text))
            yield part if joined == part.text else part._replace(text=joined)
            at = end

    def _iter_names_joined(self, parts: Sequence[Part], at: int, text: str) -> Iterator[tuple[int, str]]:
        """Where a name ends that begins with a part and holds more of them, and the name; the longest first."""
        following = parts[at + 1] if at + 1 < len(parts) else None
        if following is None or (following.sign == "comma" and self._units.holds(following.text, parts[at].text)):
            return  # Rashidiyeh, Tal Hmis is Rashidiyeh there, though another village has both in its name.
        for end in range(len(parts), at + 1, -1):
            forms = [_cut_stretch(parts, at, end, text)]
            if all(part.sign != "near" for part in parts[at + 1 : end]):
                forms.insert(0, _join_texts(parts, at, end))  # a camp near Afrin is not Afrin camp
            for joined in dict.fromkeys(forms):
                if self._named.is_name(joined):
                    yield end, joined

    def _split(self, part: Part) -> Iterator[Part]:
        """A part cut before or behind a governorate's or the country's name, or where two other names meet."""
        if not self._may_be_split(part.text):
            yield part
            return
        tokens = find_words(part.text)
        if len(tokens) < 2 or part.level in {"district", "sub-district"} or self._is_name_or_clad(part.text):
            yield part
            return
        for length in range(min(_MOST_UNIT_WORDS, len(tokens) - 1), 0, -1):
            for left, right, unit in (
                (part.text[: tokens[-length][0]], part.text[tokens[-length][0] :], 1),
                (part.text[: tokens[length - 1][1]], part.text[tokens[length - 1][1] :], 0),
            ):
                sides = (left.strip(_TRIMMED), right.strip(_TRIMMED))
                widest = self._units.get_widest_class(make_plain_key(split_plain_words(sides[unit])))
                if widest and _is_generic(sides[1 - unit]):
                    yield part  # the word that tells its kind, and no other place: rural Al-Hasakeh
                    return
                if widest:
                    cut = [part._replace(text=side, name=side) for side in sides]
                    cut[1] = self._without_joining_clitic(cut[1])
                    cut[1 - unit] = cut[1 - unit]._replace(level="")
                    chain = self._find_chain(sides[1 - unit])
                    if chain:
                        first = cut[1 - unit]._replace(text=chain[0], name=chain[0])
                        cut[1 - unit : 2 - unit] = [first, *(Part(text, "space", name=text) for text in chain[1:])]
                    for piece in cut:
                        yield from self._split(piece)
                    return
        meeting = self._find_meeting(part.text, [begin for begin, _ in tokens[1:]])
        if meeting is None:
            yield part
            return
        left, right, sign = meeting
        yield part._replace(text=left, name=left)
        yield from self._split(Part(right, sign, name=right))

    def _without_joining_clitic(self, part: Part) -> Part:
        """The second of two names that meet, without the و that joins it to the first: الرقة ودير الزور."""
        first, bare = fold_word(part.text.split(maxsplit=1)[0]), part.text[1:]
        is_joined = len(first) > LEAST_CLAD and _JOINING_CLITICS.get(first[0]) == "and" and self._named.is_name(bare)
        if not is_joined or self._named.is_name(part.text):
            return part._replace(sign="space")
        return part._replace(text=bare, name=bare, sign="and")

    def _find_chain(self, text: str) -> list[str]:
        """The units and the name that a text beside a governorate is, with nothing between them, from either end:
        السفيرة الحاجب رسم شوكان. Empty where it is one name, or no such chain.
        """
        begins = [begin for begin, _ in find_words(text)[1:]]
        if len(begins) < _LEAST_CHAIN - 1 or self._is_name_or_clad(text):
            return []
        return self._find_chain_from_end(text, is_wide_first=True) or self._find_chain_from_end(
            text, is_wide_first=False
        )

    def _find_chain_from_end(self, text: str, *, is_wide_first: bool) -> list[str]:
        """The longest chain of units, each of which holds the next and the name at the end, in one direction."""
        for begin, _ in find_words(text)[1:]:
            left, right = text[:begin].strip(_TRIMMED), text[begin:].strip(_TRIMMED)
            unit, rest = (left, right) if is_wide_first else (right, left)
            if not (_has_own_word(unit) and self._named.is_name(unit) and self._units.classify(unit) == "unit"):
                continue
            chain = self._find_chain_from_end(rest, is_wide_first=is_wide_first)
            name = (chain[-1] if is_wide_first else chain[0]) if chain else rest
            if _has_own_word(name) and self._units.holds(unit, name):
                chain = chain or [rest]
                return [unit, *chain] if is_wide_first else [*chain, unit]
        return []

    def _find_meeting(self, text: str, begins: Sequence[int]) -> tuple[str, str, str] | None:
        """The first two names that meet at the begin of a word, without a sign, and the sign that they are read with.

        A و joins two names and a ب tells where the first one lies, each written to the second. Two names with nothing
        between are those of one place (Kobani Ain al-Arab), or of a place and its unit or region (Mayadin Quriyeh).
        """
        is_name = self._named.is_name
        for begin in begins:
            left, right = text[:begin].strip(_TRIMMED), text[begin:].strip(_TRIMMED)
            first, bare = fold_word(right.split(maxsplit=1)[0]), right[1:]
            if len(first) > LEAST_CLAD and first[0] in _JOINING_CLITICS and not is_name(right, most=Rule.ATTESTED):
                sign, is_known = _JOINING_CLITICS[first[0]], is_name(left)
                is_there = sign == "in" and (self._units.classify(bare) in _HOLDING or self._classify_by_word(left))
                if is_name(bare) and (is_known or is_there):
                    return left, bare, sign
            elif all(is_name(name) and _has_own_word(name) for name in (left, right)):
                if make_plain_key(split_plain_words(left)) == make_plain_key(split_plain_words(right)):
                    continue
                if not set(self._named.find_exact(left)).isdisjoint(self._named.find_exact(right)):
                    return left, right, "slash"
                if self._tells_where(left, right) or self._tells_where(right, left):
                    return left, right, "space"
        return None

    def _tells_where(self, where: str, name: str) -> bool:
        """Whether one of two names is that of a region, or of a unit that holds a place of the other name."""
        return self._units.classify(where) == "region" or self._units.holds(where, name)

    def _pair_spellings(self, parts: Sequence[Part]) -> list[Part]:
        """The parts without second spellings of the one before: حلب (Aleppo), Salqin/سلقين."""
        kept: list[Part] = []
        for part in parts:
            first = next((other for other in kept if self._is_same(other, part)), None)
            if first is None:
                kept.append(part)
            else:
                kept[kept.index(first)] = first._replace(also=part.text)
        return kept

    def _is_same(self, part: Part, other: Part) -> bool:
        if other.sign not in {"slash", "bracket", "dash"} or part.also:
            return False
        if _is_arabic(part.text) != _is_arabic(other.text) and similarity(part.text, other.text) > _ONE_PLACE:
            return True
        rows = self._named.find_exact(part.text)
        return bool(rows) and not set(rows).isdisjoint(self._named.find_exact(other.text))

    def _join_generics(self, parts: Sequence[Part]) -> list[Part]:
        """The parts, those that only tell a kind put to the one behind them.

        مخيم النازحين في الشيخ بحر asks for a camp of Shaykh Bahr; Mazraa - Hawash has a village called Mazraa.
        """
        kept: list[Part] = []
        told: list[Part] = []
        for at, part in enumerate(parts):
            following = parts[at + 1] if at + 1 < len(parts) else None
            if following is not None and self._is_kind_alone(part, following):
                told.append(part)
            elif not told:
                kept.append(part)
            else:
                text = " ".join(each.text for each in (*told, part))
                is_unnamed = part.sign == "near" or self._is_some_village(told, part)
                kept.append(part._replace(text=text, sign=told[0].sign, is_unnamed=is_unnamed))
                told = []
        return kept

    def _is_some_village(self, told: Sequence[Part], part: Part) -> bool:
        """Whether parts that only tell a kind are a village of a unit, and not the city that heads it: قرية، حماة. The
        town of a lesser unit may be called a village itself: village - Saraqib.
        """
        words = tuple(word for each in told for word in split_plain_words(each.text))
        if "village" not in strip_generics(("x", *words)).kinds or part.sign in {"space", "colon"}:
            return False
        return self._classify_part(part) in (
            {"governorate", "told", "unit"} if part.sign == "in" else {"governorate", "told"}
        )

    def _is_kind_alone(self, part: Part, following: Part) -> bool:
        """Whether a part only tells the kind of what is in the next one."""
        words = split_folded_words(part.text)
        if self._is_name_with(part, following):
            return True
        if not is_only_generic(words) or (part.level and self._units.classify(part.text) == "unit"):
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
        """Whether a part with words of kind alone is the name of a place in the next one, and not what any town has:
        مخيم السد، الحسكة is the camp at the dam.
        """
        if is_had_by_any_town(part.text):
            return False
        container = self._units.find_container(following.text, False)
        return container is not None and self._units.holds_name(container, part.text)

    def _is_name_with(self, part: Part, following: Part) -> bool:
        """Whether one word for a kind and the place behind it are a stored name: القلعة، حماة is the citadel of Hama,
        though villages are called so too; حي المخيم، درعا is the camp there.
        """
        if following.level or following.sign not in _ADDRESS_SIGNS:
            return False
        words = strip_generics(split_plain_words(part.text)).words
        if len(words) != 1 or not get_generic_role(words[0]):
            return False
        if words != split_plain_words(part.text) and not has_camp_word(words):
            return False  # حي المحطة is the quarter, and not the station
        return self._named.is_name(f"{words[0]} {following.text}", most=Rule.ATTESTED)

    def _assign(self, parts: Sequence[Part], is_bold: bool) -> CellReading:
        """Which parts are names, which their units."""
        classes, signs = self._classify_parts(parts), tuple(part.sign for part in parts)
        held = tuple(
            (wide, narrow)
            for wide, narrow, lesser in list_doubtful(classes, signs)
            if self._units.holds(parts[wide].text, parts[narrow].text, lesser=lesser)
        )
        names, units, near = (tuple(parts[at] for at in of_role) for of_role in tell_roles(classes, signs, held))
        if len(names) == 1 and classes[parts.index(names[0])] == "governorate" and (land := self._as_land(names[0])):
            return replace(land, units=units)  # ريف حلب الشمالي، سوريا
        if len(units) > 1 and not near and self._is_list(units, names):
            names, units = tuple(part for part in parts if part in units or part in names), ()
        is_bold = is_bold or any(part.sign in {"near", "in"} for part in parts)
        is_aside = names[0].sign == "bracket" and bool(units) and {"unit", "place"}.issuperset(classes)
        is_aside = is_aside and not any(strip_generics(split_plain_words(unit.text)).asks for unit in units)
        return CellReading(names, units, near, is_bold, is_aside=is_aside)

    def _classify_parts(self, parts: Sequence[Part]) -> tuple[str, ...]:
        """The class of each part; what a unit beside it holds is a place there, though a governorate or a region is
        called so: Idlib, Harim, Quneitra; Beroia, Jebel Saman, Aleppo.
        """
        classes = list(map(self._classify_part, parts))
        wide = [at for at, called in enumerate(classes) if called == "governorate"]
        told = [part.text for part, called in zip(parts, classes, strict=True) if part.level or called == "unit"]
        held = wide if len(wide) > 1 else []
        if wide and classes[0] == "region":
            held = [0, *held]
        for at in held if told else ():
            # A first name that is the governorate's too, and not as that is told behind it, is what an address begins
            # with.
            is_first = at == 0 and split_plain_words(parts[0].text) != split_plain_words(parts[wide[-1]].text)
            lesser = not is_first or classes[0] == "region"
            if not parts[at].level and any(self._units.holds(unit, parts[at].text, lesser=lesser) for unit in told):
                classes[at] = "place"
        if self._begins_address(parts, classes):
            classes[0] = "place"
        if (narrowest := _narrowest_told(parts, classes)) is not None:
            classes[narrowest] = "place"
        return tuple(classes)

    def _begins_address(self, parts: Sequence[Part], classes: Sequence[str]) -> bool:
        """Whether the city of a governorate begins an address that names the governorate once: Aleppo, Jebel Saman,
        Syria.
        """
        if tuple(classes) != ("governorate", "unit", "country") or parts[0].level:
            return False
        return self._units.holds(parts[1].text, parts[0].text)

    def _classify_by_word(self, text: str) -> str:
        """`facility` or `quarter` where a word beside a name tells that it stands in a town, and no place is called so.

        Sham Hotel is not Damascus, nor is a pharmacy called Hope a village of that name.
        """
        bare = strip_generics(split_plain_words(text))
        is_quarter = hints_at_quarter(bare.kinds)
        # In this order, for few parts tell of a town's, and what is called so takes a search.
        if not (is_quarter or stands_in_town(bare.asks, bare.kinds)):
            return ""
        if not _has_own_word(" ".join(bare.words)) or self._named.is_called(text):
            return ""
        return "quarter" if is_quarter else "facility"

    def _is_list(self, units: Sequence[Part], names: Sequence[Part]) -> bool:
        """Whether towns that head units stand beside known names that lie in none of these: Duma, Harasta, Saqba."""
        holds, exact_rows = self._units.holds, self._named.find_exact
        return all(self._classify_part(unit) == "unit" for unit in units) and all(
            exact_rows(name.text) and not any(holds(unit.text, name.text) for unit in units) for name in names
        )

    def _classify_part(self, part: Part) -> str:
        """The class of the wider of its spellings; a unit's word tells it too, and a word for what stands in a town."""
        if not part.level and (standing := self._classify_by_word(part.text)):
            return standing
        found = self._units.classify(part.text)
        if part.also:
            found = min(found, self._units.classify(part.also), key=WIDTH.__getitem__)
        if not part.level or found in {"governorate", "region", "country"}:
            return found
        # منطقة is a district and any area: منطقة جسر الحج في حلب is a quarter of Aleppo.
        container = self._units.find_container(part.text, False)
        return "told" if found == "unit" or (container is not None and container.units) else found


def _narrowest_told(parts: Sequence[Part], classes: Sequence[str]) -> int | None:
    """Which part is the one asked for where all are units by their words, each of another level: محافظة X ناحية Y."""
    told = [at for at, called in enumerate(classes) if called != "country"]
    levels = [_LEVELS.get(parts[at].level, 0) for at in told]
    if len(told) < 3 or not all(levels) or len(set(levels)) < len(levels):
        return None
    return told[levels.index(max(levels))]


def _cut_side(text: str) -> tuple[str, str]:
    """A text of one side word and a name as the two: southern Idlib, حلب الشمالية; else empty, and the text."""
    first, _, behind = text.partition(" ")
    before, _, last = text.rpartition(" ")
    for side, name in ((first, behind), (last, before)):
        if name and all(map(is_compass_word, split_folded_words(side))):
            return side, name.strip()
    return "", text


def _join_texts(parts: Sequence[Part], begin: int, end: int) -> str:
    return " ".join(part.text for part in parts[begin:end])


def _cut_stretch(parts: Sequence[Part], begin: int, end: int, text: str) -> str:
    """The text from one part to another, with the words that join them."""
    first = text.find(parts[begin].text)
    last = text.find(parts[end - 1].text, first + len(parts[begin].text)) if first >= 0 else -1
    return text[first : last + len(parts[end - 1].text)] if last >= 0 else ""


def _is_arabic(text: str) -> bool:
    return any(is_arabic(letter) for letter in text)


def _has_own_word(text: str) -> bool:
    """Whether some word of a text tells neither a kind nor a side: a name that stands beside another has one."""
    return not is_bare_article(text) and any(
        not (get_generic_role(word) or is_side_word(word) or is_unit_word(word)) for word in split_folded_words(text)
    )


def _is_generic(text: str) -> bool:
    """Whether a text has words that tell a kind or a side, and no name."""
    words = tuple(word for word in split_folded_words(text) if not (is_side_word(word) or is_unit_word(word)))
    return not words or is_only_generic(words)


@lru_cache(maxsize=4096)
def is_only_generic(words: Words) -> bool:
    """Whether beside a name nothing of these words would be left, and none of them is the name of a quarter."""
    return bool(words) and strip_generics(("x", *words)).words == ("x",) and strip_generics(words).words == words
