# Short ways to work; `just` lists them. Everything here is a plain command that runs without just, too.

default:
    @just --list

# Style, types and floors
check:
    ruff check . && ruff format --check . && mypy && lint-imports

# The short round: lookup, texts, formats and HTTP without a browser; about a minute
fast:
    python -m pytest -q -n 2 -m "not slow" tests/text tests/lookup tests/geoparse tests/formats tests/http

# All but what starts processes, browsers or databases
quick:
    python -m pytest -q -m "not slow"

# Compile the innermost loops anew
compiled:
    python hatch_build.py

# Everything, as CI runs it
all:
    bash tests/run.sh

# The documentation as a site, in site/
docs:
    mkdocs build --strict
