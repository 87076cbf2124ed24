"""Instants as a scenario writes them: `90m`, `-20m`, `1d 09:30`, `2026-03-03T09:00:00+08:00`, `end`."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, tzinfo

from msgspec import Struct

from muster.engine.calendar import WorkCalendar, add_span
from muster.plans.conditions import Span
from muster.plans.parsing import span_of

_SPANS = re.compile(r"(?P<sign>[-+])?\s*(?P<spans>[0-9][0-9a-z. ]*)")
_CLOCK = re.compile(r"(?:(?P<sign>[-+])?(?P<days>[0-9]{1,5})\s*d\s+)?(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})")
_CHINESE = (("个工作日", "wd"), ("工作日", "wd"), ("分钟", "m"), ("小时", "h"), ("秒钟", "s"), ("个月", "mo"), ("天", "d"),
            ("分", "m"), ("时", "h"), ("秒", "s"))  # fmt: skip


class When(Struct, frozen=True, kw_only=True):
    """An instant that becomes known with the start of the scenario.

    Exactly one reading holds: `span` after (with `sign` -1: before) the start; `clock` of the local day that lies
    `days` after the day of the start; `at`, absolute, in the plan's local time where it names no zone; or the end.
    """

    source: str
    span: Span | None = None
    sign: int = 1
    days: int = 0
    clock: int | None = None  # minutes after midnight
    at: datetime | None = None
    is_end: bool = False

    def after(self, start: datetime, zone: tzinfo, calendar: WorkCalendar) -> datetime:
        """The instant, for a scenario that begins at `start`. In UTC. Not for the end, which only running gives.

        Raises OverflowError where no calendar date is left.
        """
        if self.at is not None:
            at = self.at if self.at.tzinfo else self.at.replace(tzinfo=zone)
        elif self.clock is not None:
            day = start.astimezone(zone).date() + timedelta(days=self.days)
            midnight = datetime.combine(day, time(0), tzinfo=zone)
            at = midnight + timedelta(minutes=self.clock)
        else:
            assert self.span is not None, "the end is no offset"
            at = add_span(start, self.span, calendar, zone, self.sign).at
        return at.astimezone(start.tzinfo)


def when_of(text: str) -> When | None:
    """The instant that `text` says, None where it says none."""
    plain = " ".join(text.split())
    if plain == "end":
        return When(source=plain, is_end=True)
    if (match := _CLOCK.fullmatch(plain)) is not None:
        minutes = int(match["hour"]) * 60 + int(match["minute"])
        if int(match["minute"]) > 59 or minutes > 24 * 60:
            return None
        days = int(match["days"] or 0) * (-1 if match["sign"] == "-" else 1)
        return When(source=plain, days=days, clock=minutes)
    if plain in ("0", "+0", "-0"):
        return When(source=plain, span=Span())
    span = signed_span_of(plain)
    if span is not None:
        return When(source=plain, span=span[1], sign=span[0])
    return _absolute(plain)


def signed_span_of(text: str) -> tuple[int, Span] | None:
    """(1 or -1, the span) of `-20m`, `1d 2h 30m`, `90分钟`; None for anything else."""
    plain = text.strip()
    for word, unit in _CHINESE:
        plain = plain.replace(word, unit)
    match = _SPANS.fullmatch(plain)
    if match is None:
        return None
    try:
        return (-1 if match["sign"] == "-" else 1), span_of(match["spans"].replace(" ", ""))
    except ValueError:
        return None


def _absolute(text: str) -> When | None:
    if not re.match(r"[0-9]{4}-?[0-9]{2}-?[0-9]{2}.", text):
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return When(source=text, at=at) if at.year > 1900 else None


def offset_says(start: datetime, at: datetime) -> str:
    """`+1d02:05`, `+0:40`, `-0:20`: how far `at` lies from the start, in days, hours and minutes (seconds if any)."""
    seconds = int((at - start).total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("+", seconds)
    days, rest = divmod(seconds, 86_400)
    hours, rest = divmod(rest, 3600)
    minutes, rest = divmod(rest, 60)
    clock = f"{hours:02}:{minutes:02}" if days else f"{hours}:{minutes:02}"
    return f"{sign}{f'{days}d ' if days else ''}{clock}{f':{rest:02}' if rest else ''}"


def is_date(text: str) -> bool:
    """Whether `text` is a calendar date alone."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
