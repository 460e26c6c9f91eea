"""Which options are heard when: one that would be left unheard is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import click
from click.core import ParameterSource

from claimcheck.errors import UsageError

REPORT = "report"
"""What ``check`` does when nothing else is asked for; otherwise it is called by the option that asks for it."""

MODES = ("add_ignores", "fix_suppressions", "diff", "fix")
"""What else ``check`` does, by the options that ask for it: with the first two, ``diff`` only shows it."""

_REPORTING = (REPORT, "fix")
_HEARD: Mapping[str, tuple[str, ...]] = {
    "formats": _REPORTING,
    "statistics": _REPORTING,
    "show_dismissed": _REPORTING,
    "color": _REPORTING,
    "fail_on": _REPORTING,
    "strict": _REPORTING,
    "output": (*_REPORTING, "diff"),
    "exit_zero": (*_REPORTING, "diff"),
    "baseline": (*_REPORTING, "diff", "add_ignores"),
    "no_baseline": (*_REPORTING, "diff", "add_ignores"),
    "stdin_filename": (REPORT,),
    "unsafe_fixes": ("fix", "diff"),
    "reason": ("add_ignores",),
    "until": ("add_ignores",),
}
"""Options of ``check`` and the modes in which they are heard; what is not among them is heard in all."""

_ONE_OF = (("add_ignores", "fix_suppressions"), *((one, "fix") for one in MODES[:-1]))


def refuse_unheard(asked: Mapping[str, Any]) -> None:
    """
    Refuse options of ``check`` that contradict each other, and those that make no difference to what is asked for.

    Raises:
        UsageError: If there is one.
    """
    for one, other in _ONE_OF:
        if asked[one] and asked[other]:
            raise _both(one, other, "Use one after the other.")
    refuse_both("baseline", "no_baseline")
    mode = next((one for one in MODES if asked[one]), REPORT)
    for name in given():
        modes = _HEARD.get(name, (mode,))
        if mode in modes:
            continue
        if mode != REPORT:
            raise _no_difference(name, mode)
        fix = f"Use it with {' or '.join(map(option, modes))}."
        raise UsageError(f"{option(name)} makes no difference here", fix=fix)


def refuse_others(heard: Iterable[str], to: str) -> None:
    """
    Refuse all options but some.

    Args:
        heard: Names of the parameters that are heard.
        to: Name of the parameter that the others make no difference to.

    Raises:
        UsageError: If another was given.
    """
    for name in given():
        if name not in (to, *heard):
            raise _no_difference(name, to)


def refuse_these(unheard: Iterable[str], to: str) -> None:
    """Refuse some options, as ``refuse_others`` does the others."""
    for name in given():
        if name in unheard:
            raise _no_difference(name, to)


def refuse_both(one: str, other: str) -> None:
    """Refuse two options that contradict each other. Raises UsageError if both were given."""
    if {one, other}.issubset(given()):
        raise _both(one, other, "Leave one of them out.")


def given() -> list[str]:
    """The names of the parameters that were given on the command line."""
    context = click.get_current_context()
    return [name for name in context.params if context.get_parameter_source(name) is ParameterSource.COMMANDLINE]


def option(name: str) -> str:
    """A parameter of the command that runs as it is written."""
    shown = {one.name: one for one in click.get_current_context().command.params}[name]
    return shown.opts[0] if isinstance(shown, click.Option) else name.upper()


def _no_difference(name: str, to: str) -> UsageError:
    return UsageError(f"{option(name)} makes no difference to {option(to)}", fix="Leave it out.")


def _both(one: str, other: str, fix: str) -> UsageError:
    return UsageError(f"{option(one)} and {option(other)} were both asked for", fix=fix)
