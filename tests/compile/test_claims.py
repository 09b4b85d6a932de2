"""A name that a source gives to two places belongs to the one that is listed under it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from buldan.compile.claims import drop_names_of_others
from buldan.compile.cluster import Cluster
from buldan.compile.merge import merge
from buldan.compile.record import SourceRecord
from buldan.geometry import destination
from buldan.model import Name

ORIGIN = (37.0, 36.6)


def entry(id_, km, *names):
    """A village with names, each `text`, `source` or `text`, `source`, `kind`, kilometres east of the others."""
    point = destination(ORIGIN, bearing=90, distance_km=km)
    whole = tuple(Name(text, "ar", "Arab", *(kind or ["variant"]), sources=(source,)) for text, source, *kind in names)
    record = SourceRecord("ocha", id_, "village", whole, point.lon, point.lat, identifiers={"pcode": id_})
    return replace(merge(Cluster([record])), names=whole)


def names_of(id_, entries):
    return [name.text for one in drop_names_of_others(entries) if one.identifiers["pcode"] == id_ for name in one.names]


MENAGH = ("منغ", "ocha", "official")


@pytest.mark.parametrize(
    ("km", "names", "kept"),
    [
        (11, [("معرين", "ocha", "official"), ("منغ", "geonames")], ["معرين"]),
        (20, [("معرين", "ocha", "official"), ("منغ", "geonames")], ["معرين", "منغ"]),
        (11, [("معرين", "ocha", "official"), ("منغ", "curated")], ["معرين", "منغ"]),
        (11, [("منغ الشرقية", "ocha", "official"), ("منغ", "geonames")], ["منغ الشرقية", "منغ"]),
    ],
    ids=["a name of the village listed under it", "too far off", "we say so ourselves", "a form of its own name"],
)
def test_a_village_does_not_bear_the_name_of_a_listed_one(km, names, kept):
    assert names_of("C2", [entry("C1", 0, MENAGH), entry("C2", km, *names)]) == kept


def test_spellings_of_a_borrowed_name_go_with_it():
    latin = Name("Mennagh", "und", "Latn", "variant", sources=("geonames",))
    own = Name("Maarrine", "und", "Latn", "variant", sources=("geonames",))
    other = entry("C2", 11, ("معرين", "ocha", "official"), ("منغ", "geonames"))
    other = replace(other, names=(*other.names, latin, own))
    assert names_of("C2", [entry("C1", 0, MENAGH), other]) == ["معرين", "Maarrine"]
