"""
The GitHub Action and the GitLab job: held to their schemas, their scripts read by shellcheck and run by hand.

Each script runs in bash as GitHub runs it, in a repository of its own, with the variables that the action hands to it.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import pytest
import yaml

import claimcheck
from tests.packaging.conftest import Run

ROOT = Path(__file__).resolve().parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"]}
GITLAB = ROOT / "docs" / "ci" / "claimcheck.gitlab-ci.yml"
JOB = yaml.safe_load(GITLAB.read_text(encoding="utf-8"))["claimcheck"]
PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
GIT = ("git", "-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false")
BAD = "# Balm\n\nOur balm erases wrinkles.\n"
CLEAN = "# Visit us\n\nWe are open on Saturdays.\n"
GH = """\
#!/usr/bin/env bash
# Stands for GitHub's own program: notes how it was called, and answers with what the test has put there.
printf '%s\\n' "$*" >> "$FAKE_GH/calls"
case "$*" in
  *'--paginate'*) cat "$FAKE_GH/comments" ;;
esac
"""

BASH = shutil.which("bash") or ""
JQ = shutil.which("jq") or ""

pytestmark = pytest.mark.skipif(not BASH, reason="the scripts are written for bash")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a script came to: its exit code, what it printed, and what it told GitHub."""

    code: int
    out: str
    outputs: dict[str, str] = field(default_factory=dict)
    summary: str = ""


Step: TypeAlias = Callable[..., Outcome]


@pytest.fixture
def site(tmp_path: Path, succeed: Run) -> Path:
    """A repository with an old finding in one commit, and beside it a folder of programs."""
    folder = tmp_path / "site"
    (folder / "content").mkdir(parents=True)
    (folder / "content" / "old.md").write_text(BAD, encoding="utf-8")
    succeed(*GIT, "init", "--quiet", cwd=folder)
    commit(folder, succeed)
    programs = tmp_path / "programs"
    programs.mkdir()
    program(programs / "claimcheck", f'exec {shlex.quote(sys.executable)} -m claimcheck "$@"')
    return folder


@pytest.fixture
def step(tmp_path: Path, site: Path) -> Step:
    """Runs the script of a step by its name, with the variables that the step names; others are its defaults."""

    def run(name: str, **given: str) -> Outcome:
        temporary = tmp_path / "temporary"
        temporary.mkdir(exist_ok=True)
        told = {one: tmp_path / one for one in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for file in told.values():
            file.write_text("", encoding="utf-8")
        assert given.keys() <= STEPS[name]["env"].keys()
        variables = {one: given.get(one, default(text)) for one, text in STEPS[name]["env"].items()}
        done = subprocess.run(
            (BASH, "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", STEPS[name]["run"]),
            cwd=site,
            env=environment(tmp_path)
            | {"RUNNER_TEMP": str(temporary), "GITHUB_ACTION_PATH": str(ROOT), "GITHUB_REPOSITORY": "team/site"}
            | {one: str(file) for one, file in told.items()}
            | variables,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        output, summary = (file.read_text(encoding="utf-8") for file in told.values())
        outputs = dict(line.split("=", 1) for line in output.splitlines())
        return Outcome(done.returncode, done.stdout + done.stderr, outputs, summary)

    return run


# ----------------------------------------------------------------------------- as the services and shellcheck see them


@pytest.mark.parametrize(
    ("schema", "path"), [("github-actions", ROOT / "action.yml"), ("gitlab-ci", GITLAB)], ids=["action", "gitlab"]
)
def test_the_files_follow_the_schemas_of_the_services(schema: str, path: Path, succeed: Run) -> None:
    command = (sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", path)
    assert succeed(*command, cwd=ROOT) == "ok -- validation done\n"


def test_the_workflow_that_the_page_shows_follows_its_schema(tmp_path: Path, succeed: Run) -> None:
    shown = [one for one in re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE) if "\njobs:" in one]
    assert shown
    for number, text in enumerate(shown):
        (tmp_path / f"{number}.yml").write_text(text, encoding="utf-8")
    command = (sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows")
    assert succeed(*command, *tmp_path.glob("*.yml"), cwd=ROOT) == "ok -- validation done\n"


@pytest.mark.parametrize("name", [name for name, step in STEPS.items() if "run" in step])
def test_shellcheck_finds_nothing_in_a_script(name: str) -> None:
    assert shellcheck(STEPS[name]["run"], "--shell=bash", "--severity=style") == ""


def test_shellcheck_finds_nothing_in_the_gitlab_script() -> None:
    # The arguments are words of one variable, which is what the rule warns of.
    assert shellcheck("\n".join(JOB["script"]), "--shell=sh", "--severity=style", "--exclude=SC2086") == ""


def test_what_is_handed_in_is_never_part_of_a_script() -> None:
    assert [name for name, step in STEPS.items() if "${{" in step.get("run", "")] == []


def test_other_actions_are_pinned_to_a_version() -> None:
    used = [step["uses"] for step in STEPS.values() if "uses" in step]
    assert [one for one in used if not re.fullmatch(r"[\w./-]+@(v\d+|[0-9a-f]{40})", one)] == []


def test_every_input_is_used_and_described_on_the_page() -> None:
    text = json.dumps(ACTION["runs"])
    assert [one for one in ACTION["inputs"] if f"inputs.{one}" not in text or f"| `{one}` |" not in PAGE] == []


def test_the_gitlab_job_installs_this_version() -> None:
    assert JOB["variables"]["CLAIMCHECK_INSTALL"] == f"claimcheck-lint[pdf]=={claimcheck.__version__}"


# ---------------------------------------------------------------------------------------------- the action, run by hand


def test_the_action_installs_what_it_comes_with(tmp_path: Path, step: Step) -> None:
    installed = step("Install claimcheck", PYTHON=str(python(tmp_path)))
    assert (installed.code, pip(tmp_path)) == (
        0,
        f"-m pip install --quiet --disable-pip-version-check {ROOT}[pdf]\n",
    )


def test_the_action_installs_the_version_that_is_asked_for(tmp_path: Path, step: Step) -> None:
    installed = step("Install claimcheck", PYTHON=str(python(tmp_path)), VERSION="0.1.0")
    assert pip(tmp_path) == "-m pip install --quiet --disable-pip-version-check claimcheck-lint[pdf]==0.1.0\n"
    assert list(installed.outputs) == ["programs"]
    assert Path(installed.outputs["programs"]).name == "bin"


def test_findings_fail_the_check_and_stand_in_every_report(tmp_path: Path, step: Step) -> None:
    done = step("Check the copy", PROGRAMS=str(tmp_path / "programs"))
    sarif = json.loads(Path(done.outputs["sarif"]).read_text(encoding="utf-8"))
    assert (done.code, done.outputs["exit-code"], done.outputs["findings"]) == (1, "1", "1")
    assert (
        "::error file=content/old.md,line=3,endLine=3,col=10,endColumn=25,title=claimcheck efficacy/wrinkles"
        in done.out
    )
    assert [one["ruleId"] for one in sarif["runs"][0]["results"]] == ["efficacy/wrinkles"]
    assert done.summary == Path(done.outputs["markdown"]).read_text(encoding="utf-8")
    assert "erases wrinkles" in done.summary


def test_a_clean_site_passes_with_its_reports(tmp_path: Path, site: Path, step: Step) -> None:
    (site / "content" / "old.md").write_text(CLEAN, encoding="utf-8")
    done = step("Check the copy", PROGRAMS=str(tmp_path / "programs"))
    assert (done.code, done.outputs["findings"], Path(done.outputs["sarif"]).is_file()) == (0, "0", True)


def test_what_is_wrong_in_the_request_fails_the_check_without_reports(tmp_path: Path, step: Step) -> None:
    done = step("Check the copy", PROGRAMS=str(tmp_path / "programs"), POLICIES="ku")
    assert (done.code, done.outputs, done.summary) == (2, {"exit-code": "2"}, "")
    assert "no policy 'ku'" in done.out


def test_every_input_reaches_the_program_as_one_argument(tmp_path: Path, step: Step) -> None:
    program(tmp_path / "programs" / "claimcheck", f'printf "%s\\n" "$@" > {shlex.quote(str(tmp_path / "arguments"))}')
    step(
        "Check the copy",
        PROGRAMS=str(tmp_path / "programs"),
        PATHS="content/our range\n\n  $(touch evil) \n",
        POLICIES="uk\neu\n",
        CONFIG="a b.yaml",
        BASELINE="`touch evil`",
        FAIL_ON="warning",
        OPTIONS="--subject=procedure\n--strict",
    )
    arguments = (tmp_path / "arguments").read_text(encoding="utf-8").splitlines()
    assert [one for one in arguments if not one.partition(":")[2].startswith(str(tmp_path))] == [
        *("check", "--format", "github", "--format", "--format", "--format", "--fail-on", "warning"),
        *("--subject=procedure", "--strict", "--policy", "uk", "--policy", "eu"),
        *("--config", "a b.yaml", "--baseline", "`touch evil`", "--", "content/our range", "$(touch evil)"),
    ]
    assert not (tmp_path / "site" / "evil").exists()


def test_of_a_pull_request_only_what_it_changes_is_reported(
    tmp_path: Path, site: Path, step: Step, succeed: Run
) -> None:
    base = succeed(*GIT, "rev-parse", "HEAD", cwd=site).strip()
    (site / "content" / "new.md").write_text("It is clinically proven.\n", encoding="utf-8")
    commit(site, succeed)
    done = step("Check the copy", PROGRAMS=str(tmp_path / "programs"), CHANGED_SINCE=base)
    assert re.findall(r"^::error file=(.*?),", done.out, re.MULTILINE) == ["content/new.md"]


def test_the_base_is_fetched_when_the_checkout_has_one_commit_only(
    tmp_path: Path, site: Path, step: Step, succeed: Run
) -> None:
    base = succeed(*GIT, "rev-parse", "HEAD", cwd=site).strip()
    (site / "content" / "new.md").write_text("It is clinically proven.\n", encoding="utf-8")
    commit(site, succeed)
    site.rename(tmp_path / "origin")
    succeed(*GIT, "clone", "--quiet", "--depth=1", (tmp_path / "origin").as_uri(), site, cwd=tmp_path)
    done = step("Check the copy", PROGRAMS=str(tmp_path / "programs"), CHANGED_SINCE=base)
    assert re.findall(r"^::error file=(.*?),", done.out, re.MULTILINE) == ["content/new.md"]


@pytest.mark.parametrize(
    ("comments", "found", "called"),
    [
        ("", "1", "--method POST repos/team/site/issues/7/comments"),
        ("", "0", None),
        ("41\n42\n", "1", "--method PATCH repos/team/site/issues/comments/41"),
        ("41\n", "0", "--method PATCH repos/team/site/issues/comments/41"),
    ],
    ids=["the first", "nothing to say", "again", "nothing to say any more"],
)
def test_a_pull_request_has_one_comment_which_is_kept_up_to_date(
    comments: str, found: str, called: str | None, tmp_path: Path, step: Step
) -> None:
    report, calls = tmp_path / "report.md", github(tmp_path, comments)
    report.write_text("### claimcheck: 1 error\n", encoding="utf-8")
    done = step(
        "Comment on the pull request", PULL_REQUEST="7", REPORT=str(report), FINDINGS=found, CODE="0", NAME="uk"
    )
    _, *writing = calls.read_text(encoding="utf-8").splitlines()
    body = f"--field body=@{report}.comment"
    assert (done.code, done.out, writing) == (0, "", [f"api --silent {called} {body}"] if called else [])
    assert Path(f"{report}.comment").read_text(encoding="utf-8") == (
        "<!-- claimcheck report: uk -->\n### claimcheck: 1 error\n"
    )


def test_only_comments_of_the_same_use_and_of_a_bot_are_taken_for_our_own(tmp_path: Path, step: Step) -> None:
    report, calls = tmp_path / "report.md", github(tmp_path, "")
    report.write_text("", encoding="utf-8")
    step(
        "Comment on the pull request", PULL_REQUEST="7", REPORT=str(report), FINDINGS="0", NAME='a"); evil #', CODE="0"
    )
    _, query = calls.read_text(encoding="utf-8").strip().split(" --jq ")
    comments = [
        {"id": 1, "user": {"type": "User"}, "body": "<!-- claimcheck report: a evil  -->\nmine"},
        {"id": 2, "user": {"type": "Bot"}, "body": "<!-- claimcheck report: other -->\n"},
        {"id": 3, "user": {"type": "Bot"}, "body": "<!-- claimcheck report: a evil  -->\n### claimcheck"},
    ]
    assert '"<!-- claimcheck report: a evil  -->"' in query
    if JQ:
        done = subprocess.run(
            (JQ, query), input=json.dumps(comments), capture_output=True, encoding="utf-8", check=False
        )
        assert done.stdout == "3\n"


def test_a_comment_that_is_not_allowed_fails_nothing(tmp_path: Path, step: Step) -> None:
    program(tmp_path / "programs" / "gh", "exit 1")
    report = tmp_path / "report.md"
    report.write_text("", encoding="utf-8")
    done = step("Comment on the pull request", PULL_REQUEST="7", REPORT=str(report), FINDINGS="1", CODE="1", NAME="a")
    assert (done.code, done.out.split("::")[1:2]) == (0, ["notice title=claimcheck"])


def test_the_reports_are_handed_on_even_when_the_check_failed() -> None:
    after = list(STEPS.values())[list(STEPS).index("Check the copy") + 1 :]
    assert [step["if"].startswith("${{ always() && ") for step in after] == [True, True]


# ------------------------------------------------------------------------------------------ the GitLab job, run by hand


@pytest.mark.parametrize(("text", "code"), [(BAD, 1), (CLEAN, 0)], ids=["bad", "clean"])
def test_the_gitlab_script_leaves_the_reports_that_the_job_names(
    text: str, code: int, tmp_path: Path, site: Path
) -> None:
    (site / "content" / "old.md").write_text(text, encoding="utf-8")
    program(tmp_path / "programs" / "python", "exit 0")
    program(tmp_path / "programs" / "pip", "exit 0")
    script = "\n".join(JOB["script"]).replace("/tmp/claimcheck/bin", str(tmp_path / "programs"))  # noqa: S108  # its own
    done = subprocess.run(
        (BASH, "-e", "-o", "pipefail", "-c", script),
        cwd=site,
        env=environment(tmp_path) | {"CLAIMCHECK_INSTALL": "", "CLAIMCHECK_ARGUMENTS": "content --fail-on error"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    written = {name: (site / name).is_file() for name in JOB["artifacts"]["reports"].values()}
    assert (done.returncode, written) == (code, dict.fromkeys(written, True))
    assert len(json.loads((site / "gl-code-quality-report.json").read_text(encoding="utf-8"))) == code


# -------------------------------------------------------------------------------------------------------------- helpers


def default(text: str) -> str:
    """What a variable of a step is on a push to a repository that sets no input."""
    named = re.fullmatch(r"\$\{\{ inputs\.([\w-]+) \}\}", text)
    value = str(ACTION["inputs"][named[1]]["default"]) if named else ""
    return "" if "${{" in value else value


def environment(folder: Path) -> dict[str, str]:
    """Variables with the test's own programs before all others, and without what git was told about our repository."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "GITHUB_"))}
    return kept | {"PATH": f"{folder / 'programs'}{os.pathsep}{os.environ['PATH']}", "FAKE_GH": str(folder)}


def program(path: Path, script: str) -> Path:
    """Writes a program in shell."""
    path.write_text(script if script.startswith("#!") else f"#!/usr/bin/env bash\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def python(folder: Path) -> Path:
    """A Python whose environments hold a Python that only notes how it was called."""
    note = folder / "pip"
    inner = program(folder / "inner", f'printf "%s\\n" "$*" > {shlex.quote(str(note))}')
    return program(folder / "python", f'mkdir -p "$3/bin" && cp {shlex.quote(str(inner))} "$3/bin/python"')


def pip(folder: Path) -> str:
    """How that Python was called."""
    return (folder / "pip").read_text(encoding="utf-8")


def github(folder: Path, comments: str) -> Path:
    """Puts a program in place of GitHub's that finds these ids of comments; returns where it notes its calls."""
    (folder / "comments").write_text(comments, encoding="utf-8")
    program(folder / "programs" / "gh", GH)
    return folder / "calls"


def commit(repository: Path, succeed: Run) -> None:
    """Commits everything."""
    succeed(*GIT, "add", "--all", cwd=repository)
    succeed(*GIT, "commit", "--quiet", "--message", "Next", cwd=repository)


def shellcheck(script: str, *options: str) -> str:
    """What shellcheck says of a script."""
    found = shutil.which("shellcheck", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if found is None:
        pytest.skip("shellcheck is not there")
    done = subprocess.run((found, *options, "-"), input=script, capture_output=True, encoding="utf-8", check=False)
    return done.stdout + done.stderr
