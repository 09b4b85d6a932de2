"""The page of tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from benchmarks.matchers.ahead import compare
from benchmarks.matchers.footprint import Cold, Memory
from benchmarks.matchers.material import Material
from benchmarks.matchers.race import Runner, Tally, percentile
from benchmarks.matchers.scale import Size
from benchmarks.pages import circumstances, mark, table
from buldan.evaluate.provenance import name_versions

__all__ = ["Outcome", "Standing", "page"]


@dataclass
class Standing:
    """One engine at the end of the run."""

    key: str
    title: str
    setup: str
    version: str
    build_seconds: float
    index_bytes: int | None
    tallies: dict[str, Tally]
    claims: dict[str, list[bool]]
    threshold: str

    @classmethod
    def of(cls, runner: Runner) -> Standing:
        """What is kept of a runner once its engine is closed."""
        engine = runner.engine
        return cls(
            runner.key,
            engine.title,
            engine.setup,
            engine.version,
            engine.build_seconds,
            engine.index_bytes,
            runner.tallies,
            runner.claims,
            engine.threshold,
        )

    @property
    def seconds(self) -> list[float]:
        """Of every question."""
        return [seconds for tally in self.tallies.values() for seconds in tally.seconds]

    @property
    def own_seconds(self) -> list[float]:
        """Of every question, on the processor."""
        return [seconds for tally in self.tallies.values() for seconds in tally.own_seconds]

    def at(self, percent: float) -> float:
        """Seconds that so many percent of the questions do not exceed."""
        return percentile(self.seconds, percent)


@dataclass
class Outcome:
    """All that a run measured."""

    gazetteer: str
    names: int
    places: int
    command: str = ""
    real: list[str] = field(default_factory=list)
    held_out: list[str] = field(default_factory=list)
    standings: list[Standing] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)
    smoke: bool = False
    sizes: list[Size] = field(default_factory=list)
    cold: Cold | None = None
    memory: Memory | None = None
    loads: list[float] = field(default_factory=list)
    labels: dict[int, str] = field(default_factory=dict)
    indexed: dict[str, Material] = field(default_factory=dict)

    def standing(self, key: str) -> Standing | None:
        """The standing of an engine, None where it did not run."""
        return next((standing for standing in self.standings if standing.key == key), None)


def page(outcome: Outcome) -> str:
    """The whole page in Markdown."""
    parts = (
        _head(outcome),
        _accuracy(outcome),
        _negatives(outcome),
        compare(outcome.standings, outcome.labels, outcome.indexed),
        _speed(outcome),
        _targets(outcome),
        _by_group(outcome),
    )
    return "\n".join([*(line for part in parts for line in part), *_setups(outcome), *_CAVEATS])


def _head(outcome: Outcome) -> Iterator[str]:
    yield "# Matchers side by side"
    yield ""
    yield f"Made whole by `{outcome.command}`; not edited by hand."
    if outcome.smoke:
        yield "**A smoke run: a tenth of the places, a few questions; its figures mean nothing.**"
    yield "Every engine holds the same places under the same names and gets the same questions, block by block in turn."
    yield ""
    yield (
        f"{name_versions(outcome.gazetteer)}: {outcome.names:,} names of {outcome.places:,} places · "
        f"{circumstances(outcome.loads)}"
    )
    yield ""


def _accuracy(outcome: Outcome) -> Iterator[str]:
    yield "## Right answers"
    yield ""
    yield "The first answer within 5 km / any of the first five, in %. Name alone, no context."
    yield ""
    if outcome.real:
        yield "Places as people wrote them, and cells of a name and its units (all names in the index):"
        yield ""
        yield from _shares(outcome, outcome.real)
    yield "Unseen spellings (the one asked for is taken from every index, but for the first group; names of one spot):"
    yield ""
    yield from _shares(outcome, outcome.held_out)


def _shares(outcome: Outcome, groups: Sequence[str]) -> Iterator[str]:
    sizes = [max(_asked(standing, group) for standing in outcome.standings) for group in groups]
    header = [f"{group} ({size})" for group, size in zip(groups, sizes, strict=True)]
    rows = (
        [standing.title, *(_share(standing.tallies.get(group)) for group in groups)] for standing in outcome.standings
    )
    yield from table(["engine", *header], rows)


def _negatives(outcome: Outcome) -> Iterator[str]:
    yield "## Names of nothing"
    yield ""
    yield "The share, in %, of texts that name no place of Syria and that an engine takes for one by its threshold."
    yield ""
    titles = list(outcome.standings[0].claims)
    sizes = [max(len(standing.claims[title]) for standing in outcome.standings) for title in titles]
    header = [f"{title} ({size})" for title, size in zip(titles, sizes, strict=True)]
    rows = (
        [
            standing.title,
            standing.threshold,
            *(f"{100 * sum(standing.claims[title]) / len(standing.claims[title]):.1f}" for title in titles),
        ]
        for standing in outcome.standings
    )
    yield from table(["engine", "threshold", *header], rows)


def _asked(standing: Standing, group: str) -> int:
    return len(standing.tallies[group].seconds) if group in standing.tallies else 0


def _share(tally: Tally | None) -> str:
    return "–" if tally is None else f"{100 * tally.hit_1:.0f}/{100 * tally.hit_5:.0f}"


def _speed(outcome: Outcome) -> Iterator[str]:
    yield "## Time, size, building"
    yield ""
    header = ["engine", "p50 ms", "p95 ms", "p99 ms", "index MB", "build s", "questions", "version"]
    yield from table(
        header,
        (
            [
                standing.title,
                *(f"{1000 * standing.at(percent):.3g}" for percent in (50, 95, 99)),
                "in memory" if standing.index_bytes is None else f"{standing.index_bytes / 1e6:.1f}",
                f"{standing.build_seconds:.1f}",
                f"{len(standing.seconds):,}",
                standing.version,
            ]
            for standing in outcome.standings
        ),
    )
    yield ""
    yield "Buldan opens the index that its package brings; what building one takes stands below."


def _targets(outcome: Outcome) -> Iterator[str]:
    yield "## What Buldan is to reach"
    yield ""
    yield "Ratios within this run."
    yield ""
    rows = [*_ratio_rows(outcome), *_size_rows(outcome), *_footprint_rows(outcome)]
    yield from table(["measure", "target", "measured", ""], ([*row, mark(met)] for row, met in map(_split, rows)))


def _split(row: tuple[str, str, str, bool]) -> tuple[Sequence[str], bool]:
    return row[:3], row[3]


def _ratio_rows(outcome: Outcome) -> Iterator[tuple[str, str, str, bool]]:
    ours, brute = outcome.standing("buldan"), outcome.standing("ratio")
    if ours is None or brute is None:
        return
    for percent, target in ((50, 20), (99, 5)):
        for clock, mine, theirs in (
            ("by the clock", ours.seconds, brute.seconds),
            ("on the processor", ours.own_seconds, brute.own_seconds),
        ):
            our_time, brute_time = percentile(mine, percent), percentile(theirs, percent)
            ratio = brute_time / our_time
            measured = f"{ratio:.1f} × ({1000 * our_time:.2f} against {1000 * brute_time:.2f} ms)"
            yield f"p{percent} under rapidfuzz `ratio` brute force, {clock}", f"≥ {target} ×", measured, ratio >= target


def _size_rows(outcome: Outcome) -> Iterator[tuple[str, str, str, bool]]:
    if not outcome.sizes:
        return
    base, *larger = outcome.sizes
    for size in larger:
        target = 2 if size.factor <= 10 else 5
        ratio = size.at(50) / base.at(50)
        grown = f"{1000 * base.at(50):.2f} → {1000 * size.at(50):.2f} ms"
        measured = f"{ratio:.2f} × ({grown}; p99 {size.at(99) / base.at(99):.1f} ×)"
        yield f"p50 with {size.factor} × the names ({size.names:,})", f"≤ {target} ×", measured, ratio <= target
    for size in outcome.sizes:
        again = size.open_seconds / size.names * 100_000
        yield (
            f"index of {size.names:,} names, per 100,000 of them: built the first time, then opened",
            "either < 1 s",
            f"{size.build_per_100_000:.2f} s ({size.build_seconds:.1f} in all), then {again:.3f} s",
            min(size.build_per_100_000, again) < 1,
        )


def _footprint_rows(outcome: Outcome) -> Iterator[tuple[str, str, str, bool]]:
    if outcome.cold:
        ratio = outcome.cold.lookup / outcome.cold.numpy
        measured = f"{ratio:.2f} × ({outcome.cold.lookup:.3f} against {outcome.cold.numpy:.3f} s)"
        yield 'cold `buldan lookup` against `python -c "import numpy"`', "≤ 3 ×", measured, ratio <= 3
    if outcome.memory:
        memory = outcome.memory
        measured = (
            f"{memory.loaded:.0f} MB loaded, {memory.used:.0f} MB after the lookups (bare Python {memory.bare:.0f} MB)"
        )
        yield "resident memory of a process with the gazetteer", "< 200 MB", measured, memory.used < 200


def _by_group(outcome: Outcome) -> Iterator[str]:
    ours, brute = outcome.standing("buldan"), outcome.standing("ratio")
    if ours is None or brute is None:
        return
    yield "Where the time goes, by group (on the processor):"
    yield ""
    rows = (
        [
            group,
            *(f"{1000 * percentile(tally.own_seconds, percent):.2f}" for percent in (50, 99)),
            *(f"{1000 * percentile(brute.tallies[group].own_seconds, percent):.2f}" for percent in (50, 99)),
            f"{percentile(brute.tallies[group].own_seconds, 50) / percentile(tally.own_seconds, 50):.1f} ×",
        ]
        for group, tally in ours.tallies.items()
    )
    yield from table(["group", "Buldan p50 ms", "p99 ms", "`ratio` p50 ms", "p99 ms", "times faster at p50"], rows)


def _setups(outcome: Outcome) -> Iterator[str]:
    yield "## How each is run"
    yield ""
    for standing in outcome.standings:
        yield f"- {standing.title}: {standing.setup}"
    for key, reason in outcome.missing.items():
        yield f"- `{key}` did not run: {reason}"
    yield ""


_CAVEATS = """\
## Read with care

- The spellings of the second table are held out by design: it shows how an engine does with spellings that it has
  not seen. An engine whose index holds a spelling finds it, as the group "as stored" shows. A live Nominatim on
  OpenStreetMap also indexes the alternative names that mappers typed there; here it has the names of our gazetteer.
- For the second table Buldan's edit costs are learned again from what is left in the index. Its weights of evidence,
  some thirty numbers, stay those shipped. They were fitted to rows of the same evaluation tables that the first table
  asks for, so Buldan's figures there flatter it a little; `docs/evaluation.md` has those for rows held aside.
- Engines get plain, documented use, one setting for all groups, no synonyms and no analysis written for Syria: whoever
  tunes one will get more out of it. Most rank by the text alone, so they guess between homonyms, which Buldan settles
  by kind and population; the second table asks only for names of one spot, the first does not.
- Cells are made of the gazetteer's first names, ten forms a script in equal parts: of the words of a cell the engines
  of letters see units and village alike. Made-up names blend halves of real words; Buldan's weights saw others made
  like them, so that "elsewhere" is the fairer of the two lists. An engine that ranks and does not judge has no
  threshold of its own, so that any answer counts.
- Real questions carry qualifiers ("Nawa (Daraa)", "the villages of …"). Buldan reads them as part of its work; the
  others take them as they come.
- A slow engine is asked only the first questions of each group (see "questions"). With 400 questions a share is good
  to ± 5 points, with 20 to ± 20.
- Times are of one client: PostgreSQL and Nominatim over a Unix socket, Lucene inside its JVM without the way there, no
  engine over HTTP. Size and building time of Nominatim include its address tables and country grid.
- Names of the larger gazetteers are made up by joining heads and tails of real words, with a fixed seed.
""".splitlines()
