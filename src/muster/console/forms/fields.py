"""What every form of an act is made of: its target, its fields, and how what was typed is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from muster.console import facts, naming
from muster.console.facts import Asked
from muster.console.parts import Option
from muster.console.room.scene import Scene
from muster.duties import register
from muster.engine.commands import AnyCommand
from muster.engine.state import TaskState
from muster.plans.model import ActorKind, Task

ANY_REASON = "?"
"""What a wish says where the command needs a reason: whether there will be one, the form decides."""


@dataclass(frozen=True, slots=True)
class Target:
    """What an act is done to: a task, a level, a post; whatever its address names. `query` is what the address says."""

    scene: Scene
    query: Mapping[str, str]
    state: TaskState | None = None

    @property
    def task(self) -> Task | None:
        return self.scene.planned(self.state) if self.state is not None else None

    @property
    def key(self) -> str:
        """The key under which the engine finds the task: of the paper, where its approval is meant."""
        return self.state.key.split("!")[0] if self.state is not None else ""

    @property
    def paper(self) -> TaskState | None:
        """The task whose paper is meant."""
        return self.scene.case.tasks.get(self.key)

    def get(self, name: str) -> str:
        return self.query.get(name, "")


class Mistakes(dict[str, str]):
    """What could not be read, by the name of its field."""


Wish = Callable[[Target, str], Iterable[AnyCommand]]
Ask = Callable[[Target, QueryDict | None, Mapping[str, str]], Sequence[Asked]]
Reader = Callable[[Target, str, QueryDict, Mistakes], AnyCommand]


@dataclass(frozen=True, slots=True)
class Act:
    """One act: its address, what its button says, and how it is asked, read and put to the engine."""

    name: str
    says: Callable[[], str]
    wish: Wish
    ask: Ask
    read: Reader
    of_task: bool = False
    is_grave: bool = False
    """It ends something: its button is never the main one."""

    def label(self) -> str:
        return self.says()


def text_field(name: str, label: str, typed: QueryDict | None, errors: Mapping[str, str], **more: Any) -> Asked:
    value = typed.get(name, "") if typed is not None else more.pop("value", "")
    more.pop("value", None)
    return Asked(name, label, "text", value=value, error=errors.get(name, ""), **more)


def chips_field(
    name: str, label: str, options: Iterable[tuple[str, str]], typed: QueryDict | None, errors: Mapping[str, str],
    *, several: bool = False, value: Any = "", hint: str = "", shape: str = "",
) -> Asked:  # fmt: skip
    given: Any = value
    if typed is not None:
        given = typed.getlist(name) if several else typed.get(name, "")
    chosen = shape or ("several" if several else "choice")
    # A list to choose one from takes plain pairs, chips take options.
    shown: Any = list(options) if chosen == "select" else [Option(*o) for o in options]
    return Asked(name, label, chosen, options=shown, value=given, hint=hint,
                 error=errors.get(name, ""))  # fmt: skip


def note_field(typed: QueryDict | None, errors: Mapping[str, str], label: str = "") -> Asked:
    return text_field("note", label or pgettext("field", "Note"), typed, errors, kind="long")


def reason_field(typed: QueryDict | None, errors: Mapping[str, str], label: str = "", hint: str = "") -> Asked:
    return text_field("reason", label or pgettext("field", "Reason"), typed, errors, kind="long", hint=hint)


def said(data: QueryDict, name: str) -> str:
    return data.get(name, "").strip()


def typed_instant(
    target: Target, data: QueryDict, name: str, mistakes: Mistakes, *, ahead: bool = False
) -> datetime | None:
    """An instant that was typed, or None; a time alone is the latest one past, or with `ahead` the next to come."""
    text = said(data, name)
    if not text:
        return None
    scene = target.scene
    at = facts.instant(text, scene.program.zone, scene.now)
    if at is None:
        mistakes[name] = _("Give a time such as 13:40, or 2026-03-05 13:40.")
        return None
    if ahead and at <= scene.now and re.fullmatch(r"\s*\d{1,2}[:：]\d{2}\s*", text):
        at += timedelta(days=1)
    return at


def lines_of(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in re.split(r"[\n；;]", text) if line.strip())


def known_to(target: Target) -> dict[str, Any]:
    """What a form can take over: what the case knows, other forms of it, and the last version of this paper."""
    scene = target.scene
    known = facts.known_to_form(scene.case, scene.program)
    # What other forms of this case were filled in with goes by "form.field", as the plan names it.
    for state in scene.case.tasks.values():
        planned = scene.planned(state)
        if state.fields and planned is not None and planned.form:
            known.update({f"{planned.form}.{name}": value for name, value in state.fields.items()})
    paper = target.paper.paper if target.paper is not None else None
    if paper is not None:
        known.update(paper.fields)
    return known


def form_fields(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    """The fields of the task's form, filled with what the case and the last version know."""
    task = target.task
    if task is None or not task.form:
        return []
    return facts.ask_form(target.scene.program, task.form, known=known_to(target), typed=typed, errors=errors)


def read_form_fields(target: Target, data: QueryDict, mistakes: Mistakes) -> dict[str, Any]:
    task = target.task
    if task is None or not task.form:
        return {}
    scene = target.scene
    answers = facts.read_form(scene.program, task.form, data, now=scene.now)
    mistakes.update(answers.errors)
    return register.with_rows(scene.program, task, scene.case_id, answers.values, scene.now)


def late_reason(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    """Where the clock has run out, why it did is asked."""
    state = target.state
    if state is None or state.due_at is None or state.due_at >= target.scene.now:
        return []
    return [reason_field(typed, errors, _("Why it is late"))]


def actors_of(target: Target, *, inside: bool = True) -> list[tuple[str, str]]:
    """The posts and bodies of the plan, and the units named for this case."""
    scene, found = target.scene, {}
    for actor in scene.program.edition.actors.values():
        if not inside or actor.kind != ActorKind.PARTY:
            found[actor.id] = naming.say(actor.name)
    for units in scene.case.units.values():
        for unit in units:
            found.setdefault(unit, naming.actor(scene.program, unit))
    return list(found.items())


def nothing(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> Sequence[Asked]:
    return ()


def simple(command: Callable[..., AnyCommand], **named: str) -> tuple[Wish, Reader]:
    """An act whose form is a line or two of words: argument of the command → field."""

    def wish(target: Target, by: str) -> Sequence[AnyCommand]:
        return [command(by=by, **dict.fromkeys(named, ANY_REASON))]

    def read(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
        return command(by=by, **{argument: said(data, name) for argument, name in named.items()})

    return wish, read


def asks(*fields: Callable[[QueryDict | None, Mapping[str, str]], Asked]) -> Ask:
    return lambda target, typed, errors: [field(typed, errors) for field in fields]


def scale_of(target: Target) -> str:
    """The scale that the address names, else the main one of this kind of case; "" where the plan has none."""
    program, named = target.scene.program, target.get("scale")
    return named if named in program.edition.scales else program.main_scale(target.scene.case)


def levels_of(target: Target) -> list[tuple[str, str]]:
    program, scale = target.scene.program, scale_of(target)
    found = program.edition.scales[scale].levels if scale else ()
    return [(level.id, naming.level_in_words(program, scale, level.id)) for level in reversed(found)]
