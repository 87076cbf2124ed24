"""What can be asked of a case. A command is a wish; `decide` answers with events or with a refusal.

`by` is the post, body or party of the plan in whose name somebody acts; `person` is an opaque reference to who
it was. Instants are aware, in UTC. A `task` names one standing instance by its key (`phone-report@pboc`); the id of
the task alone is enough where the actor has only one open instance of it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from msgspec import Struct


class Command(Struct, frozen=True, kw_only=True, tag_field="command"):
    """What every command says. `key`, where given, makes a repetition of the same command harmless."""

    by: str = ""
    person: str = ""
    key: str = ""


# --- the case as a whole -------------------------------------------------------------------------------------------


class OpenIncident(Command, frozen=True, kw_only=True, tag="open-incident"):
    """Report an incident. `facts` are what the caller already knows; `units` binds case-filled actors."""

    title: str = ""
    summary: str = ""
    place: str = ""
    types: tuple[str, ...] = ()
    occurred: datetime | None = None
    detected: datetime | None = None
    facts: dict[str, Any] = {}
    units: dict[str, tuple[str, ...]] = {}
    source: str = ""
    is_drill: bool = False


class OpenOccurrence(Command, frozen=True, kw_only=True, tag="open-occurrence"):
    """Open a hazard, or one occurrence of a standing duty (`task` names the duty).

    `due` is when the period of the occurrence is over; without it, the period that the plan lets begin now.
    """

    kind: Literal["standing", "hazard"]
    title: str = ""
    summary: str = ""
    task: str = ""
    due: datetime | None = None
    facts: dict[str, Any] = {}
    units: dict[str, tuple[str, ...]] = {}
    is_drill: bool = False


class Assess(Command, frozen=True, kw_only=True, tag="assess"):
    """Answer facts (`None` takes an answer back to "not known"), set or add types."""

    facts: dict[str, Any] = {}
    types: tuple[str, ...] = ()
    drop_types: tuple[str, ...] = ()
    note: str = ""


class Correct(Command, frozen=True, kw_only=True, tag="correct"):
    """Correct when something happened; clocks that hang on it move, and the journal keeps what they said."""

    instants: dict[str, datetime]
    reason: str = ""


class ConfirmLevel(Command, frozen=True, kw_only=True, tag="confirm-level"):
    """Confirm a level of a scale; a reason where it overrides what the criteria say."""

    level: str
    scale: str = "level"
    reason: str = ""


class StartResponse(Command, frozen=True, kw_only=True, tag="start"):
    note: str = ""


class EndResponse(Command, frozen=True, kw_only=True, tag="end"):
    """End the response, with its grounds."""

    reason: str = ""


class BeginReview(Command, frozen=True, kw_only=True, tag="review"):
    note: str = ""


class CloseCase(Command, frozen=True, kw_only=True, tag="close"):
    note: str = ""


class ReopenCase(Command, frozen=True, kw_only=True, tag="reopen"):
    reason: str = ""


class Dismiss(Command, frozen=True, kw_only=True, tag="dismiss"):
    """No incident after all: a false alarm, or nothing that this plan is for."""

    reason: str = ""


class MergeInto(Command, frozen=True, kw_only=True, tag="merge-into"):
    """This case is the same occurrence as another; it ends here and goes on there."""

    into: str
    reason: str = ""


class Absorb(Command, frozen=True, kw_only=True, tag="absorb"):
    """Take over what another case of the same occurrence knew. Sent with `MergeInto`, in one transaction."""

    other: str
    title: str = ""
    summary: str = ""
    facts: dict[str, Any] = {}


class HandOver(Command, frozen=True, kw_only=True, tag="hand-over"):
    """Hand the whole matter to somebody outside the plan (out of scope, or led by a higher level)."""

    to: str
    reason: str = ""


class Seal(Command, frozen=True, kw_only=True, tag="seal"):
    """The matter is classified: only the reference to its own procedure stays here."""

    reference: str


class Jot(Command, frozen=True, kw_only=True, tag="jot"):
    """An entry by hand in the journal; `at` says when it happened, if not now."""

    text: str
    at: datetime | None = None


class Direct(Command, frozen=True, kw_only=True, tag="direct"):
    """An instruction from above, a chase, or a copy; `reply` owes an answer."""

    to: tuple[str, ...]
    text: str
    kind: Literal["instruction", "chase", "copy"] = "instruction"
    reply: bool = False
    task: str = ""


class Appoint(Command, frozen=True, kw_only=True, tag="appoint"):
    """Fill an actor of this case: the units concerned, the spokesperson, the head of a group."""

    post: str
    to: tuple[str, ...]
    task: str = ""


class Register(Command, frozen=True, kw_only=True, tag="register"):
    """Register one of the parties of a case. Personal details are kept beside the journal, under `ref`."""

    party: str
    ref: str = ""
    name: str = ""


class Withdraw(Command, frozen=True, kw_only=True, tag="withdraw"):
    party: str
    ref: str
    reason: str = ""


# --- tasks ---------------------------------------------------------------------------------------------------------


class TaskCommand(Command, frozen=True, kw_only=True):
    """A command about one task; `for_` names the actor or party whose instance is meant."""

    task: str
    for_: str = ""


class Take(TaskCommand, frozen=True, kw_only=True, tag="take"):
    """Say "I have it": starts the task and stops its clock from climbing."""

    note: str = ""


class Complete(TaskCommand, frozen=True, kw_only=True, tag="complete"):
    """Finish a task. `at` is when it was done, if that was earlier; `reason` explains lateness.

    A report so completed is sent; a release needs `Publish`; a decision needs its `value`. `to` says which of its
    addressees a report went to, where the plan asks for any of them or for the next one up.
    """

    note: str = ""
    fields: dict[str, Any] = {}
    value: Any = None
    evidence: tuple[str, ...] = ()
    reason: str = ""
    to: tuple[str, ...] = ()
    at: datetime | None = None


class Decide(TaskCommand, frozen=True, kw_only=True, tag="decide"):
    """Settle what a decision task asks."""

    value: Any
    note: str = ""
    reason: str = ""
    fields: dict[str, Any] = {}


class Arrive(TaskCommand, frozen=True, kw_only=True, tag="arrive"):
    """The dispatched have arrived (`Take` says that they left)."""

    note: str = ""
    at: datetime | None = None


class Decline(TaskCommand, frozen=True, kw_only=True, tag="decline"):
    """Decline an offer (`may`), or say that one cannot do it (the clock climbs at once)."""

    reason: str = ""


class Waive(TaskCommand, frozen=True, kw_only=True, tag="waive"):
    reason: str = ""


class AgreeDue(TaskCommand, frozen=True, kw_only=True, tag="agree-due"):
    """Another date, agreed with the party; the original stays visible."""

    due: datetime
    evidence: tuple[str, ...] = ()
    reason: str = ""


class AddTask(Command, frozen=True, kw_only=True, tag="add-task"):
    """A measure that the plan does not name; recorded as not in the plan, with its reason."""

    name: str
    who: str
    due: datetime | None = None
    reason: str = ""


# --- papers --------------------------------------------------------------------------------------------------------


class Draft(TaskCommand, frozen=True, kw_only=True, tag="draft"):
    """Save a version of a paper and put it to its approvers; a new version voids the approvals of the last."""

    fields: dict[str, Any] = {}
    note: str = ""


class Approve(TaskCommand, frozen=True, kw_only=True, tag="approve"):
    """Approve the present version; `digest`, where given, must be its digest."""

    note: str = ""
    digest: str = ""


class Return(TaskCommand, frozen=True, kw_only=True, tag="return"):
    reason: str = ""


class Send(TaskCommand, frozen=True, kw_only=True, tag="send"):
    """Send an approved report, or file an approved record. `to` as in `Complete`."""

    note: str = ""
    reason: str = ""
    evidence: tuple[str, ...] = ()
    to: tuple[str, ...] = ()


class Publish(TaskCommand, frozen=True, kw_only=True, tag="publish"):
    """Publish an approved release; `reason` explains lateness."""

    note: str = ""
    fields: dict[str, Any] = {}
    reason: str = ""


class Acknowledge(TaskCommand, frozen=True, kw_only=True, tag="acknowledge"):
    """An addressee has received a report, or somebody answers for an overdue task."""

    note: str = ""


class Sign(TaskCommand, frozen=True, kw_only=True, tag="sign"):
    signer: str = ""
    refused: bool = False
    reason: str = ""


# --- warnings ------------------------------------------------------------------------------------------------------


class ProposeWarning(Command, frozen=True, kw_only=True, tag="propose-warning"):
    """Propose a warning, or another colour for the one in force. The first opens the case."""

    colour: str
    title: str = ""
    contents: dict[str, Any] = {}
    reason: str = ""
    units: dict[str, tuple[str, ...]] = {}
    facts: dict[str, Any] = {}
    is_drill: bool = False


class ApproveWarning(Command, frozen=True, kw_only=True, tag="approve-warning"):
    note: str = ""


class ReturnWarning(Command, frozen=True, kw_only=True, tag="return-warning"):
    reason: str = ""


class IssueWarning(Command, frozen=True, kw_only=True, tag="issue-warning"):
    """Issue what was approved; `contents` may complete what was proposed."""

    note: str = ""
    contents: dict[str, Any] = {}


class LiftWarning(Command, frozen=True, kw_only=True, tag="lift-warning"):
    reason: str = ""


# --- time ----------------------------------------------------------------------------------------------------------


class Tick(Command, frozen=True, kw_only=True, tag="tick"):
    """Time has passed; only the timekeeper says so."""


AnyCommand = (
    OpenIncident | OpenOccurrence | Assess | Correct | ConfirmLevel | StartResponse | EndResponse | BeginReview
    | CloseCase | ReopenCase | Dismiss | MergeInto | Absorb | HandOver | Seal | Jot | Direct | Appoint | Register
    | Withdraw | Take | Complete | Decide | Arrive | Decline | Waive | AgreeDue | AddTask | Draft | Approve | Return
    | Send | Publish | Acknowledge | Sign | ProposeWarning | ApproveWarning | ReturnWarning | IssueWarning
    | LiftWarning | Tick
)  # fmt: skip
