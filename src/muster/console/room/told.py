"""Who was told what in a case, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from muster.console import naming, words
from muster.console.parts import Callout
from muster.console.room.scene import Scene
from muster.notices import reads as notices
from muster.notices.models import Notice, State

SHOWN = 8
LOOKED_AT = 100


@dataclass(frozen=True, slots=True)
class Told:
    """One person under one actor: the latest notice that they have not accepted, or the latest of all."""

    id: str
    actor: str
    person: str
    says: str
    state: str
    text: str
    is_silent: bool


@dataclass(frozen=True, slots=True)
class Calls:
    callout: Callout
    open: Sequence[Told]
    rest: int
    told: int


def calls(scene: Scene) -> Calls:
    """The latest notices of a case by person: how many have accepted, read, got them; those who have not come first."""
    by_person: dict[tuple[str, int], list[Notice]] = {}
    for notice in notices.of_case(scene.case_id, limit=LOOKED_AT):
        by_person.setdefault((notice.actor, notice.person_id), []).append(notice)
    accepted = read = delivered = silent = 0
    rows: list[tuple[int, Told]] = []
    for found in by_person.values():
        states = {notice.state for notice in found}
        last = found[0]
        if State.SENT in states or State.QUEUED in states:
            unread = next(n for n in found if n.state in (State.SENT, State.QUEUED))
            is_silent = unread.urgent or unread.kind in ("overdue", "climbed")
            delivered += not is_silent
            silent += is_silent
            rows.append((0 if is_silent else 1, _told(scene, unread, is_silent=is_silent)))
        elif states == {State.FAILED}:
            silent += 1
            rows.append((0, _told(scene, last, is_silent=True)))
        elif State.READ in states:
            read += 1
            rows.append((2, _told(scene, last)))
        else:
            accepted += 1
            rows.append((3, _told(scene, last)))
    rows.sort(key=lambda one: one[0])
    shown = [told for _rank, told in rows[:SHOWN]]
    return Calls(Callout(accepted, read, delivered, silent), shown, max(0, len(rows) - SHOWN), len(rows))


def _told(scene: Scene, notice: Notice, *, is_silent: bool = False) -> Told:
    at: datetime | None = notice.accepted_at or notice.read_at or notice.sent_at or notice.said_at
    when = words.wall(at, scene.now) if at is not None else ""
    state = {
        State.ACCEPTED: _("accepted %(time)s"),
        State.READ: _("read %(time)s"),
        State.SENT: _("delivered %(time)s"),
        State.QUEUED: _("waits since %(time)s"),
        State.FAILED: _("not delivered, %(time)s"),
    }[State(notice.state)] % {"time": when}
    text = notice.words_en if naming.language() == "en" and notice.words_en else notice.words
    return Told(
        f"n-{notice.pk}", naming.actor(scene.program, notice.actor), notice.person.name,
        naming.actor(scene.program, notice.instead_of) if notice.instead_of else "", state, text, is_silent,
    )  # fmt: skip
