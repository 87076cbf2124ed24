"""An edition made ready to run: expressions compiled, actors resolved, rights answerable.

A `Program` is computed once per edition and shared by every case under it; it holds no state of a case.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from muster.engine.calendar import WorkCalendar
from muster.engine.evaluate import UNKNOWN, Compiled, Compiler, Env, Value
from muster.engine.state import ANSWER, Case, TaskState
from muster.plans.conditions import Expression, Span
from muster.plans.index import index_of, keys_of
from muster.plans.model import (
    Actor,
    ActorKind,
    CaseKind,
    Edition,
    Filled,
    Mode,
    RightName,
    Scale,
    Task,
    Words,
)

# Where a plan does not say who holds a right, the holders of another one do. HANDLE falls to every post and body.
FALLBACK: dict[RightName, RightName] = {
    RightName.CONFIRM: RightName.HANDLE,
    RightName.LOWER: RightName.CONFIRM,
    RightName.START: RightName.CONFIRM,
    RightName.END: RightName.COMMAND,
    RightName.REVIEW: RightName.CLOSE,
    RightName.CLOSE: RightName.HANDLE,
    RightName.REOPEN: RightName.CLOSE,
    RightName.COMMAND: RightName.HANDLE,
    RightName.PROPOSE: RightName.HANDLE,
    RightName.ISSUE: RightName.APPROVE,
    RightName.LIFT: RightName.ISSUE,
    RightName.WAIVE: RightName.COMMAND,
    RightName.DISMISS: RightName.HANDLE,
    RightName.HAND_OVER: RightName.HANDLE,
}

# How clocks behave unless the plan has a setting of that name (a duration).
CLIMB_EVERY = timedelta(minutes=10)
LONGEST_REMINDER = timedelta(days=1)


def _conditions_of(scale: Scale) -> tuple[Expression, ...]:
    """What a scale rests on: whether it applies at all, and its criteria."""
    return tuple(when for when in (scale.when, *(each.when for each in scale.criteria)) if when is not None)


class Program:
    """One compiled edition with the working calendar it is run under."""

    def __init__(self, edition: Edition, calendar: WorkCalendar | None = None) -> None:
        self.edition = edition
        self.calendar = calendar or WorkCalendar()
        self.zone = ZoneInfo(edition.timezone)
        self.index = index_of(edition)
        self._compiler = Compiler(edition)
        self._expressions: dict[int, tuple[Expression, Compiled]] = {}
        self._acting = {actor: self._static_acting(actor) for actor in edition.actors}
        self.whiles = {task.id: self._conjunction(task.while_) for task in edition.tasks.values()}
        self.whens = {task.id: self._conjunction(task.when) for task in edition.tasks.values()}
        self.scales_by_kind: dict[CaseKind, tuple[Scale, ...]] = {
            kind: tuple(scale for scale in edition.scales.values() if scale.of == kind) for kind in CaseKind
        }
        self.criteria_reads: dict[str, frozenset[str]] = {
            scale.id: frozenset(self._closed_reads(_conditions_of(scale))) for scale in edition.scales.values()
        }  # fmt: skip
        self.timed_scales = frozenset(
            scale.id
            for scale in edition.scales.values()
            if any(each.timed or each.reads & self.index.timed_facts for each in _conditions_of(scale))
        )
        self.per_party: dict[str, tuple[str, ...]] = {}
        self.each_of: dict[str, tuple[str, ...]] = {}
        for task in edition.tasks.values():
            if task.per:
                self.per_party[task.per] = (*self.per_party.get(task.per, ()), task.id)
            if task.mode == Mode.EACH:
                for actor in task.who:
                    self.each_of[actor] = (*self.each_of.get(actor, ()), task.id)
        self.climb_every = self._duration_setting("climb_every", CLIMB_EVERY)
        self.starts_by_decision = RightName.START in edition.rights or bool(self.index.settled_by.get("start"))

    # --- expressions

    def compiled(self, expression: Expression) -> Compiled:
        """The function of one expression of this edition."""
        found = self._expressions.get(id(expression))
        if found is None:
            compiled = self._compiler.compile(expression.source, expression.tree)
            found = self._expressions[id(expression)] = (expression, compiled)
        return found[1]

    def env(
        self,
        case: Case,
        now: datetime,
        *,
        by: str = "",
        form: Mapping[str, Any] | None = None,
        overrides: Mapping[str, str] | None = None,
    ) -> Env:
        return Env(case, now, self.calendar, self.zone, by=by, form=form, overrides=overrides)

    def value(self, expression: Expression, env: Env) -> Value:
        """The value of an expression, UNKNOWN while a question it needs is open."""
        return self.compiled(expression)(env)

    def instant(self, expression: Expression | None, env: Env) -> datetime | None:
        """The instant an expression gives; None where there is none or an anchor is not known."""
        if expression is None:
            return None
        value = self.compiled(expression)(env)
        return value if isinstance(value, datetime) else None

    def _conjunction(self, parts: tuple[Expression, ...]) -> Compiled:
        if not parts:
            return lambda env: True
        functions = [self.compiled(part) for part in parts]
        if len(functions) == 1:
            return functions[0]

        def value(env: Env) -> Value:
            unknown = False
            for function in functions:
                each = function(env)
                if each is UNKNOWN:
                    unknown = True
                elif not each:
                    return False
            return UNKNOWN if unknown else True

        return value

    def _closed_reads(self, expressions: Iterable[Expression]) -> set[str]:
        """Everything the expressions rest on, through derived facts as well."""
        waiting: list[str] = [key for expression in expressions for key in keys_of(expression)]
        seen: set[str] = set()
        while waiting:
            key = waiting.pop()
            if key in seen:
                continue
            seen.add(key)
            fact = self.edition.facts.get(key)
            if fact is not None and fact.derived is not None:
                waiting.extend(keys_of(fact.derived))
        return seen

    def reads(self, expression: Expression) -> set[str]:
        return self._closed_reads([expression])

    def _duration_setting(self, name: str, default: timedelta) -> timedelta:
        setting = self.edition.settings.get(name)
        if setting is None or setting.value is None:
            return default
        value = self.compiled(setting.value)(self.env(Case(), datetime.min.replace(tzinfo=UTC)))
        return timedelta(seconds=value.seconds) if isinstance(value, Span) and value.seconds else default

    # --- actors

    def _static_acting(self, actor_id: str) -> frozenset[str]:
        """Everybody who may act in the name of an actor in any case: himself, chair and deputies, stand-ins."""
        actors = self.edition.actors
        seen: set[str] = set()
        waiting = [actor_id]
        while waiting:
            each = waiting.pop()
            if each in seen:
                continue
            seen.add(each)
            actor = actors.get(each)
            if actor is None:
                continue
            waiting.extend(actor.deputies)
            if actor.chair:
                waiting.append(actor.chair)
            elif actor.kind == ActorKind.BODY and actor.filled in (Filled.STANDING, Filled.RESPONSE):
                # A body without a head acts through any of its members.
                waiting.extend(actor.members)
            waiting.extend(post.id for post in actors.values() if each in post.stands_in_for)
        return frozenset(seen)

    def acts_for(self, case: Case, by: str, actor_id: str) -> bool:
        """Whether `by` may act in the name of `actor_id` in this case."""
        if by == actor_id or by in self._acting.get(actor_id, ()):
            return True
        bound = case.units.get(actor_id)
        if bound:
            return any(by == unit or by in self._acting.get(unit, ()) for unit in bound)
        actor = self.edition.actors.get(actor_id)
        if actor is None:
            return False
        return any(by == unit or by in self._acting.get(unit, ()) for unit in actor.among)

    def acts_for_any(self, case: Case, by: str, actors: Iterable[str]) -> bool:
        return any(self.acts_for(case, by, actor) for actor in actors)

    def knows_actor(self, case: Case, actor_id: str) -> bool:
        """Whether somebody of that name takes part: an actor of the plan, or a unit bound in this case."""
        return actor_id in self.edition.actors or any(actor_id in units for units in case.units.values())

    def actor(self, actor_id: str) -> Actor | None:
        return self.edition.actors.get(actor_id)

    def actor_name(self, actor_id: str) -> Words:
        """How an actor is called; a unit bound in a case goes by the name it was bound with."""
        actor = self.edition.actors.get(actor_id)
        return actor.name if actor else Words(actor_id, actor_id)

    def task_name(self, state: TaskState) -> Words:
        """What a standing task is called: as the plan names it, or as it was named when it was added."""
        if (task := self.edition.tasks.get(state.task)) is not None:
            return task.name
        if (asked := self.edition.tasks.get(state.task.removesuffix(ANSWER))) is not None:
            return Words(f"答复：{asked.name.zh}", f"Answer: {asked.name.say('en')}")
        return Words(state.name, state.name)

    def is_inside(self, actor_id: str) -> bool:
        """Whether an actor belongs to the plan's own organisation rather than to the outside."""
        actor = self.edition.actors.get(actor_id)
        return actor is None or actor.kind != ActorKind.PARTY

    def units(self, case: Case, actor_id: str) -> tuple[str, ...]:
        """The units bound in the place of a case-filled actor, else the actor itself."""
        actor = self.edition.actors.get(actor_id)
        bound = case.units.get(actor_id)
        return bound if bound and actor is not None and actor.many else (actor_id,)

    def addressees(self, case: Case, task: Task) -> tuple[str, ...]:
        """Whom a report or a release goes to: `to`, then `cc`, with the units bound in the place of case-filled ones."""
        found: dict[str, None] = {}
        for actor in (*task.to, *task.cc):
            found.update(dict.fromkeys(self.units(case, actor)))
        return tuple(found)

    def sent_to(self, case: Case, task: Task, chosen: tuple[str, ...]) -> tuple[str, ...]:
        """Whom a report goes to now. Where any addressee will do, or the next one up (`reach`), those chosen, and the
        copies; unless chosen, all of whom any will do, and the first rung of a ladder."""
        if task.reach == "each":
            return self.addressees(case, task)
        found: dict[str, None] = {}
        for actor in chosen or (task.to[:1] if task.reach == "up" else task.to):
            found.update(dict.fromkeys(self.units(case, actor)))
        for actor in task.cc:
            found.update(dict.fromkeys(self.units(case, actor)))
        return tuple(found)

    # --- rights

    def holders(
        self, case: Case, right: RightName, now: datetime, *, candidate: str = "", scale: str = ""
    ) -> tuple[str, ...]:
        """The actors that hold a right as the case stands; `candidate` is the level or colour it is asked for."""
        rights = self.edition.rights
        while right not in rights:
            fallback = FALLBACK.get(right)
            if fallback is None:
                return tuple(a.id for a in self.edition.actors.values() if a.kind != ActorKind.PARTY)
            right = fallback
        env = self.env(case, now, overrides={scale or self.main_scale(case): candidate} if candidate else None)
        found: dict[str, None] = {}
        for each in rights[right]:
            if each.when is None or self.compiled(each.when)(env) is True:
                found.update(dict.fromkeys(each.who))
        return tuple(found)

    def may(
        self, case: Case, right: RightName, by: str, now: datetime, *, candidate: str = "", scale: str = ""
    ) -> bool:
        """Whether `by` holds a right, in his own name or by acting for a holder."""
        return self.acts_for_any(case, by, self.holders(case, right, now, candidate=candidate, scale=scale))

    def states(self, right: RightName) -> bool:
        """Whether the plan itself says who holds this right."""
        return right in self.edition.rights

    def main_scale(self, case: Case) -> str:
        """The scale that grades this case: the first of its kind that applies to it. "" where the plan has none."""
        for scale in self.scales_by_kind[CaseKind(case.kind)]:
            if scale.when is None:
                return scale.id
            if case.last_at is not None and self.value(scale.when, self.env(case, case.last_at)) is True:
                return scale.id
        return ""

    # --- tasks

    def chain(self, case: Case, who: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
        """Whom an unanswered clock climbs to, step by step: deputies, then chairs, then the body above, then the
        organisation's duty post. Nobody is told twice."""
        actors = self.edition.actors
        seen = set(who)
        steps: list[tuple[str, ...]] = []

        def add(candidates: Iterable[str]) -> None:
            fresh = tuple(dict.fromkeys(each for each in candidates if each and each not in seen))
            if fresh:
                seen.update(fresh)
                steps.append(fresh)

        held = [actors[each] for each in who if each in actors]
        stand_ins = [p.id for p in actors.values() if any(each.id in p.stands_in_for for each in held)]
        add([*stand_ins, *(deputy for each in held for deputy in each.deputies)])
        add(each.chair for each in held)
        add([*(each.part_of for each in held), *(c.chair for c in actors.values() if any(e.id in c.members for e in held)
             and c.filled == Filled.STANDING)])  # fmt: skip
        add([self.edition.duty_post])
        return tuple(steps)
