"""The numbers at which lookup and geoparser change their mind, each in one place.

Salience is `buldan.index.Index.salience`: how wide the kind of a place is, how many live there, in how many languages
it has a name. Log-odds are those of the geoparser's models. Chosen by measuring: `buldan evaluate` tells of a change.
"""

from __future__ import annotations

__all__ = ["BESIDE_KM", "FAMOUS", "HOPELESS", "MENTION", "SURE", "SURE_SCORE", "WELL_KNOWN"]

WELL_KNOWN = 4.0
"""Salience from which on every reader knows a place: governorates, cities, towns that are in the news."""

FAMOUS = 5.0
"""Salience of the great cities, which stand for their governorates too, and of the sites that everybody knows."""

BESIDE_KM = 15.0
"""Kilometres up to which two places are spoken of as one neighbourhood: a town and what lies beside it."""

MENTION = -0.3
"""Log-odds of the second model from which on a name is taken for a mention: the best F1 on marked texts."""

SURE = 1.5
"""Log-odds of the first model from which on a hit supports others."""

SURE_SCORE = 0.6
"""Score of a lookup from which on an answer is sure and not doubtful, unless the user says another."""

HOPELESS = -4.5
"""Log-odds of the first model below which nothing helps; such hits are dropped at once."""
