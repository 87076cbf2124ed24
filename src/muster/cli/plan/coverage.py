"""`muster plan coverage`: hold a plan against the fact sheet of what its written plan asks for."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from muster.cli.plan.loading import FINDINGS, WRONG_USE, edition_of, group, language_option, tell_findings
from muster.drills import read_scenario
from muster.plans import shelf
from muster.plans.coverage import Coverage, Line, State, coverage, read_sheet
from muster.plans.model import Words

STATES = {
    State.COVERED: (Words("已落实", "covered"), "green"),
    State.LEFT: (Words("有意不做", "left out"), "yellow"),
    State.MISSING: (Words("缺", "missing"), "red"),
}


@group.command("coverage")
@click.argument("plan")
@click.option(
    "--sheet", "sheet_file", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="事实清单。The fact sheet.",
)  # fmt: skip
@click.option("--missing", "only_missing", is_flag=True, help="只列缺的。Only what is missing.")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。Output JSON.")
@language_option
def command(plan: str, sheet_file: Path, only_missing: bool, as_json: bool, language: str) -> None:
    """对照事实清单：逐条列出落实在何处、为何不做、缺什么。

    Hold a plan against its fact sheet: where each entry is covered, why it was left out, what is missing.
    Exits 1 where an entry is missing, 2 where the sheet cannot be read.
    """
    edition = edition_of(plan, language)
    sheet = read_sheet(sheet_file.read_bytes(), name=str(sheet_file))
    if sheet.findings:
        tell_findings(sheet.findings, language)
        sys.exit(WRONG_USE)
    result = coverage(edition, sheet, _stories(plan))
    if as_json:
        click.echo(json.dumps(_as_json(result), ensure_ascii=False, indent=2))
    else:
        _print(result, only_missing, language)
    sys.exit(FINDINGS if result.of(State.MISSING) else 0)


def _stories(plan: str) -> dict[str, tuple[str, ...]]:
    """Which scenarios tell which story: those of the library, or in `scenarios` beside the plan's file."""
    path = Path(plan)
    if path.exists():
        directory = (path if path.is_dir() else path.parent) / "scenarios"
        files = {each.stem: each.read_bytes() for each in sorted(directory.glob("*.yaml"))}
    else:
        files = shelf.scenarios(plan) if plan in shelf.plan_ids() else {}
    found: dict[str, tuple[str, ...]] = {}
    for name, content in files.items():
        scenario = read_scenario(content, name=name).scenario
        for story in scenario.sheet if scenario else ():
            found[story] = (*found.get(story, ()), name)
    return found


def _print(result: Coverage, only_missing: bool, language: str) -> None:
    console = Console()
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in (
        Words("清单条目", "entry"),
        Words("部分", "section"),
        Words("情况", "state"),
        Words("落实在", "where"),
    ):
        table.add_column(heading.say(language), overflow="fold")
    for line in result.lines:
        if only_missing and line.state is not State.MISSING:
            continue
        words, colour = STATES[line.state]
        table.add_row(
            escape(line.entry.id),
            line.entry.section,
            f"[{colour}]{words.say(language)}[/]",
            escape(_where(line, language)),
        )
    if table.row_count:
        console.print(table)
    if result.unknown:
        label = Words("预案引用了清单中没有的编号", "ids in the plan that the sheet does not have").say(language)
        console.print(f"{label}: {', '.join(result.unknown)}", style="yellow")
    parts = [f"{words.say(language)} {len(result.of(state))}" for state, (words, _) in STATES.items()]
    console.print(f"{len(result.lines)}: " + ", ".join(parts))


def _where(line: Line, language: str) -> str:
    places = ", ".join(f"{kind} {id_}" for kind, id_ in line.where)
    why = line.why.say(language) if line.why else ""
    if line.state is State.MISSING:
        return f"{line.entry.name.say(language)} {why} {places}".strip()
    return f"{places}: {why}" if why else places


def _as_json(result: Coverage) -> dict[str, Any]:
    return {
        "entries": [
            {
                "id": line.entry.id, "section": line.entry.section, "line": line.entry.line, "state": line.state.value,
                "where": [{"kind": kind, "id": id_} for kind, id_ in line.where],
                "why": {"zh": line.why.zh, "en": line.why.en} if line.why else None,
            }
            for line in result.lines
        ],
        "unknown": list(result.unknown),
        **{state.value: len(result.of(state)) for state in State},
    }  # fmt: skip
