"""What a person reads when a command fails in a way that nobody foresaw."""

import os
import sys
import tempfile
import traceback
from datetime import UTC, datetime
from pathlib import Path

import click

from muster.config import environment

FAILED = 1
WRONG_USE = 2


def tell_failure(error: Exception) -> int:
    """Say in one line what happened and where the details are; give the exit code.

    A setting that cannot be used is the person's to mend: it is named, without details. With MUSTER_DEBUG=1 the details
    come straight to the terminal.
    """
    if isinstance(error, environment.SettingError):
        click.echo(f"muster: {error}", err=True)
        return WRONG_USE
    details = "".join(traceback.format_exception(error))
    if os.environ.get("MUSTER_DEBUG") == "1":
        click.echo(details, err=True)
        return FAILED
    first_line = (str(error).strip().splitlines() or [""])[0]
    click.echo(f"muster: {type(error).__name__}{': ' + first_line if first_line else ''}", err=True)
    click.echo(f"详情 Details: {_write(details)}", err=True)
    return FAILED


def _write(details: str) -> Path:
    now = datetime.now(UTC)
    heading = f"--- {now.isoformat(timespec='seconds')} muster {' '.join(sys.argv[1:])}\n"
    for directory in (environment.home(), Path(tempfile.gettempdir())):
        path = directory / "failures.log"
        try:
            directory.mkdir(parents=True, exist_ok=True)
            with path.open("a", encoding="utf-8") as log:
                log.write(heading + details)
        except OSError:
            continue  # a full or foreign home must not hide the failure itself
        return path
    return Path(os.devnull)
