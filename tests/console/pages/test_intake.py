"""Intake: what was said on the telephone becomes a case, and before that one sees what it would start."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.console.pages.reading import text

from muster.cases.models import CaseRecord
from muster.cases.reads import room
from muster.people import writes
from muster.testing.cast import PLAN

CALL = {
    "plan": PLAN,
    "sent": "1",
    "by": "mechanism-office",
    "caller": "漯河银保监局　马丽",
    "telephone": "0395-0000-206",
    "type": ["market-or-exit"],
    "place": "郾城区龙城镇",
    "when": "30",
    "summary": "龙城支行门口排队取款约40人，起因是网上传言，秩序尚好。",
    "fact-origin": "county",
    "fact-impact": "county",
    "fact-county_can_handle": "unknown",
    "unit-financial-regulators": ["cbirc"],
    "key": "one-call",
}


def case_of(people, clock):
    record = CaseRecord.objects.get()
    found = room(people["wen"], record.number, clock())
    assert found is not None
    return found.case


def test_a_call_becomes_a_case_with_everything_that_was_said(as_, people, clock):
    answer = as_("wen").post("/intake/", CALL)
    assert answer.status_code == 302
    case = case_of(people, clock)
    assert answer.url == f"/cases/{CaseRecord.objects.get().number}/"
    assert case.title == "龙城支行门口排队取款约40人"
    assert case.summary == CALL["summary"]
    assert case.place == "郾城区龙城镇"
    assert case.types == ("market-or-exit",)
    assert case.source == "漯河银保监局　马丽　0395-0000-206"
    assert case.facts == {"origin": "county", "impact": "county"}  # 不清楚 is no answer that the case keeps
    assert case.units == {"financial-regulators": ("cbirc",)}
    assert (clock() - case.instants["occurred"]).total_seconds() == 30 * 60
    assert case.opened_by == "mechanism-office"


def test_the_room_says_that_it_is_registered_and_lets_the_draft_go(as_):
    browser = as_("wen")
    answer = browser.post("/intake/", CALL, follow=True)
    assert "已登记，编号2026-0303-01。" in text(answer)
    assert 'data-clears-draft="intake"' in answer.content.decode()


def test_htmx_is_told_where_to_go(as_):
    answer = as_("wen").post("/intake/", CALL, headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"] == "/cases/2026-0303-01/"


def test_a_call_that_is_sent_twice_is_one_case(as_):
    browser = as_("wen")
    first, again = browser.post("/intake/", CALL), browser.post("/intake/", CALL)
    assert first.url == again.url
    assert CaseRecord.objects.count() == 1


def test_without_a_sentence_nothing_is_registered_and_nothing_typed_is_lost(as_):
    answer = as_("wen").post("/intake/", {**CALL, "summary": "  "})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "请用一句话写明发生了什么" in html
    assert not CaseRecord.objects.exists()
    for typed in ("漯河银保监局　马丽", "0395-0000-206", "郾城区龙城镇"):
        assert f'value="{typed}"' in html
    assert re.search(r'name="type" value="market-or-exit" checked', html)
    assert re.search(r'name="when" value="30" checked', html)
    assert re.search(r'name="fact-origin" value="county" checked', html)
    assert re.search(r'name="fact-county_can_handle" value="unknown" checked', html)
    assert re.search(r'name="unit-financial-regulators" value="cbirc" checked', html)


@pytest.mark.parametrize("time", ["99:99", "昨天", "25:00", "2026-02-30 10:00"])
def test_a_time_that_cannot_be_read_is_said_beside_its_field(as_, time):
    answer = as_("wen").post("/intake/", {**CALL, "time": time})
    assert answer.status_code == 422
    assert "请填时间，如13:40" in text(answer)
    assert f'value="{time}"' in answer.content.decode()


def test_what_the_engine_refuses_comes_back_with_its_sentence(as_):
    answer = as_("wen").post("/intake/", {**CALL, "time": "2026-03-03 23:50"})
    assert answer.status_code == 422
    assert "发生时间不能晚于现在" in text(answer)
    assert "2026-03-03 23:50" in answer.content.decode()
    assert not CaseRecord.objects.exists()


def test_a_time_alone_is_the_latest_that_is_not_ahead(as_, people, clock):
    as_("wen").post("/intake/", {**CALL, "time": "23：40"})  # it is nine in the morning: last night
    assert case_of(people, clock).instants["occurred"].isoformat().startswith("2026-03-02T23:40")


def test_a_time_that_was_typed_counts_before_a_chip(as_, people, clock):
    as_("wen").post("/intake/", {**CALL, "time": "08:15"})
    assert case_of(people, clock).instants["occurred"].isoformat().startswith("2026-03-03T08:15")


def test_not_known_is_an_answer_to_when(as_, people, clock):
    as_("wen").post("/intake/", {**CALL, "when": "unknown"})
    assert "occurred" not in case_of(people, clock).instants


def test_nobody_reports_in_the_name_of_a_post_they_do_not_hold(as_, people, clock):
    as_("wen").post("/intake/", {**CALL, "by": "city-head"})
    assert case_of(people, clock).opened_by == "mechanism-office"


def test_whoever_holds_several_posts_chooses_among_them(as_):
    html = as_("tang").get("/intake/").content.decode()
    assert re.search(r'<select[^>]*name="by"', html)
    assert not re.search(r'<select[^>]*name="by"', as_("wen").get("/intake/").content.decode())


def test_a_plan_of_which_one_holds_nothing_cannot_be_used(as_, people, clock):
    from muster.testing.plans import adopt_small_plan

    adopt_small_plan(clock())
    as_("wen").post("/intake/", {**CALL, "plan": "water-outage"})
    assert not CaseRecord.objects.exists()


def test_with_posts_in_two_plans_one_chooses_the_plan(as_, people, clock):
    from muster.testing.plans import adopt_small_plan

    adopt_small_plan(clock())
    writes.give(people["wen"], "water-outage", "duty-officer", clock())
    browser = as_("wen")
    assert "停水应急预案" in text(browser.get("/intake/"))
    browser.post(
        "/intake/",
        {"plan": "water-outage", "sent": "1", "by": "duty-officer", "summary": "停水", "fact-households": "1200"},
    )
    record = CaseRecord.objects.get()
    assert (record.plan, record.proposed) == ("water-outage", "III")


def test_a_number_that_is_none_is_refused_beside_its_question(as_, people, clock):
    from muster.testing.plans import adopt_small_plan

    adopt_small_plan(clock())
    writes.give(people["wen"], "water-outage", "duty-officer", clock())
    answer = as_("wen").post(
        "/intake/", {"plan": "water-outage", "sent": "1", "summary": "停水", "fact-households": "约三百"}
    )
    assert answer.status_code == 422
    assert "请填整数" in text(answer)
    assert "约三百" in answer.content.decode()


def test_a_drill_is_registered_as_a_drill(as_):
    as_("wen").post("/intake/", {**CALL, "drill": "on"})
    assert CaseRecord.objects.get().is_drill


# --- what registering would start


def test_one_sees_the_clocks_before_anything_is_stored(as_):
    answer = as_("wen").post("/intake/next/", CALL)
    html = text(answer)
    assert "09:30 剩30分 电话报告 漯河银保监局、事发地县区政府" in html
    assert "10:00 剩1小时 书面报告" in html
    assert not CaseRecord.objects.exists()


def test_the_clocks_move_with_the_time_that_is_typed(as_):
    assert "09:15 剩15分 电话报告" in text(as_("wen").post("/intake/next/", {**CALL, "time": "8:15"}))


def test_without_a_time_the_clocks_say_that_their_start_is_not_known(as_):
    assert "起算时刻未知 电话报告" in text(as_("wen").post("/intake/next/", {**CALL, "when": "unknown"}))


def test_one_sees_the_level_that_would_be_proposed_why_and_what_is_still_open(as_):
    html = text(as_("wen").post("/intake/next/", CALL))
    assert "Ⅳ级 一般" in html
    assert "将作为建议级别" in html
    assert "还差" in html


def test_before_anything_is_answered_every_level_is_possible(as_):
    html = text(as_("wen").get("/intake/"))
    assert "可能为" in html
    assert "最先在多大范围内发生？" in html


def test_the_dry_run_is_what_registering_then_does(as_, people, clock):
    browser = as_("wen")
    steps = browser.post("/intake/next/", CALL).context["clocks"]
    browser.post("/intake/", CALL)
    case = case_of(people, clock)
    due = {task.due_at for task in case.tasks.values() if task.due_at is not None}
    assert {step.clock.due_at for step in steps} == due


def test_the_dry_run_says_what_would_be_refused(as_):
    assert "发生时间不能晚于现在" in text(as_("wen").post("/intake/next/", {**CALL, "time": "2026-03-03 23:50"}))


def test_a_case_of_the_same_place_is_shown_as_perhaps_the_same(as_, opens, clock):
    case = opens(place="郾城区 龙城镇")
    clock.moves(minutes=10)
    html = text(as_("wen").post("/intake/next/", CALL))
    assert case.number in html
    assert "地点相近、10分前接报" in html


def test_cases_of_another_place_and_type_are_not(as_, opens):
    case = opens(place="舞阳县", types=("illegal-finance",))
    assert case.number not in text(as_("wen").post("/intake/next/", CALL))


def test_an_old_case_is_not_taken_for_the_same(as_, opens, clock):
    case = opens(place="郾城区龙城镇")
    clock.moves(days=15)
    assert case.number not in text(as_("wen").post("/intake/next/", CALL))


def test_the_form_takes_a_fixed_number_of_statements(as_, opens, clock):
    browser = as_("wen")
    browser.get("/intake/")
    counts = []
    for _ in range(2):
        for n in range(5):
            clock.moves(seconds=1)
            opens(title=f"第{n}起", place=f"地点{n}")
        with CaptureQueriesContext(connection) as made:
            browser.post("/intake/next/", CALL)
        counts.append(len(made))
    assert counts[0] == counts[1] <= 12
