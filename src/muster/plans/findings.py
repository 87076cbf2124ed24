"""What the check has to say about a plan: findings, never exceptions."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from muster.plans.model import Words

# Keys and list positions from the root of the file: ("tasks", "phone-report", "due").
Path = tuple[str | int, ...]


class Severity(StrEnum):
    """An error keeps a plan from being run; a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Finding(Struct, frozen=True):
    """One thing that is wrong with a plan: where (line and column count from 1), what, and how to mend it.

    `path` goes by ids: groups of tasks are left out of it. `source` names the file where it is not the plan's own.
    """

    rule: str
    severity: Severity
    line: int
    column: int
    path: Path
    says: Words
    mend: Words
    source: str = ""
