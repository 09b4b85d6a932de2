"""Which suites, of whom, at which commit."""

from __future__ import annotations

import io
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path

__all__ = ["SUITES", "Suite", "export_suite"]


@dataclass(frozen=True, slots=True)
class Suite:
    """A suite of others: where it is, and what of it is read from a clone (nothing, where we ask in our words)."""

    repository: str
    commit: str
    folders: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """For a table."""
        return f"{self.repository} `{self.commit}`"

    @property
    def folder_name(self) -> str:
        """What `git clone` calls it."""
        return self.repository.split("/")[1]


SUITES = {
    "nominatim": Suite("osm-search/Nominatim", "86e7932d", ("test/bdd",)),
    "photon": Suite("komoot/photon", "a7b6562d"),
    "geopy": Suite("geopy/geopy", "402cbba", ("test",)),
    "ogc": Suite("opengeospatial/ogcapi-features", "94e814b", ("core/openapi/schemas",)),
    "reconciliation": Suite(
        "reconciliation-api/specs",
        "8d66bdb",
        tuple(f"{v}/{part}" for v in ("0.1", "0.2", "1.0-draft") for part in ("schemas", "examples")),
    ),
}


def export_suite(suite: Suite, *, checkout: Path, into: Path) -> None:
    """Write what is read of a suite into a folder, as it was at its commit, whatever the clone has checked out.

    Raises `ValueError` where the clone does not hold the commit.
    """
    command = ["git", "-C", str(checkout), "archive", suite.commit, *suite.folders]
    packed = subprocess.run(command, capture_output=True, check=False)
    if packed.returncode:
        raise ValueError(
            f"{checkout}: not a clone of {suite.repository} that holds commit {suite.commit} "
            f"({packed.stderr.decode().strip()}); git clone https://github.com/{suite.repository}"
        )
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(into, filter="data")
