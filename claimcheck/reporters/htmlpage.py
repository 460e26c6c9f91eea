"""What the reports in HTML have in common: one page that loads nothing, and in which nothing of the copy is markup."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import Any

from claimcheck.model import Report, Severity
from claimcheck.reporters.wording import checked, counted, made_by, safe

SIGNS = {Severity.ERROR: "e", Severity.WARNING: "w", Severity.NOTE: "n", None: "o"}
"""The classes of severities in the style sheet; the last is that of claims to which no policy objects."""

_ADDRESS = re.compile(r"https?://[^\s<>\"']+")
_SPACES = str.maketrans("\t\n\r", "   ")


def shown(text: str) -> str:
    """Copy as HTML: no markup, and nothing that turns the direction of writing; ends of lines are spaces."""
    if not text.isprintable():
        text = safe(text.translate(_SPACES))
    return escape(text)


def link(url: str, title: str) -> str:
    """A link to an address of the web; the title alone where there is none."""
    if not _ADDRESS.fullmatch(url):
        return shown(f"{title} {url}".strip())
    return f'<a href="{escape(url)}" rel="noreferrer">{shown(title)}</a>'


def document(title: str, body: str, *, skip: str, program: str, data: Any) -> str:
    """
    A whole page that loads nothing and sends nothing.

    Args:
        skip: What the link says that passes over the top, to the element ``main``.
        program: Name of the script beside this; it finds ``data`` in the element ``data``.
        data: JSON.
    """
    style, script = _read("report.css"), _read(program)
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    # In a script "<" could end it.
    values = json.dumps(data, ensure_ascii=True, separators=(",", ":")).replace("<", "\\u003c")
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{shown(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#main">{shown(skip)}</a>\n'
        f'{body}<script type="application/json" id="data">{values}</script>\n<script>{script}</script>\n'
        "</body>\n</html>\n"
    )


def header(title: str, outcome: str, report: Report) -> str:
    """The top of a page: what it is, what came out, who made it."""
    return (
        f'<header>\n<h1>{shown(title)}</h1>\n<p class="outcome">{shown(outcome)}</p>\n'
        f'<p class="by">{shown(made_by(report))}; {counted(checked(report), "file")} checked. '
        "claimcheck is a linter, not a lawyer: it says what it looked for and did not find.</p>\n</header>\n"
    )


def unchecked(report: Report) -> str:
    """What could not be checked and what was skipped; empty when there is no such thing."""
    rows = []
    for result in report.results:
        for failure in result.failures:
            where = ":".join(str(part) for part in (failure.path, failure.line, failure.column) if part)
            rows.append(f"<li><b>not checked</b> <code>{shown(where)}</code>: {shown(failure.message)}</li>\n")
        if result.skipped:
            rows.append(f"<li>skipped <code>{shown(result.path)}</code>: {shown(result.skipped)}</li>\n")
    if not rows:
        return ""
    return f'<section id="unchecked">\n<h2>Not checked</h2>\n<ul>\n{"".join(rows)}</ul>\n</section>\n'


def _read(name: str) -> str:
    # A reader of HTML makes one character of "\r\n", and the digest has to be that of what it reads.
    return files("claimcheck.reporters").joinpath(name).read_text("utf-8").replace("\r\n", "\n")


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
