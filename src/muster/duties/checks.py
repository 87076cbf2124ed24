"""What `muster doctor` says of standing duties. Ids never change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, register

from muster.cases import editions
from muster.cases.checks import installed
from muster.duties.models import Duty

SHOWN = 5


@register(Tags.database)
def opening(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Duties of which an occurrence could not be opened."""
    if installed(databases, {Duty._meta.db_table}) is None:
        return []
    return [
        Error(
            f"The standing duty {_name(duty)} cannot be opened: {duty.trouble}",
            hint="It is tried again by itself, and opens with its true due instant. Please report it.",
            id="muster.E106",
        )
        for duty in Duty.objects.exclude(trouble="").order_by("plan", "task")[:SHOWN]
    ]


def _name(duty: Duty) -> str:
    program = editions.in_force(duty.plan)
    task = program.edition.tasks.get(duty.task) if program is not None else None
    return f"{task.name.zh} ({duty})" if task is not None else str(duty)
