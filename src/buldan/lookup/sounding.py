"""Which forms of names sound nearest to what was asked."""

from __future__ import annotations

from collections.abc import Sequence

from buldan.index import Index
from buldan.text import aligner

__all__ = ["Sounding"]


class Sounding:
    """Compares the sounds of forms with those asked for, each sound once however many forms share it."""

    def __init__(self, index: Index) -> None:
        self._aligner = aligner()
        self._place, self._sound = index.form_place.data, index.form_sound.data
        self._codes, self._offsets = index.sound_codes.data, index.sound_offsets.data

    def costs(self, forms: Sequence[int], asked: bytes) -> list[float]:
        """What it costs for the sounds of each form to become those asked for, in nats."""
        return self._costs([self._sound[form] for form in forms], asked)

    def _costs(self, sounds: list[int], asked: bytes) -> list[float]:
        starts = [self._offsets[sound] for sound in sounds]
        ends = [self._offsets[sound + 1] for sound in sounds]
        return self._aligner.costs(self._codes, starts, ends, asked)

    def nearest(
        self, forms: Sequence[int], asked: bytes, most: int, worth: float, best: float
    ) -> tuple[list[int], list[float]]:
        """The forms of the `most` nearest sounds and their costs, no cost more than `worth` above the least.

        `best` is the least cost of what was found otherwise; infinity where that is nothing.
        """
        sharing: dict[int, list[int]] = {}
        for form in forms:
            sharing.setdefault(self._sound[form], []).append(form)
        sounds = list(sharing)
        costs = self._costs(sounds, asked)
        if len(sounds) > most:
            ranked = sorted(zip(costs, range(len(sounds)), strict=True))[:most]
            sounds, costs = [sounds[at] for _, at in ranked], [cost for cost, _ in ranked]
        limit = min(best, min(costs, default=best)) + worth
        kept: list[int] = []
        kept_costs: list[float] = []
        for position in range(len(sounds)):
            if costs[position] <= limit:
                for form in sharing[sounds[position]]:
                    kept.append(form)
                    kept_costs.append(costs[position])
        return kept, kept_costs

    def elsewhere(self, forms: Sequence[int], known: Sequence[int]) -> list[int]:
        """The forms, each once, that are no names of the places of the known ones."""
        places = {self._place[form] for form in known}
        return [form for form in dict.fromkeys(forms) if self._place[form] not in places]
