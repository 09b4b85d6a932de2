"""Requests through QGIS, so that its proxies and certificates hold."""

from __future__ import annotations

from qgis.core import QgsBlockingNetworkRequest, QgsSettings
from qgis.PyQt.QtCore import QByteArray, QUrl
from qgis.PyQt.QtNetwork import QNetworkRequest

from .service import USUAL_ADDRESS

ADDRESS, KEY = "buldan_geocoder/address", "buldan_geocoder/key"
"""Where the settings of QGIS keep the service's address and its key."""


def service_address() -> str:
    """The address of the service that is asked."""
    return QgsSettings().value(ADDRESS, USUAL_ADDRESS) or USUAL_ADDRESS


def fetch(url: str, body: bytes | None = None, feedback=None) -> bytes:
    """The body of the answer; to a POST where `body` is given.

    Raises:
        ConnectionError: says what went wrong, in the service's words where it has any.
    """
    request = QNetworkRequest(QUrl(url))
    if key := QgsSettings().value(KEY, ""):
        request.setRawHeader(b"X-API-Key", key.encode())
    sent = QgsBlockingNetworkRequest()
    if body is None:
        failed = sent.get(request, False, feedback)
    else:
        request.setHeader(QNetworkRequest.ContentTypeHeader, "application/json")
        failed = sent.post(request, QByteArray(body), False, feedback)
    content = bytes(sent.reply().content())
    if failed != QgsBlockingNetworkRequest.NoError:
        raise ConnectionError(f"{url}: {content.decode('utf-8', 'replace')[:300] or sent.errorMessage()}")
    return content
