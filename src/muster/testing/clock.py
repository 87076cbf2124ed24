"""A clock that moves only when told to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

STARTS = datetime(2026, 3, 3, 1, 0, tzinfo=UTC)
"""Nine o'clock on a Tuesday in China."""


class Clock:
    """`clock()` is the present; `clock.moves(minutes=30)` goes on and gives the new present."""

    def __init__(self, starts: datetime = STARTS) -> None:
        self.now = starts

    def __call__(self) -> datetime:
        return self.now

    def moves(self, **by: float) -> datetime:
        """Go on by days, hours, minutes, seconds, as timedelta names them."""
        self.now += timedelta(**by)
        return self.now
