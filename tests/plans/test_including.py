"""Regulation packs in a plan: whose the duties become, which clock holds, what is cited."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from muster.cli import group as muster
from muster.cli.plan import packs
from muster.engine import Program
from muster.engine.commands import Assess, OpenIncident, Waive
from muster.plans import shelf
from muster.plans.check import check
from muster.plans.reading import LoadedPlan, read_plan
from muster.testing.story import Story

HEAD = """
id: plant
title: {zh: 工厂应急预案, en: Plant}
edition: "1"
issuer: x
posts:
  duty-manager: {name: 值班经理, held_by: 生产部经理}
parties:
  county: {name: 县应急局}
"""
OWN = """
tasks:
  tell-county: {kind: report, name: 报告县应急局, who: duty-manager, to: county, due: reported + 2h, cite: 第三条}
"""
INCLUDING = """
include:
  - pack: work-safety-accidents
    as: {accident-unit-head: duty-manager, county-safety-department: county}
    same: {ws-unit-1h: tell-county}
    only: [ws-unit-1h, ws-unit-province-1h]
"""


def read(source: str, packs: dict[str, bytes] | None = None) -> LoadedPlan:
    return read_plan(source, packs=packs if packs is not None else shelf.packs())


def rules(loaded: LoadedPlan) -> list[tuple[str, int]]:
    return [(each.rule, each.line) for each in loaded.findings]


def test_the_plan_s_own_posts_answer_for_what_the_law_asks() -> None:
    edition = read(HEAD + OWN + INCLUDING).edition
    assert edition is not None
    assert edition.tasks["ws-unit-province-1h"].who == ("duty-manager",)
    assert edition.tasks["ws-unit-province-1h"].pack == "work-safety-accidents"
    assert "accident-unit-head" not in edition.actors


def test_only_the_tasks_that_are_asked_for_come_in() -> None:
    edition = read(HEAD + OWN + INCLUDING).edition
    assert edition is not None
    assert set(edition.tasks) == {"tell-county", "ws-unit-province-1h"}


def test_on_the_same_duty_the_stricter_clock_holds_and_both_are_cited() -> None:
    edition = read(HEAD + OWN + INCLUDING).edition
    assert edition is not None
    task = edition.tasks["tell-county"]
    assert "第三条" in task.cite
    assert "第九条" in task.cite
    assert [(each.pack, each.task) for each in task.also] == [("work-safety-accidents", "ws-unit-1h")]
    story = Story(Program(edition), starts="2026-03-05 09:00")
    story.does(OpenIncident(by="duty-manager", title="泄漏"))
    assert story.task("tell-county").due_at == story.now + timedelta(hours=1)


def test_a_plan_that_is_stricter_than_the_law_stays_so() -> None:
    edition = read(HEAD + OWN.replace("2h", "30m") + INCLUDING).edition
    assert edition is not None
    story = Story(Program(edition), starts="2026-03-05 09:00")
    story.does(OpenIncident(by="duty-manager", title="泄漏"))
    assert story.task("tell-county").due_at == story.now + timedelta(minutes=30)


def test_a_clock_of_the_law_that_runs_under_a_condition_joins_under_it() -> None:
    same = INCLUDING.replace("ws-unit-1h: tell-county", "ws-unit-province-1h: tell-county").replace(
        "only: [ws-unit-1h, ", "only: ["
    )
    edition = read(HEAD + OWN + same).edition
    assert edition is not None
    story = Story(Program(edition), starts="2026-03-05 09:00")
    story.does(OpenIncident(by="duty-manager", title="泄漏"))
    assert story.task("tell-county").due_at == story.now + timedelta(hours=2), "the plan's own while the grade is open"
    story.does(Assess(by="duty-manager", facts={"accident_grade": "grave"}))
    assert story.task("tell-county").due_at == story.now + timedelta(hours=1)


def test_a_conditional_clock_needs_one_of_the_plan_to_join() -> None:
    same = INCLUDING.replace("ws-unit-1h: tell-county", "ws-unit-province-1h: tell-county")
    assert rules(read(HEAD + OWN.replace("due: reported + 2h, ", "") + same)) == [("P031", 17)]


def test_what_is_done_after_a_task_of_the_pack_waits_for_the_plan_s_own() -> None:
    including = INCLUDING.replace("only: [ws-unit-1h, ws-unit-province-1h]", "only: [ws-chain-2h]")
    edition = read(HEAD + OWN + including).edition
    assert edition is not None
    due = edition.tasks["ws-chain-2h"].due
    assert due is not None
    assert "received(tell-county)" in due.source


@pytest.mark.parametrize(
    ("old", "new", "rule", "line"),
    [
        ("as: {accident-unit-head", "as: {accident-unit-hed", "P030", 16),
        ("county-safety-department: county", "county-safety-department: county-x", "P020", 16),
        ("same: {ws-unit-1h: tell-county", "same: {ws-unit-1h: tell-cuonty", "P020", 17),
        ("only: [ws-unit-1h", "only: [ws-unit-2h", "P030", 18),
        ("pack: work-safety-accidents", "pack: work-safety-acidents", "P024", 15),
        ("    as:", "    sa:", "P010", 16),
    ],
)
def test_a_wrong_name_in_an_inclusion_is_told_where_it_stands(old: str, new: str, rule: str, line: int) -> None:
    found = rules(read(HEAD + OWN + INCLUDING.replace(old, new)))
    assert found == [(rule, line)]


# Who holds a post of a pack, and who stands in, is for the plan that includes it: it binds them by `as`.
OF_THE_POSTS = ("P104", "P105")


@pytest.mark.parametrize("pack", sorted(shelf.packs()))
def test_every_pack_of_the_library_can_be_included_as_it_is(pack: str) -> None:
    loaded = read(HEAD + OWN + f"include: {pack}\n")
    assert loaded.edition is not None, [(each.source, each.line, each.says.en) for each in loaded.findings]
    brought = [task for task in loaded.edition.tasks.values() if task.pack == pack]
    assert brought
    assert all(task.cite and task.name.en for task in brought), "each cites its article, in both languages"
    found = [each for each in check(loaded) if each.source == pack and each.rule not in OF_THE_POSTS]
    assert not found, [(each.rule, each.line, each.says.en) for each in found]


def test_the_page_about_packs_is_up_to_date() -> None:
    page = Path(__file__).parents[2] / "docs" / "reference" / "regulation-packs.md"
    assert page.read_text(encoding="utf-8") == packs.page(), (
        "run: muster plan packs --write docs/reference/regulation-packs.md"
    )


def test_the_command_lists_packs_and_their_limits() -> None:
    listed = CliRunner().invoke(muster, ["plan", "packs", "--lang", "zh"])
    assert listed.exit_code == 0
    assert "信访事项办理时限" in listed.output
    one = CliRunner().invoke(muster, ["plan", "packs", "letters-and-visits", "--lang", "zh"])
    assert "review_asked_at + 30d" in one.output
    wrong = CliRunner().invoke(muster, ["plan", "packs", "leters-and-visits"])
    assert wrong.exit_code == 2
    assert "letters-and-visits" in wrong.output


def test_what_the_law_fixes_cannot_be_waived() -> None:
    edition = read(HEAD + OWN + INCLUDING).edition
    assert edition is not None
    story = Story(Program(edition), starts="2026-03-05 09:00")
    story.does(OpenIncident(by="duty-manager", title="泄漏"))
    refusal = story.is_refused(Waive(by="duty-manager", task="tell-county", reason="不必"))
    assert refusal.code == "task.fixed-by-law"
    assert "第九条" in refusal.say("zh")
