"""Queries of façades: from a façade's parameters to places, one module or package per façade."""
