"""What speaks for each hit, summed: the table of evidence is filled and weighed here, and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp
from typing import Any

from buldan.index import Rule
from buldan.lookup.evidence import EVIDENCE
from buldan.thresholds import BESIDE_KM, FAMOUS

__all__ = ["EvidenceTable"]

_WIDTH = len(EVIDENCE)
_SAME_FOLD, _ONE_LETTER = EVIDENCE.index("same_fold"), EVIDENCE.index("one_letter")
_ARTICLES_DIFFER = EVIDENCE.index("articles_differ")
_VARIANT, _ANOTHERS = EVIDENCE.index("variant"), EVIDENCE.index("anothers")
_LATIN, _UNCODED, _SALIENCE = EVIDENCE.index("latin"), EVIDENCE.index("uncoded"), EVIDENCE.index("salience")
_GENERIC_KEPT = EVIDENCE.index("generic_kept")
_KIND_AGREES, _KIND_DIFFERS = EVIDENCE.index("kind_agrees"), EVIDENCE.index("kind_differs")
_COST, _COST_PER_SOUND = EVIDENCE.index("cost"), EVIDENCE.index("cost_per_sound")
_KIND_LEFT_OUT, _TYPE_LEFT_OUT = int(Rule.KIND_LEFT_OUT), int(Rule.TYPE_LEFT_OUT)
_BEFORE_RULES = EVIDENCE.index("rule_kind") - int(Rule.KIND_LEFT_OUT)

_BESIDE_KM = BESIDE_KM

_GROUP_SITE = EVIDENCE.index("group_site")

_MOST_COST = 8.0
"""Nats above which a cost says no more."""

_MOST_UTILITY = 50.0
"""Above the utility of "none of these": more would only overflow."""


class EvidenceTable:
    """Evidence, utilities and probabilities of hits, over the columns of one index.

    Args:
        forms: by form: place (int32), rule, articles, standing, whether it is Arabic (uint8).
        places: by place: kind (uint8), salience (float32), coded (uint8), column of its group or -1 (int8).
        weights: of each column of the evidence.
        nothing: utility of "none of these".
    """

    def __init__(
        self, forms: tuple[Any, Any, Any, Any, Any], places: tuple[Any, Any, Any, Any], weights: Any, nothing: float
    ) -> None:
        self._place, self._rule, self._articles, self._standing, self._arabic = (column.data for column in forms)
        self._kind, self._salience, self._coded, self._group = (column.data for column in places)
        self._weights, self._nothing = weights.data, nothing

    def add(
        self,
        evidence: Any,
        line: int,
        forms: Sequence[int],
        costs: Sequence[float],
        letters: int,
        read: tuple[Sequence[int], Sequence[float]],
        sounds: int,
        articles: int,
        arabic: bool,
        agreement: bytes,
        bare: bool,
        kept: bool,
    ) -> None:
        """Fill the lines from `line` on, one a form that a reading may mean.

        Args:
            evidence: the table (float64), row by row.
            line: the first line to fill.
            forms: rows of forms.
            costs: learned edit cost of each, nats.
            letters: edits between the folded letters of each and of the reading, 0 or 1; 2 for more.
            read: columns that the reading alone decides, and their values.
            sounds: how many the reading has.
            articles: how many the reading has.
            arabic: whether the reading is in Arabic letters.
            agreement: by kind, how it agrees with the generic words of the reading, as `find_kind_agreement` gives it;
                empty where there are none.
            bare: whether generic words were left out of the reading.
            kept: whether a form without a rule has the reading's generic words as a part of the name.
        """
        table: Any = memoryview(evidence)
        columns, values = read
        for position in range(len(forms)):
            form = forms[position]
            place = self._place[form]
            start = (line + position) * _WIDTH
            for at in range(len(columns)):
                table[start + columns[at]] = values[at]
            table[start + _SAME_FOLD] = letters == 0
            table[start + _ONE_LETTER] = letters == 1
            # Both the cost and the cost a sound: a long name has more to be spelled otherwise, but not without end.
            cost = costs[position]
            table[start + _COST] = min(cost, _MOST_COST)
            table[start + _COST_PER_SOUND] = cost / sounds
            table[start + _ARTICLES_DIFFER] = self._articles[form] != articles
            standing = self._standing[form]
            # Who writes Arabic knows the Arabic name: by sound alone a Latin one is a village of like vowels.
            table[start + _LATIN] = arabic and not self._arabic[form]
            table[start + _VARIANT] = standing > 0
            table[start + _ANOTHERS] = standing == 2
            rule = self._rule[form]
            group = self._group[place]
            is_famous = group == _GROUP_SITE and letters == 0 and standing == 0
            if is_famous and self._salience[place] >= FAMOUS:
                # Known to more people than those who dig there: its very name means it as a town's means the town.
                group = -1
            table[start + _SALIENCE] = self._salience[place]
            table[start + _UNCODED] = group < 0 and not (self._coded[place] or is_famous)
            if agreement:
                agreed = agreement[self._kind[place]]
                if agreed >= 2:
                    # The kind was said, so it need not be guessed from the group.
                    group = -1
                    table[start + _KIND_AGREES] = 1.0
                if rule == 0 and kept:
                    table[start + _GENERIC_KEPT] = 1.0
                elif agreed == 0:
                    table[start + _KIND_DIFFERS] = 1.0
                elif bare and ((agreed >= 2 and rule == _KIND_LEFT_OUT) or (agreed == 3 and rule == _TYPE_LEFT_OUT)):
                    # Name and question both have the word: مخيم اللاجئين العائدين is مخيم العائدين, and Dumayr military
                    # airport is Dumayr Airbase.
                    rule = 0
            if rule:
                table[start + _BEFORE_RULES + rule] = 1.0
            if group >= 0:
                table[start + group] = 1.0

    def add_distances(
        self, evidence: Any, lines: Sequence[int], inside: int, outside: int, distances: Sequence[Sequence[float]]
    ) -> None:
        """How places lie to containers, the mean over these: a place outside the narrowest one alone is half inside.

        Args:
            evidence: the table, row by row.
            lines: those to fill.
            inside, outside: the columns to fill.
            distances: of each container, how far outside the place of each line lies, kilometres.
        """
        table: Any = memoryview(evidence)
        count = len(distances)
        for position in range(len(lines)):
            within = beyond = 0.0
            for apart in distances:
                kilometres = apart[position]
                within += kilometres <= 0
                # From zero to one: at `BESIDE_KM` a half, for beyond some distance farther is no less likely.
                beyond += kilometres / (kilometres + _BESIDE_KM)
            start = lines[position] * _WIDTH
            table[start + inside], table[start + outside] = within / count, beyond / count

    def rank(self, evidence: Any, rows: Sequence[int]) -> tuple[list[int], list[float], float]:
        """The best line of each place, best first, the probability of each, and the margin of the first.

        With that of "none of these" the probabilities sum to 1; the margin is the first's utility above that one's.
        """
        table: Any = memoryview(evidence)
        ranked = []
        for line in range(len(rows)):
            utility = 0.0
            for column in range(_WIDTH):
                utility += table[line * _WIDTH + column] * self._weights[column]
            ranked.append((-utility, rows[line], line))
        ranked.sort()
        met: set[int] = set()
        lines: list[int] = []
        shares: list[float] = []
        # "None of these" has the utility zero after its own is taken off, and e to zero is 1.
        total = 1.0
        # The best line of each place comes first; a place that is found three ways is no likelier for that.
        for negated, row, line in ranked:
            if row not in met:
                met.add(row)
                lines.append(line)
                share = exp(min(-negated - self._nothing, _MOST_UTILITY))
                shares.append(share)
                total += share
        return lines, [share / total for share in shares], -ranked[0][0] - self._nothing
