"""Maps of what was found, in one call: to move about in (folium) or to print (matplotlib).

shown     what a map shows: one thing a place, an area or a row, from whatever it was asked to show
ground    the land under it: our own borders, waters and cities
folio     a folium map that needs no network: Leaflet is written into it
sheet     a matplotlib map with Arabic names shaped and ordered as they are read

The door calls them: `gaz.explore(…)`, `result.explore()`, `result.plot()`.
"""

from buldan.explore.folio import OfflineMap, explore
from buldan.explore.sheet import plot
from buldan.explore.shown import Shown, shown_of

__all__ = ["OfflineMap", "Shown", "explore", "plot", "shown_of"]
