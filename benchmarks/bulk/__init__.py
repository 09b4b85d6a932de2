"""Bulk work, measured: a table of a million rows, corpora on one and two workers, and what follows for an archive.

material    messy names, tables and documents made from the gazetteer's own names
tables      `buldan geocode` beside a loop over `rapidfuzz.process.extractOne`
corpora     `buldan geoparse --input` by one process, by workers, and ten times as much
limits      what one client can plan, hand out and write down
arithmetic  from these to a hundred million articles
report      the page
"""
