"""From forms to commands: every act that a page offers, what its form asks, and the command that it becomes.

An act never judges. Its `wish` is the emptiest form of the command, with which `Scene.judge` asks the engine whether the
act is this person's; `read` makes the command of what was typed. What the engine refuses, the page shows with its words.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from muster.console.forms.fields import (
    ANY_REASON,
    Act,
    Ask,
    Target,
    asks,
    note_field,
    nothing,
    reason_field,
    said,
    simple,
)
from muster.console.forms.on_case import (
    ask_appoint,
    ask_direct,
    ask_facts,
    ask_handover,
    ask_instants,
    ask_jot,
    ask_level,
    ask_measure,
    ask_merge,
    ask_register,
    ask_seal,
    ask_withdraw,
    read_appoint,
    read_direct,
    read_facts,
    read_instants,
    read_jot,
    read_level,
    read_measure,
    read_merge,
    read_register,
    read_withdraw,
    wish_appoint,
    wish_assess,
    wish_correct,
    wish_direct,
    wish_jot,
    wish_level,
    wish_measure,
    wish_merge,
    wish_register,
    wish_withdraw,
)
from muster.console.forms.on_task import (
    _acknowledge_of_report,
    ask_agree,
    ask_arrive,
    ask_complete,
    ask_decide,
    ask_draft,
    ask_publish,
    ask_send,
    ask_sign,
    read_agree,
    read_approve,
    read_arrive,
    read_complete,
    read_decide,
    read_draft,
    read_publish,
    read_send,
    read_sign,
    step_act,
    task_act,
    task_words,
    wish_acknowledge,
    wish_agree,
    wish_arrive,
    wish_complete,
    wish_decide,
    wish_draft,
    wish_name,
    wish_publish,
    wish_send,
    wish_sign,
    wish_take,
)
from muster.console.forms.on_warning import (
    ask_issue,
    ask_propose,
    read_issue,
    read_propose,
    wish_propose,
)
from muster.console.room.scene import Judged
from muster.engine import commands as c
from muster.engine.state import Status
from muster.plans.model import TaskKind

_start, _read_start = simple(c.StartResponse, note="note")
_end, _read_end = simple(c.EndResponse, reason="reason")
_review, _read_review = simple(c.BeginReview, note="note")
_close, _read_close = simple(c.CloseCase, note="note")
_reopen, _read_reopen = simple(c.ReopenCase, reason="reason")
_dismiss, _read_dismiss = simple(c.Dismiss, reason="reason")
_hand_over, _read_hand_over = simple(c.HandOver, to="to", reason="reason")
_seal, _read_seal = simple(c.Seal, reference="reference")
_ok_warning, _read_ok_warning = simple(c.ApproveWarning, note="note")
_back_warning, _read_back_warning = simple(c.ReturnWarning, reason="reason")
_issue = simple(c.IssueWarning, note="note")[0]
_lift, _read_lift = simple(c.LiftWarning, reason="reason")


_NOTE: Ask = asks(note_field)
_REASON: Ask = asks(reason_field)
_GROUNDS: Ask = lambda target, typed, errors: [reason_field(typed, errors, _("Grounds"))]  # noqa: E731

ACTS: Mapping[str, Act] = {
    act.name: act
    for act in (
        # the case as a whole
        Act("assess", lambda: pgettext("act", "Update the facts"), wish_assess, ask_facts, read_facts),
        Act("jot", lambda: pgettext("act", "Jot down"), wish_jot, ask_jot, read_jot),
        Act("direct", lambda: pgettext("act", "Instruct or chase"), wish_direct, ask_direct, read_direct),
        Act("confirm-level", lambda: pgettext("act", "Confirm the level"), wish_level, ask_level, read_level),
        Act("start", lambda: pgettext("act", "Start the response"), _start, _NOTE, _read_start),
        Act("end", lambda: pgettext("act", "End the response"), _end, _GROUNDS, _read_end, is_grave=True),
        Act("review", lambda: pgettext("act", "Begin the review"), _review, _NOTE, _read_review),
        Act("close", lambda: pgettext("act", "Close the case"), _close, _NOTE, _read_close, is_grave=True),
        Act("reopen", lambda: pgettext("act", "Reopen"), _reopen, _REASON, _read_reopen),
        Act("correct", lambda: pgettext("act", "Correct a time"), wish_correct, ask_instants, read_instants),
        Act("add-task", lambda: pgettext("act", "Add a measure"), wish_measure, ask_measure, read_measure),
        Act("appoint", lambda: pgettext("act", "Name units and posts"), wish_appoint, ask_appoint, read_appoint),
        Act("register", lambda: pgettext("act", "Register a party"), wish_register, ask_register, read_register),
        Act("withdraw", lambda: pgettext("act", "Withdraw a registration"), wish_withdraw, ask_withdraw, read_withdraw),
        Act("hand-over", lambda: pgettext("act", "Hand over"), _hand_over, ask_handover, _read_hand_over, is_grave=True),
        Act("merge", lambda: pgettext("act", "Merge into another case"), wish_merge, ask_merge, read_merge, is_grave=True),
        Act("dismiss", lambda: pgettext("act", "Dismiss as a false alarm"), _dismiss, _REASON, _read_dismiss, is_grave=True),
        Act("seal", lambda: pgettext("act", "Move to the classified procedure"), _seal, ask_seal, _read_seal, is_grave=True),
        # warnings
        Act("propose", lambda: pgettext("act", "Propose a colour"), wish_propose, ask_propose, read_propose),
        Act("approve-warning", lambda: pgettext("act", "Approve the proposal"), _ok_warning, _NOTE, _read_ok_warning),
        Act("return-warning", lambda: pgettext("act", "Return the proposal"), _back_warning, _REASON, _read_back_warning),
        Act("issue-warning", lambda: pgettext("act", "Issue the warning"), _issue, ask_issue, read_issue),
        Act("lift-warning", lambda: pgettext("act", "Lift the warning"), _lift, _GROUNDS, _read_lift, is_grave=True),
        # one task
        Act("take", lambda: pgettext("act", "Acknowledge"), wish_take, nothing,
            lambda t, by, data, mistakes: c.Take(by=by, task=t.state.key if t.state else "", note=said(data, "note")),
            of_task=True),
        Act("complete", lambda: pgettext("act", "Complete"), wish_complete, ask_complete, read_complete, of_task=True),
        Act("decide", lambda: pgettext("act", "Decide"), wish_decide, ask_decide, read_decide, of_task=True),
        Act("name", lambda: pgettext("act", "Name"), wish_name, ask_appoint, read_appoint, of_task=True),
        Act("draft", lambda: pgettext("act", "Draft"), wish_draft, ask_draft, read_draft, of_task=True),
        Act("approve", lambda: pgettext("act", "Read and approve"), step_act(c.Approve), _NOTE, read_approve, of_task=True),
        Act("return", lambda: pgettext("act", "Return for changes"), step_act(c.Return, reason=ANY_REASON), _REASON,
            task_words(c.Return, "reason"), of_task=True),
        Act("send", lambda: pgettext("act", "Send"), wish_send, ask_send, read_send, of_task=True),
        Act("publish", lambda: pgettext("act", "Publish"), wish_publish, ask_publish, read_publish, of_task=True),
        Act("sign", lambda: pgettext("act", "Record a signature"), wish_sign, ask_sign, read_sign, of_task=True),
        Act("arrive", lambda: pgettext("act", "Arrived"), wish_arrive, ask_arrive, read_arrive, of_task=True),
        Act("acknowledge", lambda: pgettext("act", "I answer for it"), wish_acknowledge, _NOTE,
            lambda t, by, data, mistakes: c.Acknowledge(by=by, task=t.state.key if t.state else "", note=said(data, "note")),
            of_task=True),
        Act("agree-due", lambda: pgettext("act", "Agree on another date"), wish_agree, ask_agree, read_agree, of_task=True),
        Act("decline", lambda: pgettext("act", "Cannot do it"), task_act(c.Decline, reason=ANY_REASON), _REASON,
            task_words(c.Decline, "reason"), of_task=True, is_grave=True),
        Act("waive", lambda: pgettext("act", "Waive"), task_act(c.Waive, reason=ANY_REASON), _REASON,
            task_words(c.Waive, "reason"), of_task=True, is_grave=True),
    )
}  # fmt: skip


def judged(name: str, target: Target) -> Judged:
    """What the engine says to an act of this reader, in the name of anything that they hold."""
    act = ACTS[name]
    return target.scene.judge(lambda by: act.wish(target, by), target.state)


def label_of(act: Act, target: Target) -> str:
    """What the button says for this very task: a report is sent, a received one confirmed, an offer passed over."""
    state, task = target.state, target.task
    if act.name == "complete" and task is not None and task.kind == TaskKind.REPORT:
        return pgettext("act", "Record the report")
    if act.name == "take" and task is not None and task.kind == TaskKind.DISPATCH:
        return pgettext("act", "Set out")
    if act.name == "acknowledge" and _acknowledge_of_report(target):
        return pgettext("act", "Confirm receipt")
    if act.name == "decline" and state is not None and state.status == Status.OFFERED:
        return pgettext("act", "Pass over")
    if act.name == "draft" and target.paper is not None and target.paper.paper is not None:
        return pgettext("act", "Revise")
    if act.name == "send" and task is not None and task.kind == TaskKind.RECORD:
        return pgettext("act", "File")
    return act.label()
