"""A printed map: its names stand where there is room, and Arabic is shaped and ordered as it is read."""

import warnings
from pathlib import Path

import matplotlib
import numpy as np
import pytest
from matplotlib import pyplot as plt

import buldan
from buldan.explore import labels

matplotlib.use("Agg")

PICTURES = Path(__file__).parents[2] / "docs" / "images"
TEXT = (
    "وصلت الحافلات من حمص إلى تدمر، وسقط ثلج 10 كم شمال إدلب، وأُغلق الطريق بين دمشق ودرعا. "
    "وعادت الكهرباء إلى دير الزور والقامشلي وعفرين واللاذقية."
)


@pytest.fixture(autouse=True)
def _close() -> object:
    yield
    plt.close("all")


@pytest.fixture(params=["as it is", "DejaVu Sans alone"])
def machine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """This machine, and one without any font but matplotlib's own."""
    if request.param != "as it is":
        monkeypatch.setattr(labels.font_manager, "get_font_names", lambda: ["DejaVu Sans"])
    return request.param


def _words(ax) -> list[str]:
    return [text.get_text() for text in ax.texts]


def _inked(words: str, size: float = 60) -> np.ndarray:
    """Which pixels a text inks, in its own box; row 0 is the top."""
    figure = plt.figure(figsize=(6, 2), dpi=100)
    figure.text(0.1, 0.4, words, fontfamily=labels.list_fonts(), fontsize=size)
    figure.canvas.draw()
    ink = np.asarray(figure.canvas.buffer_rgba())[:, :, 0] < 128
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def test_arabic_letters_are_joined(machine: str) -> None:
    joined, apart = _inked("ببب"), _inked("ب\u200cب\u200cب")
    assert joined.shape[1] < 0.8 * apart.shape[1]


def test_arabic_runs_from_right_to_left(machine: str) -> None:
    ink = _inked("ادد")  # the tall alef is read first
    top = ink[: ink.shape[0] // 4]
    assert np.flatnonzero(top.any(axis=0)).min() > ink.shape[1] / 2


def test_numbers_and_latin_in_an_arabic_name_keep_their_own_order(machine: str) -> None:
    assert np.array_equal(_inked("10"), _inked("\u200f10"))
    assert not np.array_equal(_inked("10"), _inked("01"))


def test_a_reading_is_named_in_arabic_on_any_machine(
    gazetteer: buldan.Gazetteer, machine: str, request: pytest.FixtureRequest
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a letter that no font has is a warning
        ax = gazetteer.geoparse(TEXT).plot(lang="ar")
        ax.figure.canvas.draw()
    assert {"حمص", "تدمر", "10 كم شمال إدلب", "دير الزور", "القامشلي"} <= set(_words(ax))
    assert ax.get_legend().get_texts()[0].get_text() == "مؤكد"
    if request.config.getoption("--pictures"):
        ax.figure.savefig(PICTURES / "plot.png", dpi=90, pil_kwargs={"optimize": True})


def test_no_name_covers_another_or_leaves_the_map(gazetteer: buldan.Gazetteer) -> None:
    towns = gazetteer.browse(kinds=["city", "town"], limit=300).places
    ax = gazetteer.plot(towns, labels=300)
    ax.figure.canvas.draw()
    boxes = [text.get_window_extent() for text in ax.texts]
    assert len(boxes) >= 40
    assert not any(a.overlaps(b) for at, a in enumerate(boxes) for b in boxes[:at])
    assert all(ax.bbox.x0 <= box.x0 and box.x1 <= ax.bbox.x1 for box in boxes)


def test_at_most_so_many_names_are_asked_for(gazetteer: buldan.Gazetteer) -> None:
    cities = gazetteer.browse(kinds=["village"], limit=100).places
    names = {place.name("en") for place in cities}
    ax = gazetteer.plot(cities, labels=3, lang="en")
    assert len([word for word in _words(ax) if word in names]) <= 3


def test_all_that_is_shown_is_in_view_at_its_right_proportion(gazetteer: buldan.Gazetteer) -> None:
    matches = gazetteer.lookup("الشيخ سعيد")
    ax = matches.plot(lang="en")
    (west, east), (south, north) = ax.get_xlim(), ax.get_ylim()
    assert all(west < match.place.lon < east and south < match.place.lat < north for match in matches)
    assert ax.get_aspect() == pytest.approx(1.21, abs=0.04)  # 1 / cos 35°


def test_a_choropleth_names_the_units_that_have_something(gazetteer: buldan.Gazetteer) -> None:
    from buldan.summarise import summarise

    counts = summarise(gazetteer.geoparse(TEXT).to_geodataframe(), gazetteer, by="governorate").frame
    ax = gazetteer.plot(counts, value="mentions", lang="ar")
    assert ax.get_legend().get_title().get_text() == "مرات الذكر"
    assert ax.get_legend().get_texts()[0].get_text() == "0"
    assert "الحسكة" in _words(ax)
    assert "السويداء" not in _words(ax)


def test_it_draws_on_axes_of_ours(gazetteer: buldan.Gazetteer) -> None:
    figure, (left, right) = plt.subplots(1, 2)
    assert gazetteer.lookup("Palmyra").plot(ax=right) is right
    assert not left.texts
    assert figure.axes == [left, right]


def test_the_land_alone(gazetteer: buldan.Gazetteer) -> None:
    ax = gazetteer.plot(lang="ar")
    assert "دمشق" in _words(ax)
    assert ax.get_legend() is None
    assert "OCHA" in ax.get_xlabel()
