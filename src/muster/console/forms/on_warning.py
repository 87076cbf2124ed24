"""The acts of proposing a warning, or another colour for one in force, and of issuing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import QueryDict
from django.utils.translation import gettext as _

from muster.console import facts
from muster.console.facts import Asked
from muster.console.forms.fields import (
    Mistakes,
    Target,
    chips_field,
    levels_of,
    note_field,
    reason_field,
    said,
    scale_of,
)
from muster.engine import commands as c
from muster.engine.commands import AnyCommand


def _colours(target: Target) -> list[tuple[str, str]]:
    return list(reversed(levels_of(target)))


def wish_propose(target: Target, by: str) -> Sequence[AnyCommand]:
    if target.scene.case.kind != "warning":
        return []
    present = target.scene.case.level(scale_of(target))
    return [c.ProposeWarning(by=by, colour=colour) for colour, _says in _colours(target) if colour != present]


def ask_propose(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    scene = target.scene
    scale = scene.program.edition.scales[scale_of(target)]
    proposal = scene.case.proposal
    known = {**facts.known_to_form(scene.case, scene.program), **scene.case.contents}
    colour = ""
    if proposal is not None:
        known.update(proposal.contents)
        colour = proposal.colour
    form = facts.ask_form(scene.program, scale.form, known=known, typed=typed, errors=errors, leave_out=[scale.id])
    return [
        chips_field("colour", _("Colour"), _colours(target), typed, errors, value=colour),
        reason_field(typed, errors, _("Grounds")),
        *form,
    ]


def read_propose(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
    scale = target.scene.program.edition.scales[scale_of(target)]
    answers = facts.read_form(target.scene.program, scale.form, data, now=target.scene.now)
    mistakes.update(answers.errors)
    colour = said(data, "colour")
    if not colour:
        mistakes["colour"] = _("Choose a colour.")
    return c.ProposeWarning(by=by, colour=colour, contents=answers.values, reason=said(data, "reason"))


def _left_open(target: Target) -> tuple[str, list[str]]:
    """The form of the notice, and its fields that issuing must not ask for: the colour, and what was approved."""
    scale = target.scene.program.edition.scales[scale_of(target)]
    proposal = target.scene.case.proposal
    return scale.form, [scale.id, *(proposal.contents if proposal is not None else ())]


def ask_issue(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    """What the proposal left open can still be filled in by whoever issues it."""
    scene = target.scene
    form, settled = _left_open(target)
    known = facts.known_to_form(scene.case, scene.program)
    fields = facts.ask_form(scene.program, form, known=known, typed=typed, errors=errors, leave_out=settled)
    return [*fields, note_field(typed, errors)]


def read_issue(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
    form, settled = _left_open(target)
    answers = facts.read_form(target.scene.program, form, data, now=target.scene.now)
    mistakes.update(answers.errors)
    added = {name: value for name, value in answers.values.items() if name not in settled}
    return c.IssueWarning(by=by, contents=added, note=said(data, "note"))
