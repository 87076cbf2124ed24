"""Events into state: one small function per kind of event. Replaying a journal is a fold over `evolve`.

Nothing is decided here and nothing can be refused: an event has happened. A case is never changed, a new one is made;
what an event does not touch is shared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from muster.engine import events as e
from muster.engine.state import (
    LIVE,
    NEW,
    Case,
    Paper,
    PartyState,
    Proposal,
    Signature,
    Standing,
    Status,
    TaskState,
    key_of,
)


def evolve(case: Case, event: e.Event) -> Case:
    """The case after one more event."""
    return _EVOLVE[type(event)](case, event)


class _Growing(dict[str, TaskState]):
    """The tasks during a replay: nobody keeps the cases in between, so one dict can grow instead of being copied."""

    def copy(self) -> _Growing:
        return self


def replay(events: Iterable[e.Event], case: Case = NEW) -> Case:
    """The case after all these events."""
    case = replace(case, tasks=_Growing(case.tasks))
    for event in events:
        case = _EVOLVE[type(event)](case, event)
    return replace(case, tasks=dict(case.tasks))


def _last_at(case: Case, event: e.Event) -> datetime:
    """What is noted later than it happened does not set the case back."""
    return event.at if case.last_at is None or event.at > case.last_at else case.last_at


def _next(case: Case, event: e.Event, **changes: Any) -> Case:
    return replace(case, version=case.version + 1, last_at=_last_at(case, event), **changes)


def _with_task(case: Case, event: e.Event, state: TaskState) -> Case:
    tasks = case.tasks.copy()
    tasks[state.key] = state
    return replace(case, version=case.version + 1, last_at=_last_at(case, event), tasks=tasks)


def _stop_all(tasks: dict[str, TaskState], event: e.Event, why: str) -> dict[str, TaskState]:
    """Every live task ends with its case, and no further round begins."""
    return {
        key: replace(
            state, status=Status.TERMINATED, how=why, ended_at=event.at, remind_at=None, climb_at=None,
            next_round_at=None,
        )
        if state.status in LIVE
        else replace(state, next_round_at=None)
        if state.next_round_at is not None
        else state
        for key, state in tasks.items()
    }  # fmt: skip


# --- the case


def _case_opened(case: Case, event: e.CaseOpened) -> Case:
    return _next(
        case, event, kind=event.kind, plan=event.plan, edition=event.edition, title=event.title,
        summary=event.summary, place=event.place, source=event.source, task=event.task, due_at=event.due,
        instants=event.instants, units=event.units, is_drill=event.is_drill, stage="intake", opened_by=event.by,
    )  # fmt: skip


def _facts_answered(case: Case, event: e.FactsAnswered) -> Case:
    facts = {**case.facts, **event.facts}
    return _next(case, event, facts={name: value for name, value in facts.items() if value is not None})


def _types_set(case: Case, event: e.TypesSet) -> Case:
    return _next(case, event, types=event.types)


def _instant_corrected(case: Case, event: e.InstantCorrected) -> Case:
    return _next(case, event, instants={**case.instants, **event.instants})


def _standing(case: Case, scale: str) -> Standing:
    return case.standings.get(scale) or Standing()


def _level_proposed(case: Case, event: e.LevelProposed) -> Case:
    standing = replace(_standing(case, event.scale), proposed=event.level, because=event.because)
    return _next(case, event, standings={**case.standings, event.scale: standing})


def _level_confirmed(case: Case, event: e.LevelConfirmed) -> Case:
    before = _standing(case, event.scale)
    standing = replace(
        before, confirmed=event.level, confirmed_at=event.at, reason=event.reason,
        first_confirmed_at=before.first_confirmed_at or event.at,
    )  # fmt: skip
    return _next(case, event, standings={**case.standings, event.scale: standing})


STAGE_INSTANTS = {"start": "started", "end": "ended"}


def _stage_changed(case: Case, event: e.StageChanged) -> Case:
    changes: dict[str, Any] = {"stage": event.stage}
    if (instant := STAGE_INSTANTS.get(event.act)) is not None:
        changes["instants"] = {**case.instants, instant: event.at}
    if event.stage == "closed":
        changes["tasks"] = _stop_all(case.tasks, event, "case-closed")
    if event.act == "reopen":
        changes["ended"] = changes["ended_to"] = ""
    return _next(case, event, **changes)


def _case_ended(case: Case, event: e.CaseEnded) -> Case:
    tasks = _stop_all(case.tasks, event, "case-ended")
    return _next(case, event, ended=event.how, ended_to=event.to, tasks=tasks)


def _case_absorbed(case: Case, event: e.CaseAbsorbed) -> Case:
    return _next(case, event, absorbed=(*case.absorbed, event.other))


def _only_recorded(case: Case, event: e.Event) -> Case:
    return _next(case, event)


def _appointed(case: Case, event: e.Appointed) -> Case:
    return _next(case, event, units={**case.units, event.post: event.to})


def _party_registered(case: Case, event: e.PartyRegistered) -> Case:
    return _next(case, event, parties={**case.parties, event.ref: PartyState(event.party, event.ref, event.name)})


def _party_withdrawn(case: Case, event: e.PartyWithdrawn) -> Case:
    party = replace(case.parties[event.ref], withdrawn=True)
    return _next(case, event, parties={**case.parties, event.ref: party})


# --- tasks


def _task_opened(case: Case, event: e.TaskOpened) -> Case:
    if event.round > 1:  # the round before has its successor
        tasks = case.tasks.copy()
        _without_next_round(tasks, key_of(event.task, event.for_, event.round - 1))
        case = replace(case, tasks=tasks)
    return _with_task(
        case,
        event,
        TaskState(
            key=event.key, task=event.task, for_=event.for_, round=event.round, step=event.step,
            status=Status.OFFERED if event.offered else Status.OPEN, opened_at=event.at, who=event.who,
            name=event.name, since=event.since, due_at=event.due, aim_at=event.aim, guessed=event.guessed,
            remind_at=event.remind, next_round_at=event.next_round, reason=event.reason,
            anew=event.anew,
        ),
    )  # fmt: skip


def _without_next_round(tasks: dict[str, TaskState], key: str) -> None:
    before = tasks.get(key)
    if before is not None and before.next_round_at is not None:
        tasks[key] = replace(before, next_round_at=None)


def _rounds_ended(case: Case, event: e.RoundsEnded) -> Case:
    tasks = case.tasks.copy()
    _without_next_round(tasks, event.key)
    return _next(case, event, tasks=tasks)


def _task_terminated(case: Case, event: e.TaskTerminated) -> Case:
    state = replace(
        case.tasks[event.key], status=Status.TERMINATED, how=event.why, ended_at=event.at, remind_at=None,
        climb_at=None, next_round_at=None,
    )  # fmt: skip
    return _with_task(case, event, state)


def _task_taken(case: Case, event: e.TaskTaken) -> Case:
    state = replace(
        case.tasks[event.key], status=Status.ACTIVE, taken_by=event.by, taken_at=event.at, climb_at=None,
        answered_by=event.by,
    )  # fmt: skip
    return _with_task(case, event, state)


def _task_completed(case: Case, event: e.TaskCompleted) -> Case:
    state = replace(
        case.tasks[event.key], status=Status.COMPLETED, ended_at=event.at, ended_by=event.by, how=event.how,
        value=event.value, note=event.note, fields=event.fields, evidence=event.evidence, late=event.late,
        reason=event.reason, to=event.to, remind_at=None, climb_at=None,
    )  # fmt: skip
    return _with_task(case, event, state)


def _task_arrived(case: Case, event: e.TaskArrived) -> Case:
    return _with_task(case, event, replace(case.tasks[event.key], arrived_at=event.at))


def _task_declined(case: Case, event: e.TaskDeclined) -> Case:
    state = case.tasks[event.key]
    if state.status != Status.OFFERED:  # what is owed stays owed; only the answer is known
        return _with_task(case, event, replace(state, note=event.reason))
    state = replace(
        state, status=Status.DECLINED, ended_at=event.at, ended_by=event.by, reason=event.reason, remind_at=None,
        climb_at=None,
    )  # fmt: skip
    return _with_task(case, event, state)


def _task_waived(case: Case, event: e.TaskWaived) -> Case:
    state = replace(
        case.tasks[event.key], status=Status.WAIVED, ended_at=event.at, ended_by=event.by, reason=event.reason,
        remind_at=None, climb_at=None, next_round_at=None,
    )  # fmt: skip
    return _with_task(case, event, state)


# --- clocks


def _clock_moved(case: Case, event: e.ClockMoved) -> Case:
    state = case.tasks[event.key]
    earlier = (*state.earlier, state.due_at) if state.due_at and state.due_at != event.due else state.earlier
    still_over = state.overdue_at if event.due is not None and event.due <= event.at else None
    moved = replace(
        state, since=event.since, due_at=event.due, aim_at=event.aim, remind_at=event.remind, earlier=earlier,
        guessed=event.guessed, agreed=state.agreed or event.why == "agreed", overdue_at=still_over,
        climb_at=state.climb_at if still_over else None,
    )  # fmt: skip
    return _with_task(case, event, moved)


def _clock_reminded(case: Case, event: e.ClockReminded) -> Case:
    return _with_task(case, event, replace(case.tasks[event.key], remind_at=None))


def _clock_fell_due(case: Case, event: e.ClockFellDue) -> Case:
    state = replace(case.tasks[event.key], overdue_at=event.due, remind_at=None, climb_at=event.next)
    return _with_task(case, event, state)


def _clock_climbed(case: Case, event: e.ClockClimbed) -> Case:
    return _with_task(case, event, replace(case.tasks[event.key], climbed=event.step, climb_at=event.next))


def _clock_answered(case: Case, event: e.ClockAnswered) -> Case:
    return _with_task(case, event, replace(case.tasks[event.key], answered_by=event.by, climb_at=None))


def _mark_reached(case: Case, event: e.MarkReached) -> Case:
    state = case.tasks[event.key]
    return _with_task(case, event, replace(state, marks=state.marks | 1 << event.mark))


# --- papers


def _paper_drafted(case: Case, event: e.PaperDrafted) -> Case:
    state = case.tasks[event.key]
    paper = Paper(event.version, event.digest, event.fields, event.by, event.at)
    # Who signed has signed the text that he saw.
    same = state.paper is None or state.paper.digest == event.digest
    signatures = state.signatures if same else ()
    return _with_task(case, event, replace(state, paper=paper, status=Status.ACTIVE, signatures=signatures))


def _paper_returned(case: Case, event: e.PaperReturned) -> Case:
    state = case.tasks[event.key]
    paper = replace(state.paper, returned=event.reason or event.by) if state.paper else None
    return _with_task(case, event, replace(state, paper=paper))


def _report_received(case: Case, event: e.ReportReceived) -> Case:
    state = case.tasks[event.key]
    return _with_task(case, event, replace(state, received={**state.received, event.by: event.at}))


def _paper_signed(case: Case, event: e.PaperSigned) -> Case:
    state = case.tasks[event.key]
    signature = Signature(event.signer, event.at, event.by, event.refused, event.reason)
    return _with_task(case, event, replace(state, signatures=(*state.signatures, signature)))


# --- warnings


def _warning_proposed(case: Case, event: e.WarningProposed) -> Case:
    return _next(case, event, proposal=Proposal(event.colour, event.by, event.at, event.contents))


def _warning_approved(case: Case, event: e.WarningApproved) -> Case:
    if case.proposal is None:
        return _next(case, event)
    return _next(case, event, proposal=replace(case.proposal, approved_by=event.by, approved_at=event.at))


def _warning_returned(case: Case, event: e.WarningReturned) -> Case:
    return _next(case, event, proposal=None)


def _warning_issued(case: Case, event: e.WarningIssued) -> Case:
    return _next(
        case, event, proposal=None, contents=event.contents, instants={**case.instants, "issued": event.at}
    )  # fmt: skip


def _warning_lifted(case: Case, event: e.WarningLifted) -> Case:
    standing = replace(_standing(case, event.scale), confirmed="")
    return _next(case, event, proposal=None, standings={**case.standings, event.scale: standing})


_EVOLVE: dict[type[e.Event], Callable[[Case, Any], Case]] = {
    e.CaseOpened: _case_opened,
    e.FactsAnswered: _facts_answered,
    e.TypesSet: _types_set,
    e.InstantCorrected: _instant_corrected,
    e.LevelProposed: _level_proposed,
    e.LevelConfirmed: _level_confirmed,
    e.StageChanged: _stage_changed,
    e.CaseEnded: _case_ended,
    e.CaseAbsorbed: _case_absorbed,
    e.Jotted: _only_recorded,
    e.Directed: _only_recorded,
    e.Appointed: _appointed,
    e.PartyRegistered: _party_registered,
    e.PartyWithdrawn: _party_withdrawn,
    e.TaskOpened: _task_opened,
    e.TaskTerminated: _task_terminated,
    e.RoundsEnded: _rounds_ended,
    e.TaskTaken: _task_taken,
    e.TaskCompleted: _task_completed,
    e.TaskArrived: _task_arrived,
    e.TaskDeclined: _task_declined,
    e.TaskWaived: _task_waived,
    e.ClockMoved: _clock_moved,
    e.ClockReminded: _clock_reminded,
    e.ClockFellDue: _clock_fell_due,
    e.ClockClimbed: _clock_climbed,
    e.ClockAnswered: _clock_answered,
    e.MarkReached: _mark_reached,
    e.PaperDrafted: _paper_drafted,
    e.PaperReturned: _paper_returned,
    e.ReportReceived: _report_received,
    e.PaperSigned: _paper_signed,
    e.WarningProposed: _warning_proposed,
    e.WarningApproved: _warning_approved,
    e.WarningReturned: _warning_returned,
    e.WarningIssued: _warning_issued,
    e.WarningLifted: _warning_lifted,
}
