"""What is sought in a text: every surface form of the gazetteer's names, and the names of foreign places.

Arrays have what is known of each before any text is read: its places, how well known the first of them is, how
common its words are, what else it means. They are derived once and kept with the index.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from buldan.geoparse.names.cues import encode_roles, load_cues, load_other_senses
from buldan.geoparse.names.lexicon import Sense, find_phrase_sense
from buldan.geoparse.names.name_forms import Form, iter_spellings, strip_vowel_marks
from buldan.geoparse.names.name_table import NameTable
from buldan.geoparse.names.surface_forms import SurfaceForms, collect_surface_forms, find_historical
from buldan.geoparse.names.word_cache import load_ordinary_words
from buldan.geoparse.tables import read_table
from buldan.index import Index, Postings, Strings, digest_tables
from buldan.index.phrases import Phrases, build_trie_columns
from buldan.text import (
    SPOKEN_CLITICS,
    fold,
    is_namesake_abroad,
    load_clitics,
    load_foreign_names,
    load_joining_words,
    load_names_abroad,
)

__all__ = ["Vocabulary"]

_VERSION = 24
"""Raised when the arrays of a vocabulary change their names or meaning."""

_MOST_PLACES = 32
"""Places kept of one name, the most salient first; the names borne by more are borne by hamlets."""


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """All names that a text is searched for.

    Attributes:
        texts: the phrases, by number; each is made when it is asked for.
        phrases: the same as a trie, by which a text is searched.
        name_table: what is known of each.
        is_spelled: whether an Arabic name is written so to the letter but for vowel marks, with or without article.
    """

    texts: Strings
    phrases: Phrases
    name_table: NameTable
    is_spelled: Callable[[str], bool]

    @classmethod
    def from_index(cls, index: Index) -> Vocabulary:
        """The vocabulary of a gazetteer; the first time it costs some seconds, later it is read with the index."""
        version = f"{_VERSION}-{digest_tables('geoparse/tables', 'text/tables')}"
        columns = index.derive("vocabulary", version, lambda: _build_columns(index))
        spellings = Postings.from_columns(columns, "spelling")

        @lru_cache(maxsize=1 << 14)
        def is_spelled(form: str) -> bool:
            # A blank within the article is none, as the flat text has it: ا لزبداني.
            return bool(spellings.find(strip_vowel_marks(form.replace("ا ل", "ال")).rstrip(), 1))

        spoken = frozenset(("و" * joined) + clitic for clitic in SPOKEN_CLITICS for joined in (0, 1))
        name_table = NameTable(**{field.name: columns[field.name] for field in fields(NameTable)})
        phrases = Phrases(load_clitics() | spoken, columns)
        return cls(Strings.from_columns(columns, "text"), phrases, name_table, is_spelled)


def _build_columns(index: Index) -> dict[str, NDArray[Any]]:
    """All arrays of a vocabulary."""
    names = list(index.names)
    found = collect_surface_forms(index, names)
    others = {fold(form) for form, _, _ in read_table("others")}
    foreign = load_foreign_names() | (load_names_abroad() - found.keys())
    # In this order, each once: numbers of names are positions in it, and sorting keeps builds alike.
    phrases = list(dict.fromkeys((*found, *sorted(foreign | others))))
    merged = _merge_articles(phrases)
    sources, texts = [*phrases, *merged.values()], (*phrases, *merged)
    rows = [_rank_by_salience(index, found.get(phrase, {})) for phrase in sources]
    # Aleppo is no place abroad, though a township in Pennsylvania is called so.
    great = {phrase for phrase, places in zip(sources, rows, strict=True) if _is_great_city(index, places)}
    # Of names abroad we know no names of the past, so that only `found` is asked.
    past = find_historical(names, found)
    teh = {fold(name.text) for name in names if name.text.endswith("ة")}
    columns = {
        "number": np.arange(len(sources)),
        **_make_place_columns(index, found, sources, rows),
        "foreign": np.array([phrase in foreign and phrase not in great for phrase in sources]),
        "is_not_place": np.array([phrase in others for phrase in sources]),
        "clitic_length": np.array([0] * len(phrases) + [1] * len(merged)),
        "ends_teh_marbuta": np.array([phrase in teh for phrase in sources]),
        "historical": np.array([phrase in past for phrase in sources]),
        "namesake": np.array([is_namesake_abroad(phrase) and phrase not in great for phrase in sources]),
        **_make_word_columns(sources, texts),
        # Both are about near misses, which are made for each text.
        "likeness": np.ones(len(sources)),
        "share": np.zeros(sum(map(len, rows))),
    }
    columns["only_place"] = _find_only_places(columns)
    return {
        **Strings.make_columns("text", texts),
        # Only whether a spelling is one is asked: all have the same row.
        **Postings.build((spelling, 0) for spelling in iter_spellings(names)).to_columns("spelling"),
        **build_trie_columns(texts),
        **columns,
    }


def _merge_articles(phrases: Sequence[str]) -> dict[str, str]:
    """By spelling of a name behind ل, whose article loses its alef there (للرقة), the name; none that is a name."""
    known = set(phrases)
    merged = {"لل" + phrase[2:]: phrase for phrase in phrases if phrase.startswith("ال") and len(phrase) > 3}
    return {spelling: phrase for spelling, phrase in merged.items() if spelling not in known}


def _make_place_columns(
    index: Index, found: SurfaceForms, sources: Sequence[str], rows: Sequence[Sequence[int]]
) -> dict[str, NDArray[Any]]:
    """What the places of each name say of it; `rows` are those places, the most salient first."""
    kind_bits = np.left_shift(np.uint64(1), index.kind.astype(np.uint64)).tolist()
    return {
        # Where the places of each name begin, and the end of all: a run of `places` for every name.
        "first": np.concatenate(([0], np.cumsum([len(places) for places in rows]))),
        "places": np.array([row for places in rows for row in places], np.int32),
        "form_by_place": np.array(
            [found[phrase][row] for phrase, places in zip(sources, rows, strict=True) for row in places], np.uint8
        ),
        # A name of places abroad alone is attested where it comes from.
        "form": np.array([min(found.get(phrase, {0: Form.ATTESTED}).values()) for phrase in sources], np.uint8),
        "kinds": np.array([_unite_kinds(kind_bits, places) for places in rows], np.uint64),
        "salience": np.array([_rate_fame(index, places[0]) if places else 0.0 for places in rows]),
    }


def _make_word_columns(sources: Sequence[str], texts: Sequence[str]) -> dict[str, NDArray[Any]]:
    """What the words of each name say of it: what they mean besides, and how common they are.

    `texts` are the spellings of the names `sources`.
    """
    cues, common, other_senses = load_cues(), load_ordinary_words(), load_other_senses()
    return {
        "person": np.array([_begins_as_person(phrase) for phrase in sources]),
        # Of the spelling itself and not of its source: لل is no cue of the name behind it.
        "roles": cues.roles[[cues.number.get(phrase, 0) for phrase in texts]],
        "zipf": np.array([_compute_zipf(phrase, common) for phrase in sources]),
        "sense": np.array([find_phrase_sense(phrase) for phrase in sources], np.int8),
        "other_sense_roles": np.array([other_senses.get(phrase, 0) for phrase in sources], np.uint64),
    }


def _find_only_places(columns: Mapping[str, NDArray[Any]]) -> NDArray[np.bool_]:
    """Names that are written as the gazetteer has them and are nothing else that is known."""
    elsewhere = columns["foreign"] | columns["namesake"] | columns["historical"] | (columns["roles"] > 0)
    plain = (columns["form"] == Form.ATTESTED) & (columns["sense"] == Sense.UNKNOWN) & (columns["zipf"] < _RARE)
    only: NDArray[np.bool_] = plain & ~elsewhere
    return only


_RARE = 3.0
"""Zipf value of one word in a million; what is rarer is seldom a word."""


def _rate_fame(index: Index, place: int) -> float:
    """The salience of a place; of lands, waters and main roads (of known line), whose people nobody counts, more."""
    # People are what salience counts, and nobody lives in a river; as names these are as well known as towns.
    salience, kind = float(index.salience[place]), index.kind_ids[int(index.kind[place])]
    if kind == "road" and index.places[place].area is not None:
        return _MAIN_ROAD
    return salience + _LAND if kind in _LANDS and salience >= _LEAST_LAND else salience


def _is_great_city(index: Index, places: Sequence[int]) -> bool:
    """Whether a name is that of a great city, which it means here whatever else it means."""
    return bool(places) and index.kind_ids[int(index.kind[places[0]])] == "city" and index.salience[places[0]] >= _GREAT


_LANDS = frozenset({"river", "mountain", "region", "desert", "lake"})
_LAND, _LEAST_LAND = 1.5, 2.4
"""What the salience of a land or water is raised by, and from where on: lesser ones are known to their villages."""

_MAIN_ROAD = 5.0
"""Salience of a main road: above any town, below the great cities."""

_GREAT = 6.0
"""Salience of the great cities."""


_KIN, _OF_PERSON = encode_roles("kin"), encode_roles("given", "title")


def _begins_as_person(phrase: str) -> bool:
    """Whether a phrase of several words begins with a given name, ابن or a title."""
    first, _, rest = phrase.partition(" ")
    roles_of = load_cues().get_roles
    if roles_of(first) & _KIN and first not in load_joining_words("son"):
        first = rest.partition(" ")[0]
    return bool(rest) and (first in load_joining_words("son") or bool(roles_of(first) & _OF_PERSON))


def _compute_zipf(phrase: str, common: Mapping[str, float]) -> float:
    """Zipf value of a phrase: of its rarest word, and less for each further word."""
    words = phrase.split(" ")
    if len(words) == 1 and (dual := _DUAL.fullmatch(phrase)):
        return max(common.get(phrase, 0.0), common.get(dual[1], 0.0) - _OF_TWO)
    # A phrase is at most as common as its rarest word, and two words meet by chance some thirty times less often than
    # one.
    return max(min(common.get(word, 0.0) for word in words) - _PER_FURTHER_WORD * (len(words) - 1), 0.0)


_PER_FURTHER_WORD = 1.5
"""In Zipf values, which are decimal logarithms: thirty times."""

_DUAL, _OF_TWO = re.compile("ال(..+)ان"), 0.5
"""Two of a common noun are as common a word, though no list holds them all: السدان, the two dams."""


def _unite_kinds(kind_bits: Sequence[int], places: Sequence[int]) -> int:
    """The bits of the kinds of some places; `kind_bits` are by row."""
    bits = 0
    for place in places:
        bits |= kind_bits[place]
    return bits


def _rank_by_salience(index: Index, places: Mapping[int, Any]) -> list[int]:
    """The most salient places of a name; those that a made form led to come after the others, but for lands and waters.

    A river goes by its name alone: العاصي is the Orontes before it is a village.
    """

    def rank(place: int) -> float:
        # Four outweighs what one village has over another: a made form comes behind the names as they are.
        made = places[place] > 0 and index.kind_ids[int(index.kind[place])] not in _LANDS
        return _rate_fame(index, place) - 4 * made

    order = sorted(places, key=rank, reverse=True)
    return order[:_MOST_PLACES]
