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
    adopted = _adopt(now)
    logins = settings.MUSTER_HOME / "logins.txt"
    made = _cast(now, logins)
    if adopted:
        _standing_duties(now)
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


def _adopt(now: datetime) -> bool:
    """Put the Luohe plan of the library in force, unless an edition of it already is; whether it was done."""
    from muster.cases import editions
    from muster.plans.shelf import read_library_plan
    from muster.testing.cast import PLAN

    if editions.in_force(PLAN) is not None:
        return False
    editions.adopt(read_library_plan(PLAN), _in_force_since(now))
    return True


def _in_force_since(now: datetime) -> datetime:
    """Half a year and five days ago: two quarters are over, the second of them just so."""
    from zoneinfo import ZoneInfo

    from muster.engine.calendar import add_months

    return add_months(now - timedelta(days=5), -6, ZoneInfo("Asia/Shanghai"))


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


def _standing_duties(now: datetime) -> None:
    """What was done between incidents since the plan is in force, by real commands at the instants of the past.

    Of the two quarters that are over, the risk checks of the first are complete, and one county is late with those of the
    second; the regulator never sent its risk report of the first, and that of the second came three days late.
    """
    from muster.cases.execute import Done, execute
    from muster.cases.timekeeper import tick_due
    from muster.duties.models import Duty, Occurrence
    from muster.duties.writes import open_by_hand, open_due, register_hazard
    from muster.engine.commands import Complete
    from muster.people.models import Person
    from muster.testing.cast import PLAN

    since = _in_force_since(now)
    looked = since

    def passes(at: datetime) -> None:
        """The timekeeper at its work, whenever a period begins."""
        nonlocal looked
        while True:
            while open_due(looked):
                pass
            while tick_due(looked).ticked:
                pass
            if looked >= at:
                return
            begins = (
                Duty.objects.filter(wake_at__gt=looked).order_by("wake_at").values_list("wake_at", flat=True).first()
            )
            looked = min(at, begins or at)

    def fits(result: Any) -> int:
        if not isinstance(result, Done):
            raise RuntimeError(f"the example does not fit the plan: {result.say('en')}")
        return result.case_id

    def does(who: str, case: int, task: str, by: str, at: datetime, note: str, reason: str = "") -> None:
        command = Complete(by=by, task=task, note=note, reason=reason)
        fits(execute(case, command, now=at, person=Person.objects.get(username=who)))

    def quarter(duty: str, number: int) -> int:
        row = Occurrence.objects.filter(plan=PLAN, task=duty).order_by("due_at")[number - 1]
        assert row.case_id is not None
        return row.case_id

    passes(since)
    first, second, late = since + timedelta(days=80), now - timedelta(days=12), now - timedelta(days=2)
    checks, reports = quarter("risk-sweep", 1), quarter("periodic-risk-report", 1)
    passes(first)
    for who, by in (("tang", "finance-work-bureau"), ("fang", "pboc"), ("yue", "cbirc"), ("meng", "county-government")):
        does(who, checks, f"risk-sweep@{by}", by, first, "本季度排查完成，问题已列清单整改。")
    does("fang", reports, "periodic-risk-report@pboc", "pboc", first, "已报办公室。")
    passes(second)
    checks, reports = quarter("risk-sweep", 2), quarter("periodic-risk-report", 2)
    for who, by in (("tang", "finance-work-bureau"), ("fang", "pboc"), ("yue", "cbirc")):
        does(who, checks, f"risk-sweep@{by}", by, second, "本季度排查完成。")
    does("fang", reports, "periodic-risk-report@pboc", "pboc", second, "已报办公室。")
    tang, wen = (Person.objects.get(username=name) for name in ("tang", "wen"))
    meeting = fits(
        open_by_hand(
            PLAN, "analysis-meeting", by="finance-work-bureau", now=second, person=tang, title="三季度金融运行分析会"
        )
    )
    does("tang", meeting, "analysis-meeting", "finance-work-bureau", second + timedelta(days=1), "纪要已发各成员单位。")
    passes(late)
    does("yue", reports, "periodic-risk-report@cbirc", "cbirc", late, "已报办公室。", "数据核对延误")
    fits(
        register_hazard(
            PLAN, by="mechanism-office", title="短信平台备用线路不通", summary="测试群发时备用线路无回执，主线路正常。",
            now=now - timedelta(days=1), person=wen,
        )
    )  # fmt: skip
    passes(now)
    _everything_is_read(now)


def _everything_is_read(now: datetime) -> None:
    """What was told in these months has been read by now."""
    from muster.notices.deliver import deliver
    from muster.notices.models import Notice
    from muster.notices.writes import read
    from muster.people.models import Person

    while deliver(now).told:
        pass
    for person in Person.objects.all():
        read(person, list(Notice.objects.filter(person=person).values_list("pk", flat=True)), now)


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
