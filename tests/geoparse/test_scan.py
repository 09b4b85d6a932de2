"""Names are found in a text wherever they stand at the beginning of a word or behind a clitic, and nowhere else."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from buldan.geoparse.document.flat import flatten
from buldan.geoparse.names import word_cache
from buldan.geoparse.names.cues import load_cues
from buldan.geoparse.names.word_cache import WordCache
from buldan.index.phrases import Phrases
from buldan.text import load_clitics

TEXTS = ("حلب", "تل", "تل رفعت", "تل رفعت الشمالي", "رفعت", "بحلب", "hama")


def found(text: str) -> list[tuple[str, int, int, int]]:
    phrases = Phrases.build(TEXTS, load_clitics())
    flat = flatten(text)
    known = WordCache(phrases, load_cues()).look_up(flat)
    hits = phrases.find(known.number, known.entries, known.piece)
    return sorted(
        (TEXTS[phrase], first, last, skip)
        for phrase, first, last, skip in zip(*hits.table[:, : hits.count].tolist(), strict=True)
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("شحلب حلبي", []),
        ("وبحلب", [("بحلب", 0, 1, 1), ("حلب", 0, 1, 2)]),
        ("من تل رفعت", [("تل", 1, 2, 0), ("تل رفعت", 1, 3, 0), ("رفعت", 2, 3, 0)]),
        ("تل hama رفعت", [("hama", 1, 2, 0), ("تل", 0, 1, 0), ("رفعت", 2, 3, 0)]),
    ],
)
def test_names_at_words_and_behind_clitics(text, expected):
    assert found(text) == expected


def test_a_full_lexicon_begins_anew_and_reads_the_same(geoparser, monkeypatch):
    texts = [f"قصف {thing} بلدة سراقب وريف حلب الشمالي قرب تل رفعت" for thing in ("طيران", "جيش", "الجيش", "رتل")]
    expected = [geoparser.read(text) for text in texts]
    monkeypatch.setattr(word_cache, "_MOST", 3)
    assert [geoparser.read(text) for text in texts] == expected


def test_threads_share_a_lexicon():
    phrases = Phrases.build(TEXTS, load_clitics())
    shared = WordCache(phrases, load_cues())
    texts = [flatten(f"كلمه{at % 97} وحلب word{at} تل رفعت " * 20) for at in range(300)]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(shared.look_up, texts))
    for flat, known in zip(texts, together, strict=True):
        alone = WordCache(phrases, load_cues()).look_up(flat)
        assert (known.entries[known.number] == alone.entries[alone.number]).all()
        assert (known.cue == alone.cue).all()
