"""Tables on disk: read in chunks whatever they are, written whole or not at all.

    staging   a file appears under its name when it is complete, or never
    sniffing  what a file really is: its format by its first bytes, its encoding and delimiter
    headers   how many rows a header takes, and what its columns are called
    flat      columns for formats whose cells are plain
    text      CSV and TSV, every cell kept as it was written
    workbook  Excel
    geodata   Parquet, and what GDAL reads and writes
    table     a table that has been looked at and not yet read
    reading   any table as a schema and a stream of Arrow batches
    writing   a stream of Arrow batches as any table

A batch holds a few ten thousand rows, so memory is bounded by the batch and not by the file.
"""

from buldan.files.reading import open_table
from buldan.files.staging import check_folder, staged
from buldan.files.table import Table
from buldan.files.writing import check_output, write_table

__all__ = ["Table", "check_folder", "check_output", "open_table", "staged", "write_table"]
