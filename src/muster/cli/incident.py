"""`muster incident`: open, list, show and act, for the owner of the machine. Rights of persons are not asked here."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import Any

import click
import msgspec
import yaml
from rich.console import Console
from rich.markup import escape
from rich.table import Table

REFUSED = 1
WRONG_USE = 2


@click.group(name="incident")
def group() -> None:
    """突发事件：接报、列表、查看、办理。

    Incidents: open, list, show, act. CASE is a case's number. What is typed here is done in the name of --by, whoever
    types it: the terminal belongs to the owner of this installation.
    """
    import django

    django.setup()


@group.command("open")
@click.option("--plan", default="", help="预案 Plan in force; may be left out where there is only one.")
@click.option("--by", required=True, help="以何名义 The actor in whose name it is reported.")
@click.option("--title", required=True, help="标题 Title.")
@click.option("--summary", default="", help="情况 What has happened.")
@click.option("--place", default="", help="地点 Place.")
@click.option("--type", "types", multiple=True, help="类型 Type of incident.")
@click.option("--occurred", help="发生时间 When it happened, e.g. 2026-03-03T09:00+08:00.")
@click.option("--fact", "facts", multiple=True, metavar="NAME=VALUE", help="研判要素 A fact.")
@click.option("--drill", is_flag=True, help="演练 It is a drill.")
def open_(plan: str, by: str, title: str, summary: str, place: str, types: tuple[str, ...], occurred: str | None,
          facts: tuple[str, ...], drill: bool) -> None:  # fmt: skip
    """接报，开启一个突发事件。

    Open an incident.
    """
    from muster.cases.execute import execute

    fields = {
        "by": by, "title": title, "summary": summary, "place": place, "types": types, "is_drill": drill,
        "facts": _pairs(facts), **({"occurred": occurred} if occurred else {}),
    }  # fmt: skip
    _told(execute(None, _command("open-incident", fields), now=datetime.now(UTC), plan=plan))


@group.command("list")
@click.option("--all", "also_over", is_flag=True, help="包括已结束的 Ended ones too.")
def list_(also_over: bool) -> None:
    """列出进行中的突发事件和预警。

    List the incidents and warnings that run; standing duties are listed by `muster duties list`.
    """
    from muster.cases.models import CaseRecord

    table = Table(box=None, pad_edge=False)
    for heading in ("编号 number", "标题 title", "阶段 stage", "级别 level", "逾期 overdue", "下一时限 next due"):
        table.add_column(heading, overflow="fold")
    records = CaseRecord.objects.filter(version__gt=0, kind__in=("incident", "warning")).order_by(
        "is_over", "-opened_at"
    )
    for record in records if also_over else records.filter(is_over=False):
        due = record.next_due_at.astimezone().strftime("%m-%d %H:%M") if record.next_due_at else ""
        stage = record.ended or record.stage
        level = record.level or record.colour
        table.add_row(record.number, escape(record.title), stage, level, str(record.tasks_overdue or ""), due)
    Console().print(table)


@group.command()
@click.argument("case")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON The whole case as one JSON object.")
def show(case: str, as_json: bool) -> None:
    """查看一个事项。

    Show a case: its state and what is to be done in it.
    """
    from muster.cases import editions, state
    from muster.engine.state import encode_case

    record = _record(case)
    value = state.load(state.Head(record.pk, record.version, record.head_hash))
    if as_json:
        click.echo(encode_case(value).decode())
        return
    program = editions.program(record.edition_id)
    console = Console()
    console.print(f"[bold]{escape(record.number)}　{escape(value.title)}[/]")
    standing = value.standings.get(program.main_scale(value))
    level = (standing.confirmed or f"{standing.proposed}?") if standing else "—"
    console.print(f"{program.edition.title.zh}　阶段 stage: {value.ended or value.stage}　级别 level: {level}")
    table = Table(box=None, pad_edge=False)
    for heading in ("任务 task", "名称 name", "由 who", "状态 status", "时限 due"):
        table.add_column(heading, overflow="fold")
    for each in sorted(value.tasks.values(), key=lambda one: (not one.is_live, one.due_at is None, one.due_at)):
        planned = program.edition.tasks.get(each.task)
        due = each.due_at.astimezone(program.zone).strftime("%m-%d %H:%M") if each.due_at else ""
        late = " 逾期 overdue" if each.overdue_at and each.is_live else ""
        name = planned.name.zh if planned else each.name
        table.add_row(escape(each.key), escape(name), ", ".join(each.who), each.status.value, due + late)
    console.print(table)


@group.command()
@click.argument("case")
@click.argument("command")
@click.argument("fields", nargs=-1, metavar="[NAME=VALUE]...")
@click.option("--by", required=True, help="以何名义 The actor in whose name.")
def do(case: str, command: str, fields: tuple[str, ...], by: str) -> None:
    """办理：对事项执行一条命令。

    Execute one command on a case, e.g. `muster incident do 2026-0303-01 complete task=phone-report --by county-government`.
    Values are YAML: numbers, true, [a, b], {fact: value}.
    """
    from muster.cases.execute import execute, merge

    record = _record(case)
    given = {("for_" if name == "for" else name): value for name, value in _pairs(fields).items()}
    if command == "merge-into" and set(given) <= {"into", "reason"} and "into" in given:
        other = _record(str(given["into"]))
        reason = str(given.get("reason", ""))
        _told(merge(record.pk, other.pk, by=by, reason=reason, now=datetime.now(UTC)))
        return
    now = datetime.now(UTC)
    _told(execute(record.pk, _with_rows(record, _command(command, {**given, "by": by}), now), now=now))


def _with_rows(record: Any, command: Any, now: datetime) -> Any:
    """A register is completed with its rows, from here as from the console."""
    from muster.cases import editions
    from muster.duties import register

    if not isinstance(getattr(command, "fields", None), dict) or not hasattr(command, "task"):
        return command
    program = editions.program(record.edition_id)
    task = program.edition.tasks.get(command.task.split("@")[0].split("#")[0])
    fields = register.with_rows(program, task, record.pk, command.fields, now)
    return msgspec.structs.replace(command, fields=fields)


def _command(name: str, fields: dict[str, Any]) -> Any:
    """The command of that name. Wrong use ends the program with the reason."""
    from muster.engine.commands import AnyCommand

    known = sorted({kind.__struct_config__.tag for kind in AnyCommand.__args__} - {"tick", "absorb"})
    if name not in known:
        click.echo(f"没有命令{name}。There is no command {name}.\n可用命令 Commands: {', '.join(known)}", err=True)
        sys.exit(WRONG_USE)
    kind = next(each for each in AnyCommand.__args__ if each.__struct_config__.tag == name)
    allowed = [field for field in kind.__struct_fields__ if field not in {"by", "person", "key"}]
    unknown = sorted(set(fields) - set(kind.__struct_fields__))
    if unknown:
        said = ", ".join(unknown)
        click.echo(f"{name}没有{said}。{name} takes no {said}.\n可用 Allowed: {', '.join(allowed)}", err=True)
        sys.exit(WRONG_USE)
    try:
        # YAML has read the values already: a number where a text is wanted is meant as text.
        return msgspec.convert({"command": name, **fields}, AnyCommand, strict=False)
    except msgspec.ValidationError as error:
        click.echo(str(error), err=True)
        sys.exit(WRONG_USE)


def _pairs(given: tuple[str, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for each in given:
        name, sign, value = each.partition("=")
        if not sign or not name:
            click.echo(f"{each!r}: 应写成 名称=值。It should be NAME=VALUE.", err=True)
            sys.exit(WRONG_USE)
        try:
            found[name] = yaml.safe_load(value) if value.strip() else value
        except yaml.YAMLError:
            found[name] = value
    return found


def _record(case: str) -> Any:
    from muster.cases.models import CaseRecord

    record = CaseRecord.objects.filter(number=case, version__gt=0).first()
    if record is None:
        click.echo(f"没有编号为{case}的事项。There is no case {case}.", err=True)
        sys.exit(WRONG_USE)
    return record


def _told(result: Any) -> None:
    from muster.engine import Refusal
    from muster.engine.events import encode

    if isinstance(result, Refusal):
        click.echo(f"{result.say('zh')}\n{result.say('en')}", err=True)
        sys.exit(REFUSED)
    click.echo(result.number)
    for event in result.events:
        click.echo("  " + json.dumps(json.loads(encode(event)), ensure_ascii=False))


commands = [group]
