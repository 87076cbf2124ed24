"""`muster doctor`: is this installation in order, and if not, what mends it?"""

import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

import muster
from muster.config import environment

FINDINGS = 1


class Health(Enum):
    """How one thing stands: fine, worth a look, or to be mended before Muster can be relied on."""

    WELL = ("正常 well", "green")
    WARNING = ("注意 look", "yellow")
    BROKEN = ("故障 mend", "red")


@dataclass(frozen=True)
class Finding:
    what: str
    health: Health
    words: str
    mend: str = ""


@click.command()
def doctor() -> None:
    """检查本机安装：目录、密钥、数据库、数据表、译文。

    Check this installation: its directory, key, database, tables and translations. Exits 1 if something is to be mended.
    """
    findings = list(examine())
    table = Table(box=None, pad_edge=False)
    for heading in ("项目 what", "状态 state", "情况 found", "处理 mend"):
        table.add_column(heading, overflow="fold")
    for finding in findings:
        words, colour = finding.health.value
        table.add_row(finding.what, f"[{colour}]{words}[/]", escape(finding.words), escape(finding.mend))
    Console().print(table)
    sys.exit(FINDINGS if any(finding.health is Health.BROKEN for finding in findings) else 0)


commands = [doctor]


def examine() -> Iterator[Finding]:
    """Look at everything that does not need the database first, so that its absence does not hide the rest."""
    yield Finding("Muster", Health.WELL, f"{muster.__version__}, Python {sys.version.split()[0]}")
    try:
        import django

        django.setup()
    except environment.SettingError as error:
        yield Finding("设置 settings", Health.BROKEN, str(error), "docs/reference/settings.md")
        return
    except OSError as error:
        yield Finding(
            "目录 home", Health.BROKEN, str(error), "Name a directory that this account can write in MUSTER_HOME."
        )
        return
    from django.conf import settings

    yield Finding("目录 home", Health.WELL, str(settings.MUSTER_HOME))
    yield from _django_checks()
    yield from _database()


def _django_checks() -> Iterator[Finding]:
    from django.core import checks

    found = checks.run_checks(include_deployment_checks=False)
    if not found:
        yield Finding("设置 settings", Health.WELL, "no faults")
    for message in found:
        health = Health.BROKEN if message.is_serious() else Health.WARNING
        yield Finding(message.id or "check", health, str(message.msg), str(message.hint or ""))


def _database() -> Iterator[Finding]:
    from django.core import checks
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    what = "数据库 database"
    found = checks.run_checks(tags=[checks.Tags.database], databases=["default"])
    for message in found:
        health = Health.BROKEN if message.is_serious() else Health.WARNING
        yield Finding(what, health, str(message.msg), str(message.hint or ""))
    if any(message.is_serious() for message in found):
        return
    if connection.vendor == "sqlite":
        yield Finding(what, Health.WELL, f"SQLite {sqlite3.sqlite_version}: {connection.settings_dict['NAME']}")
    else:
        server = connection.get_database_version()
        yield Finding(what, Health.WELL, f"PostgreSQL {'.'.join(map(str, server))}")
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        yield Finding(
            "数据表 tables",
            Health.BROKEN,
            f"{len(pending)} migration(s) not applied, the first is {pending[0][0]}",
            "`muster serve` and `muster demo` apply them when they start.",
        )
    else:
        yield Finding("数据表 tables", Health.WELL, "up to date")
