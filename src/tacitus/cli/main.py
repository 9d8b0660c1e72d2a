"""The command `tacitus`: its subcommands, and what an error looks like.

Exit status: 0 all went well; 1 some documents failed (each is named); 2 the arguments cannot be used.
"""

from __future__ import annotations

import logging
import os
import sys

import click

import tacitus
from tacitus.cli.actors import actors
from tacitus.cli.code import code
from tacitus.cli.debug import debug
from tacitus.cli.explain import explain
from tacitus.cli.export import export
from tacitus.cli.incidents import incidents
from tacitus.cli.ontology import ontology
from tacitus.cli.places import places
from tacitus.cli.report import report
from tacitus.cli.review import review
from tacitus.cli.serve import serve
from tacitus.cli.show import show
from tacitus.cli.tension import alerts, storylines, tension
from tacitus.cli.watch import watch
from tacitus.errors import TacitusError

UNUSABLE = 2
INTERRUPTED = 130


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(tacitus.__version__, prog_name="tacitus")
def cli() -> None:
    """Read news pages into sourced event data: who did what to whom, who said what, where and when.

    \b
    Examples:
      tacitus code pages/ --db world.duckdb          code a folder of pages into a database
      tacitus code pages/ --output events.jsonl      or into a file, one record a line
      tacitus report --db world.duckdb               read what is going on
      tacitus explain "The army shelled the town."   see how a sentence is coded, and why
    """


for command in (
    code,
    report,
    incidents,
    storylines,
    tension,
    alerts,
    export,
    show,
    explain,
    actors,
    places,
    ontology,
    debug,
    serve,
    review,
    watch,
):
    cli.add_command(command)


def main() -> None:
    """Run the command line; the entry point of the installed script."""
    for library in (
        "trafilatura",
        "htmldate",
    ):  # what they have to say about a page ends up in the record, not on the terminal
        logging.getLogger(library).setLevel(logging.CRITICAL)
    try:
        sys.exit(cli.main(standalone_mode=False))  # what a command raises as Exit comes back as its status
    except click.ClickException as err:
        err.show()
        sys.exit(err.exit_code)
    except TacitusError as err:
        click.echo(f"Error: {err}", err=True)
        sys.exit(UNUSABLE)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted; what was stored stays stored, start again to go on.", err=True)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:  # the reader of our output (head, less) has gone: nothing more to say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
