"""`muster duties`: what the plans in force owe between incidents, for the owner of the machine."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import Any

import click

WRONG_USE = 2
STATES = ("open", "overdue", "missed", "done", "upcoming")
HEADINGS = ("状态 state", "工作 duty", "期间 period", "时限 due", "完成 done", "逾期 late", "由 who", "事项 case")


@click.group(name="duties")
def group() -> None:
    """常态工作：到期、逾期、漏办、完成。

    Standing duties: what is due, late, never done, done.
    """
    import django

    django.setup()


@group.command("list")
@click.option("--plan", default="", help="预案 Only this plan.")
@click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice(STATES),
    help="状态 Only what stands so; several may be given.",
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON One JSON array.")
def list_(plan: str, states: tuple[str, ...], as_json: bool) -> None:
    """列出常态工作各期。

    List the occurrences of standing duties: those that are open, overdue or were missed, what was done in the last five
    weeks, and what begins next; of what was missed, the latest four hundred. Exits 0 whatever there is.
    """
    from muster.cases import editions
    from muster.duties import reads

    plans = editions.plans_in_force()
    if plan and plan not in plans:
        click.echo(f"没有已生效的预案{plan}。No plan {plan} is in force.\n现行 In force: {', '.join(plans)}", err=True)
        sys.exit(WRONG_USE)
    seen = reads.overview(dict.fromkeys([plan] if plan else plans, ()), datetime.now(UTC))
    found = [_row(each) for each in (*seen.overdue, *seen.open, *seen.missed, *seen.done)]
    found += [_coming(each) for each in seen.duties if each.coming is not None]
    chosen = [each for each in found if not states or each["state"] in states]
    if as_json:
        click.echo(json.dumps(chosen, ensure_ascii=False, indent=2))
        return
    _print(chosen)


@group.command("hazards")
@click.option("--plan", default="", help="预案 Only this plan.")
def hazards(plan: str) -> None:
    """列出未销号的隐患。

    List the hazards that are not closed, those with overdue tasks first.
    """
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from muster.cases import editions
    from muster.duties import reads

    table = Table(box=None, pad_edge=False)
    for heading in ("编号 number", "隐患 hazard", "未办 open", "逾期 overdue", "下一时限 next due"):
        table.add_column(heading, overflow="fold")
    for each in reads.hazards(dict.fromkeys([plan] if plan else editions.plans_in_force(), ())):
        record = each.record
        due = record.next_due_at.astimezone().strftime("%Y-%m-%d %H:%M") if record.next_due_at else ""
        overdue = str(record.tasks_overdue or "")
        table.add_row(record.number, escape(record.title), str(record.tasks_live or ""), overdue, due)
    Console().print(table)


def _row(each: Any) -> dict[str, Any]:
    """One occurrence as plain values; instants in UTC, lateness in seconds."""
    return {
        "plan": each.plan,
        "duty": each.task.id,
        "name": each.task.name.zh,
        "name_en": each.task.name.en,
        "state": each.state.value,
        "begins": _text(each.begins_at),
        "due": _text(each.due_at),
        "guessed": each.guessed,
        "done_at": _text(each.done_at),
        "late": int(each.late_by.total_seconds()),
        "waits_for": list(each.waits_for),
        "how": each.how,
        "reason": each.reason,
        "case": each.record.number if each.record is not None else None,
    }


def _coming(each: Any) -> dict[str, Any]:
    """The period that begins when the present one is over."""
    return {
        "plan": each.plan, "duty": each.task.id, "name": each.task.name.zh, "name_en": each.task.name.en,
        "state": "upcoming", "begins": _text(each.coming.begins), "due": _text(each.coming.due),
        "guessed": each.coming.guessed, "done_at": None, "late": 0, "waits_for": list(each.task.who), "how": "",
        "reason": "", "case": None,
    }  # fmt: skip


def _text(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat() if at is not None else None


def _print(rows: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    names = {
        "open": "办理中 open", "overdue": "逾期 overdue", "missed": "漏办 missed", "done": "已完成 done",
        "upcoming": "未到期 upcoming",
    }  # fmt: skip
    table = Table(box=None, pad_edge=False)
    for heading in HEADINGS:
        table.add_column(heading, overflow="fold")
    for each in rows:
        late = (
            f"{each['late'] // 3600} h" if each["late"] >= 3600 else f"{each['late'] // 60} min" if each["late"] else ""
        )
        table.add_row(
            names[each["state"]], escape(each["name"]), f"{_wall(each['begins'])[:10]} –", _wall(each["due"]),
            _wall(each["done_at"]), late, escape(", ".join(each["waits_for"])), each["case"] or "",
        )  # fmt: skip
    Console().print(table)


def _wall(text: str | None) -> str:
    return datetime.fromisoformat(text).astimezone().strftime("%Y-%m-%d %H:%M") if text else ""


commands = [group]
