"""Whether an answer fits the cell: its name, its units, and the kind that it asks for."""

from __future__ import annotations

from buldan.index import Index, Rule, Standing
from buldan.kinds import BUILT_GROUPS, LONE_KINDS, get_kind
from buldan.lookup.bare_words import (
    hints_at_quarter,
    is_first_word_alone,
    is_had_by_any_town,
    stands_in_town,
    strip_generics,
)
from buldan.lookup.cell_reading import CellReading, is_only_generic
from buldan.lookup.cells import cut_cell
from buldan.lookup.evidence import EVIDENCE
from buldan.lookup.plain_names import is_plain_name
from buldan.lookup.ranking import Ranking
from buldan.text import split_folded_words, split_plain_words

__all__ = ["FITTING_MARGIN", "fits_cell", "is_elsewhere", "is_hosted", "is_of_another_kind", "lacks_kind_asked"]

FITTING_MARGIN, _FITTING_COST = 0.0, 0.35
"""Minimum utility above "none of these" (nats) of an answer that fits, and maximum cost per sound if the
reading is bold.
"""

_BESIDE = 0.5
"""Maximum evidence of distance (see `BESIDE_KM`) outside its units for a place with exactly the name in the cell."""

_NEXT_TO = 0.2
"""The same for a quarter or facility of the place in the cell: some 4 km."""

_HOPELESS_MARGIN = -2.0
"""Utility relative to "none of these" (nats) below which a name is unknown where it was searched."""

_SAME_FOLD, _COST_PER_SOUND = EVIDENCE.index("same_fold"), EVIDENCE.index("cost_per_sound")
_CONTEXT_OUTSIDE = EVIDENCE.index("context_outside")
_WITHIN_INSIDE, _WITHIN_OUTSIDE = EVIDENCE.index("within_inside"), EVIDENCE.index("within_outside")


def fits_cell(ranking: Ranking, cell: CellReading, has_units: bool) -> bool:
    """Whether the answer fits the reading: it lies inside the units, and is spelled nearly as written if it is bold."""
    if not ranking.rows or ranking.margin < FITTING_MARGIN:
        return False
    evidence = ranking.get_evidence(0)
    kinds = ranking.get_hit(0).reading.kinds
    # A dam or an airport lies outside the town that is named with it, and there is no other.
    is_lone = bool(kinds) and kinds <= LONE_KINDS and evidence[_SAME_FOLD] > 0
    stands_in_host = not is_lone and is_hosted(cell.names[0].text)
    if cell.near and evidence[_CONTEXT_OUTSIDE] > (_NEXT_TO if stands_in_host else _BESIDE):
        return False
    if stands_in_host and evidence[_WITHIN_OUTSIDE] > _NEXT_TO:
        return False  # a quarter or facility of another town of the governorate
    is_inside = not has_units or evidence[_WITHIN_INSIDE] > 0
    # Lists assign places at a border to either side, so just outside a similar spelling is enough.
    is_near = evidence[_WITHIN_OUTSIDE] < _NEXT_TO and evidence[_COST_PER_SOUND] < _FITTING_COST
    is_beside = is_near or (evidence[_SAME_FOLD] > 0 and evidence[_WITHIN_OUTSIDE] < _BESIDE)
    return (is_inside or is_beside) and not (cell.is_bold and evidence[_COST_PER_SOUND] > _FITTING_COST)


def is_elsewhere(ranking: Ranking) -> bool:
    """Whether nothing likely was found, or only far from the units and places in the cell."""
    if ranking.margin < _HOPELESS_MARGIN:
        return True
    evidence = ranking.get_evidence(0)
    return evidence[_WITHIN_OUTSIDE] > _NEXT_TO or evidence[_CONTEXT_OUTSIDE] > _NEXT_TO


def is_hosted(name: str) -> bool:
    """Whether a name is that of a facility or a part of a town."""
    if is_plain_name(name) or any(part.level for part in cut_cell(name)):
        return False  # most names are plain; others may have a unit word
    bare = strip_generics(split_plain_words(name))
    if is_first_word_alone(name, bare.words):
        return False  # Umm al-Matar is no airport
    is_part = hints_at_quarter(bare.kinds) or bare.asks == "part"
    return is_part or stands_in_town(bare.asks, bare.kinds) or is_had_by_any_town(name)


def lacks_kind_asked(index: Index, ranking: Ranking) -> bool:
    """Whether the cell asks for a facility or quarter, and the place found is of another kind and not exactly so named.

    Sham Hotel is not answered by a village that a list calls Sham.
    """
    if not ranking.rows:
        return False
    hit = ranking.get_hit(0)
    kind, reading, rule = index.kind_ids[index.kind[ranking.rows[0]]], hit.reading, index.form_rule[hit.form]
    if stands_in_town(reading.asks, reading.kinds):
        # If the name matches only without its word of kind, its kind must be the one asked for.
        is_asked = get_kind(kind).group in BUILT_GROUPS and (rule != Rule.TYPE_LEFT_OUT or kind in reading.kinds)
    elif reading.bare and hints_at_quarter(reading.kinds):
        is_asked = get_kind(kind).group == "quarter"
    else:
        return False
    is_own = ranking.get_evidence(0)[_SAME_FOLD] > 0 and index.form_standing[hit.form] == Standing.OWN
    return not is_asked and not (is_own and rule == Rule.ATTESTED)


def is_of_another_kind(text: str, ranking: Ranking) -> bool:
    """Whether a cell has a word of kind and a place, and the place found is of another kind: river, Hama."""
    return ranking.is_of_another_kind and is_only_generic(split_folded_words(cut_cell(text)[0].text))
