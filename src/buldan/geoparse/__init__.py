"""Text in, mentions out: scan, decide what is a place, decide which place, and where."""

from buldan.geoparse.results import Alternative, Mention, Relation

__all__ = ["Alternative", "Mention", "Relation"]
