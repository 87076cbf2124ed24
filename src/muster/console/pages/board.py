"""The command board: what runs, what is late, what waits for me, in one look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from muster.cases import reads
from muster.cases.models import Heartbeat
from muster.console import naming, overview, words
from muster.console.frame import Frame, Needs, page
from muster.console.overview import Late, Running, Waiting
from muster.console.parts import Cite, Clock, Figure, Level, TaskRow
from muster.engine.state import TaskState
from muster.notices import reads as notices
from muster.people import reads as people
from muster.people.models import Person
from muster.plans.model import RightName

KINDS = ("incident", "warning")
"""What the board is about. Standing duties and hazards have a page of their own."""
AHEAD = timedelta(hours=4)
BEHIND = timedelta(minutes=40)
SOON = timedelta(minutes=30)
SILENT_AFTER = timedelta(seconds=30)
"""A timekeeper that lives says so every few seconds; longer silence is said on the board."""


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case as a row of the board."""

    id: str
    url: str
    title: str
    level: Level | None
    sub: str
    stage: str
    stage_says: str
    lead: str
    lead_says: str
    clock: Clock | None
    clock_says: str
    more: str
    is_drill: bool
    is_graded: bool


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """One thing that waits for a decision of whoever reads."""

    id: str
    title: str
    level: Level | None
    text: str
    since: datetime | None
    cites: Sequence[Cite]
    url: str
    press: str


@dataclass(frozen=True, slots=True)
class QuietLine:
    """Something that is known to be quiet, and since when; `is_wrong`: what should be known is not."""

    name: str
    says: str
    is_wrong: bool = False


@page(Needs.POST)
def board(request: HttpRequest, frame: Frame) -> HttpResponseBase:
    """The whole page."""
    return frame.render("console/board.html", _board(frame))


@page(Needs.POST)
def live(request: HttpRequest, frame: Frame) -> HttpResponseBase:
    """The board's parts, if anything has changed since `v`; 204 if not."""
    if request.GET.get("v") == overview.version(frame.held, notices.unread(frame.someone), frame.now, kinds=KINDS):
        return HttpResponse(status=204)
    return frame.render("console/_board.html", _board(frame))


def _board(frame: Frame) -> dict[str, Any]:
    now = frame.now
    shown = reads.board(frame.someone, now, kinds=KINDS)
    cases = overview.running(shown.rows, shown.held)
    real = [each for each in cases if not each.record.is_drill]
    late = overview.late(cases, now)
    decisions = overview.waiting(cases, now)
    unread = notices.unread(frame.someone)
    start = now - BEHIND
    # One statement for each plan that has a case here, whatever the number of cases.
    directories = {plan: people.directory(plan, now) for plan in {each.record.plan for each in cases}}
    return {
        "version": overview.version(frame.held, unread, now, None if shown.more else shown.rows, kinds=KINDS),
        "overdue_count": sum(not each.running.record.is_drill for each in late),
        "figures": _figures(real, late, decisions, unread, now),
        "cases": [_case_line(each, directories[each.record.plan], now) for each in cases],
        "more": shown.more,
        "hidden": shown.hidden,
        "late": [(_late_row(each), _room(each.running)) for each in late],
        "decisions": [_decision_line(each) for each in decisions],
        "marks": overview.marks(real, now, now + AHEAD),
        "ruler_start": start
        - timedelta(minutes=start.minute % 10, seconds=start.second, microseconds=start.microsecond),
        "ruler_end": now + AHEAD,
        "quiet": _quiet(frame, unread),
        "unread": unread,
    }


# --- the numbers at the top


def _figures(
    cases: Sequence[Running], late: Sequence[Late], decisions: Sequence[Waiting], unread: int, now: datetime
) -> list[Figure]:
    kinds = {"incident": 0, "warning": 0}
    for each in cases:
        kinds[each.record.kind] = kinds.get(each.record.kind, 0) + 1
    by_kind = [f"{naming.case_kind(kind)}{_gap()}{number}" for kind, number in kinds.items() if number]
    real_late = [each for each in late if not each.running.record.is_drill]
    longest = _longest(now - each.task.due_at for each in real_late if each.task.due_at is not None)
    soon = overview.due_within(cases, now, SOON)
    waits = [now - each.since for each in decisions if each.since is not None]
    return [
        Figure(_("Running"), len(cases), naming.phrases(by_kind) if cases else _("nothing runs")),
        Figure(
            _("Overdue"),
            len(real_late),
            _("longest %(time)s") % {"time": words.duration(longest)} if longest is not None else _("nothing is late"),
            is_late=bool(real_late),
            url="#late" if real_late else "",
        ),
        Figure(
            _("Due within 30 min"),
            len(soon),
            _("next %(time)s") % {"time": words.time_of_day(soon[0])} if soon else "",
        ),
        Figure(
            _("For me to decide"),
            len(decisions),
            _("longest %(time)s") % {"time": words.duration(max(waits))} if waits else "",
            url="#decide" if decisions else "",
        ),
        Figure(_("Notices unread"), unread, _("to my inbox"), url=reverse("tasks") + "#inbox"),
    ]


def _gap() -> str:
    return "" if naming.language() == "zh" else " "


def _longest(lengths: Any) -> timedelta | None:
    return max(lengths, default=None)


# --- running cases


def _room(each: Running) -> str:
    return reverse("room", args=[each.record.number])


def _case_words(each: Running) -> str:
    return naming.phrases([overview.title(each), each.record.number])


def _lead(each: Running, directory: Mapping[str, tuple[Person, ...]], now: datetime) -> tuple[str, str]:
    """Who commands, by name where somebody holds the post; and by which posts, and who coordinates."""
    command = naming.who_may(each.program, each.case, RightName.COMMAND, now)
    if not command:
        return "", ""
    names = _names(command, directory)
    posts = naming.some_actors(each.program, command)
    coordinate = naming.who_may(each.program, each.case, RightName.COORDINATE, now)
    others = _names(coordinate, directory)
    coordinates = naming.some_persons(others) if others else naming.some_actors(each.program, coordinate)
    if coordinates:
        coordinates = _("coordinates: %(who)s") % {"who": coordinates}
    return naming.some_persons(names) if names else posts, naming.phrases([posts if names else "", coordinates])


def _names(actors: Sequence[str], directory: Mapping[str, tuple[Person, ...]]) -> list[str]:
    return list(dict.fromkeys(person.name for actor in actors for person in directory.get(actor, ())[:1]))


def _case_line(each: Running, directory: Mapping[str, tuple[Person, ...]], now: datetime) -> CaseLine:
    record, case, program = each.record, each.case, each.program
    done, owed = overview.progress(case)
    late = [one.task for one in overview.late([each], now)]
    # Where nothing is ahead, what is longest overdue stands there; the others are counted under it.
    following = overview.next_clock(case, now) or tuple(late[:1])
    others = len([task for task in late if task not in following])
    happened = case.instants.get("occurred")
    happened_says = (
        _("occurred %(time)s") % {"time": words.wall(happened, now)}
        if happened is not None
        else _("reported %(time)s") % {"time": words.wall(case.instants["reported"], now)}
        if "reported" in case.instants
        else ""
    )
    level = naming.level_of(program, record)
    proposed = naming.level_in_words(program, program.main_scale(case), record.proposed) if record.proposed else ""
    waits = "" if level is not None or not proposed else _("%(level)s proposed") % {"level": proposed}
    if case.proposal is not None:
        scale, colour = program.main_scale(case), case.proposal.colour
        waits = _("%(level)s proposed") % {"level": naming.level_in_words(program, scale, colour)}
        if level is None and (shown := naming.level(program, scale, colour)) is not None:
            level = Level(None, shown.code, pgettext("level", "proposed"))
    lead, lead_says = _lead(each, directory, now) if case.kind == "incident" else ("", "")
    return CaseLine(
        id=f"case-{record.pk}",
        url=_room(each),
        title=overview.title(each),
        level=level,
        is_graded=naming.is_graded(program, case),
        sub=naming.phrases([record.number, case.place, happened_says, waits]),
        stage=naming.stage(case.stage, case.kind),
        stage_says=_("%(done)d of %(owed)d done") % {"done": done, "owed": owed} if owed else "",
        lead=lead,
        lead_says=lead_says,
        clock=naming.clock(program, following[0]) if following else None,
        clock_says=naming.phrases(
            [
                naming.task(program, following[0]),
                naming.join(dict.fromkeys(naming.owners(program, t) for t in following)),
            ]
        )
        if following
        else _("no clock runs"),
        more=_("%(count)d overdue") % {"count": others} if others else "",
        is_drill=record.is_drill,
    )


def _late_row(each: Late) -> TaskRow:
    run, task = each.running, each.task
    planned = run.program.edition.tasks.get(task.task)
    told = _("chased %(count)d times") % {"count": task.climbed} if task.climbed else ""
    answered = (
        _("answered for by %(who)s") % {"who": naming.actor(run.program, task.answered_by)} if task.answered_by else ""
    )
    return TaskRow(
        id=f"late-{run.record.pk}-{task.key}",
        state="overdue",
        name=naming.task(run.program, task),
        kind=naming.task_kind(planned.kind) if planned is not None else "",
        url=reverse("room-task", args=[run.record.number, task.key]),
        subs=[text for text in (naming.owners(run.program, task), overview.title(run), told, answered) if text],
        cites=naming.cites(run.program, planned),
        clock=naming.clock(run.program, task),
    )


# --- decisions


def _decision_line(each: Waiting) -> DecisionLine:
    run, program = each.running, each.running.program
    level = naming.level(program, each.scale, each.level) if each.level else naming.level_of(program, run.record)
    in_words = naming.level_in_words(program, each.scale, each.level) if each.level else ""
    text = _case_words(run)
    cites: tuple[Cite, ...] = ()
    match each.what:
        case "confirm":
            title, press = _("Confirm %(level)s") % {"level": in_words}, _("Confirm…")
            cites = _because(run, each.scale)
        case "approve-warning":
            title, press = _("Approve: %(paper)s") % {"paper": in_words}, _("Review and approve")
            if run.case.proposal is not None:
                text = naming.phrases(
                    [text, _("proposed by %(who)s") % {"who": naming.actor(program, run.case.proposal.by)}]
                )
        case "issue-warning":
            title, press = _("Issue: %(paper)s") % {"paper": in_words}, _("Issue…")
        case "approve":
            title, press = naming.task(program, _task(each)), _("Review and approve")
            cites = naming.cites(program, program.edition.tasks.get(_task(each).task))
        case _:
            title, press = naming.task(program, _task(each)), _("Decide…")
            cites = naming.cites(program, program.edition.tasks.get(_task(each).task))
    url = _room(run) + (
        {"confirm": "#grade", "approve-warning": "#proposal", "issue-warning": "#proposal"}.get(each.what, "")
    )
    if each.task is not None:
        url = reverse("room-task", args=[run.record.number, each.task.key])
    key = each.task.key if each.task is not None else f"{each.what}-{each.scale}"
    return DecisionLine(f"decide-{run.record.pk}-{key}", title, level, text, each.since, cites, url, press)


def _task(each: Waiting) -> TaskState:
    assert each.task is not None
    return each.task


def _because(run: Running, scale_id: str) -> tuple[Cite, ...]:
    scale, standing = run.program.edition.scales[scale_id], run.case.standings[scale_id]
    articles = [each.cite for each in scale.criteria if each.id in standing.because]
    return tuple(found for text in dict.fromkeys(articles) if (found := naming.cite(run.program, text)) is not None)


# --- what is quiet


def _quiet(frame: Frame, unread: int) -> list[QuietLine]:
    """Honest values only: the plans in force, and when the clocks were last looked after."""
    lines = [
        QuietLine(
            _("Plans in force"),
            naming.join(
                f"{naming.say(program.edition.title)}（{program.edition.edition}）"
                if naming.language() == "zh"
                else f"{naming.say(program.edition.title)} ({program.edition.edition})"
                for program in frame.programs.values()
            ),
        )
    ]
    beats = {
        each["job"]: each["beaten_at"] for each in Heartbeat.objects.values("job").annotate(beaten_at=Max("beaten_at"))
    }
    for job, name in (("timekeeper", _("Clocks")), ("deliverer", _("Delivery of notices"))):
        beaten = beats.get(job)
        if beaten is None:
            lines.append(QuietLine(name, _("nobody has looked after them yet"), is_wrong=True))
        elif frame.now - beaten > SILENT_AFTER:
            silent = words.duration(frame.now - beaten)
            lines.append(
                QuietLine(name, _("silent for %(time)s: nothing falls due by itself") % {"time": silent}, is_wrong=True)
            )
        else:
            lines.append(
                QuietLine(name, _("last looked at %(time)s") % {"time": f"{timezone.localtime(beaten):%H:%M:%S}"})
            )
    lines.append(
        QuietLine(
            _("Inbox"),
            pgettext("inbox", "everything read") if not unread else _("%(count)d unread") % {"count": unread},
        )
    )
    return lines
