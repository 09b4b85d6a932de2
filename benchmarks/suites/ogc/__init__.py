"""OGC API - Features: the abstract tests of Part 1 (core, OpenAPI 3.0, GeoJSON) and of Part 3's queryables, asked.

The standard describes its tests and gives schemas (`core/openapi/schemas`), and no program: each test is written out
here, once for the service or once for each collection, and the function names the tests that it stands for. Boxes and
queryables are compared with all features of the collection, gone through one by one.
"""
