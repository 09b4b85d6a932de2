"""Buldan (بلدان): a gazetteer of Syria, a matcher for its names in any spelling, a geoparser for its places.

>>> import buldan
>>> gaz = buldan.load()
>>> gaz.lookup("al-Hajar al-Aswad")[0].place.pcode
'C2502'

Names are imported when they are first used, so that only the modules that are needed are imported.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from buldan.errors import needs_extra

if TYPE_CHECKING:
    from buldan.answers import Matches, Reading
    from buldan.errors import BuldanError, GazetteerError, MissingExtra, PlaceNotFound, QueryError, SourceError
    from buldan.gazetteer import Gazetteer, load
    from buldan.geoparse import Mention
    from buldan.lookup import Match
    from buldan.model import Name, Place
    from buldan.tables.geocode import geocode

__all__ = [
    "BuldanError",
    "Gazetteer",
    "GazetteerError",
    "Match",
    "Matches",
    "Mention",
    "MissingExtra",
    "Name",
    "Place",
    "PlaceNotFound",
    "QueryError",
    "Reading",
    "SourceError",
    "geocode",
    "load",
]

_HOMES = {
    "BuldanError": "errors",
    "Gazetteer": "gazetteer",
    "GazetteerError": "errors",
    "Match": "lookup",
    "Matches": "answers",
    "Mention": "geoparse",
    "MissingExtra": "errors",
    "Name": "model",
    "Place": "model",
    "PlaceNotFound": "errors",
    "QueryError": "errors",
    "Reading": "answers",
    "SourceError": "errors",
    "geocode": "tables",
    "load": "gazetteer",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'buldan' has no attribute {name!r}")
    with needs_extra("geo"):
        return getattr(import_module(f"buldan.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
