"""Random commands against the engine, and what must be true whatever people do.

Chance comes from outside: whoever calls hands over something that chooses (`random.Random(seed)` does), so that the same
choices always give the same case.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec import Struct

from muster.drills import promises
from muster.drills.chance import SOMEBODY, START, Chooser, Commands
from muster.drills.closing import Closing, close
from muster.engine import commands as c
from muster.engine import events as e
from muster.engine.clocks import wake_at
from muster.engine.decide import decide
from muster.engine.evolve import evolve, replay
from muster.engine.narrating import narrate
from muster.engine.program import Program
from muster.engine.refusals import Refusal
from muster.engine.state import NEW, Case, decode_case, encode_case
from muster.engine.telling import tell

__all__ = ["START", "Breach", "Chooser", "Stress", "stress"]


class Breach(Struct, frozen=True):
    """Something that must always hold and did not: which rule, what was seen, and the command that showed it."""

    rule: str
    says: str
    command: str
    at: datetime


class Stress(Struct, frozen=True):
    """What came of one case: how many commands it took, how many were refused, its events, every breach.

    `case` is how it stood when chance was through with it, `given` the commands that were accepted, and when; `closing`
    is how it was brought to its end from there.
    """

    commands: int
    refused: int
    events: int
    breaches: tuple[Breach, ...]
    case: Case
    given: tuple[tuple[datetime, c.AnyCommand], ...] = ()
    closing: Closing | None = None


def stress(program: Program, chooser: Chooser, steps: int, *, kind: str = "", to_the_end: bool = True) -> Stress:
    """Run one case with `steps` random commands; `kind` of case, or chosen; then, with `to_the_end`, close it.

    Never raises for what the engine does wrong within a decision of its own; an exception of the engine is a bug and
    comes through.
    """
    return _Stress(program, chooser, kind).run(steps, to_the_end=to_the_end)


class _Stress:
    def __init__(self, program: Program, chooser: Chooser, kind: str) -> None:
        self.program = program
        self.chooser = chooser
        self.people = Commands(program, chooser, kind)
        self.case = NEW
        self.now = START
        self.events: list[e.AnyEvent] = []
        self.given: list[tuple[datetime, c.AnyCommand]] = []
        self.breaches: list[Breach] = []
        self.command: c.AnyCommand = c.Tick()

    def run(self, steps: int, *, to_the_end: bool) -> Stress:
        refused = 0
        for _ in range(steps):
            self.command = self.people.next(self.case, self.now)
            decided = decide(self.program, self.case, self.command, self.now)
            if isinstance(decided, Refusal):
                refused += 1
                self._check_refusal(decided)
            else:
                self._take(decided)
            self._pass_time()
        reached, events = self.case, len(self.events)
        closing = self._close() if to_the_end and self.case.version else None
        self._check_kept()
        breaches, given = tuple(self.breaches), tuple(self.given)
        return Stress(steps, refused, events, breaches, reached, given, closing)

    def _breach(self, rule: str, says: str) -> None:
        self.breaches.append(Breach(rule, says, repr(self.command), self.now))

    def _broken(self, found: Iterable[promises.Broken]) -> None:
        for each in found:
            self._breach(each.rule, each.says)

    # --- time

    def _pass_time(self) -> None:
        """Go on by a random time: to the next instant the case asks for, or a while without it (a process was down)."""
        chance = self.chooser.random()
        if chance < 0.4:
            return
        wakes = wake_at(self.program, self.case, self.now)
        if chance < 0.7 and wakes is not None:
            self.now = max(self.now, min(wakes, self.now + timedelta(days=400)))
        else:
            self.now += timedelta(seconds=self.chooser.choice((0, 1, 59, 60, 600, 3600, 5400, 86_400, 400_000)))
        self.command = c.Tick()
        self._tick()

    def _tick(self) -> None:
        if not self.case.version:
            return
        if self.case.is_over:
            if wake_at(self.program, self.case, self.now) is not None:
                self._breach("wake-over", "a case that is over asks to be woken")
            return
        decided = decide(self.program, self.case, c.Tick(), self.now)
        if isinstance(decided, Refusal):
            self._breach("tick-refused", decided.says.en)
            return
        self._take(decided)
        again = decide(self.program, self.case, c.Tick(), self.now)
        if isinstance(again, Refusal) or again:
            names = again.code if isinstance(again, Refusal) else ", ".join(e.name_of(event) for event in again)
            self._breach("tick-twice", f"a second tick at the same instant brings {names}")
        wakes = wake_at(self.program, self.case, self.now)
        if wakes is not None and wakes <= self.now:
            self._breach("wake-stuck", f"just ticked, the case asks to be woken at {wakes.isoformat()}")

    # --- the end

    def _close(self) -> Closing:
        """Bring the case to its end: there must be a way for its own people."""
        closing = close(self.program, self.case, self.now)
        if closing.stuck:
            self.command = closing.steps[-1][1] if closing.steps else self.command
            self._breach("no-way-out", f"at {closing.case.stage}, not to be closed: " + "; ".join(closing.stuck[:4]))
        for self.now, self.command in closing.steps:
            decided = decide(self.program, self.case, self.command, self.now)
            if isinstance(decided, Refusal):
                self._breach("decided-twice", f"the same command is refused now: {decided.says.en}")
                break
            self._take(decided)
        return closing

    # --- what must hold

    def _check_kept(self) -> None:
        if replay(self.events) != self.case:
            self._breach("replay", "replaying the events gives another case")
        if decode_case(encode_case(self.case)) != self.case:
            self._breach("snapshot", "the case read from its snapshot is another one")

    def _check_refusal(self, refusal: Refusal) -> None:
        for language in ("zh", "en"):
            if not refusal.say(language).strip() or "{" in refusal.say(language):
                self._breach("refusal-words", f"{refusal.code}: {refusal.say(language)}")

    def _take(self, decided: tuple[e.AnyEvent, ...]) -> None:
        if decided:
            self.given.append((self.now, self.command))
        if len(decided) > promises.MOST_EVENTS:
            self._breach("rounds", f"one command brings {len(decided)} events")
        for event in decided:
            before = self.case
            self.case = evolve(before, event)
            self.events.append(event)
            self._check_event(before, event)
            self._broken(promises.of_event(self.program, self.command, before, self.case, event))
        self._broken(promises.of_case(self.program, self.case, self.now))
        self._broken(promises.of_rest(self.program, self.case, self.now))

    def _check_event(self, before: Case, event: e.AnyEvent) -> None:
        kept = e.encode(event)
        if e.decode(kept) != event:
            self._breach("event-kept", f"{e.name_of(event)} reads back as another event")
        if isinstance(event, e.PartyRegistered) and self._is_personal(event.party) and SOMEBODY.encode() in kept:
            self._breach("personal", f"{e.name_of(event)} holds the name of a natural person")
        told = narrate(self.program, self.case, event)
        if not told.zh.strip() or not told.say("en").strip():
            self._breach("narrated", f"{e.name_of(event)} has no words")
        for notice in tell(self.program, before, self.case, event):
            if not notice.says.zh.strip() or not notice.to:
                self._breach("notice-words", f"{e.name_of(event)}: a notice without words or addressee")

    def _is_personal(self, party: str) -> bool:
        actor = self.program.actor(party)
        return actor is not None and actor.personal
