"""Everything that can be done in a case: one way from a form to a command, and from the answer back to the form.

GET gives the form of an act; POST makes its command, executes it, and says what became of it. A refusal comes back with
its sentence, with a button for the next right thing, and with everything that was typed still in the form.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from msgspec.structs import replace

from muster.cases.execute import Done, execute, merge
from muster.cases.models import CaseRecord
from muster.console import facts, naming
from muster.console.commands import ACTS, judged, label_of
from muster.console.facts import Asked
from muster.console.forms.fields import Act, Mistakes, Target
from muster.console.frame import Frame, Needs, page
from muster.console.pages import room
from muster.console.room import head, papers, tasks
from muster.console.room.guards import still_open
from muster.console.room.scene import Scene
from muster.console.room.tasks import act_url, dom_id
from muster.engine import Refusal
from muster.engine.clocks import waits_for
from muster.engine.commands import AnyCommand, MergeInto
from muster.engine.state import TaskState
from muster.plans.model import Task

OF_ANY_MEASURE = ("take", "complete", "acknowledge", "agree-due", "decline", "waive")
FACTS_AT_ONCE = 8
WAYS_SHOWN = 3
"""So many questions are asked without folding any."""
SHOW_THE_PAPER = ("approve", "return", "send", "publish", "sign")
"""Acts on a paper: its text stands above the form."""
OUT_OF_THE_ADDRESS = ("task", "scale", "level", "fact", "post", "to")


@dataclass(frozen=True, slots=True)
class Way:
    """The next right thing after a refusal: a button that opens another form or page."""

    text: str
    url: str
    is_form: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A refusal as the page says it. `who` names those who may, with their telephones."""

    title: str
    text: str
    who: str = ""
    ways: Sequence[Way] = ()


@dataclass(frozen=True, slots=True)
class Panel:
    """The form of an act, drawn into the element `target`."""

    act: Act
    title: str
    subject: str
    submit: str
    url: str
    target: str
    task: str
    fields: Sequence[Asked]
    later: Sequence[Asked]
    by: str
    held: Sequence[tuple[str, str]]
    key: str
    hidden: Sequence[tuple[str, str]] = ()
    paper: Sequence[tuple[str, str]] = ()
    paper_says: Sequence[str] = ()
    note: Note | None = None
    draft: str = ""
    open: Sequence[Way] = ()
    layout: str = ""
    is_page: bool = False
    """It stands on a page of its own, which is left when it is sent."""


@page(Needs.POST, methods=("GET", "POST"))
def act(request: HttpRequest, frame: Frame, number: str, act: str) -> HttpResponseBase:
    """The form of an act, or what becomes of it once it is sent."""
    chosen = ACTS.get(act)
    if chosen is None:
        raise Http404
    found = room.find(frame, number, entries=1)
    with timezone.override(found.program.zone):
        scene = room.scene_of(frame, found)
        target = _target(request, scene)
        # A measure outside the plan has no paper, nothing to decide and nobody to name.
        if chosen.of_task and (target.state is None or (target.task is None and act not in OF_ANY_MEASURE)):
            raise Http404
        if request.method == "POST":
            return _done(request, frame, found, chosen, target)
        return _form(request, frame, found, chosen, target)


def _target(request: HttpRequest, scene: Scene) -> Target:
    given = {name: request.GET.get(name) or request.POST.get(name, "") for name in OUT_OF_THE_ADDRESS}
    # In the body of `direct` and `appoint`, `to` is a field; only the address names the target.
    given["to"] = request.GET.get("to", "")
    given["level"] = request.GET.get("level", "")
    key = given["task"]
    state = scene.task(key) if key else None
    for_ = request.POST.get("for_", "")
    if for_ and key in scene.program.edition.tasks:
        state = next((s for s in scene.case.tasks.values() if s.task == key and s.for_ == for_ and s.is_live), state)
    return Target(scene, {name: value for name, value in given.items() if value}, state)


def _by(request: HttpRequest, chosen: Act, target: Target) -> str:
    """In whose name: as the form says, else in the name that the engine would take it in."""
    given = request.POST.get("by", "")
    if given in target.scene.held:
        return given
    return judged(chosen.name, target).by or target.scene.held[0]


# --- the form


def panel_of(
    frame: Frame, scene: Scene, chosen: Act, target: Target, element: str, *, typed: QueryDict | None = None,
    errors: Mapping[str, str] | None = None, note: Note | None = None, by: str = "",
) -> Panel:  # fmt: skip
    """The form of an act, filled with what the case knows, or with what was typed."""
    said = judged(chosen.name, target)
    asked = list(chosen.ask(target, typed, errors or {}))
    first, later = _folded(scene, chosen, asked, target.task)
    paper = target.paper
    form = scene.program.edition.forms.get(target.task.form) if target.task is not None else None
    shows_paper = chosen.name in SHOW_THE_PAPER and paper is not None and paper.paper is not None
    hidden = [("digest", paper.paper.digest)] if chosen.name == "approve" and paper and paper.paper else []
    if then := (typed.get("next", "") if typed is not None else _from_tasks(frame.request)):
        hidden.append(("next", then))
    return Panel(
        act=chosen,
        title=label_of(chosen, target),
        subject=naming.task(scene.program, target.paper or target.state) if target.state is not None else "",
        submit=_submit(chosen, target),
        url=act_url(scene, chosen.name, **{n: v for n, v in target.query.items() if n != "task"}),
        target=element,
        task=target.state.key if target.state is not None else "",
        fields=first,
        later=later,
        by=by or said.by or (scene.held[0] if scene.held else ""),
        held=scene.names(),
        key=uuid4().hex,
        hidden=hidden,
        paper=papers.fields(scene, form, paper.paper.fields) if shows_paper and paper and paper.paper else (),
        paper_says=tasks.paper_says(scene, paper) if shows_paper and paper is not None else (),
        note=note,
        draft=f"{scene.number}-{chosen.name}-{target.state.key if target.state else ''}",
        open=_still_open(scene, chosen) if note is None else (),
        layout="row" if chosen.name == "assess" and len(asked) > FACTS_AT_ONCE else "",
        is_page=_stands_alone(frame.request),
    )


def _from_tasks(request: HttpRequest) -> str:
    """Whoever came from the list of his tasks goes back there."""
    return reverse("tasks") if request.GET.get("from") == "tasks" else ""


def _stands_alone(request: HttpRequest) -> bool:
    """Whether the form is drawn into a page of its own, or into that of one task, and not into the room."""
    if not request.headers.get("HX-Request"):
        return True
    return "/tasks/" in request.headers.get("HX-Current-URL", "")


def _fields_checked(task: Task | None) -> set[str]:
    """The fields of a form that the plan's checks on a task read: it is not done without them."""
    if task is None:
        return set()
    return {name for check in task.done for name in re.findall(r"\bform\.([\w-]+)", check.that.source)}


def _folded(
    scene: Scene, chosen: Act, asked: list[Asked], task: Task | None
) -> tuple[Sequence[Asked], Sequence[Asked]]:
    """A long form shows what is asked for first; the rest opens on demand. What has a mistake is never folded."""
    if chosen.name == "complete":
        needed = {f"field-{name}" for name in _fields_checked(task)}
        first = [a for a in asked if a.required or a.error or a.name in needed or a.name in ("note", "reason")]
        rest = [a for a in asked if a not in first]
        return (asked, ()) if len(rest) <= 3 and not any(a.name.startswith("field-") for a in rest) else (first, rest)
    if chosen.name == "assess" and len(asked) > FACTS_AT_ONCE:
        # What the levels rest on comes first; everything else that the plan asks opens below.
        scale = scene.program.edition.scales.get(scene.program.main_scale(scene.case))
        grading = {facts.PREFIX + name for name in facts.asked_first(scene.program, scale, most=len(asked))}
        first = [a for a in asked if a.name in grading or a.error or a.name in ("types", "note")]
        return first, [a for a in asked if a not in first]
    return asked, ()


def _submit(chosen: Act, target: Target) -> str:
    return {
        "approve": _("Approve this version"), "return": _("Return it"), "draft": _("Save and put to the approvers")
        if target.task is not None and target.task.approve else _("Save the draft"), "jot": _("Note it"),
        "assess": _("Save the answers"), "decide": _("Decide so"),
    }.get(chosen.name, label_of(chosen, target))  # fmt: skip


def _still_open(scene: Scene, chosen: Act) -> Sequence[Way]:
    """What stands in the way of a stage, each with its page."""
    return [_task_way(scene, state) for state in still_open(scene, chosen.name)]


def _task_way(scene: Scene, state: TaskState) -> Way:
    name = naming.task(scene.program, state)
    if state.for_:
        name = naming.phrases([name, naming.actor(scene.program, state.for_)])
    return Way(name, reverse("room-task", args=[scene.number, state.key]))


def _element(request: HttpRequest, target: Target) -> str:
    given = request.headers.get("HX-Target", "")
    if given and given != "result":
        return given
    return dom_id("do", target.state.key) if target.state is not None else "do-case"


def _form(request: HttpRequest, frame: Frame, found: room.Room, chosen: Act, target: Target) -> HttpResponseBase:
    scene = target.scene
    if "close" in request.GET:
        return HttpResponse("")
    said = judged(chosen.name, target)
    note = None
    if said.refusal is not None and said.refusal.code != "stage.open-tasks":
        note = refusal_note(scene, said.refusal, target, chosen)
    panel = panel_of(frame, scene, chosen, target, _element(request, target), note=note)
    return _show(request, frame, found, panel, status=200)


def _show(request: HttpRequest, frame: Frame, found: room.Room, panel: Panel, *, status: int) -> HttpResponseBase:
    context = {**room.frame_of(room.scene_of(frame, found), found), "panel": panel}
    template = "console/_act.html" if request.headers.get("HX-Request") else "console/act.html"
    return frame.render(template, context, status=status, program=found.program)


# --- what becomes of it


def _done(request: HttpRequest, frame: Frame, found: room.Room, chosen: Act, target: Target) -> HttpResponseBase:
    scene = target.scene
    by = _by(request, chosen, target)
    mistakes = Mistakes()
    command = chosen.read(target, by, request.POST, mistakes)
    if mistakes:
        note = Note(_("Not yet:"), _("please look at the marked fields. Everything you typed is still here."))
        return _again(request, frame, found, chosen, target, by, mistakes, note)
    key = request.POST.get("key", "")
    if key:
        command = replace(command, key=f"{frame.someone.ref}:{key}"[:200])
    answer = _execute(frame, scene, command)
    if isinstance(answer, Refusal):
        return _again(request, frame, found, chosen, target, by, {}, refusal_note(scene, answer, target, chosen))
    return _answer(request, frame, chosen, target, answer)


def _execute(frame: Frame, scene: Scene, command: AnyCommand) -> Done | Refusal:
    if isinstance(command, MergeInto):
        other = CaseRecord.objects.filter(number=command.into).values_list("pk", flat=True).first()
        return merge(
            scene.case_id, other or 0, by=command.by, reason=command.reason, now=frame.now, person=frame.someone,
            key=command.key,
        )  # fmt: skip
    return execute(scene.case_id, command, now=frame.now, person=frame.someone)


def _again(
    request: HttpRequest, frame: Frame, found: room.Room, chosen: Act, target: Target, by: str,
    errors: Mapping[str, str], note: Note,
) -> HttpResponseBase:  # fmt: skip
    """The form once more with everything that was typed. A button without a form gets the sentence alone."""
    if request.headers.get("HX-Request") and "panel" not in request.POST:
        context = {**room.frame_of(target.scene, found), "note": note, "element": _element(request, target)}
        return frame.render("console/_refused.html", context, status=422, program=found.program)
    # Another key: what was refused was not executed, and what is sent next is another command.
    panel = panel_of(
        frame,
        target.scene,
        chosen,
        target,
        _element(request, target),
        typed=request.POST,
        errors=errors,
        note=note,
        by=by,
    )
    return _show(request, frame, found, panel, status=422)


def _answer(request: HttpRequest, frame: Frame, chosen: Act, target: Target, done: Done) -> HttpResponseBase:
    scene = target.scene
    said = _said(scene, chosen, target, done)
    if request.headers.get("HX-Request"):
        response = frame.render(
            "console/_done.html",
            {"said": said, "seq": done.version, "element": _element(request, target), "is_panel": "panel" in request.POST,
             "journal_url": reverse("room-journal", args=[done.number]), "is_jot": chosen.name == "jot",
             "is_list": target.state is not None, "jot_url": act_url(scene, "jot")},
            program=scene.program,
        )  # fmt: skip
        response["HX-Retarget"], response["HX-Reswap"], response["HX-Trigger"] = (
            "#result",
            "innerHTML",
            "muster:changed",
        )
        return response
    messages.success(request, said)
    then = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(then, allowed_hosts={request.get_host()}):
        then = reverse("room", args=[done.number])
    return HttpResponseRedirect(then)


def _said(scene: Scene, chosen: Act, target: Target, done: Done) -> str:
    """已办：书面报告，记入日志第61条."""
    what = naming.task(scene.program, target.state) if target.state is not None else ""
    label = label_of(chosen, target)
    first = done.version - len(done.events) + 1
    values = {"act": label, "what": what, "seq": first}
    if done.repeated:
        return _("%(act)s: this was done before, entry %(seq)d.") % values
    if what:
        return _("%(act)s: %(what)s. Entry %(seq)d of the journal.") % values
    return _("%(act)s: done. Entry %(seq)d of the journal.") % values


# --- refusals


def refusal_note(scene: Scene, refusal: Refusal, target: Target, chosen: Act) -> Note:
    """The sentence of a refusal, who may, and the next right thing."""
    who = _who_may(scene, refusal)
    ways: list[Way] = []
    code = refusal.code
    state = target.state
    if code in ("right.not-yours", "task.not-yours", "paper.not-approver", "paper.not-drafter", "paper.not-approved",
                "warning.not-approved") and who:  # fmt: skip
        ask = act_url(scene, "direct", task=state.key if state is not None else "", to=",".join(who))
        ways.append(Way(_("Ask them"), ask, is_form=True))
    if code in ("right.nobody", "stage.ungraded"):
        ways.append(Way(ACTS["confirm-level"].label(), act_url(scene, "confirm-level"), is_form=True))
    if code == "paper.no-draft" and state is not None:
        ways.append(Way(ACTS["draft"].label(), act_url(scene, "draft", task=target.key), is_form=True))
    if code == "stage.open-tasks":
        ways.extend(_still_open(scene, chosen))
    if code == "task.waits" and state is not None:
        ways.extend(_task_way(scene, each) for each in waits_for(scene.program, scene.case, state))
    if code == "task.check" and chosen.name != "assess" and target.task is not None:
        ways.extend(_answers_missing(scene, target.task))
    if code == "task.over" and state is not None:
        ways.append(Way(_("See what was done"), reverse("room-task", args=[scene.number, state.key])))
    if code == "case.over":
        ways.append(Way(ACTS["reopen"].label(), act_url(scene, "reopen"), is_form=True))
    if code == "case.busy":
        ways.append(Way(_("Look again"), reverse("room", args=[scene.number])))
    # The sentence says what is not possible; a heading that says it too is read twice.
    return Note(_("Not done."), refusal.say(naming.language()), _phones(scene, who), ways)


def _answers_missing(scene: Scene, task: Task) -> list[Way]:
    """The questions that a task's checks read and that nobody has answered, each with its form."""
    program = scene.program
    read = dict.fromkeys(name for check in task.done for name in program.reads(check.that))
    missing = [
        fact for name in read
        if (fact := program.edition.facts.get(name)) is not None and fact.derived is None
        and scene.case.facts.get(name) is None
    ]  # fmt: skip
    return [
        Way(naming.say(fact.ask or fact.name), act_url(scene, "assess", fact=fact.id), is_form=True)
        for fact in missing[:WAYS_SHOWN]
    ]


def _who_may(scene: Scene, refusal: Refusal) -> list[str]:
    """The actors that a refusal names as those who may: it names them as the plan calls them in Chinese."""
    given = refusal.details.get("who")
    if not isinstance(given, list):
        return []
    named = [str(each) for each in given]
    known = {actor.name.zh: actor.id for actor in scene.program.edition.actors.values()}
    units = {unit for units in scene.case.units.values() for unit in units}
    return [known.get(each, each) for each in named if each in known or each in units]


def _phones(scene: Scene, actors: Sequence[str]) -> str:
    return tasks.contacts(scene, actors, head.directory(scene)) if actors else ""
