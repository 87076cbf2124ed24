"""Whether a criterion ever decides: whether it can be met while no higher level is."""

from __future__ import annotations

from muster.plans.check.rule import View
from muster.plans.model import Criterion, Scale


def outranked(plan: View, scale: Scale, criterion: Criterion) -> bool:
    """Whether a higher level is met whenever `criterion` is; True is certain.

    A criterion that can never be met at all is not outranked: that is another rule's matter.
    """
    if criterion.when is None:
        return False
    higher = [
        other.when.tree
        for other in scale.criteria
        if other.when is not None and scale.rank(other.level) > scale.rank(criterion.level)
    ]
    tree = criterion.when.tree
    return bool(higher) and plan.boxes.can_hold([tree]) and not plan.boxes.can_fail([tree], higher)
