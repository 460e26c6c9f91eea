"""The phrase language: what it stands for, and what it refuses."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcheck.errors import PackError
from claimcheck.packs.phrases import Item, Sequence, expand, forms_of
from claimcheck.packs.schema import Text


def _word(*forms: str, optional: bool = False) -> Item:
    return Item("word", forms, optional)


def _list(*names: str, optional: bool = False) -> Item:
    return Item("list", names, optional)


PIECES = (
    "a", "b~", "y~", "~", "*", "(", ")", "|", "?", "<l>", "<any>", "...", "..", "^", "$", "-", "'s", "é", "<", ">",
    "a-b~", "don't", ".", ",", "<number>", "9~", "a?", "(b)?", "™",
)  # fmt: skip
MANY = " ".join(["(a b | c d)"] * 9)
TOO_MANY = (
    f"p.yaml:3:9: '{MANY}' stands for more than 400 sequences\n  fix: Write it as two phrases, or make a word list."
)


@pytest.mark.parametrize(
    ("phrase", "sequences"),
    [
        ("skin savior", [Sequence((_word("skin"), _word("savior", "saviour")))]),
        ("cut~", [Sequence((_word("cut", "cuts", "cutting"),))]),
        ("anti-<flaw>", [Sequence((_word("anti"), _list("flaw")))]),
        ("<lessen|gain:ing> x", [Sequence((_list("lessen", "gain:ing"), _word("x")))]),
        ("(a | b)? x", [Sequence((_word("a", "b", optional=True), _word("x")))]),
        ("(a | <b>) x", [Sequence((_word("a"), _word("x"))), Sequence((_list("b"), _word("x")))]),
        ("(a b)? x", [Sequence((_word("a"), _word("b"), _word("x"))), Sequence((_word("x"),))]),
        ("x <b>? y", [Sequence((_word("x"), _list("b", optional=True), _word("y")))]),
        ("x ... y", [Sequence((_word("x"), Item("gap", (), most=6), _word("y")))]),
        ("x .. y", [Sequence((_word("x"), Item("gap", (), most=2), _word("y")))]),
        ("<any> off", [Sequence((Item("any", ()), _word("off")))]),
        ("^ gone $", [Sequence((_word("gone"),), at_start=True, at_end=True)]),
        (
            "a (b | $ | c d)",
            [
                Sequence((_word("a"),), at_end=True),
                Sequence((_word("a"), _word("b"))),
                Sequence((_word("a"), _word("c"), _word("d"))),
            ],
        ),
        (
            "a ($ | (b | c)?)",
            [
                Sequence((_word("a"),), at_end=True),
                Sequence((_word("a"), _word("b", "c", optional=True))),
            ],
        ),
        ("a (b | $) c", [Sequence((_word("a"), _word("b", "$"), _word("c")))]),
        ("really ? yes", [Sequence((_word("really"), _word("?"), _word("yes")))]),
        ("Botox-like", [Sequence((_word("botox"), _word("like")))]),
        ("($ | €) x", [Sequence((_word("$", "€"), _word("x")))]),
        ("x $ y", [Sequence((_word("x"), _word("$"), _word("y")))]),
        ("(a | a | b) x", [Sequence((_word("a", "b"), _word("x")))]),
        ("(a | (b | c)? d)", [Sequence((_word("a"),)), Sequence((_word("b", "c", optional=True), _word("d")))]),
        ("((a | b) | c) x", [Sequence((_word("a", "b", "c"), _word("x")))]),
        ("moisturise", [Sequence((_word("moisturise", "moisturize"),))]),
        ("Décolleté’s", [Sequence((_word("decollete"), _word("'s")))]),
        ("- x", [Sequence((_word("x"),))]),
        ("< lessen | gain > x", [Sequence((_list("lessen", "gain"), _word("x")))]),
        ("<number> (%)?", [Sequence((_list("number"), _word("%", optional=True)))]),
    ],
)
def test_a_phrase_stands_for_its_sequences(phrase: str, sequences: list[Sequence]) -> None:
    assert list(expand(Text(phrase))) == sequences


@pytest.mark.parametrize("verb", ["don't", "doesn't", "isn't", "aren't", "can't", "won't", "shouldn't"])
def test_nt_stands_for_every_verb_that_says_no_with_it(verb: str) -> None:
    [sequence] = expand(Text("n't x"))

    assert verb in sequence.items[0].names


@pytest.mark.parametrize(
    ("phrase", "told"),
    [
        ("(a | b", "p.yaml:3:9: '(' has no ')' in '(a | b'\n  fix: Close the bracket."),
        ("a) b", "p.yaml:3:9: ')' has no partner in 'a) b'\n  fix: Balance the brackets."),
        ("", "p.yaml:3:9: '' has no required word\n  fix: Make one word or list of it required."),
        ("<any>", "p.yaml:3:9: '<any>' has no required word\n  fix: Make one word or list of it required."),
        ("(a |)", "p.yaml:3:9: '(a |)' has no required word\n  fix: Make one word or list of it required."),
        ("a | b", "p.yaml:3:9: '|' has no partner in 'a | b'\n  fix: Balance the brackets."),
        ("a ... $", "p.yaml:3:9: 'a ... $' begins or ends with a gap\n  fix: Leave the gap out."),
        ("a < b", "p.yaml:3:9: '<' is not understood in 'a < b'\n  fix: Remove it."),
        ("a ~", "p.yaml:3:9: '~' is no word in 'a ~'\n  fix: Write letters, digits or a sign."),
        ("a *", "p.yaml:3:9: '*' is no word in 'a *'\n  fix: Write letters, digits or a sign."),
        ("a? b?", "p.yaml:3:9: 'a? b?' has no required word\n  fix: Make one word or list of it required."),
        ("... a", "p.yaml:3:9: '... a' begins or ends with a gap\n  fix: Leave the gap out."),
        ("a ^ b", "p.yaml:3:9: '^' stands inside 'a ^ b'\n  fix: Put it at the start."),
        ("<Scars> a", "p.yaml:3:9: '<Scars>' is no list\n  fix: Write <name>, <name:ing> or <name|other>."),
        (
            MANY,
            TOO_MANY,
        ),
    ],
)
def test_a_phrase_that_makes_no_sense_is_refused_where_it_stands(phrase: str, told: str) -> None:
    with pytest.raises(PackError) as raised:
        expand(Text(phrase, "p.yaml", 3, 9))

    assert str(raised.value) == told


@given(st.lists(st.sampled_from(PIECES), max_size=8))
def test_whatever_is_written_is_read_or_refused(pieces: list[str]) -> None:
    read: tuple[Sequence, ...] = ()
    with suppress(PackError):
        read = expand(Text(" ".join(pieces), "p.yaml", 3, 9))

    assert [one for one in read if not any(item.kind in ("word", "list") for item in one.items)] == []


@pytest.mark.parametrize(
    ("word", "part", "forms"),
    [
        ("firm", None, {"firm": "base"}),
        ("colour", None, {"colour": "base", "color": "base"}),
        ("firm~", "adjective", {"firm": "base", "firmer": "er", "firmest": "est"}),
        ("line~", "noun", {"line": "base", "lines": "s"}),
        ("firm~", "verb", {"firm": "base", "firms": "s", "firmed": "ed", "firming": "ing"}),
        ("cut~", None, {"cut": "base", "cuts": "s", "cutting": "ing"}),
        (
            "minimise~",
            "verb",
            {
                "minimise": "base", "minimize": "base", "minimises": "s", "minimizes": "s", "minimised": "ed",
                "minimized": "ed", "minimising": "ing", "minimizing": "ing",
            },
        ),
    ],
)  # fmt: skip
def test_a_written_word_has_forms(word: str, part: str | None, forms: dict[str, str]) -> None:
    assert forms_of(word, part) == forms
