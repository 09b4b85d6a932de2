"""Check that names lead to the places that have them, with questions made from the gazetteer itself.

| measure | what is asked | right |
|---|---|---|
| `shadowed` | a form that is one settlement's own name and a variant of another | the settlement whose own name it is |
| `shadowed-town` | the same, if a town has the variant, and it is as well attested | the town, or ambiguous |

Lookup gets the form; the geoparser reads a neutral sentence, and one with the governorate.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from buldan.gazetteer import Gazetteer
from buldan.kinds import get_kind
from buldan.model import MAIN_NAMES, Name, Place
from buldan.text import fold

__all__ = ["MEASURES", "Measure", "Question", "draw_questions", "measure_names"]

_NEUTRAL = "وقع القصف في {word} {form} أمس."
_WITH_UNIT = "وقع القصف في {word} {form} في محافظة {unit} أمس."
_WORDS = {"city": "مدينة", "town": "بلدة", "village": "قرية"}
_TOWNS = frozenset({"city", "town"})
_ONE_LIST = {"whosonfirst": "geonames"}

MEASURES = {
    "shadowed · lookup": "first answer",
    "shadowed · sentence": "place of the mention, nothing else said",
    "shadowed · sentence with governorate": "place of the mention",
    "shadowed-town · lookup": "first answer, or ambiguous",
}


@dataclass(frozen=True, slots=True)
class Question:
    """A measure, a form, the ids of the right places, and the kind and governorate for the sentences."""

    measure: str
    form: str
    right: frozenset[str]
    kind: str
    unit: str


@dataclass(slots=True)
class Measure:
    """The number of questions, the number of right answers, and the forms with wrong answers."""

    asked: int = 0
    right: int = 0
    missed: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Share of right answers, 0..1."""
        return self.right / self.asked

    def add(self, form: str, right: bool) -> None:
        """Add one answer to the counts."""
        self.asked += 1
        self.right += right
        if not right:
            self.missed.append(form)


def draw_questions(places: Sequence[Place]) -> Iterator[Question]:
    """All questions that can be made from the names, in the order of the forms."""
    settlements = [place for place in places if get_kind(place.kind).group == "settlement"]
    own: defaultdict[str, dict[str, tuple[Place, Name]]] = defaultdict(dict)
    other: defaultdict[str, dict[str, tuple[Place, Name]]] = defaultdict(dict)
    for place in settlements:
        for name in place.names:
            if name.script != "Arab":
                continue
            if name.kind in MAIN_NAMES:
                own[fold(name.text)].setdefault(place.id, (place, name))
            elif name.kind == "variant":
                other[fold(name.text)].setdefault(place.id, (place, name))
    for key in sorted(own):
        others = {id_: pair for id_, pair in other[key].items() if id_ not in own[key]}
        if len(own[key]) != 1 or not others:
            continue
        ((place, name),) = own[key].values()
        towns = frozenset(id_ for id_, (other, variant) in others.items() if _counts_like_own(other, variant, name))
        if place.kind == "village" and towns:
            yield _make_question("shadowed-town", name.text, towns, place)
        else:
            yield _make_question("shadowed", name.text, frozenset({place.id}), place)


def _counts_like_own(town: Place, variant: Name, own: Name) -> bool:
    """Whether a town's variant counts like a village's name: curated, in two lists, or no list has the village's."""
    lists = {_ONE_LIST.get(source, source) for source in variant.sources}
    return town.kind in _TOWNS and ("curated" in lists or len(lists) > 1 or own.kind == "attested")


def _make_question(measure: str, form: str, right: frozenset[str], place: Place) -> Question:
    return Question(measure, form, right, place.kind, place.admin[0].name_ar if place.admin else "")


def measure_names(
    gazetteer: Gazetteer, questions: Sequence[Question], *, on_question: Callable[[], object] | None = None
) -> dict[str, Measure]:
    """The measures by name, in the order of `MEASURES`, without those that have no question."""
    measures: defaultdict[str, Measure] = defaultdict(Measure)
    for question in questions:
        for measure, right in _iter_answers(gazetteer, question):
            measures[measure].add(question.form, right)
        if on_question:
            on_question()
    return {name: measures[name] for name in MEASURES if name in measures}


def _iter_answers(gazetteer: Gazetteer, question: Question) -> Iterator[tuple[str, bool]]:
    matches = gazetteer.lookup(question.form, limit=2)
    first = bool(matches) and matches[0].place.id in question.right
    if question.measure == "shadowed":
        word = _WORDS[question.kind]
        yield "shadowed · lookup", first
        neutral = _NEUTRAL.format(word=word, form=question.form)
        yield "shadowed · sentence", _is_read(gazetteer, neutral, question)
        with_unit = _WITH_UNIT.format(word=word, form=question.form, unit=question.unit)
        yield "shadowed · sentence with governorate", _is_read(gazetteer, with_unit, question)
    else:
        yield "shadowed-town · lookup", first or (bool(matches) and matches[0].ambiguous)


def _is_read(gazetteer: Gazetteer, sentence: str, question: Question) -> bool:
    """Whether a mention of the form in the sentence has the right place."""
    at = sentence.find(question.form)
    end = at + len(question.form)
    read = [mention for mention in gazetteer.geoparse(sentence) if mention.start < end and mention.end > at]
    return any(mention.place is not None and mention.place.id in question.right for mention in read)
