"""The present value of a case, found without replaying it where possible.

In memory, cases are kept under the hash of their last entry, which names their whole history: a value from a transaction
that was rolled back, or of an altered journal, is simply never found. A value that is some entries behind catches up.
Otherwise it comes from its snapshot and the entries since, or from all its entries.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import NamedTuple

from django.db import connection

from muster import engine
from muster.engine.events import AnyEvent
from muster.engine.state import NEW, Case, decode_case
from muster.journal import lifting
from muster.journal.sql import places

# A case of 60 tasks takes some 60 kB; the timekeeper meets many once, a room meets one often.
KEPT = 512

SNAPSHOT_EVERY = 60
"""Events. Replaying so many takes a third of a millisecond; writing a snapshot takes about as long as a command."""


class Head(NamedTuple):
    """Where the journal of a case ends, as its row says."""

    case_id: int
    version: int
    head: str


class _Kept:
    def __init__(self, size: int) -> None:
        self._size = size
        self._cases: OrderedDict[int, tuple[str, Case]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, case_id: int) -> tuple[str, Case] | None:
        with self._lock:
            found = self._cases.get(case_id)
            if found is not None:
                self._cases.move_to_end(case_id)
            return found

    def put(self, case_id: int, head: str, case: Case) -> None:
        with self._lock:
            self._cases[case_id] = (head, case)
            self._cases.move_to_end(case_id)
            while len(self._cases) > self._size:
                self._cases.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._cases.clear()


_kept = _Kept(KEPT)


def remember(case_id: int, head: str, case: Case) -> None:
    """Keep a value for the next one who asks. `head` is the hash of the last entry in it."""
    _kept.put(case_id, head, case)


def forget_all() -> None:
    """Start as a new process would."""
    _kept.clear()


@cache
def made_by() -> str:
    """Names the code that folds events: another version of it does not trust a snapshot of this one."""
    code = sha256()
    for module in ("state.py", "events.py", "evolve.py"):
        code.update((resources.files("muster.engine") / module).read_bytes())
    return code.hexdigest()[:16]


def load(head: Head) -> Case:
    """The value of one case at its present version."""
    kept = _kept.get(head.case_id)
    if kept is not None:
        if kept[0] == head.head:
            return kept[1]
        if kept[1].version < head.version:
            caught_up = _catch_up(head, *kept)
            if caught_up is not None:
                _kept.put(head.case_id, head.head, caught_up)
                return caught_up
    return load_many([head])[head.case_id]


def load_many(heads: Sequence[Head]) -> dict[int, Case]:
    """The values of some cases, with two statements for those that are not in memory."""
    found: dict[int, Case] = {}
    missing: list[int] = []
    for head in heads:
        kept = _kept.get(head.case_id)
        if kept is not None and kept[0] == head.head:
            found[head.case_id] = kept[1]
        elif head.version:
            missing.append(head.case_id)
        else:
            found[head.case_id] = NEW
    if missing:
        found.update(_replayed(missing))
        heads_by_id = {head.case_id: head for head in heads}
        for case_id in missing:
            head = heads_by_id[case_id]
            if found[case_id].version == head.version:
                _kept.put(case_id, head.head, found[case_id])
    return found


def _catch_up(head: Head, known_hash: str, case: Case) -> Case | None:
    """The case after the entries that others have added; None where its history is not the one we know."""
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT "name", "version", "data", "prev_hash" FROM "journal_entry" '
            'WHERE "case_id" = %s AND "seq" > %s AND "seq" <= %s ORDER BY "seq"',
            [head.case_id, case.version, head.version],
        )
        rows = cursor.fetchall()
    if len(rows) != head.version - case.version or rows[0][3] != known_hash:
        return None
    return engine.replay((lifting.read(*row[:3]) for row in rows), case)


def _replayed(case_ids: Sequence[int]) -> dict[int, Case]:
    """From snapshots and the entries since. Entries are read first: a snapshot that somebody writes in between only
    makes some of them superfluous."""
    ids = places(len(case_ids))
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT e."case_id", e."seq", e."name", e."version", e."data" FROM "journal_entry" e '  # noqa: S608
            'LEFT JOIN "cases_snapshot" s ON s."case_id" = e."case_id" AND s."made_by" = %s '
            f'WHERE e."case_id" IN {ids} AND e."seq" > COALESCE(s."version", 0) ORDER BY e."case_id", e."seq"',
            [made_by(), *case_ids],
        )
        rows = cursor.fetchall()
        cursor.execute(
            f'SELECT "case_id", "data" FROM "cases_snapshot" WHERE "made_by" = %s AND "case_id" IN {ids}',  # noqa: S608
            [made_by(), *case_ids],
        )
        cases: dict[int, Case] = {case_id: decode_case(data) for case_id, data in cursor.fetchall()}
    since: dict[int, list[AnyEvent]] = {}
    for case_id, seq, *event in rows:
        if case_id not in cases or seq > cases[case_id].version:
            since.setdefault(case_id, []).append(lifting.read(*event))
    return {case_id: engine.replay(since.get(case_id, ()), cases.get(case_id, NEW)) for case_id in case_ids}


def wants_snapshot(before: Case, after: Case) -> bool:
    return before.version // SNAPSHOT_EVERY != after.version // SNAPSHOT_EVERY
