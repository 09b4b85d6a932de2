"""What QGIS loads: the locator filter, and the provider of the algorithm."""

from __future__ import annotations

from qgis.core import QgsApplication, QgsProcessingProvider

from .algorithm import GeocodeAlgorithm
from .locator import BuldanLocatorFilter


class BuldanProvider(QgsProcessingProvider):
    """Buldan in the Processing toolbox."""

    def loadAlgorithms(self):
        """Add the algorithm."""
        self.addAlgorithm(GeocodeAlgorithm())

    def id(self):
        """Its id: `buldan:geocode` is the algorithm's."""
        return "buldan"

    def name(self):
        """Its name in the toolbox."""
        return "Buldan"


class BuldanPlugin:
    """Adds both when QGIS starts, and takes them away again."""

    def __init__(self, iface):
        self._iface = iface
        self._provider = None
        self._filter = None

    def initProcessing(self):
        """The provider alone, as `qgis_process` asks for it."""
        self._provider = BuldanProvider()
        QgsApplication.processingRegistry().addProvider(self._provider)

    def initGui(self):
        """Both."""
        self.initProcessing()
        self._filter = BuldanLocatorFilter(self._iface.mapCanvas())
        self._iface.registerLocatorFilter(self._filter)

    def unload(self):
        """Neither."""
        QgsApplication.processingRegistry().removeProvider(self._provider)
        if self._filter is not None:
            self._iface.deregisterLocatorFilter(self._filter)
