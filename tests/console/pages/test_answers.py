"""Reports that want an answer, and reports that go to one of several: as people see and give them in the console."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.console.pages.reading import text

from muster.cases import editions
from muster.cases.execute import execute
from muster.engine.commands import OpenIncident
from muster.people.writes import give
from muster.plans.reading import read_plan
from muster.testing.builders import done

PLAN = """
id: market-hall
title: {zh: 市场应急预案, en: Market plan}
edition: "1"
issuer: {zh: 市场, en: Market}
duty_post: officer
posts:
  officer: {name: {zh: 市场值班员, en: Duty officer}, cite: 一}
  engineer: {name: {zh: 工程师, en: Engineer}, cite: 一}
  manager: {name: {zh: 经理, en: Manager}, cite: 一}
types: {fire: {name: {zh: 火灾, en: Fire}, cite: 二}, theft: {name: {zh: 失窃, en: Theft}, cite: 二}}
tasks:
  ask: {kind: report, name: {zh: 询问技术情况, en: Ask}, who: officer, to: engineer, reply: true, cite: 三}
  up: {kind: report, name: {zh: 逐级上报, en: Report up}, who: officer, to: [manager, engineer], reach: up, cite: 三}
  sort: {kind: decision, name: {zh: 定类, en: Sort}, who: officer, settles: types, cite: 三}
"""


@pytest.fixture
def case(people, clock):
    loaded = read_plan(PLAN)
    assert loaded.edition is not None, loaded.findings
    editions.adopt(loaded, clock() - timedelta(days=1))
    for name, actor in (("wen", "officer"), ("tang", "engineer"), ("gao", "manager")):
        give(people[name], "market-hall", actor, clock() - timedelta(days=1))
    return done(execute(None, OpenIncident(by="officer", title="停电"), now=clock(), plan="market-hall"))


def act(browser, case, name: str, **says):
    return browser.post(f"/cases/{case.number}/do/{name}/", says, headers={"HX-Request": "true"})


def test_the_addressee_finds_the_answer_among_his_tasks_and_gives_it(as_, case):
    assert act(as_("wen"), case, "complete", task="ask", by="officer").status_code < 300
    engineer = as_("tang")
    page = engineer.get("/tasks/")
    assert "答复：询问技术情况" in text(page)
    assert "答复：询问技术情况" in text(as_("wen").get(f"/cases/{case.number}/"))
    assert act(engineer, case, "complete", task="ask~engineer", by="engineer", note="保险丝烧断").status_code < 300
    assert "答复：询问技术情况" not in text(engineer.get("/tasks/"))
    assert "保险丝烧断" in text(as_("wen").get(f"/cases/{case.number}/"))


def test_in_english_it_is_an_answer(as_, case):
    act(as_("wen"), case, "complete", task="ask", by="officer")
    assert "Answer: Ask" in text(as_("tang", "en").get("/tasks/"))


def test_a_report_to_the_next_one_up_asks_to_whom_it_went(as_, case):
    form = as_("wen").get(f"/cases/{case.number}/do/complete/?task=up")
    assert "报给" in text(form)
    assert act(as_("wen"), case, "complete", task="up", by="officer", to="engineer").status_code < 300
    assert "工程师" in text(as_("wen").get(f"/cases/{case.number}/"))


def test_a_decision_about_the_types_offers_them(as_, case):
    form = as_("wen").get(f"/cases/{case.number}/do/decide/?task=sort")
    assert "失窃" in text(form)
    assert act(as_("wen"), case, "decide", task="sort", by="officer", value=["fire", "theft"]).status_code < 300
    room = text(as_("wen").get(f"/cases/{case.number}/"))
    assert "火灾" in room
    assert "失窃" in room


def test_the_addressee_reads_what_was_asked_and_the_asker_who_is_silent(as_, case):
    assert act(as_("wen"), case, "complete", task="ask", by="officer", note="备用电源能撑多久").status_code < 300
    assert "市场值班员问：备用电源能撑多久" in text(as_("tang").get("/tasks/"))
    assert "市场值班员问：备用电源能撑多久" in text(as_("tang").get(f"/cases/{case.number}/tasks/ask~engineer/"))
    assert "待工程师答复" in text(as_("wen").get(f"/cases/{case.number}/"))
    assert act(as_("tang"), case, "complete", task="ask~engineer", by="engineer", note="两小时").status_code < 300
    assert "待工程师答复" not in text(as_("wen").get(f"/cases/{case.number}/"))
