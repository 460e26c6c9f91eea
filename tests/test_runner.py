"""From paths to a report: what becomes of every sort of file, and how a run ends."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from claimcheck import filecheck, runner
from claimcheck.discovery import Discovery
from claimcheck.engine.linter import Linter
from claimcheck.errors import UsageError
from claimcheck.filecheck import check_data
from claimcheck.model import Failure, FileResult, Report, Severity
from claimcheck.options import Options, check_options
from claimcheck.packs.rulebook import load_rulebook
from claimcheck.packs.store import patterns_folder
from claimcheck.runner import exit_code, run

ON = Options(on="2026-11-22")
CLAIM = "A peel in our clinic reduces acne scars.\n"
BINARY = "the file is binary: character 2 is a NUL; leave the file out, or save it as UTF-8 text"
NOT_UTF8 = "byte 3 (0xFF) is not UTF-8; save the file as UTF-8"

Checked = Callable[..., Report]


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter(load_rulebook())


@pytest.fixture
def checked(linter: Linter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checked:
    """Writes files into an empty working directory and checks it."""

    def check(files: dict[str, bytes], paths: tuple[str, ...] = (".",), options: Options = ON) -> Report:
        for name, data in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(data)
        monkeypatch.chdir(tmp_path)
        return run(paths, linter, options)

    return check


@pytest.mark.parametrize(
    ("data", "outcome"),
    [
        pytest.param(b"abc\xff", (Failure("odd.md", NOT_UTF8, 1),), id="undecodable bytes"),
        pytest.param(b"ab\0c", (Failure("odd.md", BINARY, 1),), id="binary"),
        pytest.param(b"\xff\xfeA", (Failure("odd.md", "byte 2 (0x41) is not UTF-16; save the file as UTF-8"),),
                     id="half of UTF-16"),
        pytest.param(b"x" * 101, (Failure("odd.md", "the file is larger than 0 MB; split it, or exclude it"),),
                     id="too large"),
        pytest.param(b"", (), id="empty"),
        pytest.param(b"\xef\xbb\xbf", (), id="only a byte order mark"),
        pytest.param(b"\r\n\r\n", (), id="only line ends"),
    ],
)  # fmt: skip
def test_an_odd_file_has_a_defined_result_and_the_others_are_checked(
    data: bytes, outcome: tuple[Failure, ...], checked: Checked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filecheck, "MOST_BYTES", 100)
    report = checked({"odd.md": data, "other.md": CLAIM.encode()})
    other, odd = sorted(report.results, key=lambda result: result.path != "other.md")
    assert odd.failures == outcome
    assert claims(other) == ["reduces acne scars"]
    assert exit_code(report) == (2 if outcome else 1)


@pytest.mark.parametrize(
    ("data", "line"),
    [
        pytest.param(f"one\n{CLAIM}".encode("utf-16"), 2, id="UTF-16 with a byte order mark"),
        pytest.param(f"one\r\n\r\n{CLAIM}".encode(), 3, id="CRLF"),
        pytest.param(f"one\r{CLAIM}".encode(), 2, id="CR"),
        pytest.param(f"one\u2028\x0b\x0c{CLAIM}".encode(), 1, id="what ends no line"),
        pytest.param(f"{'(' * 64_000}\n\n{CLAIM}".encode(), 3, id="64,000 brackets"),
        pytest.param(f"{'the word ' * 550_000}\n\n{CLAIM}".encode(), 3, id="one line of 5 MB"),
    ],
)
def test_a_claim_is_found_on_its_line_in_a_file_of_any_making(data: bytes, line: int, linter: Linter) -> None:
    (found,) = check_data(data, "odd.txt", linter, ON).claims
    assert (found.claim.text, found.spot.start.line) == ("reduces acne scars", line)


def test_a_file_that_vanishes_before_it_is_read_is_a_failure(checked: Checked, monkeypatch: pytest.MonkeyPatch) -> None:
    ghost = Discovery((("gone.md", "gone.md"), ("here.md", "here.md")), (), ())
    monkeypatch.setattr(runner, "discover", lambda *_, **__: ghost)
    report = checked({"here.md": b"Nothing.\n"})
    assert [(one.path, one.failures) for one in report.results] == [
        ("gone.md", (Failure("gone.md", "no such file or directory"),)),
        ("here.md", ()),
    ]


def test_a_file_without_permission_is_a_failure(checked: Checked, monkeypatch: pytest.MonkeyPatch) -> None:
    def refusing(path: str, mode: str) -> io.BytesIO:
        if path.endswith("closed.md"):
            raise PermissionError(13, "Permission denied", path)
        assert mode == "rb"
        return io.BytesIO(b"Nothing.\n")

    monkeypatch.setattr(filecheck, "open", refusing, raising=False)
    report = checked({"closed.md": b"", "open.md": b""})
    assert [one.failures for one in report.results] == [(Failure("closed.md", "permission denied"),), ()]


@pytest.mark.parametrize(
    ("error", "message"),
    [(RecursionError, "it is nested too deeply to be read"), (MemoryError, "there is not enough memory to check it")],
)
def test_a_file_that_is_too_much_is_a_failure(
    error: type[Exception], message: str, linter: Linter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(filecheck, "documents", failing)
    assert check_data(b"", "a.md", linter, ON) == FileResult(path="a.md", failures=(Failure("a.md", message),))


def test_another_language_is_skipped_with_the_reason(linter: Linter) -> None:
    assert check_data(b"---\nlang: de\n---\nText.\n", "a.md", linter, ON) == FileResult(
        path="a.md", skipped="its language is 'de'"
    )


def test_standard_input_is_checked_under_its_name_beside_files(linter: Linter, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(CLAIM, encoding="utf-8")
    options = Options(on="2026-11-22", stdin_filename="./draft.md")
    report = run(["-", str(page)], linter, options, stdin=io.BytesIO(b"**Reduces** scars\n"))
    assert sorted(claims(one)[0] for one in report.results) == ["Reduces scars", "reduces acne scars"]
    assert "draft.md" in [one.path for one in report.results]


def test_standard_input_that_is_closed_is_a_failure(linter: Linter) -> None:
    (result,) = run(["-"], linter, ON, stdin=None).results
    assert result.failures == (Failure("stdin.txt", "there is no standard input to read"),)


def test_standard_input_that_cannot_be_read_is_a_failure(linter: Linter) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError(5, f"Input/output error after {size}")

    (result,) = run(["-"], linter, ON, stdin=Broken()).results
    assert result.failures == (
        Failure("stdin.txt", "standard input cannot be read: input/output error after 50000001"),
    )


def test_standard_input_can_be_excluded_by_force(linter: Linter) -> None:
    options = Options(on="2026-11-22", exclude=("*.txt",), force_exclude=True)
    assert run(["-"], linter, options, stdin=io.BytesIO(b"")).results == ()


@pytest.mark.parametrize(
    ("options", "rules"),
    [
        (Options(), ["superlative/savior", "efficacy/scars"]),
        (Options(select=("efficacy/*",)), ["efficacy/scars"]),
        (Options(ignore=("efficacy/*", "proof/*")), ["superlative/savior"]),
        (Options(select=("proof/*",)), []),
    ],
)
def test_only_selected_rules_are_reported_with_their_remedies(
    options: Options, rules: list[str], linter: Linter
) -> None:
    result = check_data(b"This skin savior is here. A peel in our clinic reduces scars.\n", "a.md", linter, options)
    assert [one.rule for one in result.findings] == rules
    assert {one.remedy for one in result.findings} == {one.id for one in result.remedies}
    assert {one.fingerprint for one in result.findings} == {name for one in result.remedies for name in one.clears}


def test_a_comment_leaves_out_a_finding_and_its_remedy(linter: Linter) -> None:
    page = f"<!-- claimcheck: ignore[efficacy/scars] because it is a test -->\n{CLAIM}".encode()
    result = check_data(page, "a.md", linter, ON)
    assert (result.findings, result.remedies, claims(result)) == ((), (), ["reduces acne scars"])


def test_the_source_lines_of_findings_and_of_distant_qualifiers_are_kept(linter: Linter) -> None:
    page = "# One\n\nA peel in our clinic reduces scars.\n\n# Two\n\nResults may vary.\r\n"
    lines = check_data(page.encode(), "a.md", linter, ON).lines
    assert lines == ((3, "A peel in our clinic reduces scars."), (7, "Results may vary."))


def test_remedies_are_numbered_through_the_report(checked: Checked) -> None:
    report = checked({"a.md": CLAIM.encode(), "b.md": CLAIM.encode()})
    assert [[one.id for one in result.remedies] for result in report.results] == [["r1"], ["r2"]]
    assert [[one.remedy for one in result.findings] for result in report.results] == [["r1"], ["r2"]]


def test_remedies_of_several_policies_stand_by_place(tmp_path: Path) -> None:
    house = tmp_path / "house.yaml"
    shipped = (patterns_folder() / "policies" / "caveats.yaml").read_text(encoding="utf-8")
    house.write_text(shipped.replace("policy: caveats", "policy: house", 1), encoding="utf-8")
    page = f"# One\n\n{CLAIM}\n# Two\n\nA peel in our clinic fades dark spots.\n"
    options = Options(on="2026-11-22", policies=("house", "caveats"))
    (result,) = run(["-"], Linter(load_rulebook([house])), options, stdin=io.BytesIO(page.encode())).results
    assert [(one.id, one.policy, one.start.offset) for one in result.remedies] == [
        ("r1", "house", 0),
        ("r2", "caveats", 0),
        ("r3", "house", 49),
        ("r4", "caveats", 49),
    ]
    assert [(one.policy, one.remedy) for one in result.findings] == [
        ("caveats", "r2"),
        ("house", "r1"),
        ("caveats", "r4"),
        ("house", "r3"),
    ]


def test_progress_is_told_before_each_file_and_after_the_last(linter: Linter, tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).touch()
    told: list[tuple[int, int]] = []
    run([str(tmp_path)], linter, ON, progress=lambda done, total: told.append((done, total)))
    assert told == [(0, 2), (1, 2), (2, 2)]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (Options(policies=("cavets",)), "no policy 'cavets'\n  fix: Did you mean 'caveats'?"),
        (Options(subject="procedures"), "no subject 'procedures'\n  fix: Did you mean 'procedure'?"),
        (
            Options(select=("efficacy/scar",)),
            "no rule for claims is called 'efficacy/scar'\n  fix: Did you mean 'efficacy/scars'?",
        ),
        (Options(ignore=("xyz*",)), "no rule for claims is called 'xyz*'\n  fix: 'claimcheck rules' lists them."),
    ],
)
def test_what_the_rules_do_not_have_is_refused(options: Options, said: str, linter: Linter) -> None:
    with pytest.raises(UsageError) as error:
        check_options(options, linter.rulebook)
    assert str(error.value) == said


ERROR, WARNING, NOTE = Severity


@pytest.mark.parametrize(
    ("severities", "skipped", "failed", "asked", "code"),
    [
        ((), False, False, {}, 0),
        ((ERROR, NOTE), False, False, {}, 1),
        ((WARNING, NOTE), False, False, {}, 0),
        ((WARNING, NOTE), False, False, {"fail_on": WARNING}, 1),
        ((NOTE,), False, False, {"fail_on": WARNING}, 0),
        ((NOTE,), False, False, {"fail_on": NOTE}, 1),
        ((ERROR,), False, False, {"exit_zero": True}, 0),
        ((), True, False, {}, 0),
        ((), True, False, {"strict": True}, 2),
        ((), False, True, {}, 2),
        ((ERROR,), False, True, {"exit_zero": True}, 2),
    ],
)
def test_a_run_ends_with_the_code_that_is_documented(
    severities: tuple[Severity, ...],
    skipped: bool,  # noqa: FBT001
    failed: bool,  # noqa: FBT001
    asked: dict[str, bool | Severity],
    code: int,
    linter: Linter,
) -> None:
    found = check_data(CLAIM.encode(), "a.md", linter, ON).findings[0]
    result = FileResult(
        path="a.md",
        findings=tuple(replace(found, severity=one) for one in severities),
        skipped="a reason" if skipped else "",
        failures=(Failure("a.md", "a reason"),) if failed else (),
    )
    assert exit_code(Report("1", "0", "2026-11-22", ("caveats",), (result,)), **asked) == code  # type: ignore[arg-type]


def claims(result: FileResult) -> list[str]:
    return [one.claim.text for one in result.claims]
