"""The command board: what runs, what is late, what waits for me."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.console.pages.reading import text

from muster.cases import state
from muster.cases.models import Heartbeat
from muster.engine.commands import Assess, ConfirmLevel, ProposeWarning
from muster.people import writes
from muster.testing.cast import PLAN

BUDGET = 12
COUNTY = {"origin": "county", "impact": "county"}


def test_an_empty_board_says_what_comes_next(as_):
    html = text(as_("wen").get("/"))
    assert "目前没有运行中的事项" in html
    assert "目前没有需要您决定的事" in html


def test_a_case_stands_there_with_its_number_its_stage_and_its_next_clock(as_, opens):
    case = opens(place="临江县城关镇")
    html = text(as_("wen").get("/"))
    assert f"{case.number} 临江县城关镇" in html
    assert "接报" in html
    assert "10:00 剩1小时" in html  # the phone report, an hour after 09:00
    assert "电话报告" in html


def test_the_next_clock_names_everybody_who_owes_it(as_, opens):
    opens(units={"financial-regulators": ("cbirc", "pboc")})
    assert "电话报告 漯河银保监局、人民银行漯河市中心支行、事发地县区政府" in text(as_("wen").get("/"))


def test_what_is_late_is_late_on_the_board_even_before_a_timekeeper_came_by(as_, opens, clock):
    opens()
    clock.moves(minutes=72)
    answer = as_("wen").get("/")
    html = text(answer)
    assert "逾期12分" in html
    assert 'class="is-late"' in answer.content.decode()
    assert 'data-overdue="2"' in answer.content.decode()  # one of the regulators, one of the county


def test_a_proposed_level_waits_for_those_who_may_confirm_it(as_, opens):
    opens(facts=COUNTY)
    assert "确认Ⅳ级（一般）" in text(as_("wen").get("/"))
    assert "确认Ⅳ级（一般）" not in text(as_("lei").get("/"))  # the police may not


def test_a_confirmed_level_waits_no_longer_and_a_rise_waits_again(as_, opens, does, clock):
    case = opens(facts=COUNTY)
    does(case, ConfirmLevel(by="mechanism-office", level="IV"))
    assert "确认Ⅳ级" not in text(as_("wen").get("/"))
    clock.moves(minutes=5)
    does(case, Assess(by="mechanism-office", facts={"impact": "city"}))
    assert "确认Ⅲ级（较大）" in text(as_("wen").get("/"))


def test_a_proposed_warning_waits_for_its_approver_and_then_for_its_issuer(as_, people, clock, does):
    from muster.cases.execute import execute
    from muster.engine.commands import ApproveWarning
    from muster.testing.builders import done

    proposed = ProposeWarning(by="cbirc", colour="yellow", title="存款外流")
    case = done(execute(None, proposed, now=clock(), plan=PLAN))
    assert "审批：黄色预警" in text(as_("gao").get("/"))  # the mechanism approves yellow
    assert "审批：黄色预警" not in text(as_("wen").get("/"))
    does(case, ApproveWarning(by="mechanism"))
    assert "发布：黄色预警" not in text(as_("gao").get("/"))
    html = text(as_("lei").get("/"))
    assert "发布：黄色预警" not in html
    assert "建议中" in html


def test_a_decision_that_waits_for_another_task_is_not_offered(as_, opens, does):
    case = opens(facts={"origin": "county", "impact": "city"})
    does(case, ConfirmLevel(by="mechanism-office", level="III"))
    assert "市政府研判并授权协调机制" in text(as_("cheng").get("/"))
    assert "决定启动应急响应" not in text(as_("gao").get("/"))


def test_a_drill_is_marked_and_counts_for_nothing(as_, opens, clock):
    opens(title="桌面推演", is_drill=True)
    clock.moves(minutes=72)
    answer = as_("wen").get("/")
    assert "【演练】桌面推演" in text(answer)
    assert 'data-overdue="0"' in answer.content.decode()


def test_a_silent_timekeeper_is_said_and_a_living_one_with_its_hour(as_, clock):
    assert "尚未开始巡查" in text(as_("wen").get("/"))
    Heartbeat.objects.create(process="a", job="timekeeper", started_at=clock(), beaten_at=clock())
    assert "正常，最近巡查09:00:00" in text(as_("wen").get("/"))
    clock.moves(minutes=9)
    assert "已停9分" in text(as_("wen").get("/"))


def test_nothing_of_another_plan_is_shown_and_it_is_said_that_something_is_hidden(as_, people, clock, opens):
    from muster.testing.builders import an_incident
    from muster.testing.plans import adopt_small_plan

    adopt_small_plan(clock())
    an_incident(clock(), title="三里河泵站停水")
    html = text(as_("wen").get("/"))
    assert "三里河泵站停水" not in html
    assert "因属于您未任职的预案而未显示：1件" in html
    writes.give(people["wen"], "water-outage", "office", clock())
    assert "三里河泵站停水" in text(as_("wen").get("/"))


def test_the_board_answers_204_until_something_changes(as_, opens, clock):
    browser = as_("wen")
    opens()
    version = browser.get("/").context["version"]
    assert browser.get("/live/", {"v": version}).status_code == 204
    clock.moves(seconds=20)
    opens(title="又一起")
    changed = browser.get("/live/", {"v": version})
    assert changed.status_code == 200
    assert "又一起" in text(changed)
    assert "<html" not in changed.content.decode()


def test_the_board_is_drawn_anew_every_minute_since_time_changes_it_too(as_, opens, clock):
    browser = as_("wen")
    opens()
    version = browser.get("/").context["version"]
    clock.moves(minutes=1)
    assert browser.get("/live/", {"v": version}).status_code == 200


@pytest.mark.parametrize("count", [1, 12])
def test_the_number_of_statements_does_not_grow_with_the_cases(as_, opens, clock, count):
    for n in range(count):
        clock.moves(seconds=1)
        opens(title=f"第{n}起")
    browser = as_("wen")
    browser.get("/")  # the plan is compiled once in the life of a process
    state.forget_all()  # but no case is in memory
    with CaptureQueriesContext(connection) as made:
        browser.get("/")
    assert len(made) <= BUDGET, [each["sql"][:90] for each in made]


def test_asking_whether_the_board_changed_takes_few_statements(as_, opens):
    browser = as_("wen")
    opens()
    version = browser.get("/").context["version"]
    with CaptureQueriesContext(connection) as made:
        assert browser.get("/live/", {"v": version}).status_code == 204
    assert len(made) <= 6, [each["sql"][:90] for each in made]


def test_what_ends_leaves_the_board(as_, opens, does, clock):
    from muster.engine.commands import Dismiss

    case = opens()
    clock.moves(minutes=3)
    does(case, Dismiss(by="mechanism-office", reason="误报"))
    assert case.number not in text(as_("wen").get("/"))


def test_a_case_opened_long_ago_shows_the_day(as_, opens, clock):
    opens(occurred=clock() - timedelta(days=2))
    assert "3月1日 09:00发生" in text(as_("wen").get("/"))


def test_where_only_late_clocks_are_left_the_longest_overdue_stands_in_the_row(as_, opens, clock):
    opens(units={"financial-regulators": ("cbirc",)})
    clock.moves(minutes=95)
    row = as_("wen").get("/").context["cases"][0]
    assert row.clock_says.startswith("电话报告")
    assert row.more == "另有3项逾期"
    assert row.clock.due_at < clock()


def test_who_commands_is_named_by_person_and_post(as_, opens, does):
    case = opens(facts=COUNTY)
    does(case, ConfirmLevel(by="mechanism-office", level="IV"))
    row = as_("wen").get("/").context["cases"][0]
    assert row.lead == "陶慧敏、孟海涛"
    assert "事发单位主要领导、县区政府分管领导" in row.lead_says
    assert "协调：乔雅琴" in row.lead_says
