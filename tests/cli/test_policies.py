"""Policies, packs and configuration at the command line, as a team uses them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Run


BRAND = """\
names:
  - Scar Savior
"""
STRICTER = """\
policy: house
title: Our own rules
extends: caveats
entries:
  - id: no-scars
    kinds: [efficacy]
    targets: [scars]
    prohibited: true
    message: "'{claim}' is not for us."
    suggestion: Leave it out.
"""
GENTLER = """\
policy: house
title: Our own rules
extends: caveats
entries:
  - id: scars
    kinds: [efficacy]
    targets: [scars]
    needs:
      - any: [variability@section]
{suggestion}{sentences}"""
SUGGESTED = "    suggestion: Tell ‘{claim}’ as what some people saw.\n"
SENTENCE = "sentences: [{kind: variability, sentence: Skins differ., add: true}]\n"
NEW_MARKET = """\
policy: nz
title: New Zealand
entries:
  - id: disease
    kinds: [disease]
    needs:
      - any: [licence/new-zealand@block]
"""
NEW_REGISTER = """\
qualifiers:
  - id: licence/new-zealand
    title: names an approval
    phrases:
      - taps <number>
    examples:
      matches: [__TAPS 1234__]
      ignores: [It taps the skin.]
"""
EVOLVING = """\
rules:
  - id: superlative/cult
    title: says that it is a cult product
    why: Readers take it for the favourite of many.
    preview: true
    formerly: [superlative/kult]
    phrases:
      - cult (hero | potion)
    examples:
      matches: [A __cult potion__.]
      ignores: [The cult film.]
retired:
  - {id: superlative/old, why: use superlative/cult.}
"""


def test_a_stricter_policy_of_ones_own_extends_a_shipped_one(claimcheck: Run) -> None:
    Path("house.yaml").write_text(STRICTER, encoding="utf-8")
    code, out, _ = claimcheck("check", "bad.md", "--pack", "house.yaml", "--policy", "house", "--format", "concise")
    assert (code, out) == (1, "bad.md:3:22: error efficacy/scars 'reduces acne scars' is not for us.\n")


def test_names_of_the_brand_are_left_alone(claimcheck: Run) -> None:
    Path("brand.yaml").write_text(BRAND, encoding="utf-8")
    Path("page.md").write_text("Our Scar Savior is back in stock.\n", encoding="utf-8")
    assert [claimcheck("check", "page.md", *more).code for more in ((), ("--pack", "brand.yaml"))] == [1, 0]


@pytest.mark.parametrize(("more", "code"), [((), 0), (("--preview",), 1)])
def test_a_rule_that_may_still_change_is_off_unless_asked_for(
    claimcheck: Run, more: tuple[str, ...], code: int
) -> None:
    Path("own.yaml").write_text(EVOLVING, encoding="utf-8")
    Path("page.md").write_text("A cult potion for your skin.\n", encoding="utf-8")
    assert claimcheck("check", "page.md", "--pack", "own.yaml", *more).code == code


def test_a_former_id_still_answers(claimcheck: Run) -> None:
    Path("own.yaml").write_text(EVOLVING, encoding="utf-8")
    Path("page.md").write_text("A cult potion for your skin.\n", encoding="utf-8")
    asked = ("--pack", "own.yaml", "--preview", "--ignore", "superlative/kult")
    explained = claimcheck("explain", "superlative/kult", "--pack", "own.yaml").out.splitlines()[0]
    assert (claimcheck("check", "page.md", *asked).code, explained) == (
        0,
        "superlative/kult is called superlative/cult now.",
    )


def test_a_rule_that_is_no_more_says_why(claimcheck: Run) -> None:
    Path("own.yaml").write_text(EVOLVING, encoding="utf-8")
    asked = claimcheck("check", "good.md", "--pack", "own.yaml", "--select", "superlative/old")
    explained = claimcheck("explain", "superlative/old", "--pack", "own.yaml")
    assert (asked, explained.out) == (
        (
            2,
            "",
            "claimcheck: no rule for claims is called 'superlative/old'\n  fix: Use superlative/cult.\n",
        ),
        "superlative/old is no more: use superlative/cult.\n",
    )


def test_a_configuration_says_what_to_go_by_and_an_option_goes_before_it(claimcheck: Run) -> None:
    Path("claimcheck.yaml").write_text("policies: [us]\nfacts: {subject: cosmetic}\n", encoding="utf-8")
    Path("page.md").write_text("Smooth fine lines away.\n", encoding="utf-8")
    found = [
        json.loads(claimcheck("check", "page.md", "--format", "json", *more).out)["findings"][0]
        for more in ((), ("--policy", "caveats"), ("--subject", "procedure"), ("--isolated",))
    ]
    assert [(one["policy"], one["subject"]) for one in found] == [
        ("us", "cosmetic"),
        ("caveats", "cosmetic"),
        ("us", "procedure"),
        ("caveats", "unknown"),
    ]


def test_a_licence_that_covers_nothing_known_is_refused(claimcheck: Run) -> None:
    facts = "facts: {licences: [{number: DIN 1, covers: [pimple]}]}\n"
    Path("claimcheck.yaml").write_text(facts, encoding="utf-8")
    Path("page.md").write_text(f"---\nclaimcheck: {facts.partition(': ')[2]}---\nTreats acne.\n", encoding="utf-8")
    said = "the licence 'DIN 1' covers 'pimple', which is no target, class or kind"
    fix = "ame a list of targets such as acne, a class such as disease, or a kind of claim"
    assert (claimcheck("check", "good.md").err, claimcheck("check", "page.md", "--isolated").err) == (
        f"claimcheck: claimcheck.yaml:1:45: {said}\n  fix: N{fix}.\n",
        f"page.md:2:50: not checked: {said}; n{fix}\n",
    )


@pytest.mark.parametrize(
    ("configuration", "told"),
    [
        (
            "facts:\n  licences:\n    - number: DIN 1\n      covers: [acne, acnee]\n",
            "4:22: the licence 'DIN 1' covers 'acnee', which is no target, class or kind\n  fix: Did you mean 'acne'?",
        ),
        ("policies: [caveats, cavets]\n", "1:21: no policy 'cavets'\n  fix: Did you mean 'caveats'?"),
        ("policies: [kanada]\n", "1:12: no policy 'kanada'\n  fix: Choose from: au, ca, caveats, eu, uk, us."),
        (
            "ignore:\n  - superlativ/*\n",
            "2:5: no rule for claims is called 'superlativ/*'\n  fix: Did you mean 'superlative/*'?",
        ),
        (
            "select: [proof/proved]\n",
            "1:10: no rule for claims is called 'proof/proved'\n  fix: Did you mean 'proof/proven'?",
        ),
        ('exclude: ["!"]\n', "1:11: '!' is no pattern\n  fix: Write a pattern as in .gitignore, such as 'drafts/'."),
        (
            "packs: [brnd.yaml]\n",
            "1:9: there is no pack 'brnd.yaml', seen from this file\n  fix: Did you mean 'brand.yaml'?",
        ),
    ],
    ids=["licence", "policy", "far policy", "ignored rule", "selected rule", "excluded file", "pack"],
)
def test_a_name_in_the_configuration_that_nothing_has_is_told_with_its_place(
    claimcheck: Run, configuration: str, told: str
) -> None:
    Path("claimcheck.yaml").write_text(configuration, encoding="utf-8")
    Path("brand.yaml").write_text(BRAND, encoding="utf-8")
    assert claimcheck("check", "good.md") == (2, "", f"claimcheck: claimcheck.yaml:{told}\n")


@pytest.mark.parametrize(
    ("front", "told"),
    [
        (
            "claimcheck:\n  licences: [{number: DIN 1, covers: [acnee]}]\n",
            (
                "page.md:3:39: not checked: the licence 'DIN 1' covers 'acnee', which is no target, class or kind; did"
                " you mean 'acne'?\n"
            ),
        ),
        ("claimcheck:\n  subjet: drug\n", "page.md:3:3: not checked: unknown key 'subjet'; did you mean 'subject'?\n"),
        (
            "title: a: b\nclaimcheck:\n  subject: drug\n",
            (
                "page.md:2:9: not checked: the front matter cannot be read: a colon makes no sense here; put the text"
                " that holds it in quotes\n"
            ),
        ),
    ],
    ids=["licence", "key", "broken"],
)
def test_what_is_wrong_in_front_matter_is_told_with_its_place_and_ends_with_2(
    claimcheck: Run, front: str, told: str
) -> None:
    Path("page.md").write_text(f"---\n{front}---\nTreats acne.\n", encoding="utf-8")
    assert claimcheck("check", "page.md") == (2, "", told)


def test_the_column_of_what_could_not_be_read_is_in_the_json_report(claimcheck: Run) -> None:
    Path("page.md").write_text("---\nclaimcheck:\n  subjet: drug\n---\n", encoding="utf-8")
    said = "unknown key 'subjet'; did you mean 'subject'?"
    assert json.loads(claimcheck("check", "page.md", "--format", "json").out)["failures"] == [
        {"path": "page.md", "line": 3, "column": 3, "message": said}
    ]


CULT = """\
rules:
  - id: superlative/cult
    title: says that it is a cult product
    why: Readers take it for the favourite of many.
    phrases: [cult potion]
    examples: {matches: [A __cult potion__.], ignores: [The cult film.]}
"""


@pytest.fixture
def configured(claimcheck: Run) -> Run:
    """The program in a folder whose configuration names a pack with one rule and one with one policy."""
    Path("packs").mkdir()
    Path("packs/cult.yaml").write_text(CULT, encoding="utf-8")
    Path("house.yaml").write_text(STRICTER, encoding="utf-8")
    Path("claimcheck.yaml").write_text("packs: [packs, house.yaml]\n", encoding="utf-8")
    return claimcheck


def test_a_rule_of_the_configuration_is_explained_and_listed_unless_it_is_isolated(configured: Run) -> None:
    asked = (("explain", "superlative/cult"), ("rules", "--policy", "house"), ("rules",), ("rules", "--policies"))
    named = [[word in configured(*one, *more).out for word in ("superlative/cult", "Our own rules")]
             for one in asked for more in ((), ("--isolated",))]  # fmt: skip
    assert named == [
        [True, False],
        [False, False],
        [False, True],
        [False, False],
        [True, False],
        [False, False],
        [False, True],
        [False, False],
    ]


@pytest.mark.parametrize("command", [("explain", "superlative/cult"), ("rules", "--policy", "house"), ("test",)])
def test_a_configuration_that_is_named_is_seen(configured: Run, command: tuple[str, ...]) -> None:
    found = configured(*command)
    Path("claimcheck.yaml").rename("other.yaml")
    assert (configured(*command) == found, configured(*command, "--config", "other.yaml")) == (False, found)


@pytest.mark.parametrize(
    ("packs", "counts"),
    [
        (("packs/cult.yaml",), "1 rule, 2 examples, 0 not held\n"),
        (("packs",), "1 rule, 2 examples, 0 not held\n"),
        (("house.yaml", "./packs/../packs"), "1 rule, 2 examples, 1 policy, 0 rewrites, 0 not held\n"),
    ],
)
def test_a_pack_of_the_configuration_that_is_named_is_tested_alone_and_once(
    configured: Run, packs: tuple[str, ...], counts: str
) -> None:
    assert configured("test", *packs) == (0, counts, "")


def test_without_a_pack_those_of_the_configuration_are_tested_beside_the_shipped(configured: Run) -> None:
    isolated, all_of_them = (configured("test", *more).out.splitlines()[-1] for more in (("--isolated",), ()))
    rules, examples = (int(part.split()[0]) for part in isolated.split(", ")[:2])
    assert all_of_them.startswith(f"{rules + 1} rules, {examples + 2} examples, ")


def test_a_pack_that_is_named_twice_counts_once(configured: Run) -> None:
    Path("page.md").write_text("A cult potion for your skin.\n", encoding="utf-8")
    found = configured("check", "page.md")
    assert (found.code, configured("check", "page.md", "--pack", "packs/cult.yaml")) == (1, found)


def test_a_page_states_its_own_licence(claimcheck: Run) -> None:
    page = "Our gel treats acne.\n"
    facts = "---\nclaimcheck:\n  subject: cosmetic\n  licences: [{number: DIN 02241234, covers: [acne]}]\n---\n"
    Path("plain.md").write_text(page, encoding="utf-8")
    Path("licensed.md").write_text(facts + page, encoding="utf-8")
    assert [claimcheck("check", name, "--policy", "ca").code for name in ("plain.md", "licensed.md")] == [1, 0]


def test_what_changed_since_a_day_is_listed(claimcheck: Run) -> None:
    listed = json.loads(claimcheck("rules", "--changed-since", "2023-12-18", "--format", "json").out)
    days = [(one["on"], one["policy"]) for one in listed]
    none = claimcheck("rules", "--changed-since", "2099-01-01")
    assert (days == sorted(days), ("2026-09-27", "eu") in days, none) == (True, True, (0, "", ""))


def test_a_day_that_is_none_is_refused(claimcheck: Run) -> None:
    assert claimcheck("rules", "--changed-since", "soon") == (
        2,
        "",
        "claimcheck: 'soon' is no date\n  fix: Write YYYY-MM-DD, such as 2026-11-22.\n",
    )


def test_a_claim_has_a_status_for_each_policy(claimcheck: Run) -> None:
    Path("page.md").write_text("Our cream boosts collagen.\n", encoding="utf-8")
    policies = ("au", "ca", "caveats", "eu", "uk", "us")
    asked = [part for name in policies for part in ("--policy", name)]
    (claim,) = json.loads(claimcheck("claims", "page.md", "--format", "json", *asked).out)["claims"]
    assert sorted(claim["status"]) == sorted(policies)


def test_policies_are_told_of_together(claimcheck: Run) -> None:
    Path("page.md").write_text("Our cream boosts collagen.\n", encoding="utf-8")
    out = claimcheck("check", "page.md", "--policy", "us", "--policy", "caveats").out
    assert out.splitlines()[1] == (
        "  error: 1 claim: prohibited in us; in caveats nothing in the document says that results vary or what the"
        " evidence is"
    )


def test_who_performs_it_is_told_to_stand_beside_the_page_when_only_a_fact_says_so(claimcheck: Run) -> None:
    Path("claimcheck.yaml").write_text('facts: {practitioner: "Dr A. Example, GMC 0000000"}\n', encoding="utf-8")
    page = "A peel in our clinic fades scars. Results vary. Speak to your GP first.\n"
    Path("page.md").write_text(page, encoding="utf-8")
    (found,) = json.loads(claimcheck("check", "page.md", "--format", "json").out)["findings"]
    assert (found["severity"], found["missing"], found["beside"]) == ("warning", [], ["professional"])
    assert claimcheck("check", "page.md").out.splitlines()[1] == (
        "  warning: 1 claim: who performs it is stated beside the page, not on it"
    )


def test_a_licence_of_a_new_market_names_its_register(claimcheck: Run) -> None:
    Path("nz").mkdir()
    Path("nz/policy.yaml").write_text(NEW_MARKET, encoding="utf-8")
    Path("nz/register.yaml").write_text(NEW_REGISTER, encoding="utf-8")
    Path("page.md").write_text("Our gel treats acne.\n", encoding="utf-8")
    codes = []
    for register in ("new-zealand", "uk"):
        facts = f"facts: {{licences: [{{number: TAPS 1234, register: {register}, covers: [acne]}}]}}\n"
        Path("claimcheck.yaml").write_text(facts, encoding="utf-8")
        codes.append(claimcheck("check", "page.md", "--pack", "nz", "--policy", "nz").code)
    assert codes == [0, 1]


@pytest.mark.parametrize(
    ("register", "fix"),
    [("canadian", "Did you mean 'canada'?"), ("xyz", "Add a rule licence/xyz for qualifiers.")],
)
def test_a_register_that_no_rule_speaks_of_is_refused(claimcheck: Run, register: str, fix: str) -> None:
    facts = f"facts: {{licences: [{{number: TAPS 1234, register: {register}, covers: [acne]}}]}}\n"
    Path("claimcheck.yaml").write_text(facts, encoding="utf-8")
    said = f"the licence 'TAPS 1234' is of the register '{register}', which no rule speaks of"
    assert claimcheck("check", "good.md") == (2, "", f"claimcheck: claimcheck.yaml:1:50: {said}\n  fix: {fix}\n")


@pytest.mark.parametrize(
    ("suggestion", "sentences", "fix"),
    [
        ("", "", "Add “Individual results may vary.”"),
        (SUGGESTED, "", "Tell ‘reduces acne scars’ as what some people saw."),
        (SUGGESTED, SENTENCE, "Add “Skins differ.”"),
    ],
    ids=["inherited sentence", "own suggestion", "own sentence"],
)
def test_what_a_policy_says_itself_goes_before_what_it_inherits(
    claimcheck: Run, suggestion: str, sentences: str, fix: str
) -> None:
    policy = GENTLER.replace("{suggestion}", suggestion).replace("{sentences}", sentences)
    Path("house.yaml").write_text(policy, encoding="utf-8")
    out = claimcheck("check", "bad.md", "--pack", "house.yaml", "--policy", "house").out
    assert [line for line in out.splitlines() if line.startswith(("    fix", "    or"))] == [f"    fix: {fix}"]
