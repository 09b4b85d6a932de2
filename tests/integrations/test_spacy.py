"""Places as entities of spaCy: the same as alone, beside those of others, in batches, and through its own files."""

import pytest

from buldan import load

spacy = pytest.importorskip("spacy")
from spacy.tokens import DocBin  # noqa: E402
from spacy.training import offsets_to_biluo_tags  # noqa: E402

from buldan.integrations.spacy import SPANS_KEY  # noqa: E402

TEXTS = [
    "قصف على بلدة سراقب وبالرقة ليلاً",
    "Clashes reached the town of Saraqib, then Aleppo city. 😀",
    "Nothing happened.",
    "نزحت العائلات من دير الزور إلى منبج",
]


@pytest.fixture(scope="module")
def nlp():
    made = spacy.blank("ar")
    made.add_pipe("buldan")
    return made


def test_entities_are_the_mentions_with_ids(nlp):
    for text in TEXTS:
        doc, mentions = nlp(text), load().geoparse(text)
        assert [ent.kb_id_ for ent in doc.ents] == [mention.place.id for mention in mentions]
        for ent, mention in zip(doc.ents, mentions, strict=True):
            record = ent._.buldan
            assert ent.label_ == "LOC" and mention.text in ent.text
            assert text[record["start"] : record["end"]] == record["text"] == mention.text
            assert record["lon"] == mention.place.lon
        assert doc._.buldan == [ent._.buldan for ent in doc.ents]


def test_batches_say_what_single_texts_say(nlp):
    alone = [[(ent.text, ent.kb_id_) for ent in nlp(text).ents] for text in TEXTS]
    assert sum(map(len, alone)) >= 6
    assert [[(ent.text, ent.kb_id_) for ent in doc.ents] for doc in nlp.pipe(TEXTS, batch_size=3)] == alone


@pytest.mark.parametrize(("overwrite", "labels"), [(True, ["PERSON", "LOC"]), (False, ["PERSON", "GPE"])])
def test_other_components_keep_what_does_not_overlap(overwrite, labels):
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PERSON", "pattern": "Layla"}, {"label": "GPE", "pattern": "Aleppo"}])
    nlp.add_pipe("buldan", config={"overwrite": overwrite})
    doc = nlp("Layla fled to Aleppo last week")
    assert [ent.label_ for ent in doc.ents] == labels
    assert [span.text for span in doc.spans[SPANS_KEY]] == ["Aleppo"]


def test_settings_of_the_component_are_heeded():
    nlp = spacy.blank("en")
    nlp.add_pipe("buldan", config={"foreign": True, "label": "GPE"})
    doc = nlp("They flew from Beirut to Aleppo.")
    assert [(ent.text, ent.label_, bool(ent.kb_id_)) for ent in doc.ents] == [
        ("Beirut", "GPE", False),
        ("Aleppo", "GPE", True),
    ]
    nlp = spacy.blank("en")
    nlp.add_pipe("buldan", config={"min_confidence": 1.0})
    assert not nlp("They drove to Aleppo.").ents


def test_documents_and_pipelines_go_through_files(nlp, tmp_path):
    docs = list(nlp.pipe(TEXTS))
    DocBin(docs=docs, store_user_data=True).to_disk(tmp_path / "docs.spacy")
    back = list(DocBin().from_disk(tmp_path / "docs.spacy").get_docs(nlp.vocab))
    assert [[ent.kb_id_ for ent in doc.ents] for doc in back] == [[ent.kb_id_ for ent in doc.ents] for doc in docs]
    assert [doc._.buldan for doc in back] == [doc._.buldan for doc in docs]
    nlp.to_disk(tmp_path / "pipeline")
    again = spacy.load(tmp_path / "pipeline")(TEXTS[0])
    assert [ent.kb_id_ for ent in again.ents] == [ent.kb_id_ for ent in docs[0].ents]


def test_tags_of_tokens_come_from_the_spans(nlp):
    doc = nlp(TEXTS[3])
    tags = offsets_to_biluo_tags(doc, [(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents])
    assert tags == ["O", "O", "O", "B-LOC", "L-LOC", "O", "U-LOC"]
    assert [token.ent_iob_ for token in doc] == ["O", "O", "O", "B", "I", "O", "B"]
