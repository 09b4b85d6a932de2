"""Build hook: modules that have a `.pxd` beside them are compiled by Cython where a C compiler is at hand.

They are the innermost loops, over numbers and lists, and plain Python: without a compiler they run as they are and
answer the same, only later. The `.pxd` says which C types the module may take. In a checkout, `python hatch_build.py`
compiles what has changed since it last did.

A wheel also brings the arrays that follow from its gazetteer (`buldan.index.keeping`), so that nobody waits for them;
an editable installation derives them when they are first needed.

With `BULDAN_COMPILE=no` in the environment nothing is compiled: tests/run.sh compiles beside the installation of what
else is needed, which takes as long.
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
"""Whether a view is there is not asked at each use: all are taken when what holds them is made, and the question is a
twentieth of what the loops do."""


_IS_GCC_LIKE = sys.platform != "win32"

_SHARED = "buldan.compiled"
"""The extension module that holds what all others need of Cython (views of memory above all): each would bring a copy
of it, which takes four fifths of the time to compile, and at work the processor fetches every copy anew."""

_QUICK = ["-O1", "-g0", "-ffp-contract=off"] if _IS_GCC_LIKE else []
"""The loops are as fast with -O1 as with -O3, which is what Python was built with and takes twice as long.

No product is fused with a sum, so that compiled modules compute to the last bit what Python does.

Without debug symbols (-g0) the modules are a tenth as large, and do not hold the build's temporary folder."""

_STRIPPED = ["-Wl,-s", "-Wl,--build-id=none"] if sys.platform.startswith("linux") else []
"""No symbols and no build id, so that two builds of one source give the same bytes."""


class CompileHook(BuildHookInterface):
    """Compiles in place and takes what came out into the wheel."""

    PLUGIN_NAME = "custom"

    _derived: tempfile.TemporaryDirectory[str] | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and tell the wheel that it belongs to one Python and one system if that went well."""
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
        """Delete what was derived, now that it is in the wheel."""
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
    """The index of the gazetteer and the vocabulary of its names, as files in `folder`; none where that fails.

    In a process of its own, whose hashes of strings are the same each time: two builds give the same bytes.
    """
    environment = os.environ | {"PYTHONPATH": str(_SOURCES), "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", _DERIVE, folder], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        print(f"the wheel comes without its index, which is built when needed: {done.stderr}", file=sys.stderr)
        return []
    return sorted(folder.glob("*.bin"))


def compile_modules(*, only_changed: bool = False) -> list[Path]:
    """The extension modules made, in place; none where they cannot be compiled, which is said and is no error.

    Args:
        only_changed: whether to leave those that are younger than their source, this file and every `.pxd`.
    """
    from Cython.Build import cythonize  # noqa: PLC0415 - at hand in a build alone
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
                sources[_SHARED] = f"{folder}/compiled.c"  # its initialiser is called after the file
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
        except Exception as error:  # every system has errors of its own here, and none may stop an installation
            print(
                f"WARNING: buldan stays uncompiled and takes two to three times as long (see `buldan info`): {error}",
                file=sys.stderr,
            )
            return []
        return [_move_home(Path(made), Path(folder), began) for made in command.get_outputs()]


def _list_modules(*, only_changed: bool) -> list[str]:
    """The names of the modules to compile; what was compiled of them before, or of one that is no more, is deleted."""
    declared = sorted(_SOURCES.rglob("*.pxd"))
    wanted = [_SHARED, *map(_name_of, declared)]
    # Only this Python's own: modules that were compiled for another one stay, and stay usable.
    compiled = {_name_of(path): path for path in _SOURCES.rglob(f"*{get_config_var('EXT_SUFFIX')}")}
    if only_changed and _SHARED in compiled:
        # What one module declares, another may take into its own code: a change there is a change of all.
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
    """The name of the module that a file declares or is compiled from."""
    return ".".join((*path.relative_to(_SOURCES).parent.parts, path.name.partition(".")[0]))


def _without_folder(folder: str) -> list[str]:
    """Flags that keep the name of the temporary folder out of what is compiled (`__FILE__`)."""
    return [f"-ffile-prefix-map={folder}=build"] if _IS_GCC_LIKE else []


def _move_home(made: Path, folder: Path, began: float) -> Path:
    """Move an extension module to its place beside the source; it is as old as the build, whose sources may change."""
    home = _SOURCES / made.relative_to(folder)
    home.write_bytes(made.read_bytes())
    os.utime(home, (began, began))
    return home


if __name__ == "__main__":
    print(*compile_modules(only_changed=True), sep="\n")
