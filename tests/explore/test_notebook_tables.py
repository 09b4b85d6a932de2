"""What a notebook shows of results by themselves: a small table, and a map where there is one; names are text."""

import gc
import pickle
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

import buldan
from buldan.formats.notebook import draw_place
from buldan.store import read_manifest, read_names, read_places, write_gazetteer

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
    assert "10 كم شمال إدلب" in shown and 'class="area sure"' in shown
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
    assert 'class="area plain"' in governorate and "<circle" not in governorate
    assert village.count("<circle") == 1 and 'class="area' not in village


@pytest.fixture
def bare(mini: Path, tmp_path: Path) -> buldan.Gazetteer:
    """A gazetteer of more places than the mini one, none of which has an outline."""
    folder = tmp_path / "bare"
    manifest, places, names = read_manifest(mini), list(read_places(mini)), list(read_names(mini))
    write_gazetteer(
        folder,
        places=[*places, places[-1]._replace(id="bdzzzzzzzz", identifiers={})],
        names=[*names, names[-1]._replace(place="bdzzzzzzzz")],
        areas={},
        retired={},
        version=f"{manifest.version}-bare",
        licence=manifest.licence,
        attribution=manifest.attribution,
        sources=manifest.sources,
    )
    return buldan.load(folder)


def test_a_place_is_drawn_on_its_own_land_whatever_else_is_open(
    gazetteer: buldan.Gazetteer, bare: buldan.Gazetteer, mini: Path
) -> None:
    few = buldan.load(mini)
    assert len(few) < len(bare) < len(gazetteer)
    for gaz in (few, bare, gazetteer):
        place = gaz.place("SY07")
        drawn = draw_place(place, gaz.ground())
        assert ('class="area plain"' in drawn) == (gaz is not bare)
        assert place._repr_html_().startswith(f"{drawn}<table>")
        assert pickle.loads(pickle.dumps(place))._repr_html_() == place._repr_html_()


def test_a_place_is_drawn_after_another_gazetteer_of_the_same_files_was_closed(gazetteer: buldan.Gazetteer) -> None:
    place, other = gazetteer.place("SY07"), buldan.load()
    shown = place._repr_html_()
    del other
    gc.collect()
    assert "<svg" in shown
    assert place._repr_html_() == shown


def test_a_place_of_no_gazetteer_has_its_table_alone(mini: Path, tmp_path: Path) -> None:
    folder = tmp_path / "moved away"
    shutil.copytree(mini, folder)
    place = buldan.load(folder).place("SY07")
    gc.collect()
    shutil.rmtree(folder)
    for alone in (place, replace(place, population=5)):
        assert "<svg" not in alone._repr_html_()
        assert "Idleb" in alone._repr_html_()


def test_the_map_of_a_gazetteer_has_its_cities_and_no_name_over_the_scale_bar(gazetteer: buldan.Gazetteer) -> None:
    shown = gazetteer._repr_html_()
    cities = gazetteer.counts()["city"]
    assert shown.count("<circle") == cities > 40
    height = float(shown.split('viewBox="0 0 640 ')[1].split('"')[0])
    texts = re.findall(r'<text class="[^"]*" x="([\d.]+)" y="([\d.]+)" text-anchor="middle">([^<]+)<', shown)
    names = [(float(x), float(y)) for x, y, words in texts if not words.endswith(" km")]
    assert len(names) > 20
    assert not [name for name in names if name[0] < 100 and name[1] > height - 28]
