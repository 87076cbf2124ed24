"""Commands committed per second, through `execute` and by a bare driver that writes the same rows.

    python -m bench.commands CASES RUNS        in an installation of its own; prints one JSON object

Some cases of the Luohe plan are opened beforehand, each with some sixty tasks. Then people work on all of them in turn:
they take tasks, complete them, jot, answer facts. The statements by which `execute` writes are noted once, on a copy
of the database. After that two loops alternate, each on a fresh copy of the same database:

- `execute`: reads the case, decides, and writes, one transaction a command;
- the bare driver (sqlite3, psycopg with its defaults): only the noted statements, with their values ready at hand, in
  the same transactions. It reads nothing and decides nothing.

Both leave the same rows behind, which is compared. On SQLite both run with WAL and synchronous=FULL and begin with BEGIN
IMMEDIATE, on PostgreSQL with its defaults: a commit is on the disk when it returns.
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
from typing import Any

import django

from bench.engine import SPREADING

TABLES = ("journal_entry", "cases_case", "cases_task", "cases_task_actor", "cases_snapshot", "notices_outbox")
OPENED = datetime(2026, 3, 5, 0, 35, tzinfo=UTC)
WORKING = OPENED + timedelta(minutes=5)

Statement = tuple[str, Any]
Transaction = list[Statement]
"""The statements of one command, with the values they were executed with."""


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


def through_execute(commands: list[tuple[int, Any]]) -> float:
    """Seconds for all commands, one transaction each."""
    from muster.cases.execute import execute
    from muster.testing.builders import done

    began = time.perf_counter()
    for case_id, command in commands:
        done(execute(case_id, command, now=WORKING))
    return time.perf_counter() - began


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
        self._first = self._file + ".first"

    def keep(self) -> None:
        """This is the state that every run begins with."""
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        shutil.copyfile(self._file, self._first)

    @contextmanager
    def copy(self) -> Iterator[None]:
        """Django's connection goes to a fresh copy."""
        from django.db import connection

        shutil.copyfile(self._first, self._file)
        connection.ensure_connection()
        yield
        connection.close()

    def bare(self, transactions: list[Transaction]) -> float:
        """Seconds for the statements alone."""
        database = sqlite3.connect(self._file, isolation_level=None)
        database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL")
        # The driver's own marks. Rewriting them is not its work.
        ready = [[(sql.replace("%s", "?"), tuple(values)) for sql, values in each] for each in transactions]
        began = time.perf_counter()
        for transaction in ready:
            database.execute("BEGIN IMMEDIATE")
            for sql, values in transaction:
                database.execute(sql, values)
            database.execute("COMMIT")
        took = time.perf_counter() - began
        database.close()
        return took


class OnPostgres:
    """Copies of a database in its server."""

    def __init__(self) -> None:
        import psycopg
        from django.db import connection

        parameters = {**connection.get_connection_params()}
        self._own = {name: parameters[name] for name in ("host", "user") if name in parameters}
        self._server = psycopg.connect(**self._own, dbname="template1", autocommit=True)

    def keep(self) -> None:
        from django.db import connection

        connection.close()
        self._server.execute("CREATE DATABASE first TEMPLATE postgres")
        connection.settings_dict["NAME"] = "first"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        connection.close()

    @contextmanager
    def copy(self) -> Iterator[None]:
        from django.db import connection

        self._server.execute("DROP DATABASE IF EXISTS copy")
        self._server.execute("CREATE DATABASE copy TEMPLATE first")
        self._server.execute("CHECKPOINT")
        connection.settings_dict["NAME"] = "copy"
        connection.ensure_connection()
        yield
        connection.close()

    def bare(self, transactions: list[Transaction]) -> float:
        import psycopg

        with psycopg.connect(**self._own, dbname="copy") as database:
            cursor = database.cursor()
            began = time.perf_counter()
            for transaction in transactions:
                for sql, values in transaction:
                    cursor.execute(sql, values)
                database.commit()
            return time.perf_counter() - began


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

    with database.copy():
        warm_up(cases)
        transactions = noted(commands)
        expected = contents()
    ours, bare = [], []
    for _ in range(runs):
        with database.copy():
            warm_up(cases)
            ours.append(len(commands) / through_execute(commands))
            assert contents() == expected
        with database.copy():
            gc.collect()
            bare.append(len(commands) / database.bare(transactions))
            assert contents() == expected
    return {
        "cases": len(cases),
        "tasks_in_case": tasks,
        "statements_per_command": round(sum(map(len, transactions)) / len(transactions), 2),
        "rows_per_command": round(_rows(transactions) / len(transactions), 2),
        "commands_per_s": round(max(ours)),
        "bare_per_s": round(max(bare)),
        "ratio": round(max(ours) / max(bare), 3),
        "runs": [[round(a), round(b)] for a, b in zip(ours, bare, strict=True)],
    }


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
