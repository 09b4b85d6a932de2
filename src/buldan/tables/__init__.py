"""Tables of messy place names: every row kept, coordinates and P-codes beside it.

answers    a name with its context, and what is known of it: columns, status, reason
batches    a batch of rows with their answers, each distinct question asked once
decisions  what a person decided about doubtful names, kept and applied again
geocode    a Series or DataFrame in, a GeoDataFrame on the same index out
unfinished answers written down beside an output until it is there
run        a file in, a file out, by batches
"""

from buldan.tables.answers import ANSWER_COLUMNS, Answer, Question, Terms
from buldan.tables.decisions import Decision, read_decisions
from buldan.tables.geocode import geocode
from buldan.tables.run import Summary, geocode_file

__all__ = [
    "ANSWER_COLUMNS",
    "Answer",
    "Decision",
    "Question",
    "Summary",
    "Terms",
    "geocode",
    "geocode_file",
    "read_decisions",
]
