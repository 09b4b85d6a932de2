"""The QGIS plugin of Buldan: a locator filter, and a Processing algorithm over the HTTP API."""


def classFactory(iface):  # QGIS looks for this very name
    """The plugin, as QGIS loads it."""
    from .plugin import BuldanPlugin

    return BuldanPlugin(iface)
