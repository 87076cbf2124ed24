"""The plan reader: what the written plan says, each part with its article, as chart, table and list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from muster.cases import reads
from muster.console import naming, pictures, spoken
from muster.console.frame import Frame, Needs, page
from muster.console.parts import Cite, Column, Level, Tab
from muster.engine import NEW, Program
from muster.plans.model import CaseKind, RightName, Scale, Task

SECTION_NAMES = (CaseKind.INCIDENT, CaseKind.WARNING, CaseKind.STANDING, CaseKind.HAZARD)


@dataclass(frozen=True, slots=True)
class LevelRow:
    """One level with what puts a case there and who then commands, starts and publishes."""

    level: Level
    criteria: Sequence[tuple[str, Cite | None]]
    says: str
    command: str
    start: str
    publish: str


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task of the plan as the reader shows it."""

    id: str
    anchor: str
    kind: str
    name: str
    who: str
    to: str
    when: str
    due: str
    has_number: bool
    text: str
    after: str
    approve: str
    cite: Cite | None
    is_offer: bool


@dataclass(frozen=True, slots=True)
class GroupRows:
    id: str
    name: str
    condition: str
    cite: Cite | None
    rows: Sequence[TaskRow]


@page(Needs.POST)
def plans(request: HttpRequest, frame: Frame) -> HttpResponseBase:
    """The plans in force of which one holds something."""
    return frame.render(
        "console/plans.html",
        {
            "plans": [
                {
                    "url": reverse("plan", args=[plan]),
                    "title": naming.say(program.edition.title),
                    "edition": program.edition.edition,
                    "digest": program.edition.digest[:8],
                    "issuer": naming.say(program.edition.issuer),
                    "text": naming.say(program.edition.text),
                    "tasks": len(program.edition.tasks),
                    "clocks": sum(task.due is not None for task in program.edition.tasks.values()),
                    "mine": naming.actors(program, frame.held[plan]),
                }
                for plan, program in frame.programs.items()
            ],
            "columns": [Column(_("Plan")), Column(_("Edition")), Column(_("Issued by")), Column(_("My posts"))],
        },
    )


@page(Needs.POST)
def plan(request: HttpRequest, frame: Frame, plan: str) -> HttpResponseBase:
    """One plan, in full. One that is not mine cannot be told from one that does not exist."""
    program = frame.programs.get(plan)
    if program is None:
        raise Http404
    edition = program.edition
    scale = naming.main_scale(program)
    running = [
        each for each in reads.board(frame.someone, frame.now, kinds=("incident", "warning")).rows if each.plan == plan
    ]
    levels = [each.id for each in reversed(scale.levels)] if scale is not None else []
    chosen = request.GET.get("level", "")
    if chosen not in levels:
        chosen = levels[-2] if len(levels) > 1 else levels[0] if levels else ""
    clocks = [
        _task_row(program, task) for task in edition.tasks.values() if task.due is not None or task.aim is not None
    ]
    prompt = [
        _task_row(program, task)
        for task in edition.tasks.values()
        if task.word and task.due is None and task.aim is None and task.section == CaseKind.INCIDENT
    ]
    sections = [(kind, _section(program, kind)) for kind in SECTION_NAMES]
    return frame.render(
        "console/plan.html",
        {
            "program": program,
            "title": naming.say(edition.title),
            "text": naming.say(edition.text),
            "edition": edition.edition,
            "digest": f"{edition.digest[:6]}…{edition.digest[-4:]}",
            "issuer": naming.say(edition.issuer),
            "scope": spoken.clock(program, edition.scope),
            "running": [(each.number, reverse("room", args=[each.number])) for each in running],
            "chart": pictures.organisation(program),
            "response": pictures.response(program, scale, chosen) if scale is not None else None,
            "response_level": naming.level(program, scale.id, chosen) if scale is not None else None,
            "response_levels": [
                Tab(naming.level_in_words(program, scale.id, each), f"?level={each}#response", is_current=each == chosen)
                for each in reversed(levels)
            ]
            if scale is not None
            else [],
            "duties": [
                (naming.say(actor.name), [(naming.say(duty.text), naming.cite(program, duty.cite, spoken=False)) for duty in actor.duties])
                for actor in edition.actors.values()
                if actor.duties
            ],
            "scale_says": naming.say(scale.text) if scale is not None else "",
            "levels": _levels(program, scale) if scale is not None else [],
            "colours": _colours(program),
            "clocks": clocks,
            "prompt": prompt,
            "sections": [(naming.case_kind(kind), kind.value, groups) for kind, groups in sections if groups],
            "task_count": len(edition.tasks),
            "rights": [
                (naming.right(right), [
                    (naming.actors(program, each.who), spoken.condition(program, [each.when]) if each.when else "",
                     naming.cite(program, each.cite, spoken=False)) for each in held
                ])
                for right, held in edition.rights.items()
            ],
            "forms": [
                (naming.say(form.name), [(naming.say(one.name), one.required) for one in form.fields],
                 naming.cite(program, form.cite, spoken=False), naming.anchor(form.cite)) for form in edition.forms.values()
            ],
            "guidance": [
                (naming.say(each.text), naming.cite(program, each.cite, spoken=False)) for each in edition.guidance.values()
            ],
            "excluded": [
                (naming.say(each.says), naming.say(each.why), naming.say(each.lawful),
                 naming.join(naming.say(edition.tasks[one].name) for one in each.instead if one in edition.tasks),
                 naming.cite(program, each.cite, spoken=False)) for each in edition.excluded.values()
            ],
            "readings": [
                (naming.say(each.says), naming.say(each.reading), naming.cite(program, each.cite, spoken=False))
                for each in edition.readings.values()
            ],
            "settings": [
                (naming.say(each.name), spoken.clock(program, each.value), naming.say(each.text),
                 naming.cite(program, each.cite, spoken=False)) for each in edition.settings.values()
            ],
            "level_columns": [Column(_("Level")), Column(_("One of these suffices")), Column(_("In command")), Column(_("Starts the response")), Column(_("Publishes"))],
            "clock_columns": [Column(_("What")), Column(_("Who")), Column(_("To whom")), Column(_("Limit")), Column(_("Article"))],
            "task_columns": [Column(_("What")), Column(_("Who")), Column(_("When")), Column(_("Limit")), Column(_("Article"))],
            "right_columns": [Column(_("Right")), Column(_("Who")), Column(_("When")), Column(_("Article"))],
            "excluded_columns": [Column(_("What the plan says")), Column(_("Why it is not done")), Column(_("The lawful way")), Column(_("Article"))],
            "reading_columns": [Column(_("Unclear passage")), Column(_("How it is read here")), Column(_("Article"))],
            "setting_columns": [Column(_("Setting")), Column(_("Value")), Column(_("Why")), Column(_("Article"))],
            "anchors": _anchors(program),
        },
        program=program,
    )  # fmt: skip


def _anchors(program: Program) -> dict[str, list[str]]:
    """Part of the page → ids of the articles that it is the first to rest on, so that every citation leads to a place.

    An article that a task cites has its place in the row of that task.
    """
    edition = program.edition
    scales = edition.scales.values()
    parts: dict[str, list[str]] = {
        "levels": [
            *(scale.cite for scale in scales),
            *(level.cite for scale in scales for level in scale.levels),
            *(criterion.cite for scale in scales for criterion in scale.criteria),
        ],
        "rights": [right.cite for held in edition.rights.values() for right in held],
        "duties": [
            *(actor.cite for actor in edition.actors.values()),
            *(duty.cite for actor in edition.actors.values() for duty in actor.duties),
        ],
        "tasks": [each.cite for each in edition.groups.values()],
        "forms": [each.cite for each in edition.forms.values()],
        "guidance": [each.cite for each in edition.guidance.values()],
        "excluded": [each.cite for each in edition.excluded.values()],
        "readings": [each.cite for each in edition.readings.values()],
        "settings": [each.cite for each in edition.settings.values()],
        "facts": [
            *(fact.cite for fact in edition.facts.values()),
            *(kind.cite for kind in edition.types.values()),
            *(resource.cite for resource in edition.resources.values()),
        ],
    }
    seen = {naming.anchor(task.cite) for task in edition.tasks.values() if task.cite}
    found: dict[str, list[str]] = {}
    for part, cites in parts.items():
        for anchor in dict.fromkeys(naming.anchor(cite) for cite in cites if cite):
            if anchor not in seen:
                seen.add(anchor)
                found.setdefault(part, []).append(anchor)
    return found


# --- levels


def _levels(program: Program, scale: Scale) -> list[LevelRow]:
    rows = []
    for each in reversed(scale.levels):
        shown = naming.level(program, scale.id, each.id)
        assert shown is not None
        rows.append(
            LevelRow(
                level=shown,
                criteria=[
                    (naming.say(c.text), naming.cite(program, c.cite, spoken=False))
                    for c in scale.criteria
                    if c.level == each.id
                ],
                says=naming.say(each.text),
                command=_who(program, RightName.COMMAND, scale, each.id),
                start=_who(program, RightName.START, scale, each.id),
                publish=_who(program, RightName.PUBLISH, scale, each.id),
            )
        )
    return rows


def _who(program: Program, right: RightName, scale: Scale, level: str) -> str:
    """Who holds a right at a level, by the plan's own conditions."""
    if not program.states(right):
        return ""
    return naming.actors(program, program.holders(NEW, right, pictures.LONG_AGO, candidate=level, scale=scale.id))


def _colours(program: Program) -> list[object]:
    from muster.console.pages.warnings import ladder

    scale = naming.main_scale(program, "warning")
    return list(ladder(program, scale)) if scale is not None else []


# --- tasks


def _section(program: Program, kind: CaseKind) -> list[GroupRows]:
    """The tasks of a section in the groups of the plan; what stands in none comes first."""
    tasks = [task for task in program.edition.tasks.values() if task.section == kind]
    grouped: dict[str, list[Task]] = {}
    for task in tasks:
        grouped.setdefault(task.group, []).append(task)
    rows = []
    for group_id in sorted(grouped, key=lambda each: each != ""):
        group = program.edition.groups.get(group_id)
        rows.append(
            GroupRows(
                id=f"group-{kind.value}-{group_id.replace('/', '-') or 'none'}",
                name=naming.say(group.name) if group is not None else naming.case_kind(kind.value),
                condition=spoken.condition(program, [e for e in (group.while_, group.when) if e is not None])
                if group
                else "",
                cite=naming.cite(program, group.cite, spoken=False) if group is not None else None,
                rows=[_task_row(program, task) for task in grouped[group_id]],
            )
        )
    return rows


def _task_row(program: Program, task: Task) -> TaskRow:
    group = program.edition.groups.get(task.group)
    of_group = {e.source for e in (group.while_, group.when) if e is not None} if group is not None else set()
    own = [each for each in (*task.while_, *task.when) if each.source not in of_group]
    due = spoken.clock(program, task.due)
    aim = spoken.clock(program, task.aim)
    after = [naming.say(program.edition.tasks[each].name) for each in task.after if each in program.edition.tasks]
    approvers = [naming.actors(program, each.who) for each in task.approve]
    every = ""
    if task.again is not None and task.again.every is not None:
        every = _("every %(span)s") % {"span": spoken.clock(program, task.again.every)}
    if task.again is not None and task.again.by:
        every = naming.phrases([every, _("by %(time)s") % {"time": task.again.by}])
    first = next(each.id for each in program.edition.tasks.values() if each.cite == task.cite)
    aims = _("aim: %(aim)s") % {"aim": aim} if aim else ""
    return TaskRow(
        id=task.id,
        anchor=naming.anchor(task.cite) if task.cite and first == task.id else "",
        kind=naming.task_kind(task.kind.value),
        name=naming.say(task.name),
        who=naming.actors(program, task.who),
        to=naming.actors(program, task.to),
        when=spoken.condition(program, own),
        due=naming.phrases([due, aims, every]) or (task.word if naming.language() == "zh" else ""),
        has_number=task.due is not None,
        text=naming.say(task.text),
        after=naming.join(after),
        approve=(" → ").join(approvers),
        cite=naming.cite(program, task.cite, spoken=False),
        is_offer=task.may,
    )
