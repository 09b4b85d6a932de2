"""Nominatim's own behaviour tests of its API (`test/bdd/features/api`), moved to Syria and asked over HTTP.

Runs them in a process of its own, with `steps.py` in the place of their database. `/details` is out of scope whole;
what else is, `out_of_scope.tsv` says scenario by scenario.
"""
