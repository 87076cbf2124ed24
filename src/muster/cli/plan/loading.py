"""The group `muster plan`, and what its commands share: finding a plan, and telling what is wrong with one."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from muster.plans import shelf
from muster.plans.findings import Finding, Severity
from muster.plans.model import Edition, Words
from muster.plans.reading import LoadedPlan, read_plan

FINDINGS = 1
WRONG_USE = 2

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


def edition_of(plan: str, language: str) -> Edition:
    """The edition of a plan that has no faults; else its faults are told, and the command ends with 1."""
    loaded = load(plan)
    if loaded.edition is None:
        tell_findings(loaded.findings, language)
        sys.exit(FINDINGS)
    return loaded.edition


def tell_findings(findings: Iterable[Finding], language: str) -> None:
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
