"""Policies that extend others, and what is wrong in what they speak of."""

from __future__ import annotations

import pytest

from claimcheck.errors import PackError
from claimcheck.packs.compiler import compile_packs

LEXICON = """\
lists:
  - {name: lessen, role: action, part: verb, words: [fade~]}
  - {name: scars, role: target, target_class: condition, wants: less, words: [scar~]}
"""
CLAIMS = """\
rules:
  - id: efficacy/scars
    title: t
    why: w
    targets: [scars]
    examples: {matches: [__fades scars__], ignores: [none]}
"""
BASE = """\
policy: base
title: t
entries:
  - {id: first, kinds: [efficacy], note: true}
  - {id: second, kinds: [proof], note: true}
sentences:
  - {kind: variability, sentence: Results vary.}
"""
OWN = """\
policy: own
title: t
extends: base
entries:
  - {id: mine, kinds: [safety], note: true}
  - {id: second, kinds: [proof], prohibited: true}
sentences:
  - {kind: variability, sentence: They vary.}
  - {kind: risk, sentence: It may hurt.}
"""
SCOPES = "Write kind@scope, such as variability@section; the scopes are claim, sentence, block, section, document."


def compiled(*policies: str) -> dict[str, dict[str, object]]:
    files = [("l.yaml", LEXICON), ("c.yaml", CLAIMS), *((f"p{at}.yaml", text) for at, text in enumerate(policies))]
    found: dict[str, dict[str, object]] = compile_packs([(name, text.encode()) for name, text in files])["policies"]
    return found


def test_a_policy_that_extends_another_has_its_entries_behind_its_own_and_replaces_those_of_the_same_id() -> None:
    own = compiled(BASE, OWN)["own"]
    assert [(entry["id"], entry["prohibited"]) for entry in own["entries"]] == [  # type: ignore[attr-defined]
        ("mine", False),
        ("second", True),
        ("first", False),
    ]


def test_its_sentences_go_before_those_of_the_other() -> None:
    own = compiled(BASE, OWN)["own"]
    assert [(one["kind"], one["sentence"]) for one in own["sentences"]] == [  # type: ignore[attr-defined]
        ("variability", "They vary."),
        ("risk", "It may hurt."),
    ]


@pytest.mark.parametrize(
    ("policies", "told"),
    [
        ((BASE, BASE), "p1.yaml:1:9: policy 'base' stands twice\n  fix: Rename it or the one at p0.yaml:1:9."),
        ((OWN.replace("base", "bass"), BASE), "p0.yaml:3:10: no policy 'bass'\n  fix: Did you mean 'base'?"),
        (
            (OWN.replace("extends: base", "extends: own"),),
            "p0.yaml:3:10: policy 'own' extends itself\n  fix: Name another policy.",
        ),
        (
            (OWN, BASE.replace("title: t", "title: t\nextends: own")),
            "p1.yaml:3:10: policy 'base' extends itself\n  fix: Name another policy.",
        ),
    ],
    ids=["twice", "unknown", "itself", "each other"],
)
def test_what_cannot_be_extended_is_refused(policies: tuple[str, ...], told: str) -> None:
    with pytest.raises(PackError) as caught:
        compiled(*policies)
    assert str(caught.value) == told


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("kinds: [eficacy]", "no kind of claim 'eficacy'\n  fix: Did you mean 'efficacy'?"),
        ("kinds: [efficacy], targets: [scar]", "no list 'scar'\n  fix: Did you mean 'scars'?"),
        ("kinds: [efficacy], actions: [scars]", "no list of actions 'scars'\n  fix: Known are: lessen."),
        ("kinds: [efficacy], rules: [proof/*]", "no rule for claims 'proof/*'\n  fix: Known are: efficacy/scars."),
        ("kinds: [efficacy], since: '2026-02-30'", "'2026-02-30' is no date\n  fix: Write YYYY-MM-DD."),
        ("kinds: [efficacy], until: 20260101", "'20260101' is no date\n  fix: Write YYYY-MM-DD."),
        (
            "kinds: [efficacy], needs: [{any: [risk]}]",
            "'risk' names no scope\n  fix: " + SCOPES,
        ),
        (
            "kinds: [efficacy], needs: [{any: [risk@page]}]",
            "'risk@page' names no scope\n  fix: " + SCOPES,
        ),
    ],
)  # fmt: skip
def test_an_entry_that_speaks_of_what_is_not_there_is_refused(entry: str, told: str) -> None:
    with pytest.raises(PackError) as caught:
        compiled(f"policy: p\ntitle: t\nentries:\n  - {{id: e, {entry}}}\n")
    assert str(caught.value).partition(": ")[2] == told
