"""Measure sure answers to names of unknown places: places are removed from the gazetteer, and then looked up.

No gazetteer has all places. A question for a missing place should find nothing, or nothing sure, since any answer is
another place. How often such an answer is sure depends on how many places have the name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from buldan.evaluate.names import NEAR_KM
from buldan.gazetteer import Gazetteer
from buldan.geometry import distance_km
from buldan.kinds import get_kind
from buldan.model import Place
from buldan.store import read_areas, read_manifest, read_names, read_places, read_retired, write_gazetteer
from buldan.text import fold
from buldan.thresholds import SURE_SCORE

__all__ = ["HeldOut", "ask_names", "count_sure", "draw_held_out", "write_without"]

_GROUPS = frozenset({"settlement", "site"})
_MANY = 4
"""Names with this number of places or more are counted together."""


@dataclass(frozen=True, slots=True)
class HeldOut:
    """The first answer to the name of a removed place.

    Attributes:
        question: the name.
        bearers: number of remaining places with exactly that name.
        is_sure: whether there is a sure answer farther than `NEAR_KM`; nearer places are not wrong (a twin, farms).
        has_name: whether the place answered has exactly that name.
    """

    question: str
    bearers: int
    is_sure: bool
    has_name: bool


def draw_held_out(places: Iterable[Place], *, one_in: int) -> list[Place]:
    """About one in `one_in` settlements and sites that no place is a part of; the same ones in each run."""
    every = list(places)
    wholes = {place.part_of for place in every}
    return [
        place
        for place in every
        if get_kind(place.kind).group in _GROUPS and place.id not in wholes and crc32(place.id.encode()) % one_in == 0
    ]


def write_without(source: Path, held: Iterable[str], folder: Path) -> None:
    """Write the gazetteer of `source` into `folder`, without the places whose ids are `held`."""
    manifest, out = read_manifest(source), frozenset(held)
    write_gazetteer(
        folder,
        places=[record for record in read_places(source) if record.id not in out],
        names=[record for record in read_names(source) if record.place not in out],
        areas=dict(read_areas(source)),
        retired={old: new for old, new in read_retired(source).items() if new not in out},
        version=manifest.version,
        licence=manifest.licence,
        attribution=manifest.attribution,
        sources=manifest.sources,
    )


def ask_names(
    gazetteer: Gazetteer, places: Sequence[Place], *, on_place: Callable[[], object] | None = None
) -> Iterator[HeldOut]:
    """Look up each place by its present Arabic and English names, without units."""
    bearers: dict[str, set[str]] = {}
    for place in gazetteer:
        for name in place.names:
            bearers.setdefault(fold(name.text), set()).add(place.id)
    for place in places:
        for question in dict.fromkeys(filter(None, (place.name_ar, place.name_en))):
            named = bearers.get(fold(question), set())
            best = next(iter(gazetteer.lookup(question, limit=1)), None)
            is_sure = best is not None and best.score >= SURE_SCORE
            is_sure = is_sure and best is not None and distance_km(best.place.point, place.point) > NEAR_KM
            yield HeldOut(question, len(named), is_sure, best is not None and best.place.id in named)
        if on_place:
            on_place()


def count_sure(answers: Iterable[HeldOut]) -> dict[str, tuple[int, int, int]]:
    """Numbers of names asked, of sure answers, and of sure answers with that name, by the number of places with it."""
    counts: dict[str, tuple[int, int, int]] = {}
    for answer in sorted(answers, key=lambda answer: answer.bearers):
        key = str(answer.bearers) if answer.bearers < _MANY else f"{_MANY} or more"
        asked, sure, named = counts.get(key, (0, 0, 0))
        counts[key] = asked + 1, sure + answer.is_sure, named + (answer.is_sure and answer.has_name)
    return counts
