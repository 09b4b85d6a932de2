"""Speed of reading text, beside what could be had at best: a bare scan for the same names.

    python benchmarks/geoparse.py FILE            FILE: UTF-8 text, or JSON lines with a member `text`
    python benchmarks/geoparse.py --smoke         a few seconds on made-up text, for CI

One core, one run. Short documents come first, for they are what most people read: each alone, and many handed over at
once (`geoparse_many`), beside the same text joined; and a post of 140 characters beside a lookup of a name that is
spelled another way. The bare scan is pyahocorasick over the folded text, with and without the folding that it needs
to find the same names; it finds them in the middle of words too and decides nothing. Then: twice the text and ten
times (time must grow with it alone), and a tenth of the names (time must hardly depend on them).
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median

import ahocorasick

from buldan.evaluate.provenance import name_versions
from buldan.geoparse import Geoparser
from buldan.geoparse.document.flat import flatten
from buldan.geoparse.names.cues import load_cues
from buldan.geoparse.names.vocabulary import Vocabulary
from buldan.geoparse.names.word_cache import WordCache
from buldan.index import Index, find_packaged_gazetteer, open_index
from buldan.index.phrases import Phrases
from buldan.lookup import Lookup
from buldan.store import read_manifest
from buldan.text import fold_with_offsets, load_clitics


def read_text(path: Path, characters: int) -> str:
    """The text of a file, as often as it takes to come to so many characters."""
    content = path.read_text("utf-8")
    if path.suffix == ".jsonl":
        content = "\n\n".join(json.loads(line)["text"] for line in content.splitlines() if line.strip())
    while len(content) < characters:
        content += "\n\n" + content
    return content[:characters]


def split_text(path: Path | None, text: str) -> list[str]:
    """The documents of a file as it has them, else the paragraphs of a text."""
    if path is not None and path.suffix == ".jsonl":
        return [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [part for part in (text.split("\n\n") if "\n\n" in text else text.split(". ")) if part]


def made_up_text(index: Index, characters: int) -> str:
    """Sentences of our own around names of the gazetteer."""
    chance = random.Random(7)
    names = [name.text for name in index.names if name.script == "Arab"]
    frames = (
        "وصل المقاتلون إلى {} ثم غادروا {} نحو {}.",
        "قصفت الطائرات بلدة {} وقرية {} صباح أمس.",
        "لم يحدث شيء يذكر في ذلك اليوم.",
    )
    pieces: list[str] = []
    while sum(map(len, pieces)) < characters:
        frame = chance.choice(frames)
        pieces.append(frame.format(*chance.choices(names, k=frame.count("{}"))) + " ")
    return "".join(pieces)


def best_seconds(rounds: int, *works: Callable[[], object]) -> list[float]:
    """Processor seconds of the quickest of some rounds of each, so that other work on the machine does not count.

    They take turns: what is measured against one another meets the same machine.
    """
    best = [float("inf")] * len(works)
    for _ in range(rounds):
        for at, work in enumerate(works):
            begun = time.process_time()
            work()
            best[at] = min(best[at], time.process_time() - begun)
    return best


def bare_scan(index: Index) -> ahocorasick.Automaton:
    """The automaton of all names as the vocabulary folds them, and nothing else."""
    automaton = ahocorasick.Automaton()
    for text in Vocabulary.from_index(index).texts:
        automaton.add_word(text, text)
    automaton.make_automaton()
    return automaton


def measure_short(index: Index, documents: list[str], rounds: int) -> list[str]:
    """The lines of a page in Markdown: what short documents cost beside the same text joined."""
    lookup = Lookup(index)
    geoparser, joined = Geoparser(index, lookup), "\n\n".join(documents)
    geoparser.read(joined[:2000])
    posts, names = [text[:_POST] for text in documents][:300], _misspelled(index)
    whole, many, single = best_seconds(
        rounds,
        lambda: _used(geoparser, joined),
        lambda: sum(map(len, geoparser.read_many(documents))),
        lambda: [_used(geoparser, text) for text in documents],
    )
    post = _median_seconds(rounds, lambda text: _used(geoparser, text), posts)
    asked = _median_seconds(rounds, lookup.find, names)
    lines = ["| short documents | µs per character | times the joined text |", "|---|--:|--:|"]
    for what, seconds in (("joined", whole), ("through `geoparse_many`", many), ("one by one", single)):
        lines.append(f"| {what} | {1e6 * seconds / len(joined):.2f} | {seconds / whole:.1f} |")
    return [
        *lines,
        "",
        f"- {len(documents)} documents of {len(joined) / len(documents):.0f} characters on average; one takes "
        f"{1e3 * single / len(documents):.2f} ms.",
        f"- A post of {_POST} characters takes {1e3 * post:.2f} ms at the median, as long as {post / asked:.1f} "
        "lookups of a name that lacks a letter.",
        "",
    ]


def _median_seconds(rounds: int, work: Callable[[str], object], texts: Sequence[str]) -> float:
    """Processor seconds of the median text, each at its quickest."""
    return median(best_seconds(rounds, *(partial(work, text) for text in texts)))


_AGEING = "Speed changes little as the gazetteer grows; [performance.md](performance.md) says by how much."

_POST = 140
"""Characters of a post."""


def _misspelled(index: Index) -> list[str]:
    """Names of the gazetteer, each with a letter in its middle lost."""
    names = random.Random(7).sample([name.text for name in index.names if len(name.text) > 6], 300)
    return [name[: len(name) // 2] + name[len(name) // 2 + 1 :] for name in names]


def measure(index: Index, text: str, rounds: int, times: int) -> list[str]:
    """The lines of a page in Markdown: speed beside a bare scan, growth with the text and with the names."""
    geoparser = Geoparser(index, Lookup(index))
    geoparser.read(text[:2000])
    megabytes = len(text.encode()) / 1e6
    automaton, folded = bare_scan(index), flatten(text).text
    bare, folding, whole = best_seconds(
        rounds,
        lambda: sum(1 for _ in automaton.iter(folded)),
        lambda: fold_with_offsets(text),
        lambda: _used(geoparser, text),
    )
    found = len(geoparser.read(text))
    lines = ["| what | MB of UTF-8 per second | share of the bare scan |", "|---|--:|--:|"]
    for what, seconds in (
        ("bare pyahocorasick scan of folded text", bare),
        ("the same with its folding", bare + folding),
        ("buldan, read", whole),
    ):
        lines.append(f"| {what} | {megabytes / seconds:.2f} | {bare / seconds:.2f} |")
    longer = "\n\n".join([text] * times)
    (grown,) = best_seconds(1, lambda: _used(geoparser, longer))
    few, many = best_seconds(rounds, *(_scan(index, text, every=every) for every in (10, 1)))
    return [
        *lines,
        "",
        f"- {found} mentions in {megabytes:.2f} MB of text; {1e6 * whole / max(found, 1):.0f} µs per mention.",
        f"- {len(longer) / len(text):.0f} times the text: {grown / whole:.1f} times the time.",
        f"- Ten times the names: {many / few:.2f} times the time of the scan, "
        f"{whole / (whole - many + few):.2f} times the total time.",
    ]


def main() -> None:
    """Measure, print and, where asked, write a page of Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--characters", type=int, default=600_000, help="of text (Arabic has nearly two bytes each)")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--out", type=Path, help="Write the page to this file.")
    options = parser.parse_args()
    characters, rounds, times = (40_000, 1, 2) if options.smoke else (options.characters, options.rounds, 10)
    index = open_index()
    text = read_text(options.file, characters) if options.file else made_up_text(index, characters)
    documents = split_text(options.file, text)
    lines = [*measure_short(index, documents, rounds), *measure(index, text, rounds, times)]
    print("\n".join(lines))
    if options.out:
        command = f"python benchmarks/geoparse.py {options.file or ''}".rstrip()
        with_what = name_versions(read_manifest(find_packaged_gazetteer()).version)
        made = f"{with_what}. Written by\n`{command} --out FILE`; one core, processor time. {_AGEING}"
        head = ["# Speed of reading text", "", made, ""]
        options.out.write_text("\n".join([*head, *lines]) + "\n", encoding="utf-8")


def _used(geoparser: Geoparser, text: str) -> list[tuple[int, int, str, str, float]]:
    """What a reader takes of every mention, so that nothing is left out of the time by being put off."""
    mentions = geoparser.read(text)
    return [(one.start, one.end, one.text, one.place.id if one.place else "", one.confidence) for one in mentions]


def _scan(index: Index, text: str, *, every: int) -> Callable[[], None]:
    """Seeks a part of the names in the words of a text."""
    flat = flatten(text)
    phrases = Phrases.build(list(Vocabulary.from_index(index).texts)[::every], load_clitics())
    word_cache = WordCache(phrases, load_cues())

    def scan() -> None:
        known = word_cache.look_up(flat)
        phrases.find(known.number, known.entries, known.piece)

    scan()
    return scan


if __name__ == "__main__":
    main()
