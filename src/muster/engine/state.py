"""A case as it stands: what the fold of its events gives. Values only; whatever can be derived is not kept."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec
from msgspec import Struct


class Status(StrEnum):
    """Of a task. Late is a mark on its clock, not a status; `waiting` for an answer or a task is derived."""

    OFFERED = "offered"
    OPEN = "open"
    ACTIVE = "active"
    COMPLETED = "completed"
    TERMINATED = "terminated"
    WAIVED = "waived"
    DECLINED = "declined"


LIVE = frozenset({Status.OFFERED, Status.OPEN, Status.ACTIVE})


class Paper(Struct, frozen=True, omit_defaults=True):
    """The present version of a paper, and who approved this very version."""

    version: int
    digest: str
    fields: dict[str, Any]
    by: str
    at: datetime
    returned: str = ""


class Signature(Struct, frozen=True, omit_defaults=True):
    signer: str
    at: datetime
    by: str
    refused: bool = False
    reason: str = ""


class TaskState(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One standing instance of a task of the plan.

    `since` is what elapsed time is counted from; `due_at` counts, `aim_at` is only shown; `earlier` keeps the due
    instants that were replaced. `step` > 0 is an approval of the paper of the same task.
    """

    key: str
    task: str
    for_: str = ""
    round: int = 1
    step: int = 0
    status: Status = Status.OPEN
    opened_at: datetime
    anew: bool = False
    who: tuple[str, ...] = ()
    name: str = ""
    # clock
    since: datetime | None = None
    due_at: datetime | None = None
    aim_at: datetime | None = None
    earlier: tuple[datetime, ...] = ()
    agreed: bool = False
    guessed: bool = False
    remind_at: datetime | None = None
    overdue_at: datetime | None = None
    climbed: int = 0
    climb_at: datetime | None = None
    answered_by: str = ""
    marks: int = 0
    next_round_at: datetime | None = None
    # work
    taken_by: str = ""
    taken_at: datetime | None = None
    arrived_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by: str = ""
    how: str = ""
    value: Any = None
    note: str = ""
    fields: dict[str, Any] = {}
    evidence: tuple[str, ...] = ()
    late: int = 0
    reason: str = ""
    to: tuple[str, ...] = ()
    # paper
    paper: Paper | None = None
    received: dict[str, datetime] = {}
    signatures: tuple[Signature, ...] = ()

    @property
    def is_live(self) -> bool:
        return self.status in LIVE


class Standing(Struct, frozen=True, omit_defaults=True):
    """A level of one scale as proposed by the criteria and as confirmed by a person."""

    proposed: str = ""
    because: tuple[str, ...] = ()
    confirmed: str = ""
    confirmed_at: datetime | None = None
    first_confirmed_at: datetime | None = None
    reason: str = ""


class PartyState(Struct, frozen=True, omit_defaults=True):
    party: str
    ref: str
    name: str = ""
    withdrawn: bool = False


class Proposal(Struct, frozen=True, omit_defaults=True):
    """A warning colour on its way: proposed, then approved, then issued."""

    colour: str
    by: str
    at: datetime
    contents: dict[str, Any] = {}
    approved_by: str = ""
    approved_at: datetime | None = None


class Case(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One case. `version` counts its events; version 0 is a case that has not been opened.

    `task` and `due_at` belong to one occurrence of a standing duty: which duty, and when its period is over.
    """

    version: int = 0
    kind: str = "incident"
    plan: str = ""
    edition: str = ""
    title: str = ""
    summary: str = ""
    place: str = ""
    source: str = ""
    task: str = ""
    due_at: datetime | None = None
    is_drill: bool = False
    opened_by: str = ""
    stage: str = ""
    ended: str = ""
    ended_to: str = ""
    instants: dict[str, datetime] = {}
    facts: dict[str, Any] = {}
    types: tuple[str, ...] = ()
    standings: dict[str, Standing] = {}
    units: dict[str, tuple[str, ...]] = {}
    parties: dict[str, PartyState] = {}
    tasks: dict[str, TaskState] = {}
    proposal: Proposal | None = None
    contents: dict[str, Any] = {}
    absorbed: tuple[str, ...] = ()
    last_at: datetime | None = None

    @property
    def is_over(self) -> bool:
        """Closed, or ended without its procedure: nothing in it runs any more."""
        return self.stage == "closed" or bool(self.ended)

    def level(self, scale: str = "level") -> str:
        """The confirmed level of a scale, "" while there is none."""
        standing = self.standings.get(scale)
        return standing.confirmed if standing else ""


NEW = Case()


def key_of(task: str, for_: str = "", round_: int = 1, step: int = 0) -> str:
    """The key of one instance: `daily@pboc#2`; the approval of its paper: `daily@pboc#2!1`."""
    key = f"{task}@{for_}" if for_ else task
    if round_ > 1:
        key = f"{key}#{round_}"
    return f"{key}!{step}" if step else key


# An answer that is owed (`reply`) stands beside the report that asked for it; ids of plans cannot hold this sign.
ANSWER = "~"


def answers_of(case: Case, task: str) -> list[TaskState]:
    """The answers owed to the reports of a task, in order of opening."""
    return [state for state in case.tasks.values() if state.task == f"{task}{ANSWER}"]


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Case)


def encode_case(case: Case) -> bytes:
    """The case as JSON: a cache that can be thrown away, since the journal gives it again."""
    return _encoder.encode(case)


def decode_case(data: bytes | str) -> Case:
    return _decoder.decode(data)
