"""Buldan beside other matchers: the same places, the same questions, one run.

python -m benchmarks.matchers --out docs/benchmarks-matchers.md     the page of tables, whole
python -m benchmarks.matchers --smoke                               a minute, to see that all still runs
python -m benchmarks.matchers --engines buldan,ratio,sqlite         only some
"""
