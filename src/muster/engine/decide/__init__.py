"""Commands into events: `decide` is the only judgement on what may happen to a case.

It is pure and deterministic: the same program, case, command and instant give the same events. All that follows from
a command (tasks that open or end, levels that are proposed, clocks that move) is part of the answer.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from muster.engine import commands as c
from muster.engine.decide import assessing, levels, opening, papers, stages, tasks, ticking, warnings
from muster.engine.decide.checking import LEEWAY
from muster.engine.decide.settle import look_at_time, settle
from muster.engine.decide.turn import Turn
from muster.engine.events import AnyEvent
from muster.engine.program import Program
from muster.engine.refusals import Refusal, Refused, refusal
from muster.engine.state import Case

_DECIDE: dict[type[c.Command], Callable[[Turn, Any], None]] = {
    c.OpenIncident: opening.open_incident,
    c.OpenOccurrence: opening.open_occurrence,
    c.Assess: assessing.assess,
    c.Correct: assessing.correct,
    c.ConfirmLevel: levels.confirm_level,
    c.StartResponse: stages.start,
    c.EndResponse: stages.end,
    c.BeginReview: stages.review,
    c.CloseCase: stages.close,
    c.ReopenCase: stages.reopen,
    c.Dismiss: stages.dismiss,
    c.MergeInto: stages.merge_into,
    c.Absorb: stages.absorb,
    c.HandOver: stages.hand_over,
    c.Seal: stages.seal,
    c.Jot: assessing.jot,
    c.Direct: assessing.direct,
    c.Appoint: assessing.appoint,
    c.Register: assessing.register,
    c.Withdraw: assessing.withdraw,
    c.Take: tasks.take,
    c.Complete: tasks.complete,
    c.Decide: tasks.decide_task,
    c.Arrive: tasks.arrive,
    c.Decline: tasks.decline,
    c.Waive: tasks.waive,
    c.AgreeDue: tasks.agree_due,
    c.AddTask: tasks.add_task,
    c.Draft: papers.draft,
    c.Approve: papers.approve,
    c.Return: papers.return_paper,
    c.Send: papers.send,
    c.Publish: papers.publish,
    c.Acknowledge: tasks.acknowledge,
    c.Sign: papers.sign,
    c.ProposeWarning: warnings.propose,
    c.ApproveWarning: warnings.approve,
    c.ReturnWarning: warnings.return_proposal,
    c.IssueWarning: warnings.issue,
    c.LiftWarning: warnings.lift,
    c.Tick: lambda turn, command: ticking.tick(turn),
}


def decide(program: Program, case: Case, command: c.Command, now: datetime) -> tuple[AnyEvent, ...] | Refusal:
    """What a command brings, or why it is refused. `now` is aware and not before the case's last entry."""
    if case.last_at is not None and now < case.last_at:
        if case.last_at - now > LEEWAY and not isinstance(command, c.Tick):
            last = case.last_at.astimezone(program.zone)
            return refusal("time.backwards", last=f"{last:%Y-%m-%d %H:%M:%S}")
        now = case.last_at  # clocks of several machines differ a little
    turn = Turn(program, case, command, now)
    try:
        _DECIDE[type(command)](turn, command)
        settle(turn)
        if (program.index.timed or program.timed_scales) and not turn.case.is_over:
            # A condition may have turned since the last entry with the timekeeper still on its way: the entries of
            # this command would hide that instant from it.
            look_at_time(turn)
            settle(turn)
        ticking.clocks_of_new_tasks(turn)
        stages.file_occurrence(turn)
    except Refused as refused:
        return refused.refusal
    return tuple(turn.events)
