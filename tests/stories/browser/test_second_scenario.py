"""The second scenario of the Luohe plan, clicked through from the telephone call to the archived file.

A bank run in one county (level IV) spreads to the city (level III). One written report is missed and climbs until somebody
answers; the right to publish moves from the county to the mechanism; the handling plan is carried out only once it has been
reviewed, argued and approved; the case cannot be closed before the audit. library/plans/luohe-finance/scenarios/growing-bank-run.yaml
tells the same story to the engine alone.
"""

import re

import pytest

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

COUNTY = "@county-government"


def test_a_bank_run_that_spreads_is_carried_from_the_call_to_the_archive(town):
    the_call(town)
    the_first_hour(town)
    the_missed_report(town)
    it_spreads(town)
    the_response(town)
    the_handling_plan(town)
    the_end(town)


def the_call(town) -> None:
    """Meng of the county writes down what the bank says, and names who is concerned."""
    meng = town.sees("meng")
    meng.goto(f"{town.url}/intake/")
    meng.fill("[name=caller]", "舞阳村镇银行 值班经理")
    meng.fill("[name=place]", "舞阳县")
    meng.fill("[name=time]", "08:50")
    meng.fill("[name=summary]", "县城两家网点排队取款约120人。网点现金只够到中午。")
    meng.locator("[name=type][value=market-or-exit]").check(force=True)
    meng.locator("[name=unit-financial-regulators][value=finance-work-bureau]").check(force=True)
    if meng.locator("select[name=by]").count():
        meng.select_option("select[name=by]", "county-government")
    meng.get_by_role("button", name="登记").click()
    meng.wait_for_url(re.compile(r"/cases/"))
    town.number = re.search(r"/cases/([^/]+)/", meng.url)[1]
    assert "县城两家网点排队取款约120人" in meng.locator("h1").inner_text()

    town.does(
        "meng", "assess", fact__subject_kind="financial_institution", fact__trigger="market_turmoil",
        fact__grave_effect="true", fact__immediate_handling_needed="true", fact__people_affected="120",
        fact__origin="county", fact__impact="county", fact__county_can_handle="true",
        fact__cross_county_coordination="false", fact__sectors_affected="1",
    )  # fmt: skip
    form = town.opens("meng", "appoint")
    town.fills(form, post="concerned-departments", to="市公安局", by="county-government")
    form.locator("button.btn--main").click()
    town.is_told(town.pages["meng"])

    grade = town.room("meng").locator("#grade")
    assert "一般" in grade.locator("[data-act=confirm-level]").first.inner_text()
    town.picture(town.pages["meng"], "01-graded")


def the_first_hour(town) -> None:
    town.moves_to("09:10")
    page = town.does("meng", "confirm-level")
    page.locator("#room-head .level--big[data-level=IV]").wait_for()
    assert "研判" in page.locator("#room-head .stages [aria-current]").inner_text()

    town.moves_to("09:30")
    the_report_by_keyboard(town)
    town.moves_to("09:40")
    town.does("tang", "complete", "phone-report@finance-work-bureau")
    town.moves_to("10:10")
    town.does("tang", "complete", "written-report@finance-work-bureau", note="已送办公室和市政府")

    town.moves_to("10:12")
    town.does(
        "meng", "draft", "county-release-basic", field__stage="basic", field__text="两家网点正常营业，现金正在调运。"
    )
    town.moves_to("10:15")
    the_head_of_the_county_approves_on_the_telephone(town)
    town.moves_to("10:17")
    page = town.does("meng", "publish", "county-release-basic")
    page.locator("#rel-t-county-release-basic.is-done").wait_for()


def the_report_by_keyboard(town) -> None:
    """Nothing but keys: j to the first row of my own, Enter or c into its form, Ctrl+Enter to send."""
    page = town.room("meng")
    row = page.locator("#t-phone-report-at-county-government")
    for _press in range(60):
        page.keyboard.press("j")
        if row.evaluate("e => e === document.activeElement"):
            break
    else:
        raise AssertionError("j never came to the telephone report")
    page.keyboard.press("c")
    note = page.locator("#do-phone-report-at-county-government [name=note]")
    note.wait_for()
    for _press in range(40):
        page.keyboard.press("Tab")
        if note.evaluate("e => e === document.activeElement"):
            break
    page.keyboard.type("Reported by telephone at 09:28")
    page.keyboard.press("Control+Enter")
    town.is_told(page, "电话报告")
    page.locator("#t-phone-report-at-county-government.is-done").wait_for(state="attached")


def the_head_of_the_county_approves_on_the_telephone(town) -> None:
    """Qiao has only her telephone: my tasks, the draft, one thumb."""
    qiao = town.sees("qiao", phone=True)
    qiao.goto(f"{town.url}/tasks/")
    qiao.locator("a[href*='county-release-basic!1']").first.click()
    qiao.locator("[data-panel=approve]").wait_for()
    assert "现金正在调运" in qiao.locator("[data-panel=approve]").inner_text()
    assert qiao.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    town.picture(qiao, "02-approve-on-the-phone")
    qiao.locator("[data-panel=approve] button.btn--main").click()
    qiao.wait_for_url(re.compile(r"/cases/[^/]+/$"))
    town.is_told(qiao)
    town.picture(qiao, "03-room-on-the-phone")


def the_missed_report(town) -> None:
    """The county's written report falls due and climbs, step by step, until the office answers for it."""
    town.moves_to("10:19")
    wen = town.room("wen")
    row = wen.locator("#t-written-report-at-county-government")
    assert "is-overdue" not in row.get_attribute("class")
    town.moves_to("10:31")
    # Without reloading: the page asks by itself whether anything has changed.
    wen.locator("#t-written-report-at-county-government.is-overdue").wait_for()
    assert "县区政府分管领导" in row.inner_text()
    town.moves_to("10:51")
    row.get_by_text("协调机制办公室").first.wait_for()
    town.moves_to("10:58")
    wen = town.room("wen")
    town.button(wen, "acknowledge", "written-report" + COUNTY).click()
    town.is_told(wen)
    town.picture(wen, "04-missed-and-answered")

    town.moves_to("11:05")
    form = town.opens("meng", "complete", "written-report" + COUNTY)
    town.fills(form, reason="材料等银行核实金额")
    form.locator("button.btn--main").click()
    page = town.pages["meng"]
    town.is_told(page)
    page.goto(f"{town.url}/cases/{town.number}/")
    assert "迟45分" in page.locator("#reports").inner_text()


def it_spreads(town) -> None:
    """Neighbouring counties, two sectors: the criteria point to III, a person confirms, and the right to publish moves."""
    town.moves_to("12:50")
    town.does("meng", "draft", "county-release-findings", field__stage="findings", field__text="县里正在调运现金。")
    town.moves_to("13:00")
    town.does(
        "tang", "assess", fact__impact="city", fact__sectors_affected="2", fact__county_can_handle="false",
        fact__cross_county_coordination="true",
    )  # fmt: skip
    tang = town.room("tang")
    assert "Ⅲ级" in tang.locator("#room-head").inner_text()
    meng = town.room("meng")  # opened at level IV, and left open
    town.watching.add("meng")
    town.moves_to("13:05")
    page = town.does("tang", "confirm-level")
    page.locator("#room-head .level--big[data-level=III]").wait_for()
    note = page.locator("#now .rise").inner_text()
    assert "协调机制" in note
    assert "发布" in note
    town.picture(page, "05-level-three")
    meng.locator("#room-head .level--big[data-level=III]").wait_for()
    town.watching.clear()

    town.moves_to("13:12")
    the_county_may_no_longer_publish(town)

    town.moves_to("13:20")
    town.does("meng", "complete", "put-to-city")
    town.moves_to("13:40")
    town.does("gao", "complete", "province-report")


def the_county_may_no_longer_publish(town) -> None:
    meng = town.room("meng")
    assert not meng.locator("#t-county-release-findings [data-act=publish]").count()
    # An address that somebody kept open from before: the sentence, who may, and a way on.
    meng.goto(f"{town.url}/cases/{town.number}/do/publish/?task=county-release-findings")
    refusal = meng.locator("[data-refusal]")
    assert "协调机制" in refusal.inner_text()
    meng.fill("[data-panel=publish] [name=note]", "县政府网站")
    meng.locator("[data-panel=publish] button.btn--main").click()
    meng.locator("[data-refusal]").wait_for()
    assert "协调机制" in meng.locator("[data-refusal]").inner_text()
    assert meng.input_value("[data-panel=publish] [name=note]") == "县政府网站"
    town.picture(meng, "06-refused")


def the_response(town) -> None:
    town.moves_to("14:00")
    town.does("cheng", "decide", "city-authorisation", value="authorise_mechanism")
    town.moves_to("14:20")
    page = town.does("gao", "decide", "response-start", value="true", note="启动Ⅲ级响应")
    page.locator("#room-head .stages [aria-current]").get_by_text("处置").wait_for()
    town.moves_to("14:30")
    town.does(
        "gao", "draft", "mechanism-release-findings",
        field__stage="findings", field__text="全市网点正常兑付，请勿轻信传言。", by="mechanism",
    )  # fmt: skip
    town.moves_to("14:40")
    town.does("gao", "approve", "mechanism-release-findings!1")
    town.moves_to("14:45")
    page = town.does("gao", "publish", "mechanism-release-findings", by="mechanism")
    page.locator("#rel-t-mechanism-release-findings.is-done").wait_for()


def the_handling_plan(town) -> None:
    """Met, drafted, reviewed by law and experts, approved by the city, filed; only then carried out."""
    town.moves_to("15:00")
    town.does("gao", "complete", "members-meeting")
    town.moves_to("15:30")
    town.does(
        "gao", "draft", "handling-plan",
        field__basics="两县四网点集中取款", field__measures="调运现金\n流动性支持\n统一发布", by="mechanism",
    )  # fmt: skip
    town.moves_to("15:40")
    wen = town.room("wen")
    assert not town.button(wen, "complete", "plan-carried-out").count()
    assert "处置方案" in wen.locator("#now-folds").inner_text()
    town.moves_to("15:50")
    town.does("song", "approve", "handling-plan!1@justice-bureau")
    town.moves_to("16:00")
    town.does("tang", "approve", "handling-plan!1@expert-group")
    town.moves_to("16:30")
    town.does("cheng", "approve", "handling-plan!2")
    # With its last approval the plan is on file: nobody has to send it anywhere.
    town.room("gao").locator("#t-handling-plan.is-done").wait_for(state="attached")
    town.moves_to("17:30")
    town.does("wen", "complete", "plan-carried-out")
    town.picture(town.room("gao"), "07-plan-carried-out")


def the_end(town) -> None:
    town.moves_to("+1d 09:00")
    town.does("gao", "assess", fact__public_funds_used="true", fact__relending_approved="false")
    town.moves_to("+1d 10:00")
    town.does("gao", "decide", "end-evaluation", value="true")
    town.moves_to("+1d 10:10")
    page = town.does("gao", "decide", "end-decision", value="true", reason="兑付平稳两日，无新增网点排队")
    page.locator("#room-head .stages [aria-current]").get_by_text("善后").wait_for()
    town.moves_to("+2d 09:00")
    town.does("meng", "complete", "loss-assessment")
    town.moves_to("+2d 10:00")
    town.does("meng", "complete", "investigation")
    town.moves_to("+2d 11:00")
    town.does("fang", "complete", "agency-summaries@central-agencies")
    town.moves_to("+2d 11:30")
    town.does("tang", "complete", "agency-summaries@finance-work-bureau")
    town.moves_to("+2d 14:00")
    town.does("meng", "complete", "county-summaries@county-government")
    town.moves_to("+2d 14:30")
    town.does("lei", "complete", "county-summaries@police")
    town.moves_to("+2d 16:00")
    town.does("wen", "complete", "full-assessment")
    town.moves_to("+2d 16:30")
    town.does("wen", "complete", "archive-transfer")

    town.moves_to("+3d 09:00")
    form = town.opens("wen", "close")
    wen = town.pages["wen"]
    form.locator("button.btn--main").click()
    refusal = wen.locator("[data-refusal]")
    refusal.wait_for()
    assert "审计" in refusal.inner_text()
    assert town.case.stage != "closed"
    town.moves_to("+3d 10:00")
    town.does("zhong", "complete", "public-funds-audit", field__findings="使用合规")
    town.moves_to("+3d 11:00")
    page = town.does("wen", "close")
    page.locator("#room-head .stages [aria-current]").get_by_text("归档").wait_for()
    town.picture(page, "08-archived")
    assert town.case.is_over
    assert town.case.tasks_overdue == 0

    page.goto(f"{town.url}/cases/{town.number}/journal/?verify=1")
    assert page.locator(".note--done").count() == 1
