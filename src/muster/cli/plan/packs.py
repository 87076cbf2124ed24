"""`muster plan packs`: the regulation packs that ship, and the limits they hold."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from muster.cli.plan.loading import group, language_option
from muster.plans import shelf
from muster.plans.faults import near
from muster.plans.model import Edition, Task, Words
from muster.plans.reading import read_plan

_ALONE = "id: pack\ntitle: pack\nedition: pack\nissuer: pack\ninclude: {id}\n"


def edition_of_pack(pack: str) -> Edition:
    """A pack as the plan that holds nothing else."""
    loaded = read_plan(_ALONE.format(id=pack), packs=shelf.packs())
    assert loaded.edition is not None, loaded.findings
    return loaded.edition


@group.command("packs")
@click.argument("pack", required=False)
@click.option(
    "--write", "file", type=click.Path(dir_okay=False, path_type=Path),
    help="把全部法规模块写成一页说明。Write the page about all packs into this file.",
)  # fmt: skip
@language_option
def command(pack: str | None, file: Path | None, language: str) -> None:
    """列出法规模块，或其中的时限。List the regulation packs, or the limits in one."""
    if file is not None:
        file.write_text(page(), encoding="utf-8")
        click.echo(f"{len(shelf.packs())} → {file}")
        return
    if pack is None:
        table = Table(box=None, pad_edge=False, show_header=False)
        for each in shelf.packs():
            table.add_row(
                f"[bold]{each}[/]", escape(shelf.pack_title(each).say(language)), str(len(edition_of_pack(each).tasks))
            )
        Console().print(table)
        return
    if pack not in shelf.packs():
        hint = near(pack, shelf.packs())
        raise click.UsageError(f"没有法规模块 No pack: {pack}\n{hint.zh} {hint.en}")
    table = Table(box=None, pad_edge=False, title=escape(shelf.pack_title(pack).say(language)), title_justify="left")
    for heading in (Words("任务", "task"), Words("名称", "name"), Words("时限", "limit"), Words("条款", "article")):
        table.add_column(heading.say(language), overflow="fold")
    for task in edition_of_pack(pack).tasks.values():
        table.add_row(*(escape(each) for each in (task.id, task.name.say(language), limit_of(task), task.cite)))
    Console().print(table)


def limit_of(task: Task) -> str:
    """By when, as the file writes it."""
    if task.due is not None:
        return task.due.source
    if task.again is not None and task.again.every is not None:
        return f"↻ {task.again.every.source}"
    return task.word


def page() -> str:
    """The page about all packs, in Markdown."""
    parts = [
        "<!-- Written by `muster plan packs --write docs/reference/regulation-packs.md`. -->\n"
        "# 法规模块 · Regulation packs\n\n"
        "Limits of laws and ministry rules that a plan may [include](plan-language.md#packs-and-settings) by name. Only\n"
        "limits whose article was read are here. They are no legal advice: have a lawyer confirm what applies to you.\n"
        "What the law says without a number (立即, 及时) is shown as elapsed time and never counted as a breach.\n"
    ]
    for pack in shelf.packs():
        parts.append(f"## {pack}\n\n{shelf.pack_title(pack).zh}<br>{shelf.pack_title(pack).say('en')}\n")
        parts.append("| task | what | limit | article |\n|---|---|---|---|")
        for task in edition_of_pack(pack).tasks.values():
            name = f"{task.name.zh}<br>{task.name.say('en')}"
            limit = limit_of(task)
            parts.append(f"| `{task.id}` | {name} | {f'`{limit}`' if limit else ''} | {task.cite} |")
        parts.append("")
    return "\n".join(parts)
