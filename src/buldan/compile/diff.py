"""Differences of two gazetteers: places and names added or removed, places moved or of another kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

from buldan.errors import SourceError
from buldan.files.staging import open_staging
from buldan.geometry import distance_km
from buldan.store import PlaceRecord, read_manifest, read_names, read_places, read_retired

__all__ = ["Change", "Diff", "add_to_changelog", "diff"]

MOVED_KM = 0.01
"""Smaller changes of a point are ignored: coordinates are exact to about a metre."""


class Change(NamedTuple):
    """One difference: the place's id and name, and the values before and now."""

    place: str
    name: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Diff:
    """All differences, each list by place.

    Attributes:
        old, new: versions of the two gazetteers.
        came, went: places added and removed; `now` of a removed one is the id that replaced it, if any.
        moved: places, with the distance in kilometres and the two points.
        kinds: places whose kind changed.
        names_came, names_went: names added and removed of places that are in both.
    """

    old: str
    new: str
    came: tuple[Change, ...]
    went: tuple[Change, ...]
    moved: tuple[Change, ...]
    kinds: tuple[Change, ...]
    names_came: tuple[Change, ...]
    names_went: tuple[Change, ...]

    def __bool__(self) -> bool:
        return any((self.came, self.went, self.moved, self.kinds, self.names_came, self.names_went))

    def to_dict(self) -> dict[str, Any]:
        """The differences as values for JSON."""
        return {
            key: [change._asdict() for change in value] if isinstance(value, tuple) else value
            for key, value in asdict(self).items()
        }

    def to_lines(self, *, most: int | None = None) -> Iterator[str]:
        """The differences for people, as lines of Markdown; at most `most` of each kind."""
        yield f"{_HEADING}{self.new}, compared with {self.old}"
        for title, changes in self._titled():
            if changes:
                yield ""
                yield f"### {title}: {len(changes)}"
                yield from (_format_line(change) for change in changes[:most])
                if most is not None and len(changes) > most:
                    yield f"- and {len(changes) - most} more"
        if not self:
            yield ""
            yield "Nothing changed."

    def _titled(self) -> tuple[tuple[str, tuple[Change, ...]], ...]:
        return (
            ("Places that came", self.came),
            ("Places that went", self.went),
            ("Places that moved", self.moved),
            ("Places of another kind", self.kinds),
            ("Names that came", self.names_came),
            ("Names that went", self.names_went),
        )


def add_to_changelog(path: Path, changes: Diff, *, most: int | None = None) -> None:
    """Add a section on the newer gazetteer at the top of a changelog.

    It replaces a section on the same gazetteer, and one that compares another gazetteer with the same older one: that
    was an intermediate state.

    Raises:
        SourceError: the file cannot be read or written; it stays unchanged.
    """
    try:
        text = path.read_text("utf-8") if path.exists() else _CHANGELOG
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"cannot be read ({error})", path=path) from error
    head, *sections = text.split(f"\n{_HEADING}")
    superseded = (f"{changes.new}, ", f", compared with {changes.old}")
    kept = [section.rstrip() for section in sections if not any(one in section.split("\n")[0] for one in superseded)]
    new = "\n".join(changes.to_lines(most=most)).removeprefix(_HEADING)
    with open_staging(path) as staging:
        staging.write_text(f"\n\n{_HEADING}".join((head.rstrip(), new, *kept)) + "\n", "utf-8", newline="\n")


_HEADING = "## "
_CHANGELOG = """# Changes of the data

Newest first. Written by `buldan diff OLD NEW --changelog FILE`.
"""


def _format_line(change: Change) -> str:
    what = " → ".join(part for part in (change.before, change.now) if part)
    return f"- {change.name} (`{change.place}`): {what}"


def diff(old: Path, new: Path) -> Diff:
    """Every difference between the gazetteers in two folders.

    Raises:
        GazetteerError: one of them is missing or damaged.
    """
    versions = read_manifest(old).version, read_manifest(new).version
    before = {place.id: place for place in read_places(old)}
    now = {place.id: place for place in read_places(new)}
    retired = read_retired(new)
    both = sorted(before.keys() & now.keys())
    names_before, names_now = _names(old), _names(new)
    return Diff(
        old=versions[0],
        new=versions[1],
        came=tuple(Change(id_, _show(now[id_]), "", now[id_].kind) for id_ in sorted(now.keys() - before.keys())),
        went=tuple(
            Change(id_, _show(before[id_]), before[id_].kind, retired.get(id_, ""))
            for id_ in sorted(before.keys() - now.keys())
        ),
        moved=tuple(
            _describe_move(before[id_], now[id_]) for id_ in both if _measure_km(before[id_], now[id_]) >= MOVED_KM
        ),
        kinds=tuple(
            Change(id_, _show(now[id_]), before[id_].kind, now[id_].kind)
            for id_ in both
            if before[id_].kind != now[id_].kind
        ),
        names_came=tuple(_iter_name_changes(both, now, names_now, names_before, came=True)),
        names_went=tuple(_iter_name_changes(both, now, names_before, names_now, came=False)),
    )


def _names(folder: Path) -> dict[str, set[str]]:
    names: defaultdict[str, set[str]] = defaultdict(set)
    for name in read_names(folder):
        names[name.place].add(name.name)
    return names


def _iter_name_changes(
    ids: Iterable[str],
    places: dict[str, PlaceRecord],
    these: dict[str, set[str]],
    others: dict[str, set[str]],
    *,
    came: bool,
) -> Iterator[Change]:
    for id_ in ids:
        for text in sorted(these.get(id_, set()) - others.get(id_, set())):
            yield Change(id_, _show(places[id_]), "" if came else text, text if came else "")


def _show(place: PlaceRecord) -> str:
    return " / ".join(filter(None, (place.name_en, place.name_ar)))


def _measure_km(a: PlaceRecord, b: PlaceRecord) -> float:
    return distance_km((a.lon, a.lat), (b.lon, b.lat))


def _describe_move(a: PlaceRecord, b: PlaceRecord) -> Change:
    return Change(b.id, _show(b), f"{a.lon}, {a.lat}", f"{b.lon}, {b.lat} ({_measure_km(a, b):.2f} km)")
