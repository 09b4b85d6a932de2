"""Tables on disk: read in batches in any format, written as a whole or not at all.

    staging   a file appears under its name only when it is complete
    bounds    how much memory a file may need
    sniffing  what a file really is: its format by its first bytes, its encoding and delimiter
    columns   what columns are called: names, letters, HXL tags, and what labels mean (labels.tsv)
    headers   where the header is, how many rows it takes, and what its columns are called
    layout    what the caller says about the header, and a description of what was found
    mojibake  cells that were decoded with the wrong encoding
    flat      columns for formats that have only plain cells
    text      CSV and TSV, every cell read as text, unchanged
    sheets    spreadsheets as their libraries read them
    workbook  one sheet as a table
    excel     writes workbooks
    geodata   geometries as columns; Parquet
    vector    what GDAL reads and writes
    table     an open table: its columns are known, its rows are not yet read
    reading   reads any table as a schema and a stream of Arrow batches
    writing   writes a stream of Arrow batches as any table

A batch has at most a few ten thousand rows, which bounds the memory whatever the size of the file.
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
