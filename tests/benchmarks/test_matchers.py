"""The material of the benchmark of matchers, as each engine is given it."""

from __future__ import annotations

from benchmarks.matchers.engines.nominatim import _tags
from buldan.store import NameRecord, PlaceRecord

_PLACE = PlaceRecord("x", "village", "Kafr", "كفر", 36.5, 35.0, 1.0, "SY07", "", None, {}, ())


def _name(text: str, script: str = "Latn") -> NameRecord:
    return NameRecord("x", text, "", script, "alternative", ())


def test_many_names_of_a_place_fit_into_tags_that_openstreetmap_takes() -> None:
    """A value of more than 255 characters stops an import."""
    others = [f"Kafr Number {number}" for number in range(60)]
    tags = _tags(_PLACE, [_name("كفر", "Arab"), _name("Kafr"), *map(_name, others)])
    assert tags["name:ar"] == "كفر" and tags["name:en"] == "Kafr"
    alternative = {key: value for key, value in tags.items() if key.startswith("alt_name")}
    assert list(alternative)[:2] == ["alt_name", "alt_name_1"]
    assert max(map(len, alternative.values())) <= 255
    assert ";".join(alternative.values()).split(";") == others


def test_a_place_of_one_name_has_no_alternative() -> None:
    assert not any(key.startswith("alt_name") for key in _tags(_PLACE, [_name("Kafr")]))
