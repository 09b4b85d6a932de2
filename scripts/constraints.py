"""Pin every library of every extra: `python scripts/constraints.py > constraints.txt` (needs pip-tools).

For who deploys: `pip install -c constraints.txt '.[server]'` installs the versions that the tests ran with. The file
names no package index, so that it holds wherever the libraries come from.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
HEAD = "# Made by `python scripts/constraints.py > constraints.txt`; make it anew when pyproject.toml changes.\n"


def pin() -> list[str]:
    """One `name==version` a line, sorted, ours left out."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "pins.txt"
        command = [
            sys.executable,
            "-m",
            "piptools",
            "compile",
            "--quiet",
            "--extra",
            "all",
            "--no-annotate",
            "--no-header",
        ]
        command += ["--no-emit-index-url", "--no-emit-trusted-host", "--no-emit-options", "--strip-extras"]
        command += ["--allow-unsafe", "--output-file", str(out), str(ROOT / "pyproject.toml")]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        lines = out.read_text("utf-8").splitlines()
    pins = [line for line in lines if "==" in line]
    unpinned = [line for line in lines if line and "==" not in line and not line.startswith(("#", "buldan @"))]
    if unpinned:
        raise SystemExit(f"these have no plain version: {unpinned}")
    return pins


if __name__ == "__main__":
    sys.stdout.write(HEAD + "".join(f"{line}\n" for line in pin()))
