"""Choose the small gazetteer that golden answers stand on, anew: `python tests/golden/freeze.py`.

It is kept beside the answers, so that new places and names in the packaged gazetteer do not change these.
"""

from __future__ import annotations

from pathlib import Path

from shapely.geometry import mapping, shape

from buldan.index import find_packaged_gazetteer
from buldan.store import read_areas, read_manifest, read_names, read_places, write_gazetteer
from buldan.text import fold

FROZEN = Path(__file__).parent / "gazetteer"

_NAMES = (
    *("حلب", "حمص", "حماة", "دمشق", "ريف دمشق", "إدلب", "اللاذقية", "طرطوس", "درعا", "السويداء", "القنيطرة", "الرقة"),
    *("دير الزور", "الحسكة", "القامشلي", "تدمر", "منبج", "الباب", "عفرين", "اعزاز", "جرابلس", "عين العرب", "السلمية"),
    *("صوران", "نوى", "يلدا", "الزهراء", "اليرموك", "دوما", "حرستا", "سلقين", "حارم", "كفر نبل", "نبل", "المزة"),
    *("القصير", "جبلة", "سراقب", "أريحا", "كفر لاتا", "معرة النعمان", "كفر تخاريم", "خان شيخون", "كفرنبودة"),
    *("الغوطة الشرقية", "الغوطة", "داريا", "سقبا", "حمورية", "الحجر الأسود", "ببيلا", "الوعر", "بابا عمرو", "الشعار"),
    *("تل أبيض", "سلوك", "تل عران", "بلاط", "قلعة الحصن", "الفرات", "العاصي", "مخيم الركبان", "الركبان"),
    *("ازرع", "صلخد", "القريا", "إنخل", "تل رفعت", "كفر حمرة", "بصرى الشام", "بصرى", "السيدة زينب", "جسر الشغور"),
    *("M5", "M4", "البوكمال", "الميادين", "المشفى الوطني", "سد تشرين", "مطار حلب", "باب الهوى", "الشيخ مقصود"),
)
"""Every bearer of these is kept, a dozen of each at most, and the units that they lie in."""

_MOST_BEARERS, _SIMPLER_DEG = 12, 0.02


def main() -> None:
    """Write the gazetteer of `_NAMES` into `tests/golden/gazetteer`."""
    source = find_packaged_gazetteer()
    names = list(read_names(source))
    places = {place.id: place for place in read_places(source)}
    kept: set[str] = set()
    for wanted in map(fold, _NAMES):
        bearers = dict.fromkeys(name.place for name in names if fold(name.name) == wanted)
        kept.update(list(bearers)[:_MOST_BEARERS])
    codes = {place.admin for place in places.values() if place.id in kept}
    chains = {code[:length] for code in codes for length in (2, 4, 6, 8)}
    kept |= {place.id for place in places.values() if place.identifiers.get("pcode") in chains}
    manifest = read_manifest(source)
    write_gazetteer(
        FROZEN,
        places=[
            place._replace(part_of=place.part_of if place.part_of in kept else "")
            for place in places.values()
            if place.id in kept
        ],
        names=[name for name in names if name.place in kept],
        areas={id_: _simplify(area) for id_, area in read_areas(source) if id_ in kept},
        retired={},
        version="golden",
        licence=manifest.licence,
        attribution=manifest.attribution,
        sources=manifest.sources,
    )


def _simplify(area: dict[str, object]) -> dict[str, object]:
    """An outline with fewer corners: small files, and still the unit's shape."""
    simpler = mapping(shape(area).simplify(_SIMPLER_DEG))
    return {"type": simpler["type"], "coordinates": _rounded(simpler["coordinates"])}


def _rounded(part: object) -> object:
    return [_rounded(each) for each in part] if isinstance(part, (tuple, list)) else round(float(part), 3)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
