"""The kinds of Buldan for Nominatim's layers and feature types."""

from __future__ import annotations

from collections.abc import Collection

from buldan.http.facades.nominatim.parameters import LAYERS
from buldan.http.facades.parts import list_kinds
from buldan.kinds import kinds

__all__ = ["find_kinds_of_layers", "find_kinds_of_ranks"]

# Nominatim's table of search ranks; ours are in kinds.tsv.
_RANKS = {
    "country": (4, 4),
    "state": (5, 8),
    "city": (14, 19),
    "settlement": (8, 20),
}
"""The first and last rank of each `featureType`."""


def find_kinds_of_layers(layers: Collection[str]) -> frozenset[str] | None:
    """The kinds of some layers; None, which means all, without layers."""
    # A layer without kinds of ours gives no kinds; no layer at all gives all kinds.
    groups = frozenset().union(*(LAYERS[layer] for layer in layers))
    return list_kinds(*groups) if layers else None


def find_kinds_of_ranks(feature_type: str) -> frozenset[str] | None:
    """The kinds of a feature type on the address layer; None if the type is unknown."""
    if feature_type not in _RANKS:
        return None
    low, high = _RANKS[feature_type]
    return frozenset(
        kind.id for kind in kinds().values() if kind.group in LAYERS["address"] and low <= kind.rank <= high
    )
