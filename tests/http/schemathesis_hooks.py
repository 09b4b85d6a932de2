"""What the description cannot say, for schemathesis: how to write one of each format, and what hangs together.

Loaded by its name in `SCHEMATHESIS_HOOKS`.
"""

import json

import schemathesis
from hypothesis import strategies as st

from buldan.geometry import SYRIA

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
schemathesis.openapi.format("unit", st.sampled_from(["Homs", "حمص", "SY04", "Talkalakh"]))
schemathesis.openapi.format(
    "corners", st.one_of(st.just(""), _boxes.filter(lambda box: len({*map(float, box.split(","))}) == 4))
)
schemathesis.openapi.format("javascript-name", st.from_regex(r"[a-z_$][a-zA-Z0-9_$]{0,20}", fullmatch=True))
schemathesis.openapi.format("interval", _intervals)
schemathesis.openapi.format("reconciliation-queries", _queries.map(json.dumps))
schemathesis.openapi.format("reconciliation-extend", _extend.map(json.dumps))


# A table and what is said of it hang together, and a description has no words for it: columns that are named must be
# the table's, its bytes must be of its media type, a header must lie within it.

_ROWS = [
    ("place", "town", "governorate", "code"),
    ("Yalda", "Nawa", "Rural Damascus", "C2302"),
    ("معلولا", "", "", ""),
]
_DECISIONS = "name,within,decision\nYalda,,C2302\n"


_SEPARATORS = {"text/csv": ",", "text/tab-separated-values": "\t", "text/plain": ";"}
_SAID_OF_IT = {
    "name": lambda asked: ["place", "town"][: max(1, len(asked))],
    "within": lambda asked: ["governorate"][: len(asked)],
    "pcode": lambda asked: "code" if asked else "none",
    "encoding": lambda _: "utf-8",
    "header_row": lambda _: 1,
    "header_rows": lambda _: 1,
    "skip_rows": lambda _: 0,
}


@schemathesis.hook
def before_call(context, case, **kwargs):
    """Send with a good question to `/geocode` a table that it can be a question about."""
    if case.operation.path != "/geocode" or not case.meta or not case.meta.generation.mode.is_positive:
        return
    chosen = case.multipart_content_types or {}
    if chosen.get("file") not in _SEPARATORS:  # a workbook is bytes, which schemathesis takes for a bad string
        chosen["file"] = "text/csv"
    table = "\n".join(map(_SEPARATORS[chosen["file"]].join, _ROWS))
    case.multipart_content_types = chosen
    case.body = {"file": table} | ({"decisions": _DECISIONS} if "decisions" in case.body else {})
    for name in case.query.keys() & _SAID_OF_IT.keys():
        case.query[name] = _SAID_OF_IT[name](case.query[name])
    for name in case.query.keys() & {"sheet", "delimiter"}:
        del case.query[name]


@schemathesis.hook
def filter_case(context, case):
    """Leave out bad bodies where no body is bad (any text is a text), and good points that look swapped."""
    if not case.meta:
        return True
    if case.meta.generation.mode.is_positive:
        return not _looks_swapped(case.query or {})
    if case.operation.path != "/geoparse" or not (case.media_type or "").startswith("text/"):
        return True
    return any(part.mode.is_negative for place, part in case.meta.components.items() if place.name != "BODY")


def _looks_swapped(query):
    """Whether a point lies outside Syria and would lie inside the other way round, which is refused and said so."""
    lon, lat = str(query["near"]).split(",") if "near" in query else (query.get("lon"), query.get("lat"))
    try:
        lon, lat = float(lon), float(lat)
    except (TypeError, ValueError):
        return False
    return SYRIA.holds((lat, lon)) and not SYRIA.holds((lon, lat))
