"""The door: one class that people talk to, over the packaged gazetteer or another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import tee
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

from buldan.answers import Matches, Reading
from buldan.errors import GazetteerError, PlaceNotFound, QueryError
from buldan.explore import GROUND_KINDS, explore, plot
from buldan.geometry import Bounds
from buldan.index import Index, open_index
from buldan.kinds import Kind, kinds_named
from buldan.lookup import Lookup, Nearby, Page, Reason, Suggestion, browse, count_by_kind
from buldan.model import Origin, Place
from buldan.store import Manifest

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from buldan.explore.folio import OfflineMap
    from buldan.geoparse import Geoparser, Mention

__all__ = ["Gazetteer", "Matches", "Reading", "load"]

_OPEN: WeakValueDictionary[Origin, Gazetteer] = WeakValueDictionary()
"""Gazetteers of this process: what comes back from another one meets the gazetteer that it left."""


@dataclass(frozen=True, slots=True)
class _GroundAt:
    """Reads the places that maps are drawn over; a result that carries it needs no gazetteer until it is drawn."""

    origin: Origin

    def __call__(self) -> Sequence[Place]:
        return _reopen(self.origin).ground()


def _draw_place(place: Place) -> str:
    """A place on the land of the gazetteer that it came from; nothing where there is none, or it is gone."""
    if place.origin is None:
        return ""
    try:
        ground = _reopen(place.origin).ground()
    except GazetteerError:  # the table under the map says what the place is without it
        return ""
    from buldan.formats import notebook  # noqa: PLC0415 - notebooks alone draw

    return notebook.draw_place(place, ground)


Place.draw_map = staticmethod(_draw_place)


class Gazetteer:
    """Places of Syria with their names, to look up, to read with, and to walk through.

    It pickles as where it was loaded from and which version that was, and is loaded again from there.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._lookup = Lookup(index)
        self._read_ground = _GroundAt(index.origin)
        _OPEN[index.origin] = self

    def __reduce__(self) -> tuple[Callable[[Origin], Gazetteer], tuple[Origin]]:
        return _reopen, (self._index.origin,)

    @cached_property
    def _geoparser(self) -> Geoparser:
        from buldan.geoparse import Geoparser  # noqa: PLC0415 - a lookup starts without it

        return Geoparser(self._index, self._lookup)

    @property
    def manifest(self) -> Manifest:
        """Version, licence, attribution and sources."""
        return self._index.manifest

    @property
    def version(self) -> str:
        """Version of the data."""
        return self.manifest.version

    def __repr__(self) -> str:
        return f"<Gazetteer {self.version}: {len(self):,} places>"

    def __len__(self) -> int:
        return len(self._index.places)

    def __iter__(self) -> Any:
        return iter(self._index.places)

    def lookup(
        self,
        text: str,
        *,
        within: str | Sequence[object] | None = None,
        near: tuple[float, float] | None = None,
        kinds: Iterable[str] | None = None,
        limit: int = 5,
    ) -> Matches:
        """The places that `text` may name, in any spelling of Arabic or Latin script, best first.

        >>> import buldan
        >>> best = buldan.load().lookup("Yelda", within="Rif Dimashq", limit=1)[0]
        >>> best.place.pcode, best.place.kind, round(best.score, 1)
        ('C2302', 'town', 0.9)

        Args:
            text: a name, with or without generic words and qualifiers ("Nawa (Daraa)", "يلدا، ريف دمشق").
            within: the unit that holds the place, by name, id or P-code; or units from wide to narrow, each read
                inside the one before it. A place outside can still be an answer, with a lower score. A string must
                name a unit; of a sequence, blank, unknown and contradicting units and other countries are ignored,
                and the reasons of each match say so (`unit_unread`, `unit_unknown`, `unit_contradicts`,
                `unit_abroad`). If all places of the name lie far outside a district or sub-district, that unit is the
                first match (`unit_only`).
            near: (lon, lat) in degrees; nearer homonyms come first.
            kinds: kinds or groups of kinds (`buldan.kinds`) to keep.
            limit: maximum number of matches, 1..100.

        Returns:
            A tuple of `Match`, each with `place`, `score` (0..1: the probability that this place is meant) and
            `reasons`; empty if nothing is likely enough.

        Raises:
            QueryError: an argument that cannot be used; its `field` names the argument.
        """
        found = self._lookup.find(text, within=within, near=near, kinds=kinds, limit=limit)
        matches = Matches.of(found.matches, query=text, manifest=self.manifest, read_ground=self._read_ground)
        matches.reasons = found.reasons
        return matches

    def lookup_many(
        self,
        texts: Sequence[str],
        *,
        within: Sequence[str | Sequence[object] | None] | str | None = None,
        near: tuple[float, float] | None = None,
        kinds: Iterable[str] | None = None,
        limit: int = 5,
    ) -> list[Matches]:
        """`lookup` for each text, with the same answers as one by one.

        >>> import buldan
        >>> found = buldan.load().lookup_many(["Yalda", "", "نوى"], within=["SY03", None, "Daraa"], limit=1)
        >>> [matches[0].place.pcode if matches else str(matches.error) for matches in found]
        ['C2302', 'row 2: the text is empty; give a place name', 'C6124']

        Args:
            texts: the names.
            within: one unit for all texts (a string), or a sequence with one entry for each text: a unit, a chain of
                units from wide to narrow, or None.
            near, kinds, limit: as for `lookup`, for all texts.

        Returns:
            A list of `Matches`, one for each text, in their order. If a text or its own unit cannot be used, its
            matches are empty and `error` names the row, counted from 1; the others are answered.

        Raises:
            QueryError: an argument for all texts cannot be used: `near`, `kinds`, `limit`, or one unit for all.
            ValueError: `within` has another number of entries than `texts`.
        """
        kept = None if kinds is None else frozenset(kinds)
        places: Sequence[str | Sequence[object] | None]
        if within is None or isinstance(within, str):
            places, own = [within] * len(texts), {"text"}
        else:
            places, own = within, {"text", "within"}
        answers = []
        for number, (text, place) in enumerate(zip(texts, places, strict=True), start=1):
            try:
                answers.append(self.lookup(text, within=place, near=near, kinds=kept, limit=limit))
            except QueryError as error:
                if error.field not in own:
                    raise
                refused = Matches.of((), query=text, manifest=self.manifest, read_ground=self._read_ground)
                refused.error = QueryError(f"row {number}: {error}", field=error.field)
                answers.append(refused)
        return answers

    def read_units(self, within: Sequence[object]) -> tuple[list[tuple[str, list[Place]]], tuple[Reason, ...]]:
        """What `lookup` takes a chain of units for.

        Returns:
            From wide to narrow, each name that it understood with the places that it may mean; and for what it
            leaves out, the reason.
        """
        return self._lookup.read_within(within)

    def suggest(self, prefix: str, *, near: tuple[float, float] | None = None, limit: int = 10) -> list[Suggestion]:
        """Names that begin with `prefix`, in Arabic or Latin script, the most prominent first.

        >>> import buldan
        >>> buldan.load().suggest("Yald", limit=1)[0].place.pcode
        'C2302'

        Args:
            prefix: the beginning of a name.
            near: (lon, lat) in degrees; nearer places come first.
            limit: maximum number of suggestions, 1..100.

        Returns:
            A list of `Suggestion`, each with `text` (the name) and `place`; empty if no name begins so.

        Raises:
            QueryError: an argument that cannot be used.
        """
        return self._lookup.suggest(prefix, near=near, limit=limit)

    def reverse(
        self,
        *,
        lon: float,
        lat: float,
        kinds: Iterable[str] | None = None,
        radius_km: float | None = None,
        limit: int = 5,
    ) -> list[Nearby]:
        """The places at or around a point.

        >>> import buldan
        >>> nearest = buldan.load().reverse(lon=36.3211, lat=33.4645, kinds=["town"], limit=1)[0]
        >>> nearest.place.pcode, round(nearest.distance_km, 1)
        ('C2302', 0.0)

        Args:
            lon, lat: the point in degrees (WGS 84).
            kinds: kinds or groups of kinds to keep.
            radius_km: how far to search, in kilometres; 25 if not given.
            limit: maximum number of places, 1..100; units that hold the point are not counted.

        Returns:
            A list of `Nearby`, each with `place` and `distance_km`: the quarters that hold the point and the nearest
            places, then all units that hold the point, from narrow to wide. With `kinds`, only places of these kinds:
            those that hold the point, the smallest first, then the nearest.

        Raises:
            QueryError: a point outside the world or with its degrees swapped, or an unknown kind.
        """
        return self._lookup.reverse(lon=lon, lat=lat, kinds=kinds, radius_km=radius_km, limit=limit)

    def browse(
        self,
        *,
        kinds: Iterable[str | Kind] | None = None,
        unit: str | None = None,
        bounds: Bounds | None = None,
        by_area: bool = False,
        by_weight: bool = False,
        offset: int = 0,
        limit: int = 100,
    ) -> Page:
        """A page of places, with how many there are in all, in the order of their ids.

        Args:
            kinds: kinds or groups of kinds to keep, by name, or as a `buldan.kinds.Kind` itself alone.
            unit: P-code of the admin unit that holds them.
            bounds: (west, south, east, north) in degrees that they must meet.
            by_area: meet the box by outlines where there are any, not by points.
            by_weight: give those that are talked of most first, instead.
            offset: how many to skip.
            limit: how many to give.

        Raises:
            QueryError: an unknown kind, or a unit that is no P-code of one.
        """
        kept = None if kinds is None else frozenset().union(*map(kinds_named, kinds))
        return browse(
            self._index,
            kinds=kept,
            unit=unit,
            bounds=bounds,
            by_area=by_area,
            by_weight=by_weight,
            offset=offset,
            limit=limit,
        )

    def counts(self) -> dict[str, int]:
        """How many places there are of each kind."""
        return count_by_kind(self._index)

    def geoparse(self, text: str, *, foreign: bool = False, trace: bool = False) -> Reading:
        """The places that a text mentions, with exact offsets.

        >>> import buldan
        >>> reading = buldan.load().geoparse("خرج المقاتلون من يلدا")
        >>> [(mention.text, mention.start, mention.end, mention.place.pcode) for mention in reading]
        [('يلدا', 17, 21, 'C2302')]

        Args:
            text: Arabic, English or both.
            foreign: include places outside Syria; their mentions have `foreign=True`.
            trace: set the reading's `trace`: what each stage found, kept and dropped, and why.

        Returns:
            A `Reading`: a sequence of `Mention` in the order of the text, each with `start` and `end` (code points,
            half-open), `text`, `place` and `confidence` (0..1); empty if the text mentions no place.
        """
        if trace:
            mentions, records = self._geoparser.read_traced(text, foreign=foreign)
            reading = Reading(text, mentions, self.manifest, self._read_ground)
            reading.trace = records
            return reading
        return Reading(text, self._geoparser.read(text, foreign=foreign), self.manifest, self._read_ground)

    def iter_mentions(self, text: str, *, foreign: bool = False) -> Iterator[Mention]:
        """As `geoparse`, passage by passage: a long text costs no more memory than one of its passages."""
        return self._geoparser.iter_mentions(text, foreign=foreign)

    def geoparse_many(self, texts: Iterable[str], *, foreign: bool = False) -> Iterator[Reading]:
        """`geoparse` for each of many texts: the same answers, several times as fast for short texts.

        Texts are read together, some tens of thousands of characters at once, and taken from `texts` as they are
        needed. No text changes the answer of another.

        >>> import buldan
        >>> readings = buldan.load().geoparse_many(["Fighting in Douma and Harasta.", "هدوء في السويداء"])
        >>> [len(reading) for reading in readings]
        [2, 1]

        Args:
            texts: the texts, each Arabic, English or both.
            foreign: include places outside Syria.

        Returns:
            An iterator of `Reading`, one for each text, in their order.
        """
        ahead, asked = tee(texts)
        for text, mentions in zip(asked, self._geoparser.read_many(ahead, foreign=foreign), strict=True):
            yield Reading(text, mentions, self.manifest, self._read_ground)

    def ground(self) -> tuple[Place, ...]:
        """The places that maps are drawn over: country, governorates, waters, roads, cities, outlines of quarters."""
        return self.browse(kinds=GROUND_KINDS, limit=10_000).places

    def explore(self, what: Any = (), *, value: str | None = None, lang: str = "en", title: str = "") -> OfflineMap:
        """A map to move about in that needs no network: a `folium.Map`, in one call (needs the extra `notebook`).

        Args:
            what: places, matches, mentions, or a GeoDataFrame such as `buldan.geocode` gives; nothing shows the land.
            value: a column of the frame whose amounts colour its areas (a choropleth).
            lang: `ar` or `en`, for names.
            title: stands over the map.

        Raises:
            QueryError: nothing that can be shown, or a frame without that column.
        """
        attribution = self.manifest.attribution
        return explore(what, self._read_ground(), lang=lang, value=value, title=title, attribution=attribution)

    def plot(
        self,
        what: Any = (),
        *,
        value: str | None = None,
        lang: str = "en",
        title: str = "",
        labels: int = 40,
        ax: Axes | None = None,
    ) -> Axes:
        """The same as a matplotlib map to print, Arabic names shaped and ordered as they are read."""
        return plot(
            what,
            self._read_ground(),
            lang=lang,
            value=value,
            title=title,
            labels=labels,
            attribution=self.manifest.attribution,
            ax=ax,
        )

    def _repr_html_(self) -> str:
        from buldan.formats import notebook  # noqa: PLC0415 - notebooks alone draw

        return notebook.show_gazetteer(self.manifest, self.counts(), self._read_ground())

    def place(self, id: str) -> Place:
        """The place with this id: Buldan's own, a P-code, `scheme:value` ("wikidata:Q3766"), or a GeoNames number.

        Raises:
            PlaceNotFound: no such place; a retired id is followed to the place that replaced it.
        """
        found = self._index.find_id(id)
        if found is None:
            raise PlaceNotFound(f"no place has the id {id!r} in gazetteer {self.version}")
        return found


def load(path: str | Path | None = None, *, overlay: str | Path | Mapping[str, Any] | None = None) -> Gazetteer:
    """The packaged gazetteer, or the one in folder `path`, with your own places from `overlay` merged in.

    Raises:
        GazetteerError: missing, damaged or of another schema.
        SourceError: an overlay that cannot be used; names file, row and column.
    """
    return Gazetteer(open_index(path, overlay=overlay))


def _reopen(origin: Origin) -> Gazetteer:
    """The gazetteer that was opened there: the one of this process, else loaded.

    Raises:
        GazetteerError: there is none, or another version.
    """
    found = _OPEN.get(origin)
    return _load_again(origin) if found is None else found


@lru_cache(maxsize=2)
def _load_again(origin: Origin) -> Gazetteer:
    """Kept: a worker meets the same gazetteer in every task."""
    gaz = load(origin.path, overlay=origin.overlay)
    if gaz.version != origin.version:
        where = origin.path or "the package"
        raise GazetteerError(
            f"{where}: this is version {gaz.version} of the gazetteer, what was pickled came from {origin.version}; "
            "use the same gazetteer and overlay in all processes"
        )
    return gaz
