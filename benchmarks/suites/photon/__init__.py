"""Photon's assertions of its API and its answers (`src/test/java/…/{api,query,searcher,opensearch}`), asked over HTTP.

Its tests are Java and build an index of their own, so that they cannot be pointed at a service: each is asked again
here in our words, of Syrian places that stand to each other as theirs do. One case here is one case there (one
parameter of a parametrised test, one phrase of a list of phrases), and the function above it names their test.

Out of scope: house numbers, post codes, `suggest_addresses`, `debug`, bus stops, `/metrics` by OpenSearch, origins
set at the start (CORS is one setting here), languages left out of an index, what an importer or analyser is told.
"""
