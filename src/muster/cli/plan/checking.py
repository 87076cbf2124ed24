"""`muster plan check`, `rules`, `rule`: what is wrong with a plan, and what the rules are."""

from __future__ import annotations

import json
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
from muster.cli.plan.loading import FINDINGS, SEVERITIES, group, language_option, load, tell_findings
from muster.plans.check import check as check_plan
from muster.plans.check import pages, rule_of, rules
from muster.plans.faults import FAULTS, near
from muster.plans.findings import Finding, Severity


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
        tell_findings(found, language)
    sys.exit(FINDINGS if any(each.severity is not Severity.NOTE for each in found) else 0)


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
