"""When which level was confirmed, and by whom: the one thing of its past that a room shows whole.

The case keeps only the present level. The confirmations are read from the journal once and then only continued, so that a
room costs the same however long its journal is.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from muster.engine import events as e
from muster.journal import lifting
from muster.journal.models import Entry

KEPT = 256


@dataclass(frozen=True, slots=True)
class Confirmation:
    """One confirmation of a level; `seq` is its place in the journal, `person` the reference of who confirmed."""

    seq: int
    at: datetime
    scale: str
    level: str
    previous: str
    by: str
    person: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Known:
    version: int
    head: str
    found: tuple[Confirmation, ...]


_known: OrderedDict[int, _Known] = OrderedDict()
_lock = threading.Lock()


def confirmations(case_id: int, version: int, head: str) -> Sequence[Confirmation]:
    """Every confirmation up to this version of a case, oldest first. None or one statement."""
    with _lock:
        before = _known.get(case_id)
    if before is not None and before.version == version and before.head == head:
        return before.found
    since = before.version if before is not None and before.version < version else 0
    rows = _read(case_id, since, version)
    # Where the entry that was the last one is not what it was, this is another history: begin again.
    if (
        since
        and before is not None
        and not any(seq == since and hash_ == before.head for seq, _n, _v, _d, hash_ in rows)
    ):
        since, rows = 0, _read(case_id, 0, version)
    kept = before.found if since and before is not None else ()
    found = (*kept, *(_confirmation(seq, lifting.read(name, of, data)) for seq, name, of, data, _h in rows
                      if seq > since and name == "level.confirmed"))  # fmt: skip
    with _lock:
        _known[case_id] = _Known(version, head, found)
        _known.move_to_end(case_id)
        while len(_known) > KEPT:
            _known.popitem(last=False)
    return found


def _read(case_id: int, since: int, version: int) -> list[tuple[int, str, int, str, str]]:
    wanted = Q(seq=since) | Q(seq__gt=since, seq__lte=version, name="level.confirmed")
    rows = Entry.objects.filter(wanted, case_id=case_id).order_by("seq")
    return list(rows.values_list("seq", "name", "version", "data", "hash"))


def _confirmation(seq: int, event: e.AnyEvent) -> Confirmation:
    assert isinstance(event, e.LevelConfirmed)
    return Confirmation(
        seq, event.at, event.scale, event.level, event.previous, event.by, event.person, event.reason
    )  # fmt: skip
