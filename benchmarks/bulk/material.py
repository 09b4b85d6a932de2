"""Messy names, tables and documents, made from the gazetteer's own names with fixed seeds."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator
from pathlib import Path

import buldan

__all__ = ["made_documents", "messy_names", "write_corpus", "write_table"]

_PREFIXES = ("", "", "", "", "قرية ", "بلدة ", "مدينة ", "village of ", "the town of ", "near ")
_UNITS = ("", "", "Aleppo", "Idleb", "ريف دمشق", "حمص", "Hama", "Daraa")
_SENTENCES = (
    "قال ناشطون إن القصف طال {} وأسفر عن إصابة عدد من المدنيين بجروح.",
    "وصلت قافلة مساعدات إلى {} صباح اليوم بعد انقطاع دام أسابيع.",
    "نزحت عائلات كثيرة من {} نحو القرى المجاورة بحثا عن الأمان.",
    "وأضاف المصدر أن الأوضاع هادئة نسبيا، وأن الأسواق فتحت أبوابها أمام الناس من جديد.",
    "Residents of {} said that water and power had been cut for several days.",
    "The road between {} and {} was closed after heavy fighting in the night.",
    "No one had claimed responsibility by the evening, and the market stayed open.",
)
_CHARACTERS = 700


def messy_names(names: list[str], count: int, seed: int = 7) -> list[str]:
    """So many distinct spellings made from `names`: letters lost, doubled and swapped, words before, other case."""
    dice = random.Random(seed)
    made: dict[str, None] = {}
    while len(made) < count:
        name = dice.choice(names)
        for _ in range(dice.choice((0, 1, 1, 2))):
            name = _spoil(name, dice)
        made[dice.choice(_PREFIXES) + (name.upper() if dice.random() < 0.1 else name)] = None
    return list(made)


def _spoil(name: str, dice: random.Random) -> str:
    at = dice.randrange(len(name))
    if dice.random() < 0.4 and len(name) > 4:
        return name[:at] + name[at + 1 :]
    if dice.random() < 0.5:
        return name[:at] + name[at] + name[at:]
    return name[: at - 1] + name[at : at + 1] + name[at - 1 : at] + name[at + 1 :] if at else name


def write_table(path: Path, names: list[str], rows: int, seed: int = 11) -> None:
    """A CSV of so many rows; names repeat as in real columns, the first ones most often. Each is there once."""
    dice = random.Random(seed)
    units = {name: dice.choice(_UNITS) for name in names}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("row", "place", "governorate", "note"))
        for number, name in enumerate(_iter_names(names, rows, dice)):
            writer.writerow((number, name, units[name], "as reported"))


def _iter_names(names: list[str], rows: int, dice: random.Random) -> Iterator[str]:
    yield from names[:rows]
    for _ in range(rows - len(names)):
        yield names[int(len(names) * dice.random() ** 3)]


def made_documents(count: int, seed: int = 5) -> list[str]:
    """Texts of some 700 characters that name places of both scripts."""
    places = [place for place in buldan.load() if place.kind in {"city", "town", "village", "neighbourhood"}]
    dice = random.Random(seed)
    texts = []
    for _ in range(count):
        sentences: list[str] = []
        while sum(map(len, sentences)) < _CHARACTERS:
            sentence = dice.choice(_SENTENCES)
            lang = "en" if sentence.isascii() else "ar"
            sentences.append(sentence.format(*(dice.choice(places).name(lang) for _ in range(2))))
        texts.append(" ".join(sentences))
    return texts


def write_corpus(path: Path, texts: list[str], count: int) -> None:
    """So many documents, the texts over and over."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            file.write(json.dumps({"text": texts[number % len(texts)]}, ensure_ascii=False) + "\n")
