"""A plan whose weeks have a meeting, a register, an inspection with hazards, and posts that want two people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from muster.cases import editions, state
from muster.cases.models import PlanEdition
from muster.duties.writes import open_due
from muster.engine import Program
from muster.plans.reading import read_plan
from muster.testing.clock import Clock

CHINA = ZoneInfo("Asia/Shanghai")
PLAN = "town-finance"

HEAD = """
id: town-finance
title: {zh: 镇金融应急预案, en: Town plan for finance}
edition: "EDITION"
timezone: Asia/Shanghai
issuer: {zh: 镇政府, en: Town government}
duty_post: secretary
posts:
  director: {name: {zh: 主任, en: Director}, cite: 一}
  secretary: {name: {zh: 秘书, en: Secretary}, cite: 一}
  cashier: {name: {zh: 资金管理员, en: Cashier}, seats: 2.., cite: 一}
  archivist: {name: {zh: 档案员, en: Archivist}, cite: 一}
  bank: {name: {zh: 银行联络员, en: Bank}, cite: 一}
bodies:
  office: {name: {zh: 应急办, en: Emergency office}, chair: director, members: [secretary, cashier], cite: 一}
parties:
  county: {name: {zh: 县政府, en: County government}}
facts:
  people: {name: {zh: 涉及人数, en: People concerned}, type: int, cite: 二}
  rectified: {name: {zh: 已整改, en: Rectified}, type: bool, cite: 四}
types:
  run: {name: {zh: 挤兑, en: A run}}
scales:
  level:
    name: {zh: 级别, en: Level}
    levels: {IV: {name: {zh: 一般, en: General}, hue: IV}, III: {name: {zh: 较大, en: Larger}, hue: III}}
    criteria:
      IV-1: {level: IV, when: people < 100, text: 不足百人, cite: 二}
      III-1: {level: III, when: people >= 100, text: 百人以上, cite: 二}
rights:
  handle: [{who: [director, secretary, office]}]
  confirm: [{who: [director, secretary]}]
  close: [{who: [director, secretary]}]
  waive: [{who: director}]
forms:
  minutes: {name: {zh: 会议纪要, en: Minutes}, fields: {text: {name: {zh: 议定事项, en: Decided}, type: longtext, required: true}}, cite: 三}
  weekly-register: {name: {zh: 周登记表, en: Weekly register}, rows: cases, fields: {note: {name: {zh: 说明, en: Note}, type: text}}, cite: 三}
tasks:
  phone-report:
    {kind: report, name: {zh: 电话报告, en: Phone report}, who: secretary, to: county, due: reported + 1h, cite: 二}
standing:
"""
DUTIES = """
  meeting:
    {kind: meeting, name: {zh: 周例会, en: Weekly meeting}, who: secretary, form: minutes,
     again: {rule: FREQ=WEEKLY;BYDAY=FR, by: "17:00", moved: before}, cite: 三}
  register:
    {kind: record, name: {zh: 周登记, en: Weekly register}, who: secretary, form: weekly-register,
     again: {rule: FREQ=WEEKLY;BYDAY=FR, by: "17:00"}, cite: 三}
  training:
    {kind: action, name: {zh: 培训, en: Training}, who: [bank, secretary], mode: each, again: {every: 1y}, cite: 三}
  drill:
    {kind: record, name: {zh: 演练, en: Drill}, who: office, again: {every: 2y}, cite: 三}
  inspection:
    {kind: action, name: {zh: 现场检查, en: Inspection}, who: secretary, again: {every: 1mo}, cite: 三}
  rectify-findings:
    {kind: action, name: {zh: 整改检查发现, en: Rectify what was found}, who: bank, after: inspection,
     due: done(inspection) + 5d, cite: 三}
  archive:
    {kind: action, name: {zh: 档案整理, en: Keep the archive}, who: archivist, cite: 三}
  ad-hoc:
    {kind: meeting, name: {zh: 碰头会, en: Short meeting}, who: secretary, may: true, again: {every: 7d}, cite: 三}
"""
TAIL = """
hazard:
  rectify: {kind: action, name: {zh: 整改隐患, en: Rectify the hazard}, who: office, due: reported + 7d, cite: 四}
  check: {kind: action, name: {zh: 复查, en: Check}, who: director, after: rectify, before: closed, cite: 四}
resources:
  backup: {name: {zh: 数据备份, en: Backup}, kind: system, again: {every: 1mo}, cite: 五}
  contacts: {name: {zh: 通讯录, en: Contacts}, kind: list, cite: 五}
"""


def text_of(edition: str = "1", duties: str = DUTIES) -> str:
    return (HEAD + duties + TAIL).replace("EDITION", edition)


def program_of(edition: str = "1", duties: str = DUTIES) -> Program:
    """The plan ready to run, without an installation around it."""
    loaded = read_plan(text_of(edition, duties), name="town.yaml")
    assert loaded.edition is not None, loaded.findings
    return Program(loaded.edition, editions.working_calendar())


def put_in_force(now: datetime, edition: str = "1", duties: str = DUTIES) -> PlanEdition:
    return editions.adopt(read_plan(text_of(edition, duties), name="town.yaml"), now)


def china(text: str) -> datetime:
    """An instant as a wall clock in China shows it: "2026-03-06 17:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


@pytest.fixture
def clock() -> Clock:
    """Nine o'clock on Tuesday, 3 March 2026, in China."""
    return Clock()


@pytest.fixture
def town(db, clock) -> PlanEdition:
    """The plan in force from now on, in a process that remembers no case."""
    state.forget_all()
    return put_in_force(clock())


@pytest.fixture
def at(clock) -> Callable[[str], datetime]:
    """`at("2026-03-06 18:00")` moves the clock there, and the timekeeper has just looked."""

    def moves(text: str) -> datetime:
        clock.now = china(text)
        while open_due(clock.now):
            pass
        return clock.now

    return moves
