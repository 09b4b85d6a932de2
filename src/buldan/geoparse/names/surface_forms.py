"""Surface forms: every way in which a text may write a name, and the places that go by it.

A form is folded; with each of its places stands the plainest change that led from the place's name to it (`Form`).
Forms that mean something else wherever they stand are no names, and a made form gives way to a name as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from buldan.geoparse.names.cues import encode_roles, load_cues
from buldan.geoparse.names.name_forms import Form, iter_inflected, iter_name_forms
from buldan.geoparse.names.word_cache import load_ordinary_words
from buldan.geoparse.tables import read_table
from buldan.index import Index, Standing
from buldan.kinds import ADMIN_KINDS
from buldan.model import Name
from buldan.text import fold, load_articles, load_foreign_names, skeletons

__all__ = ["SurfaceForms", "collect_surface_forms", "find_historical"]

SurfaceForms = dict[str, dict[int, Form]]
"""By folded form, the places that go by it, each with the plainest change that led to the form."""

_SHORTEST = 2
"""Letters: a single one is a clitic, an initial or the letter of a list."""

_LANGUAGES = frozenset({"ar", "en", "und", "fr", "ku", "tr", "de"})
"""Languages of the names sought; the rest are written in other scripts or never stand in such texts."""


def collect_surface_forms(index: Index, names: Sequence[Name]) -> SurfaceForms:
    """Every form under which a place of the gazetteer is sought; `names` are those of `index`, in its order."""
    found = {form: places for form, places in _collect_forms(index, names).items() if not _is_never_a_name(form)}
    _drop_made_forms(found, index)
    for form in found.keys() & load_foreign_names():
        found[form] = {place: made for place, made in found[form].items() if made == Form.ATTESTED}
    return {form: places for form, places in found.items() if places}


def find_historical(names: Sequence[Name], found: SurfaceForms) -> frozenset[str]:
    """The forms that only names of the past lead to."""
    past, living = set[str](), set[str]()
    for name in names:
        (past if name.kind == "historical" else living).update(phrase for phrase, _ in iter_name_forms(name.text))
    return frozenset((past - living) & found.keys())


def _collect_forms(index: Index, names: Sequence[Name]) -> SurfaceForms:
    """Every phrase with its places, each with the plainest form that led to it."""
    found: SurfaceForms = {}
    seen: dict[str, list[tuple[str, Form]]] = {}
    anothers = (index.name_standing == Standing.ANOTHERS).tolist()
    for name, place, is_anothers in zip(names, index.name_place.tolist(), anothers, strict=True):
        # Any town may have a Great Mosque: a local name is clear only if its town is known.
        if name.lang not in _LANGUAGES or name.kind == "local":
            continue
        # Many places share a name: its forms are made once, they are most of the work.
        if name.text not in seen:
            seen[name.text] = [
                (phrase, form) for phrase, form in iter_name_forms(name.text) if len(phrase) >= _SHORTEST
            ]
        inflected = iter_inflected(seen[name.text]) if name.lang in _INFLECTED else ()
        for phrase, form in (*seen[name.text], *inflected):
            # A variant that another place bears as its own name is weaker, however plainly it is written.
            form = max(form, Form.ANOTHERS) if is_anothers else form  # noqa: PLW2901
            places = found.setdefault(phrase, {})
            places[place] = min(form, places.get(place, form))
    _share_with_seats(found, index)
    _share_spellings(found, names, index.name_place.tolist())
    _respell_facilities(found, names, index)
    return found


def _share_spellings(found: SurfaceForms, names: Sequence[Name], place_of: Sequence[int]) -> None:
    """Places of one Arabic name go by each other's Latin spellings: Ras al-Ein is any رأس العين.

    Not by another name of theirs, which sounds otherwise: its consonants are those of the Arabic name.
    """
    arabic: dict[int, list[tuple[frozenset[str], str]]] = {}
    for name, place in zip(names, place_of, strict=True):
        if name.script == "Arab" and name.lang == "ar":
            phrase = fold(name.text)
            # What one place alone is called has nobody to lend its spellings to.
            if sum(form == Form.ATTESTED for form in found.get(phrase, {}).values()) > 1:
                arabic.setdefault(place, []).append((frozenset(skeletons(name.text)), phrase))
    for name, place in zip(names, place_of, strict=True):
        if name.script != "Latn" or name.lang not in _LANGUAGES or place not in arabic:
            continue
        places, sounds = found.get(fold(name.text)), frozenset(skeletons(name.text))
        if places is None or places.get(place) != Form.ATTESTED:
            continue
        for written, phrase in arabic[place]:
            if written & sounds:
                for other, form in found[phrase].items():
                    if form == Form.ATTESTED:
                        places.setdefault(other, Form.ANOTHERS)


_INFLECTED = frozenset({"ku"})
"""Languages whose names change their ends in a sentence."""


def _respell_facilities(found: SurfaceForms, names: Sequence[Name], index: Index) -> None:
    """A facility called after a place goes by the Latin spellings of its name, too: Tishrine Dam is سد تشرين."""
    is_facility = [index.kind_ids[kind] in _FACILITIES for kind in index.kind.tolist()]
    after: dict[int, list[str]] = {}
    latin: dict[int, list[str]] = {}
    for name, place in zip(names, index.name_place.tolist(), strict=True):
        if name.script == "Latn" and name.lang in _LANGUAGES:
            latin.setdefault(place, []).append(fold(name.text))
        elif name.lang == "ar" and is_facility[place]:
            after.setdefault(place, []).append(fold(name.text).partition(" ")[2])
    spellings = {text: set[str]() for texts in after.values() for text in texts if text}
    for name, place in zip(names, index.name_place.tolist(), strict=True):
        if name.lang == "ar" and not is_facility[place] and (text := fold(name.text)) in spellings:
            # The first reading alone: looser ones would lend it the spellings of another name of the place.
            sound = skeletons(name.text)[:1]
            spellings[text].update(other for other in latin.get(place, ()) if skeletons(other)[:1] == sound)
    for place, texts in after.items():
        # Sorted, so that two builds give the same bytes.
        for kind in sorted({text.rpartition(" ")[2] for text in latin.get(place, ())} & _load_facility_words()):
            for other in sorted({other for text in texts for other in spellings.get(text, ())}):
                found.setdefault(f"{other} {kind}", {}).setdefault(place, Form.ANOTHERS)


_FACILITIES = frozenset(
    {"dam", "airport", "airbase", "bridge", "crossing", "market", "station", "power-station", "landmark"}
)
"""Kinds of which a text has the name together with the word for the kind."""


@cache
def _load_facility_words() -> frozenset[str]:
    """English words for a facility that stand behind its name, folded."""
    return frozenset(fold(form) for form, lang, *_ in read_table("facilities") if lang == "en")


def _share_with_seats(found: SurfaceForms, index: Index) -> None:
    """A unit and the city or town in it that it is named after go by the same names: Hamah, Hama.

    Not where the name is that of a land, which a unit may be called after too: الغوطة الشرقية, the Ghab.
    """
    codes = {kind: code for code, kind in enumerate(index.kind_ids)}
    kind, unit = index.kind.tolist(), index.unit.tolist()
    units = {codes[kind]: level for level, kind in enumerate(ADMIN_KINDS[1:])}
    seats, lands = {codes["city"], codes["town"]}, {codes[land] for land in _LANDS}
    seat_of: dict[int, int] = {}
    for places in found.values():
        plain = [place for place, form in places.items() if form == Form.ATTESTED]
        for place in plain:
            level = units.get(kind[place])
            if level is not None:
                inside = [seat for seat in plain if kind[seat] in seats and unit[seat][level] == unit[place][level]]
                # With two towns of that name in the unit, nobody knows after which it is called.
                if len(inside) == 1:
                    seat_of[place] = inside[0]
    for places in found.values():
        for place, form in list(places.items()):
            seat = seat_of.get(place)
            if seat is not None and seat not in places and not any(kind[other] in lands for other in places):
                places[seat] = form


_LANDS = "region", "plain"
"""Kinds of land after which units are called."""


def _is_never_a_name(phrase: str) -> bool:
    """Whether a phrase is a word that means something else wherever it stands: Al, Southern, الشمالي."""
    roles = load_cues().get_roles(phrase)
    if phrase in load_articles() or phrase in _load_words_of_no_place() or roles & _NEVER:
        return True
    if not phrase.startswith("ال") and roles & _GENERIC:
        return True
    # A day and its month (23 February) are a date before they are a street.
    first, _, rest = phrase.partition(" ")
    return first.isdigit() and bool(load_cues().get_roles(rest) & _CALENDAR)


@cache
def _load_words_of_no_place() -> frozenset[str]:
    return frozenset(fold(form) for form, _ in read_table("noplace"))


_NEVER = encode_roles(
    "preposition",
    "loose preposition",
    "direction",
    "after direction",
    "plain",
    "article",
    "people of",
    "calendar",
    "substance",
)
_GENERIC, _CALENDAR = encode_roles("trigger", "facility"), encode_roles("calendar")


def _drop_made_forms(found: SurfaceForms, index: Index) -> None:
    """A made form gives way where it is an attested name of other places, or an ordinary word (ثورة of الثورة).

    So does a castle's name without its قلعة: حلب is no citadel, but جعبر is.
    """
    common = load_ordinary_words()
    # Lists, for the dictionary shrinks while it is gone through.
    for phrase in [phrase for phrase in found if common.get(phrase, 0.0) >= _ORDINARY]:
        if min(found[phrase].values()) == Form.ARTICLE_CHANGED:
            del found[phrase]
    for phrase in [phrase for phrase in found if common.get(phrase, 0.0) >= _VERY_ORDINARY]:
        definite = {place for place, form in found.get("ال" + phrase, {}).items() if form == Form.ATTESTED}
        found[phrase] = {place: form for place, form in found[phrase].items() if place not in definite}
    for phrase in [phrase for phrase, places in found.items() if not places]:
        del found[phrase]
    built = {code for code, kind in enumerate(index.kind_ids) if kind in _BUILT}
    settlements = {code for code, kind in enumerate(index.kind_ids) if kind in _SETTLEMENTS}
    for phrase, places in found.items():
        best = min(places.values())
        # Where some place is called just so, what others are called after a change is not what a text means.
        if best == Form.ATTESTED:
            fame = max(index.salience[place] for place, form in places.items() if form == Form.ATTESTED)
            for place, form in list(places.items()):
                # But an article is added in speech, and the village next door may be meant: الدردارة, listed as دردارة.
                added = form == Form.ARTICLE_CHANGED and phrase.startswith("ال")
                if added and int(index.kind[place]) in settlements and index.salience[place] <= fame:
                    continue
                if form >= Form.ARTICLE_CHANGED or (form == Form.KIND_LEFT_OUT and int(index.kind[place]) in built):
                    del places[place]


_BUILT, _SETTLEMENTS = frozenset({"site", "landmark"}), frozenset({"town", "village"})
_ORDINARY, _VERY_ORDINARY = 2.8, 4.5
"""Zipf values from which on a word is never a name whose article was changed, or never one that has an article too."""
