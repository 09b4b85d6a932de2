"""What Buldan writes, it reads: the address of a place finds the place again."""

import pytest

import buldan
from buldan.describe import display_name
from buldan.geometry import distance_km

EVERY = 37
"""One place of so many is asked for: all kinds and governorates are among them."""

SAME_SPOT_KM = 3.0


def _finds(gazetteer: buldan.Gazetteer, place: buldan.Place, lang: str) -> bool:
    """Whether a place is the first answer to its address, or among equals: twins of one address are ambiguous."""
    matches = gazetteer.lookup(display_name(place, lang))
    near = [match for match in matches if distance_km(match.place.point, place.point) <= SAME_SPOT_KM]
    return bool(near) and (near[0] is matches[0] or matches[0].ambiguous)


def test_an_address_finds_its_place_again(gazetteer: buldan.Gazetteer) -> None:
    asked = [(place, lang) for place in list(gazetteer)[::EVERY] for lang in ("en", "ar")]
    lost = [display_name(place, lang) for place, lang in asked if not _finds(gazetteer, place, lang)]
    assert len(lost) <= 0.005 * len(asked), lost


@pytest.mark.parametrize("kind", ["governorate", "district", "sub-district"])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_unit_and_its_seat_have_addresses_of_their_own(gazetteer: buldan.Gazetteer, kind: str, lang: str) -> None:
    units = [place for place in gazetteer if place.kind == kind][::9]
    for unit in units:
        best, *_ = gazetteer.lookup(display_name(unit, lang))
        assert best.place.kind == kind or distance_km(best.place.point, unit.point) <= SAME_SPOT_KM, unit.name_en


CELLS = [
    ("Qarayya sub-district, Salkhad, As-Sweida", "Qarayya", "As-Sweida"),
    ("ناحية خناصر، السفيرة، حلب", "Khanaser", "Aleppo"),
    ("Rashidiyeh, Tal Hmis, Quamishli, Al-Hasakeh", "Rashidiyeh", "Al-Hasakeh"),
    ("منسية، صرين، عين العرب، حلب", "Mansiyeh", "Aleppo"),
]


@pytest.mark.parametrize(("cell", "name", "governorate"), CELLS)
def test_the_narrow_part_of_an_address_is_the_place(
    gazetteer: buldan.Gazetteer, cell: str, name: str, governorate: str
) -> None:
    best, *_ = gazetteer.lookup(cell)
    assert (best.place.name_en, best.place.admin[0].name_en) == (name, governorate)


@pytest.mark.parametrize("name", ["Mansura, Ath-Thawrah", "العريقة، شهبا", "Idleb", "السويداء"])
def test_a_town_and_the_unit_that_it_heads_are_one_answer(gazetteer: buldan.Gazetteer, name: str) -> None:
    first, second, *_ = gazetteer.lookup(name)
    assert first.score == second.score
    assert {first.place.kind, second.place.kind} & {"sub-district", "district", "governorate"}
    assert not first.ambiguous


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("16 Tishrin Dam", "16 Tishrin Dam"),
        ("16 Tishreen dam, Latakia", "16 Tishrin Dam"),
        ("اللاذقية - سد 16 تشرين", "16 Tishrin Dam"),
        ("15 March roundabout", "15 March roundabout"),
        ("60 Street of Homs", "Sixtieth Street of Homs"),
        ("T2", "T2 pumping station"),
        ("السكن الشبابي بحلب", "Youth Housing"),  # of a form, السكن asks where somebody lives
        ("السكن الشبابي بحلب، حلب، سوريا", "Youth Housing"),
        ("السكن: سراقب", "Saraqib"),
        ("16 Saraqib", "Saraqib"),  # the number of a line
        ("7- سراقب", "Saraqib"),
        ("3 Azmarin, Idlib", "Azmarin"),
    ],
)
def test_what_may_be_cut_off_a_name_stays_where_a_place_is_called_so(
    gazetteer: buldan.Gazetteer, name: str, found: str
) -> None:
    assert gazetteer.lookup(name)[0].place.name_en == found
