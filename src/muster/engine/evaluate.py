"""Expressions of a plan, compiled once per edition and evaluated for a case at an instant.

Logic is three-valued after Kleene: UNKNOWN is a value, `false and unknown` is false, `not unknown` is unknown.
An evaluation reads no clock: the instant is given. Where the value can turn by time passing alone, the earliest
instant at which it may turn is added to `Env.turns`, so that the case can be woken exactly then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Any, Final, NamedTuple

from muster.engine.calendar import WEEKDAYS, WorkCalendar, add_span, end_of_day, next_weekday
from muster.engine.state import LIVE, Case, Status, TaskState, answers_of
from muster.plans.conditions import (
    INSTANTS,
    And,
    Call,
    Choose,
    Compare,
    Constant,
    FieldOf,
    ListOf,
    Name,
    Node,
    Not,
    Or,
    Span,
    Sum,
)
from muster.plans.model import Edition, Stage

STAGES: Final = tuple(str(stage) for stage in Stage)
SECOND: Final = timedelta(seconds=1)


class Unknown:
    """The value of a question without an answer."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "UNKNOWN"

    def __bool__(self) -> bool:
        raise TypeError("unknown is neither true nor false: compare with `is True`")


UNKNOWN: Final = Unknown()


class Lapse(NamedTuple):
    """The time between two instants; it `grows` where the second is the present."""

    start: datetime
    end: datetime
    grows: bool = False


class Env:
    """What an evaluation may look at. `as_of`: what happened after `now` counts as not known, in a look back."""

    __slots__ = ("as_of", "by", "calendar", "case", "form", "guessed", "now", "overrides", "tasks_of", "turns", "zone")

    def __init__(
        self,
        case: Case,
        now: datetime,
        calendar: WorkCalendar,
        zone: tzinfo,
        *,
        by: str = "",
        form: Mapping[str, Any] | None = None,
        overrides: Mapping[str, str] | None = None,
    ) -> None:
        self.case = case
        self.now = now
        self.calendar = calendar
        self.zone = zone
        self.by = by
        self.form = form
        self.overrides = overrides
        self.turns: list[datetime] = []
        self.guessed = False
        self.as_of = False


Value = Any
Compiled = Callable[[Env], Value]


@lru_cache(maxsize=4096)
def instant_of(text: str) -> datetime:
    """An instant kept as ISO text in a fact."""
    return datetime.fromisoformat(text)


def as_fact(kind: str, value: Any) -> Value:
    """The value of a stored fact as expressions see it. Facts are stored as plain JSON values."""
    if value is None:
        return UNKNOWN
    if kind == "instant":
        return instant_of(value) if isinstance(value, str) else value
    if kind == "duration":
        return Span(seconds=int(value))
    if kind == "date":
        return date.fromisoformat(value) if isinstance(value, str) else value
    return value


class Compiler:
    """Turns the expressions of one edition into functions. Every name is resolved here, once."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self._done: dict[str, Compiled] = {}
        self._derived: dict[str, Compiled] = {}

    def compile(self, source: str, tree: Node) -> Compiled:
        """The function for an expression; the same source gives the same function."""
        found = self._done.get(source)
        if found is None:
            found = self._done[source] = self._node(tree)
        return found

    # --- nodes

    def _node(self, node: Node) -> Compiled:
        match node:
            case Constant(value=value):
                return lambda env: value
            case Name(id=name):
                return self._name(name)
            case FieldOf(base=_, field=field):
                return lambda env: _field(env, field)
            case Call(function=function, arguments=arguments):
                return self._call(function, arguments)
            case ListOf(items=items):
                parts = [self._node(item) for item in items]
                return lambda env: tuple(part(env) for part in parts)
            case Not(of=of):
                inner = self._node(of)
                return lambda env: value if (value := inner(env)) is UNKNOWN else not value
            case And(parts=nodes):
                return _all([self._node(part) for part in nodes])
            case Or(parts=nodes):
                return _any([self._node(part) for part in nodes])
            case Compare(operator=operator, left=left, right=right):
                return self._compare(operator, left, right)
            case Sum(operator=operator, left=left, right=right):
                sign = 1 if operator == "+" else -1
                a, b = self._node(left), self._node(right)
                return lambda env: _add(env, a(env), b(env), sign)
            case Choose(condition=condition, yes=yes, no=no):
                return _choose(self._node(condition), self._node(yes), self._node(no))

    def _name(self, name: str) -> Compiled:
        edition = self.edition
        if (fact := edition.facts.get(name)) is not None:
            if fact.derived is not None:
                return lambda env: self._derived_fact(name)(env)
            kind = fact.type
            return lambda env: as_fact(kind, env.case.facts.get(name))
        if (setting := edition.settings.get(name)) is not None:
            return self._node(setting.value.tree) if setting.value else lambda env: UNKNOWN
        if name in edition.scales:
            return self._scale(name)
        if name in INSTANTS:
            return lambda env: _by_then(env, env.case.instants.get(name, UNKNOWN))
        if name == "types":
            return lambda env: env.case.types
        if name == "stage":
            return lambda env: STAGES.index(env.case.stage) if env.case.stage in STAGES else UNKNOWN
        if name == "by":
            return lambda env: env.by or UNKNOWN
        if name == "working_hours":
            return _working_hours
        if name == "holiday":
            return _holiday
        if name == "times_raised":
            return lambda env: 1 + len(env.case.absorbed)
        return lambda env: name  # a value of an enum, a type: it stands for itself

    def _derived_fact(self, name: str) -> Compiled:
        found = self._derived.get(name)
        if found is None:
            derived = self.edition.facts[name].derived
            assert derived is not None
            found = self._derived[name] = self._node(derived.tree)
        return found

    def _scale(self, name: str) -> Compiled:
        ranks = {level.id: rank for rank, level in enumerate(self.edition.scales[name].levels)}

        def value(env: Env) -> Value:
            if env.overrides and name in env.overrides:
                return ranks.get(env.overrides[name], UNKNOWN)
            standing = env.case.standings.get(name)
            return ranks[standing.confirmed] if standing and standing.confirmed else UNKNOWN

        return value

    def _ranks(self, node: Node) -> dict[str, int] | None:
        """The order of the values that `node` ranges over: a scale's levels, an ordered enum, the stages."""
        if isinstance(node, Name):
            if (scale := self.edition.scales.get(node.id)) is not None:
                return {level.id: rank for rank, level in enumerate(scale.levels)}
            if node.id == "stage":
                return {stage: rank for rank, stage in enumerate(STAGES)}
            fact = self.edition.facts.get(node.id)
            if fact is not None and fact.type == "enum" and fact.ordered:
                return {choice.id: rank for rank, choice in enumerate(fact.values)}
        return None

    def _ranked(self, node: Node, ranks: dict[str, int]) -> Compiled:
        if isinstance(node, Name) and node.id in ranks:
            rank = ranks[node.id]
            return lambda env: rank
        if isinstance(node, ListOf):
            parts = [self._ranked(item, ranks) for item in node.items]
            return lambda env: tuple(part(env) for part in parts)
        plain = self._node(node)
        return lambda env: ranks.get(value, value) if isinstance(value := plain(env), str) else value

    def _compare(self, operator: str, left: Node, right: Node) -> Compiled:
        ranks = self._ranks(left) or self._ranks(right)
        if ranks is not None:
            a, b = self._ranked(left, ranks), self._ranked(right, ranks)
        else:
            a, b = self._node(left), self._node(right)
        relation = RELATIONS[operator]

        def value(env: Env) -> Value:
            x, y = a(env), b(env)
            if x is UNKNOWN or y is UNKNOWN:
                return UNKNOWN
            if isinstance(x, Lapse) or isinstance(y, Lapse):
                return _compare_lapse(env, operator, x, y)
            if isinstance(x, Span) and isinstance(y, Span):
                return relation(_seconds(x), _seconds(y))
            return relation(x, y)

        return value

    def _call(self, function: str, arguments: tuple[Node, ...]) -> Compiled:
        first = arguments[0]
        name = first.id if isinstance(first, Name) else ""
        match function:
            case "known":
                inner = self._node(first)
                return lambda env: inner(env) is not UNKNOWN
            case "count":
                inner = self._node(first)
                parties = self.edition.actors
                return lambda env: _count(env, name, inner, is_party=name in parties)
            case "elapsed":
                inner = self._node(first)
                return lambda env: UNKNOWN if (at := inner(env)) is UNKNOWN else Lapse(at, max(at, env.now), grows=True)
            case "done":
                return lambda env: _done_at(env, name)
            case "received":
                return lambda env: _received_at(env, name)
            case "done_by":
                return lambda env: _done_by(env, name)
            case "confirmed":
                return lambda env: _confirmed_at(env, name)
            case "first_known":
                parts = [self._node(argument) for argument in arguments]
                return lambda env: next((v for part in parts if (v := part(env)) is not UNKNOWN), UNKNOWN)
            case "earliest":
                parts = [self._node(argument) for argument in arguments]
                return lambda env: min((v for part in parts if (v := part(env)) is not UNKNOWN), default=UNKNOWN)
            case "latest":
                parts = [self._node(argument) for argument in arguments]
                return lambda env: max((v for part in parts if (v := part(env)) is not UNKNOWN), default=UNKNOWN)
            case "end_of_day":
                inner = self._node(first)
                return lambda env: at if (at := inner(env)) is UNKNOWN else end_of_day(at, env.zone)
            case "next":
                inner = self._node(arguments[1])
                if name not in WEEKDAYS:
                    return lambda env: UNKNOWN
                return lambda env: at if (at := inner(env)) is UNKNOWN else next_weekday(name, at, env.zone)
        raise AssertionError(f"a function of the language without a meaning: {function}")


# --- logic


def _all(parts: list[Compiled]) -> Compiled:
    def value(env: Env) -> Value:
        unknown = False
        for part in parts:
            each = part(env)
            if each is UNKNOWN:
                unknown = True
            elif not each:
                return False
        return UNKNOWN if unknown else True

    return value


def _any(parts: list[Compiled]) -> Compiled:
    def value(env: Env) -> Value:
        unknown = False
        for part in parts:
            each = part(env)
            if each is UNKNOWN:
                unknown = True
            elif each:
                return True
        return UNKNOWN if unknown else False

    return value


def _choose(condition: Compiled, yes: Compiled, no: Compiled) -> Compiled:
    def value(env: Env) -> Value:
        chosen = condition(env)
        if chosen is UNKNOWN:
            return UNKNOWN
        return yes(env) if chosen else no(env)

    return value


# --- comparison and sums


def _in(x: Value, y: Value) -> Value:
    if isinstance(y, tuple | list):
        if any(each is UNKNOWN for each in y):
            return True if x in [each for each in y if each is not UNKNOWN] else UNKNOWN
        return x in y
    return x == y


RELATIONS: dict[str, Callable[[Any, Any], Any]] = {
    "==": lambda x, y: x == y,
    "!=": lambda x, y: x != y,
    "<": lambda x, y: x < y,
    "<=": lambda x, y: x <= y,
    ">": lambda x, y: x > y,
    ">=": lambda x, y: x >= y,
    "in": _in,
}
MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}


def _seconds(span: Span) -> int:
    """A span that a person typed, for comparing two of them; months and working days count as 30 and 1 days."""
    return span.seconds + span.working_days * 86_400 + span.months * 30 * 86_400


def _compare_lapse(env: Env, operator: str, x: Value, y: Value) -> Value:
    """Compare a time that has passed with a length of time, exactly: by the instant at which it is reached."""
    if isinstance(y, Lapse) and not isinstance(x, Lapse):
        x, y, operator = y, x, MIRRORED[operator]
    if isinstance(y, Lapse):
        return RELATIONS[operator](x.end - x.start, y.end - y.start)
    if not isinstance(y, Span):
        y = Span(seconds=int(y))
    threshold, guessed = add_span(x.start, y, env.calendar, env.zone)
    env.guessed = env.guessed or guessed
    if x.grows:
        turn = threshold + SECOND if operator in (">", "<=") else threshold
        if turn > env.now:
            env.turns.append(turn)
        if operator == ">":
            return x.end >= turn
        if operator == "<=":
            return x.end < turn
    return RELATIONS[operator](x.end, threshold)


def _add(env: Env, x: Value, y: Value, sign: int) -> Value:
    if x is UNKNOWN or y is UNKNOWN:
        return UNKNOWN
    if isinstance(x, datetime):
        if isinstance(y, datetime):
            return Lapse(y, x)
        if isinstance(y, Lapse):
            return x + sign * (y.end - y.start)
        at, guessed = add_span(x, y if isinstance(y, Span) else Span(seconds=int(y)), env.calendar, env.zone, sign)
        env.guessed = env.guessed or guessed
        return at
    if isinstance(x, Span) and isinstance(y, datetime):
        return _add(env, y, x, sign)
    if isinstance(x, Span) and isinstance(y, Span):
        return Span(x.seconds + sign * y.seconds, x.working_days + sign * y.working_days, x.months + sign * y.months)
    return x + sign * y


# --- what calls look at


def _field(env: Env, field: str) -> Value:
    if env.form is None:
        return UNKNOWN
    value = env.form.get(field)
    return UNKNOWN if value is None or value == "" else value


def _count(env: Env, name: str, inner: Compiled, *, is_party: bool) -> Value:
    if is_party:
        return sum(1 for party in env.case.parties.values() if party.party == name and not party.withdrawn)
    value = inner(env)
    return value if value is UNKNOWN else len(value)


def instances(case: Case, task: str) -> list[TaskState]:
    """The standing instances of a task of the plan itself (its approvals left out), in order of opening."""
    return [state for state in case.tasks.values() if state.task == task and not state.step]


def _by_then(env: Env, at: Value) -> Value:
    """An instant of the case; where the case is looked at as of an earlier instant, what came after it is not known."""
    return UNKNOWN if env.as_of and at is not UNKNOWN and at > env.now else at


def _done_at(env: Env, task: str) -> Value:
    """When every standing instance of a task was done; unknown while one is not."""
    latest: Value = UNKNOWN
    for state in instances(env.case, task):
        if state.status == Status.COMPLETED and state.ended_at is not None:
            latest = state.ended_at if latest is UNKNOWN else max(latest, state.ended_at)
        elif state.status in LIVE and state.round == 1:
            return UNKNOWN
    for state in answers_of(env.case, task):  # done only when every answer has come
        if state.status in LIVE:
            return UNKNOWN
        if state.ended_at is not None and latest is not UNKNOWN:
            latest = max(latest, state.ended_at)
    return _by_then(env, latest)


def _received_at(env: Env, task: str) -> Value:
    times = [at for state in instances(env.case, task) for at in state.received.values()]
    return _by_then(env, min(times, default=UNKNOWN))


def _done_by(env: Env, task: str) -> Value:
    """Who completed it last: of a task that recurs, the latest round counts."""
    done = [state for state in instances(env.case, task) if state.status == Status.COMPLETED]
    return done[-1].ended_by or UNKNOWN if done else UNKNOWN


def _confirmed_at(env: Env, scale: str) -> Value:
    """When the level in force was confirmed."""
    standing = env.case.standings.get(scale)
    return _by_then(env, standing.confirmed_at) if standing and standing.confirmed_at else UNKNOWN


def _working_hours(env: Env) -> Value:
    env.turns.append(env.calendar.next_turn(env.now, env.zone))
    return env.calendar.in_working_hours(env.now, env.zone)


def _holiday(env: Env) -> Value:
    env.turns.append(end_of_day(env.now, env.zone))
    return not env.calendar.is_working(env.now.astimezone(env.zone).date())
