"""Readings for other tools: each form read back by what its standard says, and nothing of the text lost."""

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pyogrio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from buldan import load
from buldan.errors import QueryError
from buldan.evaluate.documents import read_documents
from buldan.formats.forms import FORMS
from buldan.formats.readings import LABELLING_INTERFACE, Head, read_label_studio, write_reading
from buldan.geoparse import Mention

TEXT = 'قُصفت "سراقب" <مساء> & وبالحسكة 😀 هدوء.\r\n\r\nClashes 5 km north of Idlib,\nthen calm in Beirut and Saraqib.\n'
TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
HOME = "https://maps.example/buldan"


@pytest.fixture(scope="module")
def gaz():
    return load()


@pytest.fixture(scope="module")
def reading(gaz):
    made = gaz.geoparse(TEXT, foreign=True)
    assert [mention.text for mention in made] == ["سراقب", "الحسكة", "Idlib", "Beirut", "Saraqib"]
    return made


def test_tei_keeps_the_text_and_leads_to_the_places(reading):
    root = ElementTree.fromstring(reading.export("tei", public_url=HOME).encode())
    assert "".join(root.find(f"{TEI}text").itertext()).strip() == TEXT.strip()
    names = list(root.find(f"{TEI}text").iter(f"{TEI}placeName"))
    assert [name.text for name in names] == [mention.text for mention in reading]
    places = {place.get(XML_ID): place for place in root.iter(f"{TEI}place")}
    for name, mention in zip(names, reading, strict=True):
        assert float(name.get("cert")) == pytest.approx(mention.confidence, abs=1e-4)
        if mention.place is None:
            assert name.get("type") == "foreign" and name.get("ref") is None
            continue
        place = places[name.get("ref").removeprefix("#")]
        lat, lon = map(float, place.findtext(f".//{TEI}geo").split())
        assert (lon, lat) == pytest.approx((mention.place.lon, mention.place.lat), abs=1e-5)
        assert place.findtext(f"{TEI}idno[@type='URI']") == f"{HOME}/places/{mention.place.id}"
    derived = places[names[2].get("corresp").removeprefix("#")]
    assert derived.get("type") == "derived" and derived.find(f"{TEI}placeName").get("corresp") == names[2].get("ref")
    assert float(derived.findtext(f".//{TEI}geo").split()[0]) > reading[2].place.lat


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_tei_and_kml_hold_whatever_a_text_holds(text):
    head = Head(load().manifest)
    root = ElementTree.fromstring(write_reading("tei", text, [], head).encode())
    kept = "".join(root.find(f"{TEI}text").itertext())
    controls = {chr(code) for code in range(32)} - set("\t\n\r") | {"\ufffe", "\uffff"}
    assert kept.strip() == "".join("\ufffd" if letter in controls else letter for letter in text).strip()
    ElementTree.fromstring(write_reading("kml", text, [], head).encode())


def test_web_annotations_say_twice_where_a_mention_stands(reading):
    page = json.loads(reading.export("web-annotation", public_url=HOME))
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld" and page["type"] == "AnnotationPage"
    ids = [page["id"], *(item["id"] for item in page["items"])]
    assert len(set(ids)) == len(ids) == len(reading) + 1
    for item, mention in zip(page["items"], reading, strict=True):
        position, quote = item["target"]["selector"]
        assert TEXT[position["start"] : position["end"]] == quote["exact"] == mention.text
        assert quote.get("prefix", "") + quote["exact"] + quote.get("suffix", "") in TEXT
        sources = [body["source"] for body in item["body"] if body.get("purpose") == "identifying"]
        assert sources == ([f"{HOME}/places/{mention.place.id}"] if mention.place else [])
    feature = json.loads(page["items"][2]["body"][2]["value"])
    assert feature["geometry"]["type"] == "Polygon" and feature["properties"]["relation"] == "distance"
    assert page == json.loads(reading.export("web-annotation", public_url=HOME))


def test_kml_is_opened_by_gdal(reading, tmp_path):
    path = tmp_path / "reading.kml"
    path.write_text(reading.export("kml"), "utf-8")
    frame = pyogrio.read_dataframe(path)
    located = [mention for mention in reading if mention.place]
    assert list(frame.geometry.geom_type) == ["Point", "Point", "Polygon", "Point"]
    points = [(point.x, point.y) for point in frame.geometry if point.geom_type == "Point"]
    assert points == [pytest.approx((m.place.lon, m.place.lat), abs=1e-5) for m in located if not m.relation]
    if "pcode" in frame:  # GDAL without LIBKML reads names and shapes alone
        assert list(frame["pcode"]) == [mention.place.pcode for mention in located]


def test_tokens_carry_the_mentions_and_nothing_else(reading):
    lines = reading.export("iob").split("\n")
    rows = [line.split("\t") for line in lines if line]
    assert [row[0] for row in rows if row[2] == "B-LOC"] == [mention.text for mention in reading]
    assert "".join(row[0] for row in rows) == "".join(TEXT.split())
    assert [row[0] for row in rows][8:10] == ["وب", "الحسكة"]
    sentences = reading.export("iob").split("\n\n")
    assert len(sentences) == 4 and all(sentences[:3]) and sentences[3] == ""


def test_a_name_of_several_words_begins_once_and_goes_on(gaz):
    rows = [line.split("\t") for line in gaz.geoparse("تقدم قرب دير الزور اليوم").export("iob").splitlines() if line]
    assert [tag for _, _, tag in rows] == ["O", "O", "B-LOC", "I-LOC", "O"]


def annotated(task, results=None):
    """A task as Label Studio exports it once its predictions were taken over."""
    (prediction,) = task.pop("predictions")
    done = {"updated_at": "2026-01-02T00:00:00Z", "result": results if results is not None else prediction["result"]}
    older = {"updated_at": "2026-01-01T00:00:00Z", "result": []}
    return task | {"id": 7, "annotations": [done, older]}


def test_tasks_of_label_studio_come_back_as_they_went(reading, tmp_path, gaz):
    (task,) = json.loads(reading.export("label-studio"))
    controls = {node.get("name") for node in ElementTree.fromstring(LABELLING_INTERFACE).iter() if node.get("name")}
    assert {result["from_name"] for result in task["predictions"][0]["result"]} | {"text"} == controls
    (document,) = read_label_studio(json.dumps([annotated(task), {"data": {"text": "later"}, "annotations": []}]))
    assert (document.doc, document.text) == ("7", TEXT)
    spans = [(gold.start, gold.end, gold.flag, gold.id) for gold in document.gold]
    assert spans == [
        (m.start, m.end, "syria" if m.place else "foreign", m.place.id if m.place else "") for m in reading
    ]
    path = tmp_path / "export.json"
    path.write_text(json.dumps([annotated(json.loads(reading.export("label-studio"))[0])]), "utf-8")
    (located,) = read_documents(path, gaz._index)
    assert located.gold[0].lon == pytest.approx(reading[0].place.lon)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("no json", "not JSON"),
        ("{}", "not a list of tasks"),
        ('[{"annotations": [{"result": []}]}]', "task 1 .*'data' is missing"),
        ("[3]", "task 1"),
    ],
)
def test_what_is_no_export_is_refused_by_name(content, said):
    with pytest.raises(QueryError, match=said):
        read_label_studio(content)


def test_a_region_that_stands_elsewhere_or_has_another_label_is_refused(reading):
    (task,) = json.loads(reading.export("label-studio"))
    first = task["predictions"][0]["result"][0]
    for change, said in (({"start": 0, "end": 3}, "does not contain"), ({"labels": ["Person"]}, "label 'Person'")):
        wrong = [first | {"value": first["value"] | change}]
        with pytest.raises(QueryError, match=f"task 1 .*{said}"):
            read_label_studio(json.dumps([annotated(dict(task), wrong)]))


def test_flat_records_are_what_they_were(reading):
    rows = list(csv.DictReader(io.StringIO(reading.export("csv"))))
    lines = [json.loads(line) for line in reading.export("jsonl").splitlines()]
    assert [row["text"] for row in rows] == [line["text"] for line in lines] == [mention.text for mention in reading]
    sure = [round(mention.confidence, 4) for mention in reading]
    assert [float(row["confidence"]) for row in rows] == [line["confidence"] for line in lines] == sure


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_written_for_nothing_and_for_places_of_an_overlay(form, gaz):
    head = Head(gaz.manifest)
    assert isinstance(write_reading(form, "", [], head), str)
    own = gaz.place("SY02").__class__("my place/1", "village", "Mine & Yours", "", 37.0, 36.0, 1.0)
    written = write_reading(form, "Mine", [Mention(0, 4, "Mine", own, 0.5)], head)
    assert "Mine" in written
    if form in {"tei", "kml"}:
        ElementTree.fromstring(written.encode())


def test_the_interface_in_the_docs_is_the_one_that_predictions_go_with():
    assert LABELLING_INTERFACE in (Path(__file__).parents[2] / "docs/geoparse.md").read_text("utf-8")


def test_an_unknown_form_is_refused(reading):
    with pytest.raises(QueryError, match="known: jsonl"):
        reading.export("docx")
