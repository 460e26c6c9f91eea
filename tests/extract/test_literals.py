"""String literals in code: which are copy."""

from __future__ import annotations

import pytest

from claimcheck.extract.literals import is_prose_literal

# Longer than any literal that is copy.
MANY = 100_000


@pytest.mark.parametrize(
    "value",
    [
        "Softens skin",
        "softens skin in weeks",
        "anti-wrinkle cream",
        "Clinically tested: lifts skin in 4 weeks!",
        "Don't rub it, be gentle",
        "pH balanced cream",
        "\u201cCalms skin,\u201d she says",
        "Fades %s spots",
        "Fades %1$s spots",
        "From $49 a month",
        "Fades spots; calms skin",
        "Up to 50% off",
        "For dry and/or sore skin",
    ],
)
def test_sentences_and_phrases_are_copy(value: str) -> None:
    assert is_prose_literal(value)


@pytest.mark.parametrize(
    "value",
    [
        "",
        " ",
        "word",
        "products.add.to_cart",
        "%B %d, %Y",
        "F j, Y",
        "dd MMM yyyy",
        "btn btn-primary mx-2",
        "flex items-center justify-between",
        "card card--large",
        "underlined-link link",
        "SELECT name FROM products",
        "select name from products",
        ".card .title",
        "div.card > p",
        "(min-width: 750px) 50vw, 100vw",
        "color: red; top: auto",
        "color: red",
        "a/b/c d",
        "foo_bar baz",
        "addToCart fooBar",
        "{{ a }} and more",
        "use strict",
    ],
)
def test_what_speaks_to_the_machine_is_none(value: str) -> None:
    assert not is_prose_literal(value)


@pytest.mark.usefixtures("deadline")
@pytest.mark.parametrize("tail", ["c/d-", "c/", "a-", "'", " \t", "a:", "(", "aA", "b"])
def test_of_a_literal_however_long_the_beginning_tells(tail: str) -> None:
    assert is_prose_literal("Softens skin. " * 200 + tail * MANY)
    assert not is_prose_literal("div.card > p " * 200 + tail * MANY)
