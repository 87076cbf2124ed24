"""What stands where in an edition, computed once: who must look again when a fact changes, who follows whom.

An index is derived from the edition alone and kept for as long as the edition is in use.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from msgspec import Struct

from muster.plans.conditions import Call, Expression, Name
from muster.plans.model import CaseKind, Edition, Stage, Task
from muster.plans.parsing import OF_TASKS, walk


class Index(Struct, frozen=True, kw_only=True):
    """Where everything of one edition stands. Task ids come in the order of the plan.

    `sheet`: id of the fact sheet → the elements that carry it, as (kind, id). Kinds: plan, post, body, party, duty,
    setting, fact, type, scale, level, criterion, right, form, field, group, task, approval, guidance, resource,
    excluded, reading. What lives inside another element is named "outer.inner" (`level.III-2`, `report.summary`);
    the id of a right is its name, of an approval "task.1", counted from 1.

    `readers`: name → tasks that have to look again when its value changes. Names are those of facts, settings, scales,
    parties, instants, `types`, `stage`, `working_hours`, `holiday`; "done:ID" for done and done_by, "received:ID"
    for received. A task that reads a derived fact also reads everything that fact is derived from.
    """

    sheet: dict[str, tuple[tuple[str, str], ...]]
    readers: dict[str, tuple[str, ...]]
    timed: tuple[str, ...]  # tasks whose while or when can turn by time passing
    followers: dict[str, tuple[str, ...]]  # task → tasks that name it in `after`
    steps_of: dict[str, tuple[str, ...]]  # standing duty → tasks that follow upon it without a recurrence of their own
    recurs_on: dict[str, tuple[str, ...]]  # task → tasks that recur when it is completed (`again.on`)
    by_section: dict[CaseKind, tuple[str, ...]]
    by_group: dict[str, tuple[str, ...]]  # group → its tasks, those of inner groups too
    before: dict[Stage, tuple[str, ...]]  # stage → tasks that keep it from beginning
    settled_by: dict[str, tuple[str, ...]]  # fact, scale, types, start, end or lift → tasks that settle it
    filled_by: dict[str, tuple[str, ...]]  # case-filled actor → appoint tasks that fill it
    guidance: dict[str, tuple[str, ...]]  # task → guidance that stands beside it
    timed_facts: frozenset[str]  # derived facts whose value can change by time passing

    def elements(self, sheet_id: str, kind: str) -> tuple[str, ...]:
        """Ids of the elements of `kind` that carry `sheet_id`."""
        return tuple(id_ for each, id_ in self.sheet.get(sheet_id, ()) if each == kind)


def expressions_of(task: Task) -> Iterator[tuple[str, Expression]]:
    """Every expression of `task` with the key that holds it, in the order of the reference."""
    for each in task.while_:
        yield "while", each
    for each in task.when:
        yield "when", each
    for key, single in (("due", task.due), ("aim", task.aim), ("since", task.since)):
        if single is not None:
            yield key, single
    for mark in task.marks:
        yield "marks", mark.at
    if task.again is not None:
        if task.again.every is not None:
            yield "again", task.again.every
        if task.again.until is not None:
            yield "again", task.again.until
    for approval in task.approve:
        if approval.due is not None:
            yield "approve", approval.due
        if approval.when is not None:
            yield "approve", approval.when
    for check in task.done:
        yield "done", check.that


def keys_of(expression: Expression) -> set[str]:
    """The keys of `Index.readers` under which a reader of `expression` itself stands."""
    keys = set(expression.reads)
    if expression.tasks:
        for node in walk(expression.tree):
            if isinstance(node, Call) and node.function in OF_TASKS and isinstance(node.arguments[0], Name):
                prefix = "received" if node.function == "received" else "done"
                keys.add(f"{prefix}:{node.arguments[0].id}")
    return keys


def _closures(edition: Edition) -> tuple[dict[str, set[str]], frozenset[str]]:
    """For every derived fact all it rests on, and the derived facts that are timed. Circles are walked once."""
    direct = {fact.id: keys_of(fact.derived) for fact in edition.facts.values() if fact.derived is not None}
    closed: dict[str, set[str]] = {}
    for start in direct:
        seen: set[str] = set()
        waiting = [start]
        while waiting:
            for key in direct.get(waiting.pop(), ()):
                if key not in seen:
                    seen.add(key)
                    waiting.append(key)
        closed[start] = seen
    plainly_timed = {fact.id for fact in edition.facts.values() if fact.derived is not None and fact.derived.timed}
    timed = {id_ for id_, rests_on in closed.items() if id_ in plainly_timed or rests_on & plainly_timed}
    return closed, frozenset(timed)


def sheet_entries(edition: Edition) -> Iterator[tuple[str, str, Iterable[str]]]:
    """(kind, id, sheet ids) of everything in the edition that can carry ids of the fact sheet."""
    yield "plan", edition.id, edition.sheet
    for setting in edition.settings.values():
        yield "setting", setting.id, setting.sheet
    for actor in edition.actors.values():
        yield actor.kind.value, actor.id, actor.sheet
        for duty in actor.duties:
            yield "duty", f"{actor.id}.{duty.id}", duty.sheet
    for fact in edition.facts.values():
        yield "fact", fact.id, fact.sheet
    for type_ in edition.types.values():
        yield "type", type_.id, type_.sheet
    for scale in edition.scales.values():
        yield "scale", scale.id, scale.sheet
        for level in scale.levels:
            yield "level", f"{scale.id}.{level.id}", level.sheet
        for criterion in scale.criteria:
            yield "criterion", f"{scale.id}.{criterion.id}", criterion.sheet
    for name, rights in edition.rights.items():
        for right in rights:
            yield "right", name.value, right.sheet
    for form in edition.forms.values():
        yield "form", form.id, form.sheet
        for field in form.fields:
            yield "field", f"{form.id}.{field.id}", field.sheet
    for group in edition.groups.values():
        yield "group", group.id, group.sheet
    for task in edition.tasks.values():
        yield "task", task.id, task.sheet
        for step, approval in enumerate(task.approve, start=1):
            yield "approval", f"{task.id}.{step}", approval.sheet
    for advice in edition.guidance.values():
        yield "guidance", advice.id, advice.sheet
    for resource in edition.resources.values():
        yield "resource", resource.id, resource.sheet
    for exclusion in edition.excluded.values():
        yield "excluded", exclusion.id, exclusion.sheet
    for reading in edition.readings.values():
        yield "reading", reading.id, reading.sheet


def _frozen(lists: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(dict.fromkeys(values)) for key, values in lists.items()}


def _steps_of(
    edition: Edition, followers: dict[str, list[str]], recurs_on: dict[str, list[str]]
) -> dict[str, tuple[str, ...]]:
    """For each standing duty what follows upon it (`after`, `again.on`), unless that recurs by time itself."""
    found: dict[str, tuple[str, ...]] = {}
    for task in edition.tasks.values():
        if task.section is not CaseKind.STANDING:
            continue
        steps: dict[str, None] = {}
        waiting = [task.id]
        while waiting:
            current = waiting.pop()
            for next_id in (*followers.get(current, ()), *recurs_on.get(current, ())):
                again = edition.tasks[next_id].again
                if next_id not in steps and next_id != task.id and not (again and again.by_time):
                    steps[next_id] = None
                    waiting.append(next_id)
        if steps:
            found[task.id] = tuple(steps)
    return found


def build(edition: Edition) -> Index:
    """The index of `edition`, computed anew; `index_of` keeps it."""
    closed, timed_facts = _closures(edition)

    readers: dict[str, list[str]] = defaultdict(list)
    followers: dict[str, list[str]] = defaultdict(list)
    recurs_on: dict[str, list[str]] = defaultdict(list)
    settled_by: dict[str, list[str]] = defaultdict(list)
    filled_by: dict[str, list[str]] = defaultdict(list)
    sections: dict[CaseKind, list[str]] = {kind: [] for kind in CaseKind}
    by_group: dict[str, list[str]] = defaultdict(list)
    before: dict[Stage, list[str]] = defaultdict(list)
    timed: list[str] = []
    for task in edition.tasks.values():
        keys: set[str] = set()
        for _, expression in expressions_of(task):
            own = keys_of(expression)
            keys |= own
            for key in own:
                keys |= closed.get(key, set())
        for key in sorted(keys):
            readers[key].append(task.id)
        if any(each.timed or each.reads & timed_facts for each in (*task.while_, *task.when)):
            timed.append(task.id)
        for earlier in task.after:
            followers[earlier].append(task.id)
        if task.again is not None:
            for cause in task.again.on:
                recurs_on[cause].append(task.id)
        if task.settles:
            settled_by[task.settles].append(task.id)
        if task.fills:
            filled_by[task.fills].append(task.id)
        steps = task.group.split("/") if task.group else []
        for depth in range(1, len(steps) + 1):
            by_group["/".join(steps[:depth])].append(task.id)
        if task.before is not None:
            before[task.before].append(task.id)
        sections[task.section].append(task.id)

    guidance: dict[str, list[str]] = defaultdict(list)
    for advice in edition.guidance.values():
        for task_id in advice.on:
            guidance[task_id].append(advice.id)

    sheet: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for kind, id_, sheet_ids in sheet_entries(edition):
        for sheet_id in sheet_ids:
            sheet[sheet_id].append((kind, id_))

    return Index(
        sheet={key: tuple(dict.fromkeys(values)) for key, values in sheet.items()},
        readers=_frozen(readers),
        timed=tuple(timed),
        followers=_frozen(followers),
        steps_of=_steps_of(edition, followers, recurs_on),
        recurs_on=_frozen(recurs_on),
        by_section={kind: tuple(ids) for kind, ids in sections.items()},
        by_group=_frozen(by_group),
        before={stage: tuple(ids) for stage, ids in before.items()},
        settled_by=_frozen(settled_by),
        filled_by=_frozen(filled_by),
        guidance=_frozen(guidance),
        timed_facts=timed_facts,
    )


class _Same:
    """Makes an edition a key by identity: an edition holds dicts and has no hash of its own."""

    __slots__ = ("edition",)

    def __init__(self, edition: Edition) -> None:
        self.edition = edition

    def __hash__(self) -> int:
        return id(self.edition)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.edition is self.edition


@lru_cache(maxsize=64)
def _kept(same: _Same) -> Index:
    return build(same.edition)


def index_of(edition: Edition) -> Index:
    """The index of `edition`; computed at the first call for this object, and kept."""
    return _kept(_Same(edition))
