"""Clocks that run out all at once: many open cases, some thousand of them due in the same second.

`bench.bursts` says what exactly is measured. PostgreSQL is measured with one process and with two, SQLite, too, although
an installation on SQLite has only one.
"""

from __future__ import annotations

import sys
from typing import Any

from bench.installation import installation, measured
from bench.measuring import Figures, asked, show

TITLE = "The timekeeper"
DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
PROCESSES = (1, 2)
FIGURES = ("lateness_p50_s", "lateness_p99_s", "lateness_max_s", "rss_mb", "ticked")


def main() -> int:
    """Measure both databases, then print. The figures without a database's name are those of PostgreSQL."""
    wanted = asked(TITLE, cases=100_000, due=5_000)
    found: dict[str, Any] = {}
    for database in DATABASES:
        with installation(database) as environment:
            found[database] = measured(environment, "bench.bursts", wanted.cases, wanted.due, *PROCESSES)
    figures: Figures = {"open_cases": wanted.cases, "due": wanted.due}
    for database, each in found.items():
        suffix = "" if database == "postgresql" else f"_{database}"
        for name in FIGURES:
            figures[name + suffix] = {processes: burst[name] for processes, burst in each["bursts"].items()}

    def rows() -> list[tuple[str, str, str]]:
        shown = []
        for database, said in DATABASES.items():
            for processes, burst in found[database]["bursts"].items():
                what = f"{said}, {processes} {'process' if processes == '1' else 'processes'}"
                late = f"{burst['lateness_p50_s']} s, {burst['lateness_p99_s']} s"
                each = " and ".join(f"{count:,}" for count in burst["ticked"])
                shown += [
                    (f"{what}: lateness p50, p99", late, f"{each} of {wanted.cases:,} open cases ticked"),
                    (f"{what}: memory, the larger", f"{burst['rss_mb']} MB", "under 300 MB"),
                ]
        return shown

    return show(TITLE, rows, figures, "Django", "psycopg", as_json=wanted.json)


if __name__ == "__main__":
    sys.exit(main())
