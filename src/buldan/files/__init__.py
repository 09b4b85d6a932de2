"""Tables on disk: read in chunks whatever they are, written whole or not at all.

    staging   a file appears under its name when it is complete, or never
    sniffing  what a file really is: its format by its first bytes, its encoding, delimiter and header rows
    text      CSV and TSV, every cell kept as it was written
    reading   any table as a schema and a stream of Arrow batches
    writing   a stream of Arrow batches as any table

A batch holds a few ten thousand rows, so memory is bounded by the batch and not by the file.
"""

from buldan.files.reading import Table, open_table
from buldan.files.staging import staged
from buldan.files.writing import POINT_COLUMN, check_output, write_table

__all__ = ["POINT_COLUMN", "Table", "check_output", "open_table", "staged", "write_table"]
