"""The words of a trace: why a stretch was kept or dropped, and what names, places and mentions are."""

from __future__ import annotations

from collections.abc import Mapping

from buldan.geoparse.names.hit_table import Objection
from buldan.geoparse.names.lexicon import Sense
from buldan.geoparse.names.name_forms import Form
from buldan.geoparse.names.name_table import NameTable
from buldan.geoparse.results import Mention
from buldan.model import Place

__all__ = ["FORMS", "OBJECTIONS", "describe_mention", "describe_name", "describe_place"]

OBJECTIONS: Mapping[Objection, str] = {
    Objection.LETTER_OF_THE_WORD: "its first letters belong to the word, with which a name of the same length begins",
    Objection.OURS_BEGINS_SOONER: "a name of Syria begins earlier in the word",
    Objection.SPOKEN_CLITIC: "ع is before the article, or before a name that is not another word",
    Objection.PARTED: "there is a comma or more between its words",
    Objection.ADVERB: "it ends in ـً; names do not",
    Objection.MERE_WORD: "it has no capital letter in a text that writes names with one, or it is an ordinary word",
}

FORMS: Mapping[Form, str] = {
    Form.ATTESTED: "a name of the gazetteer",
    Form.ANOTHERS: "a variant of a name that is the main name of another place",
    Form.KIND_LEFT_OUT: "a name without the word for its kind",
    Form.ARTICLE_CHANGED: "a name with or without its article",
    Form.SPACING_CHANGED: "a name with other spaces",
    Form.NEAR_MISS: "spelled similarly to names of the gazetteer",
}


def describe_place(place: Place) -> str:
    """The English name of a place and its code."""
    return f"{place.name('en')} ({place.pcode or place.id})"


def describe_name(table: NameTable, name: int) -> str:
    """What is known of a name of the vocabulary before it is weighed."""
    places = len(table.get_places(name))
    parts = [FORMS[Form(int(table.form[name]))] if places else "a known name, but not of a place in Syria"]
    if places > 1:
        parts.append(f"{places} places")
    parts += [
        what for flag, what in ((table.foreign, "also abroad"), (table.is_not_place, "something else")) if flag[name]
    ]
    if table.sense[name]:
        parts.append(f"also known as: {Sense(int(table.sense[name])).name.lower()}")
    return "; ".join(parts)


def describe_mention(mention: Mention) -> str:
    """The place of a mention, its confidence and its relation."""
    what = "abroad" if mention.place is None else describe_place(mention.place)
    relation = f"; {mention.relation.kind}: {mention.relation.words}" if mention.relation else ""
    return f"{what}, confidence {mention.confidence:.2f}{relation}"
