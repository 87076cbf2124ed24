"""The check of a whole plan: what the reader found, what the rules find, and what the plan itself suppresses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from muster.plans.check.register import rules
from muster.plans.check.rule import Found, Rule, View
from muster.plans.findings import Finding, Path
from muster.plans.model import Suppression
from muster.plans.reading import LoadedPlan

# Elements inside an element: a suppression names them, not what they stand in.
_INNER = frozenset({"criteria", "levels", "fields", "duties"})


def check(loaded: LoadedPlan) -> tuple[Finding, ...]:
    """Everything there is to say about a plan, by place. Never raises.

    A plan with faults of the reader has no edition, and only those faults are told.
    """
    found = [*loaded.findings, *_judged(loaded)]
    return tuple(
        sorted(found, key=lambda each: (each.source != loaded.name, each.source, each.line, each.column, each.rule))
    )


def _judged(loaded: LoadedPlan) -> Iterator[Finding]:
    if loaded.edition is None:
        return
    view = View(loaded, loaded.edition)
    used: set[int] = set()
    for rule in rules():
        if rule.is_about_suppressions:
            continue
        for each in rule.find(view):
            number = _suppressed(rule, each, loaded.edition.suppressed, loaded.edition.id)
            if number is None:
                yield _finding(loaded, rule, each)
            else:
                used.add(number)
    idle = tuple(number for number in range(len(loaded.edition.suppressed)) if number not in used)
    view = View(loaded, loaded.edition, idle)
    for rule in rules():
        if rule.is_about_suppressions:
            for each in rule.find(view):
                yield _finding(loaded, rule, each)


def _finding(loaded: LoadedPlan, rule: Rule, found: Found) -> Finding:
    return loaded.finding(rule.code, rule.severity, found.path, found.says, found.mend or rule.mend)


def element_names(path: Path, plan_id: str) -> tuple[str, ...]:
    """The names by which a suppression can speak of the element at `path`, the usual one first."""
    parts = [str(part) for part in path]
    if not parts:
        return (plan_id,)
    if len(parts) == 1:
        return (parts[0],)
    if len(parts) >= 4 and parts[2] in _INNER:
        return (parts[3], f"{parts[1]}.{parts[3]}")
    return (parts[1], parts[1].rpartition("/")[2])


def _suppressed(rule: Rule, found: Found, suppressions: Sequence[Suppression], plan_id: str) -> int | None:
    """The position of the suppression that covers a finding."""
    if rule.is_final:
        return None
    names = element_names(found.path, plan_id)
    return next(
        (number for number, each in enumerate(suppressions) if each.rule == rule.code and each.on in names), None
    )
