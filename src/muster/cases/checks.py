"""How the running of an installation stands: `muster doctor` prints these, with what mends them. Ids never change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import OperationalError, connections
from django.db.models import Max, Min

from muster.cases.models import CaseRecord, Heartbeat, PlanEdition
from muster.cases.sql import clock
from muster.journal import guard
from muster.notices.models import Notice, OutboxEntry, Outcome, State

LATE = timedelta(minutes=1)
"""A timekeeper that is well looks every second; leases of a dead one end within half a minute."""
SHOWN = 5


def installed(databases: Sequence[str] | None, tables: set[str]) -> Any:
    """The database, where it is asked about, answers and has these tables; else None, which other checks tell."""
    if "default" not in (databases or ()):
        return None
    connection = connections["default"]
    try:
        connection.ensure_connection()
    except OperationalError:
        return None
    return connection if tables <= set(connection.introspection.table_names()) else None


@register(Tags.database)
def running(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    tables = {CaseRecord._meta.db_table, Heartbeat._meta.db_table, Notice._meta.db_table, "journal_entry"}
    connection = installed(databases, tables)
    if connection is None:
        return []
    return [*_journal(connection), *_editions(), *_clocks(), *_cases(), *_notices()]


def _journal(connection: Any) -> list[CheckMessage]:
    if guard.is_up(connection):
        return []
    return [
        Error(
            "The database would let entries of journals be changed or removed: its triggers are gone.",
            hint="Run `muster journal verify` to see whether any was, then `muster journal guard` to put them back.",
            id="muster.E101",
        )
    ]


def _editions() -> list[CheckMessage]:
    altered = [
        f"{plan} {edition}"
        for digest, plan, edition, content in PlanEdition.objects.values_list("digest", "plan", "edition", "content")
        if sha256(content.encode()).hexdigest() != digest
    ]
    return [
        Error(
            f"The content of the edition {name} was altered: it no longer has the digest that it is named by.",
            hint="Restore it from a backup. Cases under it stand still until then.",
            id="muster.E105",
        )
        for name in altered
    ]


def _clocks() -> list[CheckMessage]:
    now = clock()
    waiting = CaseRecord.objects.filter(wake_at__lt=now - LATE, last_error="").aggregate(since=Min("wake_at"))["since"]
    if waiting is None:
        return []
    beaten_at = Heartbeat.objects.filter(job="timekeeper").aggregate(last=Max("beaten_at"))["last"]
    heard = f"one was last heard of at {beaten_at.isoformat(timespec='seconds')}" if beaten_at else "none has ever run"
    return [
        Error(
            f"Clocks are not watched: a case has been waiting since {waiting.isoformat(timespec='seconds')}; {heard}.",
            hint="Start `muster serve` (SQLite) or `muster worker` (PostgreSQL). What fell due meanwhile is caught up.",
            id="muster.E102",
        )
    ]


def _cases() -> list[CheckMessage]:
    stuck = list(CaseRecord.objects.exclude(last_error="").order_by("pk").values_list("number", "last_error")[:SHOWN])
    return [
        Error(
            f"The clocks of {number} cannot be worked out: {error}",
            hint="It is tried again by itself. Other cases are not affected. Please report it.",
            id="muster.E103",
        )
        for number, error in stuck
    ]


def _notices() -> list[CheckMessage]:
    found: list[CheckMessage] = []
    failing = OutboxEntry.objects.filter(state=Outcome.QUEUED).exclude(last_error="").order_by("pk")
    for number, error in failing.values_list("case__number", "last_error")[:SHOWN]:
        found.append(
            Error(
                f"A notice of {number} cannot be delivered: {error}",
                hint="It is tried again by itself. Please report it.",
                id="muster.E104",
            )
        )
    given_up = Notice.objects.filter(state=State.FAILED)
    latest = given_up.order_by("-pk").values_list("channel", "last_error").first()
    if latest is not None:
        found.append(
            Warning(
                f"{given_up.count()} notice(s) could not be sent and stay in the inbox; the latest by {latest[0]}: {latest[1]}",
                hint="Is the server of that channel right (docs/reference/settings.md), and the person's address?",
                id="muster.W101",
            )
        )
    return found
