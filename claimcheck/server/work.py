"""What a worker does: it answers the page's questions about a text or a file."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

from claimcheck.api import Options, check_paths, render
from claimcheck.engine.linter import Linter
from claimcheck.errors import ClaimcheckError
from claimcheck.extract import documents
from claimcheck.extract.choosing import choose
from claimcheck.model import FileResult, Report
from claimcheck.names import known
from claimcheck.reporters import COPY, encoded
from claimcheck.review import check_word, reviewed
from claimcheck.runner import STDIN
from claimcheck.server.questions import Question, Reply, What
from claimcheck.server.suggestions import suggestions
from claimcheck.server.view import unchecked, view

JSON = "application/json"

WORD = "docx"
"""The report on a Word document that is this document, with comments."""

REPORTS = {
    "html": "text/html; charset=utf-8",
    WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv; charset=utf-8",
    "json": JSON,
}
"""Reports that the page offers, with their types: ``WORD``, and formats of ``check``."""

FIRST = Question(
    What.CHECK,
    b"Our clinically proven peel reduces acne scars by 47% in 2 weeks. Results vary. Ask your doctor first.",
)
"""What a worker is asked so that it loads all that it will need."""


@dataclass(frozen=True, slots=True)
class Clerk:
    """
    Answers questions with one set of rules.

    Args:
        linter: With the rules.
        options: What holds for every text, whatever the page asks for.
        texts: Sentences by kind of qualifier, in place of those of the policies.
    """

    linter: Linter
    options: Options
    texts: Mapping[str, str]

    def reply(self, question: Question) -> Reply:
        """Answer one question; whatever goes wrong is an answer, too."""
        try:
            return _ANSWERS[question.what](self, question)
        except ClaimcheckError as error:
            return problem(400, f"{error.what}. {error.fix}".strip())
        except MemoryError:
            return problem(500, "There is not enough memory to check it.")
        except Exception as error:  # noqa: BLE001  # its text may hold words of the copy, which nothing may print
            return problem(500, f"claimcheck made a mistake here ({type(error).__name__}); please report it.")

    def report(self, question: Question) -> Report:
        """The copy of a question, checked."""
        asked = replace(
            self.options,
            policies=question.policies or self.options.policies,
            subject=question.subject,
            # What the page asks for counts, and a draft is no file of the site.
            sections=(),
            stdin_filename=question.name,
            on=question.on,
            inventory=True,
            keep_copy=question.what is What.REPORT and question.about in COPY,
        )
        return check_paths([STDIN], asked, linter=self.linter, stdin=BytesIO(question.data))


def problem(status: int, message: str) -> Reply:
    """An answer that says what went wrong."""
    return Reply(status, JSON, _json({"message": message}))


def _check(clerk: Clerk, question: Question) -> Reply:
    report = clerk.report(question)
    text, format, told = "", choose(question.data, question.name, clerk.options.reading).format, {}
    if not question.opened:
        text = question.data.decode("utf-8", "replace")
    elif not report.results[0].failures:
        document = next(documents(question.data, question.name, reading=clerk.options.reading), None)
        text = document.text if document else ""
        told = {"text": text, "editable": not format.binary}
    return Reply(200, JSON, _json({**view(report, text, format.name, clerk.linter.rulebook), **told}))


def _suggest(clerk: Clerk, question: Question) -> Reply:
    if question.opened:
        # Only what the page knows as text can be edited there.
        return Reply(200, JSON, _json({"suggestions": []}))

    def again(data: bytes, _: str) -> FileResult:
        return clerk.report(replace(question, data=data)).results[0]

    found = suggestions(
        question.data,
        again(question.data, question.name),
        question.about,
        again,
        clerk.linter,
        texts=clerk.texts,
        reading=clerk.options.reading,
    )
    told = [{"title": one.title, "policy": one.policy, "edit": list(one.edit)} for one in found]
    return Reply(200, JSON, _json({"suggestions": told}))


def _report(clerk: Clerk, question: Question) -> Reply:
    known("report", question.about, REPORTS)
    if question.about == WORD:
        check_word(question.data, question.name, clerk.options.reading)
    report = clerk.report(question)
    if question.about != WORD:
        content = encoded(render(report, question.about), question.about)
    elif why := unchecked(report.results[0]):
        return problem(400, why)
    else:
        content = reviewed(question.data, report).data
    return Reply(200, REPORTS[question.about], content)


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode("utf-8", "backslashreplace")


_ANSWERS: dict[What, Callable[[Clerk, Question], Reply]] = {
    What.CHECK: _check,
    What.SUGGEST: _suggest,
    What.REPORT: _report,
}
