"""The journal as people read it: one line an entry, newest first, by day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from muster.cases import reads
from muster.cases.reads import JournalEntry
from muster.console import naming, words
from muster.console.parts import Entry
from muster.console.room.scene import Scene
from muster.engine import events as e
from muster.engine.narrating import Importance, actor_of, narration
from muster.people.models import Person

SCANNED_AT_ONCE = 200
SCANNED_AT_MOST = 2000
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Day:
    """The entries of one day."""

    id: str
    says: str
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a journal under a filter; `before` is where the next begins, None at its end."""

    days: Sequence[Day]
    before: int | None


def _names(*kinds: type[e.Event]) -> frozenset[type[e.Event]]:
    return frozenset(kinds)


LEVELS = _names(e.LevelConfirmed, e.LevelProposed, e.StageChanged, e.CaseEnded, e.WarningProposed, e.WarningApproved,
                e.WarningIssued, e.WarningLifted, e.WarningReturned)  # fmt: skip
CLOCKS = _names(e.ClockMoved, e.ClockReminded, e.ClockFellDue, e.ClockClimbed, e.ClockAnswered, e.MarkReached)
PAPERS = _names(e.PaperDrafted, e.PaperReturned, e.ReportReceived, e.PaperSigned)
BY_HAND = _names(e.Jotted, e.Directed)
KINDS = ("all", "key", "levels", "reports", "clocks", "hand")


def kind_says(kind: str) -> str:
    return {
        "all": pgettext("journal", "All"),
        "key": pgettext("journal", "Key"),
        "levels": pgettext("journal", "Levels"),
        "reports": pgettext("journal", "Reports"),
        "clocks": pgettext("journal", "Clocks"),
        "hand": pgettext("journal", "By hand"),
    }[kind]


def _wanted(scene: Scene, kind: str) -> Callable[[e.Event], bool]:
    match kind:
        case "key":
            return lambda event: _told(scene, event) == Importance.KEY
        case "levels":
            return lambda event: type(event) in LEVELS
        case "reports":
            return lambda event: (
                type(event) in PAPERS
                or (isinstance(event, e.TaskCompleted) and event.how in ("sent", "published", "approved"))
            )
        case "clocks":
            return lambda event: type(event) in CLOCKS
        case "hand":
            return lambda event: type(event) in BY_HAND
        case _:
            return lambda event: True


def _told(scene: Scene, event: e.Event) -> Importance:
    return narration(scene.program, scene.case, event).importance


def latest(scene: Scene, entries: Iterable[JournalEntry], *, most: int) -> list[Day]:
    """The newest entries that somebody would read: what the engine did by itself only with what caused it."""
    shown = [each for each in entries if _told(scene, each.event) != Importance.QUIET]
    return by_day(scene, shown[:most])


def page(scene: Scene, person: Person, kind: str, before: int | None) -> Page:
    """One page of the whole journal. A filter looks through a bounded stretch; the next page goes on from there."""
    wanted, found, looked = _wanted(scene, kind), [], 0
    while True:
        limit = SHOWN if kind == "all" else SCANNED_AT_ONCE
        read = reads.journal_page(person, scene.number, scene.now, before=before, limit=limit)
        if read is None:
            return Page((), None)
        before, looked = read.before, looked + len(read.entries)
        for each in read.entries:
            if wanted(each.event):
                found.append(each)
                if len(found) == SHOWN:
                    return Page(by_day(scene, found), each.seq if each.seq > 1 else None)
        if before is None or kind == "all" or looked >= SCANNED_AT_MOST:
            return Page(by_day(scene, found), before)


def by_day(scene: Scene, entries: Iterable[JournalEntry]) -> list[Day]:
    days: dict[date, list[Entry]] = {}
    for each in entries:
        recorded = each.recorded_at
        days.setdefault(recorded.astimezone(scene.program.zone).date(), []).append(entry(scene, each))
    return [
        Day(f"day-{day.isoformat()}", _day_says(day, scene.now, found), found) for day, found in days.items()
    ]  # fmt: skip


def _day_says(day: date, now: datetime, entries: Sequence[Entry]) -> str:
    if day == timezone.localtime(now).date():
        return _("today")
    return words.full_day(entries[0].at)


def entry(scene: Scene, each: JournalEntry) -> Entry:
    """One entry: the line, below it the detail and who acted."""
    told = narration(scene.program, scene.case, each.event)
    actor = naming.say(actor_of(scene.program, each.event))
    who = naming.phrases([each.person, actor]) if each.person else actor
    happened = each.event.at if (each.recorded_at - each.event.at).total_seconds() > 120 else None
    return Entry(
        number=each.seq,
        at=each.recorded_at,
        text=naming.say(told.says),
        by=naming.phrases([naming.say(told.detail), who]),
        is_key=told.importance == Importance.KEY,
        is_pinned=isinstance(each.event, e.LevelConfirmed),
        happened_at=happened,
    )
