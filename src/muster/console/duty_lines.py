"""Standing duties as rows: one occurrence, one duty, what was missed of it, its history, one incident in a register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from muster.console import naming, overview, spoken, words
from muster.console.frame import Frame
from muster.console.parts import Clock, TaskRow
from muster.duties import reads, register
from muster.duties.gaps import Gap
from muster.duties.reads import CheckByHand, Doing, DutyNow, FollowUp, Hazard, State, Unnumbered
from muster.duties.register import Row
from muster.engine import Program
from muster.engine.state import Status
from muster.people.models import Person

MISSED_SHOWN = 4
"""So many due instants of what was missed stand beside a duty; the others are on its own page."""

Directory = Mapping[str, tuple[Person, ...]]


@dataclass(frozen=True, slots=True)
class Line:
    """One occurrence as a row, with the page on which it is dealt with."""

    row: TaskRow
    url: str
    press: str


@dataclass(frozen=True, slots=True)
class MissedLine:
    """A duty with the occurrences of it that were never done."""

    name: str
    url: str
    count: int
    dues: Sequence[tuple[str, str, str, str]]
    """Was due, by whom it was not done, its case, how it was ended."""
    more: int


@dataclass(frozen=True, slots=True)
class DutyLine:
    """One duty of the plan as a row of the table of all."""

    name: str
    url: str
    who: str
    often: str
    clock: Clock | None
    says: str
    last: str
    missed: int
    trouble: str


@dataclass(frozen=True, slots=True)
class OwnedLine:
    """A duty without a recurrence: who owns it, when it was last recorded."""

    name: str
    url: str
    who: str
    says: str
    last: str


@dataclass(frozen=True, slots=True)
class HazardLine:
    id: str
    url: str
    title: str
    says: str
    clock: Clock | None
    more: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One occurrence in the history of a duty."""

    period: str
    due: str
    was_due: str
    state: str
    mark: str
    says: str
    done: str
    number: str
    url: str
    register_url: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One incident in a register, in words."""

    number: str
    url: str
    title: str
    types: str
    level: str
    occurred: str
    reported: str
    closed: str
    late: str
    is_late: bool


# --- one occurrence


def url_of(plan: str, task_id: str) -> str:
    return reverse("duty", args=[plan, task_id])


def _program(frame: Frame, each: Doing) -> Program:
    return frame.programs[each.plan]


def whose(program: Program, actors: Sequence[str], directory: Directory) -> str:
    """Whose it is: the posts, each with the person who holds it first."""
    said = []
    for actor in actors:
        person = next(iter(directory.get(actor, ())), None)
        name = naming.actor(program, actor)
        if person is not None:
            name = f"{name}（{person.name}）" if naming.language() == "zh" else f"{name} ({person.name})"
        said.append(name)
    return naming.join(said[:3]) + (_(" and %(count)d more") % {"count": len(said) - 3} if len(said) > 3 else "")


def _period(each: Doing, now: datetime) -> str:
    if each.period_ends_at is None:
        return _("opened %(time)s") % {"time": words.wall(each.begins_at, now)}
    # A period that ends at 24:00 ends on the day before.
    last = each.period_ends_at - timedelta(minutes=1)
    return _("period %(first)s to %(last)s") % {"first": words.day(each.begins_at, now), "last": words.day(last, now)}


def line(frame: Frame, each: Doing, directories: Mapping[str, Directory], several: bool) -> Line:
    program, now = _program(frame, each), frame.now
    parts = _("%(done)d of %(owed)d done") % {"done": each.done, "owed": each.owed} if each.owed > 1 else ""
    who = whose(program, each.waits_for or each.done_by, directories[each.plan])
    done = each.state is State.DONE
    row = TaskRow(
        id=f"duty-{each.plan}-{each.task.id}-{each.record.pk if each.record is not None else each.begins_at.timestamp():.0f}",
        state="overdue" if each.state is State.OVERDUE else "done" if done else "open",
        name=naming.say(each.task.name),
        kind=naming.task_kind(each.task.kind),
        url=url_of(each.plan, each.task.id),
        subs=[text for text in (who, parts, _period(each, now), _guessed(each), _title(program, several)) if text],
        cites=naming.cites(program, each.task),
        clock=_clock(each),
    )
    # A register is seen before it is completed.
    if each.record is not None and register.is_register(program, each.task):
        return Line(
            row, reverse("duty-register", args=[each.plan, each.task.id, each.record.number]), _("To the register")
        )
    return Line(row, room_of(each), "" if done else _("To the case"))


def step_line(frame: Frame, each: FollowUp) -> Line:
    """What follows upon a duty that was done, with its own clock."""
    program, step = _program(frame, each.doing), each.step
    assert each.doing.record is not None
    number = each.doing.record.number
    row = TaskRow(
        id=f"step-{each.doing.record.pk}-{step.key}",
        state="overdue" if overview.is_late(step, frame.now) else "acknowledged" if step.taken_at else "open",
        name=naming.task(program, step),
        url=url_of(each.doing.plan, each.doing.task.id),
        subs=[naming.owners(program, step), _("follows upon %(duty)s") % {"duty": naming.say(each.doing.task.name)}],
        cites=naming.cites(program, program.edition.tasks.get(step.task)),
        clock=naming.clock(program, step),
    )
    return Line(row, reverse("room-task", args=[number, step.key]), _("To the case"))


def _title(program: Program, several: bool) -> str:
    return naming.say(program.edition.title) if several else ""


def _guessed(each: Doing) -> str:
    return _("counted by weekdays: the holidays of that year are not known yet") if each.guessed else ""


def room_of(each: Doing) -> str:
    """Where it is dealt with: the one task, or the case where several owe their part."""
    if each.record is None:
        return ""
    if len(each.parts) == 1 and each.parts[0].is_live:
        return reverse("room-task", args=[each.record.number, each.parts[0].key])
    return reverse("room", args=[each.record.number])


def _clock(each: Doing) -> Clock | None:
    return Clock(
        due_at=each.due_at, started_at=each.begins_at, done_at=each.done_at if each.state is State.DONE else None,
        was_due_at=each.was_due_at,
    )  # fmt: skip


def missed_lines(frame: Frame, seen: reads.Overview, directories: Mapping[str, Directory]) -> list[MissedLine]:
    grouped: dict[tuple[str, str], list[Doing]] = {}
    for each in seen.missed:
        grouped.setdefault((each.plan, each.task.id), []).append(each)
    lines = []
    for (plan, task_id), missed in grouped.items():
        program, directory = frame.programs[plan], directories[plan]
        dues = [
            (
                words.wall(each.period_ends_at, frame.now) if each.period_ends_at is not None else "",
                whose(program, _undone_by(each), directory),
                room_of(each),
                _how(program, each),
            )
            for each in missed[:MISSED_SHOWN]
        ]
        count = max(len(missed), seen.missed_of.get((plan, task_id), 0))
        lines.append(
            MissedLine(
                naming.say(missed[0].task.name), url_of(plan, task_id), count, dues, max(0, count - MISSED_SHOWN)
            )
        )
    return sorted(lines, key=lambda line: -line.count)


def _undone_by(each: Doing) -> Sequence[str]:
    """Those whose part was not done: not everybody who shares the duty."""
    return list(
        dict.fromkeys(
            actor for part in each.parts if part.status != Status.COMPLETED
            for actor in ((part.for_,) if part.for_ else part.who)
        )
    ) or each.task.who  # fmt: skip


def _not_by(program: Program, each: Doing) -> str:
    """Who still owes a part of what others have done theirs of."""
    if each.state not in (State.OVERDUE, State.MISSED) or not 0 < each.done < each.owed:
        return ""
    return _("not done by %(who)s") % {"who": naming.actors(program, _undone_by(each))}


def _how(program: Program, each: Doing) -> str:
    """How it was ended undone, with the reason that was given."""
    said = {
        "not-opened": _("not opened in its time"),
        "waived": _("waived"),
        "declined": _("declined"),
        "case-closed": _("closed undone"),
        "closed": _("closed undone"),
    }.get(each.how, naming.ended(each.how) if each.how else "")
    return f"{said}：{each.reason}" if said and each.reason and naming.language() == "zh" else ": ".join(
        text for text in (said, each.reason) if text
    )  # fmt: skip


def duty_line(frame: Frame, each: DutyNow, directories: Mapping[str, Directory]) -> DutyLine:
    program = frame.programs[each.plan]
    present = each.present
    assert each.task.again is not None
    last = ""
    if each.last_done is not None and each.last_done.done_at is not None:
        last = words.day(each.last_done.done_at, frame.now)
        if each.last_done.late_by >= words.MINUTE:
            last = naming.phrases([last, words.late(each.last_done.late_by)])
    says = ""
    if present is None:
        says = (
            _("begins %(time)s") % {"time": words.wall(each.coming.begins, frame.now)}
            if each.coming is not None
            else _("none until the holidays of the next year are announced")
            if each.task.again.days is not None
            else _("no period is known")
        )
    elif present.state is State.MISSED:
        says = _how(program, present)
    return DutyLine(
        name=naming.say(each.task.name),
        url=url_of(each.plan, each.task.id),
        who=whose(program, each.task.who, directories[each.plan]),
        often=spoken.often(program, each.task.again),
        clock=_clock(present) if present is not None and present.state is not State.MISSED else None,
        says=says,
        last=last,
        missed=each.missed,
        trouble=each.trouble,
    )


def owned_line(frame: Frame, each: Unnumbered, directories: Mapping[str, Directory]) -> OwnedLine:
    program = frame.programs[each.plan]
    latest = each.latest
    last = ""
    if latest is not None:
        at = latest.done_at or latest.begins_at
        last = naming.phrases([words.day(at, frame.now), "" if latest.state is State.DONE else _("still open")])
    word = each.task.word if naming.language() == "zh" else ""
    offered = _("as wished") if each.task.may else ""
    return OwnedLine(
        naming.say(each.task.name), url_of(each.plan, each.task.id),
        whose(program, each.task.who, directories[each.plan]), naming.phrases([word, offered]), last,
    )  # fmt: skip


def hazard_line(each: Hazard, now: datetime) -> HazardLine:
    following = overview.next_clock(each.case, now)
    late = [task for task in each.case.tasks.values() if overview.is_late(task, now)]
    shown = late[0] if late else following[0] if following else None
    live = [task for task in each.case.tasks.values() if task.is_live]
    now_owed = shown or (live[0] if live else None)
    what = (
        naming.phrases([naming.task(each.program, now_owed), naming.owners(each.program, now_owed)])
        if now_owed is not None
        else _("everything is done; it waits to be closed")
        if each.case.tasks
        else _("the plan names no steps for it; it is open until somebody closes it")
    )
    found_at = each.case.instants.get("reported")
    return HazardLine(
        id=f"hazard-{each.record.pk}",
        url=reverse("room", args=[each.record.number]),
        title=each.record.title,
        says=naming.phrases([what, _("found %(time)s") % {"time": words.wall(found_at, now)} if found_at else ""]),
        clock=naming.clock(each.program, shown) if shown is not None else None,
        more=each.record.number,
    )


def gap_line(program: Program, gap: Gap) -> tuple[str, str]:
    held = naming.join(gap.holders)
    says = _("at least %(least)d wanted, %(count)d now") % {"least": gap.least, "count": len(gap.holders)}
    return naming.say(gap.actor.name), naming.phrases([says, held])


def check_line(frame: Frame, each: CheckByHand) -> tuple[str, str]:
    program = frame.programs[each.plan]
    assert each.resource.again is not None
    due = _("by %(day)s") % {"day": words.day(each.due_at - timedelta(minutes=1), frame.now)} if each.due_at else ""
    return naming.say(each.resource.name), naming.phrases([spoken.often(program, each.resource.again), due])


def history_line(frame: Frame, program: Program, each: Doing) -> HistoryLine:
    state = {
        State.DONE: pgettext("duty", "done"), State.OPEN: pgettext("duty", "open"),
        State.OVERDUE: pgettext("duty", "overdue"), State.MISSED: pgettext("duty", "never done"),
    }[each.state]  # fmt: skip
    mark = {State.DONE: "done", State.OPEN: "open", State.OVERDUE: "overdue", State.MISSED: "overdue"}[each.state]
    done = ""
    if each.done_at is not None:
        late = words.late(each.late_by) if each.late_by >= words.MINUTE else ""
        done = naming.phrases([words.wall(each.done_at, frame.now), naming.actors(program, each.done_by), late])
    if each.owed > 1:
        parts = _("%(done)d of %(owed)d done") % {"done": each.done, "owed": each.owed}
        done = naming.phrases([done, parts if each.done < each.owed else ""])
    number = each.record.number if each.record is not None else ""
    shows_register = each.record is not None and register.is_register(program, each.task)
    return HistoryLine(
        period=_period(each, frame.now),
        due=words.wall(each.due_at, frame.now) if each.due_at is not None else "",
        was_due=words.wall(each.was_due_at, frame.now) if each.was_due_at is not None else "",
        state=state,
        mark=mark,
        says=naming.phrases(
            [_how(program, each) if each.state is State.MISSED else "", _not_by(program, each), _guessed(each)]
        ),
        done=done,
        number=number,
        url=reverse("room", args=[number]) if number else "",
        register_url=reverse("duty-register", args=[each.plan, each.task.id, number]) if shows_register else "",
        is_late=each.state in (State.OVERDUE, State.MISSED),
    )


def register_line(program: Program, row: Row, now: datetime) -> RegisterLine:
    edition = program.edition
    scale = naming.main_scale(program)
    level = naming.level_in_words(program, scale.id, row.level) if scale is not None and row.level else _("not graded")
    late = ""
    if row.late:
        longest = words.duration(timedelta(seconds=row.late_most))
        late = _("%(count)d late, longest %(time)s") % {"count": row.late, "time": longest}
    closed = words.wall(row.closed_at, now) if row.closed_at is not None else _("running")
    return RegisterLine(
        number=row.number,
        url=reverse("room", args=[row.number]),
        title=row.title,
        types=naming.join(
            naming.say(edition.types[each].name) if each in edition.types else each for each in row.types
        ),
        level=level,
        occurred=words.wall(row.occurred_at, now) if row.occurred_at is not None else pgettext("answer", "not known"),
        reported=words.wall(row.reported_at, now),
        closed=naming.phrases([closed, naming.ended(row.ended) if row.ended else ""]),
        late=late,
        is_late=bool(row.late),
    )
