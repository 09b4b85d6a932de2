"""One reader a source; none knows another. Each yields `SourceRecord`s and raises `SourceError`."""
