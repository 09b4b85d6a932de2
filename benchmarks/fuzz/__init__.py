"""Inputs that nobody would send, by the hundred thousand: `python -m benchmarks.fuzz`."""
