"""How often something recurs, in words: rules of RFC 5545, lengths of time, days of the calendar. 每周五, 每季度."""

from __future__ import annotations

import re

from muster.plans.conditions import Span
from muster.plans.model import Days, Moved, Words
from muster.plans.speaking.phrases import fill, listed, span
from muster.plans.speaking.vocabulary import MONTHS, WEEKDAYS

DAYS = {
    Days.WORKING: Words("每个工作日", "every working day"),
    Days.HOLIDAYS: Words("法定节假日每天", "every day of a public holiday"),
    Days.BEFORE_HOLIDAYS: Words("每个法定节假日前", "before every public holiday"),
}
MOVED = {
    Moved.BEFORE: Words("遇休息日提前至其前工作日", "on a day off, the working day before"),
    Moved.AFTER: Words("遇休息日顺延至其后工作日", "on a day off, the working day after"),
}
_ONCE = {
    Span(): Words("周期未设定", "at an interval that is not set"),
    Span(months=1): Words("每月", "every month"),
    Span(months=3): Words("每季度", "every quarter"),
    Span(months=12): Words("每年", "every year"),
    Span(seconds=3_600): Words("每小时", "every hour"),
    Span(seconds=86_400): Words("每天", "every day"),
    Span(seconds=7 * 86_400): Words("每周", "every week"),
}
_RULE_DAYS = dict(zip(("MO", "TU", "WE", "TH", "FR", "SA", "SU"), WEEKDAYS.values(), strict=True))
_FREQUENCIES = {
    "DAILY": (Words("每天", "every day"), "天", "days"),
    "WEEKLY": (Words("每周", "every week"), "周", "weeks"),
    "MONTHLY": (Words("每月", "every month"), "个月", "months"),
    "YEARLY": (Words("每年", "every year"), "年", "years"),
}
_SAID = frozenset({"BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "BYWEEKNO", "BYYEARDAY"})
_LAST_DAY = Words("最后一天", "the last day")


def every_day() -> Words:
    return _ONCE[Span(seconds=86_400)]


def every(length: Span, *, in_hours: bool = False) -> Words:
    """Once a month, once a year, once a week; other lengths as they are."""
    said = _ONCE.get(length)
    return said if said is not None else fill("每{length}", "every {length}", length=span(length, in_hours=in_hours))


def rule(text: str) -> Words:
    """A rule of RFC 5545 (section 3.3.10) in words: 每2周的周一、周三. What is beyond its usual parts is shown as written."""
    parts = dict(part.split("=", 1) for part in text.removeprefix("RRULE:").split(";") if "=" in part)
    frequency, interval = parts.pop("FREQ", ""), int(parts.pop("INTERVAL", "1") or 1)
    parts.pop("WKST", "")
    if frequency not in _FREQUENCIES or set(parts) - _SAID or (parts.get("BYSETPOS") and not parts.get("BYDAY")):
        return fill("按日历规则{text}", "by the rule {text}", text=text)
    given = {name: parts[name].split(",") if parts.get(name) else [] for name in _SAID}
    days = [_weekday(each, of_year=frequency == "YEARLY" and not given["BYMONTH"]) for each in given["BYDAY"]]
    if given["BYSETPOS"]:
        all_of = listed(days)
        days = [
            fill("{all}中的{nth}", "{nth} of {all}", all=all_of, nth=_nth_day(int(each))) for each in given["BYSETPOS"]
        ]
    weeks = [Words(f"第{each}周", f"week {each}") for each in given["BYWEEKNO"]]
    weeks += [Words(f"全年第{each}天", f"day {each} of the year") for each in given["BYYEARDAY"]]
    months = [Words(f"{int(each)}月", MONTHS[int(each) - 1]) for each in given["BYMONTH"]]
    dates = [_date(int(each)) for each in given["BYMONTHDAY"]]
    return _composed(frequency, interval, months, weeks, dates, days)


def _composed(
    frequency: str, interval: int, months: list[Words], weeks: list[Words], dates: list[Words], days: list[Words]
) -> Words:
    """How often, in which months and weeks, on which dates and days. What stands alone is said the short way."""
    if interval == 1 and not months and not weeks:
        if frequency == "WEEKLY" and days and not dates:
            return fill("每{days}", "every {days}", days=listed(days))
        if frequency == "MONTHLY" and dates and not days:
            return fill("每月{dates}", "every month, {dates}", dates=listed(dates))
        if frequency == "MONTHLY" and days and not dates:
            return fill("每月的{days}", "every month, {days}", days=listed(days))
    if frequency == "YEARLY" and interval == 1 and len(months) == len(dates) == 1 and not (days or weeks):
        return fill("每年{month}{date}", "every year on {date} of {month}", month=months[0], date=dates[0])
    often = _frequency(frequency, interval)
    rest = [listed(each) for each in (months, weeks, dates, days) if each]
    return fill("{often}的{rest}", "{often}: {rest}", often=often, rest=listed(rest, "　", " · ")) if rest else often


def _frequency(frequency: str, interval: int) -> Words:
    once, zh, en = _FREQUENCIES[frequency]
    if (frequency, interval) == ("MONTHLY", 3):
        return _ONCE[Span(months=3)]
    return once if interval == 1 else Words(f"每{interval}{zh}", f"every {interval} {en}")


def _weekday(given: str, *, of_year: bool) -> Words:
    """周五, 第2个周五, 最后一个周五: the number counts within the month, or within the year."""
    found = re.fullmatch(r"([+-]?\d+)?([A-Z]{2})", given)
    if found is None or found[2] not in _RULE_DAYS:
        return Words(given)
    day = _RULE_DAYS[found[2]]
    if found[1] is None:
        return day
    nth = int(found[1])
    if nth == -1:
        return fill("最后一个{day}", "the last {day}", day=day)
    if nth > 0:
        said = fill("第{nth}个{day}", "{day} no. {nth}", nth=nth, day=day)
    else:
        said = fill("倒数第{nth}个{day}", "{day} no. {nth} from the end", nth=-nth, day=day)
    return fill("全年{said}", "{said} of the year", said=said) if of_year else said


def _nth_day(nth: int) -> Words:
    if nth == -1:
        return _LAST_DAY
    return Words(f"第{nth}天", f"day no. {nth}") if nth > 0 else _from_the_end(nth)


def _date(date: int) -> Words:
    if date == -1:
        return _LAST_DAY
    return Words(f"{date}日", f"day {date}") if date > 0 else _from_the_end(date)


def _from_the_end(nth: int) -> Words:
    return Words(f"倒数第{-nth}天", f"day no. {-nth} from the end")
