"""The results of a `Gazetteer`: the matches of a lookup and the reading of a text. Each can be shown on a map.

They have the manifest of the gazetteer, and a function that reads the background of a map. They need the gazetteer
itself only when a map is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal

from buldan.errors import QueryError, needs_extra
from buldan.explore import explore, plot
from buldan.lookup import Match, Reason
from buldan.model import Place
from buldan.store import Manifest

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from matplotlib.axes import Axes

    from buldan.explore.folio import OfflineMap
    from buldan.formats import geojson
    from buldan.geoparse import Mention, StageRecord

__all__ = ["Matches", "ReadGround", "Reading"]

ReadGround = Callable[[], Sequence[Place]]
"""Gives the places that are the background of maps."""

_MOST_SHOWN = 10
"""Maximum number of mentions in the `repr` of a reading."""


class _Mapped:
    """Results that can be shown on a map (needs the extra `notebook`)."""

    manifest: Manifest
    read_ground: ReadGround

    def explore(self, *, lang: str = "en", title: str = "") -> OfflineMap:
        """Show an interactive `folium.Map`, coloured by score or confidence; it needs no network."""
        return explore(self, self.read_ground(), lang=lang, title=title, attribution=self.manifest.attribution)

    def plot(self, *, lang: str = "en", title: str = "", labels: int = 40, ax: Axes | None = None) -> Axes:
        """Draw a matplotlib map for print, with up to `labels` names in English (`en`) or Arabic (`ar`)."""
        attribution = self.manifest.attribution
        return plot(self, self.read_ground(), lang=lang, title=title, labels=labels, ax=ax, attribution=attribution)


class Matches(tuple[Match, ...], _Mapped):
    """The matches of one lookup, best first: a tuple of `Match`.

    Attributes:
        query: the text that was looked up.
        manifest: version, licence and attribution of the gazetteer.
        reasons: reasons for the question as a whole: why there is no answer (`no_letters`, `script_unread`), that it
            was read as typed on another keyboard (`keyboard`), which of its units could not be used.
        error: in the results of `lookup_many`, why this name could not be looked up; None otherwise.
    """

    query: str
    reasons: tuple[Reason, ...] = ()
    error: QueryError | None = None

    @classmethod
    def of(
        cls, matches: Iterable[Match], *, query: str, manifest: Manifest, read_ground: ReadGround = tuple
    ) -> Matches:
        """Matches with the query, the manifest of the gazetteer, and the reasons for the whole question."""
        made = cls(matches)
        made.query, made.manifest, made.read_ground = query, manifest, read_ground
        return made

    def _repr_html_(self) -> str:
        from buldan.formats import notebook  # noqa: PLC0415 - only for notebooks

        return notebook.matches_html(self, self.query, self.read_ground())

    def to_geojson(self) -> geojson.Collection:
        """An RFC 7946 FeatureCollection, one feature per match, with version and attribution."""
        from buldan.formats import geojson  # noqa: PLC0415 - only imported if it is used

        return geojson.matches_collection(self, self.manifest, query=self.query, reasons=self.reasons)

    @needs_extra("geo")
    def to_geodataframe(self) -> GeoDataFrame:
        """A GeoDataFrame, one row per match (needs the extra `geo`)."""
        from buldan.frames import matches_frame  # noqa: PLC0415 - geopandas only if it is used

        return matches_frame(self)


class Reading(Sequence["Mention"], _Mapped):
    """A text and its mentions: a sequence of `Mention` in the order of the text.

    Attributes:
        text: the text.
        mentions: the mentions, as a tuple.
        manifest: version, licence and attribution of the gazetteer.
        trace: with `geoparse(…, trace=True)`, what each stage found, kept and dropped, and why; empty otherwise.
    """

    trace: tuple[StageRecord, ...] = ()

    def __init__(
        self, text: str, mentions: Iterable[Mention], manifest: Manifest, read_ground: ReadGround = tuple
    ) -> None:
        self.text = text
        self.mentions = tuple(mentions)
        self.manifest = manifest
        self.read_ground = read_ground

    def __len__(self) -> int:
        return len(self.mentions)

    def __getitem__(self, position: Any) -> Any:
        return self.mentions[position]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Reading):
            return NotImplemented
        return self.text == other.text and self.mentions == other.mentions

    def __hash__(self) -> int:
        return hash((self.text, self.mentions))

    def __repr__(self) -> str:
        names = ", ".join(mention.text for mention in self.mentions[:_MOST_SHOWN])
        more = ", …" if len(self.mentions) > _MOST_SHOWN else ""
        return f"<Reading of {len(self.text)} characters, {len(self.mentions)} mentions: {names}{more}>"

    def _repr_html_(self) -> str:
        from buldan.formats import notebook  # noqa: PLC0415 - only for notebooks

        return notebook.show_mentions(self.mentions, self.read_ground())

    def to_geojson(self, *, by: Literal["mention", "place"] = "mention") -> geojson.MentionCollection:
        """A GeoJSON FeatureCollection: one feature per mention, or (`by="place"`) per place with all its mentions."""
        from buldan.formats import geojson  # noqa: PLC0415 - only imported if it is used

        return geojson.collect_mentions(self.mentions, self.manifest, by=by)

    def export(self, form: str, *, public_url: str = "", lang: str = "en") -> str:
        """Write the reading in the format of another tool, as one string.

        Args:
            form: one of `buldan.formats.forms.FORMS`: `jsonl`, `csv`, `tei`, `web-annotation`, `label-studio`,
                `kml`, `iob`.
            public_url: address of a Buldan service, to write ids of places as links; without it they are URNs.
            lang: language of the places' names.

        Raises:
            QueryError: `form` is unknown.
        """
        from buldan.formats.readings import Head, write_reading  # noqa: PLC0415 - only imported if it is used

        return write_reading(form, self.text, self.mentions, Head(self.manifest, public_url, lang))

    @needs_extra("geo")
    def to_geodataframe(self) -> GeoDataFrame:
        """A GeoDataFrame, one row per mention (needs the extra `geo`)."""
        from buldan.frames import mentions_frame  # noqa: PLC0415 - geopandas only if it is used

        return mentions_frame(self.mentions)
