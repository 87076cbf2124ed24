"""Papers: drafts, approvals in order, what voids them, publishing."""

from __future__ import annotations

from collections.abc import Callable

from muster.engine import Program
from muster.engine.commands import Acknowledge, Approve, Assess, Complete, ConfirmLevel, Draft, Publish, Return, Send
from muster.testing.story import Story

SUMMARY = {"summary": "08:40 起交易中断"}


def phoned(story: Story) -> Story:
    story.does(Complete(by="duty-office", task="phone-report"))
    story.does(Complete(by="technology-dept", task="phone-report"))
    return story


def test_a_report_that_needs_approval_cannot_be_sent_without(accident: Story) -> None:
    phoned(accident)
    assert accident.is_refused(Send(by="duty-office", task="written-report")).code == "paper.no-draft"
    accident.does(Draft(by="duty-office", task="written-report", fields=SUMMARY))
    refusal = accident.is_refused(Send(by="duty-office", task="written-report"))
    assert refusal.code == "paper.not-approved"
    assert "总经理" in refusal.say("zh")
    assert accident.is_refused(Approve(by="duty-office", task="written-report")).code == "paper.not-approver"
    accident.does(Approve(by="director", task="written-report"))
    accident.does(Send(by="duty-office", task="written-report"))
    assert accident.task("written-report").fields["summary"] == SUMMARY["summary"]
    assert accident.task("written-report").to == ("county-government",)


def test_a_changed_paper_voids_its_approvals(accident: Story) -> None:
    phoned(accident)
    accident.does(Draft(by="duty-office", task="written-report", fields=SUMMARY))
    accident.does(Approve(by="director", task="written-report"))
    accident.does(Draft(by="duty-office", task="written-report", fields={"summary": "更正：08:35 起"}))
    assert accident.is_refused(Send(by="duty-office", task="written-report")).code == "paper.not-approved"
    old = accident.events[0]
    assert accident.is_refused(Approve(by="director", task="written-report", digest="0" * 64)).code == "paper.changed"
    assert old is accident.events[0]


def test_a_returned_draft_starts_again(accident: Story) -> None:
    phoned(accident)
    accident.does(Draft(by="duty-office", task="written-report", fields=SUMMARY))
    assert accident.is_refused(Return(by="director", task="written-report")).code == "reason.missing"
    accident.does(Return(by="director", task="written-report", reason="写明影响范围"))
    assert accident.is_refused(Approve(by="director", task="written-report")).code == "paper.no-draft"
    accident.does(Draft(by="duty-office", task="written-report", fields=SUMMARY))
    accident.does(Approve(by="director", task="written-report"))


def test_approvals_come_in_the_plan_s_order_each_with_his_own_clock(accident: Story) -> None:
    accident.moves_to("09:10")
    accident.does(Draft(by="settlement-dept", task="tell-traders", fields={}))
    first = accident.task("tell-traders!1")
    assert accident.clock(first.due_at) == "03-05 09:00"
    assert accident.is_refused(Publish(by="settlement-dept", task="tell-traders")).code == "right.not-yours"
    accident.does(Approve(by="risk-director", task="tell-traders"))
    assert "tell-traders!2" in accident.live
    accident.does(Approve(by="director", task="tell-traders"))
    assert "tell-traders!2" in accident.done


def test_publishing_needs_the_right_at_this_level(program_with: Callable[..., Program]) -> None:
    program = program_with(
        {
            "publish: {who: leading-group}": "publish: [{who: settlement-dept, when: level == IV}, {who: leading-group, when: level >= III}]"
        }
    )
    story = Story(program, starts="2026-03-05 09:00")
    story.does(_opening(story))
    story.moves_to("09:12")
    story.does(Draft(by="settlement-dept", task="tell-traders", fields={}))
    story.does(Approve(by="risk-director", task="tell-traders"))
    story.does(Approve(by="director", task="tell-traders"))
    assert story.is_refused(Publish(by="settlement-dept", task="tell-traders")).code == "right.nobody"
    story.does(Assess(by="duty-office", facts={"affected_area": "city"}))
    story.does(ConfirmLevel(by="leading-group", level="III"))
    refusal = story.is_refused(Publish(by="settlement-dept", task="tell-traders"))
    assert refusal.code == "right.not-yours"
    assert "领导小组" in refusal.say("zh")


def _opening(story: Story):
    from muster.engine.commands import OpenIncident

    return OpenIncident(
        by="duty-office", title="中断", types=("trading-accident",), occurred=story.at("08:40"),
        facts={"trading_interrupted": True},
    )  # fmt: skip


def test_an_addressee_confirms_receipt(accident: Story) -> None:
    accident.does(Complete(by="duty-office", task="phone-report"))
    accident.does(Acknowledge(by="county-government", task="phone-report@duty-office"))
    assert "county-government" in accident.task("phone-report@duty-office").received
    assert (
        accident.is_refused(Acknowledge(by="settlement-dept", task="phone-report@duty-office")).code == "task.not-yours"
    )


def test_a_returned_text_that_comes_again_unchanged_is_approved_anew(accident: Story) -> None:
    phoned(accident)
    accident.does(Draft(by="duty-office", task="written-report", fields=SUMMARY))
    accident.does(Approve(by="director", task="written-report"))
    accident.moves_to("09:05")
    accident.does(Draft(by="duty-office", task="written-report", fields=SUMMARY))
    assert accident.is_refused(Send(by="duty-office", task="written-report")).code == "paper.not-approved"
    accident.does(Approve(by="director", task="written-report"))
    accident.does(Send(by="duty-office", task="written-report"))
