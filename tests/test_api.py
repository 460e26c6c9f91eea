"""The public Python API: light to import, typed, and what its page shows."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import claimcheck
from claimcheck import api
from claimcheck.errors import UsageError

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
EXAMPLES = [one for one in re.findall(r"^```python\n(.*?)^```$", PAGE, flags=re.DOTALL | re.MULTILINE) if "\n# " in one]


def test_importing_the_package_imports_nothing_else_of_weight() -> None:
    heavy = ("claimcheck.", "click", "spacy", "yaml", "pathspec", "pyromark")
    code = f"import sys, claimcheck; print([name for name in sys.modules if name.startswith({heavy})])"
    assert python(code) == ["[]"]


def test_everything_that_is_public_can_be_had_from_the_package() -> None:
    assert {name: getattr(claimcheck, name) for name in claimcheck.__all__ if name != "__version__"} == {
        name: getattr(api, name) for name in api.__all__
    }


def test_a_name_that_is_not_public_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match=r"^module 'claimcheck' has no attribute 'run'$"):
        claimcheck.run  # noqa: B018


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_of_its_page_print_what_they_show(example: str) -> None:
    assert python(example) == re.findall(r"^# (.*)$", example, flags=re.MULTILINE)


def test_the_page_speaks_of_every_public_name() -> None:
    assert [name for name in api.__all__ if f"`{name}" not in PAGE] == []


@pytest.mark.parametrize(
    ("text", "format", "path", "words"),
    [
        ("It **reduces** scars.", None, "text.md", ["reduces scars"]),
        ("It **reduces** scars.", "markdown", "a.txt", ["reduces scars"]),
        ("* It reduces scars.", "text", "a.md", ["reduces scars"]),
        ("\ufeffIt reduces scars.", None, "a.txt", ["reduces scars"]),
    ],
)
def test_a_text_is_read_in_its_format(text: str, format: str | None, path: str, words: list[str]) -> None:
    result = claimcheck.check_text(text, format=format, path=path)
    assert (result.path, [one.claim.text for one in result.claims]) == (path, words)


def test_a_text_that_no_file_could_hold_is_a_failure() -> None:
    (failure,) = claimcheck.check_text("scars \ud800").failures
    assert failure.message == "byte 6 (0xED) is not UTF-8; save the file as UTF-8"


def test_a_format_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UsageError, match=r"^no format 'docxx'\n  fix: Did you mean 'docx'\?$"):
        claimcheck.check_text("", format="docxx")


def test_checking_nothing_is_refused() -> None:
    with pytest.raises(UsageError) as error:
        claimcheck.check_paths([])
    assert str(error.value) == "nothing to check\n  fix: Name a file or a folder, or '-' for standard input."


@pytest.mark.parametrize("day", ["2026-13-01", "20261122", "2026-W47-7", "today", " 2026-11-22"])
def test_a_day_that_is_none_is_refused(day: str) -> None:
    with pytest.raises(UsageError) as error:
        claimcheck.check_paths(["a.md"], claimcheck.Options(on=day))
    assert str(error.value) == f"'{day}' is no date\n  fix: Write YYYY-MM-DD, such as 2026-11-22."


def test_without_a_day_a_report_is_of_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.gmtime", lambda: (2026, 2, 3, 23, 59, 59, 1, 34, 0))
    assert claimcheck.check_paths([ROOT / "fixtures" / "plain.md"]).on == "2026-02-03"


def python(code: str) -> list[str]:
    """The lines that a program of this code prints."""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()
