"""Standing duties: what is owed this week and by whom, what is late, what was never done; hazards; gaps of people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from muster.cases.execute import Done
from muster.console import naming, overview, recurring, words
from muster.console.frame import Frame, Needs, page
from muster.console.pages.intake import title_of
from muster.console.parts import Clock, Column, Figure, Tab, TaskRow
from muster.duties import reads, register
from muster.duties.gaps import Gap, gaps
from muster.duties.reads import CheckByHand, Doing, DutyNow, FollowUp, Hazard, State, Unnumbered
from muster.duties.register import Row
from muster.duties.writes import open_by_hand, register_hazard
from muster.engine import NEW, Program, Refusal
from muster.engine.state import Status
from muster.people import reads as people
from muster.people.models import Person
from muster.plans.model import CaseKind, Task

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


# --- the page of all duties


@page(Needs.POST)
def duties(request: HttpRequest, frame: Frame) -> HttpResponseBase:
    """Everything that is owed between incidents, the late first."""
    now = frame.now
    seen = reads.overview(frame.held, now)
    directories = {plan: people.directory(plan, now) for plan in frame.programs}
    several = len(frame.programs) > 1
    week_ends = _end_of_week(now)
    this_week = [each for each in seen.open if each.due_at is not None and each.due_at <= week_ends]
    done = [each for each in seen.done if each.done_at is not None and each.done_at >= week_ends - timedelta(days=7)]
    short = [(program, gap) for program in frame.programs.values() for gap in gaps(program, now)]
    key_gaps = [(program, gap) for program, gap in short if gap.least >= 2]

    late_steps = [each for each in seen.follow_ups if overview.is_late(each.step, now)]
    steps = [each for each in seen.follow_ups if each not in late_steps]

    def lines(found: Sequence[Doing]) -> list[Line]:
        return [_line(frame, each, directories, several) for each in found]

    return frame.render(
        "console/duties.html",
        {
            "figures": _figures(seen, this_week, late_steps, key_gaps, now),
            "overdue": lines(seen.overdue) + [_step_line(frame, each) for each in late_steps],
            "steps": [_step_line(frame, each) for each in steps],
            "week": lines(this_week),
            "done": lines(done),
            "week_says": _("until %(day)s") % {"day": words.day(week_ends - timedelta(minutes=1), now)},
            "missed": _missed(frame, seen.missed, directories),
            "missed_in_all": seen.missed_in_all,
            "duties": [_duty_line(frame, each, directories) for each in seen.duties],
            "duty_columns": [
                Column(_("Duty")), Column(_("How often"), "sub"), Column(_("Whose")), Column(_("This time"), "line"),
                Column(_("Last done")), Column(pgettext("column", "Missed")),
            ],
            "owned": [_owned_line(frame, each, directories) for each in seen.unnumbered],
            "owned_columns": [Column(_("Duty")), Column(_("Whose"), "sub"), Column(_("Last recorded"))],
            "hazards": [_hazard_line(each, now) for each in seen.hazards],
            "may_register": bool(frame.programs),
            "key_gaps": [_gap(program, gap) for program, gap in key_gaps],
            "empty_posts": [naming.say(gap.actor.name) for _p, gap in short if gap.least < 2],
            "checks": [_check(frame, each) for each in seen.checks],
            "next_says": _next(seen, now),
            "overdue_count": len(seen.overdue) + len(late_steps),
        },
    )  # fmt: skip


def _end_of_week(now: datetime) -> datetime:
    """24:00 of this Sunday, in the zone of the reader's plans."""
    local = timezone.localtime(now)
    monday = local.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=local.weekday())
    return monday + timedelta(days=7)


def _figures(
    seen: reads.Overview,
    this_week: Sequence[Doing],
    late_steps: Sequence[FollowUp],
    key_gaps: Sequence[Any],
    now: datetime,
) -> list[Figure]:
    late = [each.due_at for each in seen.overdue] + [each.step.due_at for each in late_steps]
    longest = max((now - at for at in late if at is not None), default=None)
    first = this_week[0].due_at if this_week else None
    late_hazards = sum(each.record.tasks_overdue > 0 for each in seen.hazards)
    return [
        Figure(
            _("Overdue"), len(late),
            _("longest %(time)s") % {"time": words.duration(longest)} if longest is not None else _("nothing is late"),
            is_late=bool(late), url="#overdue" if late else "",
        ),
        Figure(_("Due this week"), len(this_week), _("first %(time)s") % {"time": words.wall(first, now)} if first else ""),
        Figure(_("Never done"), seen.missed_in_all, "", url="#missed" if seen.missed else ""),
        Figure(
            _("Open hazards"), len(seen.hazards),
            _("%(count)d of them overdue") % {"count": late_hazards} if late_hazards else "", is_late=bool(late_hazards),
        ),
        Figure(_("Key posts short of people"), len(key_gaps)),
    ]  # fmt: skip


def _next(seen: reads.Overview, now: datetime) -> str:
    """What falls due next, for a week in which nothing does."""
    following = next((each for each in seen.open if each.due_at is not None), None)
    if following is None or following.due_at is None:
        return ""
    named = {"duty": naming.say(following.task.name), "time": words.wall(following.due_at, now)}
    return _("Next: %(duty)s, %(time)s.") % named


# --- rows


def _duty_url(plan: str, task_id: str) -> str:
    return reverse("duty", args=[plan, task_id])


def _program(frame: Frame, each: Doing) -> Program:
    return frame.programs[each.plan]


def _whose(program: Program, actors: Sequence[str], directory: Directory) -> str:
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


def _line(frame: Frame, each: Doing, directories: Mapping[str, Directory], several: bool) -> Line:
    program, now = _program(frame, each), frame.now
    parts = _("%(done)d of %(owed)d done") % {"done": each.done, "owed": each.owed} if each.owed > 1 else ""
    who = _whose(program, each.waits_for or each.done_by, directories[each.plan])
    done = each.state is State.DONE
    row = TaskRow(
        id=f"duty-{each.plan}-{each.task.id}-{each.record.pk if each.record is not None else each.begins_at.timestamp():.0f}",
        state="overdue" if each.state is State.OVERDUE else "done" if done else "open",
        name=naming.say(each.task.name),
        kind=naming.task_kind(each.task.kind),
        url=_duty_url(each.plan, each.task.id),
        subs=[text for text in (who, parts, _period(each, now), _guessed(each), _title(program, several)) if text],
        cites=naming.cites(program, each.task),
        clock=_clock(each),
    )
    # A register is seen before it is completed.
    if each.record is not None and register.is_register(program, each.task):
        return Line(
            row, reverse("duty-register", args=[each.plan, each.task.id, each.record.number]), _("To the register")
        )
    return Line(row, _room(each), "" if done else _("To the case"))


def _step_line(frame: Frame, each: FollowUp) -> Line:
    """What follows upon a duty that was done, with its own clock."""
    program, step = _program(frame, each.doing), each.step
    assert each.doing.record is not None
    number = each.doing.record.number
    row = TaskRow(
        id=f"step-{each.doing.record.pk}-{step.key}",
        state="overdue" if overview.is_late(step, frame.now) else "acknowledged" if step.taken_at else "open",
        name=naming.task(program, step),
        url=_duty_url(each.doing.plan, each.doing.task.id),
        subs=[naming.owners(program, step), _("follows upon %(duty)s") % {"duty": naming.say(each.doing.task.name)}],
        cites=naming.cites(program, program.edition.tasks.get(step.task)),
        clock=naming.clock(program, step),
    )
    return Line(row, reverse("room-task", args=[number, step.key]), _("To the case"))


def _title(program: Program, several: bool) -> str:
    return naming.say(program.edition.title) if several else ""


def _guessed(each: Doing) -> str:
    return _("counted by weekdays: the holidays of that year are not known yet") if each.guessed else ""


def _room(each: Doing) -> str:
    """Where it is dealt with: the one task, or the case where several owe their part."""
    if each.record is None:
        return ""
    if len(each.parts) == 1 and each.parts[0].is_live:
        return reverse("room-task", args=[each.record.number, each.parts[0].key])
    return reverse("room", args=[each.record.number])


def _clock(each: Doing) -> Clock | None:
    moved = each.period_ends_at if each.period_ends_at is not None and each.due_at != each.period_ends_at else None
    return Clock(
        due_at=each.due_at, started_at=each.begins_at, done_at=each.done_at if each.state is State.DONE else None,
        was_due_at=moved,
    )  # fmt: skip


def _missed(frame: Frame, found: Sequence[Doing], directories: Mapping[str, Directory]) -> list[MissedLine]:
    grouped: dict[tuple[str, str], list[Doing]] = {}
    for each in found:
        grouped.setdefault((each.plan, each.task.id), []).append(each)
    lines = []
    for (plan, task_id), missed in grouped.items():
        program, directory = frame.programs[plan], directories[plan]
        dues = [
            (
                words.wall(each.period_ends_at, frame.now) if each.period_ends_at is not None else "",
                _whose(program, _undone_by(each), directory),
                _room(each),
                _how(program, each),
            )
            for each in missed[:MISSED_SHOWN]
        ]
        lines.append(
            MissedLine(
                naming.say(missed[0].task.name), _duty_url(plan, task_id), len(missed), dues,
                max(0, len(missed) - MISSED_SHOWN),
            )
        )  # fmt: skip
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


def _duty_line(frame: Frame, each: DutyNow, directories: Mapping[str, Directory]) -> DutyLine:
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
            else _("no period is known")
        )
    elif present.state is State.MISSED:
        says = _how(program, present)
    return DutyLine(
        name=naming.say(each.task.name),
        url=_duty_url(each.plan, each.task.id),
        who=_whose(program, each.task.who, directories[each.plan]),
        often=recurring.says(program, each.task.again),
        clock=_clock(present) if present is not None and present.state is not State.MISSED else None,
        says=says,
        last=last,
        missed=each.missed,
        trouble=each.trouble,
    )


def _owned_line(frame: Frame, each: Unnumbered, directories: Mapping[str, Directory]) -> OwnedLine:
    program = frame.programs[each.plan]
    latest = each.latest
    last = ""
    if latest is not None:
        at = latest.done_at or latest.begins_at
        last = naming.phrases([words.day(at, frame.now), "" if latest.state is State.DONE else _("still open")])
    word = each.task.word if naming.language() == "zh" else ""
    offered = _("as wished") if each.task.may else ""
    return OwnedLine(
        naming.say(each.task.name), _duty_url(each.plan, each.task.id),
        _whose(program, each.task.who, directories[each.plan]), naming.phrases([word, offered]), last,
    )  # fmt: skip


def _hazard_line(each: Hazard, now: datetime) -> HazardLine:
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


def _has_hazards(program: Program) -> bool:
    return bool(program.index.by_section[CaseKind.HAZARD])


def _gap(program: Program, gap: Gap) -> tuple[str, str]:
    held = naming.join(gap.holders)
    says = _("at least %(least)d wanted, %(count)d now") % {"least": gap.least, "count": len(gap.holders)}
    return naming.say(gap.actor.name), naming.phrases([says, held])


def _check(frame: Frame, each: CheckByHand) -> tuple[str, str]:
    program = frame.programs[each.plan]
    assert each.resource.again is not None
    due = _("by %(day)s") % {"day": words.day(each.due_at - timedelta(minutes=1), frame.now)} if each.due_at else ""
    return naming.say(each.resource.name), naming.phrases([recurring.says(program, each.resource.again), due])


# --- one duty


@page(Needs.POST)
def duty(request: HttpRequest, frame: Frame, plan: str, key: str) -> HttpResponseBase:
    """One duty with its whole history: what was done, when and by whom, what was not, and where the evidence is."""
    program, task = _find(frame, plan, key)
    return _duty(frame, program, task, plan)


def _find(frame: Frame, plan: str, key: str) -> tuple[Program, Task]:
    found = reads.find(plan, key) if plan in frame.held else None
    if found is None or plan not in frame.programs:
        raise Http404
    return found


def _duty(
    frame: Frame, program: Program, task: Task, plan: str, *, refused: str = "", status: int = 200
) -> HttpResponse:
    now = frame.now
    history = reads.history(frame.held, plan, task.id, now)
    count, _without = reads.tally(plan, task.id)
    directory = people.directory(plan, now, task.who)
    is_in_force = task.id in frame.programs[plan].edition.tasks
    able = [by for by in frame.held[plan] if program.acts_for_any(NEW, by, task.who)]
    often = recurring.says(program, task.again) if task.again is not None and task.again.by_time else ""
    tally = {each: sum(one.state is each for one in history) for each in State}
    return frame.render(
        "console/duty.html",
        {
            "plan": plan,
            "task": task,
            "name": naming.say(task.name),
            "kind": naming.task_kind(task.kind),
            "plan_title": naming.say(program.edition.title),
            "who": _whose(program, task.who, directory),
            "often": often or (_("as wished") if task.may else _("no interval: owed all the time, or as needed")),
            "text": naming.say(task.text) if task.text else "",
            "cite": naming.cite(program, task.cite),
            "is_in_force": is_in_force,
            "history": [_history_line(frame, program, each) for each in history],
            "history_columns": [
                Column(_("Period")), Column(pgettext("column", "State"), "right"), Column(_("Due"), "sub"),
                Column(_("Done")), Column(_("Evidence")),
            ],
            "more": count - len(history),
            "figures": [
                Figure(_("Done"), tally[State.DONE], _of_them_late(history)),
                Figure(_("Open"), tally[State.OPEN]),
                Figure(_("Overdue"), tally[State.OVERDUE], is_late=bool(tally[State.OVERDUE])),
                Figure(_("Never done"), tally[State.MISSED]),
            ],
            "may_open": bool(able) and is_in_force and not often,
            "acting": [(by, naming.actor(program, by)) for by in able],
            "by": able[0] if able else "",
            "key": uuid4().hex,
            "refused": refused,
        },
        status=status,
    )  # fmt: skip


def _of_them_late(history: Sequence[Doing]) -> str:
    late = sum(each.state is State.DONE and each.late_by >= words.MINUTE for each in history)
    return _("%(count)d of them late") % {"count": late} if late else ""


def _history_line(frame: Frame, program: Program, each: Doing) -> HistoryLine:
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


@page(Needs.POST, methods=("POST",))
def open_one(request: HttpRequest, frame: Frame, plan: str, key: str) -> HttpResponseBase:
    """Open one occurrence of a duty that has no recurrence of its own."""
    program, task = _find(frame, plan, key)
    by = request.POST.get("by", "")
    done = open_by_hand(
        plan, task.id, by=by if by in frame.held[plan] else frame.held[plan][0], now=frame.now, person=frame.someone,
        title=request.POST.get("title", ""), key=_key(frame, request.POST),
    )  # fmt: skip
    if isinstance(done, Refusal):
        return _duty(frame, program, task, plan, refused=done.say(naming.language()), status=422)
    return _opened(request, done, _("Opened as %(number)s.") % {"number": done.number}, "")


def _key(frame: Frame, posted: QueryDict) -> str:
    given = posted.get("key", "")
    return f"{frame.someone.ref}:{given}"[:200] if given else ""


def _opened(request: HttpRequest, done: Done, said: str, draft: str) -> HttpResponseBase:
    messages.success(request, format_html('<span data-clears-draft="{}">{}</span>', draft, said) if draft else said)
    room = reverse("room", args=[done.number])
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": room})
    return HttpResponseRedirect(room)


# --- a register


@page(Needs.POST)
def weekly_register(request: HttpRequest, frame: Frame, plan: str, key: str, number: str) -> HttpResponseBase:
    """The register of one occurrence: as it was kept when it was completed, else as its rows stand now."""
    each = reads.occurrence(frame.held, number, frame.now)
    if each is None or each.plan != plan or each.task.id != key or each.record is None or each.case is None:
        raise Http404
    found = reads.find(plan, key)
    if found is None or not register.is_register(found[0], each.task):
        raise Http404
    program = found[0]
    form = program.edition.forms[each.task.form]
    part = next((one for one in each.parts if one.fields), None)
    kept = register.kept(part.fields) if part is not None else None
    rows = kept if kept is not None else register.of_case(each.record.pk, frame.now)
    begins, ends = register.span_of(each.record.pk) or (each.begins_at, each.period_ends_at)
    return frame.render(
        "console/register.html",
        {
            "name": naming.say(form.name),
            "duty": naming.say(each.task.name),
            "duty_url": _duty_url(plan, key),
            "plan_title": naming.say(program.edition.title),
            "number": number,
            "room_url": _room(each),
            "is_open": part is None and each.state in (State.OPEN, State.OVERDUE, State.MISSED),
            "is_kept": kept is not None,
            "kept_at": part.ended_at if part is not None else None,
            "kept_by": naming.actors(program, each.done_by),
            "from": words.wall(begins, frame.now),
            "to": words.wall(ends, frame.now) if ends is not None else "",
            "rows": [_register_line(program, row, frame.now) for row in rows or ()],
            "columns": [
                Column(_("No.")), Column(_("Title"), "line"), Column(_("Type"), "sub"), Column(_("Level"), "right"),
                Column(_("Occurred")), Column(_("Reported")), Column(pgettext("column", "Closed")), Column(_("Lateness")),
            ],
            "fields": [
                (naming.say(field.name), part.fields[field.id])
                for field in form.fields if part is not None and field.id in part.fields
            ],
        },
        program=program,
    )  # fmt: skip


def _register_line(program: Program, row: Row, now: datetime) -> RegisterLine:
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


# --- hazards


@page(Needs.POST, methods=("GET", "HEAD", "POST"))
def hazard(request: HttpRequest, frame: Frame) -> HttpResponseBase:
    """The form that registers a hazard; and, sent, its case. A refusal leaves everything in the form."""
    able = {plan: program for plan, program in frame.programs.items() if _has_hazards(program)} or frame.programs
    plan = request.POST.get("plan") or request.GET.get("plan") or next(iter(able), "")
    program = able.get(plan)
    if program is None:
        raise Http404
    held = frame.held[plan]
    typed = request.POST if request.method == "POST" else QueryDict(f"key={uuid4().hex}")
    context: dict[str, Any] = {
        "plan": plan,
        "plan_title": naming.say(program.edition.title),
        "plans": [
            Tab(naming.say(one.edition.title), f"{reverse('hazard')}?plan={each}", is_current=each == plan)
            for each, one in able.items()
        ],
        "acting": [(each, naming.actor(program, each)) for each in held],
        "typed": {"by": held[0]}
        | {name: typed.get(name, "") for name in ("key", "title", "summary", "by") if name in typed},
        "follows": [
            (naming.say(task.name), naming.actors(program, task.who))
            for task_id in program.index.by_section[CaseKind.HAZARD]
            for task in (program.edition.tasks[task_id],)
        ],
    }
    if request.method != "POST":
        return frame.render("console/hazard.html", context)
    by, summary = typed.get("by", ""), typed.get("summary", "").strip()
    done = register_hazard(
        plan, by=by if by in held else held[0], title=typed.get("title", "").strip() or title_of(summary),
        summary=summary, now=frame.now, person=frame.someone, key=_key(frame, typed),
    )  # fmt: skip
    if isinstance(done, Refusal):
        return frame.render("console/hazard.html", {**context, "refused": done.say(naming.language())}, status=422)
    return _opened(request, done, _("Registered as %(number)s.") % {"number": done.number}, "hazard")
