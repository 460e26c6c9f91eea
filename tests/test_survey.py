"""What a repository tells of itself, and the files that are made of that."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from claimcheck.config import Config, PathSection
from claimcheck.configfile import read_config
from claimcheck.starting import configuration, hook, job
from claimcheck.survey import Survey, survey

ROOT = Path(__file__).resolve().parents[1]
NOTHING = Survey((), "", (), (), (), (), "", hooks=False, git=False)


@pytest.mark.parametrize(
    ("files", "markets"),
    [
        (["content/en-gb/a.md", "content/en-gb/shop/b.md"], [("content/en-gb/", "uk")]),
        (["en_AU/a.md"], [("/en_AU/", "au")]),
        (["uk/a.md", "ca/a.md", "eu/a.md"], [("/ca/", "ca"), ("/eu/", "eu"), ("/uk/", "uk")]),
        (["ca/a.md", "eu/a.md", "de/a.md"], []),
        (["en-ca/a.md"], [("/en-ca/", "ca")]),
        (["en-nz/a.md", "en/a.md", "austria/a.md"], []),
        (["a.en-gb.md", "b.en-gb.md"], [("*.en-gb.*", "uk")]),
        (["locales/en-AU.json"], [("locales/en-AU.json", "au")]),
        (["my site/us/a.md"], [("my\\ site/us/", "us")]),
    ],
)
def test_folders_and_names_tell_of_markets(files: list[str], markets: list[tuple[str, str]], tmp_path: Path) -> None:
    assert list(survey(tmp_path, files).markets) == markets


def test_a_repository_is_described(tmp_path: Path) -> None:
    for name in (".git/config", ".github/workflows/x.yml", ".pre-commit-config.yaml", "_config.yml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "_config.yml").write_text("title: Peel\nlang: en-GB\n", encoding="utf-8")

    found = survey(tmp_path, ["a.md", "b.md", "_includes/footer.html", "_site/a.html", "_site/footer.html"])

    assert found == Survey(
        files=((".md", 2), (".html", 1)),
        policy="uk",
        markets=(),
        tools=("Jekyll",),
        built=("/_site/",),
        footers=("_includes/footer.html",),
        service="github",
        hooks=True,
        git=True,
    )


@pytest.mark.parametrize(
    ("name", "text", "service"),
    [
        (".gitlab-ci.yml", "", "gitlab"),
        (".git/config", "[remote]\nurl = git@gitlab.example.com:a/b.git\n", "gitlab"),
        (".git/config", "[remote]\nurl = git@github.example.com:a/b.git\n", "github"),
        (".git/config", "", ""),
    ],
)
def test_files_and_remotes_tell_of_ci(name: str, text: str, service: str, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert survey(tmp_path, []).service == service


def test_the_configuration_says_what_was_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = Survey(
        files=((".md", 2),),
        policy="us",
        markets=(("/my\\ shop/uk/", "uk"), ("*.en-au.*", "au")),
        tools=("Hugo",),
        built=("/public/",),
        footers=("footer.html",),
        service="",
        hooks=False,
        git=False,
    )
    monkeypatch.chdir(tmp_path)
    text = configuration(found, [("variability", "footer.html")], "0.1.0")
    Path("claimcheck.yaml").write_text(text, encoding="utf-8")
    Path("all.yaml").write_text(text.replace("\n# provided:", "\nprovided:").replace("\n#   - kind", "\n  - kind"))

    assert (read_config("claimcheck.yaml", "0.1.0"), '\n#     where: "footer.html"\n' in text) == (
        Config(
            path="claimcheck.yaml",
            files=("claimcheck.yaml",),
            policies=("us",),
            exclude=("/public/",),
            sections=(
                PathSection(("/my\\ shop/uk/",), policies=("uk",)),
                PathSection(("*.en-au.*",), policies=("au",)),
            ),
            requires=(">=0.1.0",),
        ),
        True,
    )


def test_what_stands_in_comments_can_be_taken_over(tmp_path: Path) -> None:
    text = configuration(NOTHING, [("variability", "footer.html")], "0.1.0")
    lines = [
        line.removeprefix("# ") if line.startswith(("# provided", "# facts", "# severity", "#   ")) else line
        for line in text.splitlines()
    ]
    path = tmp_path / "claimcheck.yaml"
    path.write_text("\n".join(lines), encoding="utf-8")

    config = read_config(str(path), "0.1.0")

    assert (config.subject, config.severity, [(one.kind, one.where) for one in config.provided]) == (
        "cosmetic",
        (("superlative/*", "note"), ("sun/*", "off")),
        [("variability", "footer.html")],
    )


def test_the_hook_checks_what_the_projects_own_hook_checks() -> None:
    (own,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))[:1]
    (repo,) = yaml.safe_load(hook("1.0", whole=True))["repos"]

    assert (repo, yaml.safe_load(hook("1.0", whole=False))) == (
        {
            "repo": "local",
            "hooks": [
                {
                    "id": "claimcheck",
                    "name": "claimcheck",
                    "additional_dependencies": ["claimcheck-lint==1.0"],
                    **{
                        key: own[key]
                        for key in ("language", "entry", "args", "types", "files", "require_serial", "verbose")
                    },
                }
            ],
        },
        [repo],
    )


def test_the_jobs_are_yaml_and_install_this_version() -> None:
    jobs = [yaml.safe_load(job(service, "1.0")) for service in ("github", "gitlab")]
    assert [json.dumps(one).count("claimcheck-lint==1.0") for one in jobs] == [1, 1]


def test_the_gitlab_job_reports_what_the_one_in_the_documents_reports() -> None:
    page = (ROOT / "docs" / "ci" / "claimcheck.gitlab-ci.yml").read_text(encoding="utf-8")
    own, shown = (yaml.safe_load(text)["claimcheck"] for text in (job("gitlab", "1.0"), page))

    assert (own["image"], own["artifacts"], own["script"][-1]) == (
        shown["image"],
        shown["artifacts"],
        shown["script"][-1].partition("/bin/")[2].replace("$CLAIMCHECK_ARGUMENTS", "."),
    )


def test_the_github_job_uses_the_actions_that_the_documents_and_the_action_use() -> None:
    (told,) = re.findall(r"uses: (actions/checkout@\S+)", (ROOT / "docs" / "ci.md").read_text(encoding="utf-8"))
    (used,) = re.findall(r"uses: (actions/setup-python@\S+)", (ROOT / "action.yml").read_text(encoding="utf-8"))

    (steps,) = (one["steps"] for one in yaml.safe_load(job("github", "1.0"))["jobs"].values())

    assert [one["uses"] for one in steps if "uses" in one] == [told, used]
