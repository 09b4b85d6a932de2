"""What a notebook shows of results by themselves: a small table, and a map where there is one; names are text."""

import re

import buldan

TEXT = "وصلت الحافلات من حمص إلى تدمر، وسقط ثلج 10 كم شمال إدلب."


def test_matches_show_their_names_scores_and_a_map(gazetteer: buldan.Gazetteer) -> None:
    matches = gazetteer.lookup("Sheikh Said")
    shown = matches._repr_html_()
    assert shown.count("<tr>") == len(matches) + 1
    assert all(match.place.id in shown and f"{match.score:.2f}" in shown for match in matches)
    assert "<svg" in shown and " km</text>" in shown


def test_no_match_is_said(gazetteer: buldan.Gazetteer) -> None:
    shown = gazetteer.lookup("<zzxqqwv>")._repr_html_()
    assert "&lt;zzxqqwv&gt;" in shown and "<table" not in shown


def test_a_reading_shows_mentions_relations_and_confidence(gazetteer: buldan.Gazetteer) -> None:
    reading = gazetteer.geoparse(TEXT)
    shown = reading._repr_html_()
    assert shown.count("<tr>") == len(reading) + 1
    assert "10 كم شمال إدلب" in shown and "told" in shown
    assert all(f"{mention.confidence:.2f}" in shown for mention in reading)


def test_a_long_list_is_cut_and_says_so(gazetteer: buldan.Gazetteer) -> None:
    reading = gazetteer.geoparse("حمص، حلب، " * 15)
    assert len(reading) > 20
    assert f"and {len(reading) - 20} more" in reading._repr_html_()


def test_a_place_and_a_gazetteer(gazetteer: buldan.Gazetteer) -> None:
    place = gazetteer.place("SY07")
    assert all(part in place._repr_html_() for part in ("Idleb", "إدلب", "SY07", place.id))
    shown = gazetteer._repr_html_()
    assert gazetteer.version in shown and f"{len(gazetteer):,} places" in shown


def test_a_place_is_drawn_by_its_outline_else_as_a_point(gazetteer: buldan.Gazetteer) -> None:
    governorate, village = gazetteer.place("SY07")._repr_html_(), gazetteer.lookup("Kafr Nabl")[0].place._repr_html_()
    assert 'class="told plain"' in governorate and "<circle" not in governorate
    assert village.count("<circle") == 1 and 'class="told' not in village


def test_the_map_of_a_gazetteer_has_its_cities_and_no_name_over_the_scale_bar(gazetteer: buldan.Gazetteer) -> None:
    shown = gazetteer._repr_html_()
    cities = gazetteer.counts()["city"]
    assert shown.count("<circle") == cities > 40
    height = float(shown.split('viewBox="0 0 640 ')[1].split('"')[0])
    texts = re.findall(r'<text class="[^"]*" x="([\d.]+)" y="([\d.]+)" text-anchor="middle">([^<]+)<', shown)
    names = [(float(x), float(y)) for x, y, words in texts if not words.endswith(" km")]
    assert len(names) > 20
    assert not [name for name in names if name[0] < 100 and name[1] > height - 28]
