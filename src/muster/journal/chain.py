"""What an entry of a journal holds, and the hash that chains it to the one before.

The hash is SHA-256 over a JSON array without spaces, in UTF-8, of every field in the order of `Entry` without the hash
itself; `prev_hash` is one of them. The first entry's `prev_hash` is `root`: the same over who the case is. Whoever has
an export can check it with any language's JSON and SHA-256.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from typing import NamedTuple

import msgspec

from muster.engine import events
from muster.engine.events import Event

_encode = msgspec.json.Encoder().encode


class Entry(NamedTuple):
    """One row of the journal; see `muster.journal.models.Entry` for what the fields mean."""

    case_id: int
    seq: int
    first: int
    key: str | None
    name: str
    version: int
    at: str
    recorded_at: str
    by: str
    person: str
    data: str
    prev_hash: str
    hash: str


def root(case_id: int, number: str, plan: str, edition: str) -> str:
    """What the first entry of a case is chained to: who the case is, and the edition that it runs under."""
    return sha256(_encode((case_id, number, plan, edition))).hexdigest()


def seal(entry: Entry) -> str:
    """The hash that an entry with these fields must carry."""
    return sha256(_encode(entry[:12])).hexdigest()


def instant(at: datetime) -> str:
    """An instant as the journal keeps it: ISO 8601 in UTC with microseconds, so that text sorts as time does."""
    return (at if at.tzinfo is UTC else at.astimezone(UTC)).isoformat(timespec="microseconds")


def chained(
    case_id: int, after: int, head: str, happened: Iterable[Event], *, recorded_at: datetime, key: str = ""
) -> list[Entry]:
    """The entries for the events of one command, chained to the entry `after` whose hash is `head`."""
    recorded = instant(recorded_at)
    seq = after
    made: list[Entry] = []
    for event in happened:
        seq += 1
        fields = (
            case_id,
            seq,
            after + 1,
            (key or None) if seq == after + 1 else None,
            events.name_of(event),
            events.version_of(event),
            instant(event.at),
            recorded,
            event.by,
            event.person,
            events.encode(event).decode(),
            head,
        )
        head = sha256(_encode(fields)).hexdigest()
        made.append(Entry(*fields, head))
    return made
