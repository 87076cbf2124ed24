"""Acts on one task: taking, completing, deciding, its paper, its clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from muster.console import facts, naming
from muster.console.facts import Asked
from muster.console.forms.fields import (
    Mistakes,
    Reader,
    Target,
    Wish,
    chips_field,
    form_fields,
    late_reason,
    levels_of,
    lines_of,
    note_field,
    read_form_fields,
    reason_field,
    said,
    text_field,
    typed_instant,
)
from muster.console.forms.on_case import wish_appoint, wish_level
from muster.engine import commands as c
from muster.engine.commands import AnyCommand
from muster.engine.state import Status
from muster.plans.model import TaskKind


def task_act(command: Callable[..., AnyCommand], **wished: Any) -> Wish:
    return lambda target, by: [command(by=by, task=target.key, **wished)] if target.state is not None else []


def step_act(command: Callable[..., AnyCommand], **wished: Any) -> Wish:
    """An act on the approval of a paper, which is a task of its own."""
    plain = task_act(command, **wished)
    return lambda target, by: plain(target, by) if target.state is not None and target.state.step else []


def task_words(command: Callable[..., AnyCommand], *names: str) -> Reader:
    def read(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
        return command(by=by, task=target.key, **{name: said(data, name) for name in names})

    return read


def wish_take(target: Target, by: str) -> Sequence[AnyCommand]:
    # Taking again would only repeat what the journal says already.
    if target.state is None or target.state.status == Status.ACTIVE:
        return []
    return [c.Take(by=by, task=target.state.key)]


def wish_complete(target: Target, by: str) -> Sequence[AnyCommand]:
    task = target.task
    if target.state is None or target.state.step:
        return []
    if task is not None and (task.kind in (TaskKind.DECISION, TaskKind.RELEASE) or task.fills or task.approve):
        return []  # each has an act of its own
    return [c.Complete(by=by, task=target.key)]


def ask_complete(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    done_at = text_field("done_at", _("When it was done, if not now"), typed, errors, kind="instant")
    evidence = text_field("evidence", _("Evidence"), typed, errors, kind="long",
                     hint=_("Document number, receipt or place of the file; one on each line"))  # fmt: skip
    return [
        *addressee_field(target, typed, errors),
        *form_fields(target, typed, errors),
        note_field(typed, errors),
        *late_reason(target, typed, errors),
        evidence,
        done_at,
    ]


def addressee_field(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    """To whom it goes, where the plan asks for any of its addressees or for the next one up."""
    task = target.task
    if task is None or task.kind != TaskKind.REPORT or task.reach == "each" or len(task.to) < 2:
        return []
    options = [(actor, naming.actor(target.scene.program, actor)) for actor in task.to]
    several = task.reach == "any"
    value: Any = [] if several else task.to[0]
    return [chips_field("to", pgettext("field", "Reported to"), options, typed, errors, several=several, value=value)]


def read_complete(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
    return c.Complete(
        by=by, task=target.key, note=said(data, "note"), fields=read_form_fields(target, data, mistakes),
        evidence=lines_of(data.get("evidence", "")), reason=said(data, "reason"), to=tuple(data.getlist("to")),
        at=typed_instant(target, data, "done_at", mistakes),
    )  # fmt: skip


def wish_decide(target: Target, by: str) -> Sequence[AnyCommand]:
    task = target.task
    if task is None or target.state is None or task.kind != TaskKind.DECISION or target.state.step:
        return []
    if task.settles in target.scene.program.edition.scales:
        # Whoever may confirm a level may do so here: the two are one obligation.
        levels = Target(target.scene, {"scale": task.settles})
        return wish_level(levels, by)
    return [c.Decide(by=by, task=target.key, value=None)]


def ask_decide(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    program, task = target.scene.program, target.task
    assert task is not None
    yes_no = [("true", pgettext("answer", "yes")), ("false", pgettext("answer", "no"))]
    label = pgettext("field", "Decision")
    fact = program.edition.facts.get(task.settles)
    if task.settles in program.edition.scales:
        levels = Target(target.scene, {"scale": task.settles})
        standing = target.scene.case.standings.get(task.settles)
        proposed = standing.proposed if standing else ""
        options = chips_field("value", label, levels_of(levels), typed, errors, value=proposed)
    elif task.settles == "types":
        types = [(each.id, naming.say(each.name)) for each in program.edition.types.values()]
        set_now = list(target.scene.case.types)
        options = chips_field("value", label, types, typed, errors, several=True, value=set_now)
    elif task.settles in ("start", "end", "lift"):
        options = chips_field("value", label, yes_no, typed, errors)
    elif fact is not None and (fact.type == "bool" or fact.values):
        choices = yes_no if fact.type == "bool" else [(each.id, naming.say(each.name)) for each in fact.values]
        options = chips_field(
            "value", naming.say(fact.ask or fact.name), choices, typed, errors, several=fact.type == "set"
        )
    else:
        shown = naming.say(fact.ask or fact.name) if fact is not None else label
        options = text_field("value", shown, typed, errors, kind=_plain_kind(fact.type if fact else "text"))
    return [
        options,
        *form_fields(target, typed, errors),
        note_field(typed, errors),
        reason_field(typed, errors, _("Grounds")),
    ]


def _plain_kind(kind: str) -> str:
    return {"int": "number", "number": "number", "money": "number", "instant": "instant", "date": "date"}.get(
        kind, "long"
    )


def read_decide(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
    program, task = target.scene.program, target.task
    value: Any = said(data, "value") or None
    if task is not None and task.settles == "types":
        value = data.getlist("value") or None
    fact = program.edition.facts.get(task.settles) if task is not None else None
    if value is not None and fact is not None and fact.type not in ("bool", "enum"):
        given = data.getlist("value")
        value = facts.value_of(fact.type, fact.values, given, program.zone, target.scene.now)
        if value is None:
            mistakes["value"] = _("This cannot be read.")
    if value is None and "value" not in mistakes:
        mistakes["value"] = _("Say how it is decided.")
    return c.Decide(
        by=by, task=target.key, value=value, note=said(data, "note"), reason=said(data, "reason"),
        fields=read_form_fields(target, data, mistakes),
    )  # fmt: skip


def wish_draft(target: Target, by: str) -> Sequence[AnyCommand]:
    task = target.task
    if task is None or target.state is None or target.state.step or not (task.approve or task.draft or task.sign):
        return []
    return [c.Draft(by=by, task=target.key)]


def ask_draft(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    return [*form_fields(target, typed, errors), note_field(typed, errors, _("Note for the approvers"))]


def read_draft(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
    return c.Draft(by=by, task=target.key, fields=read_form_fields(target, data, mistakes), note=said(data, "note"))


def read_approve(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
    return c.Approve(by=by, task=target.key, note=said(data, "note"), digest=said(data, "digest"))


def wish_send(target: Target, by: str) -> Sequence[AnyCommand]:
    task = target.task
    if task is None or target.state is None or target.state.step or task.kind == TaskKind.RELEASE or not task.approve:
        return []
    return [c.Send(by=by, task=target.key)]


def ask_send(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    evidence = text_field("evidence", _("Evidence"), typed, errors, kind="long")
    to = addressee_field(target, typed, errors)
    return [*to, note_field(typed, errors), *late_reason(target, typed, errors), evidence]


def read_send(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
    return c.Send(
        by=by, task=target.key, note=said(data, "note"), reason=said(data, "reason"),
        evidence=lines_of(data.get("evidence", "")), to=tuple(data.getlist("to")),
    )  # fmt: skip


def wish_publish(target: Target, by: str) -> Sequence[AnyCommand]:
    task = target.task
    if task is None or task.kind != TaskKind.RELEASE or (target.state is not None and target.state.step):
        return []
    return [c.Publish(by=by, task=target.key or task.id)]


def ask_publish(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    form = [] if target.task is not None and target.task.approve else form_fields(target, typed, errors)
    return [*form, note_field(typed, errors, _("Where it was published")), *late_reason(target, typed, errors)]


def read_publish(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
    fields = {} if target.task is not None and target.task.approve else read_form_fields(target, data, mistakes)
    return c.Publish(by=by, task=target.key, note=said(data, "note"), fields=fields, reason=said(data, "reason"))


def ask_sign(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    scene, task = target.scene, target.task
    signers = [(who, naming.actor(scene.program, who)) for who in (task.sign if task else ())]
    refs = [
        (p.ref, p.name or naming.actor(scene.program, p.party))
        for p in scene.case.parties.values() if task is not None and p.party in task.sign
    ]  # fmt: skip
    outcome = [("signed", _("Signed")), ("refused", _("Refused to sign"))]
    return [
        chips_field("signer", _("Who signs"), [*signers, *refs], typed, errors),
        chips_field("outcome", _("Signature"), outcome, typed, errors, value="signed"),
        reason_field(typed, errors),
    ]


def wish_sign(target: Target, by: str) -> Sequence[AnyCommand]:
    task = target.task
    if task is None or target.state is None or not task.sign:
        return []
    return [c.Sign(by=by, task=target.key, signer=signer) for signer in task.sign]


def read_sign(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
    return c.Sign(
        by=by, task=target.key, signer=said(data, "signer"), refused=data.get("outcome") == "refused",
        reason=said(data, "reason"),
    )  # fmt: skip


def wish_agree(target: Target, by: str) -> Sequence[AnyCommand]:
    if target.state is None or target.state.due_at is None:
        return []
    return [c.AgreeDue(by=by, task=target.key, due=target.scene.now)]


def ask_agree(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    return [
        text_field("due", _("New due instant"), typed, errors, kind="instant"),
        text_field("evidence", _("Evidence of the agreement"), typed, errors, kind="long"),
        reason_field(typed, errors),
    ]


def read_agree(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
    due = typed_instant(target, data, "due", mistakes, ahead=True)
    if due is None and "due" not in mistakes:
        mistakes["due"] = _("Give a time such as 13:40, or 2026-03-05 13:40.")
    return c.AgreeDue(
        by=by, task=target.key, due=due or target.scene.now, evidence=lines_of(data.get("evidence", "")),
        reason=said(data, "reason"),
    )  # fmt: skip


def wish_acknowledge(target: Target, by: str) -> Sequence[AnyCommand]:
    """A report that somebody waits for and nobody has confirmed; an overdue task that nobody answers for."""
    state = target.state
    if state is None or state.step:
        return []
    if state.status == Status.COMPLETED:
        return [c.Acknowledge(by=by, task=state.key)] if by not in state.received and state.to else []
    if state.overdue_at is None or state.climb_at is None:
        return []
    return [c.Acknowledge(by=by, task=state.key)]


def _acknowledge_of_report(target: Target) -> bool:
    return target.state is not None and target.state.status == Status.COMPLETED


def ask_arrive(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    return [note_field(typed, errors), text_field("at", _("When, if not now"), typed, errors, kind="instant")]


def wish_arrive(target: Target, by: str) -> Sequence[AnyCommand]:
    task = target.task
    if task is None or task.kind != TaskKind.DISPATCH or target.state is None:
        return []
    return [c.Arrive(by=by, task=target.key)]


def read_arrive(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
    return c.Arrive(by=by, task=target.key, note=said(data, "note"), at=typed_instant(target, data, "at", mistakes))


def wish_name(target: Target, by: str) -> Sequence[AnyCommand]:
    """The appointment that a task of the plan asks for, by whoever the task is for."""
    state, task = target.state, target.task
    if state is None or task is None or not task.fills or not target.scene.is_mine(state):
        return []
    return wish_appoint(target, by)
