"""Where faults are put, and which tests should notice them, those first that notice most in least time."""

from __future__ import annotations

from dataclasses import dataclass, replace

__all__ = ["ROOMS", "Room"]


@dataclass(frozen=True, slots=True)
class Room:
    """Files under `src/buldan` by pattern, and the arguments to pytest that test them.

    Attributes:
        name: how the report calls it.
        sources: patterns of files.
        tests: what pytest is given.
        seconds: when tests that do not end count as failed; five times what they take without a fault, if that is more.
        strict: whether no fault may live.
    """

    name: str
    sources: tuple[str, ...]
    tests: tuple[str, ...]
    seconds: float = 120
    strict: bool = False

    def with_golden_alone(self) -> Room:
        """The room with none of its tests but golden answers, which take a second; all of them where it has none."""
        golden = tuple(test for test in self.tests if test.startswith("tests/golden"))
        return replace(self, tests=golden or self.tests)


def _golden(*stages: str) -> tuple[str, ...]:
    return tuple(f"tests/golden/test_golden.py::test_{stage}" for stage in stages)


_STORE = _golden(
    *("overlays", "points", "a_manifest_that_was_changed_is_refused"),
    "a_file_that_is_not_the_one_that_was_compiled_is_named",
)
_FACADES = "tests/golden/test_http.py::test_facade"
_HTTP = (
    *(f"{_FACADES}[native]", "tests/http/test_parts.py"),
    *("tests/http/test_native.py", "tests/http/test_limits.py"),
)

ROOMS = (
    Room(
        "guard",
        ("http/middleware/limits.py", "http/protocol.py"),
        (
            *("tests/http/test_guard.py", "tests/http/test_turns.py"),
            *("tests/http/test_limits.py", "tests/http/test_service.py"),
        ),
        strict=True,
    ),
    Room("keys", ("http/middleware/keys.py",), ("tests/http/test_keys.py",), strict=True),
    Room("caching", ("http/middleware/caching.py",), ("tests/http/test_caching.py", *_HTTP[1:]), strict=True),
    Room(
        "lookup",
        ("lookup/*.py",),
        (
            *_golden("cells", "lookup", "search", "units", "suggestions", "points", "positions", "pages"),
            *("tests/lookup/test_stages.py", "tests/lookup/test_ambiguity.py", "tests/lookup/test_cells.py"),
            *("tests/lookup/test_within.py", "tests/lookup/test_doubts.py", "tests/lookup/test_codes.py"),
            *("tests/lookup/test_bad_input.py", "tests/lookup/test_reverse.py", "tests/lookup/test_spellings.py"),
            *_golden("rows", "relations"),
        ),
    ),
    Room(
        "relations",
        ("geoparse/relations/*.py",),
        (
            *_golden("relations"),
            *("tests/geoparse/test_shapes.py", "tests/geoparse/test_relative_places.py"),
            *("tests/geoparse/test_reading.py", "tests/geoparse/test_offsets.py"),
        ),
    ),
    Room(
        "store",
        ("store/*.py",),
        (*_STORE, "tests/compile/test_records.py", "tests/overlay", "tests/compile/test_check.py"),
    ),
    Room(
        "bodies",
        ("http/bodies.py", "http/deadline.py", "http/executor.py", "http/deps.py", "http/scope.py"),
        ("tests/http/test_scope.py", *_HTTP),
    ),
    Room(
        "nominatim",
        ("http/facades/nominatim/*.py", "http/routes/nominatim.py"),
        (f"{_FACADES}[nominatim]", "tests/http/test_nominatim.py"),
    ),
    Room(
        "geonames",
        ("http/facades/geonames.py", "http/routes/geonames.py"),
        (f"{_FACADES}[geonames]", "tests/http/test_geonames.py"),
    ),
    Room(
        "photon",
        ("http/facades/photon.py", "http/routes/photon.py"),
        (f"{_FACADES}[photon]", "tests/http/test_photon.py"),
    ),
    Room(
        "reconcile",
        ("http/facades/reconciliation.py", "http/routes/reconcile.py"),
        (f"{_FACADES}[reconcile]", "tests/http/test_parts.py", "tests/http/test_reconcile.py"),
    ),
    Room("ogc", ("http/facades/ogc.py", "http/routes/ogc.py"), (f"{_FACADES}[ogc]", "tests/http/test_ogc.py")),
    Room(
        "native",
        ("http/routes/lookup.py", "http/routes/geoparse.py", "http/schema/params.py", "http/responses.py"),
        _HTTP,
    ),
    Room(
        "tables",
        ("tables/*.py",),
        (
            *_golden("rows", "chains_of_units", "review"),
            *("tests/tables/test_parts.py", "tests/tables/test_geocode.py"),
            *("tests/tables/test_units.py", "tests/tables/test_sheets.py", "tests/tables/test_geocode_files.py"),
            "-k",
            "not killed_run and not ctrl_c and not evaluation_file",
        ),
    ),
)
