"""`muster journal`: verify, rebuild, export."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

FINDINGS = 1
WRONG_USE = 2


@click.group(name="journal")
def group() -> None:
    """事件日志：核验、重建、导出。

    Journals: verify that nothing was altered, rebuild what is derived from them, export. CASE is a case's number.
    """
    import django

    django.setup()


@group.command()
@click.argument("case", required=False)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON One JSON object.")
def verify(case: str | None, as_json: bool) -> None:
    """核验日志是否被改动。

    Verify the journal of CASE, or all; name the first bad entry of each. Exits 1 if there is one.
    """
    from muster.cases import rebuild
    from muster.cases.models import CaseRecord
    from muster.journal import guard

    chosen = [_case_id(case)] if case else None
    found = list(rebuild.faults(chosen))
    count = 1 if chosen else CaseRecord.objects.count()
    guarded = _is_guarded(guard)
    if as_json:
        faults = [
            {"case": fault.number, "entry": fault.seq, "event": fault.name, "what": fault.what} for fault in found
        ]
        click.echo(json.dumps({"cases": count, "guarded": guarded, "faults": faults}, ensure_ascii=False))
    else:
        for fault in found:
            click.echo(f"{fault.say('zh')}　{fault.say('en')}")
        if not guarded:
            click.echo(
                "数据库未拒绝改动日志：触发器已被移除。\n"
                "The database would not refuse changes of a journal: its triggers were removed.",
                err=True,
            )
        if not found:
            click.echo(f"{count}个事项的日志完整。The journals of {count} case(s) are whole.")
    sys.exit(FINDINGS if found or not guarded else 0)


@group.command()
@click.argument("case", required=False)
def rebuild(case: str | None) -> None:
    """由日志重建查询数据。

    Make everything derived again from the journal of CASE, or from all. Exits 1 if a journal is not sound; its case is
    left as it is.
    """
    from muster.cases import rebuild as rebuilding
    from muster.cases.sql import clock
    from muster.duties import writes as duties

    done = rebuilding.rebuild([_case_id(case)] if case else None)
    if not case:
        duties.rebuild(clock())
    for fault in done.faults:
        click.echo(f"{fault.say('zh')}　{fault.say('en')}", err=True)
    click.echo(f"已重建{done.cases}个事项。{done.cases} case(s) rebuilt.")
    sys.exit(FINDINGS if done.faults else 0)


@group.command("guard")
def guard_() -> None:
    """重新建立防改动的触发器。

    Put back the triggers by which the database refuses to change or remove an entry.
    """
    from django.db import connection

    from muster.journal import guard

    guard.put_up(connection)
    click.echo("数据库现拒绝改动日志。The database refuses changes of journals.")


@group.command()
@click.argument("case")
def export(case: str) -> None:
    """导出日志，每行一条 JSON。

    Print the journal of CASE as JSON lines: first who the case is, then every entry with its hash.
    """
    from muster.cases.models import CaseRecord
    from muster.journal import chain, store

    record = CaseRecord.objects.get(pk=_case_id(case))
    head = {
        "case": record.number,
        "case_id": record.pk,
        "plan": record.plan,
        "edition": record.edition_id,
        "entries": record.version,
        "root": chain.root(record.pk, record.number, record.plan, record.edition_id),
        "head": record.head_hash,
    }
    _print(head)
    for entry in store.entries(record.pk):
        _print({**entry._asdict(), "data": json.loads(entry.data), "said": entry.data})


def _print(line: dict[str, Any]) -> None:
    click.echo(json.dumps(line, ensure_ascii=False))


def _case_id(case: str) -> int:
    from muster.cases.models import CaseRecord

    found = CaseRecord.objects.filter(number=case).values_list("pk", flat=True).first()
    if found is None:
        click.echo(f"没有编号为{case}的事项。There is no case {case}.", err=True)
        sys.exit(WRONG_USE)
    return found


def _is_guarded(guard: Any) -> bool:
    from django.db import connection

    return bool(guard.is_up(connection))


commands = [group]
