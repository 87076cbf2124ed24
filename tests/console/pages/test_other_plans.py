"""Plans that are made otherwise than that of Luohe: without levels, without a start, with work for the closing only."""

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
id: lost-things
title: {zh: 失物应急预案, en: Lost things}
edition: "3"
issuer: {zh: 市场, en: Market}
duty_post: officer
stages: [intake, assessment, closed]
posts:
  officer: {name: {zh: 失物值班员, en: Duty officer}, cite: 一}
  guard: {name: {zh: 失物保安员, en: Guard}, cite: 一}
  clerk: {name: {zh: 失物文员, en: Clerk}, cite: 一}
parties: {public: {name: {zh: 社会公众, en: The public}, cite: 一}}
types: {loss: {name: {zh: 丢失, en: Loss}, cite: 二}, theft: {name: {zh: 被盗, en: Theft}, cite: 二}}
facts:
  forced: {type: bool, ask: {zh: 锁有没有被撬？, en: Was the lock forced?}, name: {zh: 被撬, en: Forced}, cite: 二}
  rare: {type: bool, ask: {zh: 有没有贵重物品？, en: Anything of value?}, name: {zh: 贵重, en: Of value}, cite: 二}
  settled: {type: bool, ask: {zh: 查清了吗？, en: Is it cleared up?}, name: {zh: 查清, en: Cleared up}, cite: 二}
scales:
  theft-level:
    name: {zh: 盗案等级, en: Level of a theft}
    when: theft in types
    levels: [{id: small, name: {zh: 小案, en: Small}}, {id: grave, name: {zh: 大案, en: Grave}}]
    cite: 二
forms:
  look:
    name: {zh: 查看记录, en: What was seen}
    cite: 三
    fields:
      door: {name: {zh: 门的情况, en: The door}, type: text}
      window: {name: {zh: 窗的情况, en: The window}, type: text}
      desk: {name: {zh: 桌的情况, en: The desk}, type: text}
      floor: {name: {zh: 地面情况, en: The floor}, type: text}
rights:
  handle: {who: [officer, guard], cite: 一}
  confirm: {who: officer, cite: 一}
tasks:
  learn: {kind: action, name: {zh: 总结教训, en: Lessons}, who: officer, before: closed, cite: 三}
  stay: {kind: action, name: {zh: 安抚失主, en: Calm the owner}, who: officer, cite: 三}
  lock: {kind: action, name: {zh: 封闭现场, en: Close the scene}, who: officer, word: 立即, cite: 三}
  look:
    kind: record
    name: {zh: 查看现场, en: Look at the scene}
    who: officer
    form: look
    done: {that: known(form.door) and known(forced), say: {zh: 须写明门和锁的情况。, en: Say how door and lock are.}}
    cite: 三
  tell: {kind: release, name: {zh: 寻物启事, en: Notice}, who: officer, to: public, cite: 三}
  clear: {kind: decision, name: {zh: 认定查清, en: Cleared up}, who: guard, settles: settled, cite: 三}
  police: {kind: action, name: {zh: 报警, en: Call the police}, who: guard, when: forced, cite: 三}
  seal: {kind: action, name: {zh: 看守现场, en: Guard the scene}, who: guard, when: forced and rare, cite: 三}
  after: {kind: action, name: {zh: 查清以后, en: Afterwards}, who: guard, when: settled, cite: 三}
"""


@pytest.fixture
def plan(people, clock):
    loaded = read_plan(PLAN)
    assert loaded.edition is not None, loaded.findings
    editions.adopt(loaded, clock() - timedelta(days=1))
    for name, actor in (("wen", "officer"), ("pan", "guard"), ("gao", "clerk")):
        give(people[name], "lost-things", actor, clock() - timedelta(days=1))
    return loaded


@pytest.fixture
def case(plan, clock):
    opening = OpenIncident(by="officer", title="电脑不见了", types=("loss",), occurred=clock())
    return done(execute(None, opening, now=clock(), plan="lost-things"))


def room(browser, case):
    return browser.get(f"/cases/{case.number}/")


def act(browser, case, name: str, **says):
    return browser.post(f"/cases/{case.number}/do/{name}/", says, headers={"HX-Request": "true"})


# --- levels


def test_a_case_without_a_level_is_not_called_ungraded(as_, case):
    browser = as_("wen")
    for page in (room(browser, case), browser.get("/")):
        assert "电脑不见了" in text(page)
        assert "未定级" not in text(page)


def test_the_scale_of_another_type_is_not_shown_until_the_case_is_of_that_type(as_, case):
    browser = as_("wen")
    shown = text(room(browser, case))
    assert "盗案等级" not in shown
    assert "色带为级别" not in shown
    assert act(browser, case, "assess", by="officer", types="theft").status_code < 300
    shown = text(room(browser, case))
    assert "盗案等级" in shown
    assert "未定级" in shown


def test_an_incident_that_nothing_starts_offers_no_start(as_, case):
    assert 'data-act="start"' not in room(as_("wen"), case).content.decode()


# --- order


def in_order(page: str, *names: str) -> bool:
    places = [page.index(name) for name in names]
    return places == sorted(places)


def test_what_the_plan_wants_at_once_comes_first_and_what_the_closing_waits_for_last(as_, case):
    browser = as_("wen")
    shown = room(browser, case).content.decode()
    assert in_order(shown[shown.index('id="now-groups"') :], "封闭现场", "安抚失主", "总结教训")
    tasks = browser.get("/tasks/").content.decode()
    assert in_order(tasks[tasks.index('id="mine"') :], "封闭现场", "安抚失主", "总结教训")


def test_where_nothing_is_mine_the_work_of_the_others_is_shown_and_not_called_nothing(as_, case):
    clerk = as_("gao")
    assert act(as_("wen"), case, "complete", task="lock", by="officer").status_code < 300
    page = room(clerk, case)
    assert "没有正在办理的任务" not in text(page)
    assert "安抚失主" in text(page)
    assert 'id="fold-others"' not in page.content.decode()


def test_closing_stands_aside_while_work_is_open_and_says_how_much_bars_it(as_, case):
    page = room(as_("wen"), case).content.decode()
    menu = page[page.index('class="menu__list"') : page.index("</details>", page.index('class="menu__list"'))]
    assert page.count('data-act="close"') == 1
    assert "归档（尚有1项未办）" in menu


# --- intake


def test_without_levels_the_form_asks_what_most_tasks_hang_on(as_, plan):
    page = text(as_("wen").get("/intake/?plan=lost-things"))
    assert "锁有没有被撬？" in page
    assert "有没有贵重物品？" in page
    assert "查清了吗？" not in page  # a decision of the plan says it later


def test_a_first_clause_that_says_little_takes_the_next_one_into_the_title():
    from muster.console.pages.intake import title_of

    assert title_of("一位教师来电，午餐后胃痛。已离开。") == "一位教师来电，午餐后胃痛"
    assert title_of("龙城支行门口排队取款约40人，起因是网上传言。") == "龙城支行门口排队取款约40人"


# --- words


def test_what_is_published_is_published_to_the_public_and_not_reported_to_it(as_, case):
    page = text(as_("wen").get("/tasks/"))
    assert "向社会公众发布" in page
    assert "报社会公众" not in page
    assert "报给社会公众" not in page


def test_the_word_of_the_plan_is_english_in_english(as_, plan, case):
    browser = as_("wen", "en")
    for page in (room(browser, case), browser.get("/tasks/"), browser.get("/intake/?plan=lost-things")):
        assert "立即" not in text(page)
        assert "immediately" in text(page)


def test_in_its_first_minute_a_task_stands_since_just_now(as_, case, clock):
    assert "刚刚 无时限" in text(room(as_("wen"), case))
    clock.moves(minutes=2)
    assert "已过2分 无时限" in text(room(as_("wen"), case))


@pytest.mark.parametrize("kind", ["填报", "作出决定", "拟稿"])
def test_a_button_says_the_same_in_the_room_and_among_my_tasks(kind):
    from django.utils.translation import override, pgettext

    said = {"填报": "Record the report", "作出决定": "Decide", "拟稿": "Draft"}
    with override("zh-hans"):
        assert pgettext("act", said[kind]) == kind


# --- what a check asks


def test_a_field_that_a_check_reads_is_not_folded_away(as_, case):
    form = as_("wen").get(f"/cases/{case.number}/do/complete/?task=look", headers={"HX-Request": "true"})
    page = form.content.decode()
    assert page.index('name="field-door"') < page.index("act__later") < page.index('name="field-window"')


def test_a_refused_check_offers_the_question_that_nobody_has_answered(as_, case):
    answer = act(as_("wen"), case, "complete", task="look", by="officer", panel="1", **{"field-door": "完好"})
    assert answer.status_code == 422
    assert "锁有没有被撬？" in text(answer)
    assert "fact=forced" in answer.content.decode()
    assert "不能完成。" not in text(answer)


def test_a_decision_without_a_result_marks_the_field(as_, case):
    answer = act(as_("pan"), case, "decide", task="clear", by="guard", panel="1")
    assert answer.status_code == 422
    assert "请填写决定的结果。" in text(answer)


def test_whoever_came_from_his_tasks_goes_back_to_them(as_, case):
    browser = as_("wen")
    assert "/tasks/stay/?from=tasks" in browser.get("/tasks/").content.decode()
    assert 'name="next" value="/tasks/"' in browser.get(f"/cases/{case.number}/tasks/stay/?from=tasks").content.decode()
    answer = browser.post(
        f"/cases/{case.number}/do/complete/", {"task": "stay", "by": "officer", "panel": "1", "next": "/tasks/"}
    )
    assert answer.url == "/tasks/"


# --- one act, one door

ENDING = """
id: ending
title: {zh: 终止应急预案, en: Ending}
edition: "1"
issuer: {zh: 市场, en: Market}
duty_post: officer
posts:
  officer: {name: {zh: 终止值班员, en: Duty officer}, cite: 一}
  chief: {name: {zh: 终止负责人, en: Chief}, cite: 一}
types: {loss: {name: {zh: 丢失, en: Loss}, cite: 二}}
rights:
  start: {who: officer, cite: 一}
  end: {who: [officer, chief], cite: 一}
tasks:
  finish: {kind: decision, name: {zh: 决定终止, en: Decide to end}, who: officer, settles: end, when: known(started), cite: 三}
"""


def test_what_is_decided_in_the_list_has_no_second_button_in_the_head(as_, people, clock):
    loaded = read_plan(ENDING)
    assert loaded.edition is not None, loaded.findings
    editions.adopt(loaded, clock() - timedelta(days=1))
    for name, actor in (("wen", "officer"), ("gao", "chief")):
        give(people[name], "ending", actor, clock() - timedelta(days=1))
    opening = OpenIncident(by="officer", title="失火", types=("loss",), occurred=clock())
    case = done(execute(None, opening, now=clock(), plan="ending"))
    assert act(as_("wen"), case, "start", by="officer").status_code < 300
    deciding = room(as_("wen"), case).content.decode()
    assert 'data-act="decide"' in deciding
    assert 'data-act="end"' not in deciding
    assert 'data-act="end"' in room(as_("gao"), case).content.decode()  # the decision is not among his
