"""What a route needs: the gazetteer, the settings, the threads for long work, the address of the service."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import Event
from typing import Any, TypeVar

from fastapi import Request

from buldan.formats.ogc import Collection
from buldan.gazetteer import Gazetteer
from buldan.http.executor import BoundedExecutor
from buldan.http.facades.ogc import collections_in
from buldan.http.feature_cache import FeatureCache
from buldan.http.free_memory import return_free_memory
from buldan.http.mention_writer import MentionWriter
from buldan.http.schema.problems import TooLarge
from buldan.http.text_batches import TextBatches
from buldan.settings import Settings

T = TypeVar("T")

# Most names are shorter with three units behind them.
_SHORT_NAME = 100
"""Characters of a question that is answered between others; one with many qualifiers may take a second."""

__all__ = ["Service", "check_batch", "find_base_url", "get_service", "keep_loaded"]


@dataclass(frozen=True)
class Service:
    """One worker's share of the world."""

    gaz: Gazetteer
    settings: Settings
    executor: BoundedExecutor
    feature_cache: FeatureCache
    mention_writer: MentionWriter
    text_batches: TextBatches
    reads_at_once: Event = field(default_factory=Event)
    """Set when the geoparser has been opened, which takes seconds; until then texts are read in a thread."""

    def prepare(self) -> None:
        """Do before the first question what would make it late: write the places out, open the geoparser."""
        self.feature_cache.write_out(self.gaz)
        # Any text opens the geoparser; a word that is a place opens the tables of places, too.
        self.gaz.geoparse("سوريا")
        _ = self.collections
        keep_loaded()
        self.reads_at_once.set()

    async def run_short_inline(self, text: str, work: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """What `work` returns for a question: at once, or for a long text in a thread, where it holds up no other."""
        if len(text) <= _SHORT_NAME:
            return work(*args, **kwargs)
        return await self.executor.run(work, *args, **kwargs)

    @property
    def head(self) -> dict[str, str]:
        """What travels with every answer."""
        manifest = self.gaz.manifest
        return {
            "version": manifest.version,
            "attribution": manifest.attribution,
            "licence": manifest.licence,
        }

    @cached_property
    def collections(self) -> dict[str, Collection]:
        """The collections of OGC API – Features."""
        return collections_in(self.gaz)

    @property
    def data_updated(self) -> str:
        """The newest date of a source, which may lack day or month, as an instant (RFC 3339)."""
        dates = [source.date for source in self.gaz.manifest.sources if source.date]
        year, month, day = (*max(dates, default="1970").split("-"), "01", "01")[:3]
        return f"{year}-{month}-{day[:2]}T00:00:00+00:00"


def keep_loaded() -> None:
    """Tell the garbage collector that what is loaded by now stays: looking through it takes longer than a lookup."""
    # What is garbage by now would be kept for ever by the freeze.
    gc.collect()
    gc.freeze()
    return_free_memory()


def get_service(request: Request) -> Service:
    """The service that a request has come to."""
    service = request.app.state.service
    assert isinstance(service, Service)
    return service


def check_batch(service: Service, names: Sequence[str], *, what: str = "names") -> None:
    """Take no more names (or texts) at once, and no longer ones together, than the settings allow.

    Raises:
        TooLarge: says how many there are and may be.
    """
    most, letters = service.settings.max_batch, service.settings.max_batch_letters
    if len(names) > most:
        raise TooLarge(f"{len(names)} {what}; send {most} at once or fewer")
    if (sent := sum(map(len, names))) > letters:
        raise TooLarge(f"{what} of {sent} letters together; send {letters} at once or fewer")


def find_base_url(request: Request) -> str:
    """Where clients see this service, without slash at the end: `public_url`, else what they asked."""
    settings = get_service(request).settings
    # Behind a proxy the address that we were asked by may be one that no client reaches.
    return settings.public_url or str(request.base_url).rstrip("/")
