"""The shell around the engine: commands committed per second, and how long the incident room's page takes.

`bench.commands` and `bench.room_page` say what exactly is measured. Each database has a process of its own.
"""

from __future__ import annotations

import sys

from bench.installation import installation, measured
from bench.measuring import Figures, asked, show

TITLE = "The shell: commands committed, and the incident room"
DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def main() -> int:
    """Measure both databases, then the page, then print."""
    wanted = asked(TITLE, cases=200, runs=5, short=50, long=5_000, requests=40)
    figures: Figures = {}
    for database in DATABASES:
        with installation(database) as environment:
            found = measured(environment, "bench.commands", wanted.cases, wanted.runs)
        name = "postgres" if database == "postgresql" else database
        figures[f"ratio_{name}"] = found["ratio"]
        for each in ("commands_per_s", "bare_per_s"):
            figures[f"{each}_{name}"] = found[each]
        figures |= {key: found[key] for key in ("cases", "tasks_in_case", "statements_per_command", "rows_per_command")}
    with installation("sqlite") as environment:
        figures |= measured(environment, "bench.room_page", wanted.short, wanted.long, wanted.requests)

    def rows() -> list[tuple[str, str, str]]:
        shown = []
        for name, said in (("sqlite", "SQLite"), ("postgres", "PostgreSQL")):
            shown += [
                (f"{said}: commands committed, {figures['cases']} cases of {figures['tasks_in_case']} tasks",
                 f"{figures[f'commands_per_s_{name}']:,}/s", ""),
                (f"{said}: the same rows by the bare driver", f"{figures[f'bare_per_s_{name}']:,}/s",
                 f"{figures['statements_per_command']} statements, {figures['rows_per_command']} rows a command"),
                (f"{said}: ratio", f"{figures[f'ratio_{name}']:.2f}", "at least 0.35"),
            ]  # fmt: skip
        short, long = figures["room_page_ms"]
        shown += [
            (f"the incident room, {wanted.short:,} entries", f"{short} ms", f"{figures['page_kb'][0]} kB"),
            (f"the incident room, {wanted.long:,} entries", f"{long} ms", f"{figures['page_kb'][1]} kB"),
            ("ratio", f"{figures['room_page_ratio']:.2f}", "at most 2"),
        ]
        return shown

    return show(TITLE, rows, figures, "Django", "psycopg", "msgspec", as_json=wanted.json)


if __name__ == "__main__":
    sys.exit(main())
