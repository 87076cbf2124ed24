"""Warnings: what is in force or proposed, and the form that proposes one."""

import re

from tests.console.pages.reading import text

from muster.cases.execute import execute
from muster.cases.models import CaseRecord
from muster.cases.reads import room
from muster.engine.commands import ApproveWarning, IssueWarning, LiftWarning, ProposeWarning
from muster.testing.builders import done
from muster.testing.cast import PLAN

NOTICE = {
    "plan": PLAN,
    "by": "cbirc",
    "colour": "yellow",
    "title": "境外银行倒闭引发存款外流",
    "reason": "近两日存款净流出放大",
    "field-category": "国内外重大事件引发的金融风险",
    "field-reach": "全市法人银行机构",
    "field-harm": "存款集中流出",
    "field-advice": "备足现金，公开客服电话",
    "field-channels": "电话\n政务OA",
    "key": "one-proposal",
}
CONTENTS = {"category": "金融风险", "reach": "全市", "harm": "流出", "advice": "备足现金"}


def proposed(clock, colour="yellow"):
    command = ProposeWarning(by="cbirc", colour=colour, title="存款外流", contents=CONTENTS)
    return done(execute(None, command, now=clock(), plan=PLAN))


def test_without_a_warning_the_page_says_so_and_what_each_colour_would_add(as_):
    html = text(as_("wen").get("/warnings/"))
    assert "目前没有现行预警" in html
    assert "蓝色预警 可能发生一般事件" in html
    assert "建议 市金融工作局、人民银行漯河市中心支行、漯河银保监局" in html
    assert re.search(r"保留\d+项，另加\d+项", html)


def test_a_proposal_stands_there_until_it_is_issued_and_lifted(as_, people, clock, does):
    case = proposed(clock)
    assert "漯河银保监局建议黄色预警 待批准" in text(as_("wen").get("/warnings/"))
    clock.moves(minutes=5)
    does(case, ApproveWarning(by="mechanism"))
    assert "已批准" in text(as_("wen").get("/warnings/"))
    does(case, IssueWarning(by="mechanism-office"))
    answer = as_("wen").get("/warnings/")
    assert "预警响应" in text(answer)
    assert "09:05发布" in text(answer)
    assert 'data-level="III"><b>黄色</b>' in answer.content.decode()
    does(case, LiftWarning(by="mechanism-office", reason="危险已解除"))
    html = text(as_("wen").get("/warnings/"))
    assert "目前没有现行预警" in html
    assert "已解除" in html


def test_the_form_offers_only_the_colours_that_ones_posts_may_propose(as_):
    colours = lambda name: {each.value for each in as_(name).get("/warnings/propose/").context["colours"]}  # noqa: E731
    assert colours("yue") == {"blue", "yellow"}
    assert colours("wen") == {"orange", "red"}


def test_the_form_says_who_proposes_the_other_colours(as_):
    assert "橙色预警由协调机制办公室建议。" in text(as_("yue").get("/warnings/propose/"))


def test_whoever_cannot_propose_is_told_who_can(as_):
    answer = as_("lei").get("/warnings/propose/")
    assert answer.status_code == 403
    html = text(answer)
    assert "您的岗位不能建议预警" in html
    assert "蓝色预警 市金融工作局、人民银行漯河市中心支行、漯河银保监局" in html
    assert as_("lei").post("/warnings/propose/", NOTICE).status_code == 403
    assert not CaseRecord.objects.exists()
    assert "建议预警…" not in text(as_("lei").get("/warnings/"))


def test_the_form_asks_for_the_fields_of_the_plans_notice(as_):
    html = text(as_("yue").get("/warnings/propose/"))
    for name in ("事件类别", "可能影响范围", "可能危害程度", "警示事项"):
        assert name in html
    # The colour is chosen above, and the instant of issue is filled in by itself.
    assert 'name="field-colour"' not in as_("yue").get("/warnings/propose/").content.decode()
    assert 'name="field-issued"' not in as_("yue").get("/warnings/propose/").content.decode()


def test_what_is_sent_is_proposed_with_its_contents(as_, people, clock):
    answer = as_("yue").post("/warnings/propose/", NOTICE)
    record = CaseRecord.objects.get()
    assert answer.url == f"/cases/{record.number}/"
    found = room(people["yue"], record.number, clock())
    assert found is not None
    proposal = found.case.proposal
    assert proposal is not None
    assert (proposal.colour, proposal.by) == ("yellow", "cbirc")
    assert proposal.contents["reach"] == "全市法人银行机构"
    assert proposal.contents["channels"] == ["电话", "政务OA"]
    assert found.case.title == NOTICE["title"]


def test_a_proposal_that_is_sent_twice_is_one(as_):
    browser = as_("yue")
    assert browser.post("/warnings/propose/", NOTICE).url == browser.post("/warnings/propose/", NOTICE).url
    assert CaseRecord.objects.count() == 1


def test_without_a_colour_nothing_is_proposed_and_nothing_typed_is_lost(as_):
    answer = as_("yue").post("/warnings/propose/", {**NOTICE, "colour": ""})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "请选择颜色" in html
    assert "全市法人银行机构" in html
    assert "近两日存款净流出放大" in html
    assert not CaseRecord.objects.exists()


def test_a_colour_that_belongs_to_others_is_refused_by_name(as_):
    answer = as_("yue").post("/warnings/propose/", {**NOTICE, "colour": "red"})
    assert answer.status_code == 422
    assert "有权办理的是：协调机制办公室" in text(answer)
    assert "存款集中流出" in answer.content.decode()
