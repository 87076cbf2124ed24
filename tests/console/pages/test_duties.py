"""Standing duties in the browser: what is owed this week and by whom, what is late, what was never done."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from muster.cases.timekeeper import tick_due
from muster.duties.models import Occurrence
from muster.duties.writes import open_due
from muster.engine.commands import Complete
from muster.testing.builders import does as does_to
from muster.testing.cast import PLAN


@pytest.fixture
def passes(people, clock):
    """`passes(days=100)` lets time pass, with the timekeeper at its work."""

    def moves(**by: float):
        now = clock.moves(**by)
        while open_due(now):
            pass
        while tick_due(now).ticked:
            pass
        return now

    return moves


def text_of(answer) -> str:
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def section(answer, id_: str) -> str:
    found = re.search(rf'<section[^>]*id="{id_}".*?</section>', answer.content.decode(), re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[0])) if found else ""


def test_the_page_names_every_duty_of_the_plan_with_whose_it_is(as_, passes):
    passes(minutes=1)
    page = as_("wen").get(reverse("duties"))
    recurring, others = section(page, "all"), section(page, "owned")
    assert "专题培训" in recurring
    assert "每年" in recurring
    assert "每2年" in recurring
    assert "人民银行漯河市中心支行（方晓舟）" in recurring
    assert "按需调整成员单位" in others
    assert "总召集人（高景明）" in others


def test_what_falls_due_within_the_week_stands_under_this_week(as_, passes, clock):
    passes(minutes=1)
    browser = as_("wen")
    assert "风险排查和整改" not in section(browser.get(reverse("duties")), "week")
    # The plan came into force thirty days before the third of March: the first quarter ends on the first of May.
    passes(days=57)
    assert "风险排查和整改" in section(browser.get(reverse("duties")), "week")


def test_the_late_stands_first_with_those_who_have_not_done_their_part(as_, passes, clock):
    now = passes(minutes=1)
    case = Occurrence.objects.get(task="risk-sweep").case_id
    does_to(case, Complete(by="pboc", task="risk-sweep@pboc", note="已办"), now)
    passes(days=62)
    late = section(as_("wen").get(reverse("duties")), "overdue")
    assert "风险排查和整改" in late
    assert "4项中1项完成" in late
    assert "漯河银保监局（岳文斌）" in late
    assert "方晓舟" not in late.split("向办公室")[0]


def test_what_was_never_done_is_named_with_its_instant_and_by_whom(as_, passes):
    passes(minutes=1)
    passes(days=62)
    passes(days=93)
    page = as_("wen").get(reverse("duties"))
    missed = section(page, "missed")
    assert "均未顺延到其他日期" in missed
    assert "应于5月1日 00:00前完成" in missed
    assert "人民银行漯河市中心支行（方晓舟）、漯河银保监局（岳文斌）" in missed
    history = as_("wen").get(reverse("duty", args=[PLAN, "periodic-risk-report"]))
    assert [state for state in ("漏办", "逾期", "办理中") if state in text_of(history)] == ["漏办", "逾期", "办理中"]


def test_the_history_says_when_it_was_done_by_whom_and_where_the_evidence_is(as_, passes):
    now = passes(minutes=1)
    row = Occurrence.objects.get(task="periodic-risk-report")
    does_to(row.case_id, Complete(by="pboc", task="periodic-risk-report@pboc"), now)
    late = passes(days=65)
    does_to(row.case_id, Complete(by="cbirc", task="periodic-risk-report@cbirc"), late)
    page = text_of(as_("wen").get(reverse("duty", args=[PLAN, "periodic-risk-report"])))
    assert row.case.number in page
    assert "人民银行漯河市中心支行、漯河银保监局" in page
    assert "其中逾期1次" in page


def test_somebody_opens_what_is_theirs_and_nobody_else_may(as_, passes):
    passes(minutes=1)
    address = reverse("duty-open", args=[PLAN, "analysis-meeting"])
    tang = as_("tang")
    assert "开展一次" in text_of(tang.get(reverse("duty", args=[PLAN, "analysis-meeting"])))
    answer = tang.post(address, {"title": "三季度分析会", "key": "1", "by": "finance-work-bureau"})
    assert answer.status_code == 302
    assert tang.post(address, {"title": "三季度分析会", "key": "1", "by": "finance-work-bureau"}).url == answer.url
    row = Occurrence.objects.get(task="analysis-meeting")
    assert row.case.title == "三季度分析会"
    wen = as_("wen")
    assert "开展一次" not in text_of(wen.get(reverse("duty", args=[PLAN, "analysis-meeting"])))
    refused = wen.post(address, {"title": "不该有的会", "key": "2"})
    assert refused.status_code == 422
    assert "不能代为开启" in refused.content.decode()


def test_what_opens_by_itself_is_not_opened_by_hand(as_, passes):
    passes(minutes=1)
    refused = as_("yue").post(reverse("duty-open", args=[PLAN, "risk-sweep"]), {"by": "cbirc"})
    assert refused.status_code == 422
    assert "到时自动开启" in refused.content.decode()


def test_a_hazard_is_registered_and_stands_on_the_page(as_, passes):
    passes(minutes=1)
    wen = as_("wen")
    empty = wen.post(reverse("hazard"), {"plan": PLAN, "title": "", "summary": ""})
    assert empty.status_code == 422
    assert "请至少填写一句话" in empty.content.decode()
    typed = {"plan": PLAN, "title": "短信平台备用线路不通", "summary": "群发无回执", "key": "1"}
    assert wen.post(reverse("hazard"), typed).status_code == 302
    assert wen.post(reverse("hazard"), typed).status_code == 302  # sent twice, registered once
    shown = section(wen.get(reverse("duties")), "hazards")
    assert shown.count("短信平台备用线路不通") == 1


def test_the_people_that_the_plan_wants_for_key_posts_are_counted(as_, passes):
    people = section(as_("wen").get(reverse("duties")), "people")
    assert "要害岗位备用人员" in people
    assert "应有2人以上，现有0人" in people


def test_the_board_is_about_what_happens_not_about_duties(as_, passes, opens):
    passes(minutes=1)
    opens(title="县城两家网点排队取款")
    page = as_("wen").get(reverse("board"))
    assert "县城两家网点排队取款" in page.content.decode()
    assert "风险排查和整改" not in section(page, "running")
    version = re.search(r'name="v" value="([^"]+)"', page.content.decode())[1]
    assert as_("wen").get(reverse("board-live"), {"v": version}).status_code == 204


def test_a_duty_that_does_not_exist_or_is_not_mine_is_not_found(as_, passes):
    passes(minutes=1)
    wen = as_("wen")
    for address in (
        ["luohe-finance", "no-such-duty"],
        ["another-plan", "risk-sweep"],
        ["luohe-finance", "phone-report"],
    ):
        assert wen.get(reverse("duty", args=address)).status_code == 404
    number = Occurrence.objects.get(task="risk-sweep").case.number
    assert wen.get(reverse("duty-register", args=[PLAN, "risk-sweep", number])).status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_are_drawn_in_both_languages(as_, passes, language):
    passes(minutes=1)
    passes(days=155)
    browser = as_("tang", language)
    pages = [reverse("duties"), reverse("duty", args=[PLAN, "risk-sweep"]), reverse("duty", args=[PLAN, "macro-study"]),
             reverse("hazard")]  # fmt: skip
    for address in pages:
        said = text_of(browser.get(address))
        assert ("Standing duties" in said) == (language == "en")


def test_after_a_year_the_page_still_takes_as_few_statements(as_, passes, django_assert_max_num_queries):
    for days in (100, 700):
        passes(days=days)
        with django_assert_max_num_queries(40):
            assert as_("wen").get(reverse("duties")).status_code == 200


def test_periods_that_ran_while_nothing_did_say_so(as_, passes, clock):
    passes(days=1)
    row = Occurrence.objects.get(task="forecast")
    Occurrence.objects.create(
        plan=PLAN, task="forecast", begins_at=row.begins_at - timedelta(days=365), due_at=row.begins_at, case=None
    )
    assert "到期时系统未运行，未开启" in section(as_("wen").get(reverse("duties")), "missed")


def test_what_an_incident_wants_now_stands_before_a_duty_of_some_day(as_, passes, opens):
    passes(minutes=1)
    opens(facts={"origin": "county", "impact": "city"})
    open_now = text_of(as_("meng").get(reverse("tasks"))).split("尚未开放")[0]
    assert open_now.rindex("县城两家网点排队取款") < open_now.index("专题培训")
    passes(days=50)  # the risk checks of the quarter are due within a week
    said = text_of(as_("meng").get(reverse("tasks")))
    assert said.index("风险排查和整改") < said.index("专题培训")
