"""Tables of messy place names: every row kept, coordinates and P-codes added.

questions  the question of a row: its names, units and P-code; words that name no place
units      the units of a row, read as a chain
camps      camps, which may be named after the place that their people came from
spellings  one place under several names
judging    the answer to one question, as a row
answers    the columns that a table gets, and a row for each kind of answer
batches    adds answers to a batch of rows, asking each distinct question once
decisions  decisions of people about doubtful names, kept and applied again
review     the sheet of doubtful names for a person, likely mistakes first
detection  finds the columns of names, units and P-codes
geocode    makes a GeoDataFrame of a Series or DataFrame, on the same index
unfinished answers saved next to an output until it is complete
run        answers a file into another file, by batches
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
