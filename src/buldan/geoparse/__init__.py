"""Text in, mentions out: find names, decide which are places here, decide which place each means, and where.

document ─▶ names ─▶ recognition, resolution ─▶ relations ─▶ pipeline

Each wing is a package that knows only those before it. Recognition and resolution do not know each other: what one
learns reaches the other through the pipeline, as arrays. Below all lie the linear model, the results, the tables.
"""

from buldan.geoparse.geoparser import Geoparser
from buldan.geoparse.results import Alternative, Mention, Relation
from buldan.geoparse.trace import StageRecord, TracedStretch

__all__ = ["Alternative", "Geoparser", "Mention", "Relation", "StageRecord", "TracedStretch"]
