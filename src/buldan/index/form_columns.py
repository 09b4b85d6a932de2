"""The forms of all names as arrays: each with its sounds, letters and consonants, and the keys to find it by."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from buldan.index.forms import Form, Rule, iter_forms
from buldan.index.named_after import find_spellings_named_after
from buldan.index.postings import Postings, hash_deletions, hash_keys
from buldan.index.standing import Standing
from buldan.index.strings import Strings
from buldan.kinds import ADMIN_KINDS, kind_codes
from buldan.model import MAIN_NAMES
from buldan.store.records import NameRecord
from buldan.text import (
    Words,
    count_articles,
    derive_plain_key,
    derive_skeletons,
    encode_sounds,
    fold,
    make_plain_key,
    skeletons,
    transcribe_words,
)
from buldan.thresholds import FAMOUS

__all__ = ["build_form_columns", "list_skeleton_grams"]

_LONGEST_TYPED = 24
"""Letters of a name beyond which a slip of the finger is found by its sounds alone."""


def list_skeleton_grams(skeleton: str) -> set[str]:
    """Pairs of neighbouring letters, the ends marked."""
    return {left + right for left, right in pairwise(f"^{skeleton}$")}


def _find_shared_spellings(
    names: Sequence[NameRecord], name_place: Sequence[int], famous: NDArray[np.bool_], anothers: NDArray[np.bool_]
) -> dict[int, list[str]]:
    """By the row of a famous place's Arabic name, Latin spellings of it that are not its own, as lists give them to
    lesser places of that name: whoever writes Qal'at al-Hisn so does not mean the hamlet for its spelling.

    Args:
        names: all names.
        name_place: the row of the place of each.
        famous: by place row, whether everybody knows it.
        anothers: of each name, whether it is rather another place's.
    """
    arabic: dict[str, list[int]] = {}
    latin: dict[int, list[tuple[str, bool]]] = {}
    for row, (name, place) in enumerate(zip(names, name_place, strict=True)):
        if name.script == "Latn":
            latin.setdefault(place, []).append((name.name, bool(anothers[row])))
        elif name.script == "Arab" and name.kind in MAIN_NAMES:
            arabic.setdefault(derive_plain_key(name.name), []).append(row)
    shared: dict[int, list[str]] = {}
    for rows in arabic.values():
        for row in (row for row in rows if len(rows) > 1 and famous[name_place[row]]):
            own = {fold(text) for text, is_anothers in latin.get(name_place[row], ()) if not is_anothers}
            # Only what sounds like the name itself: the lesser place may have quite other names, too.
            keys = set(skeletons(names[row].name))
            spelled = dict.fromkeys(text for other in rows for text, _ in latin.get(name_place[other], ()))
            shared[row] = [text for text in spelled if fold(text) not in own and not keys.isdisjoint(skeletons(text))]
    return shared


class _Forms(NamedTuple):
    """All forms, by number, and the keys by which they are found.

    Attributes:
        name: the row of the name that each is a form of.
        rule: the rule that made it (`Rule`).
        articles: how many articles its spelling has.
        sounds: its phonemes.
        plain, skeleton: keys, each with the number of a form.
    """

    name: list[int]
    rule: list[int]
    articles: list[int]
    sounds: list[str]
    plain: list[tuple[str, int]]
    skeleton: list[tuple[str, int]]


def build_form_columns(
    names: Sequence[NameRecord], columns: dict[str, NDArray[Any]], units: Sequence[frozenset[str]]
) -> dict[str, NDArray[Any]]:
    """The arrays of all forms, and of the keys by which they are found.

    Args:
        names: all names.
        columns: the arrays of names and places, as far as they are made.
        units: by place, the skeletons of the names of the units that hold it.
    """
    name_place, salience, standing = columns["name.place"], columns["place.salience"], columns["name.standing"]
    forms = _collect_forms(names, columns, units)
    of_name, rule = np.array(forms.name, np.int32), np.array(forms.rule)
    # A step of a rule counts two, four times a tenfold of people: a form comes behind what others are called outright,
    # but for the hamlets among them.
    behind = rule.astype(np.float32) + (standing[of_name] == Standing.ANOTHERS)
    rank = behind * 2 - salience[name_place[of_name]]
    # In the order of their hashes, so that the row of a key is its place among the keys, and need not be kept.
    skeletons_once = _sort_by_hash({key for key, _ in forms.skeleton})
    plain_once = _sort_by_hash({key for key, _ in forms.plain})
    # Longer names have no row among the slips of the finger, but keep their place, which is the row.
    typed_hashes, typed_rows = hash_deletions(plain_once)
    short = np.array([len(key) <= _LONGEST_TYPED for key in plain_once], bool)[typed_rows]
    # Over the different skeletons and not over forms: many names have one.
    grams = [(gram, row) for row, key in enumerate(skeletons_once) for gram in list_skeleton_grams(key)]
    return {
        "form.name": of_name,
        "form.rule": rule.astype(np.uint8),
        "form.articles": np.array(forms.articles, np.uint8),
        "form.standing": standing[of_name],
        "form.arabic": np.array([name.script == "Arab" for name in names], np.uint8)[of_name],
        **_build_sound_columns(forms.sounds),
        **Strings.make_columns("skeleton.text", skeletons_once),
        **Postings.build(forms.plain, rank=rank).to_columns("plain"),
        **Postings.build(forms.skeleton, rank=rank).to_columns("skeleton"),
        **Postings.from_deletions(skeletons_once).to_columns("near"),
        **Strings.make_columns("plain.text", plain_once),
        **Postings.from_hashes(typed_hashes[short], typed_rows[short]).to_columns("typed"),
        **Postings.build(grams).to_columns("gram"),
        **_build_prefix_columns("prefix", forms.plain, rule, rank),
        **_build_prefix_columns("opening", forms.skeleton, rule, rank),
    }


def _collect_forms(
    names: Sequence[NameRecord], columns: dict[str, NDArray[Any]], units: Sequence[frozenset[str]]
) -> _Forms:
    """The forms of all names; arguments as of `build_form_columns`."""
    name_place, salience, standing = columns["name.place"], columns["place.salience"], columns["name.standing"]
    famous = (salience >= FAMOUS) & ~np.isin(columns["place.kind"], [kind_codes()[kind] for kind in ADMIN_KINDS])
    shared = _find_shared_spellings(names, name_place.tolist(), famous, standing == Standing.ANOTHERS)
    named_after = find_spellings_named_after(names, name_place.tolist(), columns)
    derive_keys = cache(_derive_keys)  # a quarter of the forms are those of a namesake
    forms = _Forms([], [], [], [], [], [])
    for row, name in enumerate(names):
        spellings = [
            (count_articles(spelling), iter_forms(spelling, units[name_place[row]]))
            for spelling in (name.name, *shared.get(row, ()))
        ]
        without_type = [Form(words, Rule.TYPE_LEFT_OUT) for words in named_after.get(row, ())]
        for articles, of_spelling in (*spellings, (0, without_type)):
            for words, rule in of_spelling:
                form = len(forms.name)
                forms.name.append(row)
                forms.rule.append(rule)
                forms.articles.append(articles)
                sound, plain, skeleton = derive_keys(words)
                forms.sounds.append(sound)
                forms.plain.append((plain, form))
                forms.skeleton.extend([(key, form) for key in skeleton])
    return forms


def _derive_keys(words: Words) -> tuple[str, str, tuple[str, ...]]:
    """Phonemes, folded letters and skeletons of the words of a form."""
    return transcribe_words(words), make_plain_key(words), derive_skeletons(words)


def _build_sound_columns(sounds: Sequence[str]) -> dict[str, NDArray[Any]]:
    """The different phoneme strings as the aligner takes them, and which of them each form has."""
    distinct = {heard: row for row, heard in enumerate(dict.fromkeys(sounds))}
    ends = np.fromiter(map(len, distinct), np.int64, len(distinct)).cumsum()
    return {
        # Forms by number of their sounds: what sounds alike is compared once.
        "form.sound": np.fromiter(map(distinct.__getitem__, sounds), np.int32, len(sounds)),
        "sound.codes": np.frombuffer(b"".join(map(encode_sounds, distinct)), np.uint8),
        "sound.offsets": np.insert(ends, 0, 0),
    }


def _sort_by_hash(keys: set[str]) -> list[str]:
    """Keys in the order that `Postings` sorts them, so that a key's position there is its row here."""
    listed = list(keys)
    return [listed[at] for at in np.argsort(hash_keys(listed))]


def _build_prefix_columns(
    name: str, keyed: Sequence[tuple[str, int]], rule: NDArray[Any], rank: NDArray[Any]
) -> dict[str, NDArray[Any]]:
    """Attested forms in the order of their keys, to complete what is typed."""
    attested = (rule <= 1).tolist()
    ordered = sorted([pair for pair in keyed if attested[pair[1]]], key=itemgetter(0))  # they come in order of forms
    forms = np.array([form for _, form in ordered], np.int32)
    return {
        f"{name}.form": forms,
        f"{name}.rank": rank[forms].astype(np.float32) if len(forms) else np.zeros(0, np.float32),
        **Strings.make_columns(f"{name}.text", [key for key, _ in ordered]),
    }
