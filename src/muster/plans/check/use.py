"""What the expressions of a plan use: every expression there is, and the names and bare words in it."""

from __future__ import annotations

from collections.abc import Iterator

from muster.plans.conditions import Expression, Name
from muster.plans.index import expressions_of
from muster.plans.model import Edition
from muster.plans.parsing import walk


def expressions(edition: Edition) -> Iterator[Expression]:
    """Every expression of a plan."""
    if edition.scope is not None:
        yield edition.scope
    for setting in edition.settings.values():
        if setting.value is not None:
            yield setting.value
    for fact in edition.facts.values():
        if fact.derived is not None:
            yield fact.derived
    for type_ in edition.types.values():
        if type_.when is not None:
            yield type_.when
    for scale in edition.scales.values():
        if scale.when is not None:
            yield scale.when
        for criterion in scale.criteria:
            if criterion.when is not None:
                yield criterion.when
    for rights in edition.rights.values():
        for right in rights:
            if right.when is not None:
                yield right.when
    for task in edition.tasks.values():
        for _, expression in expressions_of(task):
            yield expression
    for advice in edition.guidance.values():
        if advice.when is not None:
            yield advice.when
    for resource in edition.resources.values():
        if resource.again is not None:
            for again in (resource.again.every, resource.again.until):
                if again is not None:
                    yield again


def names_read(edition: Edition) -> set[str]:
    """Facts, settings, scales and instants that some expression reads."""
    return {name for expression in expressions(edition) for name in expression.reads}


def words_read(edition: Edition) -> set[str]:
    """Every bare word of an expression, values among them."""
    return {node.id for expression in expressions(edition) for node in walk(expression.tree) if isinstance(node, Name)}
