"""A register that fills itself: one row for each incident reported in a period.

A form with `rows: cases` is such a register. While it is open its rows are those of the moment; when it is completed they
are kept in it as they stood, so that what was put before a meeting can be read again years later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Min, Q

from muster.cases.models import CaseRecord, CaseTask
from muster.duties.models import Occurrence
from muster.engine import Program
from muster.engine.events import CaseEnded, StageChanged
from muster.engine.values import ROWS
from muster.journal import store
from muster.plans.model import Form, Task

MOST = 1000


@dataclass(frozen=True, slots=True)
class Row:
    """One incident as the register has it. `level` and `types` are ids of the plan; `late` counts its tasks that were
    or are late, `late_most` is the longest of these latenesses in seconds."""

    number: str
    title: str
    types: tuple[str, ...]
    level: str
    occurred_at: datetime | None
    reported_at: datetime
    closed_at: datetime | None
    ended: str
    late: int
    late_most: int


def is_register(program: Program, task: Task | None) -> bool:
    """Whether the form of a task is filled from the cases of its period."""
    form: Form | None = program.edition.forms.get(task.form) if task is not None and task.form else None
    return form is not None and form.rows == "cases"


def rows(plan: str, begins: datetime, ends: datetime, now: datetime) -> list[Row]:
    """The incidents of a plan that were reported from `begins` until before `ends`, in the order of their reports.

    Drills are not in it, nor is what was merged into another case. Three statements, and one more for each that has ended.
    """
    cases = list(
        CaseRecord.objects.filter(
            plan=plan, kind="incident", is_drill=False, version__gt=0, opened_at__gte=begins, opened_at__lt=ends
        )
        .exclude(ended="merged")
        .order_by("opened_at", "pk")[:MOST]
    )
    counted = {
        each["case_id"]: each
        for each in CaseTask.objects.filter(case__in=cases, step=0)
        .filter(Q(late__gt=0) | Q(overdue_at__isnull=False))
        .values("case_id")
        .annotate(count=Count("key"), most=Max("late"), first=Min("due_at", filter=Q(is_live=True)))
    }
    return [_row(each, counted.get(each.pk), now) for each in cases]


def _row(record: CaseRecord, late: Mapping[str, Any] | None, now: datetime) -> Row:
    assert record.opened_at is not None
    most = 0
    if late is not None:
        running = int((now - late["first"]).total_seconds()) if late["first"] is not None else 0
        most = max(late["most"] or 0, running)
    return Row(
        number=record.number,
        title=record.title,
        types=record.type_ids,
        level=record.level,
        occurred_at=record.occurred_at,
        reported_at=record.opened_at,
        closed_at=_closed_at(record.pk) if record.is_over else None,
        ended=record.ended,
        late=late["count"] if late is not None else 0,
        late_most=most,
    )


def _closed_at(case_id: int) -> datetime | None:
    """When a case was closed or ended: at the latest entry that says so."""
    for entry in store.latest(case_id, limit=100):
        event = store.event(entry)
        if isinstance(event, CaseEnded) or (isinstance(event, StageChanged) and event.stage == "closed"):
            return event.at
    return None


def of_case(case_id: int, now: datetime) -> list[Row] | None:
    """The rows of a register as they stand, for the occurrence that a case is; None where it has no period.

    A register that was completed before its period was over ends there: what was reported since stands in the next one, so
    that no incident falls between two.
    """
    row = Occurrence.objects.filter(case_id=case_id).first()
    if row is None or row.due_at is None:
        return None
    return rows(row.plan, begins_at(row), row.due_at, now)


def with_rows(
    program: Program, task: Task | None, case_id: int, given: dict[str, Any], now: datetime
) -> dict[str, Any]:
    """The fields of a form as they are given; those of a register with its rows as they stand at this instant."""
    found = of_case(case_id, now) if is_register(program, task) and ROWS not in given else None
    return given if found is None else {**given, ROWS: plain(found)}


def span_of(case_id: int) -> tuple[datetime, datetime] | None:
    """From when and until when the register of a case lists incidents; None where it has no period."""
    row = Occurrence.objects.filter(case_id=case_id).first()
    return (begins_at(row), row.due_at) if row is not None and row.due_at is not None else None


def begins_at(row: Occurrence) -> datetime:
    """From when on a register lists incidents: from the beginning of its period, or since the one before was completed."""
    earlier = (
        Occurrence.objects.filter(plan=row.plan, task=row.task, due_at__lt=row.due_at, case__isnull=False)
        .order_by("-due_at")
        .first()
    )
    if earlier is None or earlier.due_at != row.begins_at:
        return row.begins_at
    done = CaseTask.objects.filter(case_id=earlier.case_id, task=row.task, step=0, status="completed")
    ended = done.aggregate(at=Max("ended_at"))["at"]
    return min(ended, row.begins_at) if ended is not None else row.begins_at


def plain(found: Sequence[Row]) -> list[dict[str, Any]]:
    """The rows as values that a journal can keep; `kept` reads them again."""
    return [
        {name: value.isoformat() if isinstance(value, datetime) else list(value) if isinstance(value, tuple) else value
         for name, value in asdict(row).items()}
        for row in found
    ]  # fmt: skip


def kept(fields: dict[str, Any]) -> list[Row] | None:
    """The rows that a completed register keeps; None where it keeps none."""
    given = fields.get(ROWS)
    if not isinstance(given, list):
        return None
    return [_again(each) for each in given if isinstance(each, dict)]


def _again(plain: dict[str, Any]) -> Row:
    def instant(name: str) -> datetime | None:
        text = plain.get(name)
        return datetime.fromisoformat(text) if isinstance(text, str) and text else None

    reported = instant("reported_at")
    assert reported is not None, "a register that was kept says when each case was reported"
    return Row(
        str(plain.get("number", "")), str(plain.get("title", "")), tuple(plain.get("types") or ()),
        str(plain.get("level", "")), instant("occurred_at"), reported, instant("closed_at"),
        str(plain.get("ended", "")), int(plain.get("late") or 0), int(plain.get("late_most") or 0),
    )  # fmt: skip
