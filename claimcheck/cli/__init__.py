"""The command line: it prints and exits; nothing else does."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

import click

from claimcheck import __version__
from claimcheck.cli.output import say
from claimcheck.errors import ClaimcheckError, reason
from claimcheck.names import known

COMMANDS = {
    "baseline": ("claimcheck.cli.baseline", "Take note of today's findings, so that check reports new ones only."),
    "cache": ("claimcheck.cli.cache", "Say what earlier runs have left, or forget it."),
    "check": ("claimcheck.cli.check", "Find claims that lack the qualifiers they need."),
    "claims": ("claimcheck.cli.claims", "List every claim and every qualifier."),
    "config": ("claimcheck.cli.config", "Say what applies, and where each value comes from."),
    "explain": ("claimcheck.cli.rules", "Say what a rule finds, why it matters and what helps."),
    "formats": ("claimcheck.cli.formats", "List the formats, or say what files are read as."),
    "init": ("claimcheck.cli.init", "Write a configuration that fits, and show the first findings."),
    "review": ("claimcheck.cli.review", "Write a Word document with a comment beside each finding."),
    "rules": ("claimcheck.cli.rules", "List the rules, or what a policy asks."),
    "serve": ("claimcheck.cli.serve", "Open a page to check drafts in."),
    "test": ("claimcheck.cli.test", "Run the examples that rules carry."),
}
"""Name to the module that is imported when the command is used, and its line in the help."""

STOPPED = 130
"""What shells report of a program that was stopped from the keyboard."""


class _Commands(click.Group):
    """Commands that are imported only when they are used: the others' imports would cost every start."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        module, _ = COMMANDS[known("command", cmd_name, COMMANDS)]
        command: click.Command = getattr(import_module(module), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="claimcheck")
def commands() -> None:
    """
    Find efficacy claims in skincare and aesthetic-procedure copy, and say which of them lack a caveat.

    It is a linter, not a lawyer: it says what it looked for and did not find.

    Start with: claimcheck check PAGE.md
    """


def program(arguments: Sequence[str] | None = None) -> int:
    """
    Run the program.

    Args:
        arguments: In place of those of the process.

    Returns:
        The exit code: 0 nothing found, 1 findings, 2 something could not be checked or was asked wrongly, 130 stopped.
    """
    try:
        given = None if arguments is None else list(arguments)
        result = commands.main(args=given, prog_name="claimcheck", standalone_mode=False)
    except (click.exceptions.Abort, KeyboardInterrupt):
        return STOPPED
    except click.ClickException as error:
        error.show()
        return 2
    except ClaimcheckError as error:
        say(f"claimcheck: {error}")
        return 2
    except OSError as error:
        say(f"claimcheck: {reason(error)}")
        return 2
    except MemoryError:
        say("claimcheck: there is not enough memory")
        return 2
    except Exception:  # noqa: BLE001  # 1 would say that there are findings
        import traceback

        say(f"{traceback.format_exc()}claimcheck made a mistake; please report it")
        return 2
    return result if isinstance(result, int) else 0
