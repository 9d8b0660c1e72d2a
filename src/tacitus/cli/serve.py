"""`tacitus serve`: the database as web pages on this machine."""

from __future__ import annotations

from pathlib import Path

import click

from tacitus.cli.options import DB, FILE


@click.command()
@DB
@click.option("--port", default=8400, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; another one needs --token.")
@click.option("--token", envvar="TACITUS_TOKEN", help="What visitors must present once; also read from TACITUS_TOKEN.")
@click.option(
    "--actors",
    multiple=True,
    metavar="FILE",
    type=FILE,
    help="Actors of your own, to choose from in reviews; may be given again.",
)
@click.option("--gazetteer", metavar="FILE", type=FILE, help="A larger gazetteer, made by `tacitus places build`.")
@click.option("--places", multiple=True, metavar="FILE", type=FILE, help="Places of your own; may be given again.")
def serve(
    db: Path,
    port: int,
    host: str,
    token: str | None,
    actors: tuple[Path, ...],
    gazetteer: Path | None,
    places: tuple[Path, ...],
) -> None:
    """Open the reading room: the database as pages in a browser, on this machine and without any request to another one.

    \b
    Examples:
      tacitus serve --db world.duckdb
      tacitus serve --db world.duckdb --port 9000
      tacitus serve --db world.duckdb --actors my.toml
      TACITUS_TOKEN=$(openssl rand -hex 16) tacitus serve --db world.duckdb --host 192.0.2.7
    """
    from tacitus.web import RoomSettings, create_app

    settings = RoomSettings(db=db, host=host, port=port, token=token, actors=actors, gazetteer=gazetteer, places=places)
    app = create_app(settings)
    name = f"[{host}]" if ":" in host else host
    click.echo(
        f"Reading room for {db}: http://{name}:{port}/{'?token=' + token if token else ''}  (Ctrl+C ends it)", err=True
    )
    import uvicorn

    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False, proxy_headers=False)
