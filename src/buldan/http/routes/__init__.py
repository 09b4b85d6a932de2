"""The routes, one module per façade; the modules do not import each other."""
