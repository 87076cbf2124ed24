"""How often something recurs, said as a sentence of the reader's language: 每周五17:00前, 每3个月, 法定节假日前最后一个工作日."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from babel.dates import format_skeleton, get_day_names
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from muster.console import naming, spoken, words
from muster.engine import NEW, Program
from muster.plans.conditions import Span
from muster.plans.model import Again, Days, Moved

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LEAP_YEAR = 2024


def says(program: Program, again: Again) -> str:
    """The recurrence in words; a rule that is too rich for a short sentence stands as the plan wrote it."""
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
        return _rule(again.rule)
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


def _rule(rule: str) -> str:
    parts = dict(part.split("=", 1) for part in rule.removeprefix("RRULE:").split(";") if "=" in part)
    frequency, interval = parts.pop("FREQ", ""), int(parts.pop("INTERVAL", "1") or 1)
    if set(parts) - {"BYDAY", "BYMONTHDAY", "BYMONTH"} or interval != 1:
        return rule
    days, month_days, months = (parts.get(name, "") for name in ("BYDAY", "BYMONTHDAY", "BYMONTH"))
    if frequency == "DAILY" and not parts:
        return _("every day")
    if frequency == "WEEKLY" and not (month_days or months):
        return (
            pgettext("recurrence", "every %(days)s") % {"days": naming.join(map(_day, days.split(",")))}
            if days
            else _("every week")
        )
    if frequency == "MONTHLY" and not months:
        if month_days == "-1" and not days:
            return _("on the last day of every month")
        if month_days.isdecimal() and not days:
            return _("on day %(day)s of every month") % {"day": month_days}
        if (nth := re.fullmatch(r"(-1|[1-5])([A-Z]{2})", days)) and not month_days:
            named = {"nth": nth[1], "day": _day(nth[2])}
            return (
                _("on the last %(day)s of every month") % named
                if nth[1] == "-1"
                else _("on %(day)s no. %(nth)s of every month") % named
            )
    if frequency == "YEARLY" and months.isdecimal() and month_days.isdecimal() and not days:
        day = format_skeleton("MMMd", date(_LEAP_YEAR, int(months), int(month_days)), locale=words.locale_of_dates())
        return _("every year on %(day)s") % {"day": day}
    return rule


def _day(day: str) -> str:
    """周五 / Friday."""
    locale = words.locale_of_dates()
    names = get_day_names("abbreviated" if naming.language() == "zh" else "wide", locale=locale)
    return names[_DAYS.index(day)] if day in _DAYS else day
