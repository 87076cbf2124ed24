"""`muster plan`: list, show and check plans; needs no database and no Django."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import click
from rich.console import Console
from rich.markdown import Markdown
from rich.markup import escape
from rich.table import Table

import muster
from muster.plans import schema as plan_schema
from muster.plans import shelf
from muster.plans.check import check as check_plan
from muster.plans.check import pages, rule_of, rules
from muster.plans.faults import FAULTS, near
from muster.plans.findings import Finding, Severity
from muster.plans.model import ActorKind, CaseKind, Edition, Scale, Task, Words
from muster.plans.reading import LoadedPlan, read_plan

FINDINGS = 1
WRONG_USE = 2

SECTIONS = {
    CaseKind.INCIDENT: Words("突发事件", "Incident"),
    CaseKind.WARNING: Words("预警", "Warning"),
    CaseKind.STANDING: Words("常态工作", "Standing duties"),
    CaseKind.HAZARD: Words("隐患", "Hazard"),
}
SEVERITIES = {
    Severity.ERROR: (Words("错误", "error"), "red"),
    Severity.WARNING: (Words("警告", "warning"), "yellow"),
    Severity.NOTE: (Words("提示", "note"), "cyan"),
}


def _language(_: click.Context, __: click.Parameter, value: str | None) -> str:
    """The language asked for; else English where the system is set to English; else Chinese."""
    if value:
        return value
    return "en" if (os.environ.get("LC_ALL") or os.environ.get("LANG") or "").startswith("en") else "zh"


language_option = click.option(
    "--lang", "language", type=click.Choice(["zh", "en"]), callback=_language, help="语言 Language; default by LANG."
)


@click.group(name="plan")
def group() -> None:
    """预案：列出、查看、检查。

    Plans: list, show, check. PLAN is the id of a plan in the library, a file, or - for standard input.
    """


def load(plan: str) -> LoadedPlan:
    """Read a plan by its library id, its file, or from standard input ("-"). Ends with wrong use where there is none.

    Packs come from the library, and from a directory `packs` beside the file.
    """
    if plan == "-":
        return read_plan(sys.stdin.buffer.read(), name="<stdin>", packs=shelf.packs())
    path = Path(plan)
    if path.is_dir():
        path = path / "plan.yaml"
    if path.is_file():
        packs = shelf.packs()
        packs |= {each.stem: each.read_bytes() for each in sorted((path.parent / "packs").glob("*.yaml"))}
        return read_plan(path.read_bytes(), name=str(path), packs=packs)
    if plan in shelf.plan_ids():
        return shelf.read_library_plan(plan)
    known = ", ".join(shelf.plan_ids()) or "-"
    raise click.UsageError(f"没有预案或文件 No plan or file: {plan}\n预案库 Library: {known}")


def _edition(plan: str, language: str) -> Edition:
    """The edition of a plan that has no faults; else its faults are told, and the command ends with 1."""
    loaded = load(plan)
    if loaded.edition is None:
        _tell_text(loaded.findings, language)
        sys.exit(FINDINGS)
    return loaded.edition


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
    edition = _edition(plan, language)
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


@group.command()
@click.argument("plans", nargs=-1, required=True)
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif"]), default="text", help="输出格式 Output.")
@language_option
def check(plans: tuple[str, ...], form: str, language: str) -> None:
    """检查预案：有错误或警告时以 1 结束。

    Check plans. Exits 1 when an error or a warning stands; notes do not count.
    """
    found: list[Finding] = []
    for plan in plans:
        found += check_plan(load(plan))
    if form == "json":
        click.echo(json.dumps([_as_json(each) for each in found], ensure_ascii=False, indent=2))
    elif form == "sarif":
        click.echo(json.dumps(as_sarif(found, language), ensure_ascii=False, indent=2))
    else:
        _tell_text(found, language)
    sys.exit(FINDINGS if any(each.severity is not Severity.NOTE for each in found) else 0)


def _tell_text(findings: Iterable[Finding], language: str) -> None:
    """One finding in two lines, as linters write them: place, code, sentence; and below how to mend it."""
    counts = dict.fromkeys(Severity, 0)
    for finding in findings:
        counts[finding.severity] += 1
        words, colour = SEVERITIES[finding.severity]
        place = f"{finding.source}:{finding.line}:{finding.column}:"
        code = click.style(f"{finding.rule} {words.say(language)}", fg=colour, bold=True)
        click.echo(f"{click.style(place, bold=True)} {code} {finding.says.say(language)}")
        click.echo(f"    → {finding.mend.say(language)}")
    total = sum(counts.values())
    if not total:
        click.echo(Words("没有发现问题", "Nothing found").say(language))
        return
    summary = ", ".join(
        f"{SEVERITIES[severity][0].say(language)} {count}" for severity, count in counts.items() if count
    )
    click.echo(summary)


def _as_json(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "file": finding.source,
        "line": finding.line,
        "column": finding.column,
        "path": list(finding.path),
        "says": {"zh": finding.says.zh, "en": finding.says.en},
        "mend": {"zh": finding.mend.zh, "en": finding.mend.en},
    }


def as_sarif(findings: Iterable[Finding], language: str) -> dict[str, Any]:
    """Findings as SARIF 2.1.0 (OASIS), which code hosts and editors show beside the lines."""
    findings = list(findings)
    codes = sorted({finding.rule for finding in findings})
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "muster plan check",
                        "version": muster.__version__,
                        "rules": [_sarif_rule(code, language) for code in codes],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [
                    {
                        "ruleId": finding.rule,
                        "ruleIndex": codes.index(finding.rule),
                        "level": finding.severity.value,
                        "message": {"text": f"{finding.says.say(language)}\n{finding.mend.say(language)}"},
                        "locations": [
                            {
                                "physicalLocation": {
                                    "artifactLocation": {"uri": quote(Path(finding.source).as_posix())},
                                    "region": {"startLine": finding.line, "startColumn": finding.column},
                                }
                            }
                        ],
                    }
                    for finding in findings
                ],
            }
        ],
    }


def _sarif_rule(code: str, language: str) -> dict[str, Any]:
    """What SARIF says of a rule once, beside all its findings. The reader's faults carry their words themselves."""
    rule = rule_of(code)
    if rule is None:
        return {"id": code, "defaultConfiguration": {"level": Severity.ERROR.value}}
    return {
        "id": code,
        "name": "".join(word.capitalize() for word in rule.name.en.split()),
        "shortDescription": {"text": rule.name.say(language)},
        "fullDescription": {"text": f"{rule.what.say(language)} {rule.why.say(language)}"},
        "help": {"text": rule.mend.say(language), "markdown": pages.page(rule)},
        "defaultConfiguration": {"level": rule.severity.value},
    }


@group.command("rules")
@click.option(
    "--write",
    "directory",
    type=click.Path(file_okay=False, path_type=Path),
    help="把每条规则的说明写到此目录。Write the page of every rule into this directory.",
)
@language_option
def list_rules(directory: Path | None, language: str) -> None:
    """列出检查规则。List the rules of the check; `muster plan rule CODE` explains one."""
    if directory is not None:
        manual = pages.manual()
        directory.mkdir(parents=True, exist_ok=True)
        for old in directory.glob("P*.md"):
            if old.name not in manual:
                old.unlink()
        for name, text in manual.items():
            (directory / name).write_text(text, encoding="utf-8")
        click.echo(f"{len(manual)} → {directory}")
        return
    table = Table(box=None, pad_edge=False, show_header=False)
    for rule in rules():
        words, colour = SEVERITIES[rule.severity]
        table.add_row(f"[bold {colour}]{rule.code}[/]", words.say(language), escape(rule.name.say(language)))
    Console().print(table)


@group.command("rule")
@click.argument("code")
@language_option
def explain_rule(code: str, language: str) -> None:
    """解释一条规则：查什么、为什么、怎样改，附例子。Explain one rule: what, why, how to mend it, with examples."""
    code = code.upper()
    rule = rule_of(code)
    if rule is not None:
        Console().print(Markdown(pages.page(rule, language)))
    elif code in FAULTS:
        fault = FAULTS[code]
        click.echo(f"{code} {SEVERITIES[Severity.ERROR][0].say(language)}")
        click.echo(fault.zh if language == "zh" else fault.en)
        click.echo(f"→ {fault.mend_zh if language == 'zh' else fault.mend_en}")
    else:
        hint = near(code, [each.code for each in rules()])
        raise click.UsageError(f"没有规则 No rule: {code}\n{hint.zh} {hint.en}")


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
        click.echo(f"{_edition(plan, language).digest}  {plan}")
