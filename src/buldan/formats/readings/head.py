"""What every reading says of itself: whose data it is, and where the ids in it lead."""

from __future__ import annotations

from typing import NamedTuple

from buldan.describe import place_uri
from buldan.model import Place
from buldan.store import Manifest

__all__ = ["Head"]


class Head(NamedTuple):
    """The head of a reading.

    Attributes:
        manifest: of the gazetteer.
        public_url: address of a service of Buldan, at which the ids of places are found; empty for none.
        lang: language of the names of places (BCP 47).
    """

    manifest: Manifest
    public_url: str = ""
    lang: str = "en"

    def uri(self, place: Place) -> str:
        """What the place is called on the web."""
        return place_uri(place.id, self.public_url)

    @property
    def credit(self) -> str:
        """One line: who made the data, on what terms, in what version."""
        return f"{self.manifest.attribution}; version {self.manifest.version}"
