"""The pre-commit hook: its manifest, and the real pre-commit running it on a clean clone of this repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from claimcheck.extract import FORMATS

if TYPE_CHECKING:
    from tests.packaging.conftest import Run

ROOT = Path(__file__).resolve().parents[2]
CLEAN = """\
# Our glycolic peel

A peel in our clinic smooths fine lines. It is performed by a licensed nurse, results vary from person to person, and
we ask you to consult your doctor first.
"""
GIT = ("git", "-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false")


def test_the_manifest_names_the_files_of_every_format() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    suffixes = sorted(suffix for known in FORMATS for suffix in known.suffixes)
    assert hook == {
        "id": "claimcheck",
        "name": "claimcheck",
        "description": hook["description"],
        "language": "python",
        "entry": "claimcheck check --force-exclude",
        "types": ["file"],
        "files": rf"(?i)\.({'|'.join(re.escape(suffix.removeprefix('.')) for suffix in suffixes)})$",
        "require_serial": True,
        "verbose": True,
        "minimum_pre_commit_version": "3.2.0",
    }


@pytest.fixture(scope="module")
def hook_repository(sources: Path, tmp_path_factory: pytest.TempPathFactory, succeed: Run) -> Path:
    """A repository with one commit that holds the project's files as they are now."""
    repository = tmp_path_factory.mktemp("hook") / "claimcheck"
    shutil.copytree(sources, repository)
    commit_all(repository, succeed)
    return repository


@pytest.fixture(scope="module")
def pre_commit_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps its environments: the first test builds one, the others use it."""
    return tmp_path_factory.mktemp("pre-commit")


@pytest.fixture
def copy_repository(tmp_path: Path, hook_repository: Path, succeed: Run) -> Path:
    """A marketing team's repository that uses the hook."""
    revision = succeed(*GIT, "rev-parse", "HEAD", cwd=hook_repository).strip()
    hooks = [{"repo": str(hook_repository), "rev": revision, "hooks": [{"id": "claimcheck"}]}]
    (tmp_path / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": hooks}), encoding="utf-8")
    return tmp_path


@pytest.mark.slow
@pytest.mark.usefixtures("package_index")
def test_pre_commit_passes_clean_copy(copy_repository: Path, pre_commit_home: Path, succeed: Run) -> None:
    (copy_repository / "page.md").write_text(CLEAN, encoding="utf-8")
    commit_all(copy_repository, succeed)
    assert pre_commit(copy_repository, pre_commit_home) == (0, "")


@pytest.mark.slow
@pytest.mark.usefixtures("package_index")
def test_pre_commit_fails_bad_copy_with_its_findings(
    copy_repository: Path, pre_commit_home: Path, sources: Path, succeed: Run
) -> None:
    shutil.copy2(sources / "fixtures" / "clinic-bad.md", copy_repository / "page.md")
    commit_all(copy_repository, succeed)
    findings = claimcheck("check", "page.md", cwd=copy_repository, sources=sources)
    assert pre_commit(copy_repository, pre_commit_home) == (1, findings)


def commit_all(repository: Path, succeed: Run) -> None:
    """Makes a folder a repository with everything in one commit."""
    succeed(*GIT, "init", "--quiet", cwd=repository)
    succeed(*GIT, "add", "--all", cwd=repository)
    succeed(*GIT, "commit", "--quiet", "--no-verify", "--message", "All", cwd=repository)


def claimcheck(*arguments: str, cwd: Path, sources: Path) -> str:
    """What the program says about copy with findings when it runs from the sources."""
    env = os.environ | {"PYTHONPATH": str(sources), "PYTHONDONTWRITEBYTECODE": "1"}
    command = (sys.executable, "-m", "claimcheck", *arguments)
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1, done.stderr
    return done.stdout


def pre_commit(repository: Path, home: Path) -> tuple[int, str]:
    """Runs the hook on all files and returns its exit code and what it said, without pre-commit's own lines."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))}
    command = (sys.executable, "-m", "pre_commit", "run", "--all-files", "--color", "never")
    done = subprocess.run(
        command,
        cwd=repository,
        env=kept | {"PRE_COMMIT_HOME": str(home), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    own = re.compile(r"\[(INFO|WARNING)\] .*|claimcheck\.+(Passed|Failed)|- (hook id|duration|exit code): .*")
    said = [line for line in done.stdout.splitlines() if not own.fullmatch(line)]
    return done.returncode, "\n".join(said).strip("\n") + "\n" if any(said) else ""
