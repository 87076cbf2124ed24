"""A warning's room: the ladder of colours, and who proposes, approves, issues, adjusts and lifts."""

import pytest

from muster.cases.execute import Done
from muster.engine.commands import ApproveWarning, IssueWarning, ProposeWarning

pytestmark = pytest.mark.django_db

LIVE = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "do-case"}
CONTENTS = {
    "category": "国内外重大事件引发的金融风险",
    "reach": "全市法人银行机构",
    "harm": "存款集中流出",
    "advice": "备足现金",
}


@pytest.fixture
def warning(does) -> Done:
    """A blue warning that the finance-work bureau proposes, and that nobody has approved yet."""
    said = {"by": "finance-work-bureau", "title": "境外银行倒闭引发存款外流", "reason": "存款流出较上周增加"}
    return does("tang", None, ProposeWarning(colour="blue", contents=CONTENTS, **said))


def page_of(browser, case: Done) -> str:
    return browser.get(f"/cases/{case.number}/").content.decode()


def test_the_ladder_shows_every_colour_with_who_decides_on_it_and_what_it_adds(as_, warning):
    page = page_of(as_("wen"), warning)
    ladder = page[page.index('class="ladder"') :]
    for colour in ("蓝色预警", "黄色预警", "橙色预警", "红色预警"):
        assert colour in ladder
    assert "加强值班，责任人到岗" in ladder
    assert "待批准" in ladder


def test_before_it_is_issued_a_warning_is_called_not_issued_and_not_ungraded(as_, warning):
    page = page_of(as_("wen"), warning)
    head = page[page.index('id="room-head"') : page.index('id="do-case"')]
    assert "未发布" in head
    assert "未定级" not in page


def test_only_the_office_is_offered_to_approve_a_blue_warning(as_, warning):
    assert 'data-act="approve-warning"' in page_of(as_("wen"), warning)
    assert 'data-act="approve-warning"' not in page_of(as_("xu"), warning)
    assert 'data-act="issue-warning"' not in page_of(as_("wen"), warning)


def test_a_warning_is_approved_issued_adjusted_and_lifted_by_its_forms(as_, warning):
    def presses(who: str, act: str, **fields: str) -> None:
        answer = as_(who).post(f"/cases/{warning.number}/do/{act}/", {"panel": "1", **fields}, **LIVE)
        assert answer.status_code == 200, answer.content.decode()

    presses("wen", "approve-warning", note="同意")
    presses("wen", "issue-warning")
    page = page_of(as_("wen"), warning)
    assert "现行" in page
    assert 'data-level="IV"' in page[page.index("case__facts") :]
    presses("tang", "propose", colour="yellow", reason="两家银行净流出加大")
    assert 'data-act="approve-warning"' not in page_of(as_("wen"), warning)
    presses("gao", "approve-warning")
    presses("wen", "issue-warning")
    assert 'data-level="III"' in page_of(as_("wen"), warning)
    presses("wen", "lift-warning", reason="流出已恢复正常")
    assert "已解除" in page_of(as_("wen"), warning)


def test_issuing_before_the_approval_is_refused_with_who_has_to_approve(as_, does, warning):
    does("wen", warning, ApproveWarning(by="mechanism-office"))
    does("wen", warning, IssueWarning(by="mechanism-office"))
    does("tang", warning, ProposeWarning(by="finance-work-bureau", colour="yellow", reason="加大"))
    answer = as_("wen").post(f"/cases/{warning.number}/do/issue-warning/", {"panel": "1", "note": "先发"}, **LIVE)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "市地方金融监管及风险处置协调机制" in page
    assert "先发" in page


def test_a_returned_proposal_needs_a_reason_and_keeps_what_was_typed(as_, warning):
    answer = as_("wen").post(f"/cases/{warning.number}/do/return-warning/", {"panel": "1", "reason": ""}, **LIVE)
    assert answer.status_code == 422
    assert "data-refusal" in answer.content.decode()


def test_what_the_proposal_left_open_is_filled_in_by_whoever_issues_it(as_, does):
    said = {"by": "finance-work-bureau", "title": "存款外流", "reason": "流出较上周增加"}
    thin = does("tang", None, ProposeWarning(colour="blue", contents={"category": CONTENTS["category"]}, **said))
    does("wen", thin, ApproveWarning(by="mechanism-office"))
    room = as_("wen")
    asked = room.get(f"/cases/{thin.number}/do/issue-warning/?panel=1", **LIVE).content.decode()
    assert "可能影响范围" in asked
    assert "事件类别" not in asked, "what was approved is not asked again"
    refused = room.post(f"/cases/{thin.number}/do/issue-warning/", {"panel": "1", "field-reach": "全市"}, **LIVE)
    assert refused.status_code == 422
    assert "可能危害程度" in refused.content.decode()
    rest = {f"field-{name}": value for name, value in CONTENTS.items() if name != "category"}
    assert room.post(f"/cases/{thin.number}/do/issue-warning/", {"panel": "1", **rest}, **LIVE).status_code == 200
