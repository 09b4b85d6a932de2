"""Tables of messy place names: every row kept, coordinates and P-codes beside it.

questions  what a row asks: its names, its units, its P-code; words for nothing (nothing.tsv)
units      the units of a row, read as a chain
camps      camps that may be named after where their people came from
spellings  one place under several names
judging    a question in, a row out
answers    the columns that a table gets, and a row for each kind of answer
batches    a batch of rows with their answers, each distinct question asked once
decisions  what a person decided about doubtful names, kept and applied again
review     the sheet of names to be decided, what is most likely wrong first
detection  which columns hold names, units and P-codes
geocode    a Series or DataFrame in, a GeoDataFrame on the same index out
unfinished answers written down beside an output until it is there
run        a file in, a file out, by batches
"""

from buldan.tables.answers import ANSWER_COLUMNS, Answer, Terms
from buldan.tables.decisions import Decision, read_decisions
from buldan.tables.geocode import geocode
from buldan.tables.questions import Question
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
