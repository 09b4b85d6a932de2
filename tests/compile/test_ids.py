"""Ids: the same for the same thing, whatever else changes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buldan.compile.ids import assign_ids, make_id, retire_ids
from buldan.errors import GazetteerError


@given(st.text(min_size=1))
def test_an_id_is_bd_and_eight_letters_or_digits(identifier):
    assert re.fullmatch(r"bd[0-9a-hjkmnp-tv-z]{8}", make_id(identifier))
    assert make_id(identifier) == make_id(identifier)


def test_a_place_rests_on_its_pcode_before_all_else():
    alone, known = {"pcode": "C1001"}, {"geonames": "170654", "pcode": "C1001", "wikidata": "Q3766"}
    assert assign_ids([alone]) == assign_ids([known]) == [make_id("pcode:C1001")]


def test_an_identifier_of_two_places_is_neither_ones_foothold():
    first, second = assign_ids([{"wikidata": "Q1", "geonames": "5"}, {"wikidata": "Q1", "whosonfirst": "9"}])
    assert (first, second) == (make_id("geonames:5"), make_id("whosonfirst:9"))


def test_a_place_without_an_identifier_of_its_own_is_refused():
    with pytest.raises(GazetteerError, match="without an identifier of its own"):
        assign_ids([{"wikidata": "Q1"}, {"wikidata": "Q1"}])


def test_two_places_with_one_hash_are_refused(monkeypatch):
    monkeypatch.setattr("buldan.compile.ids.make_id", lambda _: "bd00000000")
    with pytest.raises(GazetteerError, match="same id"):
        assign_ids([{"pcode": "C1"}, {"pcode": "C2"}])


def test_an_id_that_vanished_leads_to_what_took_its_identifier():
    before = [("bdold", {"geonames": "5"}), ("bdstay", {"pcode": "C1"}), ("bdgone", {"ucdp": "x"})]
    now = [("bdstay", {"pcode": "C1", "geonames": "5"})]
    assert retire_ids(before, now, {}) == {"bdold": "bdstay", "bdgone": ""}


def test_a_chain_of_mergers_leads_to_its_end_and_a_revived_id_is_retired_no_more():
    now = [("bdc", {"pcode": "C1"}), ("bdback", {"geonames": "7"})]
    before = [("bdb", {"pcode": "C1"})]
    assert retire_ids(before, now, {"bda": "bdb", "bdback": "bdb"}) == {"bda": "bdc", "bdb": "bdc"}
