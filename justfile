# Short ways to work; `just` lists them. Everything here is a plain command that runs without just, too.

default:
    @just --list

# Style, types and floors
check:
    ruff check . && ruff format --check . && mypy && lint-imports

# The short round: the rooms that change most
fast:
    python -m pytest -q tests/text tests/lookup tests/geoparse tests/formats

# Compile the innermost loops anew
compiled:
    python hatch_build.py

# Everything, as CI runs it
all:
    bash tests/run.sh

# The documentation as a site, in site/
docs:
    mkdocs build --strict
