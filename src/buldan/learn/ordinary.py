"""Make the table of the frequencies of words of names in ordinary Arabic and English (needs `wordfreq`).

It has only words that may be read as a name: words of the names themselves, and words that look like a name after a
clitic (وزارة, بعد) and are more common than it. Frequencies are Zipf values, rounded to a tenth.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from importlib.resources import files
from math import log10
from pathlib import Path

from buldan.text import fold, is_arabic, load_clitics

__all__ = ["make_ordinary_table", "write_ordinary_words"]

_LEAST_ZIPF = 2.0
"""Minimum Zipf value of a word (once in ten million words); rarer words are treated as unknown."""

_LEAST_WITH_ARTICLE = 6
"""Minimum letters of a name that texts may write without its article (`buldan.geoparse.names.name_forms`)."""


def _read_frequencies() -> dict[str, float]:
    from wordfreq import get_frequency_dict  # noqa: PLC0415

    frequencies: defaultdict[str, float] = defaultdict(float)
    for lang in ("ar", "en"):
        for word, frequency in get_frequency_dict(lang, "large").items():
            for part in fold(word).split():
                frequencies[part] += frequency
    return frequencies


def make_ordinary_table(names: Iterable[str]) -> dict[str, float]:
    """Zipf values by folded word, for words of `names`, with a minimum of `_LEAST_ZIPF`."""
    frequencies = _read_frequencies()
    zipf = {word: round(log10(frequency) + 9, 1) for word, frequency in frequencies.items() if frequency > 0}
    folded = [words for name in names if (words := fold(name).split())]
    wanted = {word for words in folded for word in words}
    arabic = {word for word in wanted if is_arabic(word)}
    wanted |= {word[2:] if word.startswith("ال") else "ال" + word for word in arabic}
    firsts = {words[0] for words in folded if is_arabic(words[0])}
    firsts |= {word[2:] for word in firsts if word.startswith("ال") and len(word) >= _LEAST_WITH_ARTICLE}
    behind = ((clitic + word, word) for clitic in load_clitics() for word in firsts)
    wanted |= {whole for whole, word in behind if zipf.get(whole, 0.0) > zipf.get(word, 0.0) - 0.2}
    return {word: zipf[word] for word in sorted(wanted) if zipf.get(word, 0.0) >= _LEAST_ZIPF}


def write_ordinary_words(names: Iterable[str]) -> Path:
    """Write the table that the geoparser reads, and return its path."""
    path = Path(str(files("buldan.geoparse"))) / "tables" / "ordinary.tsv"
    rows = [f"{word}\t{zipf:.1f}\t" for word, zipf in make_ordinary_table(names).items()]
    path.write_text("\n".join(["word\tzipf\tcomment", *rows]) + "\n", encoding="utf-8")
    return path
