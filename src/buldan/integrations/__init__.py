"""Buldan in other tools: language models (MCP), spaCy, the Irchel Geoparser.

Each module needs the library that it connects to, and is imported only by users of that library.
"""
