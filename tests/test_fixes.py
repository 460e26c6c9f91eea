"""A fix clears what it was meant to clear, adds to the file and does nothing else, and does it once."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from claimcheck.edits import Edit
from claimcheck.engine.linter import Linter
from claimcheck.errors import UsageError
from claimcheck.filecheck import check_data
from claimcheck.fixes import Applicability, Fixed, check_caveats, fixed, offered
from claimcheck.model import FileResult
from claimcheck.options import Options

FIXTURES = Path(__file__).parents[1] / "fixtures"
VARY = "Individual results may vary."
ASK = "Speak to a qualified skincare professional first to see whether it is right for you."
WHO = "This treatment is performed by a trained, licensed professional."

MARKDOWN = """\
---
title: Our serum reduces wrinkles
---
# Night serum

Our serum **fades** dark spots. It smooths fine lines.

- It refines pores
- It is a skin savior

  ```
  a recipe
  ```
<!-- claimcheck: ignore[*] because it is the name of the offer -->
## Erases wrinkles

Come and see.

## What others say

> It reduces wrinkles.
> — Ann

| day | effect |
| --- | --- |
| 1 | a miracle for scars |

[^1]: Ask us.
"""
MARKDOWN_FIXED = """\
---
title: Our serum reduces the look of wrinkles
---
# Night serum

Our serum **fades** dark spots. It smooths the look of fine lines.

- It refines the look of pores
- It is a skin savior

  ```
  a recipe
  ```

{vary} {ask}

<!-- claimcheck: ignore[*] because it is the name of the offer -->
## Erases wrinkles

Come and see.

## What others say

> It reduces wrinkles.
> — Ann

| day | effect |
| --- | --- |
| 1 | a miracle for scars |

{vary}

[^1]: Ask us.
"""
HTML = """\
<!doctype html>
<html lang="en">
<head><title>Lines &amp; more</title></head>
<body>
<main>
  <h1>Night serum</h1>
  <section>
    <h2>What it does</h2>
    <div class="grid">
      <div><h3>Lines</h3><p>It erases wrinkles.</p></div>
      <div><h3>Spots</h3><p>It <em>fades</em> dark spots<p>It smooths fine lines &amp; more.</div>
    </div>
  </section>
  <section><h2>Peels</h2><ul><li>A miracle for scars<li>We are open daily</ul></section>
</main>
<img src="a.png" alt="Our serum reduces wrinkles">
<footer><p>Write to us.</p></footer>
</body>
</html>
"""
HTML_FIXED = """\
<!doctype html>
<html lang="en">
<head><title>Lines &amp; more</title></head>
<body>
<main>
  <h1>Night serum</h1>
  <section>
    <h2>What it does</h2>
    <div class="grid">
      <div><h3>Lines</h3><p>It erases wrinkles.</p></div>
      <div><h3>Spots</h3><p>It <em>fades</em> dark spots<p>It smooths the look of fine lines &amp; more.</div>
      <p>{vary} {ask}</p>
    </div>
  </section>
  <section><h2>Peels</h2><ul><li>A miracle for scars<li>We are open daily</ul><p>{vary}</p></section>
</main>
<img src="a.png" alt="Our serum reduces the look of wrinkles">
<footer><p>Write to us.</p></footer>
</body>
</html>
"""
TEXT = """\
Night serum

It erases wrinkles. SMOOTHS FINE LINES.
“It reduces wrinkles,” says nobody.

How to use it

Apply it at night to clean skin, and wait for a while before make-up.
"""
TEXT_FIXED = """\
Night serum

It erases wrinkles. SMOOTHS THE LOOK OF FINE LINES.
“It reduces wrinkles,” says nobody.

{vary}

How to use it

Apply it at night to clean skin, and wait for a while before make-up.
"""


def fix(linter: Linter, data: bytes, path: str, *policies: str, texts: dict[str, str] | None = None) -> Fixed:
    """All findings of a file fixed."""
    return fix_some(linter, data, check(linter, data, path, *policies), *policies, texts=texts)


def fix_some(
    linter: Linter, data: bytes, result: FileResult, *policies: str, texts: dict[str, str] | None = None
) -> Fixed:
    """The findings of a result fixed."""
    again = partial(check_data, linter=linter, options=Options(policies=policies or ("caveats",), on="2026-11-22"))
    return fixed(data, result, again, linter.rulebook, texts=texts or {})


def check(linter: Linter, data: bytes, path: str, *policies: str) -> FileResult:
    return check_data(data, path, linter, Options(policies=policies or ("caveats",), on="2026-11-22"))


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [("a.md", MARKDOWN, MARKDOWN_FIXED), ("a.html", HTML, HTML_FIXED), ("a.txt", TEXT, TEXT_FIXED)],
)
def test_a_page_is_fixed_in_its_own_syntax(linter: Linter, path: str, before: str, after: str) -> None:
    assert fix(linter, before.encode(), path).after == after.format(vary=VARY, ask=ASK)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Our serum reduces fine lines and wrinkles.", "Our serum reduces the look of fine lines and wrinkles."),
        ("It firms and smooths wrinkles.", "It firms and smooths the look of wrinkles."),
        ("It visibly reduces your dark circles.", "It visibly reduces the look of your dark circles."),
        ("It helps smooth wrinkles.", "It helps smooth the look of wrinkles."),
        ("It glows by reducing dullness.", "It glows by reducing the look of dullness."),
        ("# Reduces Fine Lines", "# Reduces the Look of Fine Lines"),
        ("It evens skin tone on the face.", "It evens the look of skin tone on the face."),
    ],
)
def test_a_verb_before_its_object_is_made_to_speak_of_the_look(linter: Linter, before: str, after: str) -> None:
    assert fix(linter, before.encode(), "a.md").after == after


@pytest.mark.parametrize(
    "text",
    [
        "Our wrinkle-reducing serum.",
        "It gets rid of wrinkles.",
        "It smooths wrinkles away.",
        "It reduces wrinkle creams.",
        "For smooth lines.",
        "It erases wrinkles.",
        "It boosts absorption.",
        "It **reduces** wrinkles.",
        "It reduces\nwrinkles.",
        "She says: “it reduces wrinkles every day”.",
        "> It reduces wrinkles.",
    ],
)
def test_words_are_left_alone_where_the_grammar_is_not_certain_or_they_are_of_others(linter: Linter, text: str) -> None:
    assert "the look of" not in fix(linter, text.encode(), "a.md").after


def test_a_template_of_a_page_gets_no_caveat(linter: Linter) -> None:
    made = fix(linter, b"<p>A skin savior for scars.</p>", "_includes/a.html")

    assert (made.cleared, [one.applicability for one in made.fixes]) == (0, [Applicability.DISPLAY_ONLY])


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.json", '{"description": "Our serum reduces wrinkles."}'),
        ("a.csv", "description\nOur serum reduces wrinkles.\n"),
        ("a.jsx", "<p>Our serum reduces wrinkles.</p>"),
    ],
)
def test_what_a_format_does_not_take_is_only_told(linter: Linter, path: str, text: str) -> None:
    made = fix(linter, text.encode(), path)

    assert made.data == text.encode()
    assert [(one.applicability, one.title) for one in made.fixes] == [
        (Applicability.DISPLAY_ONLY, f"Add \u201c{VARY}\u201d")
    ]


def test_what_has_no_words_ready_is_only_told(linter: Linter) -> None:
    made = fix(linter, b"It is clinically proven.", "a.md")

    assert [(one.applicability, one.title) for one in made.fixes] == [
        (Applicability.DISPLAY_ONLY, "Name the evidence beside the claim.")
    ]


def test_a_fix_says_what_it_does_and_that_it_is_unsafe(linter: Linter) -> None:
    made = fix(linter, b"# Serum\n\nIt reduces wrinkles. It is a skin savior.", "a.md")

    assert [(one.applicability, one.title) for one in made.fixes] == [
        (Applicability.UNSAFE, "Write \u201creduces the look of wrinkles\u201d."),
        (Applicability.UNSAFE, f"Add \u201c{VARY}\u201d to \u201cSerum\u201d."),
    ]
    assert made.cleared == 2


def test_the_words_of_the_configuration_go_before_those_of_the_policy(linter: Linter) -> None:
    made = fix(linter, b"A skin savior for scars.", "a.md", texts={"variability": "Your results may differ."})

    assert made.after == "A skin savior for scars.\n\nYour results may differ."


def test_what_is_offered_can_be_made_alone(linter: Linter) -> None:
    text, path = "# Serum\n\nIt smooths wrinkles and reduces fine lines.", "a.md"
    data = text.encode()
    again = partial(check_data, linter=linter, options=Options())
    wrinkles, lines = text.index("wrinkles"), text.index("fine lines")
    found = offered(data, again(data, path), again, linter.rulebook, texts={})
    assert [(one.title, one.edit) for one in found] == [
        ("Write \u201csmooths the look of wrinkles\u201d.", Edit(wrinkles, wrinkles, "the look of ")),
        ("Write \u201creduces the look of fine lines\u201d.", Edit(lines, lines, "the look of ")),
        (f"Add \u201c{VARY}\u201d to \u201cSerum\u201d.", Edit(len(text), len(text), f"\n\n{VARY}")),
    ]


def test_words_that_are_no_such_caveat_are_refused(linter: Linter) -> None:
    with pytest.raises(UsageError) as caught:
        check_caveats({"variability": VARY, "consultation": "Buy it now."}, linter)

    assert caught.value.what == "'Buy it now.' is not understood as a caveat of the kind consultation"


def test_what_is_not_asked_for_stays_and_so_does_its_sentence(linter: Linter) -> None:
    text = b"It reduces wrinkles and it fades dark circles.\n\nIt refines pores.\n"
    result = check(linter, text, "a.md")
    wanted = result.limited_to([one for one in result.findings if one.text != "reduces wrinkles"])

    made = fix_some(linter, text, wanted)

    assert made.after == (
        f"It reduces wrinkles and it fades dark circles.\n\nIt refines the look of pores.\n\n{VARY}\n"
    )


def test_a_caveat_that_makes_a_claim_of_its_own_is_not_written(linter: Linter) -> None:
    text = b"A skin savior for scars."
    barred = "Individual results may vary, but it cures acne."

    assert fix(linter, text, "a.md", texts={"variability": barred}).data == text


def test_a_fix_that_another_policy_would_mind_is_not_made(linter: Linter) -> None:
    text = b"It reduces wrinkles. It fades dark circles."
    result = check(linter, text, "a.md")

    def minding(data: bytes, path: str) -> FileResult:
        found = check(linter, data, path)
        if b"look of wrinkles" not in data:
            return found
        return replace(found, findings=(*found.findings, replace(result.findings[0], policy="other")))

    assert fixed(text, result, minding, linter.rulebook, texts={}).after == (
        f"It reduces wrinkles. It fades the look of dark circles.\n\n{VARY}"
    )


def test_a_caveat_that_is_there_is_not_written_again(linter: Linter) -> None:
    text = f"# Peels\n\nOur peel in the clinic fades scars.\n\n{WHO}\n\n{ASK}\n"

    assert fix(linter, text.encode(), "a.md").after == f"{text}\n{VARY}\n"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_line_ends_and_encoding_stay(linter: Linter, encoding: str) -> None:
    data = "It reduces wrinkles.\r\nA skin savior for scars.\r\n".encode(encoding)

    made = fix(linter, data, "a.txt")

    after = f"It reduces the look of wrinkles.\r\nA skin savior for scars.\r\n\r\n{VARY}\r\n"
    assert made.data == after.encode(encoding)


@pytest.mark.parametrize("policy", ["caveats", "us", "ca", "uk", "eu", "au"])
@pytest.mark.parametrize("name", sorted(one.name for one in FIXTURES.glob("*.md") if one.name != "README.md"))
def test_fixing_twice_changes_nothing_and_nothing_is_taken_away(linter: Linter, name: str, policy: str) -> None:
    data = (FIXTURES / name).read_bytes()

    once = fix(linter, data, name, policy)
    twice = fix(linter, once.data, name, policy)

    assert twice.data == once.data
    assert _is_within(data.decode(), once.data.decode())


PIECES = (
    "Our serum reduces wrinkles.",
    "A peel in our clinic fades scars.",
    "It is a skin savior for scars.",
    "Clinically proven.",
    VARY,
    "We are open on Saturdays.",
    "“It smooths lines,” says Ann.",
)


@pytest.mark.parametrize("seed", range(40))
def test_fixing_made_up_pages_twice_changes_nothing(linter: Linter, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # no secret
    shapes = (
        ("a.md", ("# {}", "## {}", "{}", "- {}", "> {}", "| {} |\n| --- |", "1. {}\n\n   {}", "```\n{}\n```")),
        ("a.html", ("<h2>{}</h2>", "<p>{}", "<ul><li>{}<li>{}</ul>", "<div>{}</div>", "<footer>{}</footer>", "{}<br>")),
        ("a.txt", ("{}", "{} {}", "* {}", "A heading", "{}\n{}")),
    )
    path, forms = chance.choice(shapes)
    blocks = [chance.choice(forms).format(*chance.choices(PIECES, k=2)) for _ in range(8)]
    text = chance.choice(("\n\n", "\n")).join(blocks)
    policies = chance.choice((("caveats",), ("us",), ("eu", "caveats")))

    once = fix(linter, text.encode(), path, *policies)
    twice = fix(linter, once.data, path, *policies)

    assert twice.data == once.data
    assert _is_within(text, once.data.decode())


def _is_within(text: str, longer: str) -> bool:
    """Whether a text is left when something is taken out of a longer one."""
    letters = iter(longer)
    return all(letter in letters for letter in text)
