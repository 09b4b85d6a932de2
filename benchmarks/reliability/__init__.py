"""Attacks, damage, kills, memory, long hours: `python -m benchmarks.reliability`."""
