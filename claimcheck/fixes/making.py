"""Makes the fixes of a file, after it has tried them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from claimcheck.edits import apply
from claimcheck.engine.linter import Linter
from claimcheck.errors import ClaimcheckError, UsageError
from claimcheck.extract import AS_SHIPPED, Reading, documents, extract
from claimcheck.extract.decode import recoded
from claimcheck.fixes.caveats import caveats
from claimcheck.fixes.model import Applicability, Complaint, Fix, Page, Shift, complaints
from claimcheck.fixes.places import FORMATS
from claimcheck.fixes.review import is_better, says_as_meant
from claimcheck.fixes.wording import wordings
from claimcheck.model import FileResult
from claimcheck.names import place_of
from claimcheck.packs.rulebook import Rulebook

Check: TypeAlias = Callable[[bytes, str], FileResult]
"""Checks the bytes of a file of this name."""

# So often is one file checked again at most; where most fixes can be made, a few times are enough.
_MOST_TRIES = 200
_MOST_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class Fixed:
    """
    What fixes make of a file.

    Args:
        data: Its bytes with all fixes made; as they were if there are none.
        before: Its text.
        after: Its text with all fixes made.
        fixes: Those that are made, then those that are only told.
        cleared: How many findings are gone, one for each policy and place of a claim.
    """

    data: bytes
    before: str
    after: str
    fixes: tuple[Fix, ...]
    cleared: int


def fixed(
    data: bytes,
    result: FileResult,
    check: Check,
    rulebook: Rulebook,
    *,
    texts: Mapping[str, str],
    reading: Reading = AS_SHIPPED,
) -> Fixed:
    """
    Make all fixes of a file.

    Args:
        data: The file.
        result: Of the file, with the findings that may be fixed; ``check`` may find more.
        check: Checks it anew.
        texts: Sentences by kind of qualifier, in place of those of the policies.
        reading: What a configuration says about reading files.

    Raises:
        ClaimcheckError: If the file cannot be read.
    """
    page = _opened(data, result, check, reading)
    if page is None:
        return Fixed(
            data, "", "", _told(result, {one for finding in result.findings for one in complaints(finding)}), 0
        )
    work = _Work(check, reading)
    text, count = page.document.text, _lacking(page)
    made: list[Fix] = []
    for _ in range(_MOST_ROUNDS):
        page, reworded = work.made(page, [(one,) for one in wordings(page, rulebook)])
        page, added = work.made(page, caveats(page, rulebook, texts))
        made += (*reworded, *added)
        if not reworded and not added:
            break
    told = _told(page.result, page.wanted)
    return Fixed(page.data, text, page.document.text, (*made, *told), count - _lacking(page))


def offered(
    data: bytes,
    result: FileResult,
    check: Check,
    rulebook: Rulebook,
    *,
    texts: Mapping[str, str],
    reading: Reading = AS_SHIPPED,
) -> tuple[Fix, ...]:
    """
    The fixes that can be made of a file, each on its own. Arguments and errors are those of ``fixed``.

    Returns:
        Changes of words in the order of the file, then paragraphs to add.
    """
    page = _opened(data, result, check, reading)
    if page is None:
        return ()
    work = _Work(check, reading)
    choices = [*((one,) for one in wordings(page, rulebook)), *caveats(page, rulebook, texts)]
    return tuple(fix for choice in choices for fix in work.made(page, [choice])[1])


def check_caveats(texts: Mapping[str, str], linter: Linter) -> None:
    """
    Refuse sentences for kinds of qualifier that they do not state, as far as the rules can tell.

    Raises:
        UsageError: If there is one.
    """
    states = {rule["id"]: (rule["id"].partition("/")[0], *rule["also"]) for rule in linter.rulebook.qualifiers}
    for kind, text in texts.items():
        document = extract(text.encode("utf-8", "replace"), "caveat.txt", "text")
        said = {name for rule, _ in linter.qualifiers(document) for name in states[rule]}
        if kind not in said:
            what = f"'{text}' is not understood as a caveat of the kind {kind}"
            shown = next(rule for rule, kinds in states.items() if kind in kinds)
            raise UsageError(what, where=place_of(text), fix=f"'claimcheck explain {shown}' shows what is.")


def _opened(data: bytes, result: FileResult, check: Check, reading: Reading) -> Page | None:
    """The page in a file; ``None`` if it cannot be edited."""
    document = next(documents(data, result.path, reading=reading), None)
    if document is None or document.format not in FORMATS or recoded(document.text, data, result.path) != data:
        return None
    everything = check(data, result.path)
    prints = {one.fingerprint for one in result.findings}
    wanted = frozenset(
        one for finding in everything.findings if finding.fingerprint in prints for one in complaints(finding)
    )
    return Page(data, document, everything, wanted)


def _lacking(page: Page) -> int:
    """How many of the wanted objections say that something is lacking: of what is only noted nothing is."""
    lacking = (one for one in page.result.findings if one.missing or one.too_far or one.beside or one.provided)
    return len({complaint for one in lacking for complaint in complaints(one)} & page.wanted)


def _told(result: FileResult, wanted: Collection[Complaint]) -> tuple[Fix, ...]:
    """What is left to the writer."""
    told = []
    for remedy in result.remedies:
        prints = set(remedy.clears)
        mine = (one for one in result.findings if one.policy == remedy.policy and one.fingerprint in prints)
        clears = frozenset(one for finding in mine for one in complaints(finding)).intersection(wanted)
        if clears:
            told.append(Fix(remedy.suggestion, Applicability.DISPLAY_ONLY, clears))
    return tuple(told)


class _Work:
    """Tries fixes of one file, within reason."""

    def __init__(self, check: Check, reading: Reading) -> None:
        self._check = check
        self._reading = reading
        self._tries = _MOST_TRIES

    def made(self, page: Page, choices: Sequence[tuple[Fix, ...]]) -> tuple[Page, list[Fix]]:
        """
        Make those fixes that can be made together.

        Args:
            choices: For each fix its forms, the best first.

        Returns:
            The page afterwards, and the fixes that were made.
        """
        kept: list[Fix] = []
        after = page
        # Mostly all can be made at once; where not, halves are tried, down to each alone.
        waiting = [choices] if choices else []
        while waiting:
            group = waiting.pop()
            forms = [[one[0] for one in group]] if len(group) > 1 else [[fix] for fix in group[0]]
            for added in forms:
                tried = self._tried(page, [*kept, *added])
                if tried is not None:
                    kept += added
                    after = tried
                    break
            else:
                if len(group) > 1:
                    half = len(group) // 2
                    waiting += (group[half:], group[:half])
        return after, kept

    def _tried(self, page: Page, fixes: Sequence[Fix]) -> Page | None:
        """The page with some fixes made; ``None`` if they do not do what they are meant to, or anything else."""
        if not self._tries:
            return None
        self._tries -= 1
        edits = [one.edit for one in fixes if one.edit is not None]
        path, shift = page.document.path, Shift(edits)
        try:
            data = recoded(apply(page.document.text, edits), page.data, path)
            read = list(documents(data, path, reading=self._reading))
        except ClaimcheckError:
            return None
        if len(read) != 1 or not says_as_meant(page.document, read[0], fixes, shift):
            return None
        result = self._check(data, path)
        cleared = frozenset(one for fix in fixes for one in fix.clears)
        if not is_better(page.result, result, cleared, shift):
            return None
        wanted = frozenset(Complaint(one.policy, shift.after(one.start)) for one in page.wanted)
        return Page(data, read[0], result, wanted)
