"""The HTTP service: FastAPI over `buldan.Gazetteer`, with one module of routes per façade.

`create_app` makes the application; `buldan serve` runs it.
"""

from buldan.http.app import create_app

__all__ = ["create_app"]
