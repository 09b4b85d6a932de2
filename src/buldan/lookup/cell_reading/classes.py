"""The class of each part of a cell: governorate, unit, region, place, country, or a quarter or facility of a town."""

from __future__ import annotations

from collections.abc import Sequence

from buldan.lookup.bare_words import hints_at_quarter, stands_in_town, strip_generics
from buldan.lookup.cell_reading.generic_words import has_own_word
from buldan.lookup.cells import Part
from buldan.lookup.containment import WIDTH
from buldan.lookup.plain_names import is_plain_name
from buldan.lookup.units import UnitReader
from buldan.text import split_plain_words

__all__ = ["LEVELS", "PartClassifier"]

LEVELS = {"governorate": 1, "district": 2, "sub-district": 3}
"""Admin level of each unit word."""


class PartClassifier:
    """Finds the classes of parts (those of `containment.tsv`) over one gazetteer."""

    def __init__(self, units: UnitReader) -> None:
        self._units, self._named = units, units.named

    def classify_all(self, parts: Sequence[Part]) -> tuple[str, ...]:
        """The class of each part, in the context of the others.

        A name inside a unit of the same cell is a place there, even if it is also the name of a governorate or region:
        Idlib, Harim, Quneitra; Beroia, Jebel Saman, Aleppo.
        """
        classes = list(map(self.classify, parts))
        wide = [at for at, called in enumerate(classes) if called == "governorate"]
        units = [part.text for part, called in zip(parts, classes, strict=True) if part.level or called == "unit"]
        held = wide if len(wide) > 1 else []
        if wide and classes[0] == "region":
            held = [0, *held]
        for at in held if units else ():
            # An address may begin with a town that is also the name of a governorate, not the one given later.
            is_first = at == 0 and split_plain_words(parts[0].text) != split_plain_words(parts[wide[-1]].text)
            lesser = not is_first or classes[0] == "region"
            if not parts[at].level and any(self._units.holds(unit, parts[at].text, lesser=lesser) for unit in units):
                classes[at] = "place"
        if (city := self._find_city(parts, classes)) is not None:
            classes[city] = "place"
        if self._begins_address(parts, classes):
            classes[0] = "place"
        if (narrowest := _find_narrowest(parts, classes)) is not None:
            classes[narrowest] = "place"
        return tuple(classes)

    def classify(self, part: Part) -> str:
        """The class of one part by its own words, the wider one of its two spellings."""
        if not part.level and (standing := self.classify_by_word(part.text)):
            return standing
        found = self._units.classify(part.text)
        if part.also:
            found = min(found, self._units.classify(part.also), key=WIDTH.__getitem__)
        if not part.level or found in {"region", "country"}:
            return found
        container = self._units.find_container(part.text, False)
        if found == "governorate":
            # Hama, Hama district: the district has the name of its governorate.
            is_lesser = LEVELS.get(part.level, 0) > 1 and container is not None and container.level > 1
            return "stated" if is_lesser else found
        # منطقة is a district and any area: منطقة جسر الحج في حلب is a quarter of Aleppo.
        return "stated" if found == "unit" or (container is not None and container.units) else found

    def classify_by_word(self, text: str) -> str:
        """`facility` or `quarter` for a name with a word of that kind, if no settlement has the whole name; else empty.

        Sham Hotel is not Damascus, and a pharmacy called Hope is not a village of that name.
        """
        if is_plain_name(text):
            return ""  # true of most parts
        bare = strip_generics(split_plain_words(text))
        is_quarter = hints_at_quarter(bare.kinds)
        # In this order: few parts have such a word, and `is_called` takes a search.
        if not (is_quarter or stands_in_town(bare.asks, bare.kinds)):
            return ""
        if not has_own_word(" ".join(bare.words)) or self._named.is_called(text):
            return ""
        return "quarter" if is_quarter else "facility"

    def _find_city(self, parts: Sequence[Part], classes: Sequence[str]) -> int | None:
        """The first of two parts with the name of one governorate and no other name: Homs, Homs is the city.

        None for other cells.
        """
        if not {"governorate", "country"}.issuperset(classes):
            return None
        same: dict[tuple[int, ...], list[int]] = {}
        for at in reversed(range(len(parts))):
            container = self._units.find_container(parts[at].text, False) if classes[at] == "governorate" else None
            if container is not None:
                same.setdefault(container.rows, []).append(at)
        for last, *others in same.values():
            towns = [at for at in others if not parts[at].level]
            # By an old name of the governorate its quarters and villages are called: الرشيد، مركز الرقة، الرقة.
            lesser = [at for at in (last, *towns) if not parts[at].level and not self._units.names_unit(parts[at].text)]
            if others and (towns or lesser):
                return lesser[0] if len(lesser) == 1 else (towns or lesser)[0]
        return None

    def _begins_address(self, parts: Sequence[Part], classes: Sequence[str]) -> bool:
        """Whether a city begins an address that does not repeat the governorate of its name: Aleppo, Jebel
        Saman, Syria; Homs, Homs district.
        """
        if parts[0].level or classes[0] != "governorate":
            return False
        if [called for called in classes[1:] if called != "country"] == ["stated"]:
            district = parts[1] if classes[1] == "stated" else parts[2]
            return split_plain_words(parts[0].text) == split_plain_words(district.name)
        return tuple(classes[1:]) == ("unit", "country") and self._units.holds(parts[1].text, parts[0].text)


def _find_narrowest(parts: Sequence[Part], classes: Sequence[str]) -> int | None:
    """The narrowest part of a chain in which each part has a unit word of another level, but for a governorate:
    محافظة X ناحية Y; Idleb, Harim district, Salqin sub-district.
    """
    if not any(part.level for part in parts):
        return None  # true of most cells
    narrower = [at for at, called in enumerate(classes) if called != "country"]
    levels = [LEVELS.get(parts[at].level, int(classes[at] == "governorate")) for at in narrower]
    if len(narrower) < 2 or not all(levels) or len(set(levels)) < len(levels):
        return None
    return narrower[levels.index(max(levels))]
