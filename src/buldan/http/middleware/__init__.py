"""What every request passes between server and routes, in plain ASGI: limits, keys, caching, HEAD, the access log.

In goes an ASGI application, out comes one around it. No middleware knows a route or the gazetteer.
"""
