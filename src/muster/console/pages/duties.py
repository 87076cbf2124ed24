"""Standing duties: what is owed this week and by whom, what is late, what was never done; hazards; gaps of people."""

from __future__ import annotations

from collections.abc import Sequence
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
from muster.console import duty_lines, naming, overview, spoken, words
from muster.console.frame import Frame, Needs, page
from muster.console.pages.intake import title_of
from muster.console.parts import Column, Figure, Tab
from muster.duties import reads, register
from muster.duties.gaps import gaps
from muster.duties.reads import Doing, FollowUp, State
from muster.duties.writes import open_by_hand, register_hazard
from muster.engine import NEW, Program, Refusal
from muster.people import reads as people
from muster.plans.model import CaseKind, Task

# --- the page of all duties


@page(Needs.POST)
def duties(request: HttpRequest, frame: Frame) -> HttpResponseBase:
    """Everything that is owed between incidents, the late first."""
    now = frame.now
    seen = reads.overview({plan: frame.held[plan] for plan in frame.programs}, now)
    directories = {plan: people.directory(plan, now) for plan in frame.programs}
    several = len(frame.programs) > 1
    week_ends = _end_of_week(now)
    this_week = [each for each in seen.open if each.due_at is not None and each.due_at <= week_ends]
    done = [each for each in seen.done if each.done_at is not None and each.done_at >= week_ends - timedelta(days=7)]
    short = [(program, gap) for program in frame.programs.values() for gap in gaps(program, now)]
    key_gaps = [(program, gap) for program, gap in short if gap.least >= 2]

    late_steps = [each for each in seen.follow_ups if overview.is_late(each.step, now)]
    steps = [each for each in seen.follow_ups if each not in late_steps]

    def lines(found: Sequence[Doing]) -> list[duty_lines.Line]:
        return [duty_lines.line(frame, each, directories, several) for each in found]

    return frame.render(
        "console/duties.html",
        {
            "figures": _figures(seen, this_week, late_steps, key_gaps, now),
            "overdue": lines(seen.overdue) + [duty_lines.step_line(frame, each) for each in late_steps],
            "steps": [duty_lines.step_line(frame, each) for each in steps],
            "week": lines(this_week),
            "done": lines(done),
            "week_says": _("until %(day)s") % {"day": words.day(week_ends - timedelta(minutes=1), now)},
            "missed": duty_lines.missed_lines(frame, seen, directories),
            "missed_in_all": seen.missed_in_all,
            "duties": [duty_lines.duty_line(frame, each, directories) for each in seen.duties],
            "duty_columns": [
                Column(_("Duty")), Column(_("How often"), "sub"), Column(_("Whose")), Column(_("This time"), "line"),
                Column(_("Last done")), Column(pgettext("column", "Missed")),
            ],
            "owned": [duty_lines.owned_line(frame, each, directories) for each in seen.unnumbered],
            "owned_columns": [Column(_("Duty")), Column(_("Whose"), "sub"), Column(_("Last recorded"))],
            "hazards": [duty_lines.hazard_line(each, now) for each in seen.hazards],
            "may_register": bool(frame.programs),
            "key_gaps": [duty_lines.gap_line(program, gap) for program, gap in key_gaps],
            "empty_posts": [naming.say(gap.actor.name) for _p, gap in short if gap.least < 2],
            "checks": [duty_lines.check_line(frame, each) for each in seen.checks],
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


def _has_hazards(program: Program) -> bool:
    return bool(program.index.by_section[CaseKind.HAZARD])


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
    often = spoken.often(program, task.again) if task.again is not None and task.again.by_time else ""
    tally = {each: sum(one.state is each for one in history) for each in State}
    return frame.render(
        "console/duty.html",
        {
            "plan": plan,
            "task": task,
            "name": naming.say(task.name),
            "kind": naming.task_kind(task.kind),
            "plan_title": naming.say(program.edition.title),
            "who": duty_lines.whose(program, task.who, directory),
            "often": often or (_("as wished") if task.may else _("no interval: owed all the time, or as needed")),
            "text": naming.say(task.text) if task.text else "",
            "cite": naming.cite(program, task.cite),
            "is_in_force": is_in_force,
            "history": [duty_lines.history_line(frame, program, each) for each in history],
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
            "duty_url": duty_lines.url_of(plan, key),
            "plan_title": naming.say(program.edition.title),
            "number": number,
            "room_url": duty_lines.room_of(each),
            "is_open": part is None and each.state in (State.OPEN, State.OVERDUE, State.MISSED),
            "is_kept": kept is not None,
            "kept_at": part.ended_at if part is not None else None,
            "kept_by": naming.actors(program, each.done_by),
            "from": words.wall(begins, frame.now),
            "to": words.wall(ends, frame.now) if ends is not None else "",
            "rows": [duty_lines.register_line(program, row, frame.now) for row in rows or ()],
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
