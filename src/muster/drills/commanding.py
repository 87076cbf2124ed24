"""Inputs of a scenario as commands of the engine: names become ids, offsets instants, spellings values."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from muster.drills.instants import When, when_of
from muster.drills.names import SHEET, Names, Target
from muster.drills.scenario import Input, Party, Scenario
from muster.drills.spelling import spelled
from muster.engine import commands as c
from muster.engine.program import Program
from muster.engine.refusals import Refusal
from muster.engine.state import Case, TaskState
from muster.plans.model import CaseKind, Words


class Commander:
    """Makes commands of inputs. `refs` remembers under which reference a party was registered, by its name."""

    def __init__(self, program: Program, scenario: Scenario, start: datetime) -> None:
        self.program = program
        self.scenario = scenario
        self.names = Names(program)
        self.start = start
        self.refs: dict[str, str] = {}

    def instant(self, when: When) -> datetime:
        return when.after(self.start, self.program.zone, self.program.calendar)

    def instant_of_text(self, text: str) -> datetime | None:
        when = when_of(text)
        return None if when is None or when.is_end else self.instant(when)

    def commands(self, case: Case, each: Input) -> list[c.AnyCommand] | Refusal:
        """The commands of an input as the case stands; a refusal where what it says does not fit the case."""
        said = each.arguments
        by = self.names.actor(each.by)
        who = {"by": by}
        match each.verb:
            case "report":
                return self._report(by, said)
            case "propose" | "adjust":
                return [self._propose(by, said)]
            case "open":
                title = said.get("title", "") or ("" if said.get("summary") else self.scenario.title.zh)
                return [
                    c.OpenOccurrence(
                        by=by, kind=said["kind"], title=title, summary=said.get("summary", ""),
                        task=self._task_id(case, by, said), facts=self._facts(said.get("facts", {})),
                        units=self._units(said.get("units", {})), is_drill=True,
                    )
                ]  # fmt: skip
            case "assess":
                return [
                    c.Assess(
                        **who, facts=self._facts(said.get("facts", {})), types=self._types(said.get("types", ())),
                        drop_types=self._types(said.get("drop_types", ())), note=said.get("note", ""),
                    )
                ]  # fmt: skip
            case "correct":
                return self._correct(by, said)
            case "confirm":
                return [self._confirm(case, by, said)]
            case "start":
                return [c.StartResponse(**who, note=said.get("note", "") or said.get("reason", ""))]
            case "end":
                return [c.EndResponse(**who, reason=said.get("reason", "") or said.get("note", ""))]
            case "review":
                return [c.BeginReview(**who, note=said.get("note", ""))]
            case "close":
                return [c.CloseCase(**who, note=said.get("note", "") or said.get("reason", ""))]
            case "reopen":
                return [c.ReopenCase(**who, reason=said.get("reason", ""))]
            case "dismiss":
                return [c.Dismiss(**who, reason=said.get("reason", ""))]
            case "hand_over":
                to = self.names.actor(said["to"])
                named = self.program.actor_name(to).zh if to in self.program.edition.actors else said["to"]
                return [c.HandOver(**who, to=named, reason=said.get("reason", ""))]
            case "merge":
                return [c.MergeInto(**who, into=said["into"], reason=said.get("reason", ""))]
            case "absorb":
                facts = self._facts(said.get("facts", {}))
                return [
                    c.Absorb(
                        **who,
                        other=said["other"],
                        title=said.get("title", ""),
                        summary=said.get("summary", ""),
                        facts=facts,
                    )
                ]
            case "seal":
                return [c.Seal(**who, reference=said["reference"])]
            case "add_task":
                due = self.instant(said["due"]) if "due" in said else None
                return [
                    c.AddTask(
                        **who,
                        name=said["name"],
                        who=self.names.actor(said["who"]),
                        due=due,
                        reason=said.get("reason", ""),
                    )
                ]
            case "appoint":
                to_units = tuple(self.names.actor(name) for name in said["to"])
                return [
                    c.Appoint(
                        **who, post=self.names.actor(said["post"]), to=to_units, task=self._task_id(case, by, said)
                    )
                ]
            case "register":
                return [self._register(by, Party(said["party"], said.get("name", ""), said.get("ref", "")))]
            case "withdraw":
                ref = said.get("ref", "") or self.refs.get(said.get("name", ""), said.get("name", ""))
                return [
                    c.Withdraw(**who, party=self.names.actor(said["party"]), ref=ref, reason=said.get("reason", ""))
                ]
            case "direct":
                to_actors = tuple(self.names.actor(name) for name in said["to"])
                return [
                    c.Direct(
                        **who, to=to_actors, text=said["text"], kind=said.get("kind", "instruction"),
                        reply=said.get("reply", False), task=self._task_id(case, by, said),
                    )
                ]  # fmt: skip
            case "jot":
                at = self.instant(said["happened"]) if "happened" in said else None
                return [c.Jot(**who, text=said["text"], at=at)]
            case "issue" | "lift":
                return self._warning(case, each.verb, by, said)
            case "approve" | "return" if "task" not in said:
                return self._warning(case, each.verb, by, said)
            case _:
                return [self._about_task(case, each.verb, by, said)]

    # --- opening and what goes with it

    def _report(self, by: str, said: dict[str, Any]) -> list[c.AnyCommand]:
        summary = said.get("summary", "")
        opening = c.OpenIncident(
            by=by,
            title=said.get("title", "") or ("" if summary else self.scenario.title.zh),
            summary=summary,
            place=said.get("place", ""),
            types=self._types(said.get("type", ())),
            occurred=self.instant(said["occurred"]) if "occurred" in said else None,
            detected=self.instant(said["detected"]) if "detected" in said else None,
            facts=self._facts(said.get("facts", {})),
            units=self._units(said.get("units", {})),
            source=said.get("source", ""),
            is_drill=True,
        )
        return [opening, *(self._register(by, party) for party in said.get("parties", ()))]

    def _propose(self, by: str, said: dict[str, Any]) -> c.ProposeWarning:
        scale = self.names.scale(CaseKind.WARNING)
        colour = (self.names.level(scale, said["colour"]) if scale else None) or said["colour"]
        contents = self._fields(scale.form if scale else "", said.get("contents", {}))
        title = said.get("title", "") or self.scenario.title.zh
        return c.ProposeWarning(
            by=by, colour=colour, title=title, contents=contents, reason=said.get("reason", ""),
            units=self._units(said.get("units", {})), facts=self._facts(said.get("facts", {})), is_drill=True,
        )  # fmt: skip

    def _register(self, by: str, party: Party) -> c.Register:
        return c.Register(by=by, party=self.names.actor(party.party), name=party.name, ref=party.ref)

    def _correct(self, by: str, said: dict[str, Any]) -> list[c.AnyCommand]:
        reason = said.get("reason", "")
        instants: dict[str, datetime] = {
            name: self.instant(said[name]) for name in ("occurred", "detected", "reported", "verified") if name in said
        }
        found: list[c.AnyCommand] = []
        if instants:
            found.append(c.Correct(by=by, instants=instants, reason=reason))
        if "facts" in said or not found:
            found.append(c.Assess(by=by, facts=self._facts(said.get("facts", {})), note=reason))
        return found

    def _confirm(self, case: Case, by: str, said: dict[str, Any]) -> c.ConfirmLevel:
        scale_name = said.get("scale", "")
        if not scale_name and "task" in said:
            for target in self.names.targets(said["task"]):
                settles = self.program.edition.tasks[target.task].settles
                scale_name = settles if settles in self.program.edition.scales else scale_name
        scale = self.names.scale(case.kind, scale_name)
        level = (self.names.level(scale, said["level"]) if scale else None) or said["level"]
        return c.ConfirmLevel(
            by=by, level=level, scale=scale.id if scale else scale_name or "level", reason=said.get("reason", "")
        )

    def _warning(self, case: Case, verb: str, by: str, said: dict[str, Any]) -> list[c.AnyCommand] | Refusal:
        scale = self.names.scale(CaseKind.WARNING)
        if (other := self._other_colour(case, verb, said)) is not None:
            return other
        note = said.get("note", "") or said.get("reason", "")
        match verb:
            case "approve":
                return [c.ApproveWarning(by=by, note=note)]
            case "return":
                return [c.ReturnWarning(by=by, reason=note)]
            case "issue":
                contents = self._fields(scale.form if scale else "", said.get("contents", {}))
                return [c.IssueWarning(by=by, note=note, contents=contents)]
            case _:
                return [c.LiftWarning(by=by, reason=said.get("reason", "") or note)]

    def _other_colour(self, case: Case, verb: str, said: dict[str, Any]) -> Refusal | None:
        """The colour that is named is not the one on the table."""
        scale = self.names.scale(CaseKind.WARNING)
        if "colour" not in said or scale is None:
            return None
        named = self.names.level(scale, said["colour"]) or said["colour"]
        present = case.level(scale.id) if verb == "lift" else case.proposal.colour if case.proposal else ""
        if not present or present == named:
            return None
        words = {level.id: level.name for level in scale.levels}
        is_, wanted = words.get(present, Words(present)), words.get(named, Words(named))
        return Refusal(
            "warning.other-colour",
            Words(f"现在是{is_.zh}，不是{wanted.zh}。", f"It is {is_.say('en')} now, not {wanted.say('en')}."),
        )

    # --- tasks and papers

    def _about_task(self, case: Case, verb: str, by: str, said: dict[str, Any]) -> c.AnyCommand:
        target = self._target(case, by, said["task"])
        task = self.program.edition.tasks.get(target.task)
        is_key = not said["task"].startswith(SHEET) and any(mark in said["task"] for mark in "@#")
        about: dict[str, Any] = {"by": by, "task": said["task"] if is_key else target.task}
        if "for" in said:
            about["for_"] = self._instance(case, target.task, said["for"])
        note, reason = said.get("note", ""), said.get("reason", "")
        fields = self._fields(task.form if task else "", said.get("fields", {}))
        if target.step and verb in ("complete", "decide", "take"):
            return c.Approve(**about, note=note or reason)
        match verb:
            case "take":
                return c.Take(**about, note=note)
            case "complete":
                return c.Complete(
                    **about, note=note, fields=fields, value=self._settled(target, said.get("value")),
                    evidence=said.get("evidence", ()), reason=reason,
                    at=self.instant(said["done_at"]) if "done_at" in said else None, to=self._addressees(said),
                )  # fmt: skip
            case "decide":
                value = self._settled(target, said["value"])
                return c.Decide(**about, value=value, note=note, reason=reason, fields=fields)
            case "arrive":
                at = self.instant(said["done_at"]) if "done_at" in said else None
                return c.Arrive(**about, note=note, at=at)
            case "decline":
                return c.Decline(**about, reason=reason)
            case "waive":
                return c.Waive(**about, reason=reason)
            case "draft":
                return c.Draft(**about, fields=fields, note=note)
            case "approve":
                return c.Approve(**about, note=note or reason)
            case "return":
                return c.Return(**about, reason=reason)
            case "send":
                return c.Send(
                    **about, note=note, reason=reason, evidence=said.get("evidence", ()), to=self._addressees(said)
                )
            case "publish":
                return c.Publish(**about, note=note, fields=fields, reason=reason)
            case "acknowledge":
                return c.Acknowledge(**about, note=note)
            case "sign":
                signer = said.get("signer", "")
                signer = self.refs.get(signer, self.names.actor(signer)) if signer else ""
                return c.Sign(**about, signer=signer, refused=said.get("refused", False), reason=reason)
            case _:
                assert verb == "agree_due", f"an input without a meaning: {verb}"
                due = self.instant(said["due"])
                return c.AgreeDue(**about, due=due, evidence=said.get("evidence", ()), reason=reason)

    def _task_id(self, case: Case, by: str, said: dict[str, Any]) -> str:
        return self._target(case, by, said["task"]).task if "task" in said else ""

    def _target(self, case: Case, by: str, name: str) -> Target:
        """The task that is meant: of several under one name, the one that stands and is this actor's to do."""
        targets = self.names.targets(name) or (Target(name),)
        if len(targets) == 1:
            return targets[0]

        def worth(target: Target) -> int:
            live = [s for s in case.tasks.values() if s.task == target.task and s.is_live]
            mine = any(self.program.acts_for_any(case, by, state.who) for state in live)
            return 2 * mine + bool(live)

        return max(targets, key=worth)

    def _instance(self, case: Case, task: str, named: str) -> str:
        """Whose instance `for` means; "" where the task stands only once, and there is nothing to choose."""
        states = [state for state in case.tasks.values() if state.task == task]
        if states and all(not state.for_ or state.step for state in states):
            return ""
        return instance_names(case, self.names, self.refs, named)[0]

    # --- values

    def _settled(self, target: Target, value: Any) -> Any:
        """The value of a decision, by what it settles."""
        task = self.program.edition.tasks.get(target.task)
        if task is None or value is None or not task.settles:
            return value
        if (scale := self.program.edition.scales.get(task.settles)) is not None:
            return (self.names.level(scale, value) or value) if isinstance(value, str) else value
        if task.settles == "types":
            return list(self._types((value,) if isinstance(value, str) else tuple(value)))
        fact = self.program.edition.facts.get(task.settles)
        if fact is None:
            return value
        return spelled(fact.type, fact.values, value, self.instant_of_text, self.program.zone)

    def _facts(self, given: dict[str, Any]) -> dict[str, Any]:
        found = {}
        for name, value in given.items():
            id_ = self.names.fact(name) or name
            fact = self.program.edition.facts.get(id_)
            if fact is not None:
                value = spelled(fact.type, fact.values, value, self.instant_of_text, self.program.zone)
            found[id_] = value
        return found

    def _fields(self, form_id: str, given: dict[str, Any]) -> dict[str, Any]:
        form = self.program.edition.forms.get(form_id)
        if form is None:
            return given
        fields = {field.id: field for field in form.fields}
        found = {}
        for name, value in given.items():
            id_ = self.names.field(form_id, name) or name
            if id_ in fields:
                field = fields[id_]
                value = spelled(field.type, field.values, value, self.instant_of_text, self.program.zone)
            found[id_] = value
        return found

    def _addressees(self, said: dict[str, Any]) -> tuple[str, ...]:
        return tuple(self.names.actor(name) for name in said.get("to", ()))

    def _types(self, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self.names.type_(name) or name for name in names)

    def _units(self, given: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        return {
            self.names.actor(post): tuple(self.names.actor(unit) for unit in units) for post, units in given.items()
        }


def instance_names(case: Case, names: Names, refs: dict[str, str], named: str) -> tuple[str, ...]:
    """Every name under which the instances meant by `for: named` may stand: the actor, the units bound in its place,
    the references of registered parties of that name or kind."""
    actor = names.actor(named)
    bound = case.units.get(actor, ())
    parties = [ref for ref, party in case.parties.items() if party.party == actor or party.name == named]
    found = [*([refs[named]] if named in refs else ()), *parties, *(bound if len(bound) == 1 else ()), actor, *bound]
    known = {state.for_ for state in case.tasks.values()}
    return tuple(dict.fromkeys([each for each in found if each in known] + found))


def stands_for(state: TaskState, wanted: tuple[str, ...]) -> bool:
    """Whether an instance is one of those meant; a task that stands only once is meant by any."""
    return not wanted or not state.for_ or state.for_ in wanted
