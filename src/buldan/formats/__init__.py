"""Output formats of results: one module per format, with pure functions from a result to a typed dict."""
