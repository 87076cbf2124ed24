"""Papers: drafted in versions, approved in order, sent or published, received, signed.

An approval names the digest of one version. Sending or publishing needs every approval of the present one.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import msgspec

from muster.engine import commands as c
from muster.engine import events as e
from muster.engine.clocks import reminder
from muster.engine.decide import instances
from muster.engine.decide.checking import checked_addressees
from muster.engine.decide.instances import task_name
from muster.engine.decide.turn import Turn
from muster.engine.refusals import refuse
from muster.engine.state import LIVE, Paper, Status, TaskState
from muster.plans.model import Approval, Mode, RightName, Task, TaskKind, Words

_encoder = msgspec.json.Encoder(order="deterministic")


def digest_of(fields: dict[str, Any]) -> str:
    """What an approval is bound to: the SHA-256 of the fields of one version."""
    return sha256(_encoder.encode(fields)).hexdigest()


def draft(turn: Turn, command: c.Draft) -> None:
    """Save a version and put it to the first approver; approvals of an older version are void."""
    turn.needs_open()
    state = instances.find(turn, command.task, command.for_)
    task = instances.planned(turn, state, Words("起草", "be drafted"))
    drafters = (*task.draft, *state.who)
    if not turn.program.acts_for_any(turn.case, turn.by, drafters):
        raise refuse("paper.not-drafter", task=task_name(turn, state.key), who=turn.names(task.draft or state.who))
    instances.needs_ready(turn, state)
    fields = instances.checked_fields(turn, task, command.fields)
    version = state.paper.version + 1 if state.paper else 1
    for other in _steps(turn, state):
        if other.status in LIVE:
            turn.emit(e.TaskTerminated(at=turn.now, key=other.key, why="new-version"))
    turn.emit(
        e.PaperDrafted(
            at=turn.now, by=turn.by, person=turn.person, key=state.key, version=version, digest=digest_of(fields),
            fields=fields, note=command.note.strip(),
        )
    )  # fmt: skip
    _open_next_step(turn, task, turn.case.tasks[state.key])


def approve(turn: Turn, command: c.Approve) -> None:
    """Approve the present version as the approver whose turn it is."""
    turn.needs_open()
    state = instances.find(turn, command.task.split("!")[0], command.for_)
    task = instances.planned(turn, state, Words("审批", "be approved"))
    if not task.approve:
        raise refuse("paper.no-approval", task=task_name(turn, state.key))
    if state.paper is None or state.paper.returned:
        raise refuse("paper.no-draft", task=task_name(turn, state.key))
    if command.digest and command.digest != state.paper.digest:
        raise refuse("paper.changed", version=state.paper.version)
    step = _own_step(turn, state)
    instances.finish(turn, step, "approved", value=state.paper.digest, note=command.note)
    if not any(other.status in LIVE for other in _steps(turn, state)):
        _open_next_step(turn, task, turn.case.tasks[state.key])
        _file_approved_record(turn, task, turn.case.tasks[state.key])


def _file_approved_record(turn: Turn, task: Task, state: TaskState) -> None:
    """With its last approval a record is done: nobody has to send it anywhere."""
    if task.kind != TaskKind.RECORD or state.paper is None:
        return
    if any(other.status in LIVE for other in _steps(turn, state)):
        return
    if any(not _has_signed(turn, state, signer) for signer in task.sign):
        return
    if instances.broken_check(turn, task, state.paper.fields) is None:
        instances.finish(turn, state, "done", fields=state.paper.fields)


def return_paper(turn: Turn, command: c.Return) -> None:
    """Send a draft back with a reason; the next version starts again from the first approval."""
    turn.needs_open()
    state = instances.find(turn, command.task.split("!")[0], command.for_)
    if state.paper is None or state.paper.returned:
        raise refuse("paper.no-draft", task=task_name(turn, state.key))
    _own_step(turn, state)
    turn.needs_reason(command.reason, Words("退回意见", "what has to be changed"))
    turn.emit(
        e.PaperReturned(at=turn.now, by=turn.by, person=turn.person, key=state.key, reason=command.reason.strip())
    )
    for other in _steps(turn, state):
        if other.status in LIVE:
            turn.emit(e.TaskTerminated(at=turn.now, key=other.key, why="returned"))


def send(turn: Turn, command: c.Send) -> None:
    """Send an approved report, file an approved record."""
    turn.needs_open()
    state = instances.find(turn, command.task, command.for_)
    instances.needs_own(turn, state)
    instances.needs_ready(turn, state)
    task = instances.planned(turn, state, Words("报出", "be sent"))
    if task.kind == TaskKind.RELEASE:
        publish_paper(turn, task, state, command.note, {}, command.reason)
        return
    fields = present_fields(turn, task, state, {})
    instances.needs_checks(turn, task, fields)
    to = checked_addressees(turn, task, command.to)
    instances.finish(
        turn, state, "sent" if to else "done", note=command.note, fields=fields, evidence=command.evidence,
        reason=command.reason, to=to,
    )  # fmt: skip


def publish(turn: Turn, command: c.Publish) -> None:
    """Publish an approved release: by whoever the task is for, and who has the right at this level."""
    turn.needs_open()
    state = _find_release(turn, command)
    task = instances.planned(turn, state, Words("对外发布", "be published"))
    publish_paper(turn, task, state, command.note, command.fields, command.reason)


def _find_release(turn: Turn, command: c.Publish) -> TaskState:
    """The release that is meant. Where the task itself ended with its level, the lost right is the better answer."""
    turn.needs_actor()
    task = turn.program.edition.tasks.get(command.task.split("@")[0].split("#")[0])
    if task is not None and task.kind == TaskKind.RELEASE and turn.program.states(RightName.PUBLISH):
        turn.needs_right(RightName.PUBLISH)
    return instances.find(turn, command.task, command.for_)


def publish_paper(turn: Turn, task: Task, state: TaskState, note: str, given: dict[str, Any], reason: str = "") -> None:
    if task.kind != TaskKind.RELEASE:
        raise refuse(
            "task.not-kind", task=task_name(turn, state.key), kind=instances.KIND_NAMES[task.kind],
            act=Words("对外发布", "be published"),
        )  # fmt: skip
    if turn.program.states(RightName.PUBLISH) and turn.case.kind == "incident":
        turn.needs_right(RightName.PUBLISH)
    instances.needs_own(turn, state)
    instances.needs_ready(turn, state)
    fields = present_fields(turn, task, state, given)
    instances.needs_checks(turn, task, fields)
    instances.finish(
        turn, state, "published", note=note, fields=fields, reason=reason,
        to=turn.program.addressees(turn.case, task),
    )  # fmt: skip


def sign(turn: Turn, command: c.Sign) -> None:
    """A signature, or its refusal: both are recorded, and a refusal has no bad consequence for the signer."""
    turn.needs_open()
    state = instances.find(turn, command.task, command.for_)
    task = instances.planned(turn, state, Words("签字", "be signed"))
    signer = command.signer or turn.by
    allowed = (*task.sign, *(party.ref for party in turn.case.parties.values() if party.party in task.sign))
    if signer not in allowed:
        raise refuse("paper.not-signer", signer=turn.name(signer), allowed=turn.names(task.sign))
    if not turn.program.acts_for(turn.case, turn.by, signer):
        instances.needs_own(turn, state)  # for outsiders whoever has the task records the signature
    turn.emit(
        e.PaperSigned(
            at=turn.now, by=turn.by, person=turn.person, key=state.key, signer=signer, refused=command.refused,
            reason=command.reason,
        )
    )  # fmt: skip


# --- what completing a paper needs


def present_fields(turn: Turn, task: Task, state: TaskState, given: dict[str, Any]) -> dict[str, Any]:
    """The content that is completed: the approved version, or, where nobody must approve, what is given now."""
    needed = [approval for approval in task.approve if _applies(turn, approval)]
    if needed:
        paper = state.paper
        if paper is None or paper.returned:
            raise refuse("paper.no-draft", task=task_name(turn, state.key))
        if given and digest_of(instances.checked_fields(turn, task, given)) != paper.digest:
            raise refuse("paper.changed", version=paper.version)
        missing = _missing_approvals(turn, task, state, paper)
        if missing:
            raise refuse(
                "paper.not-approved", task=task_name(turn, state.key), version=paper.version, who=turn.names(missing)
            )
        fields = paper.fields
    elif state.paper is not None and (not given or state.signatures):
        if given and digest_of(instances.checked_fields(turn, task, given)) != state.paper.digest:
            raise refuse("paper.changed", version=state.paper.version)
        fields = state.paper.fields
    else:
        fields = instances.checked_fields(turn, task, given)
    unsigned = [signer for signer in task.sign if not _has_signed(turn, state, signer)]
    if unsigned:
        raise refuse("paper.unsigned", who=turn.names(unsigned))
    return fields


def _has_signed(turn: Turn, state: TaskState, signer: str) -> bool:
    """Whether everybody meant by `signer` has signed or refused: each registered party of that kind, else whoever it is."""
    refs = {ref for ref, party in turn.case.parties.items() if party.party == signer and not party.withdrawn}
    if state.for_ in refs:  # a paper of one party's own
        refs = {state.for_}
    return (refs or {signer}) <= {signature.signer for signature in state.signatures}


def _applies(turn: Turn, approval: Approval) -> bool:
    return approval.when is None or turn.program.value(approval.when, turn.env()) is True


def _steps(turn: Turn, state: TaskState) -> list[TaskState]:
    prefix = f"{state.key}!"
    return [other for other in turn.case.tasks.values() if other.step and other.key.startswith(prefix)]


def _approved_steps(turn: Turn, state: TaskState, paper: Paper) -> list[TaskState]:
    """The approvals of the present version: a text that was returned and comes again unchanged is approved anew."""
    return [
        s
        for s in _steps(turn, state)
        if s.status == Status.COMPLETED
        and s.value == paper.digest
        and s.ended_at is not None
        and s.ended_at >= paper.at
    ]


def _missing_approvals(turn: Turn, task: Task, state: TaskState, paper: Paper) -> list[str]:
    """Who has still to approve this version, in the plan's order."""
    approved = _approved_steps(turn, state, paper)
    missing: list[str] = []
    for number, approval in enumerate(task.approve, start=1):
        if not _applies(turn, approval):
            continue
        done = [s for s in approved if s.step == number]
        if approval.mode == Mode.EACH:
            missing.extend(actor for actor in approval.who if not any(s.for_ == actor for s in done))
        elif not done:
            missing.extend(approval.who)
    return missing


def _own_step(turn: Turn, state: TaskState) -> TaskState:
    """The open approval that is this actor's."""
    steps = [s for s in _steps(turn, state) if s.status in LIVE]
    for step in steps:
        if turn.program.acts_for_any(turn.case, turn.by, step.who):
            return step
    waiting = turn.names(actor for step in steps for actor in step.who)
    if not waiting:
        raise refuse("paper.no-approval", task=task_name(turn, state.key))
    raise refuse("paper.not-approver", who=waiting)


def _open_next_step(turn: Turn, task: Task, state: TaskState) -> None:
    """Ask the next approvers in order, each with his own clock."""
    assert state.paper is not None
    approved = _approved_steps(turn, state, state.paper)
    for number, approval in enumerate(task.approve, start=1):
        if not _applies(turn, approval) or any(s.step == number for s in approved):
            continue
        env = turn.program.env(turn.case, turn.now)
        due = turn.program.instant(approval.due, env)
        for actor in approval.who if approval.mode == Mode.EACH else ("",):
            # "scheme!1@justice-bureau": each approver of a step has an approval of his own
            key = f"{state.key}!{number}" + (f"@{actor}" if actor else "")
            turn.emit(
                e.TaskOpened(
                    at=turn.now, key=key, task=state.task, for_=actor or state.for_, step=number, since=turn.now,
                    due=due, remind=reminder(turn.now, due, turn.now), who=(actor,) if actor else approval.who,
                )
            )  # fmt: skip
        return
