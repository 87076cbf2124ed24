"""Two limits compared: which of them is certainly the earlier one.

`occurred + 1h` and `occurred + 90m` hang on the same anchor, so their lengths decide. Where the anchors differ, or a
length is a setting or counts working days, nothing is said.
"""

from __future__ import annotations

from msgspec import Struct

from muster.plans.conditions import Constant, Expression, Node, Span, Sum
from muster.plans.parsing import render

# A month has 28 to 31 days. Working days depend on the calendar: never fewer days than their number.
SHORTEST_MONTH = 28 * 86_400
LONGEST_MONTH = 31 * 86_400


class Offset(Struct, frozen=True):
    """An instant as an anchor and a length of time after it (negative: before it)."""

    anchor: str
    seconds: int
    working_days: int
    months: int

    def is_before(self, other: Offset) -> bool:
        """Whether this instant is certainly earlier than `other`."""
        if self.anchor != other.anchor:
            return False
        seconds = other.seconds - self.seconds
        months = other.months - self.months
        if self.working_days != other.working_days:
            # Only that n working days take at least n - 1 whole days is certain.
            if self.working_days or months < 0:
                return False
            seconds += max(other.working_days - 1, 0) * 86_400
        shortest = months * (SHORTEST_MONTH if months > 0 else LONGEST_MONTH)
        return seconds + shortest > 0


def offset_of(expression: Expression | Node) -> Offset:
    """An expression that gives an instant as anchor and length; what is no sum is its own anchor."""
    node = expression.tree if isinstance(expression, Expression) else expression
    seconds = working_days = months = 0
    while isinstance(node, Sum):
        span, sign, rest = _span(node.right), 1 if node.operator == "+" else -1, node.left
        if span is None and node.operator == "+":
            span, rest = _span(node.left), node.right
        if span is None:
            break
        seconds += sign * span.seconds
        working_days += sign * span.working_days
        months += sign * span.months
        node = rest
    return Offset(render(node), seconds, working_days, months)


def _span(node: Node) -> Span | None:
    return node.value if isinstance(node, Constant) and isinstance(node.value, Span) else None
