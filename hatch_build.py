"""Build hook: compile the modules that have a `.pxd` file with Cython, if there is a C compiler.

These modules are the innermost loops over numbers and lists. They are plain Python: without a compiler they give the
same answers, but slower. The `.pxd` file declares C types. In a checkout, `python hatch_build.py` compiles the modules
that have changed since the last time.

A wheel also contains the arrays that are derived from its gazetteer (`buldan.index.keeping`), so that users do not wait
for them. An editable installation derives them when they are needed for the first time.

If the environment has `BULDAN_COMPILE=no`, nothing is compiled. tests/run.sh uses this, because it compiles at the same
time as it installs other packages.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from sysconfig import get_config_var
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_ROOT = Path(__file__).parent
_SOURCES = _ROOT / "src"
_DIRECTIVES = {"annotation_typing": False, "boundscheck": False, "cdivision": True, "initializedcheck": False}
"""Options of Cython. `initializedcheck` is off: without it, loops check at each use whether a memory view exists, which
takes 5 % of their time. All views exist, because they are taken when the object that has them is made."""


_IS_GCC_LIKE = sys.platform != "win32"

_SHARED = "buldan.compiled"
"""The extension module with the parts of Cython that all others use, mainly memory views.

A copy in each module would take 80 % of the time to compile, and the processor would load each copy separately."""

_QUICK = ["-O1", "-g0", "-ffp-contract=off"] if _IS_GCC_LIKE else []
"""Compiler options. With -O1 the loops are as fast as with -O3, the default of Python, which takes twice as long.

Products and sums are not fused (-ffp-contract=off), so compiled modules compute exactly what Python computes.

Without debug symbols (-g0) the modules have a tenth of the size and do not contain the build's temporary folder."""

_STRIPPED = ["-Wl,-s", "-Wl,--build-id=none"] if sys.platform.startswith("linux") else []
"""Linker options: no symbols and no build id, so that two builds of one source give the same bytes."""


class CompileHook(BuildHookInterface):
    """Compiles the modules in place and adds the results to the wheel."""

    PLUGIN_NAME = "custom"

    _derived: tempfile.TemporaryDirectory[str] | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile; if that works, mark the wheel as built for one Python version and one system."""
        is_wanted = self.target_name == "wheel" and os.environ.get("BULDAN_COMPILE") != "no"
        compiled = compile_modules() if is_wanted else []
        if self.target_name == "wheel" and version != "editable":
            self._derived = tempfile.TemporaryDirectory()
            for path in derive_arrays(Path(self._derived.name)):
                build_data["force_include"][str(path)] = f"buldan/derived/{path.name}"
        if compiled:
            build_data["pure_python"] = False
            build_data["infer_tag"] = True
            build_data["artifacts"] += [path.relative_to(_ROOT).as_posix() for path in compiled]

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Delete the derived files, which are in the wheel now."""
        if self._derived is not None:
            self._derived.cleanup()


_DERIVE = """
import sys
from pathlib import Path
from buldan.index import keep_only_in, open_index
from buldan.geoparse.names.vocabulary import Vocabulary
keep_only_in(Path(sys.argv[1]))
Vocabulary.from_index(open_index())
"""


def derive_arrays(folder: Path) -> list[Path]:
    """Write the index of the gazetteer and the vocabulary of its names into `folder`.

    This runs in a separate process with a fixed seed for string hashes, so that two builds give the same bytes.

    Returns:
        The files; empty if that fails, which is printed.
    """
    done = subprocess.run(
        [sys.executable, "-c", _DERIVE, folder],
        env=get_derive_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        print(f"the wheel comes without its index, which is built when needed: {done.stderr}", file=sys.stderr)
        return []
    return sorted(folder.glob("*.bin"))


def get_derive_environment() -> dict[str, str]:
    """The variables of that process: it finds our sources, and the libraries of the build as this process does."""
    # pip makes what it installs for a build known by this path alone.
    path = os.pathsep.join(filter(None, (str(_SOURCES), os.environ.get("PYTHONPATH"))))
    return os.environ | {"PYTHONPATH": path, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}


def compile_modules(*, only_changed: bool = False) -> list[Path]:
    """Compile the modules in place.

    Args:
        only_changed: whether to skip modules that are newer than their source, this file and all `.pxd` files.

    Returns:
        The extension modules; empty if they cannot be compiled, which is printed as a warning.
    """
    from Cython.Build import cythonize  # noqa: PLC0415 - installed only for a build
    from setuptools import Distribution, Extension  # noqa: PLC0415
    from setuptools.command.build_ext import build_ext  # noqa: PLC0415

    modules = _list_modules(only_changed=only_changed)
    if not modules:
        return []
    began = time.time()
    with tempfile.TemporaryDirectory() as folder:
        try:
            sources = {name: f"src/{name.replace('.', '/')}.py" for name in modules}
            if _SHARED in sources:
                sources[_SHARED] = f"{folder}/compiled.c"  # Cython names its initialiser after the file
            extensions = cythonize(
                [
                    Extension(
                        name,
                        [source],
                        extra_compile_args=[*_QUICK, *_without_folder(folder)],
                        extra_link_args=_STRIPPED,
                    )
                    for name, source in sources.items()
                ],
                build_dir=folder,
                include_path=[str(_SOURCES)],
                compiler_directives=_DIRECTIVES,
                shared_utility_qualified_name=_SHARED,
                quiet=True,
            )
            command = build_ext(Distribution({"ext_modules": extensions}))
            command.build_lib, command.build_temp, command.parallel = folder, folder, True
            command.ensure_finalized()
            command.run()
        except Exception as error:  # errors differ between systems, and none may stop an installation
            print(
                f"WARNING: buldan stays uncompiled and takes two to three times as long (see `buldan info`): {error}",
                file=sys.stderr,
            )
            return []
        return [_move_home(Path(made), Path(folder), began) for made in command.get_outputs()]


def _list_modules(*, only_changed: bool) -> list[str]:
    """The names of the modules to compile. Their old extension modules are deleted, and those without a source."""
    declared = sorted(_SOURCES.rglob("*.pxd"))
    wanted = [_SHARED, *map(_name_of, declared)]
    # Only for this version of Python: modules compiled for other versions are kept.
    compiled = {_name_of(path): path for path in _SOURCES.rglob(f"*{get_config_var('EXT_SUFFIX')}")}
    if only_changed and _SHARED in compiled:
        # A module may use the declarations of another, so a changed declaration changes all modules.
        common = max(path.stat().st_mtime for path in (*declared, Path(__file__)))
        own = {_name_of(path): path.with_suffix(".py").stat().st_mtime for path in declared}
        fresh = {
            name
            for name, path in compiled.items()
            if name in wanted and path.stat().st_mtime > max(common, own.get(name, 0.0))
        }
        wanted = [name for name in wanted if name not in fresh]
        compiled = {name: path for name, path in compiled.items() if name not in fresh}
    for stale in compiled.values():
        stale.unlink()
    return wanted


def _name_of(path: Path) -> str:
    """The name of the module to which a `.pxd` file or an extension module belongs."""
    return ".".join((*path.relative_to(_SOURCES).parent.parts, path.name.partition(".")[0]))


def _without_folder(folder: str) -> list[str]:
    """Compiler options that keep the name of the temporary folder (`__FILE__`) out of the modules."""
    return [f"-ffile-prefix-map={folder}=build"] if _IS_GCC_LIKE else []


def _move_home(made: Path, folder: Path, began: float) -> Path:
    """Move an extension module to its source. Its time is the start of the build, as sources may change later."""
    home = _SOURCES / made.relative_to(folder)
    home.write_bytes(made.read_bytes())
    os.utime(home, (began, began))
    return home


if __name__ == "__main__":
    print(*compile_modules(only_changed=True), sep="\n")
