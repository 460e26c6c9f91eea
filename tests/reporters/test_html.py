"""What the report in HTML promises: nothing of the copy is markup, it loads nothing, marks stand where they should."""

from __future__ import annotations

import re
import time
from base64 import b64encode
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest

from claimcheck.api import Options, check_paths, render
from claimcheck.engine.linter import Linter
from claimcheck.model import Claim, FileResult, Inventoried, Place, Position, Report, Role, Run, Segment, Spot
from claimcheck.reporters.html import MOST_AT_ONCE, MOST_CHARACTERS
from claimcheck.reporters.joined import joined

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
HOSTILE = (
    "Our </p><script>alert(1)</script> peel <img src=x onerror=alert(2)> smooths fine lines \u202eevil\u202c "
    "for \"ever' &amp; </noscript><style>*{display:none}</style> and <!-- fades dark spots.\n"
)


class _Page(HTMLParser):
    """The elements of a page: tags with their attributes, and the text of the marks of claims and qualifiers."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: dict[str, str] = {}
        self._open: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        if tag in ("a", "span"):
            self._open.append((tag, found.get("id") or ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("a", "span"):
            self._open.pop()

    def handle_data(self, data: str) -> None:
        for _, name in self._open:
            if name:
                self.words[name] = self.words.get(name, "") + data

    @property
    def ids(self) -> list[str]:
        return [name for _, attributes in self.tags if (name := attributes.get("id"))]


def checked(tmp_path: Path, text: str, linter: Linter, name: str = "page.txt", **asked: object) -> Report:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    options = replace(Options(on="2026-11-22", keep_copy=True), **asked)  # type: ignore[arg-type]
    return check_paths([path], options, linter=linter)


def test_nothing_of_the_copy_becomes_markup(tmp_path: Path, linter: Linter) -> None:
    page = _Page(render(checked(tmp_path, HOSTILE, linter), "html"))
    assert Counter(tag for tag, _ in page.tags if tag in ("script", "style", "img", "noscript")) == {
        "script": 2,
        "style": 1,
    }


def test_what_the_copy_says_is_shown_letter_by_letter(tmp_path: Path, linter: Linter) -> None:
    html = render(checked(tmp_path, HOSTILE, linter), "html")
    assert "Our &lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt; peel" in html


def test_no_character_turns_the_direction_of_writing(tmp_path: Path, linter: Linter) -> None:
    html = render(checked(tmp_path, HOSTILE, linter), "html")
    assert ("\u202e" in html, "\\u{202e}evil\\u{202c}" in html) == (False, True)


def test_no_element_has_a_style_or_a_handler(report: Report) -> None:
    page = _Page(render(report, "html", show_dismissed=True))
    assert [name for _, found in page.tags for name in found if name == "style" or name.startswith("on")] == []


def test_the_policy_lets_in_its_own_style_and_script_only(report: Report) -> None:
    html = render(report, "html")
    (style,) = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    (script,) = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    digests = [b64encode(sha256(text.encode()).digest()).decode() for text in (style, script)]
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digests[0]}'; script-src 'sha256-{digests[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )


def test_only_links_lead_elsewhere(report: Report) -> None:
    page = _Page(render(report, "html"))
    loads = [(tag, name) for tag, found in page.tags for name in ("src", "href", "data", "srcset") if found.get(name)]
    assert set(loads) == {("a", "href")}


@pytest.mark.parametrize("name", ["clinic-bad.md", "clinic-good.md", "product-bad.md", "blog-bad.md"])
def test_every_link_within_the_page_leads_somewhere(name: str, linter: Linter) -> None:
    options = Options(on="2026-11-22", keep_copy=True, policies=("caveats", "uk"))
    page = _Page(render(check_paths([FIXTURES / name], options, linter=linter), "html", show_dismissed=True))
    targets = {(found.get("href") or "")[1:] for _, found in page.tags if (found.get("href") or "").startswith("#")}
    assert (targets - set(page.ids), [one for one, count in Counter(page.ids).items() if count > 1]) == (set(), [])


@pytest.mark.parametrize("name", ["clinic-bad.md", "clinic-good.md", "product-bad.md", "blog-bad.md"])
def test_marks_bear_the_words_of_their_claims(name: str, linter: Linter) -> None:
    report = check_paths([FIXTURES / name], Options(on="2026-11-22", keep_copy=True), linter=linter)
    page = _Page(render(report, "html"))
    marks = [mark for note in joined(report.results[0], report.policies).notes for mark in note.marks]
    assert {name: words for name, words in page.words.items() if re.fullmatch(r"f1c\d+", name)} == {
        f"f1c{mark.number}": mark.text for mark in marks
    }


def test_a_claim_within_the_words_of_another_is_shown_by_the_mark_of_that() -> None:
    text = "skip the Botox"
    copy = (Segment(text, (Run(0, 14, 0, 14),), Role.PARAGRAPH, 0),)
    result = FileResult(path="page.md", copy=copy, claims=(claimed(0, text), claimed(9, "Botox")))
    page = _Page(render(Report("1", "2", "2026-11-22", ("caveats",), (result,)), "html"))
    links = [found["href"] for _, found in page.tags if (found.get("href") or "").startswith("#f1c")]
    assert (links, page.words["f1c1"]) == (["#f1c1", "#f1c1"], text)


def test_words_for_an_image_do_not_part_a_section_from_its_notes(tmp_path: Path, linter: Linter) -> None:
    text = (
        "# One\n\nWe are here.\n\n# Two\n\nIt smooths fine lines.\n\n![A blue jar](jar.png)\n\nIt fades dark spots.\n"
    )
    html = render(checked(tmp_path, text, linter, "page.md"), "html")
    assert html.count('<div class="part"') == 2


def test_every_place_of_a_fixture_is_found_again(linter: Linter) -> None:
    report = check_paths([FIXTURES], Options(on="2026-11-22", keep_copy=True), linter=linter)
    wrong = []
    for result in report.results:
        for note in joined(result, report.policies).notes:
            for mark in note.marks:
                here = mark.stretch and result.copy[mark.stretch.segment].to_source(
                    mark.stretch.start, mark.stretch.end
                )
                if here != (mark.spot.start.offset, mark.spot.end.offset):
                    wrong.append((result.path, mark.spot.start.line, mark.text))
    assert wrong == []


def test_qualifiers_are_joined_to_the_claims_that_they_cover(tmp_path: Path, linter: Linter) -> None:
    text = "# Peels\n\nOur peel in the clinic smooths fine lines. Results vary.\n"
    result = checked(tmp_path, text, linter, "page.md").results[0]
    found = joined(result, ("caveats",))
    assert [(one.qualifiers[0][1].text, one.near, one.far) for one in found.caveats] == [("Results vary", (1,), ())]


def test_the_copy_is_kept_only_when_it_is_asked_for(tmp_path: Path, linter: Linter) -> None:
    without = checked(tmp_path, HOSTILE, linter, keep_copy=False)
    with_copy = checked(tmp_path, HOSTILE, linter)
    assert ([one.copy for one in without.results], [bool(one.copy) for one in with_copy.results]) == ([()], [True])


def test_rows_of_a_feed_are_shown_each_with_its_section(tmp_path: Path, linter: Linter) -> None:
    feed = "name,description\nA,It reduces scars.\nB,It is blue.\nC,It fades dark spots.\n"
    report = checked(tmp_path, feed, linter, "feed.csv")
    assert {one.section for one in report.results[0].copy} == {0, 1}


def test_a_clean_run_says_that_nothing_was_found(clean_report: Report) -> None:
    html = render(clean_report, "html")
    assert ("nothing found in 1 file" in html, "complian" in html.lower()) == (True, False)


def test_a_long_paragraph_is_shown_as_several(tmp_path: Path, linter: Linter) -> None:
    text = "Our peel smooths fine lines and fades dark spots, they say of it. " * 200
    html = render(checked(tmp_path, text, linter), "html")
    pieces = re.findall(r'<p class="p">(.*?)</p>', html)
    plain = [re.sub(r"<[^>]*>", "", piece) for piece in pieces]
    assert ("".join(plain), max(map(len, plain)) <= MOST_CHARACTERS) == (text.strip(), True)


def test_a_long_report_waits_in_noscript(tmp_path: Path, linter: Linter) -> None:
    report = checked(tmp_path, HOSTILE, linter)
    long = replicated(report, MOST_AT_ONCE)
    assert render(long, "html").count("<noscript>") == len(long.results) + 1


def test_two_thousand_pages_are_written_in_seconds(linter: Linter) -> None:
    report = check_paths([FIXTURES / "clinic-bad.md"], Options(on="2026-11-22", keep_copy=True), linter=linter)
    results = tuple(replace(report.results[0], path=f"page-{number}.md") for number in range(2_000))
    start = time.monotonic()
    render(replace(report, results=results), "html")
    assert time.monotonic() - start < 60  # about 5 on an idle machine


def test_a_report_without_its_copy_says_so(report: Report) -> None:
    results = tuple(replace(one, copy=()) for one in report.results)
    assert "The copy itself is not in this report." in render(replace(report, results=results), "html")


def test_cells_of_a_row_stand_beside_each_other() -> None:
    cells = tuple(Segment(text, (Run(0, 3, start, 3),), Role.CELL, 7) for text, start in (("one", 0), ("two", 4)))
    result = FileResult(path="page.md", copy=cells, claims=(claimed(0, "one"),))
    report = Report("1", "2", "2026-11-22", ("caveats",), (result,))
    assert '<p class="r"><span><a ' in render(report, "html")


def claimed(start: int, text: str) -> Inventoried:
    """A claim in the first line of a file."""
    end = start + len(text)
    spot = Spot("page.md", Position(1, start + 1, start), Position(1, end + 1, end))
    claim = Claim(Place(0, 0, 0, 0, start, end), text, "", ("efficacy",), "efficacy/skin", ("efficacy/skin",))
    return Inventoried(spot, claim, (("caveats", "qualified"),), ())


def replicated(report: Report, claims: int) -> Report:
    """The same page again and again, until it holds so many claims."""
    page = report.results[0]
    times = claims // len(page.claims) + 1
    return replace(report, results=tuple(replace(page, path=f"page-{number}.txt") for number in range(times)))
