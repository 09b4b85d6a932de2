"""Buldan inside the tools of others: language models (MCP), spaCy, the Irchel Geoparser.

Each module needs the library that it is for, and is imported only by whoever has it.
"""
