"""Which forms of names sound nearest to what was asked."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from buldan.index import Index
from buldan.text import load_aligner

__all__ = ["PhoneticCosts"]


class PhoneticCosts:
    """Compares the sounds of forms with those asked for, each sound once however many forms share it."""

    def __init__(self, index: Index) -> None:
        self._aligner = load_aligner()
        self._place, self._sound = index.form_place.data, index.form_sound.data
        self._codes, self._offsets = index.sound_codes.data, index.sound_offsets.data

    def measure(self, forms: Sequence[int], asked: bytes) -> list[float]:
        """What it costs for the sounds of each form to become those asked for, in nats."""
        return self._measure_sounds([self._sound[form] for form in forms], asked, inf, inf)

    def measure_openings(self, forms: Sequence[int], asked: bytes) -> list[float]:
        """What it costs for as many of the first sounds of each form to become those asked for, in nats."""
        starts = [self._offsets[self._sound[form]] for form in forms]
        ends = [
            min(self._offsets[self._sound[form] + 1], self._offsets[self._sound[form]] + len(asked)) for form in forms
        ]
        return self._aligner.measure_costs(self._codes, starts, ends, asked)

    def _measure_sounds(self, sounds: list[int], asked: bytes, worth: float, best: float) -> list[float]:
        starts = [self._offsets[sound] for sound in sounds]
        ends = [self._offsets[sound + 1] for sound in sounds]
        return self._aligner.measure_costs(self._codes, starts, ends, asked, worth, best)

    def find_nearest(
        self, forms: Sequence[int], asked: bytes, most: int, worth: float, best: float
    ) -> tuple[list[int], list[float]]:
        """The forms of the `most` nearest sounds and their costs, no cost more than `worth` above the least.

        `best` is the least cost of what was found otherwise; infinity where that is nothing.
        """
        position: dict[int, int] = {}
        sounds: list[int] = []
        for form in forms:
            sound = self._sound[form]
            if sound not in position:
                position[sound] = len(sounds)
                sounds.append(sound)
        costs = self._measure_sounds(sounds, asked, worth, best)
        limit = min(best, min(costs, default=best)) + worth
        # The cost of the last one wanted bounds them all: those that cost as much stay too, none by chance of order.
        if len(costs) > most:
            limit = min(limit, sorted(costs)[most - 1])
        kept: list[int] = []
        kept_costs: list[float] = []
        for form in forms:
            cost = costs[position[self._sound[form]]]
            if cost <= limit:
                kept.append(form)
                kept_costs.append(cost)
        return kept, kept_costs

    def select_other_places(self, forms: Sequence[int], known: Sequence[int]) -> list[int]:
        """The forms that are no names of the places of the known ones."""
        places = {self._place[form] for form in known}
        return [form for form in forms if self._place[form] not in places]
