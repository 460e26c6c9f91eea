"""What is inside the packages."""

from __future__ import annotations

import tarfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.packaging.conftest import Packages

pytestmark = pytest.mark.slow


def test_the_wheel_holds_the_package_its_patterns_and_nothing_else(packages: Packages, sources: Path) -> None:
    metadata = {"METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE"}
    with zipfile.ZipFile(packages.wheel) as wheel:
        names = set(wheel.namelist())
    (info,) = {name.partition("/")[0] for name in names if ".dist-info/" in name}
    assert names == {
        *(path.relative_to(sources).as_posix() for path in files(sources / "claimcheck")),
        *(f"claimcheck/{path.relative_to(sources).as_posix()}" for path in files(sources / "patterns")),
        "claimcheck/patterns/compiled.json",
        *(f"{info}/{name}" for name in metadata),
    }


def test_the_source_package_holds_every_file_of_the_project(packages: Packages, sources: Path) -> None:
    with tarfile.open(packages.sdist) as sdist:
        names = {member.name.partition("/")[2] for member in sdist.getmembers() if member.isfile()}
    assert names == {path.relative_to(sources).as_posix() for path in files(sources)} | {"PKG-INFO"}


def test_the_source_package_makes_the_same_wheel_as_the_sources(packages: Packages) -> None:
    assert packages.wheel_of_sdist.read_bytes() == packages.wheel.read_bytes()


def files(folder: Path) -> list[Path]:
    """All files below a folder, without what running the program has left there."""
    return [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
