"""`muster plan list`, `show`, `schema`, `digest`: what there is, and what a plan says."""

from __future__ import annotations

from collections.abc import Iterable

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from muster.cli.plan.loading import edition_of, group, language_option
from muster.plans import schema as plan_schema
from muster.plans import shelf
from muster.plans.model import ActorKind, CaseKind, Edition, Scale, Task, Words

SECTIONS = {
    CaseKind.INCIDENT: Words("突发事件", "Incident"),
    CaseKind.WARNING: Words("预警", "Warning"),
    CaseKind.STANDING: Words("常态工作", "Standing duties"),
    CaseKind.HAZARD: Words("隐患", "Hazard"),
}


@group.command("list")
@language_option
def list_plans(language: str) -> None:
    """列出预案库中的预案。List the plans of the library."""
    table = Table(box=None, pad_edge=False)
    for heading in (Words("预案", "plan"), Words("版本", "edition"), Words("名称", "title"), Words("印发", "issuer")):
        table.add_column(heading.say(language), overflow="fold")
    for plan_id in shelf.plan_ids():
        edition = shelf.read_library_plan(plan_id).edition
        if edition is None:
            table.add_row(
                plan_id, "-", Words("有错误，见 muster plan check", "has faults: muster plan check").say(language), ""
            )
        else:
            table.add_row(
                plan_id,
                *(
                    escape(each)
                    for each in (edition.edition, edition.title.say(language), edition.issuer.say(language))
                ),
            )
    Console().print(table)


@group.command()
@click.argument("plan")
@language_option
def show(plan: str, language: str) -> None:
    """查看预案：谁、等级、任务与时限。Show a plan: who, levels, tasks and clocks."""
    edition = edition_of(plan, language)
    console = Console()
    console.print(f"[bold]{escape(edition.title.say(language))}[/]")
    console.print(f"{escape(edition.id)} · {escape(edition.edition)} · {escape(edition.issuer.say(language))}")
    console.print(f"SHA-256 {edition.digest}\n", style="dim")
    tables = [_actors(edition, language), *(_scale(scale, language) for scale in edition.scales.values())]
    for section, words in SECTIONS.items():
        tasks = [task for task in edition.tasks.values() if task.section is section]
        if tasks:
            tables.append(_tasks(edition, words.say(language), tasks, language))
    for table in tables:
        console.print(table)
        console.print()


def _table(title: str, headings: Iterable[Words], language: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in headings:
        table.add_column(heading.say(language), overflow="fold")
    return table


def _actors(edition: Edition, language: str) -> Table:
    kinds = {
        ActorKind.POST: Words("岗位", "post"),
        ActorKind.BODY: Words("机构", "body"),
        ActorKind.PARTY: Words("外部方", "party"),
    }
    filled = {
        "standing": Words("常设", "standing"),
        "roster": Words("值班", "by roster"),
        "response": Words("随响应成立", "with the response"),
        "case": Words("每次确定", "named per case"),
    }
    headings = (Words("标识", "id"), Words("名称", "name"), Words("种类", "kind"), Words("产生", "filled"), Words("负责人", "chair"), Words("条款", "article"))  # fmt: skip
    table = _table(Words("责任", "Who").say(language), headings, language)
    for actor in edition.actors.values():
        how = "" if actor.kind is ActorKind.PARTY else filled[actor.filled.value].say(language)
        chair = edition.actors[actor.chair].name.say(language) if actor.chair else ""
        cells = (actor.id, actor.name.say(language), kinds[actor.kind].say(language), how, chair, actor.cite)
        table.add_row(*(escape(each) for each in cells))
    return table


def _scale(scale: Scale, language: str) -> Table:
    headings = (
        Words("等级", "level"),
        Words("标准", "criterion"),
        Words("条件", "condition"),
        Words("条款", "article"),
    )
    table = _table(scale.name.say(language), headings, language)
    judgement = Words("由人判断", "judgement").say(language)
    for level in reversed(scale.levels):
        name = f"{level.id} {level.name.say(language)}" if level.name.say(language) != level.id else level.id
        criteria = [criterion for criterion in scale.criteria if criterion.level == level.id]
        if not criteria:
            table.add_row(escape(name), "", "", escape(level.cite))
        for number, criterion in enumerate(criteria):
            condition = judgement if criterion.when is None else criterion.when.source
            words = f"{criterion.id} {criterion.text.say(language)}" if criterion.text else criterion.id
            table.add_row("" if number else escape(name), escape(words), escape(condition), escape(criterion.cite))
    return table


def _clock(task: Task) -> str:
    parts = [task.due.source] if task.due else []
    if task.word:
        parts.append(f"{task.word} ({task.since.source})" if task.since else task.word)
    if task.again and task.again.every:
        parts.append(f"↻ {task.again.every.source}" + (f" {task.again.by}" if task.again.by else ""))
    return ", ".join(parts)


def _tasks(edition: Edition, title: str, tasks: list[Task], language: str) -> Table:
    headings = (Words("任务", "task"), Words("名称", "name"), Words("责任人", "who"), Words("时限", "clock"), Words("条件", "condition"), Words("条款", "article"))  # fmt: skip
    table = _table(title, headings, language)
    for task in tasks:
        who = "、" if language == "zh" else ", "
        names = who.join(edition.actors[actor].name.say(language) for actor in task.who)
        conditions = " and ".join(each.source for each in (*task.while_, *task.when))
        cells = (task.id, task.name.say(language), names, _clock(task), conditions, task.cite)
        table.add_row(*(escape(each) for each in cells))
    return table


@group.command("schema")
def print_schema() -> None:
    """输出预案文件的 JSON Schema。Print the JSON Schema of the plan file."""
    click.echo(plan_schema.text(), nl=False)


@group.command()
@click.argument("plans", nargs=-1, required=True)
@language_option
def digest(plans: tuple[str, ...], language: str) -> None:
    """输出版本的摘要值。Print the digest that names an edition."""
    for plan in plans:
        click.echo(f"{edition_of(plan, language).digest}  {plan}")
