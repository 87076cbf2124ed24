"""Holding a plan against the fact sheet of what its written plan asks for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from muster.cli import group as muster
from muster.plans.coverage import Coverage, State, coverage, read_sheet
from muster.plans.model import Edition
from muster.plans.reading import read_plan

PLAN = """
id: hall
title: {zh: 市场, en: Hall}
edition: "1"
issuer: x
posts: {office: {name: 办公室, sheet: duty-office}}
tasks:
  phone: {kind: report, name: 电话报告, who: office, to: office, sheet: [phone-1h, step-2]}
excluded:
  deletion: {says: 删帖, why: 违法, lawful: 申请更正, sheet: pay-deletion}
readings:
  several: {says: 多次, reading: 两次以上, sheet: several-times}
"""
SHEET = """
id: hall
roles: [{id: duty-office, zh: 办公室, en: Duty office}]
reports: [{id: phone-1h}]
procedures:
  - id: first-steps
    steps: [{id: step-2, zh: 打电话}]
excluded: [{id: pay-deletion}]
ambiguities: [{id: several-times}]
stories: [{id: night}]
"""


def edition(source: str = PLAN) -> Edition:
    loaded = read_plan(source)
    assert loaded.edition is not None, loaded.findings
    return loaded.edition


def held(plan: str = PLAN, sheet: str = SHEET, **stories: tuple[str, ...]) -> Coverage:
    return coverage(edition(plan), read_sheet(sheet), stories)


def states(result: Coverage) -> dict[str, State]:
    return {line.entry.id: line.state for line in result.lines}


def test_every_entry_is_covered_left_out_or_missing() -> None:
    assert states(held(night=("night",))) == {
        "duty-office": State.COVERED,
        "phone-1h": State.COVERED,
        "first-steps": State.MISSING,
        "step-2": State.COVERED,
        "pay-deletion": State.LEFT,
        "several-times": State.LEFT,
        "night": State.COVERED,
    }


def test_what_is_left_out_says_why() -> None:
    left = {line.entry.id: line.why.zh for line in held().of(State.LEFT) if line.why}
    assert left == {"pay-deletion": "申请更正", "several-times": "两次以上"}


def test_a_story_that_no_scenario_tells_is_missing() -> None:
    assert states(held())["night"] is State.MISSING


def test_only_what_the_sheet_excludes_may_be_left_out() -> None:
    plan = PLAN.replace("sheet: [phone-1h, step-2]", "sheet: step-2").replace(
        "sheet: pay-deletion", "sheet: [pay-deletion, phone-1h]"
    )
    line = next(line for line in held(plan).lines if line.entry.id == "phone-1h")
    assert line.state is State.MISSING
    assert line.where == (("excluded", "deletion"),)


def test_what_the_sheet_excludes_must_not_be_done() -> None:
    plan = PLAN.replace("sheet: [phone-1h, step-2]", "sheet: pay-deletion").replace(
        "申请更正, sheet: pay-deletion", "申请更正"
    )
    line = next(line for line in held(plan).lines if line.entry.id == "pay-deletion")
    assert line.state is State.MISSING
    assert line.why is not None
    assert "excluded" in line.why.zh


def test_ids_that_the_sheet_does_not_have_are_told() -> None:
    assert held(PLAN.replace("step-2", "step-3")).unknown == ("step-3",)


@pytest.mark.parametrize(
    ("sheet", "rule"),
    [
        ("", "P012"),
        ("- a\n", "P012"),
        ("id: x\n", "P011"),
        ("a: [{id: b}, {id: b}]\n", "P005"),
        ("a: [\n", "P002"),
        (b"\xff\xfe\x00", "P001"),
    ],
)
def test_what_is_no_fact_sheet_is_told_with_its_place(sheet: str | bytes, rule: str) -> None:
    findings = read_sheet(sheet).findings
    assert [each.rule for each in findings] == [rule]
    assert findings[0].line >= 1


def test_the_command_ends_with_one_where_something_is_missing(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "sheet.yaml").write_text(SHEET, encoding="utf-8")
    arguments = ["plan", "coverage", str(tmp_path / "plan.yaml"), "--sheet", str(tmp_path / "sheet.yaml")]
    told = CliRunner().invoke(muster, [*arguments, "--lang", "zh"])
    assert told.exit_code == 1
    assert "first-steps" in told.output
    assert "申请更正" in told.output
    answer = json.loads(CliRunner().invoke(muster, [*arguments, "--json"]).output)
    assert (answer["covered"], answer["left"], answer["missing"]) == (3, 2, 2)
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "a.yaml").write_text(
        "scenario: a\nplan: hall\nsheet: night\nstarts: 2026-03-03T09:00:00+08:00\n"
        "inputs: [{at: 0m, report: {by: office, summary: x}}]\n",
        encoding="utf-8",
    )
    whole = SHEET.replace("  - id: first-steps\n    steps:", "  - steps:")
    (tmp_path / "sheet.yaml").write_text(whole, encoding="utf-8")
    assert CliRunner().invoke(muster, arguments).exit_code == 0


def test_a_broken_sheet_is_wrong_use(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "sheet.yaml").write_text("a: [", encoding="utf-8")
    told = CliRunner().invoke(
        muster, ["plan", "coverage", str(tmp_path / "plan.yaml"), "--sheet", str(tmp_path / "sheet.yaml")]
    )
    assert told.exit_code == 2
    assert "sheet.yaml:" in told.output
