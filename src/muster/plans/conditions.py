"""The expression language of plans: what it is made of.

Total and typed: no loops, no calls outside, no clock. Unknown is a value. `muster.plans.parsing` turns text into
these trees, `muster.plans.typing` finds what is wrong with one, `muster.engine.evaluate` gives its value for a case.

    EXPR := if EXPR then EXPR else EXPR | EXPR or EXPR | EXPR and EXPR | not EXPR | SUM ((== != < <= > >= in) SUM)?
    SUM  := ATOM ((+ | -) ATOM)*        instant ± duration, instant - instant; " - " with spaces, ids contain hyphens
    ATOM := true false 12 30m 2h 1d 5wd 1mo 2y "text" name name.field name(args) [list] (EXPR)
"""

from __future__ import annotations

from msgspec import Struct


class Span(Struct, frozen=True):
    """A length of time as plans write it: seconds, working days, months and years are kept apart."""

    seconds: int = 0
    working_days: int = 0
    months: int = 0


class Constant(Struct, frozen=True, tag=True):
    """`true`, `12`, `30m`, `"24:00"`."""

    value: bool | int | float | str | Span


class Name(Struct, frozen=True, tag=True):
    """A fact, a setting, an enum value, a scale, an instant, `types`, `stage`, `working_hours`, `holiday`, `by`."""

    id: str


class FieldOf(Struct, frozen=True, tag=True):
    """`form.delegates`: a field of the form being completed."""

    base: str
    field: str


class Call(Struct, frozen=True, tag=True):
    """`known(x)`, `elapsed(occurred)`, `confirmed(level)` … always one of `FUNCTIONS`."""

    function: str
    arguments: tuple[Node, ...]


class ListOf(Struct, frozen=True, tag=True):
    items: tuple[Node, ...]


class Not(Struct, frozen=True, tag=True):
    of: Node


class And(Struct, frozen=True, tag=True):
    parts: tuple[Node, ...]


class Or(Struct, frozen=True, tag=True):
    parts: tuple[Node, ...]


class Compare(Struct, frozen=True, tag=True):
    """`operator` is one of == != < <= > >= in."""

    operator: str
    left: Node
    right: Node


class Sum(Struct, frozen=True, tag=True):
    """`left + right` or `left - right`."""

    operator: str
    left: Node
    right: Node


class Choose(Struct, frozen=True, tag=True):
    """`if condition then yes else no`; unknown while the condition is."""

    condition: Node
    yes: Node
    no: Node


Node = Constant | Name | FieldOf | Call | ListOf | Not | And | Or | Compare | Sum | Choose

# name → (least, most) arguments; most 0 for no limit
FUNCTIONS: dict[str, tuple[int, int]] = {
    "known": (1, 1),
    "count": (1, 1),
    "elapsed": (1, 1),
    "done": (1, 1),
    "received": (1, 1),
    "confirmed": (1, 1),
    "done_by": (1, 1),
    "first_known": (1, 0),
    "earliest": (1, 0),
    "latest": (1, 0),
    "end_of_day": (1, 1),
    "next": (2, 2),
}

# Instants that every case has, known or not.
INSTANTS = ("occurred", "detected", "reported", "verified", "started", "ended", "issued")

# What else a form can take over: what the report that opened the case said, its types, who fills it in and when, and
# what is being decided with it.
REPORTED = ("title", "summary", "place", "types", "by", "now", "start", "end", "lift")

# Names that the calendar or the case answers.
CALENDAR_NAMES = ("working_hours", "holiday")
CASE_NAMES = ("types", "stage", "by", "times_raised")


class Expression(Struct, frozen=True):
    """An expression with the text it was written as.

    `reads` holds every name it mentions (facts, scales, instants, `types`, `stage` …), `tasks` the tasks that
    done, received or done_by speak of; `timed` is true where its value can turn by time passing alone.
    """

    source: str
    tree: Node
    reads: frozenset[str] = frozenset()
    tasks: frozenset[str] = frozenset()
    timed: bool = False
