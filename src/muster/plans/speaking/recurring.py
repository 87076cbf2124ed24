"""Rules of recurrence, and days of the calendar, in words: 每周周五, 每3个月15日."""

from __future__ import annotations

import re

from muster.plans.model import Days, Moved, Words
from muster.plans.speaking.phrases import fill, listed
from muster.plans.speaking.vocabulary import WEEKDAYS

_RULE_DAYS = dict(zip(("MO", "TU", "WE", "TH", "FR", "SA", "SU"), WEEKDAYS.values(), strict=True))
DAYS = {
    Days.WORKING: Words("每个工作日", "every working day"),
    Days.HOLIDAYS: Words("每个法定节假日", "every public holiday"),
    Days.BEFORE_HOLIDAYS: Words("每次放假前的最后一个工作日", "the last working day before every public holiday"),
}
MOVED = {
    Moved.BEFORE: Words("遇休息日提前", "moved to the working day before"),
    Moved.AFTER: Words("遇休息日顺延", "moved to the working day after"),
}
_BY_DAY = re.compile(r"([+-]?\d+)?(MO|TU|WE|TH|FR|SA|SU)")
_FREQUENCIES = {
    "DAILY": (Words("每天", "every day"), "天", "days"),
    "WEEKLY": (Words("每周", "every week"), "周", "weeks"),
    "MONTHLY": (Words("每月", "every month"), "个月", "months"),
    "YEARLY": (Words("每年", "every year"), "年", "years"),
}


def rule(text: str) -> Words:
    """A rule of RFC 5545 in words: 每周周五, 每3个月15日. What is beyond the usual parts is shown as it is written."""
    parts = dict(part.split("=", 1) for part in text.removeprefix("RRULE:").split(";") if "=" in part)
    if parts.get("FREQ") not in _FREQUENCIES or parts.keys() - {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH"}:
        return fill("按日历规则{text}", "by the rule {text}", text=text)
    words, zh, en = _FREQUENCIES[parts["FREQ"]]
    interval = parts.get("INTERVAL", "1")
    said = words if interval == "1" else Words(f"每{interval}{zh}", f"every {interval} {en}")
    if "BYMONTH" in parts:
        months = parts["BYMONTH"].split(",")
        said = fill("{said}{zh}月", "{said} in month {en}", said=said, zh="、".join(months), en=", ".join(months))
    if "BYMONTHDAY" in parts:
        days = listed(
            Words("最后一天", "the last day") if day == "-1" else Words(f"{day}日", f"day {day}")
            for day in parts["BYMONTHDAY"].split(",")
        )
        said = fill("{said}{days}", "{said} on {days}", said=said, days=days)
    if "BYDAY" in parts:
        days = listed(_nth(*match.groups("")) for match in _BY_DAY.finditer(parts["BYDAY"]))
        if parts.keys() == {"FREQ", "BYDAY"} and parts["FREQ"] == "WEEKLY":
            return fill("每{days}", "every {days}", days=days)
        said = fill("{said}的{days}", "{said} on {days}", said=said, days=days)
    return said


def _nth(number: str, day: str) -> Words:
    name = _RULE_DAYS[day]
    if not number:
        return name
    if number == "-1":
        return fill("最后一个{day}", "the last {day}", day=name)
    if number.startswith("-"):
        return fill("倒数第{n}个{day}", "{day} {n} from the end", n=number[1:], day=name)
    return fill("第{n}个{day}", "{day} number {n}", n=number.lstrip("+"), day=name)
