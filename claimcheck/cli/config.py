"""``claimcheck config``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import click

from claimcheck.api import Options
from claimcheck.cli.heard import refuse_others
from claimcheck.cli.options import (
    baseline_in_use,
    baseline_path,
    config_of,
    config_options,
    files_options,
    judging_options,
    options_of,
    packs_of,
    packs_option,
)
from claimcheck.cli.output import write
from claimcheck.config import Config
from claimcheck.configkeys import ConfigFile, config_schema
from claimcheck.discovery import EXCLUDED, passed_over, shown
from claimcheck.engine.linter import Linter
from claimcheck.errors import UsageError, reason
from claimcheck.extract import documents
from claimcheck.extract.choosing import choose
from claimcheck.extract.fragments import is_fragment
from claimcheck.filecheck import MOST_BYTES
from claimcheck.globs import last_fit, verdict
from claimcheck.language import foreign
from claimcheck.model import Document, Facts
from claimcheck.names import place_of
from claimcheck.options import check_options, options_for
from claimcheck.packs.store import find_packs
from claimcheck.reporters.envelope import written
from claimcheck.reporters.packkeys import keys_page
from claimcheck.reporters.wording import listed, safe
from claimcheck.suppressions import instruction_in


class _Row(NamedTuple):
    """A value of a key, and where it comes from."""

    key: str
    value: str
    origin: str


@click.command(short_help="Say what applies, and where each value comes from.")
@click.argument("file", required=False, metavar="[FILE]")
@judging_options
@files_options
@packs_option
@config_options
@click.option("--keys", is_flag=True, help="What a configuration may hold; as JSON, its JSON Schema.")
@click.option("--format", "format", type=click.Choice(("text", "json")), default="text", show_default=True)
def config(**asked: Any) -> int:
    """
    Say what a run goes by, or what applies to FILE, and where each value comes from.

    That is a place in a configuration; 'option', for the command line; 'page', for what FILE says of itself; its
    'name' or 'content'; or 'default'.
    """
    as_json = asked["format"] == "json"
    if asked["keys"]:
        if asked["file"]:
            raise UsageError("--keys says nothing of a file", fix="Leave one of them out.")
        refuse_others(("format",), "keys")
        write(written(config_schema()) if as_json else keys_page(ConfigFile))
        return 0
    used = config_of(asked)
    packs = packs_of(asked)
    options = options_of(asked, used, packs)
    linter = Linter(find_packs(packs))
    check_options(options, linter.rulebook)
    if used.caveats:
        from claimcheck.fixes import check_caveats  # they are read as copy is, which takes a while

        check_caveats(dict(used.caveats), linter)
    rows = [*_Rows(used, asked, options).told(asked["file"])]
    if as_json:
        settings = [{"key": row.key, "value": row.value, "from": row.origin} for row in rows]
        write(
            written({"schema": "claimcheck/config@1", "files": used.files, "file": asked["file"], "settings": settings})
        )
    else:
        write(_as_text(rows))
    return 0


class _Rows:
    """Tells what applies."""

    def __init__(self, used: Config, asked: dict[str, Any], options: Options) -> None:
        self._used = used
        self._asked = asked
        self._options = options

    def told(self, file: str | None) -> Iterator[_Row]:
        """What applies to a file, or, without one, to a run."""
        if file is None:
            yield from self._judging(self._options, None, "")
            yield from self._sections()
        else:
            yield from self._of_file(file, shown(file))
        name = None if file is None else shown(file)
        for one in self._options.provided:
            if name is None or not one.paths or verdict(one.paths, name):
                yield _Row("provided", f"{one.kind} by {one.where}{_among(one.paths)}", place_of(one.kind))
        for ignore in self._options.ignores:
            if name is None or not ignore.paths or verdict(ignore.paths, name):
                said = f"{listed(ignore.rules, 'and')}{_among(ignore.paths)}: {ignore.because}"
                yield _Row("ignores", said, ignore.where)
        yield from self._rest()

    def _of_file(self, file: str, name: str) -> Iterator[_Row]:
        data = _read(file)
        reading = self._options.reading
        choice = choose(data, name, reading)
        pages = list(documents(data, name, reading=reading))
        yield self._checked(file, name, pages)
        yield _Row("format", choice.format.name, place_of(choice.pattern) or choice.by)
        said = next((place_of(one) for one in reversed(reading.fragments) if verdict([one], name) is not None), "name")
        yield _Row("fragment", _word(is_fragment(name, choice.format.name, reading.fragments)), said)
        facts = [one for one in self._options.sections if one.facts is not None and verdict(one.match, name)]
        page = pages[0] if pages else None
        yield from self._judging(options_for(name, self._options), page, place_of(facts[-1].match[0]) if facts else "")
        for one in pages:
            yield from _ignored(one)

    def _checked(self, file: str, name: str, pages: Sequence[Document]) -> _Row:
        """Whether a run would check a file."""
        languages = [foreign(one) for one in pages]
        if languages and all(languages):
            return _Row("checked", f"false: {languages[0]}", "page" if pages[0].language else "content")
        include, exclude = self._options.include, self._options.exclude
        why = passed_over(file, include=include, exclude=exclude, reading=self._options.reading)
        deciding = exclude if why == EXCLUDED else () if why else include
        fit = last_fit(deciding, name)
        pattern = "" if fit is None else deciding[fit]
        # What is ours, such as packs, is excluded by its name.
        otherwise = "option" if pattern in (*self._asked["include"], *self._asked["exclude"]) else "name"
        return _Row("checked", f"only when it is named: {why}" if why else "true", place_of(pattern) or otherwise)

    def _judging(self, options: Options, page: Document | None, facts_at: str) -> Iterator[_Row]:
        yield from self._many("policies", options.policies)
        if options.subject != "auto":
            yield _Row("subject", options.subject, "option")
        elif page is not None and page.subject:
            yield _Row("subject", page.subject, "page")
        else:
            place = place_of(options.default_subject) or self._used.places.get("subject", "default")
            yield _Row("subject", options.default_subject or "auto", place)
        own = page is not None and page.facts is not None
        facts = page.facts if page is not None and page.facts is not None else options.facts
        for one in _facts(facts):
            yield _Row("facts", one, "page" if own else facts_at or self._used.places.get("facts", "default"))
        yield from self._many("select", options.select or ("all rules",))
        yield from self._many("ignore", options.ignore)
        for glob, said in options.severity:
            yield _Row("severity", f"{glob}: {said}", place_of(glob))

    def _sections(self) -> Iterator[_Row]:
        for one in self._options.sections:
            said = [
                *([f"policies {', '.join(one.policies)}"] if one.policies else []),
                *([f"subject {one.subject}"] if one.subject else []),
                *(_facts(one.facts) if one.facts is not None else []),
                *([f"select {', '.join(one.select)}"] if one.select else []),
                *([f"ignore {', '.join(one.ignore)}"] if one.ignore else []),
                *(f"{glob}: {severity}" for glob, severity in one.severity),
            ]
            yield _Row("paths", f"{_written(one.match)}: {'; '.join(said)}", place_of(one.match[0]))

    def _rest(self) -> Iterator[_Row]:
        reading = self._options.reading
        yield from self._many("extends", self._used.files[1:])
        yield from self._many("required-version", self._used.requires)
        yield from self._many("packs", (*self._used.packs, *self._asked["packs"]))
        yield from self._many("include", self._options.include)
        yield from self._many("exclude", (*self._used.exclude, *self._asked["exclude"]))
        for glob, name in reading.formats:
            yield _Row("formats", f"{glob}: {name}", place_of(glob))
        yield from self._many("fragments", reading.fragments)
        yield from self._many(
            "fields", [*(f"copy {one}" for one in reading.copy), *(f"other {one}" for one in reading.other)]
        )
        for kind, text in self._used.caveats:
            yield _Row("caveats", f"{kind}: {text}", place_of(text))
        path = baseline_path(self._asked)
        yield from self._many("baseline", [baseline_in_use(self._asked) or f"{path}, if it is there"])
        yield from self._many("preview", [_word(self._used.preview)])
        yield from self._many("require-reasons", [_word(self._used.require_reasons)])

    def _many(self, key: str, values: Iterable[str]) -> Iterator[_Row]:
        """Values that remember where they stand; for others the command line speaks, or the key."""
        otherwise = "option" if self._asked.get(key) else self._used.places.get(key, "default")
        return (_Row(key, one, place_of(one) or otherwise) for one in values)


def _read(file: str) -> bytes:
    try:
        with open(file, "rb") as opened:
            return opened.read(MOST_BYTES)
    except OSError as error:
        raise UsageError(f"the file cannot be read: {reason(error)}", where=file, fix="Name a file.") from None


def _ignored(page: Document) -> Iterator[_Row]:
    """What a page asks to leave alone."""
    for one in page.ignores:
        yield _Row("ignores", f"{listed(one.rules, 'and')}: {one.because}", one.where)
    for comment in page.comments:
        at = page.position(comment.start)
        where = f"{page.path}:{at.line}:{at.column}"
        try:
            said = instruction_in(comment)
        except ValueError as error:
            yield _Row("ignores", f"nothing: {error}", where)
            continue
        if said is not None and said.form != "ignore-end":
            words = f"{said.form} {listed(said.globs, 'and')}"
            yield _Row("ignores", f"{words}: {said.reason}" if said.reason else words, where)


def _facts(facts: Facts) -> Iterator[str]:
    for one in facts.licences:
        yield f"licence {one.number} for {listed(one.covers, 'and')}"
    if facts.practitioner:
        yield f"practitioner {facts.practitioner}"
    if facts.prescription:
        yield "prescription products"


def _among(patterns: Sequence[str]) -> str:
    return f" in {_written(patterns)}" if patterns else ""


def _written(patterns: Sequence[str]) -> str:
    """Patterns as they are written: from below the configuration, several stand for one."""
    return listed(list({place_of(one) or one: one for one in reversed(patterns)}.values())[::-1], "and")


def _word(value: bool) -> str:  # noqa: FBT001 - a value as it is written
    return str(value).lower()


def _as_text(rows: Iterable[_Row]) -> str:
    cells = [tuple(map(safe, row)) for row in rows]
    widths = [max(map(len, column)) for column in list(zip(*cells, strict=True))[:2]]
    return "".join(f"{key:{widths[0]}}  {value:{widths[1]}}  {origin}\n" for key, value, origin in cells)
