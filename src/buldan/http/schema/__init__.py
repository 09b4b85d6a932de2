"""Declarations of the API: parameters, models of answers, problems, and the OpenAPI document made of them.

Nothing here uses the gazetteer, except for the examples in OpenAPI.
"""
