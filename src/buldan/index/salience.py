"""Salience: how likely a text or a question means a place, estimated from what the gazetteer holds of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.kinds import kind_codes, kinds
from buldan.store.records import NameRecord, PlaceRecord

__all__ = ["measure_salience"]

_FAMOUS_SITE = 2.2
"""Salience of a site that we describe ourselves (Palmyra, Ugarit): it is meant before a village of the same name."""

_FAMOUS_CROSSING = 2.5
"""Salience of a crossing that encyclopedias have: Bab al-Hawa is the crossing before it is one of four hamlets."""

_HOMES = frozenset({"town", "village"})
"""Kinds with namesakes all over the country, of which no list says how well known they are."""

_AROUND = 2.0
"""Weight of the attention that the places around a settlement get. With 2 instead of 1, of the names that monitors
write, without their governorate, 0.001 (UCDP) and 0.004 (Airwars, Arabic) more are right first, and 0.001 less in
English; with 3 it is no better."""

_USUAL_PLACES = 5
"""Places of the usual share that each unit is thought to have besides its own."""


def measure_salience(
    places: Sequence[PlaceRecord], columns: dict[str, NDArray[Any]], names: Sequence[NameRecord]
) -> NDArray[np.float32]:
    """The salience of each place, by row: about 2 for a village, 7 for Aleppo.

    From its rank, its population, how many languages name it, and whether anybody cared to write down what no list
    says of it; of a site, how many names it was given: those that everybody visits have more than a Tell. Of a
    settlement, how much attention the places around it get, which distinguishes it from villages of its name elsewhere.
    """
    languages = _count_languages(names, columns["name.place"], len(places))
    rank = np.array([kind.rank for kind in kinds().values()])[columns["place.kind"]]
    # A logarithm, for fame grows with each tenfold of people; one is added so that nobody is zero.
    people = np.log10(np.maximum(columns["place.population"], 0) + 1.0)
    cared_for = np.array(["curated" in place.sources for place in places])
    sites = columns["place.kind"] == kind_codes()["site"]
    # What is visited is named again and again, in each language and spelling; a Tell has the one name.
    site = _FAMOUS_SITE + np.log2(1.0 + np.diff(columns["place.first_name"])) / 2
    attention = np.log2(1.0 + languages) / 2 + np.where(cared_for & sites, site, cared_for / 2)
    are_settlements = np.isin(columns["place.kind"], [kind_codes()[kind] for kind in _HOMES])
    around = _measure_fame_around(cared_for, columns["place.unit"], are_settlements)
    attention += np.where(are_settlements, _AROUND * around, 0.0)
    crossings = columns["place.kind"] == kind_codes()["crossing"]
    attention += np.where(crossings & ["wikidata" in place.identifiers for place in places], _FAMOUS_CROSSING, 0.0)
    # Ranks are those of maps (0 to 30), the lower the greater: ten ranks count as much as a hundredfold of people.
    salience: NDArray[np.float32] = ((30 - rank) / 10 + people / 2 + attention).astype(np.float32)
    return salience


def _measure_fame_around(
    cared_for: NDArray[np.bool_], units: NDArray[np.int32], are_settlements: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """By place, the share of the places of its district and sub-district that somebody cared for, above the usual."""
    shares = np.zeros(len(cared_for))
    for level in (1, 2):
        _, unit = np.unique(units[:, level], return_inverse=True)
        attention_of_unit, places = np.bincount(unit, cared_for), np.bincount(unit)
        # As if each unit had a few places of the usual share besides, so that one place makes no unit famous.
        shares += ((attention_of_unit + _USUAL_PLACES * cared_for.mean()) / (places + _USUAL_PLACES))[unit] / 2
    # Less the usual share: what every reader knows is known whatever attention its surroundings get.
    above: NDArray[np.float64] = shares - shares[are_settlements].mean() if are_settlements.any() else shares
    return above


def _count_languages(names: Sequence[NameRecord], name_place: NDArray[np.int32], places: int) -> NDArray[np.int64]:
    """By place, in how many languages it has a name: spellings are gathered by chance, translations by fame."""
    spoken = {(place, name.lang) for place, name in zip(name_place.tolist(), names, strict=True)}
    return np.bincount(np.array([place for place, _ in spoken], np.int64), minlength=places)
