"""Answers that are owed (`reply`): what was asked, for those who answer; who is still silent, for those who asked."""

from __future__ import annotations

from django.utils.translation import gettext as _

from muster.console import naming
from muster.engine import Case, Program
from muster.engine.state import ANSWER, TaskState, answers_of
from muster.plans.model import Task


def asked_by(program: Program, case: Case, state: TaskState) -> tuple[Task, TaskState] | None:
    """The task that asked for this answer, and the report that was sent; None for what is no answer."""
    asked = program.edition.tasks.get(state.task.removesuffix(ANSWER)) if state.task.endswith(ANSWER) else None
    report = case.tasks.get(state.key.rsplit(ANSWER, 1)[0])
    return (asked, report) if asked is not None and report is not None else None


def question(program: Program, case: Case, state: TaskState) -> str:
    """Who asked, and in which words; "" for what is no answer."""
    found = asked_by(program, case, state)
    if found is None:
        return ""
    _task, report = found
    given = report.paper.fields if report.paper is not None else report.fields
    words = naming.phrases([report.note, *(value for value in given.values() if isinstance(value, str))])
    who = naming.actor(program, report.ended_by) if report.ended_by else ""
    if not words:
        return _("Asked by %(who)s") % {"who": who} if who else ""
    return _("%(who)s asks: %(words)s") % {"who": who, "words": words}


def silent(program: Program, case: Case, state: TaskState) -> str:
    """Who has not answered a report that was sent; "" where nobody owes an answer."""
    who = [a.for_ for a in answers_of(case, state.task) if a.is_live and a.key.startswith(f"{state.key}{ANSWER}")]
    return _("no answer yet from %(who)s") % {"who": naming.actors(program, who)} if who else ""
