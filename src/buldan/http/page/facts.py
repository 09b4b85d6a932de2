"""Facts for the page: labels of kinds, phrases for reasons, addresses of identifiers."""

from __future__ import annotations

from typing import Any

from buldan.describe import IDENTIFIER_PAGES, POSITION_PHRASES
from buldan.gazetteer import Gazetteer
from buldan.kinds import kinds
from buldan.lookup import reason_phrases

__all__ = ["collect_facts"]


def collect_facts(gaz: Gazetteer) -> dict[str, Any]:
    """The part of `page.json` that depends only on the gazetteer, and not on the settings of the service."""
    manifest = gaz.manifest
    return {
        "version": manifest.version,
        "attribution": manifest.attribution,
        "licence": manifest.licence,
        "places": len(gaz),
        "kinds": {
            kind.id: {"group": kind.group, "en": kind.label_en, "ar": kind.label_ar} for kind in kinds().values()
        },
        "sources": {source.key: source.publisher for source in manifest.sources},
        "positions": {
            position: {"en": english, "ar": arabic} for position, (english, arabic) in POSITION_PHRASES.items()
        },
        "identifier_pages": dict(IDENTIFIER_PAGES),
        "reasons": {rule: {"en": english, "ar": arabic} for rule, (english, arabic) in reason_phrases().items()},
    }
