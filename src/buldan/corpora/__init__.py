"""Corpora: millions of texts into tables of mentions, part by part, so that a run can die and go on.

sources   which files there are, and how they are cut into parts
documents the documents of one part, and those that cannot be read
pages     the text of a web page, with its offsets in the page
reading   one part read: its mentions as an Arrow table
ledger    what was planned and what is done
run       all parts, here or on a cluster, into a folder
"""

from buldan.corpora.reading import MENTION_SCHEMA, PartReading, Task, read_part
from buldan.corpora.run import Progress, geoparse_corpus
from buldan.corpora.sources import Part

__all__ = ["MENTION_SCHEMA", "Part", "PartReading", "Progress", "Task", "geoparse_corpus", "read_part"]
