"""The main entry point: the class `Gazetteer`, over the packaged gazetteer or another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Sized
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
from buldan.kinds import Kind, kinds_among
from buldan.lookup import Lookup, Nearby, Page, Reason, Suggestion, browse, count_by_kind
from buldan.lookup.checks import check_string
from buldan.model import Origin, Place
from buldan.store import Manifest

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from buldan.explore.folio import OfflineMap
    from buldan.geoparse import Geoparser, Mention

__all__ = ["Gazetteer", "Matches", "Reading", "load"]

_OPEN: WeakValueDictionary[Origin, Gazetteer] = WeakValueDictionary()
"""Open gazetteers of this process, so that results that return from another process find theirs."""


@dataclass(frozen=True, slots=True)
class _GroundAt:
    """Reads the background of maps, so that a result needs the gazetteer only when it is drawn."""

    origin: Origin

    def __call__(self) -> Sequence[Place]:
        return _reopen(self.origin).ground()


def _draw_place(place: Place) -> str:
    """An SVG map of a place on the land of its gazetteer; empty if it has no gazetteer, or that is gone."""
    if place.origin is None:
        return ""
    try:
        ground = _reopen(place.origin).ground()
    except GazetteerError:  # the table of the place is shown without a map
        return ""
    from buldan.formats import notebook  # noqa: PLC0415 - only for notebooks

    return notebook.draw_place(place, ground)


Place.draw_map = staticmethod(_draw_place)


class Gazetteer:
    """Places of Syria with their names: look up names, find places in texts, list places, draw maps.

    Make one with `buldan.load()`. `len(gaz)` is the number of places; `for place in gaz` gives each `Place`. A pickle
    has only the path and the version; unpickling loads the same gazetteer again.
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
        """Find the places that `text` may name, in any spelling of Arabic or Latin script, best first.

        >>> import buldan
        >>> best = buldan.load().lookup("Yelda", within="Rif Dimashq", limit=1)[0]
        >>> best.place.pcode, best.place.kind, best.score > 0.9
        ('C2302', 'town', True)

        Args:
            text: a name, with or without generic words and qualifiers ("Nawa (Daraa)", "يلدا، ريف دمشق").
            within: the unit that contains the place, by name, id or P-code; or a sequence of units from wide to narrow,
                each read inside the one before it. A place outside can still be an answer, with a lower score. A
                string must name a unit. In a sequence, blank, unknown and contradicting units and other countries are
                ignored, and the reasons of each match say so (`unit_unread`, `unit_unknown`, `unit_contradicts`,
                `unit_abroad`). If all places of the name are far outside a district or sub-district, that unit is the
                first match (`unit_only`).
            near: (lon, lat) in degrees; of places with the same name, nearer ones come first.
            kinds: kinds or groups of kinds to keep, such as `["town"]` or `["group:settlement"]` (`buldan.kinds`).
            limit: maximum number of matches, 1..100.

        Returns:
            A tuple of `Match`, each with `place`, `score` (0..1: the probability that this place is meant) and
            `reasons`; empty if nothing is likely enough.

        Raises:
            QueryError: an argument cannot be used, for example an empty text or an unknown unit; `field` names the
                argument.
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
        """Look up many names; the answers are the same as with `lookup` for each.

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
            QueryError: an argument for all texts cannot be used: `near`, `kinds`, `limit`, or one unit for all; or
                `within` and `texts` have different lengths.
        """
        if isinstance(texts, str | bytes) or not isinstance(texts, Sized):
            raise QueryError(f"texts must be a list of names, not {type(texts).__name__}", field="texts")
        kept = None if kinds is None else kinds_among(kinds)
        places: Sequence[str | Sequence[object] | None]
        if within is None or isinstance(within, str):
            places, own = [within] * len(texts), {"text"}
        else:
            places, own = within, {"text", "within"}
        if len(places) != len(texts):
            raise QueryError(f"within has {len(places)} entries for {len(texts)} texts", field="within")
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
        """Show how `lookup` reads a sequence of units.

        Args:
            within: names, ids or P-codes of units, from wide to narrow.

        Returns:
            Two values: a list of each name that was understood with the places that it may mean, from wide to narrow;
            and the reasons for the names that were ignored.
        """
        return self._lookup.read_within(within)

    def suggest(self, prefix: str, *, near: tuple[float, float] | None = None, limit: int = 10) -> list[Suggestion]:
        """List the names that begin with `prefix`, in Arabic or Latin script, the most prominent first.

        >>> import buldan
        >>> buldan.load().suggest("Yald", limit=1)[0].place.pcode
        'C2302'

        Args:
            prefix: the beginning of a name.
            near: (lon, lat) in degrees; nearer places come first.
            limit: maximum number of suggestions, 1..100.

        Returns:
            A list of `Suggestion`, each with `text` (the name) and `place`; empty if no name begins
            with `prefix`.

        Raises:
            QueryError: an argument cannot be used; `field` names the argument.
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
        """List the places at or around a point.

        >>> import buldan
        >>> nearest = buldan.load().reverse(lon=36.3211, lat=33.4645, kinds=["town"], limit=1)[0]
        >>> nearest.place.pcode, round(nearest.distance_km, 1)
        ('C2302', 0.0)

        Args:
            lon, lat: the point in degrees (WGS 84).
            kinds: kinds or groups of kinds to keep.
            radius_km: how far to search, in kilometres; 25 if not given.
            limit: maximum number of places, 1..100; units that contain the point are not counted.

        Returns:
            A list of `Nearby`, each with `place` and `distance_km`: the quarters that contain the point and the
            nearest places, then all units that contain the point, from narrow to wide. With `kinds`, only places of
            these kinds: those that contain the point, the smallest first, then the nearest.

        Raises:
            QueryError: the point is not on the globe, longitude and latitude are swapped, or a kind is unknown.
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
        """List places, one page at a time, in the order of their ids.

        Args:
            kinds: kinds or groups of kinds to keep, by name; a `buldan.kinds.Kind` means only that kind.
            unit: P-code of the administrative unit that contains the places.
            bounds: a box (west, south, east, north) in degrees that the places must be in.
            by_area: if a place has an outline, compare the box with that instead of the point.
            by_weight: the most prominent places first, instead of the order of ids.
            offset: number of places to skip.
            limit: maximum number of places.

        Returns:
            A `Page`: `places`, and how many places there are on all pages.

        Raises:
            QueryError: an unknown kind, or a `unit` that is not the P-code of a unit.
        """
        kept = None if kinds is None else kinds_among(kinds)
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
        """Count the places of each kind, as `{kind: count}`."""
        return count_by_kind(self._index)

    def geoparse(self, text: str, *, foreign: bool = False, trace: bool = False) -> Reading:
        """Find the places that a text mentions, with exact offsets.

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
            half-open), `text`, `place`, `confidence` (0..1: the probability that this is a mention and that its place
            is right), `alternatives` and `relation`; empty if the text mentions no place.

        Raises:
            QueryError: `text` is not a string.
        """
        _check_text(text)
        if trace:
            mentions, records = self._geoparser.read_traced(text, foreign=foreign)
            reading = Reading(text, mentions, self.manifest, self._read_ground)
            reading.trace = records
            return reading
        return Reading(text, self._geoparser.read(text, foreign=foreign), self.manifest, self._read_ground)

    def iter_mentions(self, text: str, *, foreign: bool = False) -> Iterator[Mention]:
        """Give the mentions of `geoparse` one by one; a long text needs no more memory than one of its passages."""
        _check_text(text)
        return self._geoparser.iter_mentions(text, foreign=foreign)

    def geoparse_many(self, texts: Iterable[str], *, foreign: bool = False) -> Iterator[Reading]:
        """Find the places in many texts: the same answers as `geoparse`, several times as fast for short texts.

        Texts are read together, tens of thousands of characters at a time, and taken from `texts` as needed. The answer
        for a text does not depend on the other texts.

        >>> import buldan
        >>> readings = buldan.load().geoparse_many(["Fighting in Douma and Harasta.", "هدوء في السويداء"])
        >>> [len(reading) for reading in readings]
        [2, 1]

        Args:
            texts: the texts, each Arabic, English or both.
            foreign: include places outside Syria.

        Returns:
            An iterator of `Reading`, one for each text, in their order.

        Raises:
            QueryError: an entry of `texts` is not a string; the message has its number, counted from 1.
        """
        ahead, asked = tee(_iter_checked(texts))
        for text, mentions in zip(asked, self._geoparser.read_many(ahead, foreign=foreign), strict=True):
            yield Reading(text, mentions, self.manifest, self._read_ground)

    def ground(self) -> tuple[Place, ...]:
        """The places of the base map: country, governorates, waters, roads, cities, outlines of quarters."""
        return self.browse(kinds=GROUND_KINDS, limit=10_000).places

    def explore(self, what: Any = (), *, value: str | None = None, lang: str = "en", title: str = "") -> OfflineMap:
        """Show an interactive map that needs no network (needs the extra `notebook`).

        Args:
            what: places, matches, mentions, or a GeoDataFrame such as the result of `buldan.geocode`; without it, the
                map shows only the land.
            value: a column of the GeoDataFrame whose values colour its areas (a choropleth).
            lang: language of the names, `ar` or `en`.
            title: shown above the map.

        Returns:
            A `folium.Map`.

        Raises:
            QueryError: `what` cannot be shown, or the frame has no column `value`.
            MissingExtra: the extra `notebook` is not installed.
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
        """Draw a map for print with matplotlib (needs the extra `notebook`). Arabic names are drawn correctly.

        Args:
            what, value, lang, title: as for `explore`.
            labels: maximum number of names; names that would overlap are left out.
            ax: where to draw; a new figure if not given.

        Returns:
            The matplotlib `Axes`.

        Raises:
            QueryError: `what` cannot be shown, or the frame has no column `value`.
            MissingExtra: the extra `notebook` is not installed.
        """
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
        from buldan.formats import notebook  # noqa: PLC0415 - only for notebooks

        return notebook.show_gazetteer(self.manifest, self.counts(), self._read_ground())

    def place(self, id: str) -> Place:
        """Get the place with this id.

        >>> import buldan
        >>> buldan.load().place("C2302").name("en")
        'Yalda'

        Args:
            id: Buldan's own id, a P-code, `scheme:value` ("wikidata:Q3766"), or a GeoNames number. A retired id gives
                the place that replaced it.

        Raises:
            PlaceNotFound: no place has this id.
            QueryError: `id` is not a string.
        """
        check_string(id, "an id", field="id")
        found = self._index.find_id(id)
        if found is None:
            raise PlaceNotFound(f"no place has the id {id!r} in gazetteer {self.version}")
        return found


def _check_text(text: str, called: str = "the text") -> None:
    """Check that an argument is text.

    Raises:
        QueryError: it is not; the message says what it is.
    """
    check_string(text, called, advice="; decode it first" if isinstance(text, bytes) else "")


def _iter_checked(texts: Iterable[str]) -> Iterator[str]:
    """The texts of `geoparse_many`, each checked when it is taken."""
    if isinstance(texts, str | bytes) or not isinstance(texts, Iterable):
        raise QueryError(f"texts must be a list of texts, not {type(texts).__name__}", field="texts")
    for number, text in enumerate(texts, start=1):
        _check_text(text, f"text {number}")
        yield text


def load(path: str | Path | None = None, *, overlay: str | Path | Mapping[str, Any] | None = None) -> Gazetteer:
    """Open the packaged gazetteer or another one, with your own places merged in.

    >>> import buldan
    >>> gaz = buldan.load()
    >>> gaz.lookup("Yelda", within="Rif Dimashq")[0].place.pcode
    'C2302'

    Args:
        path: folder of a gazetteer; the packaged one if not given.
        overlay: your own places: a CSV or GeoJSON file, or a GeoJSON FeatureCollection as a dict. Its columns are
            described in docs/tables.md.

    Returns:
        A `Gazetteer`.

    Raises:
        GazetteerError: the gazetteer is missing, damaged or has another schema.
        SourceError: the overlay cannot be used; the message names the file, row and column.
    """
    return Gazetteer(open_index(path, overlay=overlay))


def _reopen(origin: Origin) -> Gazetteer:
    """The gazetteer of an origin: the open one of this process, or else loaded.

    Raises:
        GazetteerError: there is no gazetteer, or it has another version.
    """
    found = _OPEN.get(origin)
    return _load_again(origin) if found is None else found


@lru_cache(maxsize=2)
def _load_again(origin: Origin) -> Gazetteer:
    """Load a gazetteer again. The result is cached, since a worker needs the same gazetteer in every task."""
    gaz = load(origin.path, overlay=origin.overlay)
    if gaz.version != origin.version:
        where = origin.path or "the package"
        raise GazetteerError(
            f"{where}: this is version {gaz.version} of the gazetteer, what was pickled came from {origin.version}; "
            "use the same gazetteer and overlay in all processes"
        )
    return gaz
