"""`muster serve` and `muster worker`: the processes of an installation."""

from __future__ import annotations

import os
import signal
import sys
import threading
from types import FrameType

import click

WRONG_USE = 2
THREADS = 4
"""Threads that answer pages, per process. A page takes a few milliseconds, most of them Python's own."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址 Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="监听端口 Port.")
@click.option(
    "--workers",
    default=1,
    show_default=True,
    type=click.IntRange(1, 64),
    help="网页进程数 Processes (PostgreSQL only).",
)
def serve(host: str, port: int, workers: int) -> None:
    """启动网页服务。

    Serve the console. On SQLite one process does everything: pages, clocks and delivery. On PostgreSQL run
    `muster worker` beside it, on as many machines as you like.
    """
    import django

    django.setup()
    from django.db import connection

    if workers > 1 and connection.vendor == "sqlite":
        click.echo(
            "SQLite 只支持一个进程；多进程请用 PostgreSQL（DATABASE_URL）。\n"
            "SQLite serves from one process; for several, use PostgreSQL (DATABASE_URL).",
            err=True,
        )
        sys.exit(WRONG_USE)
    from muster.cli.installing import install

    install()
    is_alone = connection.vendor == "sqlite"
    connection.close()
    if not is_alone:
        click.echo("时限与通知由 `muster worker` 处理。Clocks and notices are the work of `muster worker`.")
    run_server(host, port, workers=workers, with_jobs=is_alone)


def run_server(host: str, port: int, *, workers: int = 1, with_jobs: bool) -> None:
    """Serve until told to stop; with `with_jobs` the one process also watches the clocks and delivers."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server as Granian

    os.environ["MUSTER_SERVES"] = "alone" if with_jobs else "pages"
    click.echo(f"http://{host}:{port}/")
    Granian(
        "muster.cli.serving:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
        # The server's own default would take the place of what the settings say about logging.
        log_dictconfig={"version": 1, "disable_existing_loggers": False, "loggers": {}},
        process_name=None,
    ).serve()


@click.command()
def worker() -> None:
    """处理时限与通知。

    Watch the clocks and deliver notices, until stopped. Any number may run; on SQLite `muster serve` does it already.
    """
    import django

    django.setup()
    from django.db import connection

    from muster.cli.installing import install
    from muster.cli.serving import start_jobs

    install()
    connection.close()
    stop = threading.Event()

    def ends(signum: int, frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ends)
    signal.signal(signal.SIGINT, ends)
    threads = start_jobs(stop)
    click.echo("处理时限与通知。Watching the clocks and delivering notices.")
    while not stop.wait(1.0):
        if not all(thread.is_alive() for thread in threads):
            # A thread ends only by a bug. Whoever supervises this process should see it end, and start it again.
            click.echo("a job ended unexpectedly", err=True)
            sys.exit(1)
    for thread in threads:
        thread.join(timeout=10)


commands = [serve, worker]
