"""Delivering: from the outbox to notices, and from notices to the channels that leave the house.

At least once, and a person sees it once. What may happen between any two steps is that the process dies:

1. Claim entries of the outbox (their `ready_at` moves to the end of a lease).
2. For each, resolve the actor to persons and insert a notice per person and channel; one that is already there stays.
   The entry is settled in the same transaction. The inbox needs no more.
3. Claim notices of other channels, send each, write down that it was sent. A notice sent twice carries the same id.
4. What fails is pushed ahead, further each time, and given up after GIVES_UP_AFTER attempts, visibly.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import close_old_connections

from muster.cases import editions, leases, state
from muster.cases.leases import Claim, Queue
from muster.cases.models import CaseRecord
from muster.cases.sql import clock, to_db, writing
from muster.cases.state import Head
from muster.cases.timekeeper import BEATS_EVERY, LOOKS_EVERY, beat
from muster.cases.waking import Waiter, poke
from muster.engine.state import Case
from muster.journal.sql import insert, table
from muster.notices import reaching
from muster.notices.channels import Channel, Unsent, channels
from muster.notices.models import Notice, OutboxEntry, Outcome, State
from muster.people import reads as people
from muster.people.models import Person
from muster.plans.model import Edition

log = logging.getLogger(__name__)

OUTBOX = Queue("notices_outbox", "ready_at")
SENDING = Queue("notices_notice", "ready_at")
AT_ONCE = 100
LEASE = timedelta(seconds=30)
"""Of an entry of the outbox, which takes milliseconds."""
SENDING_LEASE = timedelta(minutes=5)
"""Of a notice on its way through somebody else's server."""
GIVES_UP_AFTER = 12
"""Attempts; with growing pauses that is about two hours. The notice stays in the inbox whatever happens."""

DRILL_MARK = "【演练】"
DRILL_MARK_EN = "[DRILL] "
NOBODY_HOLDS = "（“{actor}”目前无人任职，请代为处理）"
NOBODY_HOLDS_EN = ' (nobody holds "{actor}"; please see to it)'

NOTICES = table(
    "notices_notice",
    "entry_id bigint, case_id bigint, person_id bigint, actor text, instead_of text, channel text, kind text, key text, "
    "words text, words_en text, urgent bool, is_drill bool, said_at timestamptz, state text, sent_at timestamptz, "
    "ready_at timestamptz, attempt int, last_error text",
    keeps=True,
)


@dataclass(slots=True)
class Round:
    """What one look at the outbox has done: entries told, notices sent, attempts that failed."""

    told: int = 0
    sent: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class _About:
    """What an entry's case says about whom to tell."""

    edition: Edition
    case: Case
    directory: reaching.Directory


def deliver(now: datetime | None = None, *, limit: int = AT_ONCE) -> Round:
    """Deliver what is ready at `now` (the database's clock where none is given)."""
    done = Round()
    at = now or clock()
    if leases.is_ready(OUTBOX, at):
        _tell(leases.claim(OUTBOX, at, limit=limit, lease=LEASE), at, done)
        at = now or clock()
    if leases.is_ready(SENDING, at):
        _send(leases.claim(SENDING, at, limit=limit, lease=SENDING_LEASE), at, done)
    return done


# --- from the outbox to notices


def _tell(claims: Sequence[Claim], now: datetime, done: Round) -> None:
    try:
        _tell_all(claims, now)
        done.told += len(claims)
    except Exception:  # noqa: BLE001  one bad entry must not hold up the others
        for each in claims:
            try:
                _tell_all([each], now)
                done.told += 1
            except Exception as error:
                done.failed += 1
                log.exception("entry %s of the outbox cannot be delivered", each.row_id)
                leases.postpone(OUTBOX, each, now, f"{type(error).__name__}: {error}")


def _tell_all(claims: Sequence[Claim], now: datetime) -> None:
    by_id = {each.row_id: each for each in claims}
    entries = list(OutboxEntry.objects.filter(pk__in=by_id).order_by("pk"))
    about = _about({entry.case_id for entry in entries}, now)
    ways = channels()
    rows: list[tuple[Any, ...]] = []
    outcomes: dict[Outcome, list[Claim]] = {}
    for entry in entries:
        outcome, made = _notices(entry, about[entry.case_id], ways, now)
        rows += made
        outcomes.setdefault(outcome, []).append(by_id[entry.pk])
    with writing() as cursor:
        insert(cursor, NOTICES, rows)
        for outcome, some in outcomes.items():
            leases.settle(cursor, OUTBOX, some, {"state": outcome.value})
    poke()


def _about(case_ids: Iterable[int], now: datetime) -> dict[int, _About]:
    """With a number of statements that depends on how many plans there are, not on how many cases."""
    records = list(CaseRecord.objects.filter(pk__in=case_ids).only("id", "version", "head_hash", "edition_id", "plan"))
    cases = state.load_many([Head(each.pk, each.version, each.head_hash) for each in records])
    directories = {plan: people.directory(plan, now) for plan in {each.plan for each in records}}
    return {
        each.pk: _About(editions.program(each.edition_id).edition, cases[each.pk], directories[each.plan])
        for each in records
    }


def _notices(
    entry: OutboxEntry, about: _About, ways: dict[str, Channel], now: datetime
) -> tuple[Outcome, list[tuple[Any, ...]]]:
    edition = about.edition
    persons = reaching.persons_for(edition, about.case, about.directory, entry.actor)
    if persons:
        return Outcome.TOLD, _rows(entry, entry.actor, "", persons, entry.words, entry.words_en, ways, now)
    if reaching.is_outside(edition, entry.actor):
        return Outcome.OUTSIDE, []
    duty = reaching.persons_for(edition, about.case, about.directory, edition.duty_post)
    if not duty:
        log.warning("nobody holds %s, nor %s: %s", entry.actor, edition.duty_post or "a duty post", entry.words)
        return Outcome.NOBODY, []
    known = edition.actors.get(entry.actor)
    name, name_en = (known.name.zh, known.name.say("en")) if known else (entry.actor, entry.actor)
    words = entry.words + NOBODY_HOLDS.format(actor=name)
    words_en = (entry.words_en or entry.words) + NOBODY_HOLDS_EN.format(actor=name_en)
    return Outcome.NOBODY, _rows(entry, edition.duty_post, entry.actor, duty, words, words_en, ways, now)


def _rows(
    entry: OutboxEntry,
    actor: str,
    instead_of: str,
    persons: Sequence[Person],
    words: str,
    words_en: str,
    ways: dict[str, Channel],
    now: datetime,
) -> list[tuple[Any, ...]]:
    if entry.is_drill:
        words, words_en = DRILL_MARK + words, DRILL_MARK_EN + (words_en or words)
    rows: list[tuple[Any, ...]] = []
    for person in persons:
        for name, channel in ways.items():
            if not channel.reaches(person) or (channel.LEAVES and (entry.is_drill or not channel.ready())):
                continue
            waits = to_db(now) if channel.LEAVES else None
            rows.append((
                entry.pk, entry.case_id, person.pk, actor, instead_of, name, entry.kind, entry.key, words, words_en,
                entry.urgent, entry.is_drill, to_db(entry.said_at), State.QUEUED if waits else State.SENT,
                None if waits else to_db(now), waits, 0, "",
            ))  # fmt: skip
    return rows


# --- from notices to the channels


def _send(claims: Sequence[Claim], now: datetime, done: Round) -> None:
    by_id = {each.row_id: each for each in claims}
    ways = channels()
    for notice in Notice.objects.filter(pk__in=by_id).select_related("person", "case").order_by("-urgent", "pk"):
        claimed = by_id[notice.pk]
        try:
            ways[notice.channel].send(notice)
        except Unsent as error:
            done.failed += 1
            _not_sent(claimed, now, str(error))
        except Exception as error:
            done.failed += 1
            log.exception("notice %s cannot be sent", notice.pk)
            _not_sent(claimed, now, f"{type(error).__name__}: {error}")
        else:
            done.sent += 1
            with writing() as cursor:
                leases.settle(cursor, SENDING, [claimed], {"state": State.SENT.value, "sent_at": to_db(now)})


def _not_sent(claimed: Claim, now: datetime, error: str) -> None:
    if claimed.attempt < GIVES_UP_AFTER:
        leases.postpone(SENDING, claimed, now, error)
        return
    with writing() as cursor:
        leases.settle(cursor, SENDING, [claimed], {"state": State.FAILED.value})
        cursor.execute('UPDATE "notices_notice" SET "last_error" = %s WHERE "id" = %s', [error, claimed.row_id])
    log.error("notice %s was given up after %s attempts: %s", claimed.row_id, claimed.attempt, error)


class Deliverer:
    """Delivers until told to stop. Any number of processes may run one each."""

    def __init__(self, *, looks_every: float = LOOKS_EVERY, after: Callable[[], None] | None = None) -> None:
        self._looks_every = looks_every
        self._process = f"{socket.gethostname()}:{os.getpid()}:deliverer"
        self._started_at = datetime.now(UTC)
        self._beaten_at: datetime | None = None
        self._after = after
        self.done = Round()

    def run(self, stop: threading.Event) -> None:
        """Deliver what is ready, then wait until something may be, at most a second; until `stop` is set."""
        with Waiter() as waiter:
            while not stop.is_set():
                try:
                    more = self.step()
                except Exception:
                    log.exception("the deliverer could not look at the outbox; it goes on trying")
                    more = False
                close_old_connections()
                if not more and not stop.is_set():
                    waiter.wait(self._looks_every)

    def step(self) -> bool:
        """One look at the outbox; whether there may be more to do at once."""
        done = deliver()
        self.done.told += done.told
        self.done.sent += done.sent
        self.done.failed += done.failed
        now = clock()
        if self._beaten_at is None or now - self._beaten_at >= BEATS_EVERY:
            self._beaten_at = now
            beat(
                self._process, "deliverer", self._started_at, now, self.done.told + self.done.sent, self.done.failed, ()
            )
        return done.told >= AT_ONCE or done.sent >= AT_ONCE
