"""What each row of the table of hits holds, and the numbers of clitics in it.

A compiled loop copies those it uses to names of its own, `_FIRST = FIRST`, for which its `.pxd` declares a C type.
"""

from __future__ import annotations

from buldan.text import ONE_LETTER_CLITICS, SPOKEN_CLITICS

__all__ = [
    "CLITIC",
    "CLITICS",
    "CLITIC_BI",
    "CLITIC_LI",
    "CLITIC_SPOKEN",
    "END",
    "FIRST",
    "JOINED",
    "LAST",
    "NAME",
    "START",
]

NAME, FIRST, LAST, START, END, CLITIC, JOINED = range(7)
"""By hit: the number of its name in the table of names; its first word, and the word behind its last; where it begins
and ends in the flat text, behind its clitic; the clitic, a position in `CLITICS`; whether و or ف stands before it,
which adds it to what came before."""

CLITICS = ("", *ONE_LETTER_CLITICS, *SPOKEN_CLITICS)
"""What stands before a name in its word; of several, the last, which is nearest to the name."""

CLITIC_BI, CLITIC_LI, CLITIC_SPOKEN = map(CLITICS.index, "بلع")
"""Positions of ب "in", of ل "to", and of ع, spoken Arabic's "on"."""
