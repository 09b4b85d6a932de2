"""The service: FastAPI over the door, one route module a façade.

`create_app` makes the application; `buldan serve` runs it.
"""

from buldan.http.app import create_app

__all__ = ["create_app"]
