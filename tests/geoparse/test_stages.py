"""Each stage of reading alone, on the mini gazetteer of namesakes: from the document to relations."""

import numpy as np
import pytest

from buldan.geoparse.document.flat import Gap, flatten, flatten_all
from buldan.geoparse.names.hit_table import Objection
from buldan.geoparse.names.name_forms import Form
from buldan.geoparse.names.scan import scan
from buldan.geoparse.pipeline import resolve_hits, run_stages
from buldan.geoparse.recognition.list_links import BEHIND
from buldan.geoparse.recognition.lists import Lists
from buldan.geoparse.recognition.overlaps import resolve_overlaps
from buldan.geoparse.relations.speaking_loop import list_hits_with_relations
from buldan.geoparse.scoring import add_held_names, add_near_misses, find_hits, score_alone, score_in_passage
from buldan.thresholds import MENTION


@pytest.fixture(scope="module")
def resources(mini_gazetteer):
    return mini_gazetteer._geoparser.resources


def texts_of(hits):
    return [
        hits.flat.join_words(first, last) for first, last in zip(hits.first.tolist(), hits.last.tolist(), strict=True)
    ]


def score(text, resources):
    return score_in_passage(score_alone(*find_hits(flatten(text), resources), resources), resources)


def resolve(text, resources):
    """P-codes of what the names of a text mean, in its order."""
    resolved = run_stages([text], resources, bases=[0]).resolved
    return [resources.index.places[row].pcode for row in resolved.rows.tolist()]


def test_document_folds_words_and_keeps_where_each_stands():
    flat = flatten("إلى حَلَب، ثم  Nawa's")
    assert list(flat.words) == ["الي", "حلب", "ثم", "nawa"]
    assert flat.original[slice(*flat.locate_in_original(int(flat.starts[1]), int(flat.starts[2]) - 1))] == "حَلَب"
    assert flat.gap_list[2] == Gap.COMMA


def test_document_keeps_passages_apart():
    flat = flatten_all(["حلب", "نوى وحمص"])
    assert flat.passages.tolist() == [0, 1, 3]
    assert list(flat.take_passage(1).words) == ["نوي", "وحمص"]


def test_names_are_found_behind_clitics_and_with_all_their_places(resources):
    written = scan(flatten("من حلب وبحمص إلى صوران"), resources.vocabulary, resources.word_cache)
    assert texts_of(written.hits) == ["حلب", "وبحمص", "صوران"]
    counts = np.diff(written.name_table.first)[written.hits.name_id]
    assert counts.tolist()[2] == 5
    assert written.hits.joined.tolist() == [False, True, False]


@pytest.mark.parametrize(
    ("text", "objection"),
    [
        ("He saw the homs of men.", Objection.MERE_WORD),
        ("كفر، نبل", Objection.PARTED),
        ("قال حلبًا", Objection.ADVERB),
    ],
)
def test_names_say_what_speaks_against_what_is_spelled_as_one(resources, text, objection):
    written = scan(flatten(text), resources.vocabulary, resources.word_cache)
    assert int(objection) in written.objections.tolist()
    assert len(written.hits) == int((written.objections == 0).sum())


def test_recognition_seeks_other_spellings_where_the_passage_is_about_syria(resources):
    def near_misses(text):
        written = scan(flatten(text), resources.vocabulary, resources.word_cache)
        hits, names = add_near_misses(*add_held_names(written.hits, written.name_table, resources), resources)
        return texts_of(hits.take((names.form[hits.name_id] == Form.NEAR_MISS).nonzero()[0]))

    assert near_misses("They left the Yarmruk camp in Damascus.") == ["yarmruk"]
    assert near_misses("They left the Yarmruk camp in Ruritania.") == []


def test_recognition_hands_what_a_word_asks_along_a_list(resources):
    hits, _ = find_hits(flatten("في مدن نوى وحمص وسراقب"), resources)
    lists = Lists(hits, resources.cues)
    assert lists.table[BEHIND, : hits.count].tolist() == [1, 2, -1]
    assert len(set(lists.asked.tolist())) == 1 and lists.asked[0]


def test_recognition_weighs_a_word_by_what_stands_around_it(resources):
    village, word = (score(text, resources).log_odds[0] for text in ("قرية نبل في ريف حلب", "مع كل نبل وشرف"))
    assert village > MENTION
    assert village > word + 2


def test_of_names_that_overlap_one_stands(resources):
    scored = score("في كفر نبل بريف إدلب", resources)
    kept = resolve_overlaps(scored.hits, scored.name_table, scored.log_odds, MENTION)
    assert "نبل" in texts_of(scored.hits)
    assert texts_of(scored.hits.take(kept.syrian)) == ["كفر نبل", "ادلب"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Suran (Aleppo)", ["C1664", "C1007"]),
        ("بلدة صوران في ريف حماة", ["C3026", "SY05"]),
    ],
)
def test_resolution_takes_the_namesake_that_lies_in_what_holds_it(resources, text, codes):
    assert resolve(text, resources)[0] == codes[0]
    assert len(resolve(text, resources)) == len(codes)


def test_resolution_gives_namesakes_a_share_of_the_probability(resources):
    scored = score("Suran fell today, said people in Suran.", resources)
    kept = resolve_overlaps(scored.hits, scored.name_table, scored.log_odds, -9.0)
    ranking = resolve_hits(scored, kept, resources).ranking
    for confidence, alternatives in zip(ranking.confidence, ranking.alternatives, strict=True):
        assert alternatives and confidence + sum(share for _, share in alternatives) <= 1.0


def test_relations_are_looked_for_only_where_a_word_tells_of_one(resources):
    def speaks(text):
        hits = run_stages([text], resources, bases=[0]).resolved.hits
        return list_hits_with_relations(hits.views, hits.words.views)

    assert speaks("5 km north of Idlib") == [0]
    assert speaks("Idlib fell") == []


def test_relations_name_what_was_said(resources):
    (mentions,) = run_stages(["5 km north of Idlib"], resources, bases=[100]).mentions
    assert [(mention.start, mention.relation.kind) for mention in mentions] == [(114, "distance")]
