"""What the formats of the description mean, for schemathesis: how to write one of each.

Loaded by its name in `SCHEMATHESIS_HOOKS`.
"""

import json

import schemathesis
from hypothesis import strategies as st

_longitudes = st.floats(-180, 180)
_latitudes = st.lists(st.floats(-90, 90), min_size=2, max_size=2).map(sorted)
_boxes = st.builds(
    lambda west, east, lats: f"{west:.5f},{lats[0]:.5f},{east:.5f},{lats[1]:.5f}", _longitudes, _longitudes, _latitudes
)

_instants = st.one_of(st.dates().map(str), st.datetimes().map(lambda instant: f"{instant.isoformat()}Z"))
_open = st.sampled_from(["", ".."])
_intervals = st.one_of(
    _instants,
    st.builds("{}/{}".format, _instants, _open),
    st.builds("{}/{}".format, _open, _instants),
    st.lists(st.dates(), min_size=2, max_size=2).map(lambda days: "/".join(map(str, sorted(days)))),
)

_texts = st.text(max_size=50)
_properties = st.lists(
    st.fixed_dictionaries(
        {"pid": st.sampled_from(["governorate", "kind", "lat", "pcode"]), "v": st.one_of(_texts, st.floats(0, 99))}
    ),
    max_size=3,
)
_queries = st.dictionaries(
    st.text(min_size=1, max_size=5),
    st.fixed_dictionaries(
        {"query": _texts},
        optional={"type": _texts, "limit": st.integers(1, 9), "properties": _properties, "type_strict": st.just("any")},
    ),
    max_size=5,
)
_extend = st.fixed_dictionaries(
    {
        "ids": st.lists(_texts, max_size=3),
        "properties": st.lists(st.sampled_from(["pcode", "lat", "population"]).map(lambda id: {"id": id}), max_size=3),
    }
)

schemathesis.openapi.format("bbox", _boxes)
schemathesis.openapi.format(
    "corners", st.one_of(st.just(""), _boxes.filter(lambda box: len({*map(float, box.split(","))}) == 4))
)
schemathesis.openapi.format("javascript-name", st.from_regex(r"[a-z_$][a-zA-Z0-9_$]{0,20}", fullmatch=True))
schemathesis.openapi.format("interval", _intervals)
schemathesis.openapi.format("reconciliation-queries", _queries.map(json.dumps))
schemathesis.openapi.format("reconciliation-extend", _extend.map(json.dumps))
