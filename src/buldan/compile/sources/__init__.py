"""One reader per source, independent of the others. Each yields `SourceRecord`s and raises `SourceError`."""
