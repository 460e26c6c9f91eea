"""The pre-commit hook: its manifest, and the real pre-commit running it on a clean clone of this repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from claimcheck.extract import FORMATS

if TYPE_CHECKING:
    from tests.packaging.conftest import Run

ROOT = Path(__file__).resolve().parents[2]
MANIFEST = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
CAVEATS = "Results vary from person to person; consult your doctor first."
BAD = "# Balm\n\nOur balm erases wrinkles.\n"
WORD = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:body></w:document>"
)
CLEAN = """\
# Our glycolic peel

A peel in our clinic smooths fine lines. It is performed by a licensed nurse, results vary from person to person, and
we ask you to consult your doctor first.
"""
GIT = ("git", "-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false")


def test_the_manifest_names_the_files_of_every_format_that_folders_are_searched_for() -> None:
    staged, whole = MANIFEST
    suffixes = sorted(suffix for known in FORMATS if known.walked for suffix in known.suffixes)
    assert staged == {
        "id": "claimcheck",
        "name": "claimcheck",
        "description": staged["description"],
        "language": "python",
        "entry": "claimcheck check --force-exclude",
        "args": ["--"],
        "types": ["file"],
        "files": rf"(?i)\.({'|'.join(re.escape(suffix.removeprefix('.')) for suffix in suffixes)})$",
        "require_serial": True,
        "verbose": True,
        "minimum_pre_commit_version": "3.2.0",
    }
    assert whole == {
        "id": "claimcheck-all",
        "name": "claimcheck (whole repository)",
        "description": whole["description"],
        "language": "python",
        "entry": "claimcheck check .",
        "pass_filenames": False,
        "always_run": True,
        "stages": ["pre-push", "manual"],
        "verbose": True,
        "minimum_pre_commit_version": "3.2.0",
    }


# ------------------------------------------------------------ the hooks of the manifest, run by what is installed here


@pytest.fixture
def site(tmp_path: Path, succeed: Run) -> Path:
    """A marketing team's repository with one commit: its hooks are ours, without an environment of their own."""
    hooks = [{**hook, "language": "system", "entry": f"{sys.executable} -m {hook['entry']}"} for hook in MANIFEST]
    text = yaml.safe_dump({"repos": [{"repo": "local", "hooks": hooks}]})
    (tmp_path / ".pre-commit-config.yaml").write_text(text, encoding="utf-8")
    commit_all(tmp_path, succeed)
    return tmp_path


def test_a_staged_page_that_is_clean_passes_without_a_word(site: Path, succeed: Run) -> None:
    stage(site, succeed, {"page.md": CLEAN})
    assert pre_commit(site, "claimcheck") == (0, "")


def test_of_what_is_staged_the_bad_page_is_reported_as_the_program_reports_it(site: Path, succeed: Run) -> None:
    stage(site, succeed, {"page.md": CLEAN, "bad.md": BAD})
    assert pre_commit(site, "claimcheck") == (1, claimcheck("check", "bad.md", "page.md", cwd=site, sources=ROOT))


def test_a_warning_is_shown_and_does_not_stop_the_commit(site: Path, succeed: Run) -> None:
    stage(site, succeed, {"page.md": f"# Gel\n\nOur gel reduces scars.\n\n# Results\n\n{CAVEATS}\n"})
    assert findings(pre_commit(site, "claimcheck")) == (0, ["page.md “reduces scars”"])


def test_what_is_staged_counts_and_not_what_stands_in_the_folder(site: Path, succeed: Run) -> None:
    stage(site, succeed, {"first.md": CLEAN, "second.md": BAD})
    (site / "first.md").write_text(BAD, encoding="utf-8")
    (site / "second.md").write_text(CLEAN, encoding="utf-8")
    assert findings(pre_commit(site, "claimcheck")) == (1, ["second.md “erases wrinkles”"])
    assert (site / "first.md").read_text(encoding="utf-8") == BAD


def test_a_file_that_git_does_not_follow_is_no_part_of_the_commit(site: Path, succeed: Run) -> None:
    stage(site, succeed, {"page.md": CLEAN})
    (site / "draft.md").write_text(BAD, encoding="utf-8")
    assert pre_commit(site, "claimcheck") == (0, "")


def test_a_renamed_page_is_checked_under_its_new_name(site: Path, succeed: Run) -> None:
    stage(site, succeed, {"old.md": BAD}, commit=True)
    succeed(*GIT, "mv", "old.md", "new.md", cwd=site)
    assert findings(pre_commit(site, "claimcheck")) == (1, ["new.md “erases wrinkles”"])


def test_a_deleted_page_is_no_reason_to_run(site: Path, succeed: Run) -> None:
    stage(site, succeed, {"old.md": BAD}, commit=True)
    succeed(*GIT, "rm", "--quiet", "old.md", cwd=site)
    assert pre_commit(site, "claimcheck") == (0, "")


@pytest.mark.parametrize(
    "name", ["a page with spaces.md", "-o.md", "--fix.md", "soin du visage – été ✨.md", "skåne/ögon.md"]
)
def test_names_may_hold_spaces_and_any_letters_and_begin_with_a_hyphen(name: str, site: Path, succeed: Run) -> None:
    stage(site, succeed, {name: BAD})
    assert findings(pre_commit(site, "claimcheck")) == (1, [f"{name} “erases wrinkles”"])


def test_pages_of_every_kind_are_checked_and_files_for_programs_are_not(site: Path, succeed: Run) -> None:
    sentence = "Our balm erases wrinkles."
    texts = {
        "a.html": f"<p>{sentence}</p>\n",
        "b.json": f'{{"description": "{sentence}"}}\n',
        "c.csv": f"sku,description\n1,{sentence}\n",
        "package.json": f'{{"description": "{sentence}"}}\n',
        "requirements.txt": f"# {sentence}\n",
        "script.py": f"# {sentence}\n",
    }
    with zipfile.ZipFile(site / "d.docx", "w") as word:
        word.writestr("word/document.xml", WORD.format(sentence))
    stage(site, succeed, texts)
    reported = [f"{name} “erases wrinkles”" for name in ("a.html", "b.json", "c.csv", "d.docx")]
    assert findings(pre_commit(site, "claimcheck")) == (1, reported)


def test_old_findings_stay_quiet_and_a_commit_is_told_of_its_own(site: Path, succeed: Run) -> None:
    """One sentence is new, one caveat is taken away, one old page is renamed and one is merely touched."""
    covered = f"# Gel\n\nOur gel reduces scars. {CAVEATS}\n"
    old = dict.fromkeys(("renamed.md", "touched.md", "untouched.md"), BAD)
    stage(site, succeed, {**old, "covered.md": covered, "clean.md": CLEAN})
    succeed(sys.executable, "-m", "claimcheck", "baseline", ".", cwd=site)
    stage(site, succeed, {}, commit=True)
    succeed(*GIT, "mv", "renamed.md", "moved.md", cwd=site)
    new = {
        "covered.md": covered.replace(f" {CAVEATS}", ""),
        "clean.md": f"{CLEAN}\n# Mask\n\nIt is clinically proven.\n",
    }
    stage(site, succeed, {**new, "touched.md": f"{BAD}\nWe have moved.\n"})
    reported = ["clean.md “clinically proven”", "covered.md “reduces scars”"]
    assert findings(pre_commit(site, "claimcheck")) == (1, reported)


def test_a_configuration_that_is_wrong_stops_the_commit_and_says_where(site: Path, succeed: Run) -> None:
    stage(site, succeed, {"claimcheck.yaml": "polices: [uk]\n", "page.md": CLEAN})
    code, said = pre_commit(site, "claimcheck")
    assert (code, said.split(": ")[:2]) == (1, ["claimcheck", "claimcheck.yaml:1:1"])


def test_the_whole_repository_is_checked_when_it_is_asked_for(site: Path, succeed: Run) -> None:
    stage(site, succeed, {"old.md": BAD}, commit=True)
    stage(site, succeed, {"page.md": CLEAN})
    assert findings(pre_commit(site, "claimcheck-all", "--hook-stage", "manual")) == (1, ["old.md “erases wrinkles”"])


def test_a_commit_does_not_wait_for_the_whole_repository(site: Path, succeed: Run) -> None:
    stage(site, succeed, {"old.md": BAD}, commit=True)
    stage(site, succeed, {"page.md": CLEAN})
    assert pre_commit(site) == (0, "")


# ---------------------------------------------------------------------------------- the hook as a team would install it


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
    assert pre_commit(copy_repository, "--all-files", home=pre_commit_home) == (0, "")


@pytest.mark.slow
@pytest.mark.usefixtures("package_index")
def test_pre_commit_fails_bad_copy_with_its_findings(
    copy_repository: Path, pre_commit_home: Path, sources: Path, succeed: Run
) -> None:
    shutil.copy2(sources / "fixtures" / "clinic-bad.md", copy_repository / "page.md")
    commit_all(copy_repository, succeed)
    findings = claimcheck("check", "page.md", cwd=copy_repository, sources=sources)
    assert pre_commit(copy_repository, "--all-files", home=pre_commit_home) == (1, findings)


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


def stage(repository: Path, succeed: Run, files: Mapping[str, str], *, commit: bool = False) -> None:
    """Writes files and stages everything, or commits it without asking a hook."""
    for name, text in files.items():
        path = repository / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    succeed(*GIT, "add", "--all", cwd=repository)
    if commit:
        succeed(*GIT, "commit", "--quiet", "--no-verify", "--message", "Next", cwd=repository)


def pre_commit(repository: Path, *arguments: str, home: Path | None = None) -> tuple[int, str]:
    """Runs hooks and returns the exit code and what they said, without pre-commit's own lines."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))}
    done = subprocess.run(
        (sys.executable, "-m", "pre_commit", "run", "--color", "never", *arguments),
        cwd=repository,
        env=kept | {"PRE_COMMIT_HOME": str(home or repository / ".git" / "pre-commit"), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    own = re.compile(
        r"\[(INFO|WARNING)\] .*|claimcheck.*\.(Passed|Failed|\(no files to check\)Skipped)"
        r"|- (hook id|duration|exit code): .*"
    )
    said = [line for line in done.stdout.splitlines() if not own.fullmatch(line)]
    return done.returncode, "\n".join(said).strip("\n") + "\n" if any(said) else ""


def findings(outcome: tuple[int, str]) -> tuple[int, list[str]]:
    """The exit code, and ``path “claim”`` of each finding of a report, sorted."""
    code, said = outcome
    return code, sorted(
        f"{path} {claim}" for path, claim in re.findall(r"^ +(\S.*?):\d+:\d+: (“.*?”)", said, re.MULTILINE)
    )
