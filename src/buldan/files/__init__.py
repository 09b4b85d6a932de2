"""Tables on disk: read in chunks whatever they are, written whole or not at all.

    staging   a file appears under its name when it is complete, or never
    bounds    how much a file may ask for
    sniffing  what a file really is: its format by its first bytes, its encoding and delimiter
    columns   what columns are called: names, letters, HXL tags, and what labels mean (labels.tsv)
    headers   where the header is, how many rows it takes, and what its columns are called
    layout    what the caller said of the header, and what was found, in words
    mojibake  cells that were decoded with the wrong encoding
    flat      columns for formats whose cells are plain
    text      CSV and TSV, every cell kept as it was written
    sheets    spreadsheets as their libraries give them
    workbook  one sheet as a table
    excel     workbooks, written
    geodata   geometries as columns; Parquet
    vector    what GDAL reads and writes
    table     a table that has been looked at and not yet read
    reading   any table as a schema and a stream of Arrow batches
    writing   a stream of Arrow batches as any table

A batch holds a few ten thousand rows, so memory is bounded by the batch and not by the file.
"""

from buldan.files.reading import open_table
from buldan.files.staging import check_folder, open_staging
from buldan.files.table import Table
from buldan.files.writing import Wishes, check_output, refuse_ending, write_table

__all__ = [
    "Table",
    "Wishes",
    "check_folder",
    "check_output",
    "open_staging",
    "open_table",
    "refuse_ending",
    "write_table",
]
