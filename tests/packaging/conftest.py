"""What the packaging tests share: a clean copy of the sources, built once, and environments to install it into."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import pytest

Run: TypeAlias = Callable[..., str]

ROOT = Path(__file__).resolve().parents[2]
PAGE = "clinic-bad.md"
JOB = ("check", "--format", "json", "--on", "2026-11-22", "--exit-zero", PAGE)


@dataclass(frozen=True, slots=True)
class Packages:
    """What was built: ``wheel`` from the sources, ``wheel_of_sdist`` from the source package."""

    sdist: Path
    wheel: Path
    wheel_of_sdist: Path


@dataclass(frozen=True, slots=True)
class Environment:
    """A virtual environment away from the checkout, and the page that the program is to check there."""

    root: Path

    @property
    def packages(self) -> Path:
        """The folder that packages are installed into."""
        return Path(sysconfig.get_path("purelib", "venv", {"base": str(self.root), "platbase": str(self.root)}))

    @property
    def scripts(self) -> Path:
        """The folder of its programs."""
        return Path(sysconfig.get_path("scripts", "venv", {"base": str(self.root), "platbase": str(self.root)}))

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.scripts / "python"

    def install(self, *what: str | Path) -> None:
        """Installs with the pip of the tests; what the program depends on is found where the tests have it."""
        offline = ("--no-deps", "--no-index", "--no-build-isolation")
        succeed(sys.executable, "-m", "pip", "--python", self.python, "install", *offline, *what, cwd=self.root)

    def check_page(self, **variables: str) -> str:
        """Runs the main job on the page, with these variables set, and returns the report."""
        env = bare_environment(self.root) | variables
        return succeed(self.scripts / "claimcheck", *JOB, cwd=self.root / "work", env=env)


def succeed(*command: str | Path, cwd: Path, env: Mapping[str, str] | None = None) -> str:
    """Runs a command that must work and returns its standard output; the test fails with what it said."""
    outside_hooks = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(
        command,
        cwd=cwd,
        env=env or outside_hooks,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        pytest.fail(f"{' '.join(map(str, command))} ended with {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def bare_environment(home: Path) -> dict[str, str]:
    """Variables for a program that is to find nothing of the checkout, the tests' environment or git's hooks."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "GIT_", "XDG_"))}
    kept.pop("VIRTUAL_ENV", None)
    return kept | {"HOME": str(home), "USERPROFILE": str(home), "PYTHONDONTWRITEBYTECODE": "1"}


def source_files() -> list[Path]:
    """The project's own files, relative to its root: what git follows or would follow."""
    if not (ROOT / ".git").exists():
        left = {".venv", "__pycache__"}
        files = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
        return [path for path in files if not left & set(path.parts) and path.name != "PKG-INFO"]
    listed = succeed("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", cwd=ROOT)
    return [Path(name) for name in listed.split("\0") if name and (ROOT / name).exists()]


@pytest.fixture(scope="session", name="succeed")
def _succeed() -> Run:
    """Runs a command that must work and returns its standard output."""
    return succeed


@pytest.fixture(scope="session")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clean copy of the project, which no test changes."""
    copy = tmp_path_factory.mktemp("sources")
    for file in source_files():
        (copy / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / file, copy / file)
    return copy


@pytest.fixture
def editable_sources(sources: Path, tmp_path: Path) -> Path:
    """A copy of the project that a test may change."""
    return shutil.copytree(sources, tmp_path / "sources")


@pytest.fixture(scope="session")
def packages(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Packages:
    """The packages, built with the tools of the tests."""

    def build(name: str, *options: str) -> Path:
        folder = tmp_path_factory.mktemp(name)
        succeed(
            sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, *options, sources, cwd=sources.parent
        )
        return folder

    both, direct = build("dist"), build("wheel", "--wheel")
    (sdist,), (wheel_of_sdist,), (wheel,) = both.glob("*.tar.gz"), both.glob("*.whl"), direct.glob("*.whl")
    return Packages(sdist=sdist, wheel=wheel, wheel_of_sdist=wheel_of_sdist)


@pytest.fixture
def new_environment(tmp_path: Path) -> Callable[..., Environment]:
    """Makes an environment with the page; unless told otherwise, it borrows the dependencies of the tests."""

    def make(*, borrow: bool = True) -> Environment:
        made = Environment(root=tmp_path / "away")
        venv.create(made.root, with_pip=False, symlinks=os.name != "nt")
        if borrow:
            own = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
            (made.packages / "borrowed.pth").write_text("\n".join(sorted(own)) + "\n", encoding="utf-8")
        (made.root / "work").mkdir()
        shutil.copy2(ROOT / "fixtures" / PAGE, made.root / "work" / PAGE)
        return made

    return make


@pytest.fixture(scope="session")
def report_of_checkout(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the main job says when it runs from the sources."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copy2(ROOT / "fixtures" / PAGE, folder / PAGE)
    variables = bare_environment(folder) | {"PYTHONPATH": str(sources)}
    return succeed(sys.executable, "-m", "claimcheck", *JOB, cwd=folder, env=variables)


@pytest.fixture(scope="session")
def package_index(tmp_path_factory: pytest.TempPathFactory) -> None:
    """For tests that install from the package index: skipped when it cannot be reached, except in CI."""
    target = tmp_path_factory.mktemp("probe")
    command = (sys.executable, "-m", "pip", "download", "--no-deps", "--no-cache-dir", "--dest", target, "click")
    if subprocess.run(command, capture_output=True, check=False).returncode:
        reason = "the package index cannot be reached"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
