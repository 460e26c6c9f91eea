"""The versions of Python and of the dependencies that the project promises to work with."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest

if TYPE_CHECKING:
    from tests.packaging.conftest import Environment, Packages, Run

    NewEnvironment: TypeAlias = Callable[..., Environment]

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("package_index")]


@pytest.mark.parametrize("version", ["3.12", "3.13", "3.14"])
def test_wheels_of_all_dependencies_exist_for(version: str, packages: Packages, tmp_path: Path, succeed: Run) -> None:
    wanted = ("--only-binary=:all:", "--python-version", version, "--target", tmp_path / "never-made")
    succeed(sys.executable, "-m", "pip", "install", "--dry-run", *wanted, packages.wheel, cwd=tmp_path)


def test_the_lowest_dependencies_do_the_main_job(
    packages: Packages, sources: Path, new_environment: NewEnvironment, report_of_checkout: str, succeed: Run
) -> None:
    environment = new_environment(borrow=False)
    project = tomllib.loads((sources / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lowest = [bound.replace(">=", "==") for bound in project["dependencies"]]
    pip = (sys.executable, "-m", "pip", "--python", environment.python, "install", "--only-binary=:all:")
    succeed(*pip, packages.wheel, *lowest, cwd=environment.root)
    assert environment.check_page() == report_of_checkout
