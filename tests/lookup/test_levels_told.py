"""Units of which one has the word for its level and another has none, and words for another level than the unit's."""

import pytest

import buldan


@pytest.mark.parametrize(
    ("cell", "pcode"),
    [
        ("Harim, Salqin sub-district", "SY070302"),
        ("حارم - ناحية سلقين", "SY070302"),
        ("الباب / ناحية تادف", "SY020201"),
        ("منطقة حارم، ناحية سلقين", "SY070302"),
        ("Idleb, Harim district, Salqin sub-district", "SY070302"),
        ("Idleb - Harim - Salqin subdistrict", "SY070302"),
        ("Harim, Salqin sub-district, Azmarin", "C4143"),
        ("إدلب - حارم - ناحية سلقين - عزمارين", "C4143"),
        ("Azmarin, Salqin sub-district, Harim, Idleb", "C4143"),
        ("Azmarin village in Salqin sub-district of Harim district, Idleb governorate", "C4143"),
        ("Idleb, Idleb district, Bennsh subdistrict, Taum village", "C3906"),
        ("Binnish, Bennsh subdistrict, Idleb district, Idleb", "C3904"),
        ("Azmarin, Salqin sub-district, Harim district, Idleb governorate", "C4143"),
        ("قرية عزمارين، ناحية سلقين، منطقة حارم، محافظة إدلب", "C4143"),
        ("عزمارين ناحية سلقين منطقة حارم", "C4143"),
        ("عزمارين، ناحية سلقين، حارم", "C4143"),
    ],
)
def test_the_wider_unit_may_lack_its_word(gazetteer: buldan.Gazetteer, cell: str, pcode: str) -> None:
    match, *_ = gazetteer.lookup(cell)
    assert match.place.pcode == pcode
    assert match.score >= 0.8


@pytest.mark.parametrize(
    ("cell", "pcode"),
    [
        ("سلقين، منطقة حارم", "C4140"),
        ("Harim, Harim district", "C4115"),
        ("حارم، ناحية حارم", "C4115"),
        ("Homs, Homs district", "C2528"),
        ("حمص، منطقة حمص، سوريا", "C2528"),
    ],
)
def test_the_town_is_meant_where_the_unit_holds_it(gazetteer: buldan.Gazetteer, cell: str, pcode: str) -> None:
    assert gazetteer.lookup(cell)[0].place.pcode == pcode


@pytest.mark.parametrize(
    ("cell", "pcode"),
    [
        ("Azmarin, Salqin district", "C4143"),
        ("منطقة سلقين - عزمارين", "C4143"),
        ("Sukhnah, Palmyra district", "C2893"),
        ("Azmarin, Salqin canton", "C4143"),
        ("مقاطعة سلقين، عزمارين", "C4143"),
        ("Qada Harim, Azmarin", "C4143"),
        ("Azmarin, Salqin Nahia, Harim Mantika, Idleb Mohafaza", "C4143"),
    ],
)
def test_a_unit_is_known_by_the_word_for_another_level(gazetteer: buldan.Gazetteer, cell: str, pcode: str) -> None:
    match, *_ = gazetteer.lookup(cell)
    assert match.place.pcode == pcode
    assert match.score >= 0.8
    assert not {"unit_unknown", "unit_contradicts"} & {reason.rule for reason in match.reasons}


@pytest.mark.parametrize(
    ("cell", "pcode"),
    [
        ("Harim Mantika", "SY0703"),
        ("Salqin Nahia", "SY070302"),
        ("Idleb Mohafaza", "SY07"),
        ("Afrin canton", "SY0203"),
        ("مقاطعة عفرين", "SY0203"),
        ("Menbiç kenti", "C1767"),
    ],
)
def test_a_unit_alone_may_have_such_a_word(gazetteer: buldan.Gazetteer, cell: str, pcode: str) -> None:
    match, *_ = gazetteer.lookup(cell)
    assert match.place.pcode == pcode
    assert match.score >= 0.8


@pytest.mark.parametrize(
    ("cell", "pcode"),
    [
        ("Harim district: Azmarin", "C4143"),
        ("Idleb Governorate: Harim District: Salqin Subdistrict: Azmarin", "C4143"),
        ("Governorate: Idleb District: Harim Village: Azmarin", "C4143"),
        ("إدلب المنطقة: حارم القرية: عزمارين", "C4143"),
    ],
)
def test_a_word_for_a_level_before_a_colon_is_a_label_or_a_part_of_the_name(
    gazetteer: buldan.Gazetteer, cell: str, pcode: str
) -> None:
    match, *_ = gazetteer.lookup(cell)
    assert match.place.pcode == pcode
    assert match.score >= 0.8


def test_a_level_makes_no_unit_of_what_is_none(gazetteer: buldan.Gazetteer) -> None:
    with pytest.raises(buldan.errors.QueryError):
        gazetteer.lookup("Azmarin", within="Azmarin district")


@pytest.mark.parametrize(
    ("cell", "pcode"),
    [
        ("İdlib'in Harim ilçesi", "SY0703"),
        ("Harim'in Azmarin köyü", "C4143"),
        ("İdlib’in Harim ilçesine bağlı Azmarin", "C4143"),
        ("Harim ilçesine bağlı Azmarin köyü", "C4143"),
        ("İdlib'deki Azmarin", "C4143"),
        ("İdlib'in kuzey kırsalı", "SY07"),
        ("Harim'e bağlı Azmarin", "C4143"),
    ],
)
def test_endings_of_turkish_join_a_unit_to_what_lies_in_it(gazetteer: buldan.Gazetteer, cell: str, pcode: str) -> None:
    match, *_ = gazetteer.lookup(cell)
    assert match.place.pcode == pcode
    assert match.score >= 0.8
