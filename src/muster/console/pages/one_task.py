"""One task of a case on a page of its own."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import pgettext

from muster.console import naming, words
from muster.console.forms.fields import Target
from muster.console.frame import Frame, Needs, page
from muster.console.pages import room
from muster.console.pages.acts import SHOW_THE_PAPER, panel_of
from muster.console.room import head, papers, tasks
from muster.console.room.tasks import act_url
from muster.engine.state import Status


@page(Needs.POST)
def task(request: HttpRequest, frame: Frame, number: str, key: str) -> HttpResponseBase:
    """One task by itself: what the plan says, what was written, and everything that this person may do about it."""
    found = room.find(frame, number, entries=1)
    with timezone.override(found.program.zone):
        scene = room.scene_of(frame, found)
        state = scene.task(key)
        if state is None:
            raise Http404
        directory = head.directory(scene)
        row = tasks.task_row(scene, state, directory, act=False)
        offered = list(tasks.offered(scene, state, tasks.ALL_OF_A_TASK)) if scene.held else []
        buttons = [tasks.button(scene, act, state, "do-task", is_main=False) for act in offered]
        first = next((act for act in offered if act.name in tasks.MAIN and act.name not in tasks.AT_ONCE), None)
        planned = scene.planned(state)
        form = scene.program.edition.forms.get(planned.form) if planned is not None else None
        shown = state.paper.fields if state.paper is not None else state.fields
        parent = scene.case.tasks.get(state.key.split("!")[0])
        if state.step and parent is not None and parent.paper is not None:
            shown = parent.paper.fields
        context = {
            **room.frame_of(scene, found),
            "row": row.row,
            "state": state,
            "who": naming.actors(scene.program, state.who),
            "contact": row.row.contact or tasks.contacts(scene, state.who, directory),
            "paper": papers.fields(scene, form, shown) if first is None or first.name not in SHOW_THE_PAPER else [],
            "paper_name": naming.say(form.name) if form is not None else "",
            "evidence": state.evidence,
            "buttons": [each for each in buttons if first is None or each.act != first.name],
            "panel": panel_of(frame, scene, first, Target(scene, {}, state), row.panel) if first is not None else None,
            "chase_url": act_url(scene, "direct", task=state.key) if state.is_live and not offered else "",
            "is_over": not state.is_live,
            "is_missed": state.status == Status.TERMINATED,
            "answered": naming.actor(scene.program, state.answered_by) if state.answered_by else "",
            "was_due": [words.wall(at, scene.now) for at in state.earlier],
            "kind": pgettext("case", "task"),
        }
        return frame.render("console/task.html", context, program=found.program)
