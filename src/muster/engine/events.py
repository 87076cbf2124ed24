"""What has happened to a case. Events are facts: they are never changed, and replaying them gives the case again.

In the journal an event is stored under its name (`task.completed`) and version, never under a Python path. To change
what an event says, give it a new version and lift the old one in `muster.journal.lifting`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct


class Event(Struct, frozen=True, kw_only=True, tag_field="event", omit_defaults=True):
    """`at` is when it happened, aware and in UTC; who acted, in whose name. An empty `by` is the engine itself."""

    at: datetime
    by: str = ""
    person: str = ""


# --- the case ------------------------------------------------------------------------------------------------------


class CaseOpened(Event, frozen=True, kw_only=True, tag="case.opened"):
    """`task` is the standing duty of which this is one occurrence, `due` when the period of that occurrence is over."""

    kind: str
    plan: str
    edition: str
    title: str = ""
    summary: str = ""
    place: str = ""
    source: str = ""
    task: str = ""
    due: datetime | None = None
    instants: dict[str, datetime] = {}
    units: dict[str, tuple[str, ...]] = {}
    is_drill: bool = False


class FactsAnswered(Event, frozen=True, kw_only=True, tag="facts.answered"):
    """`facts` holds plain values (instants as ISO text, durations in seconds); None: no longer known."""

    facts: dict[str, Any]
    note: str = ""


class TypesSet(Event, frozen=True, kw_only=True, tag="types.set"):
    types: tuple[str, ...]


class InstantCorrected(Event, frozen=True, kw_only=True, tag="instant.corrected"):
    instants: dict[str, datetime]
    reason: str = ""


class LevelProposed(Event, frozen=True, kw_only=True, tag="level.proposed"):
    """The engine's grading; an empty `level` says that no criterion holds any more."""

    scale: str
    level: str
    because: tuple[str, ...] = ()


class LevelConfirmed(Event, frozen=True, kw_only=True, tag="level.confirmed"):
    scale: str
    level: str
    previous: str = ""
    because: tuple[str, ...] = ()
    reason: str = ""


class StageChanged(Event, frozen=True, kw_only=True, tag="stage.changed"):
    stage: str
    previous: str
    act: str = ""
    reason: str = ""


class CaseEnded(Event, frozen=True, kw_only=True, tag="case.ended"):
    """The case ends without its procedure: `how` is dismissed, merged, handed-over or sealed; `to` says where."""

    how: str
    reason: str = ""
    to: str = ""


class CaseAbsorbed(Event, frozen=True, kw_only=True, tag="case.absorbed"):
    other: str
    title: str = ""
    summary: str = ""


class Jotted(Event, frozen=True, kw_only=True, tag="journal.jotted"):
    text: str


class Directed(Event, frozen=True, kw_only=True, tag="direction.given"):
    to: tuple[str, ...]
    text: str
    kind: str
    reply: bool = False
    task: str = ""


class Appointed(Event, frozen=True, kw_only=True, tag="actor.appointed"):
    post: str
    to: tuple[str, ...]


class PartyRegistered(Event, frozen=True, kw_only=True, tag="party.registered"):
    party: str
    ref: str
    name: str = ""


class PartyWithdrawn(Event, frozen=True, kw_only=True, tag="party.withdrawn"):
    party: str
    ref: str
    reason: str = ""


# --- tasks ---------------------------------------------------------------------------------------------------------


class TaskOpened(Event, frozen=True, kw_only=True, tag="task.opened"):
    """A task is owed (or, with `offered`, may be done). `step` > 0 is the approval of a paper of that task.

    `guessed` says that the due instant crosses a year whose holidays are not known; `anew`, that the same instance
    stood before and had ended.
    """

    key: str
    task: str
    for_: str = ""
    round: int = 1
    step: int = 0
    offered: bool = False
    since: datetime | None = None
    due: datetime | None = None
    aim: datetime | None = None
    remind: datetime | None = None
    next_round: datetime | None = None
    guessed: bool = False
    name: str = ""
    who: tuple[str, ...] = ()
    reason: str = ""
    anew: bool = False


class TaskTerminated(Event, frozen=True, kw_only=True, tag="task.terminated"):
    """Why: no-longer-applies, never-stood, bound, withdrawn, new-version, missed, case-ended, case-closed."""

    key: str
    why: str


class RoundsEnded(Event, frozen=True, kw_only=True, tag="task.rounds-ended"):
    """A task that recurs does so no longer, since its condition ended; what was done stays done."""

    key: str


class TaskTaken(Event, frozen=True, kw_only=True, tag="task.taken"):
    key: str
    note: str = ""


class TaskCompleted(Event, frozen=True, kw_only=True, tag="task.completed"):
    """`how`: done, decided, sent, published, approved. `late` in seconds past the due instant."""

    key: str
    how: str = "done"
    value: Any = None
    note: str = ""
    fields: dict[str, Any] = {}
    evidence: tuple[str, ...] = ()
    late: int = 0
    reason: str = ""
    to: tuple[str, ...] = ()


class TaskArrived(Event, frozen=True, kw_only=True, tag="task.arrived"):
    key: str
    note: str = ""


class TaskDeclined(Event, frozen=True, kw_only=True, tag="task.declined"):
    key: str
    reason: str = ""


class TaskWaived(Event, frozen=True, kw_only=True, tag="task.waived"):
    key: str
    reason: str


# --- clocks --------------------------------------------------------------------------------------------------------


class ClockMoved(Event, frozen=True, kw_only=True, tag="clock.moved"):
    """Why: corrected (what it hangs on changed), agreed (with the party), known (its anchor became known)."""

    key: str
    why: str
    since: datetime | None = None
    due: datetime | None = None
    aim: datetime | None = None
    remind: datetime | None = None
    guessed: bool = False
    evidence: tuple[str, ...] = ()
    reason: str = ""


class ClockReminded(Event, frozen=True, kw_only=True, tag="clock.reminded"):
    key: str
    due: datetime


class ClockFellDue(Event, frozen=True, kw_only=True, tag="clock.fell-due"):
    """The clock ran out at `due`; `at` is never later than the instant it was noticed."""

    key: str
    due: datetime
    next: datetime | None = None


class ClockClimbed(Event, frozen=True, kw_only=True, tag="clock.climbed"):
    """Nobody answered for an overdue task; the next in the chain is told."""

    key: str
    step: int
    to: tuple[str, ...]
    next: datetime | None = None


class ClockAnswered(Event, frozen=True, kw_only=True, tag="clock.answered"):
    """Somebody answers for an overdue task: it stops climbing, and stays overdue."""

    key: str
    note: str = ""


class MarkReached(Event, frozen=True, kw_only=True, tag="clock.mark-reached"):
    key: str
    mark: int


# --- papers --------------------------------------------------------------------------------------------------------


class PaperDrafted(Event, frozen=True, kw_only=True, tag="paper.drafted"):
    key: str
    version: int
    digest: str
    fields: dict[str, Any]
    note: str = ""


class PaperReturned(Event, frozen=True, kw_only=True, tag="paper.returned"):
    key: str
    reason: str


class ReportReceived(Event, frozen=True, kw_only=True, tag="report.received"):
    key: str
    note: str = ""


class PaperSigned(Event, frozen=True, kw_only=True, tag="paper.signed"):
    key: str
    signer: str
    refused: bool = False
    reason: str = ""


# --- warnings ------------------------------------------------------------------------------------------------------


class WarningProposed(Event, frozen=True, kw_only=True, tag="warning.proposed"):
    colour: str
    contents: dict[str, Any] = {}
    reason: str = ""


class WarningApproved(Event, frozen=True, kw_only=True, tag="warning.approved"):
    colour: str
    note: str = ""


class WarningReturned(Event, frozen=True, kw_only=True, tag="warning.returned"):
    colour: str
    reason: str = ""


class WarningIssued(Event, frozen=True, kw_only=True, tag="warning.issued"):
    colour: str
    previous: str = ""
    contents: dict[str, Any] = {}


class WarningLifted(Event, frozen=True, kw_only=True, tag="warning.lifted"):
    scale: str
    colour: str
    reason: str = ""


AnyEvent = (
    CaseOpened | FactsAnswered | TypesSet | InstantCorrected | LevelProposed | LevelConfirmed | StageChanged
    | CaseEnded | CaseAbsorbed | Jotted | Directed | Appointed | PartyRegistered | PartyWithdrawn | TaskOpened
    | TaskTerminated | RoundsEnded | TaskTaken | TaskCompleted | TaskArrived | TaskDeclined | TaskWaived | ClockMoved
    | ClockReminded | ClockFellDue | ClockClimbed | ClockAnswered | MarkReached | PaperDrafted | PaperReturned
    | ReportReceived | PaperSigned | WarningProposed | WarningApproved | WarningReturned | WarningIssued
    | WarningLifted
)  # fmt: skip

# Present version of every event; raise one when what it says changes.
VERSIONS: dict[str, int] = {}

_encoder = msgspec.json.Encoder(order="deterministic")
_decoder: msgspec.json.Decoder[AnyEvent] = msgspec.json.Decoder(AnyEvent)


def name_of(event: Event) -> str:
    """The name under which the journal keeps an event: "task.completed"."""
    return str(event.__struct_config__.tag)


def version_of(event: Event) -> int:
    """The present version of that kind of event, 1 unless it has ever changed."""
    return VERSIONS.get(name_of(event), 1)


def encode(event: Event) -> bytes:
    """Plain JSON with sorted keys, so that the same event always gives the same bytes."""
    return _encoder.encode(event)


def decode(data: bytes | str) -> AnyEvent:
    """The event again. Raises msgspec.ValidationError for data that no event of the present version has."""
    return _decoder.decode(data)
