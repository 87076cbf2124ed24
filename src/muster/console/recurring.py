"""How often something recurs, said as a sentence of the reader's language: 每周五17:00前, 每3个月, 法定节假日前最后一个工作日."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from babel.dates import get_day_names, get_month_names
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from muster.console import naming, spoken, words
from muster.engine import NEW, Program
from muster.plans.conditions import Span
from muster.plans.model import Again, Days, Moved

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LEAP_YEAR = 2024


def says(program: Program, again: Again) -> str:
    """The recurrence in words; a part of a rule that has no words leaves the rule as the plan wrote it."""
    often = _often(program, again)
    if again.by:
        often = _("%(often)s by %(time)s") % {"often": often, "time": again.by}
    moved = {
        Moved.BEFORE: _("on a day off, the working day before"),
        Moved.AFTER: _("on a day off, the working day after"),
    }.get(again.moved, "")
    return naming.phrases([often, moved])


def _often(program: Program, again: Again) -> str:
    if again.days is not None:
        return {
            Days.WORKING: _("every working day"),
            Days.HOLIDAYS: _("every day of a public holiday"),
            Days.BEFORE_HOLIDAYS: _("before every public holiday"),
        }[again.days]
    if again.rule:
        return rule(again.rule)
    if again.every is not None:
        # The setting behind it, where there is one, is a number of the plan: no case and no instant is asked.
        value = program.value(again.every, program.env(NEW, datetime(_LEAP_YEAR, 1, 1, tzinfo=UTC)))
        if not isinstance(value, Span) or value == Span():
            return _("at an interval that is not set")
        return _every(value)
    return _("every day")


def _every(span: Span) -> str:
    """Once a month, once a year, every two weeks; other lengths as they are."""
    once = {
        Span(months=1): _("every month"), Span(months=3): _("every quarter"), Span(months=12): _("every year"),
        Span(seconds=86_400): _("every day"), Span(seconds=7 * 86_400): _("every week"),
    }  # fmt: skip
    return once.get(span) or pgettext("recurrence", "every %(time)s") % {"time": spoken.span(span)}


def rule(text: str) -> str:
    """A rule of RFC 5545 (section 3.3.10) in words: 每2周的周一、周三; 每年3月、9月的最后一个周五."""
    parts = dict(part.split("=", 1) for part in text.removeprefix("RRULE:").split(";") if "=" in part)
    frequency, interval = parts.pop("FREQ", ""), int(parts.pop("INTERVAL", "1") or 1)
    parts.pop("WKST", "")
    if frequency not in _FREQUENCIES or set(parts) - _SAID:
        return text
    given = {name: parts[name].split(",") if parts.get(name) else [] for name in _SAID}
    days = [_weekday_of(each, frequency, given["BYMONTH"]) for each in given["BYDAY"]]
    if given["BYSETPOS"] and days:
        listed = _("of %(days)s") % {"days": naming.join(days)}
        days = [_("%(which)s %(list)s") % {"which": _nth_day(int(each)), "list": listed} for each in given["BYSETPOS"]]
    elif given["BYSETPOS"]:
        return text
    weeks = [_("week %(week)s") % {"week": each} for each in given["BYWEEKNO"]]
    of_year = [_("day %(day)s of the year") % {"day": each} for each in given["BYYEARDAY"]]
    months = [_month(int(each)) for each in given["BYMONTH"]]
    dates = [_date(int(each)) for each in given["BYMONTHDAY"]]
    return _composed(frequency, interval, months, dates, [*weeks, *of_year], days)


_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_SAID = frozenset({"BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "BYWEEKNO", "BYYEARDAY"})


def _composed(
    frequency: str, interval: int, months: list[str], dates: list[str], weeks: list[str], days: list[str]
) -> str:
    """How often, in which months, on which dates and days. What stands alone is said the short way."""
    if interval == 1 and not months and not weeks:
        if frequency == "WEEKLY" and days and not dates:
            return pgettext("recurrence", "every %(days)s") % {"days": naming.join(days)}
        if frequency == "MONTHLY" and bool(dates) != bool(days):
            return _("every month, %(days)s") % {"days": naming.join(dates or days)}
    if frequency == "YEARLY" and interval == 1 and len(months) == 1 and len(dates) == 1 and not (days or weeks):
        return _("every year on %(day)s") % {"day": _("%(date)s of %(month)s") % {"month": months[0], "date": dates[0]}}
    often = _frequency(frequency, interval)
    rest = naming.phrases([naming.join(months), naming.join(weeks), naming.join(dates), naming.join(days)])
    return _("%(often)s: %(when)s") % {"often": often, "when": rest} if rest else often


def _frequency(frequency: str, interval: int) -> str:
    if interval == 1:
        return {
            "DAILY": _("every day"), "WEEKLY": _("every week"), "MONTHLY": _("every month"), "YEARLY": _("every year"),
        }[frequency]  # fmt: skip
    if (frequency, interval) == ("MONTHLY", 3):
        return _("every quarter")
    count = {"count": interval}
    return {
        "DAILY": _("every %(count)d days"), "WEEKLY": _("every %(count)d weeks"),
        "MONTHLY": _("every %(count)d months"), "YEARLY": _("every %(count)d years"),
    }[frequency] % count  # fmt: skip


def _weekday_of(given: str, frequency: str, months: list[str]) -> str:
    """周五, 第2个周五, 最后一个周五: the number counts within the month, or within the year."""
    found = re.fullmatch(r"([+-]?\d+)?([A-Z]{2})", given)
    if found is None or found[1] is None:
        return _day(given)
    nth, day = int(found[1]), {"day": _day(found[2]), "nth": abs(int(found[1]))}
    if nth == -1:
        return _("the last %(day)s") % day
    said = _("%(day)s no. %(nth)d") % day if nth > 0 else _("%(day)s no. %(nth)d from the end") % day
    return said if frequency != "YEARLY" or months else _("%(day)s of the year") % {"day": said}


def _nth_day(nth: int) -> str:
    if nth == -1:
        return _("the last day")
    return (_("day no. %(nth)d") if nth > 0 else _("day no. %(nth)d from the end")) % {"nth": abs(nth)}


def _date(date_: int) -> str:
    if date_ == -1:
        return _("the last day")
    return (_("day %(nth)d") if date_ > 0 else _("day no. %(nth)d from the end")) % {"nth": abs(date_)}


def _month(month: int) -> str:
    """3月 / March."""
    return f"{month}月" if naming.language() == "zh" else str(get_month_names("wide", locale="en")[month])


def _day(day: str) -> str:
    """周五 / Friday."""
    locale = words.locale_of_dates()
    names = get_day_names("abbreviated" if naming.language() == "zh" else "wide", locale=locale)
    return names[_DAYS.index(day)] if day in _DAYS else day
