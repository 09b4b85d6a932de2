"""Load on the service, beside a bare FastAPI endpoint in the same run.

    python -m benchmarks.load --out docs/performance-http.md    the page (about a quarter of an hour)
    python -m benchmarks.load --smoke                           a few seconds, for CI; says nothing about speed

Everything is on loopback: the servers are processes of their own, started as people start them, the client is this
process.
"""
