"""How everything here is measured and printed: the best of several runs, beside the machine and its versions."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sqlite3
import sys
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

Figures = dict[str, Any]


def best_rate(work: Callable[[], int], *, runs: int = 5) -> float:
    """Things done per second of one core in the best of several runs; `work` says how many it did.

    Only for work that computes and never waits: what is counted is the process's own time, so that it does not matter
    who else wants the core. The best, since everything that disturbs a run makes it slower and nothing makes it faster.
    """
    best = 0.0
    for _ in range(runs):
        began = time.process_time()
        done = work()
        best = max(best, done / (time.process_time() - began))
    return best


def processor() -> str:
    """The name of the processor, as far as the system tells."""
    try:
        with Path("/proc/cpuinfo").open(encoding="utf-8") as info:
            for line in info:
                if line.startswith("model name"):
                    return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def versions(*packages: str) -> dict[str, str]:
    found = {"python": platform.python_version(), "sqlite": sqlite3.sqlite_version}
    for package in packages:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found


def machine() -> dict[str, Any]:
    return {"processor": processor(), "cores": os.cpu_count(), "system": f"{platform.system()} {platform.release()}"}


def asked(title: str, **sizes: int) -> argparse.Namespace:
    """What the command line says. `sizes` are what a test makes smaller: hidden options, each with its usual value."""
    parser = argparse.ArgumentParser(description=title)
    parser.add_argument("--json", action="store_true", help="one object instead of a table")
    for name, usual in sizes.items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=int, default=usual, help=argparse.SUPPRESS)
    return parser.parse_args()


def show(
    title: str,
    rows: Callable[[], list[tuple[str, str, str]]],
    figures: Figures,
    *packages: str,
    as_json: bool,
) -> int:
    """Print the figures as a table, or as one object."""
    shown = rows()
    if as_json:
        about = {"machine": machine(), "versions": versions("muster", *packages)}
        json.dump({**figures, **about}, sys.stdout, indent=2, ensure_ascii=False)
        print()
        return 0
    console = Console()
    table = Table(title=title, title_justify="left")
    table.add_column("what")
    table.add_column("figure", justify="right")
    table.add_column("asked for, or beside what")
    for row in shown:
        table.add_row(*row)
    console.print(table)
    about = machine()
    console.print(f"{about['processor']}, {about['cores']} cores, {about['system']}")
    console.print(", ".join(f"{name} {each}" for name, each in versions("muster", *packages).items()))
    return 0
