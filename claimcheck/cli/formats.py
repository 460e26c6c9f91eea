"""``claimcheck formats``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import click

from claimcheck.cli.heard import option
from claimcheck.cli.options import config_of, config_options, files_options
from claimcheck.cli.output import say, write
from claimcheck.config import Config
from claimcheck.discovery import discover
from claimcheck.errors import ExtractError, UsageError, reason
from claimcheck.extract.choosing import Choice, by_name, check_reading, choose
from claimcheck.extract.decode import decode
from claimcheck.extract.formats import FORMATS, Format
from claimcheck.extract.fragments import is_fragment
from claimcheck.extract.reading import Reading
from claimcheck.extract.thirdparty import installed, package_of, third_party
from claimcheck.filecheck import MOST_BYTES
from claimcheck.model import Failure
from claimcheck.reporters.envelope import written
from claimcheck.reporters.wording import listed, safe

_OURS = "claimcheck-lint"
_WHY = {"name": "by its name", "content": "by its content", "default": "nothing says what else it is"}


@click.command(short_help="List the formats, or say what files are read as.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--format", "format", type=click.Choice(("text", "json")), default="text", show_default=True)
@files_options
@config_options
def formats(**asked: Any) -> int:
    """
    List the formats that can be read, with their endings; of PATH, files or folders, say what is read as what, and why.

    Exits with 2 when a file cannot be read.
    """
    unheard = [one for one in ("include", "exclude") if asked[one] and not asked["paths"]]
    if unheard:
        raise UsageError(f"{option(unheard[0])} makes no difference without PATH", fix="Name a file or a folder.")
    config = config_of(asked)
    check_reading(config.reading)
    if asked["paths"]:
        return _tell_files(config, asked)
    rows, faults = _rows(config.reading)
    write(written([row.fields() for row in rows]) if asked["format"] == "json" else _as_table(rows))
    for fault in faults:
        say(f"claimcheck: {fault}")
    return 2 if faults else 0


@dataclass(frozen=True, slots=True)
class _Row:
    """
    A format as it is listed.

    Args:
        globs: Patterns of the configuration that give it.
        package: That brings it.
    """

    known: Format
    globs: tuple[str, ...]
    package: str

    @property
    def installed(self) -> bool:
        return not self.known.needs or find_spec(self.known.needs) is not None

    def fields(self) -> dict[str, Any]:
        return {
            "name": self.known.name,
            "title": self.known.title,
            "endings": list(self.known.suffixes) if self.package == _OURS else [],
            "patterns": list(self.globs),
            "walked": self.known.walked,
            "extra": self.known.extra,
            "installed": self.installed,
            "package": self.package,
        }

    def remarks(self) -> Iterator[str]:
        if self.globs:
            yield f"here also {listed(self.globs, 'and')}" if self.package == _OURS else listed(self.globs, "and")
        elif self.package != _OURS:
            yield "only where the configuration says so"
        if not self.known.walked:
            yield "from folders only with --include"
        if self.known.extra:
            yield f"needs {self.package}[{self.known.extra}]" + ("" if self.installed else ", which is not installed")
        if self.package != _OURS:
            yield f"from {self.package}"


def _rows(reading: Reading) -> tuple[list[_Row], list[UsageError]]:
    """Shipped formats in the order of the table, then those of other packages by name; and what is wrong with those."""
    found = [(known, _OURS) for known in FORMATS]
    faults = []
    for name, point in installed().items():
        if all(name != known.name for known in FORMATS):
            try:
                found.append((third_party(name), package_of(point)))
            except UsageError as fault:
                faults.append(fault)
    return [
        _Row(known, tuple(glob for glob, name in reading.formats if name == known.name), package)
        for known, package in found
    ], faults


def _as_table(rows: Sequence[_Row]) -> str:
    cells = [
        (
            row.known.name,
            row.known.title,
            " ".join(row.known.suffixes) if row.package == _OURS else "",
            "; ".join(row.remarks()),
        )
        for row in rows
    ]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = ("  ".join(f"{text:{width}}" for text, width in zip(row, widths, strict=True)) for row in cells)
    return _lines(line.rstrip() for line in lines)


def _tell_files(config: Config, asked: dict[str, Any]) -> int:
    """Say of each file what it is read as; of a folder, of those that a check would take."""
    found = discover(
        asked["paths"],
        include=(*config.include, *asked["include"]),
        exclude=(*config.exclude, *asked["exclude"]),
        reading=config.reading,
    )
    failures = list(found.failures)
    told: list[tuple[str, Choice, bool]] = []
    for name, path in found.files:
        try:
            choice = _choice(name, path, config.reading)
        except OSError as error:
            failures.append(Failure(name, reason(error)))
        except ExtractError as error:
            failures.append(Failure(name, error.what))
        else:
            told.append((name, choice, is_fragment(name, choice.format.name, config.reading.fragments)))
    write(written([_file_fields(*one) for one in told]) if asked["format"] == "json" else _lines(_files(told, config)))
    for one in found.skipped:
        say(f"{one.path}: skipped: {one.reason}")
    for failure in failures:
        say(f"{failure.path}: {failure.message}")
    return 2 if failures else 0


def _choice(name: str, path: str, reading: Reading) -> Choice:
    with open(path, "rb") as file:
        if known := by_name(name, reading):
            return known
        data = file.read(MOST_BYTES)
    choice = choose(data, name, reading)
    if choice.by == "default":
        decode(data, name)  # a binary is no plain text
    return choice


def _files(told: Iterable[tuple[str, Choice, bool]], config: Config) -> Iterator[str]:
    for name, choice, fragment in told:
        why = _WHY.get(choice.by) or f"'{choice.pattern}' in {config.path}"
        yield f"{name}: {choice.format.name} ({why})" + (", a fragment" if fragment else "")


def _file_fields(name: str, choice: Choice, fragment: bool) -> dict[str, Any]:  # noqa: FBT001 - as it stands in a row
    return {
        "path": name,
        "format": choice.format.name,
        "by": choice.by,
        "pattern": choice.pattern,
        "fragment": fragment,
    }


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{safe(line)}\n" for line in lines)
