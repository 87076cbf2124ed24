"""`muster demo`: an installation to look at, with a plan in force, people to sign in as and an incident under way."""

from __future__ import annotations

import os
import socket
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click

FAILED = 1
PORTS_TRIED = 50
OPENED_AGO = timedelta(minutes=40)
OPEN_KEY = "muster demo"
"""The key of the command that opens the example, so that a second start finds it instead of opening another."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址 Address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="首选端口 Port to try first."
)
@click.option("--no-serve", is_flag=True, help="只装好，不启动网页 Set up only.")
def demo(host: str, port: int, no_serve: bool) -> None:
    """装好示例并打开控制台。

    Set up an example and serve it: the Luohe plan in force, a cast that holds its posts, one incident under way. A
    second start keeps everything that was done in it.
    """
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection

    from muster.cli.installing import install
    from muster.cli.serve import run_server

    install()
    now = datetime.now(UTC)
    _adopt(now)
    logins = settings.MUSTER_HOME / "logins.txt"
    made = _cast(now, logins)
    number = _incident(now)
    connection.close()

    _say(made, logins, number)
    if no_serve:
        return
    chosen = _free_port(host, port)
    if chosen is None:
        click.echo(f"{port}至{port + PORTS_TRIED}端口均被占用。All ports from {port} on are taken: --port.", err=True)
        sys.exit(FAILED)
    click.echo("\n打开 Open:  ", nl=False)
    # On PostgreSQL, too, the example is one process: there is nobody to start a second one.
    run_server(host, chosen, with_jobs=True)


def _adopt(now: datetime) -> None:
    """Put the Luohe plan of the library in force, unless an edition of it already is."""
    from muster.cases import editions
    from muster.plans.shelf import read_library_plan
    from muster.testing.cast import PLAN

    if editions.in_force(PLAN) is None:
        editions.adopt(read_library_plan(PLAN), now)


def _cast(now: datetime, logins: Path) -> list[tuple[str, str, str, str]]:
    """Make those of the cast who are missing; write their logins where only the owner reads, before they take effect."""
    from django.db import transaction

    from muster.testing.cast import CAST, cast

    with transaction.atomic():
        # They have held their posts for a year: what is under way when they first look began before this moment.
        made = cast(now - timedelta(days=365))
        rows = [
            (member.username, made[member.username][1], member.name, f"{member.post} {member.post_en}")
            for member in CAST
            if member.username in made
        ]
        if rows:
            with os.fdopen(
                os.open(logins, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w", encoding="utf-8"
            ) as file:
                logins.chmod(0o600)
                file.writelines("\t".join(row) + "\n" for row in rows)
                file.flush()
                os.fsync(file.fileno())
    return rows


def _incident(now: datetime) -> str:
    """Open the example incident by real commands, as if they had been given during the last forty minutes."""
    from muster.cases.execute import Done, execute
    from muster.engine.commands import (
        AnyCommand,
        Assess,
        Complete,
        ConfirmLevel,
        Jot,
        OpenIncident,
        StartResponse,
    )
    from muster.people.models import Person
    from muster.testing.cast import PLAN

    def does(case_id: int | None, who: str, minutes: int, command: AnyCommand) -> Any:
        result = execute(
            case_id,
            command,
            now=opened + timedelta(minutes=minutes),
            person=Person.objects.get(username=who),
            plan=PLAN,
        )
        if not isinstance(result, Done):
            raise RuntimeError(f"the example does not fit the plan: {result.say('en')}")
        return result

    opened = now - OPENED_AGO
    reported = OpenIncident(
        by="county-government",
        key=OPEN_KEY,
        title="临江县两家村镇银行网点排队取款",
        summary="县城两家网点门口排队取款约120人，起因是网上传言；网点现金还够两小时。已派员到场维持秩序。",
        place="临江县城关镇",
        types=("market-or-exit",),
        occurred=opened - timedelta(minutes=10),
        facts={
            "subject_kind": "financial_institution",
            "trigger": "market_turmoil",
            "grave_effect": True,
            "immediate_handling_needed": True,
            "people_affected": 120,
            "origin": "county",
        },
        units={
            "financial-regulators": ("cbirc",),
            "county-government": ("临江县政府",),
            "incident-unit": ("沙澧村镇银行",),
            "concerned-departments": ("police",),
        },
        source="电话",
    )
    case = does(None, "meng", 0, reported)
    if not case.repeated:
        does(case.case_id, "yue", 12, Complete(by="cbirc", task="phone-report", note="已电话报告办公室和市政府"))
        does(
            case.case_id,
            "wen",
            15,
            Jot(by="mechanism-office", text="已与县里、银保监局通话核对人数，并请县里报送影响范围。"),
        )
        known = {"impact": "county", "county_can_handle": True, "cross_county_coordination": False}
        does(case.case_id, "wen", 18, Assess(by="mechanism-office", facts=known))
        does(case.case_id, "meng", 22, ConfirmLevel(by="county-government", level="IV"))
        does(case.case_id, "meng", 24, StartResponse(by="county-government"))
    return str(case.number)


def _say(made: list[tuple[str, str, str, str]], logins: Path, number: str) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    if made:
        table = Table(box=None, pad_edge=False)
        for heading in ("用户名 login", "密码 password", "姓名 name", "岗位 post"):
            table.add_column(heading)
        for row in made:
            table.add_row(*row)
        console.print(table)
    click.echo(f"登录信息 Logins: {logins}")
    click.echo(f"进行中的示例 Under way: {number}")


def _free_port(host: str, first: int) -> int | None:
    for port in range(first, min(first + PORTS_TRIED, 65536)):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    return None


commands = [demo]
