"""What is known of a case: facts, types, corrected instants, who takes part, what somebody noted or ordered."""

from __future__ import annotations

from muster.engine import commands as c
from muster.engine import events as e
from muster.engine.decide.checking import checked_facts, checked_types, checked_units, not_in_future
from muster.engine.decide.instances import finish, needs_checks, needs_ready, settle_decisions
from muster.engine.decide.settle import PARTIES, UNITS
from muster.engine.decide.turn import Turn
from muster.engine.refusals import refuse
from muster.engine.state import LIVE
from muster.plans.model import ActorKind, RightName, Stage, Words

INSTANT_NAMES: dict[str, Words] = {
    "occurred": Words("发生时间", "occurred"),
    "detected": Words("发现时间", "detected"),
    "reported": Words("接报时间", "reported"),
    "verified": Words("核实时间", "verified"),
}


def assess(turn: Turn, command: c.Assess) -> None:
    """Answer facts, set types. A decision of one's own that asked for such a fact is settled with it."""
    turn.needs_open()
    turn.needs_right(RightName.HANDLE)
    facts = checked_facts(turn, command.facts)
    added, dropped = checked_types(turn, command.types), checked_types(turn, command.drop_types)
    if not facts and not added and not dropped:
        raise refuse("case.nothing-said")
    for name, value in facts.items():
        if value is not None:
            needs_lock(turn, name)
    changed = {name: value for name, value in facts.items() if turn.case.facts.get(name) != value}
    if changed:
        turn.emit(
            e.FactsAnswered(at=turn.now, by=turn.by, person=turn.person, facts=changed, note=command.note), *changed
        )
    for name, value in facts.items():
        if value is not None:
            settle_decisions(turn, name, value, own_only=True)
    if added or dropped:
        set_types(turn, tuple(each for each in dict.fromkeys((*turn.case.types, *added)) if each not in dropped))
        settle_decisions(turn, "types", list(turn.case.types), own_only=True)
    begin_assessment(turn)


def needs_lock(turn: Turn, fact: str) -> None:
    """What the plan asks of the decision that settles a fact, it asks of the answer too: both doors have one lock."""
    for task_id in turn.program.index.settled_by.get(fact, ()):
        for state in turn.case.tasks.values():
            if state.task == task_id and state.status in LIVE and not state.step:
                task = turn.program.edition.tasks[task_id]
                if task.done:
                    needs_ready(turn, state)
                    needs_checks(turn, task, {})


def set_types(turn: Turn, types: tuple[str, ...]) -> None:
    """What the incident is, from now on."""
    if types != turn.case.types:
        turn.emit(e.TypesSet(at=turn.now, by=turn.by, person=turn.person, types=types), "types")


def begin_assessment(turn: Turn) -> None:
    """The first judgement takes a case from intake to assessment."""
    if turn.case.stage == Stage.INTAKE and Stage.ASSESSMENT in turn.program.edition.stages:
        turn.emit(
            e.StageChanged(
                at=turn.now, by=turn.by, person=turn.person, stage=Stage.ASSESSMENT, previous=Stage.INTAKE, act="assess"
            ),
            "stage",
        )


def correct(turn: Turn, command: c.Correct) -> None:
    """Correct an instant of the case. What its clocks said before stays in the journal."""
    turn.needs_open()
    turn.needs_right(RightName.HANDLE)
    for name, at in command.instants.items():
        if name not in INSTANT_NAMES:
            raise refuse("time.unknown", instant=name, allowed=list(INSTANT_NAMES.values()))
        not_in_future(turn, at, INSTANT_NAMES[name])
    together = {**turn.case.instants, **command.instants}
    if "occurred" in together and "detected" in together and together["detected"] < together["occurred"]:
        raise refuse("time.order", what=INSTANT_NAMES["detected"], other=INSTANT_NAMES["occurred"])
    turn.emit(
        e.InstantCorrected(
            at=turn.now, by=turn.by, person=turn.person, instants=command.instants, reason=command.reason
        ),
        *command.instants,
    )


def appoint(turn: Turn, command: c.Appoint) -> None:
    """Fill an actor of this case; a task of the plan that asks for it is done with that."""
    turn.needs_open()
    turn.needs_actor()
    checked_units(turn, command.post, command.to)
    waiting = [
        state
        for task_id in turn.program.index.filled_by.get(command.post, ())
        for state in turn.case.tasks.values()
        if state.task == task_id and state.status in LIVE and not state.step
    ]
    mine = [state for state in waiting if turn.program.acts_for_any(turn.case, turn.by, state.who)]
    if not mine:
        turn.needs_right(RightName.HANDLE)
    turn.emit(
        e.Appointed(at=turn.now, by=turn.by, person=turn.person, post=command.post, to=command.to),
        f"{UNITS}{command.post}",
    )
    for state in mine:
        finish(turn, state, "done", value=list(command.to))


def register(turn: Turn, command: c.Register) -> None:
    """Register somebody the case concerns. Every task that stands once per such party opens for him."""
    turn.needs_open()
    turn.needs_right(RightName.HANDLE)
    party = turn.program.actor(command.party)
    if party is None or party.kind != ActorKind.PARTY:
        raise refuse("party.unknown", party=command.party)
    ref = command.ref or f"{command.party}-{sum(p.party == command.party for p in turn.case.parties.values()) + 1}"
    if ref in turn.case.parties:
        raise refuse("party.known", ref=ref)
    # Who a natural person is stays out of the journal, which can never forget.
    name = "" if party.personal else command.name
    turn.emit(
        e.PartyRegistered(at=turn.now, by=turn.by, person=turn.person, party=command.party, ref=ref, name=name),
        f"{PARTIES}{command.party}",
        command.party,
    )


def withdraw(turn: Turn, command: c.Withdraw) -> None:
    turn.needs_open()
    turn.needs_right(RightName.HANDLE)
    party = turn.case.parties.get(command.ref)
    if party is None or party.party != command.party:
        raise refuse("party.not-registered", ref=command.ref)
    turn.needs_reason(command.reason, Words("为何撤销登记", "why the registration is withdrawn"))
    turn.emit(
        e.PartyWithdrawn(
            at=turn.now, by=turn.by, person=turn.person, party=command.party, ref=command.ref, reason=command.reason
        ),
        f"{PARTIES}{command.party}",
        command.party,
    )


def jot(turn: Turn, command: c.Jot) -> None:
    """An entry by hand; it may say that it happened earlier than it is written down."""
    if not turn.case.version:
        raise refuse("case.not-open")
    turn.needs_actor()
    if not command.text.strip():
        raise refuse("case.nothing-said")
    not_in_future(turn, command.at, Words("发生时间", "the time it happened"))
    turn.emit(e.Jotted(at=command.at or turn.now, by=turn.by, person=turn.person, text=command.text.strip()))


def direct(turn: Turn, command: c.Direct) -> None:
    """An instruction, a chase or a copy to others."""
    turn.needs_open()
    turn.needs_actor()
    if not command.text.strip() or not command.to:
        raise refuse("directive.empty")
    for actor in command.to:
        if not turn.program.knows_actor(turn.case, actor):
            raise refuse("actor.unknown", actor=actor)
    turn.emit(
        e.Directed(
            at=turn.now, by=turn.by, person=turn.person, to=command.to, text=command.text.strip(), kind=command.kind,
            reply=command.reply, task=command.task,
        )
    )  # fmt: skip
