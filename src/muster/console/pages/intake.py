"""Intake: whoever picks up the telephone writes down what is said, and sees at once what registering it will start.

What will happen is not described here: the engine decides the very command that the form would send, nothing of it is
stored, and the page shows the tasks, clocks and level of the case that would be.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from muster.cases import reads
from muster.cases.execute import execute
from muster.cases.models import CaseRecord
from muster.console import facts, naming, spoken, words
from muster.console.facts import Answers
from muster.console.frame import Frame, Needs, page
from muster.console.parts import Cite, Clock, Level, Option, Tab
from muster.engine import NEW, Case, Program, Refusal, decide, grade, replay
from muster.engine.commands import OpenIncident
from muster.engine.grading import Grading
from muster.engine.state import Status, TaskState
from muster.plans.model import Filled

UNKNOWN = facts.UNKNOWN
AGO = {"now": timedelta(0), "15": timedelta(minutes=15), "30": timedelta(minutes=30)}
ASKED_FIRST = 4
TITLE_LENGTH = 40
RECENT = timedelta(days=14)
SAME_DAY = timedelta(hours=24)
MOST_DUPLICATES = 3
MOST_PLACES = 30
MOST_STEPS = 12
MOST_PROMPT = 5
PLANS_AT_ONCE = 3
UNITS_AT_ONCE = 16
TITLE_SAYS, TITLE_FITS = 10, 24


@dataclass(frozen=True, slots=True)
class Typed:
    """What the form says, read once. `errors` by field; what could not be read stays in the form as it was typed."""

    plan: str
    by: str
    caller: str
    telephone: str
    types: tuple[str, ...]
    place: str
    when: str
    time: str
    occurred: datetime | None
    summary: str
    answers: Answers
    units: dict[str, tuple[str, ...]]
    is_drill: bool
    key: str
    errors: dict[str, str] = field(default_factory=dict)

    def command(self, person: str = "") -> OpenIncident:
        """The command that registers it."""
        return OpenIncident(
            by=self.by, person=person, key=self.key, title=title_of(self.summary), summary=self.summary, place=self.place,
            types=self.types, occurred=self.occurred, facts=self.answers.known, units=self.units,
            source="　".join(text for text in (self.caller, self.telephone) if text), is_drill=self.is_drill,
        )  # fmt: skip


def title_of(summary: str) -> str:
    """A title from the sentence about what happened: its first clause, with the next ones where it is too short to
    tell one case from another."""
    sentence = re.split(r"[。；;！!？?\n]|\. ", summary.strip(), maxsplit=1)[0].strip()
    first, *others = re.split(r"(?=[，,])", sentence)
    for clause in others:
        if len(first) >= TITLE_SAYS or len(first + clause) > TITLE_FITS:
            break
        first += clause
    return first if len(first) <= TITLE_LENGTH else first[: TITLE_LENGTH - 1] + "…"


@page(Needs.POST, methods=("GET", "HEAD", "POST"))
def intake(request: HttpRequest, frame: Frame) -> HttpResponseBase:
    """The form; and, sent, the case. A refusal leaves everything in the form."""
    program = _program(frame, request.POST.get("plan") or request.GET.get("plan") or "")
    if program is None:
        return frame.render("console/intake.html", {"no_plan": True}, status=200)
    if request.method != "POST":
        empty = QueryDict(f"plan={program.edition.id}&key={uuid4()}")
        return frame.render("console/intake.html", _page(frame, program, read(frame, program, empty), empty))
    typed = read(frame, program, request.POST)
    if typed.errors or typed.answers.errors:
        return _again(frame, program, typed, request.POST, None)
    done = execute(None, typed.command(), now=frame.now, person=frame.someone, plan=program.edition.id)
    if isinstance(done, Refusal):
        return _again(frame, program, typed, request.POST, done)
    said = _("Registered as %(number)s.") % {"number": done.number}
    # The note takes the draft of the form with it, once it is shown.
    messages.success(request, format_html('<span data-clears-draft="intake">{}</span>', said))
    room = reverse("room", args=[done.number])
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": room})
    return HttpResponseRedirect(room)


@page(Needs.POST, methods=("POST",))
def what_follows(request: HttpRequest, frame: Frame) -> HttpResponseBase:
    """What registering the form as it stands would start: a dry run, of which nothing stays."""
    program = _program(frame, request.POST.get("plan", ""))
    if program is None:
        return HttpResponse(status=204)
    typed = read(frame, program, request.POST)
    return frame.render("console/_intake_next.html", _following(frame, program, typed))


def _again(
    frame: Frame, program: Program, typed: Typed, posted: QueryDict, refused: Refusal | None
) -> HttpResponseBase:
    context = _page(frame, program, typed, posted)
    context["refused"] = refused.say(naming.language()) if refused is not None else ""
    context["wrong"] = bool(typed.errors or typed.answers.errors)
    return frame.render("console/intake.html", context, status=422)


def _program(frame: Frame, plan: str) -> Program | None:
    if plan:
        return frame.programs.get(plan)
    return next(iter(frame.programs.values()), None)


# --- reading the form


def read(frame: Frame, program: Program, posted: QueryDict) -> Typed:
    """What was typed. Only what cannot be read is an error; everything may be left unknown but the sentence."""
    held = frame.held[program.edition.id]
    errors: dict[str, str] = {}
    when, time = posted.get("when", ""), posted.get("time", "").strip()
    occurred: datetime | None = None
    if time:
        occurred = facts.instant(time, program.zone, frame.now)
        if occurred is None:
            errors["when"] = _("Give a time such as 13:40, or choose “not known”.")
    elif when in AGO:
        occurred = (frame.now - AGO[when]).replace(second=0, microsecond=0)
    summary = posted.get("summary", "").strip()
    if posted.get("sent") and not summary:
        errors["summary"] = _("Write one sentence about what happened.")
    by = posted.get("by", "")
    return Typed(
        plan=program.edition.id,
        by=by if by in held else held[0],
        caller=posted.get("caller", "").strip(),
        telephone=posted.get("telephone", "").strip(),
        types=tuple(each for each in posted.getlist("type") if each in program.edition.types),
        place=posted.get("place", "").strip(),
        when=when,
        time=time,
        occurred=occurred,
        summary=summary,
        answers=facts.read(program, posted, now=frame.now),
        units=_units(program, posted),
        is_drill=posted.get("drill") == "on",
        key=posted.get("key", ""),
        errors=errors,
    )


def _units(program: Program, posted: QueryDict) -> dict[str, tuple[str, ...]]:
    found = {}
    for actor in program.edition.actors.values():
        chosen = tuple(each for each in posted.getlist(f"unit-{actor.id}") if each in actor.among)
        if actor.filled == Filled.CASE and chosen:
            found[actor.id] = chosen
    return found


# --- the page


@dataclass(frozen=True, slots=True)
class UnitsAsked:
    """Which of the plan's choices are concerned: the places that are filled in each case."""

    name: str
    label: str
    options: Sequence[Option]
    value: Sequence[str]
    many: bool


def _page(frame: Frame, program: Program, typed: Typed, posted: QueryDict) -> dict[str, Any]:
    edition = program.edition
    held = frame.held[edition.id]
    units = _units_asked(program, posted)
    return {
        "plan": edition.id,
        "plan_chosen": "plan" in frame.request.GET or frame.request.method == "POST",
        "plans_many": len(frame.programs) > PLANS_AT_ONCE,
        "plans": [
            Tab(naming.say(other.edition.title), f"{reverse('intake')}?plan={plan}", is_current=plan == edition.id)
            for plan, other in frame.programs.items()
        ],
        "plan_title": naming.say(edition.title),
        "typed": typed,
        "acting": [(each, naming.actor(program, each)) for each in held],
        "types": [Option(each.id, naming.say(each.name)) for each in edition.types.values()],
        "types_value": posted.getlist("type"),
        "times": [
            Option("now", _("just now")),
            Option("15", _("15 min ago")),
            Option("30", _("30 min ago")),
        ],
        "questions": facts.ask(program, _in_form(program), typed=posted, errors=typed.answers.errors),
        "units": units,
        # Long lists of who might be concerned stay folded: what the caller says comes first, who acts can be named later.
        "units_many": sum(len(each.options) for each in units) > UNITS_AT_ONCE
        and not any(each.value for each in units),
        "places": _places(edition.id),
        "drill_value": ["on"] if typed.is_drill else [],
        "drill_option": (Option("on", _("This is a drill")),),
        **_following(frame, program, typed),
    }


def _in_form(program: Program) -> list[str]:
    """The questions of the form: what settles the level; where that asks nothing, what most tasks hang on."""
    graded = facts.asked_first(program, naming.main_scale(program), ASKED_FIRST)
    return graded or facts.asked_by_tasks(program, ASKED_FIRST)


def _units_asked(program: Program, posted: QueryDict) -> list[UnitsAsked]:
    return [
        UnitsAsked(
            f"unit-{actor.id}",
            naming.say(actor.name),
            [Option(each, naming.actor(program, each)) for each in actor.among],
            posted.getlist(f"unit-{actor.id}"),
            actor.many,
        )
        for actor in program.edition.actors.values()
        if actor.filled == Filled.CASE and actor.among
    ]


def _places(plan: str) -> list[str]:
    """Places that were named in recent cases, to choose from while typing."""
    recent = CaseRecord.objects.filter(plan=plan, version__gt=0).exclude(place="").order_by("-pk")
    return list(dict.fromkeys(recent.values_list("place", flat=True)[:MOST_PLACES]))


# --- what will happen


@dataclass(frozen=True, slots=True)
class Step:
    """One line of what follows: tasks of one name that fall due together, or that start without a number."""

    name: str
    who: str
    clock: Clock | None
    word: str
    cite: Cite | None


@dataclass(frozen=True, slots=True)
class Like:
    """A case that may be the same occurrence, and what makes it look so."""

    number: str
    title: str
    url: str
    level: Level | None
    why: str
    is_drill: bool


def _following(frame: Frame, program: Program, typed: Typed) -> dict[str, Any]:
    """The dry run, and cases that may be the same."""
    command = typed.command(frame.someone.ref)
    if not command.summary:
        # Without a sentence the engine would refuse; the clocks can be shown before it is typed.
        command = OpenIncident(
            by=command.by, title="—", place=command.place, types=command.types, occurred=command.occurred,
            facts=command.facts, units=command.units,
        )  # fmt: skip
    decided = decide(program, NEW, command, frame.now)
    context: dict[str, Any] = {
        "plan_title": naming.say(program.edition.title),
        "would_be": title_of(typed.summary),
        "likely": _duplicates(frame, program, typed),
    }
    if isinstance(decided, Refusal):
        return {**context, "cannot": decided.say(naming.language())}
    case = replay(decided)
    clocks, rest, hidden = _steps(program, case)
    context |= {"clocks": clocks, "rest": rest, "hidden_steps": hidden, "guess_start": typed.occurred is None}
    asked = _in_form(program)
    context["then"] = [
        naming.say(program.edition.facts[name].ask or program.edition.facts[name].name)
        for name in facts.asked_by_tasks(program, len(asked) + 3)
        if name not in asked and name not in command.facts
    ]
    scale = program.edition.scales.get(program.main_scale(case))
    if scale is not None:
        graded = grade(program, case, scale.id, frame.now)
        context |= {
            "proposed": naming.level(program, scale.id, graded.proposed),
            "because": _because(program, graded),
            "possible": [
                shown
                for each in graded.levels
                if each.verdict == "possible" and (shown := naming.level(program, scale.id, each.level)) is not None
            ],
            "asks": _open(program, graded),
            "then": _asks_next(program, graded),
        }
    return context


def _steps(program: Program, case: Case) -> tuple[list[Step], list[Step], int]:
    """What falls due, in order; what starts at once without a number; and how many of those are not listed."""
    together: dict[tuple[Any, ...], list[TaskState]] = {}
    for task in case.tasks.values():
        if task.is_live and task.status != Status.OFFERED and not task.step:
            together.setdefault((task.due_at or task.aim_at, task.task), []).append(task)
    steps = [(at, _step(program, tasks)) for (at, _task), tasks in together.items()]
    due = [step for at, step in sorted((one for one in steps if one[0] is not None), key=lambda one: one[0])]
    # What has a number in the plan but no start yet: it must be seen, since answering one question starts it.
    unset = [step for at, step in steps if at is None and step.clock is not None]
    prompt = sorted((step for at, step in steps if at is None and step.clock is None), key=lambda step: not step.word)
    return [*due, *unset][:MOST_STEPS], prompt[:MOST_PROMPT], max(0, len(prompt) - MOST_PROMPT)


def _step(program: Program, tasks: Sequence[TaskState]) -> Step:
    planned = program.edition.tasks.get(tasks[0].task)
    clock = naming.clock(program, tasks[0])
    waits = clock.state == "unset"
    return Step(
        name=naming.task(program, tasks[0]),
        who=naming.join(dict.fromkeys(naming.owners(program, each) for each in tasks)),
        clock=clock if clock.due_at is not None or waits else None,
        word=spoken.word(planned.word) if planned is not None and planned.word else "",
        cite=naming.cite(program, planned.cite, spoken=False) if planned is not None else None,
    )


def _because(program: Program, graded: Grading) -> str:
    scale = program.edition.scales[graded.scale]
    return naming.join(naming.say(each.text) for each in scale.criteria if each.id in graded.because and each.text)


def _open(program: Program, graded: Grading) -> str:
    """The question whose answer would settle most."""
    if graded.question is None:
        return ""
    fact = program.edition.facts[graded.question.fact]
    return naming.say(fact.ask or fact.name)


def _asks_next(program: Program, graded: Grading, most: int = 3) -> list[str]:
    """What to ask the caller next, besides what the form asks: the open questions that most criteria hang on."""
    in_form = facts.asked_first(program, program.edition.scales[graded.scale], ASKED_FIRST)
    open_facts: dict[str, int] = {}
    for level in graded.levels:
        for criterion in level.criteria:
            if criterion.holds is None and not criterion.judgement:
                for name in criterion.open:
                    if name in in_form:
                        continue
                    open_facts[name] = open_facts.get(name, 0) + 1
    if graded.question is not None:
        open_facts.pop(graded.question.fact, None)
    names = sorted(open_facts, key=lambda name: -open_facts[name])[:most]
    return [naming.say(program.edition.facts[name].ask or program.edition.facts[name].name) for name in names]


def _duplicates(frame: Frame, program: Program, typed: Typed) -> list[Like]:
    """Cases of the same plan that run, and share the type or the place with what was typed."""
    if not (typed.types or typed.place):
        return []
    shown = reads.board(frame.someone, frame.now, kinds=("incident",), drills=typed.is_drill)
    found: list[tuple[int, Like]] = []
    for record in shown.rows:
        if record.plan != program.edition.id or record.opened_at is None or frame.now - record.opened_at > RECENT:
            continue
        reasons = []
        if typed.place and record.place and _near(typed.place, record.place):
            reasons.append(_("same place"))
        if set(typed.types) & set(record.type_ids):
            reasons.append(_("same type"))
        if not reasons:
            continue
        ago = frame.now - record.opened_at
        reasons.append(_("reported %(time)s ago") % {"time": words.duration(ago)})
        like = Like(
            record.number, record.title, reverse("room", args=[record.number]), naming.level_of(program, record),
            naming.phrases([record.place, naming.join(reasons)]), record.is_drill,
        )  # fmt: skip
        weight = 2 * len(reasons) + (ago <= SAME_DAY)
        found.append((weight, like))
    found.sort(key=lambda one: -one[0])
    return [like for _weight, like in found[:MOST_DUPLICATES]]


def _near(one: str, other: str) -> bool:
    """Whether two places are written alike: one within the other, or beginning alike (临颍县城关镇, 临颍县固厢乡)."""
    first, second = re.sub(r"\s+", "", one), re.sub(r"\s+", "", other)
    if len(first) < 2 or len(second) < 2:
        return first == second
    return first in second or second in first or (len(first) > 2 and first[:3] == second[:3])
