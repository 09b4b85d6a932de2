"""The benchmark of matchers still runs, and what it says follows from what it measured."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))  # benchmarks/ is beside the package, not in it

from benchmarks.matchers import deform  # noqa: E402
from benchmarks.matchers.ahead import compare  # noqa: E402
from benchmarks.matchers.cells import FORMS, draw_cells, draw_negatives  # noqa: E402
from benchmarks.matchers.engines.base import Answer  # noqa: E402
from benchmarks.matchers.material import Material, draw_groups, read_material, spelling  # noqa: E402
from benchmarks.matchers.race import Tally, Verdict, percentile  # noqa: E402
from benchmarks.matchers.report import Standing  # noqa: E402
from benchmarks.matchers.synthetic import iter_synthetic  # noqa: E402


@pytest.fixture(scope="module")
def material() -> Material:
    return read_material(ROOT / "gazetteer")


@pytest.fixture(scope="module")
def page() -> str:
    command = [sys.executable, "-m", "benchmarks.matchers", "--smoke", "--engines", "buldan,ratio,sqlite"]
    done = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def rows_of(page: str, first_cell: str) -> list[list[str]]:
    lines = (line.strip("| ").split(" | ") for line in page.splitlines() if line.startswith(f"| {first_cell}"))
    return [[cell.strip() for cell in line] for line in lines]


@pytest.mark.parametrize("engine", ["**Buldan**", "rapidfuzz `ratio`", "SQLite FTS5"])
def test_every_engine_finds_names_as_they_are_stored(page: str, engine: str) -> None:
    *_, unseen, _negatives, _time = rows_of(page, engine)
    first, among_five = map(int, unseen[1].split("/"))
    assert first >= 85
    assert among_five >= 95


def test_the_page_says_that_a_smoke_run_means_nothing(page: str) -> None:
    assert "smoke run" in page


def test_every_engine_is_asked_for_cells_and_for_names_of_nothing(page: str) -> None:
    assert "cells, Latin (" in page
    assert "cells, Arabic (" in page
    negatives = page.split("## Texts that name no place")[1].split("##", maxsplit=1)[0]
    for engine in ("**Buldan**", "rapidfuzz `ratio`", "SQLite FTS5"):
        ((_title, threshold, made_up, *_),) = rows_of(negatives, engine)
        assert threshold
        assert 0 <= float(made_up) <= 100


def test_a_cell_holds_the_name_and_only_villages_of_one_meaning(material: Material) -> None:
    latin, arabic = draw_cells(material, most=60)
    assert (len(latin.questions), len(arabic.questions)) == (60, 60)
    for group, word in ((latin, "sub-district"), (arabic, "ناحية")):
        assert sum(word in question.text for question in group.questions) >= 60 / len(FORMS["Latn"])
    assert not [question.text for question in arabic.questions if "ناحية ناحية" in question.text]
    assert draw_cells(material, most=60) == [latin, arabic]


def test_no_place_bears_a_made_up_negative(material: Material, tmp_path: Path) -> None:
    negatives = draw_negatives(material, tmp_path, most=80)
    assert list(negatives) == ["made up"]
    assert len(set(negatives["made up"])) > 70
    assert not {spelling(name) for name in negatives["made up"]} & {spelling(name) for _, name in material.entries}


def test_an_engine_ahead_is_shown_with_what_buldan_said() -> None:
    right, wrong = (
        Verdict("كفر | x", 3, is_right=True, is_among=True),
        Verdict("كفر | x", 7, is_right=False, is_among=True),
    )
    ours = Tally([0.1, 0.1], first=1, answers=[wrong, right])
    theirs = Tally([0.1, 0.1], first=2, answers=[right, right])
    behind = Tally([0.1], first=0, answers=[wrong])
    standings = [
        Standing(key, key, "", "", 0.0, None, {"typos": tally}, {}, "")
        for key, tally in (("buldan", ours), ("ratio", theirs), ("other", behind))
    ]
    *_, row = (line for line in compare(standings, {7: "Kafr"}) if line)
    assert row == "| typos | ratio | 2 of 2 | 1 | 1 | 0 | 1 | 0 | كفر \\| x → Kafr |"


def test_questions_lost_to_another_engine_are_listed_with_the_letters_between(material: Material) -> None:
    meant, given = material.row_of["bd5340ppdg"], material.row_of["bd59030mx4"]
    texts = "Tell Akaar", "Hama", "Tall Akarr"
    right = [Verdict(text, meant, is_right=True, is_among=True) for text in texts]
    lost = [
        Verdict(texts[0], given, is_right=False, is_among=True),
        Verdict(texts[1], given, is_right=False, is_among=False),
        Verdict(texts[2], None, is_right=False, is_among=False),
    ]
    tallies = {"buldan": Tally([0.1] * 3, answers=lost), "ratio": Tally([0.1] * 3, first=3, answers=right)}
    standings = [Standing(key, key, "", "", 0.0, None, {"typos": tally}, {}, "") for key, tally in tallies.items()]
    page = "\n".join(compare(standings, {given: "Hama"}, {"typos": material}))
    farther, nearer, silent = rows_of(page.split("### Question by question")[1], "typos")
    assert farther[1] == "Tell Akaar"
    likelier = "more letters differ, but the error is more common or the place better known"
    assert farther[6:] == ["yes", "`ratio`", likelier]
    assert nearer[4:] == ["Hama", "0", "no", "`ratio`", "the answer also has fewer different letters"]
    assert [*silent[4:6], silent[8]] == ["nothing", "", "no candidate reaches the minimum score"]


def test_every_claim_is_followed_by_a_mark(page: str) -> None:
    claims = page.split("## Targets of Buldan")[1].split("Processor time by group", maxsplit=1)[0]
    rows = [line for line in claims.splitlines() if line.startswith("| ")][1:]
    assert len(rows) >= 8
    assert all(row.rstrip("| ").endswith(("✓", "✗")) for row in rows)


def test_no_question_of_unseen_spelling_is_in_the_index(material: Material, tmp_path: Path) -> None:
    held_out, groups = draw_groups(material, tmp_path, most=60)
    stored = {spelling(name.name) for name in held_out.names}
    for group in groups[1:]:
        assert len(group.questions) == 60
        assert not [question.text for question in group.questions if spelling(question.text) in stored], group.title
    assert {place.id for place in held_out.places} == {name.place for name in held_out.names}


@pytest.mark.parametrize(
    ("title", "name", "changed"),
    [
        ("ة → ه", "القنيطرة", "القنيطره"),
        ("ة → ه", "حلب", None),
        ("ال dropped", "الحسكة", "حسكة"),
        ("ال dropped", "حلب", None),
    ],
)
def test_changes(title: str, name: str, changed: str | None) -> None:
    assert deform.CHANGES[title].apply(name, random.Random(0)) == changed


def test_a_clitic_joins_the_article_as_arabic_writes_it() -> None:
    added = {deform.CHANGES["clitic added"].apply("القصير", random.Random(seed)) for seed in range(40)}
    assert added == {"والقصير", "بالقصير", "للقصير", "فالقصير", "كالقصير"}


@pytest.mark.parametrize(("title", "name"), [("Arabic typo", "معرة النعمان"), ("Latin typo", "Khan Shaykhun")])
def test_a_typo_is_one_edit(title: str, name: str) -> None:
    from rapidfuzz.distance import DamerauLevenshtein

    for seed in range(200):
        changed = deform.CHANGES[title].apply(name, random.Random(seed))
        if changed is not None:
            assert DamerauLevenshtein.distance(name, changed) == 1


def test_hits_are_counted_by_distance() -> None:
    tally = Tally()
    for distances in ([4.9, 80.0], [80.0, 4.9], [], [5.1]):
        tally.add(Answer([], 0.001), distances)
    assert (tally.hit_1, tally.hit_5) == (0.25, 0.5)


def test_percentiles_are_of_the_nearest_rank() -> None:
    values = [float(n) for n in range(1, 101)]
    assert [percentile(values, percent) for percent in (50, 95, 99, 100)] == [50.0, 95.0, 99.0, 100.0]


def test_made_up_places_are_the_same_each_time_and_unlike_each_other(material: Material) -> None:
    first, second = (list(iter_synthetic(material, 3000)) for _ in range(2))
    assert first == second
    names = [name.name for _, own in first for name in own]
    assert 3000 <= len(names) < 3100
    assert len(set(names)) > 0.9 * len(names)
