"""Commands committed per second, through `execute` and by a bare driver that writes the same rows.

    python -m bench.commands CASES RUNS        in an installation of its own; prints one JSON object

Some cases of the Luohe plan are opened beforehand, each with some sixty tasks. Then people work on all of them in turn:
they take tasks, complete them, jot, answer facts. The statements by which `execute` writes are noted once, on a copy
of the database. After that two loops take turns, a hundred commands at a time, each on a fresh copy of the same database:

- `execute`: reads the case, decides, and writes, one transaction a command;
- the bare driver (sqlite3, psycopg with its defaults): only the noted statements, with their values ready at hand, in
  the same transactions. It reads nothing and decides nothing.

All this is done several times over, and of each turn the best time counts: what disturbs one makes it slower, and nothing
makes it faster. Both loops leave the same rows behind, which is compared. On SQLite both run with WAL and
synchronous=FULL and begin with BEGIN IMMEDIATE, on PostgreSQL with its defaults: a commit is on the disk when it returns.
"""

from __future__ import annotations

import gc
import json
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import django

from bench.engine import SPREADING

TABLES = ("journal_entry", "cases_case", "cases_task", "cases_task_actor", "cases_snapshot", "notices_outbox")
OPENED = datetime(2026, 3, 5, 0, 35, tzinfo=UTC)
WORKING = OPENED + timedelta(minutes=5)

Statement = tuple[str, Any]
Transaction = list[Statement]
"""The statements of one command, with the values they were executed with."""
Replay = Callable[[list[Transaction]], None]

AT_A_TIME = 100
"""Commands in one turn."""


def a_big_case(now: datetime) -> int:
    """Open a level III incident with some sixty tasks standing; its id."""
    from muster.cases.execute import execute
    from muster.engine.commands import Assess, ConfirmLevel, OpenIncident
    from muster.testing.builders import does, done

    opening = OpenIncident(
        by="incident-unit",
        title="财富公司停业",
        place="源汇区",
        occurred=now - timedelta(minutes=15),
        types=("illegal-finance",),
        facts={"trigger": "illegal_activity", "origin": "county", "impact": "city", "sectors_affected": 2},
        units={"financial-regulators": ("finance-work-bureau",)},
    )
    case_id = done(execute(None, opening, now=now, plan="luohe-finance")).case_id
    does(case_id, Assess(by="mechanism-office", facts=SPREADING), now)
    does(case_id, ConfirmLevel(by="mechanism-office", level="III"), now)
    return case_id


def workload() -> list[Any]:
    """What people do in one case, in order: a first-hour mix of takes, completions, entries by hand and answers."""
    from muster.engine.commands import Assess, Complete, Jot, Take

    return [
        Take(by="incident-unit", task="unit-response"),
        Jot(by="mechanism-office", text="县政府来电：现场约四十人，秩序平稳。"),
        Complete(by="finance-work-bureau", task="phone-report", for_="finance-work-bureau", note="已电话报告"),
        Complete(by="county-government", task="phone-report", for_="county-government", note="已电话报告"),
        Assess(by="mechanism-office", facts={"people_affected": 240}),
        Complete(by="incident-unit", task="unit-response", note="已组织应对"),
        Take(by="police", task="police-on-scene"),
        Complete(by="county-government", task="early-handling", for_="county-government", note="已组织先期处置"),
        Jot(by="county-government", text="投资人代表已到信访接待室。"),
        Complete(by="pboc", task="start-advice", for_="pboc", note="建议启动Ⅲ级响应"),
    ]


def keyed(commands: list[Any], cases: list[int]) -> list[tuple[int, Any]]:
    """Every case in turn with its first command, then with its second…; each under a key of its own, as forms send it."""
    from msgspec.structs import replace

    return [
        (case_id, replace(command, key=f"{case_id}-{nth}")) for nth, command in enumerate(commands) for case_id in cases
    ]


def through_execute(commands: list[tuple[int, Any]]) -> None:
    """All commands, one transaction each."""
    from muster.cases.execute import execute
    from muster.testing.builders import done

    for case_id, command in commands:
        done(execute(case_id, command, now=WORKING))


def noted(commands: list[tuple[int, Any]]) -> list[Transaction]:
    """Execute the commands, and give the statements by which each of them wrote."""
    from django.db import connection

    from muster.cases.execute import execute
    from muster.testing.builders import done

    transactions: list[Transaction] = []

    def note(run: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            assert not many, "a command writes one case"
            transactions[-1].append((sql, params))
        return run(sql, params, many, context)

    with connection.execute_wrapper(note):
        for case_id, command in commands:
            transactions.append([])
            done(execute(case_id, command, now=WORKING))
    return transactions


class OnSqlite:
    """Copies of a database file."""

    def __init__(self) -> None:
        from django.db import connection

        self._file = str(connection.settings_dict["NAME"])

    def keep(self) -> None:
        """This is the state that every run begins with."""
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        shutil.copyfile(self._file, self._file + ".first")

    def copy(self, name: str) -> None:
        """A fresh copy of that state under a name of its own."""
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self._file}.{name}{suffix}").unlink(missing_ok=True)
        shutil.copyfile(self._file + ".first", f"{self._file}.{name}")

    def use(self, name: str) -> None:
        """Django's connection goes to this copy."""
        from django.db import connection

        connection.close()
        connection.settings_dict["NAME"] = f"{self._file}.{name}"
        connection.ensure_connection()

    def ready(self, transactions: list[Transaction]) -> list[Transaction]:
        """The statements with the driver's own marks; rewriting them is not its work."""
        return [[(sql.replace("%s", "?"), tuple(values)) for sql, values in each] for each in transactions]

    @contextmanager
    def bare(self, name: str) -> Iterator[Replay]:
        """A connection of the bare driver to a copy, and how it replays transactions."""
        database = sqlite3.connect(f"{self._file}.{name}", isolation_level=None)
        database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL")

        def replay(transactions: list[Transaction]) -> None:
            for transaction in transactions:
                database.execute("BEGIN IMMEDIATE")
                for sql, values in transaction:
                    database.execute(sql, values)
                database.execute("COMMIT")

        yield replay
        database.close()


class OnPostgres:
    """Copies of a database in its server."""

    def __init__(self) -> None:
        import psycopg
        from django.db import connection

        parameters = connection.get_connection_params()
        self._own = {name: parameters[name] for name in ("host", "user") if name in parameters}
        self._server = psycopg.connect(**self._own, dbname="template1", autocommit=True)

    def keep(self) -> None:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        connection.close()
        self._server.execute("CREATE DATABASE first TEMPLATE postgres")

    def copy(self, name: str) -> None:
        from django.db import connection

        connection.close()
        self._server.execute(f"DROP DATABASE IF EXISTS {name}")
        self._server.execute(f"CREATE DATABASE {name} TEMPLATE first")
        self._server.execute("CHECKPOINT")

    def use(self, name: str) -> None:
        from django.db import connection

        connection.close()
        connection.settings_dict["NAME"] = name
        connection.ensure_connection()

    def ready(self, transactions: list[Transaction]) -> list[Transaction]:
        return transactions

    @contextmanager
    def bare(self, name: str) -> Iterator[Replay]:
        import psycopg

        with psycopg.connect(**self._own, dbname=name) as database:
            cursor = database.cursor()

            def replay(transactions: list[Transaction]) -> None:
                for transaction in transactions:
                    for sql, values in transaction:
                        cursor.execute(sql, values)
                    database.commit()

            yield replay


def contents() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table that commands write."""
    from django.db import connection

    found: dict[str, list[tuple[Any, ...]]] = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = sorted(cursor.fetchall(), key=repr)
    return found


def warm_up(cases: list[int]) -> None:
    """The cases are in memory, as in a server that has been running: those of this copy, and none of another."""
    from muster.cases import state
    from muster.cases.models import CaseRecord
    from muster.cases.state import Head

    state.forget_all()
    heads = CaseRecord.objects.filter(pk__in=cases).values_list("pk", "version", "head_hash")
    for start in range(0, len(cases), 100):
        state.load_many([Head(*head) for head in heads[start : start + 100]])
    gc.collect()


def measure(cases_wanted: int, runs: int) -> dict[str, Any]:
    from django.db import connection

    from muster.cases import editions
    from muster.cases.models import CaseTask
    from muster.cli.installing import install
    from muster.plans.shelf import read_library_plan

    install()
    editions.adopt(read_library_plan("luohe-finance"), OPENED)
    cases = [a_big_case(OPENED) for _ in range(cases_wanted)]
    tasks = CaseTask.objects.filter(case_id=cases[0]).count()
    database = OnPostgres() if connection.vendor == "postgresql" else OnSqlite()
    database.keep()
    commands = keyed(workload(), cases)

    database.copy("noted")
    database.use("noted")
    warm_up(cases)
    transactions = noted(commands)
    expected = contents()
    ready = database.ready(transactions)
    turns = [slice(start, start + AT_A_TIME) for start in range(0, len(commands), AT_A_TIME)]
    ours, bare = [float("inf")] * len(turns), [float("inf")] * len(turns)
    for _ in range(runs):
        for name in ("ours", "bare"):
            database.copy(name)
        database.use("ours")
        warm_up(cases)
        with database.bare("bare") as replay:
            for nth, turn in enumerate(turns):
                ours[nth] = min(ours[nth], _seconds(through_execute, commands[turn]))
                bare[nth] = min(bare[nth], _seconds(replay, ready[turn]))
        for name in ("ours", "bare"):
            database.use(name)
            assert contents() == expected, f"other rows in {name}"
    return {
        "cases": len(cases),
        "tasks_in_case": tasks,
        "statements_per_command": round(sum(map(len, transactions)) / len(transactions), 2),
        "rows_per_command": round(_rows(transactions) / len(transactions), 2),
        "commands_per_s": round(len(commands) / sum(ours)),
        "bare_per_s": round(len(commands) / sum(bare)),
        "ratio": round(sum(bare) / sum(ours), 3),
    }


def _seconds(work: Callable[[Any], None], what: Any) -> float:
    began = time.perf_counter()
    work(what)
    return time.perf_counter() - began


def _rows(transactions: list[Transaction]) -> int:
    # An INSERT of many rows has a list of places for each; one by arrays has them in its values.
    return sum(
        len(values[0]) if "unnest(" in sql else max(1, sql.partition(" VALUES ")[2].count("("))
        for transaction in transactions
        for sql, values in transaction
    )


if __name__ == "__main__":
    django.setup()
    print(json.dumps(measure(*map(int, sys.argv[1:]))))
