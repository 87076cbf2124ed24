"""The pictures: what is on them, that it fits, and that it is well-formed SVG."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from django.utils import translation
from tests.console.reader.test_standing import PLANS, situations

from muster.console.reader import standing
from muster.console.reader.chart import chart
from muster.console.reader.flow import flow
from muster.console.reader.plan import Reading
from muster.console.reader.svg import Box, Picture, Word, breadth, drawn, wrapped
from muster.engine import Program
from muster.plans import shelf
from muster.plans.reading import read_plan

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(params=["zh-hans", "en"])
def language(request):
    with translation.override(request.param):
        yield request.param


def reading(plan: str) -> Reading:
    return Reading(Program(shelf.read_library_plan(plan).edition))


def assert_drawn_well(picture: Picture) -> None:
    boxes = picture.boxes
    for box in boxes:
        assert box.x >= 0, box.key
        assert box.x + box.width <= picture.width + 0.5, box.key
        assert box.y >= 0
        assert box.y + box.height <= picture.height + 0.5, box.key
        for word in box.words:
            assert box.y < word.y < box.y + box.height, (box.key, word.text)
            assert breadth(word.text) <= box.width, (box.key, word.text)
    for n, one in enumerate(boxes):
        for other in boxes[n + 1 :]:
            assert (
                one.x + one.width <= other.x + 0.5
                or other.x + other.width <= one.x + 0.5
                or one.y + one.height <= other.y + 0.5
                or other.y + other.height <= one.y + 0.5
            ), (one.key, other.key)


@pytest.mark.parametrize("plan", PLANS)
def test_a_response_shows_every_task_that_stands_once_and_no_other(plan, language):
    plan_read = reading(plan)
    for supposed in situations(plan_read.program):
        stands = [each.task.id for each in standing.standing(plan_read.program, supposed)]
        picture = flow(plan_read.response(supposed))
        if picture is None:
            assert not stands
            continue
        assert sorted(each.key for each in picture.boxes) == sorted(stands)
        assert_drawn_well(picture)


@pytest.mark.parametrize("plan", PLANS)
def test_what_follows_stands_to_the_right_of_or_below_what_it_follows(plan):
    with translation.override("zh-hans"):
        plan_read = reading(plan)
        for supposed in situations(plan_read.program):
            response = plan_read.response(supposed)
            picture = flow(response)
            boxes = {each.key: each for each in picture.boxes} if picture is not None else {}
            for lane in response.lanes:
                inside = {each.task.id for each in lane.tasks}
                for each in lane.tasks:
                    for one in each.task.after:
                        if one.id in inside:
                            earlier, later = boxes[one.id], boxes[each.task.id]
                            assert later.x > earlier.x or later.y >= earlier.y + earlier.height


@pytest.mark.parametrize("plan", PLANS)
def test_the_organisation_shows_everybody_once(plan, language):
    plan_read = reading(plan)
    picture = chart(plan_read.people)
    assert picture is not None
    shown = [each.key for each in picture.boxes if each.key]
    assert sorted(shown) == sorted(plan_read.edition.actors)
    assert_drawn_well(picture)


def test_each_card_says_who_by_when_to_whom_whose_approval_and_what_is_still_open():
    loaded = read_plan(
        """
id: exchange
title: t
edition: "1"
issuer: x
posts: {clerk: {name: 值班员}, chief: {name: 组长}}
parties: {traders: {name: 全体交易商}}
facts: {long: {name: 故障超过半小时, type: bool}}
forms: {statement: {name: 公告, fields: {body: {name: 正文, type: longtext}}}}
rights: {publish: {who: chief}}
tasks:
  tell: {kind: release, name: 告知交易商, who: clerk, to: traders, form: statement, approve: chief, when: long,
         due: occurred + 30m, cite: 第八条}
  close: {kind: decision, name: 决定提前闭市, who: chief, after: tell}
"""
    )
    with translation.override("zh-hans"):
        plan_read = Reading(Program(loaded.edition))
        picture = flow(plan_read.response(standing.situation(plan_read.program)))
        assert picture is not None
        tell, close = picture.boxes
        assert [each.text for each in tell.words] == [
            "发布", "告知交易商", "值班员", "→ 全体交易商", "事发后30分钟内", "审批：组长", "条件：故障超过半小时", "第八条",
        ]  # fmt: skip
        assert "box--release" in tell.look
        assert "box--open" in tell.look
        assert close.is_gate
        assert "box--open" not in close.look
        assert close.x > tell.x
        assert len(picture.wires) == 1


@pytest.mark.parametrize("alone", [True, False])
def test_a_picture_is_well_formed_and_names_itself_for_those_who_do_not_see_it(alone):
    picture = Picture("响应 <&>", "说明 \"'", "flow", height=40)
    words = (Word(4, 16, "<script>&", "tb"),)
    picture.boxes.append(Box(2, 2, 90, 30, "box", "a", "题<&>", "#task-a", words, is_gate=True))
    text = drawn(picture, alone=alone)
    root = ElementTree.fromstring(text)
    space = SVG if alone else ""
    assert root.find(f"{space}title").text == "响应 <&>"
    assert root.find(f"{space}desc").text == "说明 \"'"
    assert root.get("role") == "img"
    assert root.get("aria-labelledby").split() == [root[0].get("id"), root[1].get("id")]
    assert [each.text for each in root.iter(f"{space}text")] == ["<script>&"]
    assert (root.find(f"{space}a") is None) == alone


def test_text_is_wrapped_at_words_and_the_last_line_says_that_more_is_missing():
    assert wrapped("Report the outcome to the superior authority", 120, 3) == [
        "Report the outcome", "to the superior", "authority",
    ]  # fmt: skip
    lines = wrapped("向上级主管部门和区政府办公室报告事件处置情况", 96, 2)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert all(breadth(each) <= 96 for each in lines)
    assert wrapped("", 100, 2) == []
