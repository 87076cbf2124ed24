"""A plan of a page, for tests of what is around the engine. What a real plan does is tested with the library's plans."""

from __future__ import annotations

from datetime import datetime

from muster.cases import editions
from muster.cases.models import PlanEdition
from muster.plans.reading import LoadedPlan, read_plan

SMALL_PLAN = """
id: water-outage
title: {zh: 停水应急预案, en: Plan for water outages}
edition: "1"
timezone: Asia/Shanghai
issuer: {zh: 某街道办事处, en: A sub-district office}
duty_post: duty-officer
posts:
  duty-officer: {name: {zh: 值班员, en: Duty officer}, cite: 一}
  director: {name: {zh: 主任, en: Director}, cite: 一}
  deputy-director: {name: {zh: 副主任, en: Deputy director}, stands_in_for: director, cite: 一}
  plumber: {name: {zh: 抢修负责人, en: Head of repairs}, cite: 一}
bodies:
  office: {name: {zh: 应急办, en: Emergency office}, chair: director, members: [duty-officer, plumber], cite: 一}
parties:
  district: {name: {zh: 区政府, en: District government}}
facts:
  households: {name: {zh: 停水户数, en: Households without water}, type: int, cite: 二}
scales:
  level:
    name: {zh: 事件级别, en: Level}
    of: incident
    levels:
      IV: {name: {zh: 一般, en: General}, hue: IV}
      III: {name: {zh: 较大, en: Larger}, hue: III}
    criteria:
      IV-1: {level: IV, when: households < 1000, text: 不足1000户, cite: 二}
      III-1: {level: III, when: households >= 1000, text: 1000户以上, cite: 二}
rights:
  handle: [{who: [duty-officer, office, plumber]}]
  confirm: [{who: [director, duty-officer]}]
  close: [{who: [director, duty-officer]}]
tasks:
  phone-report:
    kind: report
    name: {zh: 电话报告, en: Phone report}
    who: duty-officer
    to: district
    due: occurred + 1h
    cite: 三
  repair:
    kind: action
    name: {zh: 组织抢修, en: Organise repairs}
    who: plumber
    due: reported + 4h
    cite: 三
  inform:
    kind: action
    name: {zh: 告知居民, en: Tell the residents}
    who: office
    word: 及时
    cite: 三
"""


def small_plan() -> LoadedPlan:
    """The small plan, read; its edition runs under the id `water-outage`."""
    return read_plan(SMALL_PLAN, name="water-outage.yaml")


def adopt_small_plan(now: datetime) -> PlanEdition:
    return editions.adopt(small_plan(), now)
