"""Thresholds of lookup and geoparser.

Salience is `buldan.index.Index.salience`: from the size of a place's kind, its inhabitants, and the number of languages
in which it has a name. Log-odds are those of the geoparser's models. The values were chosen by measurement; check a
change with `buldan evaluate`.
"""

from __future__ import annotations

__all__ = ["BESIDE_KM", "FAMOUS", "HOPELESS", "MENTION", "SURE", "SURE_SCORE", "WELL_KNOWN"]

WELL_KNOWN = 4.0
"""Minimum salience of places that every reader knows: governorates, cities, towns in the news."""

FAMOUS = 5.0
"""Minimum salience of the largest cities, whose names also mean their governorates, and of sites that all know."""

BESIDE_KM = 15.0
"""Maximum distance in kilometres of two places of one area: a town and places next to it."""

MENTION = -0.3
"""Minimum log-odds of the second model for a mention; this value has the best F1 on marked texts."""

SURE = 1.5
"""Minimum log-odds of the first model for a hit to support others."""

SURE_SCORE = 0.6
"""Default minimum score of a lookup for a sure answer; below it an answer is doubtful."""

HOPELESS = -4.5
"""Minimum log-odds of the first model; hits below it are dropped, since no later stage would keep them."""
