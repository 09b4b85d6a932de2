"""Middleware between server and routes for every request, in plain ASGI: limits, keys, caching, HEAD, the access log.

Each makes an ASGI application around another. No middleware depends on a route or the gazetteer.
"""
