"""Metadata of a written text: attribution of the data, and the addresses of its places."""

from __future__ import annotations

from typing import NamedTuple

from buldan.describe import place_uri
from buldan.model import Place
from buldan.store import Manifest

__all__ = ["Head"]


class Head(NamedTuple):
    """Metadata of a written text.

    Attributes:
        manifest: manifest of the gazetteer.
        public_url: address of a service of Buldan that has pages of the places; empty if there is none.
        lang: language of the names of places (BCP 47).
    """

    manifest: Manifest
    public_url: str = ""
    lang: str = "en"

    def uri(self, place: Place) -> str:
        """The URI of the place."""
        return place_uri(place.id, self.public_url)

    @property
    def credit(self) -> str:
        """Attribution, licence and version of the data in one line."""
        return f"{self.manifest.attribution}; version {self.manifest.version}"
