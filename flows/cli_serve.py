"""The command that serves the page people look at."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.cli_settings import opened_settings


def add_to(app: typer.Typer) -> None:
    """Register it."""
    app.command(rich_help_panel="Looking")(serve)


def serve(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8460,
    host: Annotated[str, typer.Option(help="Address to listen on (0.0.0.0: all; best behind a proxy with TLS).")] = "127.0.0.1",
) -> None:
    """The web page: announcements, trends, stories, facts, outlets, in French, Arabic and English."""
    from warehouse.web.serve import serve as serve_page

    on = opened_settings()
    typer.echo(f"http://{host}:{port}/ (stop with Ctrl-C)")
    serve_page(on, host, port)
