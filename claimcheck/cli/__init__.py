"""The command line: it prints and exits; nothing else does."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from claimcheck import __version__
from claimcheck.errors import ClaimcheckError

COMMANDS = {
    "check": ("claimcheck.cli.check", "Find claims that lack the qualifiers they need."),
    "claims": ("claimcheck.cli.claims", "List every claim and every qualifier."),
    "explain": ("claimcheck.cli.rules", "Say what a rule finds, why it matters and what helps."),
    "rules": ("claimcheck.cli.rules", "List the rules, or what a policy asks."),
    "test": ("claimcheck.cli.test", "Run the examples that rules carry."),
}
"""Name to the module that is imported when the command is used, and its line in the help."""


class _Commands(click.Group):
    """Commands that are imported only when they are used: the others' imports would cost every start."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(COMMANDS[cmd_name][0]), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="claimcheck")
def commands() -> None:
    """
    Finds efficacy claims in skincare and aesthetic-procedure copy, and says which lack what a careful reader needs beside them.

    It is a linter, not a lawyer: it says what it looked for and did not find.
    """


def program(arguments: Sequence[str] | None = None) -> int:
    """
    Run the program.

    Args:
        arguments: In place of those of the process.

    Returns:
        The exit code: 0 nothing found, 1 findings, 2 something could not be checked or was asked wrongly, 130 stopped.
    """
    _write_utf8()
    try:
        result = commands.main(args=None if arguments is None else list(arguments), prog_name="claimcheck", standalone_mode=False)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.exceptions.Abort:
        return 130
    except click.ClickException as error:
        error.show()
        return 2
    except ClaimcheckError as error:
        click.echo(f"claimcheck: {error}", err=True)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read has stopped reading; Python would complain once more on its way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return result if isinstance(result, int) else 0


def _write_utf8() -> None:
    """Reports hold any character, whatever the locale."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
