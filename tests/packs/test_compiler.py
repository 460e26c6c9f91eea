"""What is wrong between packs is told with its place and a way out."""

from __future__ import annotations

import pytest

from claimcheck.errors import PackError
from claimcheck.packs.compiler import compile_packs

LEXICON = """
lists:
  - name: lessen
    role: action
    part: verb
    words: [reduce~]
  - name: scars
    role: target
    target_class: condition
    wants: less
    words: [scar~, acne scar~]
"""
RULE = """
rules:
  - id: efficacy/scars
    title: t
    why: w
    targets: [scars]
    examples: {matches: [__reduces scars__], ignores: [none]}
"""
FRAME = "constructions:\n  - name: act\n    phrases: ['<lessen> ... <flaw>']\n"


def _compiled(**packs: str) -> dict[str, object]:
    return compile_packs([(f"{name}.yaml", text.encode()) for name, text in packs.items()])


def test_a_word_stands_for_its_list_its_form_and_the_unions() -> None:
    table = _compiled(a=LEXICON, b=FRAME + RULE)
    combos, forms = table["combos"], table["forms"]

    assert isinstance(combos, list)
    assert isinstance(forms, dict)
    assert combos[forms["scars"]] == [
        "condition", "condition:s", "flaw", "flaw:s", "scars", "scars:s", "target", "target:s",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("packs", "told"),
    [
        (
            {"a": LEXICON, "b": FRAME.replace("<flaw>", "<flw>") + RULE},
            "b.yaml:3:15: no list '<flw>' for '<lessen> ... <flw>'\n  fix: Did you mean '<flaw>'?",
        ),
        (
            {"a": LEXICON, "b": LEXICON.replace("lessen", "other").replace("name: scars", "name: marks")},
            "b.yaml:6:13: 'reduce~' stands twice\n  fix: It is at a.yaml:6:13 already.",
        ),
        (
            {"a": LEXICON, "b": FRAME + RULE, "c": RULE},
            "c.yaml:3:9: id 'efficacy/scars' stands twice\n  fix: It is at b.yaml:6:9 already.",
        ),
        (
            {"a": LEXICON, "b": RULE.replace("efficacy/scars", "efficay/scars")},
            "b.yaml:3:9: no kind of claim 'efficay'\n  fix: Did you mean 'efficacy'?",
        ),
        (
            {"a": LEXICON, "b": RULE.replace("targets: [scars]", "phrases: [scars]")},
            (
                "a.yaml:7:11: no rule of kind efficacy answers for the targets 'scars'\n"
                "  fix: Add 'scars' to the targets of a rule named efficacy/…"
            ),
        ),
    ],
)
def test_packs_that_do_not_fit_together_are_refused(packs: dict[str, str], told: str) -> None:
    with pytest.raises(PackError) as raised:
        _compiled(**packs)

    assert str(raised.value) == told
