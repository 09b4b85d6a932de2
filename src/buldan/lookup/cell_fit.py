"""Whether what was found fits what a cell says: its name, its units, and the kind that it asks for."""

from __future__ import annotations

from buldan.index import Index, Rule, Standing
from buldan.kinds import BUILT_GROUPS, get_kind
from buldan.lookup.bare_words import hints_at_quarter, is_had_by_any_town, stands_in_town, strip_generics
from buldan.lookup.cell_reading import CellReading, is_only_generic
from buldan.lookup.cells import cut_cell
from buldan.lookup.evidence import EVIDENCE
from buldan.lookup.ranking import Ranking
from buldan.text import split_folded_words, split_plain_words

__all__ = ["FITTING_MARGIN", "fits_cell", "is_elsewhere", "is_hosted", "is_of_another_kind", "lacks_kind_asked"]

FITTING_MARGIN, _FITTING_COST = 0.0, 0.35
"""Utility above "none of these", and for a bold reading cost per sound, from which on a reading of a cell holds."""

_BESIDE = 0.5
"""Evidence of a distance (`BESIDE_KM`) up to which a name written as in the cell may lie outside its units."""

_NEXT_TO = 0.2
"""The same for what stands in the place that was told: some 4 km."""

_HOPELESS_MARGIN = -2.0
"""Utility beside "none of these" below which a name is not known where it was sought."""

_SAME_FOLD, _COST_PER_SOUND = EVIDENCE.index("same_fold"), EVIDENCE.index("cost_per_sound")
_CONTEXT_OUTSIDE = EVIDENCE.index("context_outside")
_WITHIN_INSIDE, _WITHIN_OUTSIDE = EVIDENCE.index("within_inside"), EVIDENCE.index("within_outside")


def fits_cell(ranking: Ranking, cell: CellReading, has_units: bool) -> bool:
    """Whether a reading of a cell holds: its name is found inside its units, and nearly as written where the cell
    was cut boldly.
    """
    if not ranking.rows or ranking.margin < FITTING_MARGIN:
        return False
    evidence = ranking.get_evidence(0)
    stands_in_host = is_hosted(cell.names[0].text)
    if cell.near and evidence[_CONTEXT_OUTSIDE] > (_NEXT_TO if stands_in_host else _BESIDE):
        return False
    if stands_in_host and evidence[_WITHIN_OUTSIDE] > _NEXT_TO:
        return False  # what stands in another town of the governorate
    is_inside = not has_units or evidence[_WITHIN_INSIDE] > 0
    # Lists assign what stands at a border to either side, so that there a name need not be written letter by letter.
    is_near = evidence[_WITHIN_OUTSIDE] < _NEXT_TO and evidence[_COST_PER_SOUND] < _FITTING_COST
    is_beside = is_near or (evidence[_SAME_FOLD] > 0 and evidence[_WITHIN_OUTSIDE] < _BESIDE)
    return (is_inside or is_beside) and not (cell.is_bold and evidence[_COST_PER_SOUND] > _FITTING_COST)


def is_elsewhere(ranking: Ranking) -> bool:
    """Whether what was found is nothing much, or lies far from the units and places that were told."""
    if ranking.margin < _HOPELESS_MARGIN:
        return True
    evidence = ranking.get_evidence(0)
    return evidence[_WITHIN_OUTSIDE] > _NEXT_TO or evidence[_CONTEXT_OUTSIDE] > _NEXT_TO


def is_hosted(name: str) -> bool:
    """Whether a name is that of what stands in a town, or is a part of it."""
    if any(part.level for part in cut_cell(name)):
        return False  # a unit by its own word
    bare = strip_generics(split_plain_words(name))
    is_part = hints_at_quarter(bare.kinds) or bare.asks == "part"
    return is_part or stands_in_town(bare.asks, bare.kinds) or is_had_by_any_town(name)


def lacks_kind_asked(index: Index, ranking: Ranking) -> bool:
    """Whether a facility or a quarter is asked for and what was found is none of that kind, under another of its
    names or spelled otherwise: the Sham Hotel is not in a village that a list calls Sham.
    """
    if not ranking.rows:
        return False
    hit = ranking.get_hit(0)
    kind, reading, rule = index.kind_ids[index.kind[ranking.rows[0]]], hit.reading, index.form_rule[hit.form]
    if stands_in_town(reading.asks, reading.kinds):
        # Of what is named by its words without the one for its kind, that kind must be the one asked for.
        is_asked = get_kind(kind).group in BUILT_GROUPS and (rule != Rule.TYPE_LEFT_OUT or kind in reading.kinds)
    elif reading.bare and hints_at_quarter(reading.kinds):
        is_asked = get_kind(kind).group == "quarter"
    else:
        return False
    is_own = ranking.get_evidence(0)[_SAME_FOLD] > 0 and index.form_standing[hit.form] == Standing.OWN
    return not is_asked and not (is_own and rule == Rule.ATTESTED)


def is_of_another_kind(text: str, ranking: Ranking) -> bool:
    """Whether a cell tells a kind and a place, and what was found is of another kind: river, Hama."""
    return ranking.is_of_another_kind and is_only_generic(split_folded_words(cut_cell(text)[0].text))
