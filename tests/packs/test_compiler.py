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
POLICY = """
policy: strict
title: t
entries:
  - id: marks
    kinds: [efficacy]
    needs: [{any: [variability@section]}]
"""
CONTEXT = """
contexts:
  - id: negation/verb
    title: t
    phrases: [not]
    examples: {matches: [__not__ so], ignores: [none]}
"""
QUALIFIER = """
qualifiers:
  - id: variability/results
    title: t
    phrases: [results vary]
    examples: {matches: [__results vary__], ignores: [none]}
"""
FRAME = "constructions:\n  - name: act\n    phrases: ['<lessen> ... <flaw>']\n"


CITATION = "citations:\n  - {id: paper, title: t, url: '', seen: general}\n"
NO_ID = "Write kind/name in lower-case words with hyphens, such as efficacy/dark-spots."
SCOPES = "Write kind@scope, such as variability@section; the scopes are claim, sentence, block, section, document."
TOO_LONG = "'a b c d e f g' has more than 6 words\n  fix: Shorten it."
NO_WORD = "'{}' holds no word\n  fix: Write letters, digits or a sign."


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
            {"a": LEXICON, "b": LEXICON},
            "b.yaml:3:11: list 'lessen' stands twice\n  fix: Merge it with the one at a.yaml:3:11.",
        ),
        (
            {"a": LEXICON.replace("role: action", "includes: [scar]")},
            "a.yaml:4:16: no list 'scar'\n  fix: Did you mean 'scars'?",
        ),
        (
            {"a": LEXICON.replace("role: action", "subject: peel")},
            (
                "a.yaml:4:14: no subject 'peel'\n  fix: Known are: cosmetic, device, drug, injectable, procedure, "
                "sunscreen, supplement, unknown."
            ),
        ),
        ({"a": LEXICON.replace("[reduce~]", "[a b c d e f g]")}, "a.yaml:6:13: " + TOO_LONG),
        ({"a": LEXICON.replace("[reduce~]", "['*']")}, "a.yaml:6:13: " + NO_WORD.format("*")),
        ({"a": LEXICON.replace("[reduce~]", "['~']")}, "a.yaml:6:13: " + NO_WORD.format("~")),
        (
            {"a": LEXICON.replace("    target_class: condition\n", ""), "b": RULE},
            "a.yaml:7:11: target list 'scars' has no class\n  fix: Give it target_class.",
        ),
        (
            {"a": LEXICON, "b": RULE.replace("[scars]", "[scar]")},
            "b.yaml:6:15: no list 'scar'\n  fix: Did you mean 'scars'?",
        ),
        (
            {"a": LEXICON, "b": RULE.replace("efficacy/scars", "efficacy")},
            "b.yaml:3:9: 'efficacy' is no id\n  fix: " + NO_ID,
        ),
        (
            {"a": LEXICON, "b": RULE.replace("    why", "    cites: [own]\n    why") + CITATION},
            "b.yaml:5:13: no citation 'own'\n  fix: Known are: paper.",
        ),
        (
            {"a": QUALIFIER.replace("variability/", "variabilty/")},
            "a.yaml:3:9: no kind of qualifier 'variabilty'\n  fix: Did you mean 'variability'?",
        ),
        (
            {"a": QUALIFIER.replace("    phrases", "    also: [substantation]\n    phrases")},
            "a.yaml:5:12: no kind of qualifier 'substantation'\n  fix: Did you mean 'substantiation'?",
        ),
        (
            {"a": CONTEXT.replace("    phrases", "    spares: [safty]\n    phrases")},
            "a.yaml:5:14: no kind of claim 'safty'\n  fix: Did you mean 'safety'?",
        ),
        (
            {"a": CONTEXT.replace("    phrases", "    needs: [profesional]\n    phrases")},
            "a.yaml:5:13: no kind of qualifier 'profesional'\n  fix: Did you mean 'professional'?",
        ),
        (
            {"a": POLICY, "b": POLICY},
            "b.yaml:2:9: policy 'strict' stands twice\n  fix: Rename it or the one at a.yaml:2:9.",
        ),
        (
            {"a": POLICY.replace("efficacy", "eficacy")},
            "a.yaml:6:13: no kind of claim 'eficacy'\n  fix: Did you mean 'efficacy'?",
        ),
        (
            {"a": POLICY.replace("    needs", "    subjects: [cosmetics]\n    needs")},
            "a.yaml:7:16: no subject 'cosmetics'\n  fix: Did you mean 'cosmetic'?",
        ),
        (
            {"a": POLICY.replace("    needs", "    classes: [conditions]\n    needs")},
            "a.yaml:7:15: no class of target 'conditions'\n  fix: Did you mean 'condition'?",
        ),
        (
            {"a": LEXICON, "b": POLICY.replace("    needs", "    targets: [scar]\n    needs")},
            "b.yaml:7:15: no list 'scar'\n  fix: Did you mean 'scars'?",
        ),
        (
            {"a": POLICY.replace("variability@", "variabilty@")},
            "a.yaml:7:20: no kind of qualifier 'variabilty'\n  fix: Did you mean 'variability'?",
        ),
        (
            {"a": POLICY.replace("@section", "")},
            "a.yaml:7:20: 'variability' names no scope\n  fix: " + SCOPES,
        ),
        (
            {"a": POLICY.replace("@section", "@page")},
            "a.yaml:7:20: 'variability@page' names no scope\n  fix: " + SCOPES,
        ),
        (
            {"a": POLICY + "sentences:\n  - {kind: variabilty, sentence: s}\n"},
            "a.yaml:9:12: no kind of qualifier 'variabilty'\n  fix: Did you mean 'variability'?",
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
