"""Pack files are read to the dataclasses of the schema, and what is wrong in them is named."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from claimcheck.errors import PackError
from claimcheck.packs.nodes import MAX_BYTES, MAX_DEPTH
from claimcheck.packs.reader import check_pack, read_pack
from claimcheck.packs.schema import (
    CitationEntry,
    ClaimRule,
    ClaimsFile,
    Construction,
    ContextRule,
    ContextsFile,
    Examples,
    LexiconFile,
    Need,
    PolicyEntry,
    PolicyFile,
    QualifierRule,
    QualifiersFile,
    Text,
    WordList,
)

PACKS = Path(__file__).parents[2] / "fixtures" / "packs"
BROKEN = sorted((PACKS / "broken").rglob("*.yaml"))
ONE_LIST = LexiconFile(lists=(WordList(name=Text("labels"), words=(Text("a"),)),))
GOOD = {
    "lexicon": LexiconFile(
        lists=(
            WordList(
                name=Text("yes-and-no"),
                words=(Text("no"), Text("on"), Text("1:30"), Text("0x1F"), Text("off"), Text("true"), Text("007")),
            ),
            WordList(name=Text("flake"), role="target", words=(Text("flake~"),), target_class="concern", wants="less"),
        )
    ),
    "claims": ClaimsFile(
        constructions=(Construction(name=Text("lifts-away"), phrases=(Text("<lift> (away)? <flaw>"),)),),
        rules=(
            ClaimRule(
                id=Text("efficacy/flakes"),
                title=Text("a promise about flakes"),
                why=Text("A reader takes it for a result."),
                examples=Examples(
                    matches=(Text("It __lifts away flakes__."),), ignores=(Text("Flakes: what they are."),)
                ),
                targets=(Text("flake"),),
                antecedent=False,
            ),
        ),
    ),
    "qualifiers": QualifiersFile(
        qualifiers=(
            QualifierRule(
                id=Text("variability/skins"),
                title=Text("every skin differs"),
                phrases=(Text("every skin (is different | differs)"),),
                examples=Examples(matches=(Text("__Every skin differs__."),), ignores=(Text("Every serum differs."),)),
                governs=True,
            ),
        )
    ),
    "contexts": ContextsFile(
        contexts=(
            ContextRule(
                id=Text("negation/never"),
                title=Text("said never to happen"),
                phrases=(Text("never"),),
                examples=Examples(
                    matches=(Text("It will __never__ remove a scar."),),
                    ignores=(Text("You never saw it remove a scar so fast."),),
                ),
                reach="sentence",
            ),
        )
    ),
    "policy": PolicyFile(
        policy=Text("house"),
        title=Text("for our own pages"),
        reviewed=Text("2026-11-22"),
        entries=(
            PolicyEntry(
                id=Text("effects"),
                kinds=(Text("efficacy"),),
                grounded=True,
                needs=(Need(any=(Text("variability@section"),), advised=True),),
            ),
        ),
        citations=(CitationEntry(id=Text("ours"), title=Text("Our own judgement"), url=Text(""), seen="judgement"),),
    ),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_pack_file_becomes_its_dataclass_with_scalars_as_they_were_written(name: str) -> None:
    path = PACKS / "good" / f"{name}.yaml"

    assert read_pack(path.read_bytes(), path.name) == GOOD[name]


def test_every_kind_of_file_has_a_good_example() -> None:
    assert sorted(path.stem for path in (PACKS / "good").iterdir()) == sorted(GOOD)


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_broken_pack_is_told_what_is_wrong_where_and_what_to_do(path: Path) -> None:
    told = "".join(f"{error}\n" for error in check_pack(path.read_bytes(), path.name))

    assert told == path.with_suffix(".expected").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_slow_parser_says_the_same_as_the_fast_one(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fast = [str(error) for error in check_pack(path.read_bytes(), path.name)]
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)

    assert [str(error) for error in check_pack(path.read_bytes(), path.name)] == fast


def test_reading_raises_the_first_error_and_counts_the_others() -> None:
    with pytest.raises(PackError) as raised:
        read_pack(b"lists:\n  - nam: labels\n    words: []\n", "a.yaml")

    assert str(raised.value) == ("a.yaml:2:5: unknown key 'nam' (2 more in this file)\n  fix: Did you mean 'name'?")


def test_a_text_knows_its_place_also_after_a_byte_order_mark_and_other_line_ends() -> None:
    data = "\ufefflists:\r\n- name: labels\r  words: ['é', b]\n".encode()

    words = read_pack(data, "a.yaml").lists[0].words  # type: ignore[union-attr]

    assert [(word, word.where) for word in words] == [("é", "a.yaml:3:11"), ("b", "a.yaml:3:16")]


def test_a_file_of_citations_alone_is_a_claims_file() -> None:
    data = b"citations:\n  - {id: ours, title: Ours, url: '', seen: judgement}\n"

    assert read_pack(data, "a.yaml") == ClaimsFile(
        citations=(CitationEntry(id=Text("ours"), title=Text("Ours"), url=Text(""), seen="judgement"),)
    )


def test_text_in_a_block_loses_the_line_end_that_follows_it() -> None:
    assert read_pack(b"lists:\n  - name: >\n      labels\n\n    words:\n      - |\n        a\n", "a.yaml") == ONE_LIST


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"lists:\n- name: \xff", "a.yaml:2:9: this is not UTF-8\n  fix: Save the file as UTF-8."),
        ("\ufefflists: é".encode() + b"\xe9", "a.yaml:1:9: this is not UTF-8\n  fix: Save the file as UTF-8."),
        ("lists:\n".encode("utf-16"), "a.yaml:1:1: this is not UTF-8\n  fix: Save the file as UTF-8."),
        (b"lists:\n  - \x1b[0m", "a.yaml:2:5: the character U+001B cannot be seen\n  fix: Remove it."),
        ("lists:\u2028 []".encode(), "a.yaml:1:7: the character U+2028 cannot be seen\n  fix: Remove it."),
        (b"#" * (MAX_BYTES + 1), "a.yaml: the file has more than 2 MB\n  fix: Split it."),
    ],
    ids=["byte", "byte after a mark", "utf-16", "control", "line separator", "size"],
)
def test_bytes_that_are_no_pack_are_refused(data: bytes, told: str) -> None:
    assert [str(error) for error in check_pack(data, "a.yaml")] == [told]


@pytest.mark.parametrize(("opening", "column"), [("[", 1), ("- ", 2), ("{a: ", 4), ("? ", 2)])
def test_nesting_has_a_limit(opening: str, column: int) -> None:
    told = [(error.what, error.where) for error in check_pack(opening.encode() * 100_000, "a.yaml")]

    assert told == [("lists and keys are nested more than 64 deep", f"a.yaml:1:{column * MAX_DEPTH + 1}")]


@pytest.mark.parametrize("escape", ["\\ud800", "\\U00110000", "\\UFFFFFFFF"])
@pytest.mark.parametrize("parser", ["fast", "slow"])
def test_an_escape_that_is_no_character_is_refused(escape: str, parser: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if parser == "slow":
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)

    with pytest.raises(PackError):
        read_pack(f'lists: [{{name: "{escape}", words: [a]}}]'.encode(), "a.yaml")


def test_an_error_repeats_no_more_than_the_start_of_a_long_text() -> None:
    data = b"lists:\n  - name: labels\n    words: [a]\n    part: " + b"x" * 5_000 + b"\n"

    assert [str(error) for error in check_pack(data, "a.yaml")] == [
        f"a.yaml:4:11: '{'x' * 60}…' is no value of 'part'\n  fix: Use one of these: verb, noun, adjective."
    ]
