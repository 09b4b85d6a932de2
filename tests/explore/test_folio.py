"""A folium map in one call: it holds what it was given, says it in words, and loads nothing from anywhere."""

import json
import re

import folium
import pytest

import buldan
from buldan import QueryError

TEXT = "وصلت الحافلات من حمص إلى تدمر، وسقط ثلج 10 كم شمال إدلب. وعادت الكهرباء إلى تدمر."


def shown_on(made: folium.Map) -> list[dict]:
    """The features that tell something, in the order in which they are drawn."""
    layers = (child for child in made._children.values() if isinstance(child, folium.GeoJson))
    return [feature for layer in layers for feature in layer.data["features"] if "facts" in feature["properties"]]


def loaded_by(made: folium.Map) -> list[str]:
    """Every address that the map would fetch; links that a person may follow are none."""
    return re.findall(r"""(?:src|<link[^>]*href)=["'](?!data:)([^"']+)""", made.get_root().render())


def test_a_reading_shows_a_point_a_place_and_an_area_for_what_is_relative(gazetteer: buldan.Gazetteer) -> None:
    reading = gazetteer.geoparse(TEXT)
    features = shown_on(reading.explore(lang="ar"))
    kinds = {feature["properties"]["name"]: feature["geometry"]["type"] for feature in features}
    assert kinds == {"حمص": "Point", "تدمر": "Point", "10 كم شمال إدلب": "Polygon"}
    palmyra = next(feature for feature in features if feature["properties"]["name"] == "تدمر")
    assert "مرات الذكر: <bdi>2</bdi>" in palmyra["properties"]["facts"]
    named = {mention.place.id: mention.place for mention in reading if mention.place}
    assert palmyra["geometry"]["coordinates"] in [[place.lon, place.lat] for place in named.values()]


def test_matches_are_coloured_by_how_sure_they_are(gazetteer: buldan.Gazetteer) -> None:
    matches = gazetteer.lookup("Sheikh Said")
    features = shown_on(matches.explore())
    assert len(features) == len(matches)
    assert all(f"({match.score:.0%})" in f["properties"]["facts"] for match, f in zip(matches, features, strict=True))
    assert len({feature["properties"]["style"]["fillColor"] for feature in features}) > 1


def test_places_show_and_so_does_nothing(gazetteer: buldan.Gazetteer) -> None:
    assert [f["properties"]["name"] for f in shown_on(gazetteer.explore([gazetteer.place("SY07")]))] == ["Idleb"]
    assert shown_on(gazetteer.explore()) == []
    assert shown_on(gazetteer.lookup("zzxqqwv").explore()) == []


def test_a_geocoded_frame_shows_every_row_that_has_a_place(gazetteer: buldan.Gazetteer) -> None:
    pd = pytest.importorskip("pandas")
    frame = buldan.geocode(pd.Series(["Yalda", "no such place zzxq", "تدمر"]), gazetteer=gazetteer)
    features = shown_on(gazetteer.explore(frame, lang="ar"))
    assert [feature["properties"]["name"] for feature in features] == ["يلدا", "تدمر"]


def test_amounts_colour_the_units_of_a_frame(gazetteer: buldan.Gazetteer) -> None:
    from buldan.summarise import summarise

    frame = gazetteer.geoparse(TEXT).to_geodataframe()
    counts = summarise(frame, gazetteer, by="governorate").frame
    features = shown_on(gazetteer.explore(counts, value="mentions"))
    colours = {f["properties"]["name"]: f["properties"]["style"]["fillColor"] for f in features}
    assert len(features) == 14
    assert len({colours[name] for name in ("Homs", "Idleb", "Damascus")}) == 3


@pytest.mark.parametrize("what", ["reading", "matches", "nothing"])
def test_no_map_loads_anything(gazetteer: buldan.Gazetteer, what: str) -> None:
    made = {
        "reading": lambda: gazetteer.geoparse(TEXT).explore(),
        "matches": lambda: gazetteer.lookup("Idlib").explore(),
        "nothing": gazetteer.explore,
    }[what]()
    assert loaded_by(made) == []


def test_geodataframe_explore_takes_the_map(gazetteer: buldan.Gazetteer) -> None:
    frame = gazetteer.lookup("Idlib").to_geodataframe()
    made = frame.explore(m=gazetteer.explore(), tooltip=["name", "pcode"])
    assert isinstance(made, folium.Map)
    assert loaded_by(made) == []
    assert json.dumps(frame["name"].iloc[0]) in made.get_root().render()


def test_markup_in_a_name_is_text(gazetteer: buldan.Gazetteer) -> None:
    gpd = pytest.importorskip("geopandas")
    points = gpd.points_from_xy([36.3], [33.5], crs=4326)
    frame = gpd.GeoDataFrame({"name": ["<img src=x onerror=hurt()>"]}, geometry=points)
    assert "<img" not in gazetteer.explore(frame).get_root().render()


def test_points_and_parts_of_several_kinds_show_one_by_one(gazetteer: buldan.Gazetteer) -> None:
    gpd = pytest.importorskip("geopandas")
    shapely = pytest.importorskip("shapely")
    many = shapely.MultiPoint([(36, 33), (37, 34)])
    mixed = shapely.GeometryCollection([shapely.Point(38, 35), shapely.box(38, 35, 39, 36)])
    frame = gpd.GeoDataFrame({"name": list("abc")}, geometry=[many, mixed, None], crs=4326)
    assert [f["properties"]["name"] for f in shown_on(gazetteer.explore(frame))] == ["b", "a", "a", "b"]


def test_a_frame_in_other_coordinates_is_brought_to_degrees(gazetteer: buldan.Gazetteer) -> None:
    frame = gazetteer.lookup("Palmyra").to_geodataframe()
    metres = shown_on(gazetteer.explore(frame.to_crs(32637)))[0]["geometry"]["coordinates"]
    assert metres == pytest.approx(shown_on(gazetteer.explore(frame))[0]["geometry"]["coordinates"], abs=1e-6)


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda gaz: gaz.explore("حمص"), "not str"),
        (lambda gaz: gaz.explore(3), "not int"),
        (lambda gaz: gaz.explore([1, 2]), "not list"),
        (lambda gaz: gaz.explore(lang="fr"), "lang must be 'ar' or 'en'"),
        (lambda gaz: gaz.explore(gaz.lookup("Homs").to_geodataframe(), value="tons"), "no column 'tons'"),
        (lambda gaz: gaz.explore(gaz.lookup("Homs").to_geodataframe(), value="kind"), "not an amount"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_one_line(gazetteer: buldan.Gazetteer, ask, said: str) -> None:
    with pytest.raises(QueryError, match=re.escape(said)) as caught:
        ask(gazetteer)
    assert "\n" not in str(caught.value)
