"""Corpora: read millions of texts into tables of mentions, part by part, so that a run can be continued.

sources   the files of a corpus, and how they are cut into parts
documents the documents of one part, and those that cannot be read
pages     the text of a web page, with its offsets in the page
reading   reads one part into an Arrow table of mentions
ledger    the parts that are planned and those that are done
run       reads all parts, here or on a cluster, and writes them into a folder
"""

from buldan.corpora.reading import MENTION_SCHEMA, PartReading, Task, read_part
from buldan.corpora.run import Progress, geoparse_corpus
from buldan.corpora.sources import Part

__all__ = ["MENTION_SCHEMA", "Part", "PartReading", "Progress", "Task", "geoparse_corpus", "read_part"]
