#!/usr/bin/env bash
# All the set-up and all the tests: `bash tests/run.sh`, on a fresh machine with Python and pip.
#
# Makes .venv-test beside the project, installs the project with everything its tests need, and what the tests
# drive from Debian's packages (a browser, PostgreSQL with PostGIS, QGIS, Node, R) where apt is at hand and we may use it.
# Without those, the tests that need them say so and are skipped. Arguments go to pytest.
set -euo pipefail
cd "$(dirname "$0")/.."

[ -d .venv-test ] || "${PYTHON:-python3}" -m venv .venv-test
bin=.venv-test/bin
[ -d "$bin" ] || bin=.venv-test/Scripts # Windows
# The modules are compiled on one processor while pip installs on the other. What is installed is not compiled to
# bytecode ahead: most of it is never imported, and what is, is compiled once, then. A machine that forbids to keep
# bytecode would have each of some hundred processes compile all that it imports.
unset PYTHONDONTWRITEBYTECODE
pip=("$bin/python" -m pip install --quiet --no-compile)
requires='import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")'
"$bin/python" -c "$requires" | xargs "${pip[@]}" editables "pip>=25" # which takes a third as long as that of Python 3.11
"$bin/python" hatch_build.py >/dev/null &
compiling=$!
BULDAN_COMPILE=no "${pip[@]}" --no-build-isolation --editable '.[dev]'

missing=()
command -v chromium >/dev/null || missing+=(chromium)
[ -x /usr/lib/postgresql/15/bin/initdb ] || missing+=(postgresql-15)
[ -e /usr/share/postgresql/15/extension/postgis.control ] || missing+=(postgresql-15-postgis-3)
/usr/bin/python3 -c "import qgis.core" 2>/dev/null || missing+=(python3-qgis)
command -v node >/dev/null || missing+=(nodejs)
Rscript -e "library(jsonlite)" >/dev/null 2>&1 || missing+=(r-base-core r-cran-jsonlite)
if [ ${#missing[@]} -gt 0 ] && command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "${missing[@]}"; } \
        >/dev/null 2>&1 || echo "could not install ${missing[*]}; the tests that need them will be skipped" >&2
fi

export PATH="$PWD/$bin:$PATH"
ruff check .
ruff format --check .
lint-imports
# Types are checked beside the tests, which now and then leave a processor to others; what is wrong is said at the end.
types=$(mktemp)
mypy >"$types" 2>&1 &
typing=$!
wait "$compiling"
buldan check
# In the order of tests/conftest.py, where the files that take longest come first; by itself xdist would begin with
# those of most tests.
failed=0
pytest -n 2 --dist loadfile --no-loadscope-reorder "$@" || failed=$?
wait "$typing" || { failed=1; cat "$types"; }
rm "$types"
exit "$failed"
