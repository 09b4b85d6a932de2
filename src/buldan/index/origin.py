"""Where an index came from: enough to open the same one in another process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["Origin"]


@dataclass(frozen=True, slots=True)
class Origin:
    """The arguments that opened an index, and the version that was found there.

    Attributes:
        path: folder of the gazetteer, None for the one that came with the package.
        version: of the data; with an overlay it ends in a digest of it.
        overlay: file of one's own places, or a GeoJSON FeatureCollection.
    """

    path: Path | None
    version: str
    overlay: Path | Mapping[str, Any] | None = field(default=None, compare=False)
    """Not compared: the version tells overlays apart, and a mapping has no hash."""
