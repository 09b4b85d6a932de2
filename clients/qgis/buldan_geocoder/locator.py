"""The locator bar: "bl yalda" lists places and moves the map to the one that is chosen."""

from __future__ import annotations

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsLocatorFilter,
    QgsLocatorResult,
    QgsPointXY,
    QgsProject,
)

from .network import fetch, service_address
from .service import read_suggestions, suggest_url

_WGS84 = "EPSG:4326"
_SCALE = 50_000
"""Of the map that shows a chosen place: a town with its surroundings."""


class BuldanLocatorFilter(QgsLocatorFilter):
    """Places of Syria whose names begin as what is typed, in either script."""

    def __init__(self, canvas=None):
        super().__init__()
        self._canvas = canvas

    def clone(self):
        """A filter of its own for each search, which runs in a thread."""
        return BuldanLocatorFilter(self._canvas)

    def name(self):
        """Its id."""
        return "buldan"

    def displayName(self):
        """Its name in the settings of the locator bar."""
        return "Buldan, places of Syria"

    def prefix(self):
        """What is typed before a name."""
        return "bl"

    def fetchResults(self, string, context, feedback):
        """Emit a result for each place."""
        if len(string.strip()) < 2:
            return
        try:
            body = fetch(suggest_url(service_address(), string.strip()), feedback=feedback)
        except ConnectionError as error:
            self.logMessage(str(error))
            return
        for rank, found in enumerate(read_suggestions(body)):
            result = QgsLocatorResult(
                self, found["text"], f"{found['lon']},{found['lat']}"
            )  # text: QGIS 3.22 loses track of objects
            result.description = ", ".join(filter(None, (found["kind"], found.get("governorate_en"))))
            result.score = 1 - rank / 100
            self.resultFetched.emit(result)

    def triggerResult(self, result):
        """Move the map to the place."""
        if self._canvas is None:
            return
        lon, lat = map(float, result.userData.split(","))
        project = QgsProject.instance()
        to_map = QgsCoordinateTransform(QgsCoordinateReferenceSystem(_WGS84), project.crs(), project)
        self._canvas.setCenter(to_map.transform(QgsPointXY(lon, lat)))
        self._canvas.zoomScale(_SCALE)
