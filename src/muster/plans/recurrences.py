"""Rules of recurrence, as RFC 5545 (section 3.3.10) writes them: `FREQ=WEEKLY;BYDAY=FR`.

A plan says on which days something recurs; the clock time stands beside it (`by`), and the working calendar may move
the day. So a rule here gives dates, never times.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from functools import lru_cache

from dateutil.rrule import rrule, rrulestr

from muster.plans.model import Words

FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
# How far ahead occurrences are looked for.
HORIZON_YEARS = 30
# A rule that falls on no day of so many years is taken to fall on none: the 29th of February comes once in 8 years.
TRIED_YEARS = 9
_EXAMPLE_START = date(2024, 1, 1)


def why_no_rule(text: str) -> Words | None:
    """Why `text` is no rule of recurrence for a plan; None if it is one."""
    parts = dict(part.split("=", 1) for part in text.removeprefix("RRULE:").split(";") if "=" in part)
    if parts.get("FREQ") not in FREQUENCIES:
        return Words("FREQ 应为 " + "、".join(FREQUENCIES), "FREQ must be one of " + ", ".join(FREQUENCIES))
    for timed in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        if timed in parts:
            return Words("钟点写在 by，不写在规则里", "a clock time stands in `by`, not in the rule")
    for bound in ("COUNT", "UNTIL", "DTSTART"):
        if bound in parts or bound in text:
            return Words(
                "不写起止，常态工作随版本起止", "no start and no end: a standing duty lasts as long as its edition"
            )
    try:
        first = next(iter(_rule(text, _EXAMPLE_START, _EXAMPLE_START.year + TRIED_YEARS)), None)
    except (ValueError, TypeError, AttributeError, KeyError, OverflowError):
        return Words("写法有误", "it cannot be read")
    if first is None:
        return Words("没有一天符合", "no day ever fits it")
    return None


@lru_cache(maxsize=512)
def _rule(text: str, start: date, last_year: int) -> rrule:
    parsed = rrulestr(text.removeprefix("RRULE:"), dtstart=datetime.combine(start, time(0)), ignoretz=True)
    if not isinstance(parsed, rrule):
        raise ValueError("several rules")
    # Without an end, a rule that fits no day would be searched up to the year 9999.
    return parsed.replace(until=datetime.combine(date(last_year, 12, 31), time(0)), cache=True)


def dates_of(text: str, start: date, after: date) -> Iterator[date]:
    """The days of the rule that are not before `after`, counted from `start`; none beyond `HORIZON_YEARS` from then.

    Raises ValueError where `text` is no rule.
    """
    rule = _rule(text, start, min(after.year + HORIZON_YEARS, 9999))
    for moment in rule.xafter(datetime.combine(after, time(0)), inc=True):
        yield moment.date()
