"""Words of kind of other languages around a name: of maps and reports, of news, and of the neighbours."""

import pytest

import buldan


@pytest.mark.parametrize(
    ("question", "kind", "name"),
    [
        ("Gouvernorat d'Alep", "governorate", "Aleppo"),
        ("province d’Idlib", "governorate", "Idleb"),
        ("Ville de Homs", "city", "Homs"),
        ("village de Maaloula", "town", "Maaloula"),
        ("Quartier de Baba Amr", "neighbourhood", "Baba Amr"),
        ("camp d'al-Hol", "camp", "al-Hol Camp"),
        ("Citadelle d'Alep", "site", "Citadel of Aleppo"),
        ("Forteresse de Jaabar", "site", "Jaabar Castle"),
        ("monastère de Mar Moussa", "church", "Mar Musa al-Habashi"),
        ("Stadt Aleppo", "city", "Aleppo"),
        ("Flughafen Aleppo", "airport", "Aleppo International Airport"),
        ("Gobernación de Alepo", "governorate", "Aleppo"),
        ("Halep vilayeti", "governorate", "Aleppo"),
        ("Resulayn ilçesi", "district", "Ras Al Ain"),
        ("Menbiç ilçesi", "district", "Menbij"),
        ("nahiyeya Cindirêsê", "sub-district", "Jandairis"),
        ("Gouvernorat de Homs", "governorate", "Homs"),
        ("gouvernorat de Damas", "governorate", "Damascus"),
        ("Distrikt Idlib", "district", "Idleb"),
        ("قضاء إعزاز", "district", "A'zaz"),
        ("Aéroport de Damas", "airport", "Damascus International Airport"),
        ("Aéroport international de Damas", "airport", "Damascus International Airport"),
        ("Şam havaalanı", "airport", "Damascus International Airport"),
        ("Halep uluslararası havalimanı", "airport", "Aleppo International Airport"),
        ("Barrage de Tichrine", "dam", "Tishrin Dam"),
        ("Barrage de l'Euphrate", "dam", "Tabqa Dam"),
        ("Raco beldesi", "town", "Raju"),
        ("Tişrin Barajı", "dam", "Tishrin Dam"),
        ("Bab el Hava sınır kapısı", "crossing", "Bab al-Hawa"),
        ("Parêzgeha Helebê", "governorate", "Aleppo"),
        ("bajarê Efrînê", "city", "Afrin"),
        ("navçeya Cindirêsê", "town", "Jandairis"),
    ],
)
def test_words_of_kind_of_other_languages_are_read(
    gazetteer: buldan.Gazetteer, question: str, kind: str, name: str
) -> None:
    best = gazetteer.lookup(question)[0]
    assert (best.place.kind, best.place.name_en) == (kind, name)
    assert best.score >= 0.5


@pytest.mark.parametrize("word", ["castle", "citadel", "fortress"])
@pytest.mark.parametrize("name", ["Jaabar", "Shaizar", "Masyaf"])
def test_a_castle_is_found_by_any_word_for_one(gazetteer: buldan.Gazetteer, name: str, word: str) -> None:
    best = gazetteer.lookup(f"{name} {word}")[0]
    assert best.place.kind == "site"
    assert best.score >= 0.6


def test_a_word_for_another_thing_finds_no_castle(gazetteer: buldan.Gazetteer) -> None:
    matches = gazetteer.lookup("Pont de Jaabar")
    assert all(match.score < 0.5 for match in matches if match.place.name_en == "Jaabar Castle")


def test_an_elided_word_is_no_part_of_the_name(gazetteer: buldan.Gazetteer) -> None:
    (mention,) = [mention for mention in gazetteer.geoparse("Des combats au nord de Hama.") if mention.place]
    assert (mention.text, mention.place.name_en) == ("Hama", "Hama")


def test_an_ayn_after_a_consonant_is_no_elision() -> None:
    assert buldan.load().lookup("Da'el")[0].place.name_en == "Da'el"


def test_an_of_is_no_part_of_a_name_without_its_word_of_kind(gazetteer: buldan.Gazetteer) -> None:
    best = gazetteer.lookup("Foo, Aleppo")[0]
    assert best.place.name_en == "Aleppo", "the citadel of Aleppo is not called 'of Aleppo'"


@pytest.mark.parametrize(
    ("spelling", "pcode"),
    [
        ("Ennebek", "C2419"),
        ("Errastan", "C2870"),
        ("Essafira", "C2154"),
        ("Ezzabadani", "C2429"),
        ("Esshaddadi", "C4446"),
    ],
)
def test_an_article_takes_the_sound_of_the_letter_behind_it(
    gazetteer: buldan.Gazetteer, spelling: str, pcode: str
) -> None:
    best, *_ = gazetteer.lookup(spelling)
    assert best.place.pcode == pcode
    assert best.score > 0.6


@pytest.mark.parametrize("word", ["Essam", "Attack", "Address", "Annual", "Assaad"])
def test_a_word_that_only_begins_like_it_is_no_name(gazetteer: buldan.Gazetteer, word: str) -> None:
    assert all(match.score < 0.5 for match in gazetteer.lookup(word))


@pytest.mark.parametrize("cell", ["Idlib (Siria)", "Idlib, Síria", "Idlib in Syrien", "Siriya, Idlib", "Сирия, Идлиб"])
def test_the_country_in_other_languages_holds_the_place(gazetteer: buldan.Gazetteer, cell: str) -> None:
    best = gazetteer.lookup(cell)[0]
    assert best.place.name_en == "Idlib"
    assert best.score >= 0.8


@pytest.mark.parametrize("name", ["Ｉｄｌｉｂ", "𝐈𝐝𝐥𝐢𝐛", "𝘐𝘥𝘭𝘪𝘣"])
def test_letters_of_other_widths_and_styles_are_read(gazetteer: buldan.Gazetteer, name: str) -> None:
    best = gazetteer.lookup(name)[0]
    assert best.place.name_en == "Idlib"
    assert best.score >= 0.8
