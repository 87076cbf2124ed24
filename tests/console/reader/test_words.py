"""A plan in words: clocks and their order, regulations beside the plan, articles in order."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation
from tests.console.reader.test_standing import PLANS

from muster.console.reader.plan import Reading
from muster.console.reader.tasks import order, pieces
from muster.engine import Program
from muster.plans import shelf
from muster.plans.reading import read_plan

# --- nothing raw


def texts(value: Any) -> Iterator[str]:
    """Every text of a value that a reader sees: not ids, and not conditions as written."""
    if isinstance(value, str):
        yield str(value)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            if field.name not in HIDDEN:
                yield from texts(getattr(value, field.name))
    elif isinstance(value, tuple):
        for each in value:
            yield from texts(each)


HIDDEN = {"id", "kind", "raw", "group", "section", "severity", "chair_id", "deputy_ids", "member_ids"}
PARTS = ("scales", "types", "forms", "guidance", "excluded", "readings", "settings", "resources", "facts")


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_raw_id_and_no_raw_condition_stands_among_the_words(plan, language):
    loaded = shelf.read_library_plan(plan)
    assert loaded.edition is not None
    with translation.override(language):
        reading = Reading(Program(loaded.edition), loaded)
        said = [each for part in PARTS for each in texts(getattr(reading, part))]
        said += [each for task in reading.tasks.values() for each in texts(task)]
        said += [each for actor in reading.people.by_id.values() for each in texts(actor)]
        said += [each for _id, name, holders in reading.rights for each in (name, *texts(holders))]
    ids = {each for each in (*loaded.edition.facts, *loaded.edition.settings, *loaded.edition.scales) if "_" in each}
    raw = re.compile(r"==|!=|>=|<=|\b[a-z0-9]+_[a-z0-9_]+\b")
    for each in said:
        assert not raw.search(each), each
        assert not ids & set(re.findall(r"\w+", each)), each


# --- clocks

HEAD = """
id: plant
title: {zh: 工厂应急预案, en: Plant}
edition: "1"
issuer: x
posts: {duty-manager: {name: 值班经理, held_by: 生产部经理}}
parties: {county: {name: 县应急局}}
"""


def test_clocks_go_from_the_shortest_number_to_no_clock_at_all():
    loaded = read_plan(
        HEAD
        + """
settings: {pause: {name: 间隔, type: duration, value: 20m}}
tasks:
  none: {kind: action, name: 无, who: duty-manager}
  day: {kind: action, name: 当日, who: duty-manager, due: end_of_day(reported)}
  hour: {kind: action, name: 一小时, who: duty-manager, due: occurred + 1h}
  word: {kind: action, name: 立即, who: duty-manager, word: 立即, since: occurred}
  setting: {kind: action, name: 按设定, who: duty-manager, due: done(hour) + pause}
  aim: {kind: action, name: 目标, who: duty-manager, aim: reported + 5m, word: 尽快, since: reported}
"""
    )
    with translation.override("zh-hans"):
        owed = Reading(Program(loaded.edition)).owed
        assert [each.id for each in owed.numbers] == ["setting", "hour", "day"]
        assert [each.limit for each in owed.numbers] == [
            "“一小时”完成后间隔（20分钟）内",
            "事发后1小时内",
            "接报当日内",
        ]
        assert [each.id for each in owed.aims] == ["aim"]
        assert [each.prompt for each in owed.words] == ["事发后立即"]
        assert [each.id for each in owed.without] == ["none"]


def test_a_regulation_that_states_the_same_duty_stands_beside_the_plan_and_its_stricter_clock_holds():
    loaded = read_plan(
        HEAD
        + """
tasks:
  tell-county: {kind: report, name: 报告县应急局, who: duty-manager, to: county, due: reported + 2h, cite: 第三条}
include:
  - pack: work-safety-accidents
    as: {accident-unit-head: duty-manager, county-safety-department: county}
    same: {ws-unit-1h: tell-county}
    only: [ws-unit-1h, ws-unit-province-1h]
""",
        packs=shelf.packs(),
    )
    with translation.override("zh-hans"):
        reading = Reading(Program(loaded.edition), loaded)
        own, of_law = reading.tasks["tell-county"], reading.tasks["ws-unit-province-1h"]
        assert own.is_stated_twice
        assert own.limit == "接报后2小时内或接报后1小时内（以较早者为准）"
        assert own.weight == 3600
        assert "生产安全事故" in own.also[0].pack
        assert "第九条" in own.also[0].cite
        assert "1小时内" in own.also[0].limit
        assert not of_law.is_stated_twice
        assert "生产安全事故" in of_law.pack


def test_a_clock_that_counts_from_the_time_before_says_so():
    loaded = read_plan(
        HEAD
        + """
tasks:
  news: {kind: report, name: 续报, who: duty-manager, to: county, word: 及时, again: {until: known(ended)},
         since: "first_known(done(news), occurred)"}
"""
    )
    with translation.override("zh-hans"):
        task = Reading(Program(loaded.edition)).tasks["news"]
        assert task.prompt == "事发（其后按上次办理）后及时"
        assert task.repeats == "可多次，直至终止响应"


# --- articles


def test_articles_go_in_the_order_of_the_paper_and_annexes_come_last():
    cites = ["附表", "第十一条", "第八条(三)7", "第八条(三)10", "第二条", "三 ⑵", "三 ⑴", "10.2", "9"]
    assert sorted(cites[:5], key=order) == ["第二条", "第八条(三)7", "第八条(三)10", "第十一条", "附表"]
    assert sorted(cites[5:7], key=order) == ["三 ⑴", "三 ⑵"]
    assert sorted(cites[7:], key=order) == ["9", "10.2"]


def test_a_citation_of_several_articles_counts_for_each_and_one_of_two_points_stays_whole():
    assert pieces("第八条(一)1、第八条(二)1") == ["第八条(一)1", "第八条(二)1"]
    assert pieces("第十一条、附表") == ["第十一条", "附表"]
    assert pieces("第八条(一)1、2") == ["第八条(一)1、2"]


@pytest.mark.parametrize("plan", PLANS)
def test_everything_that_cites_an_article_is_found_by_it(plan):
    with translation.override("zh-hans"):
        reading = Reading(Program(shelf.read_library_plan(plan).edition))
        found = {place for each in reading.articles for place, _name in each.rests}
        assert {each.anchor for each in reading.tasks.values() if each.cite.text} <= found
