"""Text in, mentions out: scan, decide what is a place, decide which place, and where."""

from buldan.geoparse.reader import Geoparser
from buldan.geoparse.results import Alternative, Mention, Relation

__all__ = ["Alternative", "Geoparser", "Mention", "Relation"]
