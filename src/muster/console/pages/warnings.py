"""Warnings: those in force and on their way, and the form that proposes one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from muster.cases import reads
from muster.cases.execute import execute
from muster.console import facts, naming, overview, words
from muster.console.facts import Answers
from muster.console.frame import Frame, Needs, page
from muster.console.overview import Running
from muster.console.parts import Clock, Level, Option, Rung, Step, Tab
from muster.engine import NEW, Program, Refusal, decide
from muster.engine.commands import ProposeWarning
from muster.engine.state import Case
from muster.plans.conditions import Expression
from muster.plans.model import CaseKind, RightName, Scale, Task

PAST = 20
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)  # which measures belong to a colour does not hang on the time


@dataclass(frozen=True, slots=True)
class WarningLine:
    """One warning as a row."""

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


@page(Needs.POST)
def warnings(request: HttpRequest, frame: Frame) -> HttpResponseBase:
    """What is in force or proposed, what has ended, and what each colour means in the plan."""
    live = reads.board(frame.someone, frame.now, kinds=("warning",))
    past = reads.board(frame.someone, frame.now, kinds=("warning",), over=True, limit=PAST)
    cases = overview.running([*live.rows, *past.rows], live.held)
    return frame.render(
        "console/warnings.html",
        {
            "current": [_line(each, frame) for each in cases if not each.record.is_over],
            "past": [_line(each, frame) for each in cases if each.record.is_over],
            "ladders": [
                (naming.say(program.edition.title), ladder(program, scale))
                for program in frame.programs.values()
                if (scale := naming.main_scale(program, "warning")) is not None
            ],
            "may_propose": any(_colours(frame, program) for program in frame.programs.values()),
        },
    )


def _line(each: Running, frame: Frame) -> WarningLine:
    record, case, program, now = each.record, each.case, each.program, frame.now
    scale = program.main_scale(case)
    level, waits = naming.level_of(program, record), ""
    proposal = case.proposal
    if proposal is not None:
        colour = naming.level_in_words(program, scale, proposal.colour)
        who = naming.actor(program, proposal.by)
        waits = _("%(who)s proposes %(colour)s") % {"who": who, "colour": colour}
        waits = naming.phrases([waits, _("approved") if proposal.approved_at else _("waits for approval")])
        if level is None and (shown := naming.level(program, scale, proposal.colour)) is not None:
            level = Level(None, shown.code, pgettext("level", "proposed"))
    since = case.standings[scale].confirmed_at if scale in case.standings else None
    done, owed = overview.progress(case)
    following = overview.next_clock(case, now)
    waited = Clock(started_at=proposal.approved_at or proposal.at) if proposal is not None else None
    late = sum(overview.is_late(task, now) for task in case.tasks.values())
    return WarningLine(
        id=f"warning-{record.pk}",
        url=reverse("room", args=[record.number]),
        title=overview.title(each),
        level=level,
        sub=naming.phrases(
            [record.number, _("issued %(time)s") % {"time": words.wall(since, now)} if since is not None else "", waits]
        ),
        stage=naming.ended(case.ended) if case.ended else naming.stage(case.stage, "warning"),
        stage_says=_("%(done)d of %(owed)d done") % {"done": done, "owed": owed} if owed else "",
        lead=naming.actor(program, case.opened_by),
        lead_says=_("first proposed it"),
        clock=naming.clock(program, following[0]) if following else waited,
        clock_says=naming.task(program, following[0]) if following else waits,
        more=_("%(count)d overdue") % {"count": late} if late else "",
    )


# --- the colours of a plan


def ladder(program: Program, scale: Scale) -> list[Rung]:
    """What each colour of a plan adds, and who proposes, approves and issues it; the lowest first."""
    rungs: list[Rung] = []
    kept: list[str] = []
    for each in scale.levels:
        standing = [task for task in _tasks_of(program) if _stands_at(program, task, scale, each.id)]
        added = [task for task in standing if task.id not in kept]
        shown = naming.level(program, scale.id, each.id)
        assert shown is not None
        rungs.append(
            Rung(
                level=shown,
                title=naming.say(each.name) if naming.language() == "zh" else f"{naming.say(each.name)} {shown.name}",
                says=naming.say(each.text) if each.text else _criterion(scale, each.id),
                facts=_who(program, scale, each.id),
                carries=_carries(len(kept), len(added)),
                kept=len(kept),
                added=[_step(program, task) for task in added],
            )
        )
        kept += [task.id for task in added]
    return rungs


def _criterion(scale: Scale, level: str) -> str:
    return next((naming.say(each.text) for each in scale.criteria if each.level == level and each.text), "")


def _carries(kept: int, added: int) -> str:
    if not kept:
        return _("%(count)d measures") % {"count": added}
    return _("%(kept)d kept, %(added)d more") % {"kept": kept, "added": added}


def _tasks_of(program: Program) -> list[Task]:
    return [task for task in program.edition.tasks.values() if task.section == CaseKind.WARNING]


def _stands_at(program: Program, task: Task, scale: Scale, level: str) -> bool:
    """Whether a task belongs to a colour: the plan's own conditions, asked of a warning of that colour."""
    supposed = Case(kind="warning", version=1, stage="response")
    env = program.env(supposed, supposed.last_at or _LONG_AGO, overrides={scale.id: level})
    return all(
        program.value(part, env) is not False
        for part in (*task.while_, *task.when)
        if _speaks_of(program, part, scale.id)
    )


def _speaks_of(program: Program, part: Expression, scale: str) -> bool:
    return scale in program.reads(part)


def _step(program: Program, task: Task) -> Step:
    word = task.word if naming.language() == "zh" else ""
    return Step("open", naming.say(task.name), naming.phrases([word, naming.actors(program, task.who)]))


def _who(program: Program, scale: Scale, level: str) -> list[tuple[str, str]]:
    supposed = Case(kind="warning")
    named = (
        (RightName.PROPOSE, _("Proposes")),
        (RightName.APPROVE, _("Approves")),
        (RightName.ISSUE, _("Issues")),
    )
    return [
        (
            name,
            naming.actors(program, program.holders(supposed, right, _LONG_AGO, candidate=level, scale=scale.id)) or "—",
        )
        for right, name in named
    ]


# --- proposing one


@page(Needs.POST, methods=("GET", "HEAD", "POST"))
def propose(request: HttpRequest, frame: Frame) -> HttpResponseBase:
    """The form of a new warning. A refusal leaves everything in it."""
    able = {plan: colours for plan, program in frame.programs.items() if (colours := _colours(frame, program))}
    plan = request.POST.get("plan") or request.GET.get("plan") or next(iter(able), "")
    program = frame.programs.get(plan)
    if program is None or plan not in able:
        return frame.render("console/warning_propose.html", {"who_may": _who_may(frame)}, status=403)
    if request.method != "POST":
        return frame.render("console/warning_propose.html", _form(frame, program, able, None, Answers()))
    scale = naming.main_scale(program, "warning")
    assert scale is not None
    answers = facts.read_form(program, scale.form, request.POST, now=frame.now)
    colour, by = request.POST.get("colour", ""), request.POST.get("by", "")
    held = frame.held[plan]
    context = _form(frame, program, able, request.POST, answers)
    if answers.errors:
        return frame.render("console/warning_propose.html", {**context, "wrong": True}, status=422)
    if not colour:
        return frame.render(
            "console/warning_propose.html", {**context, "colour_error": _("Choose a colour.")}, status=422
        )
    if by not in held:
        by = next((each for each in held if colour in able[plan].get(each, ())), held[0])
    command = ProposeWarning(
        by=by,
        key=request.POST.get("key", ""),
        colour=colour,
        title=request.POST.get("title", "").strip(),
        reason=request.POST.get("reason", "").strip(),
        contents=answers.known,
        is_drill=request.POST.get("drill") == "on",
    )
    done = execute(None, command, now=frame.now, person=frame.someone, plan=plan)
    if isinstance(done, Refusal):
        refused = done.say(naming.language())
        return frame.render("console/warning_propose.html", {**context, "refused": refused}, status=422)
    said = _("Proposed as %(number)s. Whoever approves it has been told.") % {"number": done.number}
    messages.success(request, format_html('<span data-clears-draft="warning">{}</span>', said))
    room = reverse("room", args=[done.number])
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": room})
    return HttpResponseRedirect(room)


def _colours(frame: Frame, program: Program) -> dict[str, tuple[str, ...]]:
    """Held actor → the colours that it may propose: those for which the engine would take the proposal."""
    scale = naming.main_scale(program, "warning")
    if scale is None:
        return {}
    found = {}
    for by in frame.held.get(program.edition.id, ()):
        able = tuple(
            each.id
            for each in scale.levels
            if not isinstance(
                decide(program, NEW, ProposeWarning(by=by, colour=each.id, title="?"), frame.now), Refusal
            )
        )
        if able:
            found[by] = able
    return found


def _who_may(frame: Frame) -> list[tuple[str, str]]:
    """Colour → who may propose it, for the page that has to say no."""
    found = []
    for program in frame.programs.values():
        scale = naming.main_scale(program, "warning")
        for each in scale.levels if scale is not None else ():
            assert scale is not None
            holders = program.holders(
                Case(kind="warning"), RightName.PROPOSE, frame.now, candidate=each.id, scale=scale.id
            )
            found.append((naming.level_in_words(program, scale.id, each.id), naming.actors(program, holders)))
    return found


def _others(program: Program, scale: Scale, colours: Sequence[str], now: datetime) -> str:
    """Who proposes the colours that one cannot propose oneself."""
    said = []
    for colour in colours:
        who = program.holders(Case(kind="warning"), RightName.PROPOSE, now, candidate=colour, scale=scale.id)
        named = {"colour": naming.level_in_words(program, scale.id, colour), "who": naming.actors(program, who)}
        said.append(_("%(colour)s is proposed by %(who)s.") % named)
    return "".join(said) if naming.language() == "zh" else " ".join(said)


def _form(
    frame: Frame,
    program: Program,
    able: dict[str, dict[str, tuple[str, ...]]],
    posted: QueryDict | None,
    answers: Answers,
) -> dict[str, Any]:
    scale = naming.main_scale(program, "warning")
    assert scale is not None
    colours = {colour for each in able[program.edition.id].values() for colour in each}
    actors: Sequence[str] = list(able[program.edition.id])
    # What the engine fills in itself when the warning is issued need not be typed.
    form = program.edition.forms.get(scale.form)
    leave_out = [each.id for each in form.fields if each.source or each.type == "level"] if form is not None else []
    asked = facts.ask_form(program, scale.form, typed=posted, errors=answers.errors, leave_out=leave_out)
    value = posted or QueryDict(f"key={uuid4()}")
    return {
        "plan": program.edition.id,
        "plan_title": naming.say(program.edition.title),
        "plans": [
            Tab(naming.say(frame.programs[plan].edition.title), f"{reverse('warnings-propose')}?plan={plan}",
                is_current=plan == program.edition.id) for plan in able
        ],
        "colours": [
            Option(each.id, naming.level_in_words(program, scale.id, each.id)) for each in scale.levels if each.id in colours
        ],
        "colour_hint": _others(program, scale, [each.id for each in scale.levels if each.id not in colours], frame.now),
        "acting": [(each, naming.actor(program, each)) for each in actors],
        "required": [each for each in asked if each.required],
        "optional": [each for each in asked if not each.required],
        "form_name": naming.say(form.name) if form is not None else "",
        "form_cite": naming.cite(program, form.cite) if form is not None else None,
        "ladder": ladder(program, scale),
        "drill_option": (Option("on", _("This is a drill")),),
        "drill_value": ["on"] if value.get("drill") == "on" else [],
        "typed": {name: value.get(name, "") for name in ("key", "colour", "title", "reason", "by")},
    }  # fmt: skip
