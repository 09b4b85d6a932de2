"""OGC API – Features: a test for each class that is declared, then OWSLib and GDAL."""

import geopandas
import jsonschema
import pytest
from owslib.ogcapi.features import Features
from shapely import unary_union
from shapely.geometry import box, shape

from buldan.formats.ogc import CONFORMANCE, QUERYABLES

OPENAPI_30 = "application/vnd.oai.openapi+json;version=3.0"


@pytest.fixture
def ogc(client):
    def get(path="/", **params):
        return client.get(f"/ogc{path}", params=params)

    return get


@pytest.fixture
def ogc_first_page(ogc):
    return ogc("/collections/places/items", limit=10).json()["features"]


def links(document, rel):
    return [link for link in document["links"] if link["rel"] == rel]


class TestCommonCore:
    """ogcapi-common-1/1.0/conf/core."""

    def test_the_landing_page_links_to_every_part(self, ogc, client):
        landing = ogc().json()
        for rel in ("self", "service-desc", "service-doc", "conformance", "data"):
            (link,) = links(landing, rel)
            answer = client.get(link["href"])
            assert answer.status_code == 200
            assert answer.headers["content-type"].replace("; ", ";").startswith(link["type"])

    def test_the_classes_are_declared(self, ogc):
        assert ogc("/conformance").json()["conformsTo"] == list(CONFORMANCE)

    def test_every_declared_class_has_a_test(self):
        tested = {
            docstring.strip().rstrip(".")
            for test in (
                TestCommonCore,
                TestCollections,
                TestCore,
                TestOpenApi,
                TestGeoJson,
                TestQueryables,
                TestQueryParameters,
            )
            if (docstring := test.__doc__)
        }
        assert {uri.removeprefix("http://www.opengis.net/spec/") for uri in CONFORMANCE} == tested


class TestCollections:
    """ogcapi-common-2/1.0/conf/collections."""

    def test_each_collection_is_described_alike_in_the_list_and_alone(self, ogc):
        listed = ogc("/collections").json()["collections"]
        assert {"places", "governorate", "district", "sub-district", "town", "village"} <= {
            each["id"] for each in listed
        }
        for each in listed:
            assert ogc(f"/collections/{each['id']}").json() == each
            assert each["extent"]["spatial"]["bbox"]
            assert links(each, "items")

    def test_each_collection_holds_what_it_says_and_nothing_else(self, ogc, gazetteer):
        for kind, count in gazetteer.counts().items():
            page = ogc(f"/collections/{kind}/items", limit=50).json()
            assert page["numberMatched"] == count
            assert {feature["properties"]["kind"] for feature in page["features"]} == {kind}
            assert ogc(f"/collections/{kind}/items/{page['features'][-1]['id']}").status_code == 200

    def test_the_extent_of_a_collection_is_the_box_of_its_features(self, ogc):
        described = {
            each["id"]: each["extent"]["spatial"]["bbox"][0] for each in ogc("/collections").json()["collections"]
        }
        for kind in ("crossing", "port", "governorate"):
            features = ogc(f"/collections/{kind}/items", limit=1000).json()["features"]
            bounds = unary_union([shape(feature["geometry"]) for feature in features]).bounds
            assert described[kind] == pytest.approx(bounds, abs=1e-4)
        assert len({tuple(bounds) for bounds in described.values()}) > 20

    def test_an_unknown_collection_is_not_found(self, ogc):
        assert ogc("/collections/planets").status_code == 404
        assert ogc("/collections/planets/items").status_code == 404


class TestCore:
    """ogcapi-features-1/1.0/conf/core."""

    def test_limit_bounds_the_page(self, ogc):
        for limit in (1, 7, 1000):
            page = ogc("/collections/places/items", limit=limit).json()
            assert page["numberReturned"] == len(page["features"]) == limit
        assert ogc("/collections/governorate/items", limit=20_000).json()["numberReturned"] < 100

    @pytest.mark.parametrize("limit", ["0", "-1", "x", "1.5", ""])
    def test_an_invalid_limit_is_refused(self, ogc, limit):
        assert ogc("/collections/places/items", limit=limit).status_code == 400

    def test_next_links_lead_through_every_feature_once(self, ogc, client, gazetteer):
        seen, url = [], "/ogc/collections/town/items?limit=60"
        while url:
            page = client.get(url).json()
            seen += [feature["id"] for feature in page["features"]]
            url = next((link["href"] for link in links(page, "next")), None)
        assert len(seen) == len(set(seen)) == page["numberMatched"] == gazetteer.counts()["town"]

    @pytest.mark.parametrize("collection", ["places", "governorate", "sub-district"])
    def test_features_meet_the_box(self, ogc, collection):
        bounds = (36.2, 33.4, 36.5, 33.6)
        everything = [
            feature
            for offset in (0, 10_000, 20_000)
            for feature in ogc(f"/collections/{collection}/items", limit=10_000, offset=offset).json()["features"]
        ]
        expected = {each["id"] for each in everything if shape(each["geometry"]).intersects(box(*bounds))}
        for text in ("36.2,33.4,36.5,33.6", "36.2,33.4,0,36.5,33.6,100"):
            found = ogc(f"/collections/{collection}/items", limit=10_000, bbox=text).json()["features"]
            assert {each["id"] for each in found} == expected
        assert 0 < len(expected) < len(everything)

    def test_a_name_and_a_box_join_by_outline_too(self, ogc):
        corner = "35.6,33.0,35.9,33.2"  # holds no unit's point, but parts of Quneitra
        for name, matched in (("Quneitra", 1), ("Idleb", 0)):
            found = ogc("/collections/governorate/items", q=name, bbox=corner).json()
            assert found["numberMatched"] == matched, name

    def test_a_box_across_the_antimeridian_holds_both_sides(self, ogc):
        everywhere = ogc("/collections/town/items", bbox="30,30,29,40").json()["numberMatched"]
        assert everywhere == ogc("/collections/town/items").json()["numberMatched"]

    @pytest.mark.parametrize("text", ["1,2,3", "a,b,c,d", "36,34,37,33", "-200,0,0,1", "1,2,3,4,5"])
    def test_an_invalid_box_is_refused(self, ogc, text):
        assert ogc("/collections/places/items", bbox=text).status_code == 400

    @pytest.mark.parametrize(
        "text", ["2018-02-12T23:20:50Z", "2018-02-12/..", "../2018-03-18T12:31:12Z", "2018-01-01/2019-01-01"]
    )
    def test_features_without_a_date_match_any_time(self, ogc, text):
        assert ogc("/collections/city/items", datetime=text).json()["numberMatched"] > 10

    @pytest.mark.parametrize(
        "text",
        [
            "yesterday",
            "2018-02-12/2018/2019",
            "",
            "2018-13-1",
            "2018-13-01",
            "..",
            "/",
            "../..",
            "2019-01-01/2018-12-31T23:00:00Z",
        ],
    )
    def test_an_invalid_time_is_refused(self, ogc, text):
        assert ogc("/collections/city/items", datetime=text).status_code == 400

    @pytest.mark.parametrize("path", ["/", "/conformance", "/collections", "/collections/places/items", "/api"])
    def test_an_unknown_parameter_is_refused(self, ogc, path):
        assert ogc(path, unknown="1").status_code == 400

    def test_a_feature_is_the_same_alone(self, ogc):
        listed = ogc("/collections/town/items", limit=1).json()["features"][0]
        alone = ogc(f"/collections/town/items/{listed['id']}").json()
        assert {key: alone[key] for key in listed} == listed
        assert links(alone, "self")
        assert links(alone, "collection")
        assert ogc(f"/collections/village/items/{listed['id']}").status_code == 404

    def test_a_page_says_when_and_how_many(self, ogc):
        page = ogc("/collections/town/items", limit=3).json()
        assert page["timeStamp"].endswith("Z")
        assert page["numberReturned"] == 3 < page["numberMatched"]
        assert links(page, "self")


class TestOpenApi:
    """ogcapi-features-1/1.0/conf/oas30."""

    def test_the_definition_is_openapi_3_0_and_true(self, ogc, client):
        answer = ogc("/api")
        assert answer.headers["content-type"] == OPENAPI_30
        document = answer.json()
        assert document["openapi"].startswith("3.0.")
        limit = document["components"]["parameters"]["limit"]["schema"]
        assert (limit["minimum"], limit["maximum"]) == (1, 10_000)
        place = ogc("/collections/town/items", limit=1).json()["features"][0]["id"]
        for path in document["paths"]:
            filled = path.replace("{collectionId}", "town").replace("{featureId}", place)
            assert client.get(f"{document['servers'][0]['url']}{filled}").status_code == 200


class TestGeoJson:
    """ogcapi-features-1/1.0/conf/geojson."""

    def test_items_are_geojson(self, ogc):
        answer = ogc("/collections/governorate/items")
        assert answer.headers["content-type"] == "application/geo+json"
        page = answer.json()
        assert page["type"] == "FeatureCollection"
        assert "crs" not in page
        for feature in page["features"]:
            assert shape(feature["geometry"]).is_valid
            assert isinstance(feature["id"], str)


class TestQueryables:
    """ogcapi-features-3/1.0/conf/queryables."""

    def test_the_collection_links_to_its_queryables(self, ogc, client):
        (link,) = links(ogc("/collections/places").json(), "http://www.opengis.net/def/rel/ogc/1.0/queryables")
        answer = client.get(link["href"])
        assert answer.headers["content-type"] == "application/schema+json"
        schema = answer.json()
        jsonschema.Draft202012Validator.check_schema(schema)
        assert schema["$id"] == link["href"]
        assert schema["type"] == "object"
        assert set(schema["properties"]) == set(QUERYABLES)
        assert schema["additionalProperties"] is False

    def test_the_schema_holds_for_every_feature(self, ogc):
        schema = ogc("/collections/town/schema").json()
        schema["properties"].pop("geometry")
        for feature in ogc("/collections/town/items", limit=1000).json()["features"]:
            jsonschema.validate(feature["properties"], schema)


class TestQueryParameters:
    """ogcapi-features-3/1.0/conf/queryables-query-parameters."""

    @pytest.mark.parametrize("name", list(QUERYABLES))
    def test_each_queryable_chooses_items_by_its_value(self, ogc, name):
        sample = ogc("/collections/village/items", limit=50).json()["features"]
        value = next(each["properties"][name] for each in sample if each["properties"][name])
        found = ogc("/collections/places/items", **{name: value, "limit": 1000}).json()
        assert found["numberMatched"] > 0
        assert {each["properties"][name] for each in found["features"]} == {value}

    def test_filters_join(self, ogc):
        found = ogc("/collections/places/items", kind="town", governorate="SY03", bbox="36,33,36.5,33.7").json()
        assert found["numberMatched"] > 0
        assert {(each["properties"]["kind"], each["properties"]["governorate"]) for each in found["features"]} == {
            ("town", "SY03")
        }
        assert ogc("/collections/places/items", governorate="SY03", district="SY0401").json()["numberMatched"] == 0
        assert ogc("/collections/town/items", kind="village").json()["numberMatched"] == 0

    def test_q_finds_by_name_in_any_spelling(self, ogc):
        found = ogc("/collections/places/items", q="yelda").json()["features"]
        assert found[0]["properties"]["pcode"] == "C2302"


def test_owslib_walks_through_the_service(server, gazetteer):
    service = Features(f"{server.url}/ogc/")
    assert service.api()["openapi"].startswith("3.0")
    assert service.conformance()["conformsTo"] == list(CONFORMANCE)
    assert {"places", "town"} <= set(service.feature_collections())
    page = service.collection_items("places", limit=5, bbox=[36.2, 33.4, 36.5, 33.6])
    assert page["numberReturned"] == 5
    feature = service.collection_item("places", page["features"][0]["id"])
    assert feature["properties"]["id"] == page["features"][0]["id"]
    assert "kind" in service.collection_queryables("places")["properties"]


def test_gdal_reads_every_place(server, gazetteer):
    frame = geopandas.read_file(f"OAPIF:{server.url}/ogc", layer="places")
    assert len(frame) == len(gazetteer)
    assert frame["id"].is_unique
    assert set(frame.geometry.geom_type) == {"Point"}
    assert frame.loc[frame["pcode"] == "C2302", "name_ar"].item() == "يلدا"
    assert frame["population"].dtype.kind in "if"
    assert (
        frame.loc[frame["id"] == gazetteer.place("SY07").id, "population"].item() == gazetteer.place("SY07").population
    )


def test_the_first_page_shows_what_type_a_column_has(ogc_first_page):
    assert any(feature["properties"]["population"] for feature in ogc_first_page)


def test_gdal_reads_outlines_and_filters_by_box(server):
    units = geopandas.read_file(f"OAPIF:{server.url}/ogc", layer="governorate")
    assert {"Polygon", "MultiPolygon"} & set(units.geometry.geom_type)
    towns = geopandas.read_file(f"OAPIF:{server.url}/ogc", layer="town", bbox=(36.2, 33.4, 36.5, 33.6))
    everything = geopandas.read_file(f"OAPIF:{server.url}/ogc", layer="town")
    assert len(towns) == everything.intersects(box(36.2, 33.4, 36.5, 33.6)).sum() > 0
