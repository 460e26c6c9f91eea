"""The main job, run by an installed program away from the checkout."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest

if TYPE_CHECKING:
    from tests.packaging.conftest import Environment, Packages

    NewEnvironment: TypeAlias = Callable[..., Environment]

pytestmark = pytest.mark.slow


def test_a_wheel_does_the_main_job(
    packages: Packages, new_environment: NewEnvironment, report_of_checkout: str
) -> None:
    environment = new_environment()
    environment.install(packages.wheel)
    assert environment.check_page() == report_of_checkout


def test_the_wheel_of_the_source_package_does_the_main_job(
    packages: Packages, new_environment: NewEnvironment, report_of_checkout: str
) -> None:
    environment = new_environment()
    environment.install(packages.wheel_of_sdist)
    assert environment.check_page() == report_of_checkout


def test_an_editable_install_does_the_main_job(
    editable_sources: Path, new_environment: NewEnvironment, report_of_checkout: str
) -> None:
    environment = new_environment()
    environment.install("--editable", editable_sources)
    assert environment.check_page() == report_of_checkout


def test_an_editable_install_sees_an_edited_pattern(editable_sources: Path, new_environment: NewEnvironment) -> None:
    environment = new_environment()
    environment.install("--editable", editable_sources)
    before = rules_hash(environment)
    edit_a_pattern(editable_sources / "patterns")
    assert rules_hash(environment) != before


def test_an_installed_program_sees_an_edited_pattern(packages: Packages, new_environment: NewEnvironment) -> None:
    environment = new_environment()
    environment.install(packages.wheel)
    before = rules_hash(environment)
    edit_a_pattern(environment.packages / "claimcheck" / "patterns")
    assert rules_hash(environment) != before


@pytest.mark.parametrize("stale", [False, True], ids=["as installed", "patterns edited"])
def test_the_main_job_writes_nothing_into_site_packages(
    packages: Packages, new_environment: NewEnvironment, *, stale: bool
) -> None:
    environment = new_environment()
    environment.install(packages.wheel)
    if stale:
        edit_a_pattern(environment.packages / "claimcheck" / "patterns")
    before = snapshot(environment.packages)
    environment.check_page()
    assert snapshot(environment.packages) == before


@pytest.mark.parametrize("stale", [False, True], ids=["as installed", "patterns edited"])
def test_a_read_only_installation_without_a_cache_folder_does_the_main_job(
    packages: Packages, new_environment: NewEnvironment, report_of_checkout: str, *, stale: bool
) -> None:
    environment = new_environment()
    environment.install(packages.wheel)
    if stale:
        edit_a_pattern(environment.packages / "claimcheck" / "patterns")
    for path in (environment.packages, *environment.packages.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    no_folder = environment.root / "no-folder"
    no_folder.write_text("a cache cannot be made here", encoding="utf-8")
    report = environment.check_page(XDG_CACHE_HOME=str(no_folder), LOCALAPPDATA=str(no_folder), HOME=str(no_folder))
    assert without_hash(report) == without_hash(report_of_checkout)


def edit_a_pattern(patterns: Path) -> None:
    """Changes a pattern file's bytes and none of its meaning."""
    file = min(patterns.rglob("*.yaml"))
    file.write_bytes(file.read_bytes() + b"# edited\n")


def rules_hash(environment: Environment) -> str:
    """The hash of the rules with which the program judged its page."""
    found: str = json.loads(environment.check_page())["tool"]["rules_hash"]
    return found


def without_hash(report: str) -> object:
    """A report as data, without the hash of its rules."""
    data = json.loads(report)
    del data["tool"]["rules_hash"]
    return data


def snapshot(folder: Path) -> dict[str, tuple[int, int]]:
    """Size and time of change of everything below a folder."""
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in folder.rglob("*")}
