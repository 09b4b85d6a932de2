"""Suites that others wrote, asked of a running service, moved to Syria.

    buldan serve --port 8000
    git clone https://github.com/osm-search/Nominatim
    python -m benchmarks.suites nominatim --checkout Nominatim --server http://127.0.0.1:8000
    python -m benchmarks.suites all --checkouts FOLDER_OF_CLONES

Nothing of theirs is kept here. Two suites are run themselves (Nominatim, geopy): their clone is read at the commit that
`sources.py` names, and a table of ours says by file, line and place in the line which Syrian value stands there
(`moving.py`). Three are asked again in our own words: Photon's, whose tests are Java and build their own index;
OGC API - Features', which are abstract; the reconciliation protocol's, which are schemas and examples.
"""
