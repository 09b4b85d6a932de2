"""Buldan inside the Irchel Geoparser: the same answers as alone. Runs where that geoparser is installed."""

from importlib.resources import files

import pytest

from buldan import load
from buldan.export import export_gazetteer

pytest.importorskip("geoparser")
from geoparser.gazetteer.build.schema import GazetteerConfig

from buldan.integrations.irchel import BuldanRecognizer, BuldanResolver

TEXTS = ["قصف على بلدة سراقب وبالرقة ليلاً", "Clashes reached the town of Saraqib.", "Nothing happened."]


def test_recogniser_and_resolver_together_answer_as_we_do_alone():
    spans = BuldanRecognizer().predict(TEXTS)
    referents = BuldanResolver().predict(TEXTS, spans)
    for text, found, named in zip(TEXTS, spans, referents, strict=True):
        mentions = load().geoparse(text)
        assert found == [(mention.start, mention.end) for mention in mentions]
        assert named == [("buldan", mention.place.id) for mention in mentions]
    assert sum(map(len, spans)) == 3


def test_a_span_of_another_recogniser_is_resolved_where_it_overlaps():
    text = TEXTS[1]
    start = text.index("town")
    ((wide, none),) = BuldanResolver().predict([text], [[(start, len(text) - 1), (0, 7)]])
    assert wide == ("buldan", load().geoparse(text)[0].place.id) and none is None


def test_modules_with_other_settings_are_told_apart():
    assert BuldanRecognizer(0.5).id != BuldanRecognizer().id
    assert not any(BuldanRecognizer(1.0).predict(TEXTS))


def test_the_gazetteer_file_names_the_columns_of_the_export(tmp_path):
    config = GazetteerConfig.from_yaml(files("buldan.integrations") / "irchel.yaml")
    gaz = load()
    export_gazetteer(tmp_path / "buldan.tsv", [gaz.place("SY02")], gaz.manifest)
    header = (tmp_path / "buldan.tsv").read_text("utf-8").split("\n")[0].split("\t")
    assert [attribute.name for attribute in config.sources[0].attributes] == header
