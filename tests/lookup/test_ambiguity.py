"""When an answer is ambiguous: the second spot is at least half as likely as the first."""

import pytest

import buldan
from buldan.geometry import distance_km
from buldan.kinds import get_kind
from buldan.lookup.doubts import is_coarse
from buldan.text import fold

FAR_KM = 40
"""Two places so far apart are no one spot."""


def second_spot(matches: buldan.Matches) -> float:
    """The score of the first match that lies far from the best, none where all lie near it."""
    best = matches[0].place
    return next((match.score for match in matches if is_another(best, match.place)), 0.0)


def is_another(place: buldan.Place, other: buldan.Place) -> bool:
    """Whether two places are far apart, and neither is a unit that the other heads."""
    shared = {fold(name.text) for name in place.names} & {fold(name.text) for name in other.names}
    for unit, held in ((place, other), (other, place)):
        if shared and get_kind(unit.kind).group == "admin" and held.admin_pcode.startswith(unit.admin_pcode):
            return False
    return distance_km(place.point, other.point) > FAR_KM


def add_up(matches: buldan.Matches) -> float:
    """The scores of all spots together; places within a few kilometres are one spot, and so is a unit and its seat."""
    spots: list[buldan.Match] = []
    for match in matches:
        if not any(is_one_spot(match.place, spot.place) for spot in spots):
            spots.append(match)
    return sum(match.score for match in spots)


def is_one_spot(place: buldan.Place, other: buldan.Place) -> bool:
    """Whether two places are near each other, or one is a unit that contains the other."""
    contained = any(
        get_kind(unit.kind).group == "admin" and held.admin_pcode.startswith(unit.admin_pcode)
        for unit, held in ((place, other), (other, place))
    )
    return contained or distance_km(place.point, other.point) <= 3.0


def may_be_no_place(match: buldan.Match) -> bool:
    """Whether it is doubted that the question means a place of Syria at all."""
    return any(reason.rule in {"abroad", "word"} for reason in match.reasons)


def is_one_place(matches: buldan.Matches) -> bool:
    return not any(reason.rule == "several_places" for match in matches for reason in match.reasons)


@pytest.mark.parametrize("part", range(4))
def test_ambiguity_begins_where_another_spot_is_half_as_likely(gazetteer: buldan.Gazetteer, part: int) -> None:
    likely = unlikely = 0
    for place in list(gazetteer)[part::97]:
        matches = gazetteer.lookup(place.name_ar or place.name_en, limit=10)
        if not matches or not is_one_place(matches) or is_coarse(matches[0].place) or may_be_no_place(matches[0]):
            continue  # a coarse point is a doubt about where the place is
        second, half = second_spot(matches), matches[0].score / 2
        if second > 1.1 * half:
            likely += 1
            assert matches[0].ambiguous, matches.query
        elif add_up(matches) < 0.98 and max((match.score for match in matches[1:]), default=0) < 0.9 * half:
            # Where scores share a whole, those of the others are smaller than by themselves.
            unlikely += 1
            assert not matches[0].ambiguous, matches.query
    assert likely > 5 and unlikely > 5


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_scores_of_places_apart_are_not_more_than_one_together(gazetteer: buldan.Gazetteer, lang: str) -> None:
    crowded = 0
    for place in list(gazetteer)[5::83]:
        for within in (None, place.admin[0].pcode if place.admin else None):
            matches = gazetteer.lookup(place.name(lang), within=within, limit=20)
            if matches and is_one_place(matches):
                total = add_up(matches)
                crowded += total > 0.95
                assert total <= 1.002, (matches.query, within)
    assert crowded > 10


@pytest.mark.parametrize(("name", "unit"), [("مشيرفة", "Idlib"), ("Tall Shihab town", None), ("العزيزية", "Aleppo")])
def test_of_namesakes_that_nothing_tells_apart_none_is_likely(
    gazetteer: buldan.Gazetteer, name: str, unit: str | None
) -> None:
    first, second, *_ = gazetteer.lookup(name, within=unit)
    assert first.score / 2 < second.score <= first.score < 0.55
    assert first.ambiguous


@pytest.mark.parametrize("name", ["Azizieh", "Aziziyeh"])
def test_namesakes_in_arabic_share_a_romanisation(gazetteer: buldan.Gazetteer, name: str) -> None:
    first, *others = gazetteer.lookup(name, limit=10)
    assert first.score < 0.6
    assert first.ambiguous
    bearers = [match for match in others if match.place.name_ar == "العزيزية"]
    assert len(bearers) >= 2
    assert max(match.score for match in bearers) > first.score / 4


@pytest.mark.parametrize("name", ["Umm Zurzur", "Azizieh", "كرامة", "الصالحية"])
def test_a_longer_answer_begins_with_the_shorter_one(gazetteer: buldan.Gazetteer, name: str) -> None:
    longest = [(match.place.id, match.score) for match in gazetteer.lookup(name, limit=20)]
    assert len(longest) > 5
    for limit in range(1, 12):
        assert [(match.place.id, match.score) for match in gazetteer.lookup(name, limit=limit)] == longest[:limit]
