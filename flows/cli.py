"""The `marsad` command. Heavy libraries are imported inside the commands, so that help is instant.

Exit codes: 0 done; 1 done, but something failed on the way (said on standard error); 2 wrong usage; 3 another run holds
what this one needs; 4 configuration or input cannot be used; 130 interrupted.
"""

from __future__ import annotations

import atexit
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from flows import cli_entities, cli_look, cli_parts, cli_serve, cli_upkeep, cli_warehouse
from flows.cli_settings import opened_settings

app = typer.Typer(
    name="marsad", no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False,
    help="Watch the Moroccan press and tell what is newly announced, with the sentence that says so.",
    epilog="First steps: `make demo`, then `marsad run`. State lies under MARSAD_DATA (default: data/).",
)
cli_parts.add_to(app)
cli_look.add_to(app)
cli_serve.add_to(app)
cli_entities.add_to(app)
cli_warehouse.add_to(app)
cli_upkeep.add_to(app)


@app.command(rich_help_panel="Daily work")
def run(
    outlets: Annotated[list[str] | None, typer.Argument(help="Only these (default: all verified ones that are due).")] = None,
    now: Annotated[bool, typer.Option("--now", help="Crawl them even where they are not due yet.")] = False,
) -> None:
    """One round: crawl what is due, drain every stage, load, publish, send what is due."""
    from flows.desk import Desk
    from flows.round import run_round

    raise typer.Exit(run_round(Desk(opened_settings()).with_folder(), tuple(outlets or ()), even_if_not_due=now))


@app.command(rich_help_panel="Daily work")
def ingest(
    files: Annotated[list[Path], typer.Argument(help="JSONL (.jsonl, .jsonl.gz), HTML, WARC or text files.")],
) -> None:
    """Put files through the same pipeline as crawled pages: drains, loads and publishes before it returns."""
    from flows.desk import Desk
    from flows.ingest import ingest_files

    raise typer.Exit(ingest_files(Desk(opened_settings()).with_folder(), files))


@app.command(rich_help_panel="Daily work")
def schedule(
    stages: Annotated[bool, typer.Option(help="Run the stages too; without, `marsad work` runs them elsewhere.")] = True,
    pool: Annotated[str, typer.Option(help="Write them to this work pool instead, for `prefect worker start`, and end.")] = "",
) -> None:
    """Serve the Prefect deployments (a crawl an outlet, stages, load, digests) until interrupted."""
    from flows import ephemeral
    from flows.desk import Desk
    from flows.own_server import server_of

    desk = Desk(opened_settings()).with_folder()
    ephemeral.prepare(desk.settings)
    if pool:
        from flows.schedule import deploy_all

        typer.echo(f"{deploy_all(desk, pool, stages=stages)} deployments in the work pool {pool}")
        return
    with server_of(desk.settings) as page:
        from flows.schedule import serve_all

        typer.echo(f"Prefect's page: {page}")
        serve_all(desk, stages=stages)


def main() -> None:
    """Run the command; errors that an operator can mend become one message and an exit code."""
    ending = _Ending()
    atexit.register(ending.leave)
    ending.code = _run()
    sys.exit(ending.code)


class _Ending:
    """Ends the process once everything else has been wound up.

    Libraries leave daemon threads behind (Prefect's event worker), whose frames DuckDB's binding reports as leaks when the
    interpreter is torn down: two screens of noise after every command. What is registered first runs last.
    """

    code = 1

    def leave(self) -> None:
        """End at once."""
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(self.code)


def _run() -> int:
    from config.reading import ConfigError
    from flows.ephemeral import ApiError
    from pipeline.bus import BusError
    from warehouse.files import WarehouseError

    try:
        code = app(standalone_mode=False)
    except typer.Exit as done:
        return done.exit_code
    except (KeyboardInterrupt, typer.Abort):
        _say("interrupted; what was finished is kept, the next run goes on from there")
        return 130
    except (ConfigError, BusError, WarehouseError, ApiError) as error:
        _say(str(error))
        return 4
    except Exception as error:
        if hasattr(error, "format_message"):   # click's usage errors
            _say(f"{error.format_message()} (see `marsad --help`)")
            return 2
        raise
    # Without its standalone mode typer returns the code of typer.Exit instead of raising it.
    return code if isinstance(code, int) else 0


def _say(text: str) -> None:
    sys.stderr.write(f"marsad: {text}\n")


if __name__ == "__main__":
    main()
