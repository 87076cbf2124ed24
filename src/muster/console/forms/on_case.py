"""Acts on a case as a whole: facts, levels, stages, instructions, who takes part, how it ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from muster.console import facts, naming
from muster.console.facts import Asked
from muster.console.forms.fields import (
    ANY_REASON,
    Mistakes,
    Target,
    actors_of,
    chips_field,
    levels_of,
    note_field,
    reason_field,
    said,
    scale_of,
    text_field,
    typed_instant,
)
from muster.engine import commands as c
from muster.engine.commands import AnyCommand
from muster.plans.model import ActorKind, Filled


def ask_facts(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    """Every question of the plan that somebody can answer; only the named one where the address names it."""
    program, case = target.scene.program, target.scene.case
    only = target.get("fact")
    names = [only] if only in program.edition.facts else facts.typeable(program)
    asked = facts.ask(program, names, known=case.facts, typed=typed, errors=errors)
    if not only and program.edition.types and case.kind == "incident":
        kinds = [(kind.id, naming.say(kind.name)) for kind in program.edition.types.values()]
        asked.insert(
            0, chips_field("types", _("Type of incident"), kinds, typed, errors, several=True, value=list(case.types))
        )
    return [*asked, note_field(typed, errors)]


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
        drop_types=tuple(t for t in case.types if t not in types), note=said(data, "note"),
    )  # fmt: skip


INSTANTS: Mapping[str, Callable[[], str]] = {
    "occurred": lambda: _("Occurred"),
    "detected": lambda: _("Detected"),
    "verified": lambda: _("Verified"),
}


def ask_instants(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    case, zone = target.scene.case, target.scene.program.zone
    found = [
        text_field(name, says(), typed, errors, kind="instant",
              value=f"{case.instants[name].astimezone(zone):%Y-%m-%d %H:%M}" if name in case.instants else "")
        for name, says in INSTANTS.items()
    ]  # fmt: skip
    return [
        *found,
        reason_field(typed, errors, hint=_("Clocks that hang on it move; the journal keeps what they said.")),
    ]


def read_instants(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
    case = target.scene.case
    given = {name: typed_instant(target, data, name, mistakes) for name in INSTANTS}
    changed = {
        name: at
        for name, at in given.items()
        if at is not None and (name not in case.instants or abs(at - case.instants[name]) >= timedelta(minutes=1))
    }
    return c.Correct(by=by, instants=changed, reason=said(data, "reason"))


def wish_level(target: Target, by: str) -> Sequence[AnyCommand]:
    scene, scale = target.scene, scale_of(target)
    wanted = [target.get("level")] if target.get("level") else [level for level, _says in levels_of(target)]
    present = scene.case.level(scale)
    return [c.ConfirmLevel(by=by, level=level, scale=scale, reason=ANY_REASON) for level in wanted if level != present]


def ask_level(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    standing = target.scene.case.standings.get(scale_of(target))
    proposed = target.get("level") or (standing.proposed if standing else "")
    hint = _("Needed where it is not what the criteria say, and to lower the level.")
    return [
        chips_field("level", _("Level"), levels_of(target), typed, errors, value=proposed),
        reason_field(typed, errors, hint=hint),
    ]


def ask_handover(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    return [text_field("to", _("Handed to"), typed, errors), reason_field(typed, errors)]


def ask_seal(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    hint = _("Only the reference stays here; the matter goes on outside this system.")
    return [text_field("reference", _("Reference of the classified procedure"), typed, errors, hint=hint)]


def ask_merge(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    hint = _("Number of the case that goes on, such as 2026-0305-01")
    return [text_field("into", _("Into"), typed, errors, hint=hint), reason_field(typed, errors)]


def ask_jot(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    return [
        text_field("text", _("What happened"), typed, errors, kind="long"),
        text_field("at", _("When, if not now"), typed, errors, kind="instant"),
    ]


def read_jot(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
    return c.Jot(by=by, text=said(data, "text"), at=typed_instant(target, data, "at", mistakes))


def ask_direct(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    state = target.state
    kinds = [("instruction", pgettext("directive", "Instruction")), ("chase", pgettext("directive", "Chase")),
             ("copy", pgettext("directive", "Copy"))]  # fmt: skip
    to = target.get("to").split(",") if target.get("to") else list(state.who) if state is not None else []
    text = ""
    if state is not None:
        text = _("Please deal with it without delay: %(task)s") % {"task": naming.task(target.scene.program, state)}
    return [
        chips_field("kind", pgettext("field", "Kind"), kinds, typed, errors, value="chase" if state else "instruction"),
        chips_field("to", _("To whom"), _to_options(target, to), typed, errors, several=True, value=to),
        text_field("text", pgettext("field", "Text"), typed, errors, kind="long", value=text),
    ]


def _to_options(target: Target, to: Sequence[str]) -> list[tuple[str, str]]:
    """Those addressed first; then who has something to do in the case, then everybody else."""
    busy = [who for state in target.scene.case.tasks.values() if state.is_live for who in state.who]
    everyone = dict(actors_of(target))
    order = dict.fromkeys([*to, *busy, *everyone])
    return [(who, everyone[who]) for who in order if who in everyone]


def read_direct(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
    kind = said(data, "kind")
    return c.Direct(
        by=by, to=tuple(data.getlist("to")), text=said(data, "text"), task=target.key,
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


def wish_appoint(target: Target, by: str) -> Sequence[AnyCommand]:
    return [c.Appoint(by=by, post=post, to=()) for post in fillable(target)]


def ask_appoint(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    scene, posts = target.scene, fillable(target)
    found = []
    present = ""
    if len(posts) > 1:
        names = [(post, naming.actor(scene.program, post)) for post in posts]
        found.append(chips_field("post", _("Place to fill"), names, typed, errors, shape="select"))
    else:
        present = naming.actors(scene.program, scene.case.units.get(posts[0], ()))
        actor = scene.program.actor(posts[0])
        if actor is not None and actor.among:
            names = [(each, naming.actor(scene.program, each)) for each in actor.among]
            value = list(scene.case.units.get(posts[0], ()))
            return [chips_field("to", naming.say(actor.name), names, typed, errors, several=True, value=value)]
    label = naming.actor(scene.program, posts[0]) if len(posts) == 1 else _("Filled by")
    hint = _("Names, several with ；between them")
    return [*found, text_field("to", label, typed, errors, value=present, hint=hint)]


def read_appoint(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
    posts = fillable(target)
    known = {naming.actor(target.scene.program, actor): actor for actor in target.scene.program.edition.actors}
    given = [each.strip() for text in data.getlist("to") for each in re.split(r"[\n；;、]", text) if each.strip()]
    to = tuple(dict.fromkeys(known.get(each, each) for each in given))
    if not to:
        mistakes["to"] = _("Say who.")
    return c.Appoint(by=by, post=posts[0] if len(posts) == 1 else said(data, "post"), to=to, task=target.key)


def wish_register(target: Target, by: str) -> Sequence[AnyCommand]:
    return [c.Register(by=by, party=party) for party, _name in _parties(target)[:1]]


def _parties(target: Target) -> list[tuple[str, str]]:
    actors = target.scene.program.edition.actors.values()
    return [(actor.id, naming.say(actor.name)) for actor in actors if actor.kind == ActorKind.PARTY]


def ask_register(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    return [
        chips_field("party", _("Who they are"), _parties(target), typed, errors, shape="select"),
        text_field("name", pgettext("field", "Name"), typed, errors,
              hint=_("The name of a natural person is not kept in the journal.")),
    ]  # fmt: skip


def read_register(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
    return c.Register(by=by, party=said(data, "party"), name=said(data, "name"))


def wish_withdraw(target: Target, by: str) -> Sequence[AnyCommand]:
    here = [p for p in target.scene.case.parties.values() if not p.withdrawn]
    return [c.Withdraw(by=by, party=p.party, ref=p.ref, reason=ANY_REASON) for p in here[:1]]


def ask_withdraw(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    scene = target.scene
    names = [
        (p.ref, naming.phrases([naming.actor(scene.program, p.party), p.name or p.ref]))
        for p in scene.case.parties.values() if not p.withdrawn
    ]  # fmt: skip
    return [chips_field("ref", _("Who"), names, typed, errors), reason_field(typed, errors)]


def read_withdraw(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
    ref = said(data, "ref")
    party = target.scene.case.parties.get(ref)
    return c.Withdraw(by=by, party=party.party if party else "", ref=ref, reason=said(data, "reason"))


def wish_measure(target: Target, by: str) -> Sequence[AnyCommand]:
    return [c.AddTask(by=by, name=ANY_REASON, who=by, reason=ANY_REASON)]


def ask_measure(target: Target, typed: QueryDict | None, errors: Mapping[str, str]) -> list[Asked]:
    return [
        text_field("name", _("Measure"), typed, errors),
        chips_field("who", _("For whom"), actors_of(target), typed, errors, shape="select"),
        text_field("due", _("Until when"), typed, errors, kind="instant", hint=_("May be left empty")),
        reason_field(typed, errors, hint=_("It is recorded as a measure outside the plan.")),
    ]


def read_measure(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
    due = typed_instant(target, data, "due", mistakes, ahead=True)
    return c.AddTask(by=by, name=said(data, "name"), who=said(data, "who"), due=due, reason=said(data, "reason"))


def read_level(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
    if not said(data, "level"):
        mistakes["level"] = _("Choose a level.")
    return c.ConfirmLevel(by=by, level=said(data, "level"), scale=scale_of(target), reason=said(data, "reason"))


def read_merge(target: Target, by: str, data: QueryDict, mistakes: Mistakes) -> AnyCommand:
    if not said(data, "into"):
        mistakes["into"] = _("Say which case goes on.")
    return c.MergeInto(by=by, into=said(data, "into"), reason=said(data, "reason"))


def wish_merge(target: Target, by: str) -> Sequence[AnyCommand]:
    return [c.MergeInto(by=by, into=ANY_REASON, reason=ANY_REASON)]


def wish_assess(target: Target, by: str) -> Sequence[AnyCommand]:
    return [c.Assess(by=by)]


def wish_jot(target: Target, by: str) -> Sequence[AnyCommand]:
    return [c.Jot(by=by, text=ANY_REASON)]


def wish_direct(target: Target, by: str) -> Sequence[AnyCommand]:
    return [c.Direct(by=by, to=(by,), text=ANY_REASON)]


def wish_correct(target: Target, by: str) -> Sequence[AnyCommand]:
    return [c.Correct(by=by, instants={})]
