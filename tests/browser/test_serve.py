"""``claimcheck serve`` as people use it: they paste, type, open files, take what is proposed, use no mouse."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytest.importorskip("uvicorn", reason="uvicorn is not installed")

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page, Route

    Open = Callable[..., Page]

PHONE = {"width": 390, "height": 844}
DRAFT = """# \U0001f33f Our peel

A peel in our clinic smooths fine lines and fades dark spots.

Results vary from person to person.
"""
FOUND = "2 errors in 2 claims."
NO_POLICY = "Choose a policy to judge by."
PATIENCE = 900  # ms, after which the page waits no more for an answer about an older draft


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the page is served."""
    process = subprocess.Popen(
        [sys.executable, "-m", "claimcheck", "serve", "--isolated"],
        cwd=tmp_path_factory.mktemp("served"),
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout is not None
    yield process.stdout.readline().strip()
    process.kill()
    process.communicate()


@pytest.fixture
def opened(new_page: Open, address: str) -> Open:
    """Opens the page; arguments are those of a context."""

    def open_page(**asked: Any) -> Page:
        page = new_page(**asked)
        page.goto(address)
        page.wait_for_selector("body.ready")
        return page

    return open_page


@pytest.fixture
def page(opened: Open) -> Page:
    """The page, in a window of ordinary size."""
    return opened()


def text(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Your draft")


def claims(page: Page) -> Locator:
    return page.locator("#claims button.claim")


def found(page: Page, headline: str) -> None:
    expect(page.locator("#headline")).to_have_text(headline, timeout=20_000)


def marked(page: Page, look: str) -> list[str]:
    return page.locator(f"#marks mark.{look}").all_text_contents()


def paste(page: Page, copy: str) -> None:
    """Put copy into the draft as from the clipboard, in one go."""
    text(page).focus()
    page.keyboard.insert_text(copy)


def checked(page: Page, copy: str = DRAFT, headline: str = FOUND) -> None:
    paste(page, copy)
    found(page, headline)


class Held:
    """Questions of the page that get no answer until they are let go."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.routes: list[Route] = []
        page.route(re.compile(address), lambda route: self.routes.append(route))  # noqa: PLW0108  # it takes no built-in

    def wait(self, number: int) -> Route:
        """The question of this number, from 1 on, as soon as it is asked."""
        while len(self.routes) < number:
            self.page.wait_for_timeout(10)
        return self.routes[number - 1]


def downloaded(page: Page, title: str) -> tuple[str, Path]:
    page.locator("#download summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=title, exact=True).click()
    return download.value.suggested_filename, download.value.path()


# ----------------------------------------------------------------------------- the draft


def test_what_is_pasted_is_marked_at_the_very_words(page: Page) -> None:
    checked(page)
    assert (marked(page, "error"), marked(page, "caveat")) == (
        ["smooths fine lines", "fades dark spots"],
        ["Results vary from person to person"],
    )


def test_the_marks_lie_beneath_their_words(page: Page) -> None:
    checked(
        page, "Our serum comes in a jar that is green. " * 30 + "It reduces wrinkles.\n\n" * 2, "1 error in 2 claims."
    )
    text_box, marks_box = text(page).bounding_box(), page.locator("#marks").bounding_box()
    heights = page.evaluate("[text.scrollHeight, text.clientHeight]")
    assert (text_box, heights[0]) == (marks_box, heights[1])


def test_marks_follow_while_somebody_types_and_only_the_newest_answer_is_shown(page: Page) -> None:
    checked(page)
    text(page).press("Control+Home")
    page.keyboard.type("A new first line about our serum, which reduces redness.\n\n", delay=15)
    assert marked(page, "error")[-2:] == ["smooths fine lines", "fades dark spots"]
    found(page, "2 errors, 1 warning in 3 claims.")
    assert marked(page, "warning") == ["reduces redness"]


def test_while_an_answer_is_awaited_nothing_else_is_asked_and_then_the_newest_draft_is(page: Page) -> None:
    held = Held(page, r"/check\?")
    paste(page, "Our serum")
    first = held.wait(1)
    page.keyboard.type(" reduces scars.")
    asked = len(held.routes)
    first.continue_()
    second = held.wait(2)
    second.continue_()
    found(page, "1 error in 1 claim.")
    assert (asked, second.request.post_data, len(held.routes)) == (1, "Our serum reduces scars.", 2)


def test_what_is_pasted_is_asked_about_once(page: Page) -> None:
    asked: list[str | None] = []
    page.on("request", lambda request: asked.append(request.post_data) if "/check?" in request.url else None)
    checked(page)
    page.wait_for_timeout(300)
    assert asked == [DRAFT]


def test_an_answer_that_takes_long_is_not_waited_for_when_the_draft_has_changed(page: Page) -> None:
    held = Held(page, r"/check\?")
    page.evaluate(
        "() => { window.said = []; const told = document.querySelector('#headline');"
        " new MutationObserver(() => said.push(told.textContent)).observe(told, { childList: true }); }"
    )
    paste(page, "Our serum reduces scars.")
    held.wait(1)
    page.wait_for_timeout(PATIENCE)
    with page.expect_event("requestfailed"):
        text(page).fill("We are open on Saturdays.")
    held.wait(2).continue_()
    found(page, "No claims found.")
    assert page.evaluate("said") == ["No claims found."]


def test_nothing_found_is_all_that_is_said_of_good_copy(page: Page) -> None:
    checked(page, "Our serum smooths wrinkles. Results vary from person to person.", "Nothing found in 1 claim.")
    assert not re.search("complian|complies|approved|safe to", page.locator("body").inner_text(), re.IGNORECASE)


def test_what_is_written_can_be_emptied_again(page: Page) -> None:
    checked(page)
    text(page).fill("")
    expect(page.get_by_role("button", name="Try an example")).to_be_visible()
    assert (marked(page, "error"), page.locator("#headline").inner_text()) == ([], "")


def test_a_thousand_words_are_marked_at_once(page: Page) -> None:
    sentence = "Our serum comes in a green jar and smells of bergamot, and it smooths fine lines. "
    checked(page, sentence * 67, "1 error in 67 claims.")
    taken = page.evaluate(
        """async () => {
          const taken = [];
          const marks = () => document.querySelectorAll("#marks mark").length;
          for (let turn = 0; turn < 10; turn += 1) {
            const [before, began] = [marks(), performance.now()];
            document.execCommand("insertText", false, "It erases wrinkles. ");
            while (marks() === before) await new Promise(requestAnimationFrame);
            taken.push(performance.now() - began);
          }
          return taken;
        }"""
    )
    # From the key to the screen. On an idle machine the middle one takes less than 150; this one may be busy.
    assert min(taken) < 450, taken


# ----------------------------------------------------------------------------- why, and what to do


def test_a_click_on_a_claim_says_why(page: Page) -> None:
    checked(page)
    # The draft lies above the marks, so the click arrives there.
    page.locator("#marks mark.error").first.click(force=True)
    why = page.locator("#claim-0")
    expect(why).to_contain_text("'smooths fine lines' says what a treatment does")
    expect(why).to_contain_text("whom to ask first")
    expect(why).to_contain_text("line 5, in the same section, 4 words after the claim")
    expect(why).to_contain_text("Who says so")
    assert (marked(page, "open"), marked(page, "near")) == (
        ["smooths fine lines"],
        ["Results vary from person to person"],
    )


def test_a_source_opens_elsewhere_and_is_told_nothing(page: Page) -> None:
    page.get_by_role("checkbox", name="UK").click()
    checked(page, "Our cream heals eczema.", "2 errors in 1 claim.")
    claims(page).first.click()
    link = page.locator("#claim-0 a").first
    assert (link.get_attribute("rel"), link.get_attribute("target")) == ("noopener noreferrer", "_blank")


def test_a_caveat_is_added_and_the_findings_go(page: Page) -> None:
    checked(page)
    page.get_by_role("button", name="Add it").first.click()
    found(page, "Nothing found in 2 claims.")
    assert "Speak to a qualified skincare professional first" in text(page).input_value()
    text(page).press("Control+z")
    found(page, FOUND)
    assert text(page).input_value() == DRAFT


def test_a_rewording_is_taken_and_the_finding_goes(page: Page) -> None:
    checked(page, "Our serum smooths wrinkles.", "1 error in 1 claim.")
    claims(page).first.click()
    page.get_by_role("button", name="Use it").first.click()
    found(page, "Nothing found in 1 claim.")
    assert text(page).input_value() == "Our serum smooths the look of wrinkles."


def test_a_caveat_that_is_named_is_shown_in_the_text(page: Page) -> None:
    checked(page)
    claims(page).first.click()
    page.get_by_role("button", name="“Results vary from person to person”").click()
    selected = page.evaluate("text.value.slice(text.selectionStart, text.selectionEnd)")
    assert selected == "Results vary from person to person"


def test_other_policies_and_subjects_judge_otherwise(page: Page) -> None:
    checked(page, "Our cream heals eczema.", "1 error in 1 claim.")
    page.get_by_role("checkbox", name="US").click()
    page.get_by_role("checkbox", name="UK").click()
    found(page, "3 errors in 1 claim.")
    page.get_by_label("About").select_option("drug")
    expect(page.locator("#headline")).not_to_have_text("3 errors in 1 claim.")


def test_without_a_policy_one_is_asked_for(page: Page) -> None:
    checked(page)
    page.get_by_role("checkbox", name="caveats").click()
    expect(page.get_by_role("alert")).to_have_text(NO_POLICY)
    assert (marked(page, "error"), marked(page, "caveat"), claims(page).count()) == ([], [], 0)
    page.get_by_role("checkbox", name="caveats").click()
    found(page, FOUND)


def test_without_a_policy_nothing_is_reported_or_opened(page: Page) -> None:
    checked(page)
    page.get_by_role("checkbox", name="caveats").click()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator("#download summary").click()
    page.get_by_role("button", name="CSV report").click()
    expect(page.locator("#toast")).to_have_text(NO_POLICY)
    page.get_by_role("button", name="Copy text").click()
    expect(page.locator("#toast")).to_have_text("Copied.")
    page.locator("#file").set_input_files(word("other.txt", b"It lifts skin."))
    expect(page.locator("#toast")).to_have_text(NO_POLICY)
    assert (asked, text(page).input_value()) == ([], DRAFT)


def test_the_example_shows_what_the_page_does(page: Page) -> None:
    page.get_by_role("button", name="Try an example").click()
    found(page, "5 errors, 1 warning in 6 claims.")


@pytest.mark.parametrize(
    "hostile",
    [
        "<img src=x onerror=alert(1)> reduces scars <script>alert(1)</script>",
        "\u202e reduces \u2066scars\u2069 \u200b",
        "</textarea><b>reduces scars",
        "{{7*7}} ${alert(1)} reduces scars",
    ],
)
def test_copy_is_never_markup(hostile: str, page: Page) -> None:
    page.on("dialog", lambda _: pytest.fail("a script of the copy ran"))
    paste(page, f"Our serum {hostile}")
    expect(page.locator("#headline")).not_to_be_empty()
    assert page.locator("main img, main b, main script").count() == 0
    assert page.locator("#marks").inner_text().replace("\u200b", "") == f"Our serum {hostile}".replace("\u200b", "")


# ----------------------------------------------------------------------------- files


def word(name: str, data: bytes) -> Any:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def test_a_word_document_is_opened_and_comes_back_with_comments(page: Page, word_file: Callable[..., bytes]) -> None:
    page.locator("#file").set_input_files(
        word("draft.docx", word_file("Our peel", "It fades \U0001f33f dark spots.", "It smooths lines."))
    )
    expect(text(page)).to_have_value("Our peel\nIt fades \U0001f33f dark spots.\nIt smooths lines.")
    found(page, "2 errors in 2 claims.")
    assert (text(page).is_editable(), marked(page, "error")[-1]) == (False, "smooths lines")
    name, path = downloaded(page, "Word with comments")
    with zipfile.ZipFile(path) as archive:
        assert (name, "smooths lines" in archive.read("word/comments.xml").decode()) == ("draft-reviewed.docx", True)


def test_the_words_of_a_word_document_can_be_edited_as_text(page: Page, word_file: Callable[..., bytes]) -> None:
    page.locator("#file").set_input_files(word("draft.docx", word_file("It smooths lines.")))
    found(page, "1 error in 1 claim.")
    page.get_by_role("button", name="Edit them as plain text").click()
    page.get_by_role("button", name="Add it").first.click()
    found(page, "Nothing found in 1 claim.")


def test_a_file_that_is_dropped_is_opened(page: Page) -> None:
    transfer = page.evaluate_handle(
        "() => { const held = new DataTransfer();"
        " held.items.add(new File(['id,text\\r\\n1,Reduces scars\\r\\n'], 'feed.csv')); return held; }"
    )
    page.dispatch_event("#text", "dragover", {"dataTransfer": transfer})
    page.dispatch_event("#text", "drop", {"dataTransfer": transfer})
    found(page, "1 error in 1 claim.")
    assert (text(page).input_value(), marked(page, "error")) == ("id,text\n1,Reduces scars\n", ["Reduces scars"])


def test_a_draft_that_a_file_takes_the_place_of_can_be_put_back(page: Page) -> None:
    checked(page)
    page.locator("#file").set_input_files(word("feed.csv", b"id,text\n1,Reduces scars\n"))
    expect(text(page)).to_have_value("id,text\n1,Reduces scars\n")
    page.get_by_role("button", name="Put my draft back").click()
    found(page, FOUND)
    back = (text(page).input_value(), page.get_by_label("Read as").input_value(), page.locator("#origin").is_visible())
    page.get_by_role("button", name="Undo").click()
    expect(text(page)).to_have_value("id,text\n1,Reduces scars\n")
    assert back == (DRAFT, "md", False)
    expect(page.get_by_role("button", name="Put my draft back")).to_be_visible()


def test_of_several_files_each_can_be_put_back_and_the_draft_last(page: Page, word_file: Callable[..., bytes]) -> None:
    checked(page)
    page.locator("#file").set_input_files(word("one.docx", word_file("It smooths lines.")))
    expect(text(page)).to_have_value("It smooths lines.")
    page.locator("#file").set_input_files(word("two.txt", b"It lifts skin."))
    expect(text(page)).to_have_value("It lifts skin.")
    page.get_by_role("button", name="Put one.docx back").click()
    found(page, "1 error in 1 claim.")
    one = (text(page).input_value(), text(page).is_editable())
    page.get_by_role("button", name="Put my draft back").click()
    found(page, FOUND)
    assert (one, text(page).input_value(), text(page).is_editable()) == (("It smooths lines.", False), DRAFT, True)


def test_what_is_typed_while_a_file_is_opened_stays(page: Page) -> None:
    held = Held(page, r"/check\?.*opened=1")
    page.locator("#file").set_input_files(word("slow.txt", b"It reduces scars."))
    slow = held.wait(1)
    checked(page)
    slow.continue_()
    expect(page.locator("#toast")).to_have_text("The draft has changed since. Try again.")
    assert (text(page).input_value(), marked(page, "error")) == (DRAFT, ["smooths fine lines", "fades dark spots"])


def test_of_two_files_that_are_opened_at_once_the_last_is_shown(page: Page) -> None:
    held = Held(page, r"/check\?.*name=slow.txt")
    page.locator("#file").set_input_files(word("slow.txt", b"It reduces scars."))
    held.wait(1)
    with page.expect_event("requestfailed") as stopped:
        page.locator("#file").set_input_files(word("fast.txt", b"We are open on Saturdays."))
    found(page, "No claims found.")
    assert ("name=slow.txt" in stopped.value.url, text(page).input_value()) == (True, "We are open on Saturdays.")


def test_a_file_that_cannot_be_read_is_told_so_and_the_draft_stays(page: Page) -> None:
    checked(page)
    page.locator("#file").set_input_files(word("broken.docx", b"PK\x03\x04 and no more"))
    expect(page.get_by_role("alert")).to_contain_text("broken.docx: Not checked", timeout=20_000)
    assert text(page).input_value() == DRAFT


def test_why_a_file_is_not_opened_stays_when_a_late_answer_about_the_draft_comes_and_goes_when_it_changes(
    page: Page,
) -> None:
    held = Held(page, r"/check\?.*name=draft")
    paste(page, DRAFT)
    late = held.wait(1)
    page.locator("#file").set_input_files(word("broken.docx", b"PK\x03\x04 and no more"))
    problem = page.get_by_role("alert")
    expect(problem).to_contain_text("broken.docx: Not checked", timeout=20_000)
    late.continue_()
    found(page, FOUND)
    stayed = problem.inner_text()
    page.keyboard.type("x")
    held.wait(2).continue_()
    expect(problem).to_have_text("")
    assert stayed.startswith("broken.docx: Not checked")


def test_a_file_that_is_too_large_is_not_even_sent(page: Page) -> None:
    page.evaluate(
        "() => { const held = new DataTransfer(); held.items.add(new File([new Uint8Array(10_000_001)], 'big.txt'));"
        " document.dispatchEvent(new DragEvent('drop', { dataTransfer: held, bubbles: true })); }"
    )
    expect(page.locator("#toast")).to_have_text("“big.txt” is larger than 10 MB.")


def test_reports_and_the_text_itself_are_downloaded(page: Page) -> None:
    checked(page)
    kept = {title: downloaded(page, title) for title in ("Text", "HTML report", "CSV report", "JSON report")}
    names = {title: name for title, (name, _) in kept.items()}
    content = {title: path.read_text(encoding="utf-8") for title, (_, path) in kept.items()}
    assert names == {
        "Text": "draft.md",
        "HTML report": "draft-claimcheck.html",
        "CSV report": "draft-claimcheck.csv",
        "JSON report": "draft-claimcheck.json",
    }
    assert (content["Text"], len(json.loads(content["JSON report"])["findings"])) == (DRAFT, 2)
    assert all("smooths fine lines" in content[title] for title in ("HTML report", "CSV report"))


def test_the_text_is_copied(opened: Open) -> None:
    page = opened(permissions=["clipboard-read", "clipboard-write"])
    checked(page)
    page.get_by_role("button", name="Copy text").click()
    expect(page.locator("#toast")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == DRAFT


# ----------------------------------------------------------------------------- keyboard, looks, access


def test_all_of_it_can_be_done_from_the_keyboard(page: Page) -> None:
    def at(name: str) -> None:
        """Go on with Tab until something is reached."""
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent.trim() || document.activeElement.id") == name:
                return
        pytest.fail(f"Tab does not reach '{name}'")

    at("text")
    page.keyboard.insert_text("Our serum smooths wrinkles.")
    found(page, "1 error in 1 claim.")
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Control+Enter")
    expect(claims(page).first).to_be_focused()
    expect(claims(page).first).to_have_attribute("aria-expanded", "true")
    at("Use it")
    page.keyboard.press("Enter")
    found(page, "Nothing found in 1 claim.")
    expect(text(page)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    with page.expect_download():
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    expect(page.locator("#download summary")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [{"width": 1280, "height": 800}, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing(
    scheme: str, viewport: dict[str, int], opened: Open, inaccessible: Callable[[Page], list[str]]
) -> None:
    page = opened(color_scheme=scheme, viewport=viewport)
    empty = inaccessible(page)
    checked(page)
    claims(page).first.click()
    expect(page.get_by_role("button", name="Add it").first).to_be_visible()
    page.wait_for_timeout(500)
    page.locator("#download summary").click()
    assert (empty, inaccessible(page)) == ([], [])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marked_text_can_be_read(scheme: str, opened: Open) -> None:
    page = opened(color_scheme=scheme)
    checked(page)
    # axe cannot see what lies beneath a textarea.
    colors = page.evaluate(
        """() => {
          const look = getComputedStyle(document.querySelector("#text")).color;
          return ["error", "warning", "note", "fine", "caveat"].map((name) => {
            const mark = document.createElement("mark");
            mark.className = name;
            document.querySelector("#marks").append(mark);
            return [look, getComputedStyle(mark).backgroundColor];
          });
        }"""
    )
    assert [one for one in colors if contrast(*one) < 4.5] == []


def contrast(one: str, other: str) -> float:
    """Of two colours as a browser tells them: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""
    bright = sorted(map(luminance, (one, other)))
    return (bright[1] + 0.05) / (bright[0] + 0.05)


def luminance(color: str) -> float:
    parts = [int(part) / 255 for part in re.findall(r"\d+", color)[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_on_a_phone_nothing_is_wider_than_the_screen_and_a_tap_says_why(opened: Open) -> None:
    page = opened(viewport=PHONE, has_touch=True)
    checked(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.locator("#marks mark.error").first.tap(force=True, position={"x": 20, "y": 5})
    page.get_by_role("button", name="Why?").click()
    expect(claims(page).first).to_be_focused()
    expect(page.locator("#claim-0")).to_be_in_viewport()


def test_an_answer_that_comes_after_the_tap_leaves_its_words_there(opened: Open) -> None:
    page = opened(viewport=PHONE, has_touch=True)
    checked(page)
    held = Held(page, "check")
    page.get_by_label("About").select_option("procedure")
    late = held.wait(1)
    page.locator("#marks mark.error").first.tap(force=True, position={"x": 20, "y": 5})
    why = page.get_by_role("button", name="Why?")
    expect(why).to_be_visible()

    late.continue_()
    expect(page.locator("body")).not_to_have_class(re.compile("busy"))
    why.click()

    expect(claims(page).first).to_be_focused()


def test_the_summary_is_announced(page: Page) -> None:
    checked(page)
    expect(page.get_by_role("status").first).to_have_text(FOUND)


def test_what_happens_when_the_program_has_ended_is_told(browser: Browser, address: str) -> None:
    # The browser itself complains on the console, which fails other tests.
    page = browser.new_page()
    page.goto(address)
    page.wait_for_selector("body.ready")
    page.route(f"{address}check?*", lambda route: route.abort())
    paste(page, DRAFT)
    expect(page.get_by_role("alert")).to_have_text("claimcheck does not answer. Is it still running?")
    page.close()
