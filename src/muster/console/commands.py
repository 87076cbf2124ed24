"""From forms to commands: every act that a page offers, what its form asks, and the command that it becomes.

An act never judges. Its `wish` is the emptiest form of the command, with which `Scene.judge` asks the engine whether the
act is this person's; `read` makes the command of what was typed. What the engine refuses, the page shows with its words.
"""

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
from muster.engine import commands as c
from muster.engine.commands import AnyCommand
from muster.engine.state import Status, TaskState
from muster.plans.model import ActorKind, Filled, Task, TaskKind

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


# --- fields


def _text(name: str, label: str, typed: QueryDict | None, errors: Mapping[str, str], **more: Any) -> Asked:
    value = typed.get(name, "") if typed is not None else more.pop("value", "")
    more.pop("value", None)
    return Asked(name, label, "text", value=value, error=errors.get(name, ""), **more)


def _chips(
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


def _note(typed: QueryDict | None, errors: Mapping[str, str], label: str = "") -> Asked:
    return _text("note", label or pgettext("field", "Note"), typed, errors, kind="long")


def _reason(typed: QueryDict | None, errors: Mapping[str, str], label: str = "", hint: str = "") -> Asked:
    return _text("reason", label or pgettext("field", "Reason"), typed, errors, kind="long", hint=hint)


def _said(data: QueryDict, name: str) -> str:
    return data.get(name, "").strip()


def _instant(target: Target, data: QueryDict, name: str, mistakes: Mistakes, *, ahead: bool = False) -> datetime | None:
    """An instant that was typed, or None; a time alone is the latest one past, or with `ahead` the next to come."""
    text = _said(data, name)
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


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in re.split(r"[\n；;]", text) if line.strip())


def _known(target: Target) -> dict[str, Any]:
    scene = target.scene
    known = facts.known_to_form(scene.case, scene.program)
    paper = target.paper.paper if target.paper is not None else None
    if paper is not None:
        known.update(paper.fields)
    return known


def _form(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    """The fields of the task's form, filled with what the case and the last version know."""
    task = target.task
    if task is None or not task.form:
        return []
    return facts.ask_form(target.scene.program, task.form, known=_known(target), typed=typed, errors=errors)


def _read_form(target: Target, data: QueryDict, mistakes: Mistakes) -> dict[str, Any]:
    task = target.task
    if task is None or not task.form:
        return {}
    answers = facts.read_form(target.scene.program, task.form, data, now=target.scene.now)
    mistakes.update(answers.errors)
    return answers.values


def _late_reason(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    """Where the clock has run out, why it did is asked."""
    state = target.state
    if state is None or state.due_at is None or state.due_at >= target.scene.now:
        return []
    return [_reason(typed, errors, _("Why it is late"))]


def _actors(target: Target, *, inside: bool = True) -> list[tuple[str, str]]:
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


# --- acts on the case


def _scale(target: Target) -> str:
    return target.get("scale") or target.scene.program.main_scale(target.scene.case)


def _levels(target: Target) -> list[tuple[str, str]]:
    program, scale = target.scene.program, _scale(target)
    found = program.edition.scales[scale].levels if scale else ()
    return [(level.id, naming.level_in_words(program, scale, level.id)) for level in reversed(found)]


def ask_facts(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    """Every question of the plan that somebody can answer; only the named one where the address names it."""
    program, case = target.scene.program, target.scene.case
    only = target.get("fact")
    names = [only] if only in program.edition.facts else facts.typeable(program)
    asked = facts.ask(program, names, known=case.facts, typed=typed, errors=errors)
    if not only and program.edition.types and case.kind == "incident":
        kinds = [(kind.id, naming.say(kind.name)) for kind in program.edition.types.values()]
        asked.insert(0, _chips("types", _("Type of incident"), kinds, typed, errors, several=True, value=list(case.types)))
    return [*asked, _note(typed, errors)]


def read_facts(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
    """Only what differs from what the case knows is said again."""
    program, case = target.scene.program, target.scene.case
    answers = facts.read(program, data, now=target.scene.now)
    mistakes.update(answers.errors)
    changed = {name: value for name, value in answers.values.items() if case.facts.get(name) != value}
    types = tuple(data.getlist("types")) if "types" in data else case.types
    # The one open question is answered again even with the same answer: it settles the decision that asked it.
    if target.get("fact") in answers.values:
        changed[target.get("fact")] = answers.values[target.get("fact")]
    return c.Assess(
        by=by, facts=changed, types=tuple(t for t in types if t not in case.types),
        drop_types=tuple(t for t in case.types if t not in types), note=_said(data, "note"),
    )  # fmt: skip


INSTANTS: Mapping[str, Callable[[], str]] = {
    "occurred": lambda: _("Occurred"),
    "detected": lambda: _("Detected"),
    "verified": lambda: _("Verified"),
}


def ask_instants(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    case, zone = target.scene.case, target.scene.program.zone
    found = [
        _text(name, says(), typed, errors, kind="instant",
              value=f"{case.instants[name].astimezone(zone):%Y-%m-%d %H:%M}" if name in case.instants else "")
        for name, says in INSTANTS.items()
    ]  # fmt: skip
    return [*found, _reason(typed, errors, hint=_("Clocks that hang on it move; the journal keeps what they said."))]


def read_instants(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
    case = target.scene.case
    given = {name: _instant(target, data, name, mistakes) for name in INSTANTS}
    changed = {
        name: at
        for name, at in given.items()
        if at is not None and (name not in case.instants or abs(at - case.instants[name]) >= timedelta(minutes=1))
    }
    return c.Correct(by=by, instants=changed, reason=_said(data, "reason"))


def wish_level(target: Target, by: str) -> list[AnyCommand]:
    scene, scale = target.scene, _scale(target)
    wanted = [target.get("level")] if target.get("level") else [level for level, _says in _levels(target)]
    present = scene.case.level(scale)
    return [c.ConfirmLevel(by=by, level=level, scale=scale, reason=ANY_REASON) for level in wanted if level != present]


def ask_level(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    standing = target.scene.case.standings.get(_scale(target))
    proposed = target.get("level") or (standing.proposed if standing else "")
    hint = _("Needed where it is not what the criteria say, and to lower the level.")
    return [
        _chips("level", _("Level"), _levels(target), typed, errors, value=proposed),
        _reason(typed, errors, hint=hint),
    ]


def _simple(command: Callable[..., AnyCommand], **named: str) -> tuple[Wish, Reader]:
    """An act whose form is a line or two of words: argument of the command → field."""

    def wish(target: Target, by: str) -> list[AnyCommand]:
        return [command(by=by, **{argument: ANY_REASON for argument in named})]

    def read(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
        return command(by=by, **{argument: _said(data, name) for argument, name in named.items()})

    return wish, read


def _asks(*fields: Callable[[QueryDict | None, Mapping[str, str]], Asked]) -> Ask:
    return lambda target, typed, errors: [field(typed, errors) for field in fields]


def ask_handover(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    return [_text("to", _("Handed to"), typed, errors), _reason(typed, errors)]


def ask_seal(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    hint = _("Only the reference stays here; the matter goes on outside this system.")
    return [_text("reference", _("Reference of the classified procedure"), typed, errors, hint=hint)]


def ask_merge(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    hint = _("Number of the case that goes on, such as 2026-0305-01")
    return [_text("into", _("Into"), typed, errors, hint=hint), _reason(typed, errors)]


def ask_jot(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    return [
        _text("text", _("What happened"), typed, errors, kind="long"),
        _text("at", _("When, if not now"), typed, errors, kind="instant"),
    ]


def read_jot(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
    return c.Jot(by=by, text=_said(data, "text"), at=_instant(target, data, "at", mistakes))


def ask_direct(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    state = target.state
    kinds = [("instruction", pgettext("directive", "Instruction")), ("chase", pgettext("directive", "Chase")),
             ("copy", pgettext("directive", "Copy"))]  # fmt: skip
    to = target.get("to").split(",") if target.get("to") else list(state.who) if state is not None else []
    text = ""
    if state is not None:
        text = _("Please deal with it without delay: %(task)s") % {"task": naming.task(target.scene.program, state)}
    return [
        _chips("kind", pgettext("field", "Kind"), kinds, typed, errors, value="chase" if state else "instruction"),
        _chips("to", _("To whom"), _to_options(target, to), typed, errors, several=True, value=to),
        _text("text", pgettext("field", "Text"), typed, errors, kind="long", value=text),
    ]


def _to_options(target: Target, to: Sequence[str]) -> list[tuple[str, str]]:
    """Those addressed first; then who has something to do in the case, then everybody else."""
    busy = [who for state in target.scene.case.tasks.values() if state.is_live for who in state.who]
    everyone = dict(_actors(target))
    order = dict.fromkeys([*to, *busy, *everyone])
    return [(who, everyone[who]) for who in order if who in everyone]


def read_direct(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
    kind = _said(data, "kind")
    return c.Direct(
        by=by, to=tuple(data.getlist("to")), text=_said(data, "text"), task=target.key,
        kind=kind if kind in ("instruction", "chase", "copy") else "instruction",  # type: ignore[arg-type]
    )  # fmt: skip


def fillable(target: Target) -> list[str]:
    """The actors that are filled for a case, or with its response; the one that the task or the address names."""
    task = target.task
    if task is not None and task.fills:
        return [task.fills]
    if target.get("post"):
        return [target.get("post")]
    actors = target.scene.program.edition.actors.values()
    return [actor.id for actor in actors if actor.filled in (Filled.CASE, Filled.RESPONSE)]


def wish_appoint(target: Target, by: str) -> list[AnyCommand]:
    return [c.Appoint(by=by, post=post, to=()) for post in fillable(target)]


def ask_appoint(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    scene, posts = target.scene, fillable(target)
    found = []
    present = ""
    if len(posts) > 1:
        names = [(post, naming.actor(scene.program, post)) for post in posts]
        found.append(_chips("post", _("Place to fill"), names, typed, errors, shape="select"))
    else:
        present = naming.actors(scene.program, scene.case.units.get(posts[0], ()))
        actor = scene.program.actor(posts[0])
        if actor is not None and actor.among:
            names = [(each, naming.actor(scene.program, each)) for each in actor.among]
            value = list(scene.case.units.get(posts[0], ()))
            return [_chips("to", naming.say(actor.name), names, typed, errors, several=True, value=value)]
    label = naming.actor(scene.program, posts[0]) if len(posts) == 1 else _("Filled by")
    hint = _("Names, several with ；between them")
    return [*found, _text("to", label, typed, errors, value=present, hint=hint)]


def read_appoint(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
    posts = fillable(target)
    known = {naming.actor(target.scene.program, actor): actor for actor in target.scene.program.edition.actors}
    given = [each.strip() for text in data.getlist("to") for each in re.split(r"[\n；;、]", text) if each.strip()]
    to = tuple(dict.fromkeys(known.get(each, each) for each in given))
    if not to:
        mistakes["to"] = _("Say who.")
    return c.Appoint(by=by, post=posts[0] if len(posts) == 1 else _said(data, "post"), to=to, task=target.key)


def wish_register(target: Target, by: str) -> list[AnyCommand]:
    return [c.Register(by=by, party=party) for party, _name in _parties(target)[:1]]


def _parties(target: Target) -> list[tuple[str, str]]:
    actors = target.scene.program.edition.actors.values()
    return [(actor.id, naming.say(actor.name)) for actor in actors if actor.kind == ActorKind.PARTY]


def ask_register(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    return [
        _chips("party", _("Who they are"), _parties(target), typed, errors, shape="select"),
        _text("name", pgettext("field", "Name"), typed, errors,
              hint=_("The name of a natural person is not kept in the journal.")),
    ]  # fmt: skip


def read_register(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
    return c.Register(by=by, party=_said(data, "party"), name=_said(data, "name"))


def wish_withdraw(target: Target, by: str) -> list[AnyCommand]:
    parties = target.scene.case.parties.values()
    return [
        c.Withdraw(by=by, party=p.party, ref=p.ref, reason=ANY_REASON) for p in parties if not p.withdrawn
    ][:1]  # fmt: skip


def ask_withdraw(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    scene = target.scene
    names = [
        (p.ref, naming.phrases([naming.actor(scene.program, p.party), p.name or p.ref]))
        for p in scene.case.parties.values() if not p.withdrawn
    ]  # fmt: skip
    return [_chips("ref", _("Who"), names, typed, errors), _reason(typed, errors)]


def read_withdraw(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
    ref = _said(data, "ref")
    party = target.scene.case.parties.get(ref)
    return c.Withdraw(by=by, party=party.party if party else "", ref=ref, reason=_said(data, "reason"))


def wish_measure(target: Target, by: str) -> list[AnyCommand]:
    return [c.AddTask(by=by, name=ANY_REASON, who=by, reason=ANY_REASON)]


def ask_measure(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    return [
        _text("name", _("Measure"), typed, errors),
        _chips("who", _("For whom"), _actors(target), typed, errors, shape="select"),
        _text("due", _("Until when"), typed, errors, kind="instant", hint=_("May be left empty")),
        _reason(typed, errors, hint=_("It is recorded as a measure outside the plan.")),
    ]


def read_measure(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
    due = _instant(target, data, "due", mistakes, ahead=True)
    return c.AddTask(by=by, name=_said(data, "name"), who=_said(data, "who"), due=due, reason=_said(data, "reason"))


# --- warnings


def _colours(target: Target) -> list[tuple[str, str]]:
    return list(reversed(_levels(target)))


def wish_propose(target: Target, by: str) -> list[AnyCommand]:
    if target.scene.case.kind != "warning":
        return []
    present = target.scene.case.level(_scale(target))
    return [c.ProposeWarning(by=by, colour=colour) for colour, _says in _colours(target) if colour != present]


def ask_propose(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    scene = target.scene
    scale = scene.program.edition.scales[_scale(target)]
    proposal = scene.case.proposal
    known = {**facts.known_to_form(scene.case, scene.program), **scene.case.contents}
    colour = ""
    if proposal is not None:
        known.update(proposal.contents)
        colour = proposal.colour
    form = facts.ask_form(scene.program, scale.form, known=known, typed=typed, errors=errors, leave_out=[scale.id])
    return [
        _chips("colour", _("Colour"), _colours(target), typed, errors, value=colour),
        _reason(typed, errors, _("Grounds")),
        *form,
    ]


def read_propose(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
    scale = target.scene.program.edition.scales[_scale(target)]
    answers = facts.read_form(target.scene.program, scale.form, data, now=target.scene.now)
    mistakes.update(answers.errors)
    colour = _said(data, "colour")
    if not colour:
        mistakes["colour"] = _("Choose a colour.")
    return c.ProposeWarning(by=by, colour=colour, contents=answers.values, reason=_said(data, "reason"))


# --- acts on a task


def _task_act(command: Callable[..., AnyCommand], **wished: Any) -> Wish:
    return lambda target, by: [command(by=by, task=target.key, **wished)] if target.state is not None else []


def _step_act(command: Callable[..., AnyCommand], **wished: Any) -> Wish:
    """An act on the approval of a paper, which is a task of its own."""
    plain = _task_act(command, **wished)
    return lambda target, by: plain(target, by) if target.state is not None and target.state.step else []


def _task_words(command: Callable[..., AnyCommand], *names: str) -> Reader:
    def read(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
        return command(by=by, task=target.key, **{name: _said(data, name) for name in names})

    return read


def wish_take(target: Target, by: str) -> list[AnyCommand]:
    # Taking again would only repeat what the journal says already.
    if target.state is None or target.state.status == Status.ACTIVE:
        return []
    return [c.Take(by=by, task=target.state.key)]


def wish_complete(target: Target, by: str) -> list[AnyCommand]:
    task = target.task
    if target.state is None or target.state.step:
        return []
    if task is not None and (task.kind in (TaskKind.DECISION, TaskKind.RELEASE) or task.fills or task.approve):
        return []  # each has an act of its own
    return [c.Complete(by=by, task=target.key)]


def ask_complete(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    done_at = _text("done_at", _("When it was done, if not now"), typed, errors, kind="instant")
    evidence = _text("evidence", _("Evidence"), typed, errors, kind="long",
                     hint=_("Document number, receipt or place of the file; one on each line"))  # fmt: skip
    return [*_form(target, typed, errors), _note(typed, errors), *_late_reason(target, typed, errors), evidence, done_at]


def read_complete(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
    return c.Complete(
        by=by, task=target.key, note=_said(data, "note"), fields=_read_form(target, data, mistakes),
        evidence=_lines(data.get("evidence", "")), reason=_said(data, "reason"),
        at=_instant(target, data, "done_at", mistakes),
    )  # fmt: skip


def wish_decide(target: Target, by: str) -> list[AnyCommand]:
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
        options = _chips("value", label, _levels(levels), typed, errors, value=proposed)
    elif task.settles in ("start", "end", "lift"):
        options = _chips("value", label, yes_no, typed, errors)
    elif fact is not None and (fact.type == "bool" or fact.values):
        choices = yes_no if fact.type == "bool" else [(each.id, naming.say(each.name)) for each in fact.values]
        options = _chips("value", naming.say(fact.ask or fact.name), choices, typed, errors, several=fact.type == "set")
    else:
        shown = naming.say(fact.ask or fact.name) if fact is not None else label
        options = _text("value", shown, typed, errors, kind=_plain_kind(fact.type if fact else "text"))
    return [options, *_form(target, typed, errors), _note(typed, errors), _reason(typed, errors, _("Grounds"))]


def _plain_kind(kind: str) -> str:
    return {"int": "number", "number": "number", "money": "number", "instant": "instant", "date": "date"}.get(kind, "long")


def read_decide(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
    program, task = target.scene.program, target.task
    value: Any = _said(data, "value") or None
    fact = program.edition.facts.get(task.settles) if task is not None else None
    if value is not None and fact is not None and fact.type not in ("bool", "enum"):
        given = data.getlist("value")
        value = facts.value_of(fact.type, fact.values, given, program.zone, target.scene.now)
        if value is None:
            mistakes["value"] = _("This cannot be read.")
    return c.Decide(
        by=by, task=target.key, value=value, note=_said(data, "note"), reason=_said(data, "reason"),
        fields=_read_form(target, data, mistakes),
    )  # fmt: skip


def wish_draft(target: Target, by: str) -> list[AnyCommand]:
    task = target.task
    if task is None or target.state is None or target.state.step or not (task.approve or task.draft or task.sign):
        return []
    return [c.Draft(by=by, task=target.key)]


def ask_draft(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    return [*_form(target, typed, errors), _note(typed, errors, _("Note for the approvers"))]


def read_draft(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
    return c.Draft(by=by, task=target.key, fields=_read_form(target, data, mistakes), note=_said(data, "note"))


def read_approve(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
    return c.Approve(by=by, task=target.key, note=_said(data, "note"), digest=_said(data, "digest"))


def wish_send(target: Target, by: str) -> list[AnyCommand]:
    task = target.task
    if task is None or target.state is None or target.state.step or task.kind == TaskKind.RELEASE or not task.approve:
        return []
    return [c.Send(by=by, task=target.key)]


def ask_send(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    evidence = _text("evidence", _("Evidence"), typed, errors, kind="long")
    return [_note(typed, errors), *_late_reason(target, typed, errors), evidence]


def read_send(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
    return c.Send(
        by=by, task=target.key, note=_said(data, "note"), reason=_said(data, "reason"),
        evidence=_lines(data.get("evidence", "")),
    )  # fmt: skip


def wish_publish(target: Target, by: str) -> list[AnyCommand]:
    task = target.task
    if task is None or task.kind != TaskKind.RELEASE or (target.state is not None and target.state.step):
        return []
    return [c.Publish(by=by, task=target.key or task.id)]


def ask_publish(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    form = [] if target.task is not None and target.task.approve else _form(target, typed, errors)
    return [*form, _note(typed, errors, _("Where it was published"))]


def read_publish(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
    fields = {} if target.task is not None and target.task.approve else _read_form(target, data, mistakes)
    return c.Publish(by=by, task=target.key, note=_said(data, "note"), fields=fields)


def ask_sign(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    scene, task = target.scene, target.task
    signers = [(who, naming.actor(scene.program, who)) for who in (task.sign if task else ())]
    refs = [
        (p.ref, p.name or naming.actor(scene.program, p.party))
        for p in scene.case.parties.values() if task is not None and p.party in task.sign
    ]  # fmt: skip
    outcome = [("signed", _("Signed")), ("refused", _("Refused to sign"))]
    return [
        _chips("signer", _("Who signs"), [*signers, *refs], typed, errors),
        _chips("outcome", _("Signature"), outcome, typed, errors, value="signed"),
        _reason(typed, errors),
    ]


def wish_sign(target: Target, by: str) -> list[AnyCommand]:
    task = target.task
    if task is None or target.state is None or not task.sign:
        return []
    return [c.Sign(by=by, task=target.key, signer=signer) for signer in task.sign]


def read_sign(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
    return c.Sign(
        by=by, task=target.key, signer=_said(data, "signer"), refused=data.get("outcome") == "refused",
        reason=_said(data, "reason"),
    )  # fmt: skip


def wish_agree(target: Target, by: str) -> list[AnyCommand]:
    if target.state is None or target.state.due_at is None:
        return []
    return [c.AgreeDue(by=by, task=target.key, due=target.scene.now)]


def ask_agree(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    return [
        _text("due", _("New due instant"), typed, errors, kind="instant"),
        _text("evidence", _("Evidence of the agreement"), typed, errors, kind="long"),
        _reason(typed, errors),
    ]


def read_agree(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
    due = _instant(target, data, "due", mistakes, ahead=True)
    if due is None and "due" not in mistakes:
        mistakes["due"] = _("Give a time such as 13:40, or 2026-03-05 13:40.")
    return c.AgreeDue(
        by=by, task=target.key, due=due or target.scene.now, evidence=_lines(data.get("evidence", "")),
        reason=_said(data, "reason"),
    )  # fmt: skip


def wish_acknowledge(target: Target, by: str) -> list[AnyCommand]:
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
    return [_note(typed, errors), _text("at", _("When, if not now"), typed, errors, kind="instant")]


def wish_arrive(target: Target, by: str) -> list[AnyCommand]:
    task = target.task
    if task is None or task.kind != TaskKind.DISPATCH or target.state is None:
        return []
    return [c.Arrive(by=by, task=target.key)]


def read_arrive(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
    return c.Arrive(by=by, task=target.key, note=_said(data, "note"), at=_instant(target, data, "at", mistakes))


def read_level(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
    if not _said(data, "level"):
        mistakes["level"] = _("Choose a level.")
    return c.ConfirmLevel(by=by, level=_said(data, "level"), scale=_scale(target), reason=_said(data, "reason"))


def read_merge(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
    if not _said(data, "into"):
        mistakes["into"] = _("Say which case goes on.")
    return c.MergeInto(by=by, into=_said(data, "into"), reason=_said(data, "reason"))


_start, _read_start = _simple(c.StartResponse, note="note")
_end, _read_end = _simple(c.EndResponse, reason="reason")
_review, _read_review = _simple(c.BeginReview, note="note")
_close, _read_close = _simple(c.CloseCase, note="note")
_reopen, _read_reopen = _simple(c.ReopenCase, reason="reason")
_dismiss, _read_dismiss = _simple(c.Dismiss, reason="reason")
_hand_over, _read_hand_over = _simple(c.HandOver, to="to", reason="reason")
_seal, _read_seal = _simple(c.Seal, reference="reference")
_ok_warning, _read_ok_warning = _simple(c.ApproveWarning, note="note")
_back_warning, _read_back_warning = _simple(c.ReturnWarning, reason="reason")
_issue, _read_issue = _simple(c.IssueWarning, note="note")
_lift, _read_lift = _simple(c.LiftWarning, reason="reason")


def _merge_wish(target: Target, by: str) -> list[AnyCommand]:
    return [c.MergeInto(by=by, into=ANY_REASON, reason=ANY_REASON)]


def _assess_wish(target: Target, by: str) -> list[AnyCommand]:
    return [c.Assess(by=by)]


def _jot_wish(target: Target, by: str) -> list[AnyCommand]:
    return [c.Jot(by=by, text=ANY_REASON)]


def _direct_wish(target: Target, by: str) -> list[AnyCommand]:
    return [c.Direct(by=by, to=(by,), text=ANY_REASON)]


def _correct_wish(target: Target, by: str) -> list[AnyCommand]:
    return [c.Correct(by=by, instants={})]


_NOTE: Ask = _asks(_note)
_REASON: Ask = _asks(_reason)
_GROUNDS: Ask = lambda target, typed, errors: [_reason(typed, errors, _("Grounds"))]  # noqa: E731

ACTS: Mapping[str, Act] = {
    act.name: act
    for act in (
        # the case as a whole
        Act("assess", lambda: pgettext("act", "Update the facts"), _assess_wish, ask_facts, read_facts),
        Act("jot", lambda: pgettext("act", "Jot down"), _jot_wish, ask_jot, read_jot),
        Act("direct", lambda: pgettext("act", "Instruct or chase"), _direct_wish, ask_direct, read_direct),
        Act("confirm-level", lambda: pgettext("act", "Confirm the level"), wish_level, ask_level, read_level),
        Act("start", lambda: pgettext("act", "Start the response"), _start, _NOTE, _read_start),
        Act("end", lambda: pgettext("act", "End the response"), _end, _GROUNDS, _read_end, is_grave=True),
        Act("review", lambda: pgettext("act", "Begin the review"), _review, _NOTE, _read_review),
        Act("close", lambda: pgettext("act", "Close the case"), _close, _NOTE, _read_close, is_grave=True),
        Act("reopen", lambda: pgettext("act", "Reopen"), _reopen, _REASON, _read_reopen),
        Act("correct", lambda: pgettext("act", "Correct a time"), _correct_wish, ask_instants, read_instants),
        Act("add-task", lambda: pgettext("act", "Add a measure"), wish_measure, ask_measure, read_measure),
        Act("appoint", lambda: pgettext("act", "Name units and posts"), wish_appoint, ask_appoint, read_appoint),
        Act("register", lambda: pgettext("act", "Register a party"), wish_register, ask_register, read_register),
        Act("withdraw", lambda: pgettext("act", "Withdraw a registration"), wish_withdraw, ask_withdraw, read_withdraw),
        Act("hand-over", lambda: pgettext("act", "Hand over"), _hand_over, ask_handover, _read_hand_over, is_grave=True),
        Act("merge", lambda: pgettext("act", "Merge into another case"), _merge_wish, ask_merge, read_merge, is_grave=True),
        Act("dismiss", lambda: pgettext("act", "Dismiss as a false alarm"), _dismiss, _REASON, _read_dismiss, is_grave=True),
        Act("seal", lambda: pgettext("act", "Move to the classified procedure"), _seal, ask_seal, _read_seal, is_grave=True),
        # warnings
        Act("propose", lambda: pgettext("act", "Propose a colour"), wish_propose, ask_propose, read_propose),
        Act("approve-warning", lambda: pgettext("act", "Approve the proposal"), _ok_warning, _NOTE, _read_ok_warning),
        Act("return-warning", lambda: pgettext("act", "Return the proposal"), _back_warning, _REASON, _read_back_warning),
        Act("issue-warning", lambda: pgettext("act", "Issue the warning"), _issue, _NOTE, _read_issue),
        Act("lift-warning", lambda: pgettext("act", "Lift the warning"), _lift, _GROUNDS, _read_lift, is_grave=True),
        # one task
        Act("take", lambda: pgettext("act", "Acknowledge"), wish_take, nothing,
            lambda t, by, data, mistakes: c.Take(by=by, task=t.state.key if t.state else "", note=_said(data, "note")),
            of_task=True),
        Act("complete", lambda: pgettext("act", "Complete"), wish_complete, ask_complete, read_complete, of_task=True),
        Act("decide", lambda: pgettext("act", "Decide"), wish_decide, ask_decide, read_decide, of_task=True),
        Act("name", lambda: pgettext("act", "Name"), lambda t, by: wish_appoint(t, by) if t.task and t.task.fills and t.scene.is_mine(t.state) else [],  # noqa: E501
            ask_appoint, read_appoint, of_task=True),
        Act("draft", lambda: pgettext("act", "Draft"), wish_draft, ask_draft, read_draft, of_task=True),
        Act("approve", lambda: pgettext("act", "Read and approve"), _step_act(c.Approve), _NOTE, read_approve, of_task=True),
        Act("return", lambda: pgettext("act", "Return for changes"), _step_act(c.Return, reason=ANY_REASON), _REASON,
            _task_words(c.Return, "reason"), of_task=True),
        Act("send", lambda: pgettext("act", "Send"), wish_send, ask_send, read_send, of_task=True),
        Act("publish", lambda: pgettext("act", "Publish"), wish_publish, ask_publish, read_publish, of_task=True),
        Act("sign", lambda: pgettext("act", "Record a signature"), wish_sign, ask_sign, read_sign, of_task=True),
        Act("arrive", lambda: pgettext("act", "Arrived"), wish_arrive, ask_arrive, read_arrive, of_task=True),
        Act("acknowledge", lambda: pgettext("act", "I answer for it"), wish_acknowledge, _NOTE,
            lambda t, by, data, mistakes: c.Acknowledge(by=by, task=t.state.key if t.state else "", note=_said(data, "note")),
            of_task=True),
        Act("agree-due", lambda: pgettext("act", "Agree on another date"), wish_agree, ask_agree, read_agree, of_task=True),
        Act("decline", lambda: pgettext("act", "Cannot do it"), _task_act(c.Decline, reason=ANY_REASON), _REASON,
            _task_words(c.Decline, "reason"), of_task=True, is_grave=True),
        Act("waive", lambda: pgettext("act", "Waive"), _task_act(c.Waive, reason=ANY_REASON), _REASON,
            _task_words(c.Waive, "reason"), of_task=True, is_grave=True),
    )
}  # fmt: skip


def label_of(act: Act, target: Target) -> str:
    """What the button says for this very task: a report is sent, a received one confirmed, an offer passed over."""
    state, task = target.state, target.task
    if act.name == "complete" and task is not None and task.kind == TaskKind.REPORT:
        return pgettext("act", "Record the report")
    if act.name == "take" and task is not None and task.kind == TaskKind.DISPATCH:
        return pgettext("act", "Set out")
    if act.name == "acknowledge" and _acknowledge_of_report(target):
        return pgettext("act", "Confirm receipt")
    if act.name == "decline" and state is not None and state.status == Status.OFFERED:
        return pgettext("act", "Pass over")
    if act.name == "draft" and target.paper is not None and target.paper.paper is not None:
        return pgettext("act", "Revise")
    if act.name == "send" and task is not None and task.kind == TaskKind.RECORD:
        return pgettext("act", "File")
    return act.label()
