"""Wakes the cases whose `wake_at` has come, and lets the engine say what time has done to them.

Waking is only a hint: what fell due, and when, the engine works out from the case. A case that was asleep while no
timekeeper ran is caught up with every clock's true due instant when one runs again.

1. Claim cases that are ready: their `wake_at` moves to the end of a lease.
2. Decide a `Tick` for each, many in one transaction; the new `wake_at` of each is written with its events.
3. Where that transaction fails, every case has one of its own, so that a bad case harms only itself.
4. A case that fails alone is pushed ahead, further each time, with what went wrong; `muster doctor` shows it.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db import Error, close_old_connections, connection

from muster import engine
from muster.cases import editions, leases, state, writing
from muster.cases.leases import Claim, Queue
from muster.cases.models import Heartbeat
from muster.cases.sql import clock
from muster.cases.sql import writing as transaction_that_writes
from muster.cases.state import Head
from muster.cases.waking import Waiter
from muster.cases.writing import Change, Conflict
from muster.engine import Refusal
from muster.engine.commands import Tick
from muster.journal.sql import places

log = logging.getLogger(__name__)

CASES = Queue("cases_case", "wake_at")
AT_ONCE = 250
"""Cases claimed together."""
IN_ONE_TRANSACTION = 50
LEASE = timedelta(seconds=30)
LOOKS_EVERY = 1.0
"""Seconds. Another process may have set an earlier instant, and can say so in no other way."""
BEATS_EVERY = timedelta(seconds=10)


class NothingDue(Exception):
    """A case asked to be woken, but nothing in it was due: it would ask again at once, and for ever."""


@dataclass(slots=True)
class Round:
    """What one look at the clock has done: cases ticked and failed, and how late each was, in seconds."""

    ticked: int = 0
    failed: int = 0
    lateness: list[float] = field(default_factory=list)


def tick_due(now: datetime | None = None, *, limit: int = AT_ONCE, read_clock: Callable[[], datetime] = clock) -> Round:
    """Tick up to `limit` cases that are due at `now` (the database's clock where none is given)."""
    fixed = now
    now = fixed or read_clock()
    done = Round()
    if not leases.is_ready(CASES, now):
        return done
    claims = leases.claim(CASES, now, limit=limit, lease=LEASE)
    for start in range(0, len(claims), IN_ONE_TRANSACTION):
        some = claims[start : start + IN_ONE_TRANSACTION]
        now = fixed or read_clock()
        try:
            _tick(some, now)
            done.ticked += len(some)
        except Exception:  # noqa: BLE001  one bad case must not stop the clocks of the others
            _one_by_one(some, now, done)
        ended = fixed or read_clock()
        done.lateness += [(ended - each.ready_at).total_seconds() for each in some]
    return done


def _one_by_one(claims: Sequence[Claim], now: datetime, done: Round) -> None:
    for each in claims:
        try:
            _tick([each], now)
            done.ticked += 1
        except Conflict:
            # Somebody acted on the case meanwhile. That command has set a new wake_at, or the lease will end.
            done.ticked += 1
        except Exception as error:
            done.failed += 1
            log.exception("case %s cannot be woken", each.row_id)
            leases.postpone(CASES, each, now, f"{type(error).__name__}: {error}")


def _tick(claims: Sequence[Claim], now: datetime) -> None:
    attempts = {each.row_id: each.attempt for each in claims}
    # Where somebody is just acting on one of them, wait for what they make of it; everybody locks in the order of ids.
    locked = ' ORDER BY "id" FOR UPDATE' if connection.vendor == "postgresql" else ""
    changes: list[Change] = []
    with transaction_that_writes() as cursor:
        cursor.execute(
            'SELECT "id", "version", "head_hash", "edition_id", "attempt" FROM "cases_case" '  # noqa: S608
            f'WHERE "id" IN {places(len(claims))}{locked}',
            list(attempts),
        )
        # A changed attempt means that the lease ran out and another process has the case, or that it was acted on.
        rows = [row for row in cursor.fetchall() if row[4] == attempts[row[0]]]
        cases = state.load_many([Head(*row[:3]) for row in rows])
        for case_id, version, head, edition, _ in rows:
            case = cases[case_id]
            if case.version != version:
                raise Conflict
            program = editions.program(edition)
            decided = engine.decide(program, case, Tick(), now)
            if isinstance(decided, Refusal):
                raise NothingDue(f"{decided.code}: {decided.say('en')}")
            after = engine.replay(decided, case)
            wakes = engine.wake_at(program, after, now)
            if wakes is not None and wakes <= now and not decided:
                raise NothingDue(f"it asked to be woken at {wakes.isoformat()}")
            changes.append(Change(case_id, program, case, after, head, decided))
        if changes:
            heads = writing.write(cursor, changes, now)
    if changes:
        for change, head in zip(changes, heads, strict=True):
            state.remember(change.case_id, head, change.after)


class Timekeeper:
    """Keeps the clocks of an installation: `run` until told to stop. Any number of processes may run one each."""

    def __init__(
        self,
        *,
        looks_every: float = LOOKS_EVERY,
        after: Callable[[], None] | None = None,
        besides: Sequence[Callable[[datetime], object]] = (),
    ) -> None:
        """`besides` is what else begins as time passes, asked once in `looks_every` with the present instant."""
        self._looks_every = looks_every
        self._after = after
        self._besides = besides
        self._asked_at: datetime | None = None
        self._process = f"{socket.gethostname()}:{os.getpid()}:timekeeper"
        self._beaten_at: datetime | None = None
        self._started_at = datetime.now(UTC)
        self.done = Round()

    def run(self, stop: threading.Event) -> None:
        """Tick what is due, sleep until something will be, at most a second; until `stop` is set."""
        with Waiter() as waiter:
            while not stop.is_set():
                try:
                    more = self.step()
                except Exception:
                    # Mostly the database is away or was restarted. Clocks stand in its rows: nothing is lost meanwhile.
                    log.exception("the timekeeper could not look at the clocks; it goes on trying")
                    more = False
                close_old_connections()
                if not more and not stop.is_set():
                    waiter.wait(self._pause())

    def step(self) -> bool:
        """One look at the clock; whether there may be more to do at once."""
        done = tick_due()
        self.done.ticked += done.ticked
        self.done.failed += done.failed
        if done.lateness:
            self.done.lateness = done.lateness
            if self._after is not None:
                self._after()
        self._beat()
        self._ask_besides()
        return done.ticked + done.failed >= AT_ONCE

    def _ask_besides(self) -> None:
        now = clock() if self._besides else None
        if now is None or (self._asked_at is not None and (now - self._asked_at).total_seconds() < self._looks_every):
            return
        self._asked_at = now
        for each in self._besides:
            each(now)

    def _pause(self) -> float:
        try:
            due = leases.next_ready(CASES)
            if due is None:
                return self._looks_every
            return min(self._looks_every, max(0.01, (due - clock()).total_seconds()))
        except Error:
            return self._looks_every

    def _beat(self) -> None:
        now = clock()
        if self._beaten_at is not None and now - self._beaten_at < BEATS_EVERY:
            return
        self._beaten_at = now
        beat(self._process, "timekeeper", self._started_at, now, self.done.ticked, self.done.failed, self.done.lateness)


def beat(
    process: str, job: str, started_at: datetime, now: datetime, done: int, failed: int, lateness: Sequence[float]
) -> None:
    """Write down that a process is alive and how it fares; drop those that have not been heard of for a day."""
    with transaction_that_writes():
        Heartbeat.objects.update_or_create(
            process=process,
            defaults={
                "job": job,
                "started_at": started_at,
                "beaten_at": now,
                "done": done,
                "failed": failed,
                "latest_ms": int(1000 * max(lateness, default=0.0)),
            },
        )
        Heartbeat.objects.filter(beaten_at__lt=now - timedelta(days=1)).delete()
