"""The objects that routes need: the gazetteer, the settings, threads for long work, the service's address."""

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

# Most names with three units are shorter.
_SHORT_NAME = 100
"""Maximum length of a query that is answered in the event loop; a longer one may take a second."""

__all__ = ["Service", "check_batch", "find_base_url", "get_service", "keep_loaded"]


@dataclass(frozen=True)
class Service:
    """The objects of one worker that its requests share."""

    gaz: Gazetteer
    settings: Settings
    executor: BoundedExecutor
    feature_cache: FeatureCache
    mention_writer: MentionWriter
    text_batches: TextBatches
    reads_at_once: Event = field(default_factory=Event)
    """Set when the geoparser is loaded, which takes seconds; until then texts are read in a thread."""

    def prepare(self) -> None:
        """Do slow work before the first request: write all places as JSON, and load the geoparser."""
        self.feature_cache.write_out(self.gaz)
        # Any text loads the geoparser; the name of a place also loads the tables of places.
        self.gaz.geoparse("سوريا")
        _ = self.collections
        keep_loaded()
        self.reads_at_once.set()

    async def run_short_inline(self, text: str, work: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """The result of `work`: a short `text` is answered at once, a long one in a thread, which delays no others."""
        if len(text) <= _SHORT_NAME:
            return work(*args, **kwargs)
        return await self.executor.run(work, *args, **kwargs)

    @property
    def head(self) -> dict[str, str]:
        """The members of every answer: version, attribution and licence."""
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
        """The newest date of a source as a time (RFC 3339); the date may be without day or month."""
        dates = [source.date for source in self.gaz.manifest.sources if source.date]
        year, month, day = (*max(dates, default="1970").split("-"), "01", "01")[:3]
        return f"{year}-{month}-{day[:2]}T00:00:00+00:00"


def keep_loaded() -> None:
    """Exclude all loaded objects from garbage collection, which would take longer than a lookup."""
    # Collect first: garbage that is frozen would never be freed.
    gc.collect()
    gc.freeze()
    return_free_memory()


def get_service(request: Request) -> Service:
    """The service that answers a request."""
    service = request.app.state.service
    assert isinstance(service, Service)
    return service


def check_batch(service: Service, names: Sequence[str], *, what: str = "names") -> None:
    """Check that a batch has no more names (or texts), and no more characters, than the settings allow.

    Raises:
        TooLarge: the message gives the number and the limit.
    """
    most, letters = service.settings.max_batch, service.settings.max_batch_letters
    if len(names) > most:
        raise TooLarge(f"{len(names)} {what}; send {most} at once or fewer")
    if (sent := sum(map(len, names))) > letters:
        raise TooLarge(f"{what} of {sent} letters together; send {letters} at once or fewer")


def find_base_url(request: Request) -> str:
    """The address of this service for clients, without slash at the end: `public_url`, else that of the request."""
    settings = get_service(request).settings
    # Behind a proxy the address of the request may be one that clients cannot reach.
    return settings.public_url or str(request.base_url).rstrip("/")
