"""Prints what Buldan answers to some names and a text: `python asking.py`, or `python asking.py interpreted`."""

import importlib.util
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path

SOURCES = Path(__file__).parents[2] / "src"
MODULES = {
    ".".join(path.relative_to(SOURCES).with_suffix("").parts): path.with_suffix(".py")
    for path in sorted(SOURCES.rglob("*.pxd"))
}
NAMES = [
    "يلدا", "الحجر الأسود", "ديرالزور", "وبالرقة", "كوباني", "معرّة النعمان", "بليد", "شيخ مسكين", "حي", "قرية النسيان",
    "Yelda", "al-Hajar al-Aswad", "Serêkaniyê", "Nawa (Daraa)", "Mazraet Elshmali", "Silos east of Palmyra/Tadmur",
    "Khan Shykhoon", "Tel Refat", "Springfield", "Mrrt", "Halba, Homs", "قرى برج صبنا وأبو تينة", "Tall", "Sh",
]  # fmt: skip
TEXT = "سيطر المقاتلون على بلدة حيان وقرية بيانون شمال حلب، ثم انسحبوا من معرشمشة إلى ريف ادلب الجنوبي وخان شيخون. "


class Sources:
    """Finds the modules that may be compiled in their sources alone."""

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None = None, target: object = None) -> ModuleSpec | None:
        return importlib.util.spec_from_file_location(name, MODULES[name]) if name in MODULES else None


def main() -> None:
    if "interpreted" in sys.argv:
        sys.meta_path.insert(0, Sources)  # type: ignore[arg-type]
    import buldan

    gaz = buldan.load()
    for name in NAMES:
        for match in [*gaz.lookup(name, limit=20), *gaz.lookup(name, within="Homs", kinds={"town", "village"})]:
            print(name, match.place.id, match.name.text, match.score, match.ambiguous, match.reasons)
        print(name, [(suggestion.text, suggestion.score) for suggestion in gaz.suggest(name[:3])])
    print(gaz.geoparse(TEXT).to_geojson())
    print(sorted(name for name in MODULES if not sys.modules[name].__file__.endswith(".py")), file=sys.stderr)


if __name__ == "__main__":
    main()
