"""An installation of its own for a measurement, and a process of its own in it: Django's settings hold for a process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from muster.config.environment import SETTINGS
from muster.testing.postgres import postgres

Environment = dict[str, str]


@contextmanager
def installation(database: str) -> Iterator[Environment]:
    """The environment of a new, empty installation on "sqlite" or "postgresql", whose commits are on the disk."""
    with ExitStack() as made:
        home = made.enter_context(tempfile.TemporaryDirectory(prefix="muster-bench-", ignore_cleanup_errors=True))
        ours = {setting.name for setting in SETTINGS}
        environment = {name: value for name, value in os.environ.items() if name not in ours}
        environment |= {
            "MUSTER_HOME": home,
            "MUSTER_SECRET_KEY": "known to everybody who reads the benchmarks",
            "DJANGO_SETTINGS_MODULE": "muster.config.settings",
            "PYTHONUTF8": "1",
        }
        if database == "postgresql":
            environment["DATABASE_URL"] = made.enter_context(postgres(durable=True))
        yield environment


def start(environment: Environment, module: str, *arguments: object) -> subprocess.Popen[str]:
    """Start `python -m module arguments…` in an installation; it prints one JSON object in the end."""
    return subprocess.Popen(
        [sys.executable, "-m", module, *map(str, arguments)],
        env=environment,
        cwd=Path(__file__).parents[1],
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def result(process: subprocess.Popen[str]) -> Any:
    """What a process printed in the end. Raises RuntimeError where it failed; what it said is on stderr."""
    printed, _ = process.communicate()
    if process.returncode != 0:
        raise RuntimeError(f"{process.args!r} ended with {process.returncode}")
    return json.loads(printed.splitlines()[-1])


def measured(environment: Environment, module: str, *arguments: object) -> Any:
    """Start a process, wait for its end, give what it measured."""
    return result(start(environment, module, *arguments))
