"""The room of one case: what to do now, why this level, what happened; its journal; one task by itself.

The room costs the same however long its journal is: it draws the case as it stands, the newest entries, and nothing that
would have to be replayed. The page asks every few seconds whether the version has changed; only then is anything drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from muster.cases import reads
from muster.cases.reads import Room
from muster.console import naming, overview
from muster.console.commands import ACTS, judged
from muster.console.forms.fields import Target
from muster.console.frame import Frame, Needs, page
from muster.console.parts import Column, Tab
from muster.console.room import grading, head, history, journal, papers, tasks, told, warning
from muster.console.room.guards import still_open
from muster.console.room.scene import Scene
from muster.console.room.tasks import Button, act_url
from muster.engine.state import Status
from muster.journal.verify import Chain, first_fault
from muster.people import reads as people
from muster.plans.model import TaskKind

ENTRIES = 18
"""Entries of the journal in the room; the rest is a page of its own."""

STAGE_ACTS = ("start", "end", "review", "close", "reopen")
MORE = ("correct", "add-task", "appoint", "register", "withdraw", "hand-over", "merge", "dismiss", "seal")


@page(Needs.POST)
def room(request: HttpRequest, frame: Frame, number: str) -> HttpResponseBase:
    """The whole room."""
    found = find(frame, number)
    with timezone.override(found.program.zone):
        return frame.render("console/room.html", drawn(frame, found), program=found.program)


@page(Needs.POST)
def live(request: HttpRequest, frame: Frame, number: str) -> HttpResponseBase:
    """The room again if the case has changed since `v`; 204 if not, which costs two statements."""
    etag = reads.etag(frame.someone, number, frame.now)
    if etag is None:
        raise Http404
    if request.GET.get("v") == etag:
        return HttpResponse(status=204)
    found = find(frame, number)
    with timezone.override(found.program.zone):
        return frame.render("console/_room.html", drawn(frame, found), program=found.program)


def find(frame: Frame, number: str, *, entries: int = reads.JOURNAL_PAGE) -> Room:
    """The case with this number, if this person may see it; one that they may not see does not exist for them."""
    found = reads.room(frame.someone, number, frame.now, entries=entries)
    if found is None:
        raise Http404
    return found


def scene_of(frame: Frame, found: Room) -> Scene:
    return Scene.of(found, frame.now, frame.someone.ref)


# --- what the room shows


@dataclass(frozen=True, slots=True)
class Acts:
    """The buttons in the head of a room: those beside the title, the main one among them, and the others under 更多."""

    main: Sequence[Button]
    plain: Sequence[Button]
    more: Sequence[Button]


def drawn(frame: Frame, found: Room) -> dict[str, Any]:
    """Everything that the templates of a room read."""
    scene = scene_of(frame, found)
    directory = head.directory(scene)
    past = history.confirmations(found.record.pk, found.record.version, found.record.head_hash)
    names = people.names({each.person for each in past if each.person})
    work = tasks.work(scene, directory)
    scales = grading.graded(scene, past) if scene.case.kind != "warning" else []
    sent = papers.reports(scene)
    releases, publishes = papers.releases(scene, directory)
    calls = told.calls(scene)
    stairs = warning.ladder(scene, past)
    acts = _acts(scene)
    late = sum(overview.is_late(state, scene.now) for state in scene.case.tasks.values())
    return {
        **frame_of(scene, found),
        "overdue_count": late,
        "head": head.head(scene, past, directory, names),
        "acts": acts,
        "can_close": work.open == 0 and any(each.act == "close" for each in acts.main),
        "tabs": _tabs(scene, work, scales, sent, len(releases), calls, found.record.version),
        "line": head.line(scene, past),
        "rise": head.rise(scene, past),
        "work": work,
        "scales": scales,
        "days": journal.latest(scene, found.journal.entries, most=ENTRIES),
        "reports": sent,
        "releases": releases,
        "publishes": publishes,
        "tree": head.tree(scene, directory),
        "calls": calls,
        "ladder": stairs,
        "facts_count": len(scene.case.facts),
        "jot_url": act_url(scene, "jot"),
        "journal_filters": _filters(scene, ""),
        "report_columns": [
            Column(pgettext("column", "Report")), Column(_("By"), "sub"), Column(_("To"), "away"), Column(_("Due"), "right-sub"),
            Column(_("Result"), "right"),
        ],
        "told_columns": [Column(_("Who")), Column(_("Person"), "sub"), Column(_("State"), "right")],
    }  # fmt: skip


def frame_of(scene: Scene, found: Room) -> dict[str, Any]:
    """What every page of a case reads."""
    record, case = found.record, scene.case
    board = Tab(_("Command board"), reverse("board"))
    pages = {"warning": "warnings", "standing": "duties", "hazard": "duties"}
    kind = Tab(naming.case_kind(case.kind), reverse(pages[case.kind]) if case.kind in pages else "")
    return {
        "record": record,
        "case": case,
        "scene": scene,
        "etag": found.etag,
        # What has a page of its own for its kind is not on the board.
        "crumbs": [kind] if case.kind in ("standing", "hazard") else [board, kind],
        "is_graded": naming.is_graded(scene.program, case),
        "is_commanded": case.kind == "incident",
        "duty_url": reverse("duty", args=[record.plan, case.task]) if case.task else "",
        "room_url": reverse("room", args=[record.number]),
        "live_url": reverse("room-live", args=[record.number]),
        "journal_url": reverse("room-journal", args=[record.number]),
        "plan_url": reverse("plan", args=[record.plan]),
        "edition": scene.program.edition,
        "edition_says": _("edition %(edition)s") % {"edition": scene.program.edition.edition},
        "edition_title": naming.say(scene.program.edition.title),
        "drill": case.title if case.is_drill else "",
        "is_warning": case.kind == "warning",
        "occurred": case.instants.get("occurred"),
        "reported": case.instants.get("reported"),
    }


def _offers(scene: Scene, names: Sequence[str]) -> list[Button]:
    found = []
    for name in names:
        act, said = ACTS[name], judged(name, Target(scene, {}))
        # Closing is offered while something is still open: the button says how much, the form says what.
        barred = said.refusal is not None and said.refusal.code == "stage.open-tasks"
        if not said.is_offered and not barred:
            continue
        label = act.label()
        if barred and (open_ := len(still_open(scene, name))):
            label = _("%(act)s (%(n)d still open)") % {"act": label, "n": open_}
        found.append(Button(label, act_url(scene, name), "do-case", act=name, is_main=not (act.is_grave or barred)))
    return found


def _stage_acts(scene: Scene) -> tuple[Sequence[Button], Sequence[Button]]:
    """The acts that move the stage: those for the head, and those that something still bars.

    What stands as a decision in the list of tasks, and is the reader's, is taken there and not by a second button; only
    the start, which everything waits for, stands in the head as well.
    """
    decided = {
        planned.settles
        for state in scene.case.tasks.values()
        if state.is_live and not state.step and scene.is_mine(state)
        and (planned := scene.planned(state)) is not None and planned.kind == TaskKind.DECISION
    }  # fmt: skip
    offered = _offers(scene, [name for name in STAGE_ACTS if name == "start" or name not in decided])
    # A case that has just been reported is not about to be closed, nor is one that something bars: that stands aside.
    early = scene.case.stage in ("intake", "assessment") and any(
        s.is_live and s.status != Status.OFFERED for s in scene.case.tasks.values()
    )
    barred = [each for each in offered if each.act == "close" and (early or still_open(scene, "close"))]
    return [each for each in offered if each not in barred], barred


def _acts(scene: Scene) -> Acts:
    keys = {"assess": "F", "jot": "J"}
    plain = []
    for name in ("assess", "jot", "direct"):
        for each in _offers(scene, [name]):
            plain.append(Button(each.text, each.url, each.target, act=name, key=keys.get(name, "")))
    if scene.case.kind == "warning":
        return Acts(
            (), [each for each in plain if each.act != "assess"], _offers(scene, ("appoint", "register", "seal"))
        )
    main, barred = _stage_acts(scene)
    return Acts(main, plain, [*barred, *_offers(scene, MORE)])


def _tabs(
    scene: Scene, work: tasks.Work, scales: Sequence[grading.Graded], sent: Sequence[papers.Report], releases: int,
    calls: told.Calls, entries: int,
) -> list[Tab]:  # fmt: skip
    open_ = sum(each.open for each in scales)
    found = [Tab(_("Now"), "#now", work.open, is_current=True)]
    if scene.case.kind == "warning":
        found.insert(0, Tab(_("Ladder"), "#ladder"))
    elif scales:
        found.append(Tab(_("Grading"), "#grade", _("%(n)d asked") % {"n": open_} if open_ else ""))
    found += [Tab(_("Journal"), "#journal", entries), Tab(_("Command"), "#command")]
    found.append(Tab(_("Notices"), "#callout", calls.told or ""))
    if sent:
        found.append(Tab(_("Reports"), "#reports", len(sent)))
    if releases:
        found.append(Tab(_("Releases"), "#releases", releases))
    found.append(Tab(_("The plan"), reverse("plan", args=[scene.program.edition.id])))
    return found


def _filters(scene: Scene, current: str) -> list[Tab]:
    url = reverse("room-journal", args=[scene.number])
    return [
        Tab(journal.kind_says(kind), url if kind == "all" else f"{url}?show={kind}", is_current=kind == current)
        for kind in journal.KINDS
    ]


# --- the journal


@page(Needs.POST)
def journal_page(request: HttpRequest, frame: Frame, number: str) -> HttpResponseBase:
    """One page of the journal, newest first; with `verify`, whether the chain is whole."""
    found = find(frame, number, entries=1)
    with timezone.override(found.program.zone):
        scene = scene_of(frame, found)
        kind = request.GET.get("show", "all")
        kind = kind if kind in journal.KINDS else "all"
        given = request.GET.get("before", "")
        before = int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else None
        shown = journal.page(scene, frame.someone, kind, before)
        context = {
            **frame_of(scene, found),
            "days": shown.days,
            "before": shown.before,
            "kind": kind,
            "filters": _filters(scene, kind),
            "jot_url": act_url(scene, "jot"),
            "fault": None,
            "verified": "verify" in request.GET,
        }
        if "verify" in request.GET:
            context["fault"] = _fault(found)
        return frame.render("console/journal.html", context, program=found.program)


def _fault(found: Room) -> str:
    """What is wrong with the journal, in words; "" where every entry is as it was written and all are there."""
    record = found.record
    chain = Chain(record.pk, record.number, record.plan, record.edition_id, record.version, record.head_hash)
    fault = first_fault(chain)
    return fault.say(naming.language()) if fault is not None else ""
