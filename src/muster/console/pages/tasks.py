"""My tasks: everything that is open for my posts, across cases, one card each; and what was said to me."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from muster.cases import reads
from muster.console import naming, overview
from muster.console.frame import Frame, Needs, page
from muster.console.overview import Running
from muster.console.parts import Level, TaskRow
from muster.console.parts import TaskState as Mark
from muster.console.room import answers
from muster.console.room.tasks import urgency
from muster.engine.clocks import waits_for
from muster.engine.state import Status, TaskState
from muster.notices import reads as notices
from muster.notices import writes as notice_writes
from muster.notices.models import Notice
from muster.plans.model import Task, TaskKind

INBOX = 30
POSTS_SHOWN = 6
NOTICES_AT_ONCE = 200
FAR_OFF = 9
"""Behind everything that `urgency` knows."""


@dataclass(frozen=True, slots=True)
class Job:
    """One card: the task, its case, and what can be done with one thumb. `take_url` is "" where it is taken already."""

    row: TaskRow
    why: str
    level: Level | None
    take_url: str
    task: str
    for_: str
    by: str
    open_url: str
    press: str
    is_waiting: bool
    is_offer: bool
    is_drill: bool


@page(Needs.POST)
def tasks(request: HttpRequest, frame: Frame) -> HttpResponseBase:
    """The whole page."""
    return frame.render("console/tasks.html", _mine(frame))


@page(Needs.POST)
def live(request: HttpRequest, frame: Frame) -> HttpResponseBase:
    """The cards and the inbox, if anything has changed since `v`; 204 if not."""
    if request.GET.get("v") == overview.version(frame.held, notices.unread(frame.someone), frame.now):
        return HttpResponse(status=204)
    return frame.render("console/_tasks.html", _mine(frame))


@page(Needs.POST, methods=("POST",))
def read(request: HttpRequest, frame: Frame) -> HttpResponseBase:
    """Mark one's own notices as read: those that are named, as many as the page shows."""
    ids = [int(each) for each in request.POST.getlist("notice") if each.isdecimal()][:NOTICES_AT_ONCE]
    notice_writes.read(frame.someone, ids, frame.now)
    if request.headers.get("HX-Request"):
        return frame.render("console/_tasks.html", _mine(frame))
    return HttpResponseRedirect(reverse("tasks") + "#inbox")


def _mine(frame: Frame) -> dict[str, Any]:
    mine = reads.my_tasks(frame.someone, frame.now)
    records = {row.case_id: row.case for row in mine.rows}
    running = {each.record.pk: each for each in overview.running(records.values(), mine.held)}
    standing = [
        (running[row.case_id], found)
        for row in mine.rows
        if (found := running[row.case_id].case.tasks.get(row.key)) is not None
    ]
    standing.sort(key=lambda one: _place(one[0], one[1], frame.now))
    jobs = [job for each, found in standing if (job := _job(each, found, frame)) is not None]
    unread = notices.unread(frame.someone)
    late = sum(job.row.state == "overdue" and not job.is_drill for job in jobs)
    return {
        "version": overview.version(frame.held, unread, frame.now),
        "jobs": [job for job in jobs if not job.is_waiting and not job.is_offer],
        "later": [job for job in jobs if job.is_waiting and not job.is_offer],
        "offers": [job for job in jobs if job.is_offer],
        "more": mine.more,
        "overdue_count": late,
        "inbox": [_Said.of(each) for each in notices.inbox(frame.someone, limit=INBOX)],
        "unread": unread,
        "posts": _posts(frame),
    }


def _place(each: Running, state: TaskState, now: datetime) -> tuple[bool, int, datetime, datetime]:
    """What is real before drills; then as in the room. A duty that falls due some day stands after what an incident
    wants now."""
    first, at, opened = urgency(each.program.edition.tasks.get(state.task), state, now)
    if each.record.kind == "standing" and first:
        first = FAR_OFF
    return each.record.is_drill, first, at, opened


def _posts(frame: Frame) -> str:
    names = [
        naming.actor(program, actor) for plan, program in frame.programs.items() for actor in frame.held.get(plan, ())
    ]
    if len(names) <= POSTS_SHOWN:
        return naming.join(names)
    named = {"first": naming.join(names[:POSTS_SHOWN]), "count": len(names)}
    return _("%(first)s and others, %(count)d posts") % named


def _job(each: Running, state: TaskState, frame: Frame) -> Job | None:
    """The card of a task. None where the row is older than the case, and the task has ended meanwhile."""
    if not state.is_live:
        return None
    program, case = each.program, each.case
    planned = program.edition.tasks.get(state.task)
    waiting = waits_for(program, case, state)
    by = overview.owner(each, state)
    mark = _mark(state, waiting, frame)
    may_take = bool(by) and not waiting and not state.step and not state.taken_at
    return Job(
        row=TaskRow(
            id=f"job-{each.record.pk}-{state.key}",
            state=mark,
            name=naming.task(program, state),
            kind=naming.task_kind(planned.kind) if planned is not None else "",
            url=reverse("room-task", args=[each.record.number, state.key]),
            subs=_subs(each, state),
            cites=naming.cites(program, planned),
            clock=naming.clock(program, state),
            words=naming.say(planned.text) if planned is not None else "",
            words_source=planned.cite if planned is not None else "",
        ),
        why=_why(each, state, waiting),
        level=naming.level_of(program, each.record),
        take_url=reverse("act", args=[each.record.number, "take"]) if may_take else "",
        task=state.key,
        for_=state.for_,
        by=by,
        open_url=reverse("room-task", args=[each.record.number, state.key]) + "?from=tasks",
        press=_press(planned, state),
        is_waiting=bool(waiting),
        is_offer=state.status == Status.OFFERED,
        is_drill=each.record.is_drill,
    )


def _subs(each: Running, state: TaskState) -> list[str]:
    """Which case it belongs to, for whom it stands, who has it."""
    subs = [overview.title(each)]
    if state.for_:
        subs.append(naming.actor(each.program, state.for_))
    elif len(state.who) > 1:
        subs.append(naming.some_actors(each.program, state.who))
    if state.taken_at is not None:
        subs.append(_("taken by %(who)s") % {"who": naming.actor(each.program, state.taken_by)})
    return subs


def _why(each: Running, state: TaskState, waiting: Sequence[TaskState]) -> str:
    if waiting:
        names = naming.join(dict.fromkeys(naming.task(each.program, one) for one in waiting))
        return _("Opens after: %(tasks)s") % {"tasks": names}
    planned = each.program.edition.tasks.get(state.task)
    if state.paper is not None and state.paper.returned:
        return _("Returned: %(reason)s") % {"reason": state.paper.returned}
    if planned is not None and planned.to:
        return naming.addressed(each.program, planned)
    if question := answers.question(each.program, each.case, state):
        return question
    return state.reason if planned is None else ""


def _mark(state: TaskState, waiting: Sequence[TaskState], frame: Frame) -> Mark:
    if overview.is_late(state, frame.now):
        return "overdue"
    if waiting:
        return "waiting"
    if state.paper is not None and state.paper.returned:
        return "returned"
    return "acknowledged" if state.taken_at is not None else "open"


def _press(planned: Task | None, state: TaskState) -> str:
    """What the main button says: it opens the form of the task in the room."""
    if state.step:
        return _("Review")
    if planned is None:
        return _("Complete")
    return {
        TaskKind.DECISION: pgettext("act", "Decide"),
        TaskKind.REPORT: pgettext("act", "Record the report"),
        TaskKind.RELEASE: pgettext("act", "Draft"),
        TaskKind.APPOINT: _("Name somebody"),
    }.get(planned.kind, _("Complete"))


@dataclass(frozen=True, slots=True)
class _Said:
    """One notice as the inbox shows it."""

    id: int
    text: str
    at: datetime
    url: str
    case: str
    is_unread: bool
    urgent: bool
    is_drill: bool

    @classmethod
    def of(cls, notice: Notice) -> _Said:
        english = naming.language() == "en" and bool(notice.words_en)
        return cls(
            id=notice.pk,
            text=notice.words_en if english else notice.words,
            at=notice.said_at,
            url=reverse("room", args=[notice.case.number]),
            case=notice.case.title,
            is_unread=notice.state in notices.UNREAD,
            urgent=notice.urgent,
            is_drill=notice.is_drill,
        )
