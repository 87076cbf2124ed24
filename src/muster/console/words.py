"""Durations, instants and the phrases of clocks, in the active language.

Wall clocks are shown in Django's current time zone. A rest is rounded up, so that at 14:12:30 a clock due at 14:30 has
18 minutes left, as the wall says; what is past is rounded down, so that nothing is said to be later than it is.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from babel.dates import format_date, format_skeleton
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

MINUTE = timedelta(minutes=1)


def locale_of_dates() -> str:
    """The Babel locale for the active language: day before month in English, as the rest of the interface writes."""
    return "zh_Hans_CN" if (get_language() or "").startswith("zh") else "en_GB"


def duration(length: timedelta) -> str:
    """18分, 1小时30分, 2天3小时, 12天: two units at most, whole minutes, rounded down; never negative."""
    minutes = max(0, length // MINUTE)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days >= 10 or (days and not hours):
        return _("%(days)d d") % {"days": days}
    if days:
        return _("%(days)d d %(hours)d h") % {"days": days, "hours": hours}
    if hours and minutes:
        return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes}
    if hours:
        return _("%(hours)d h") % {"hours": hours}
    return _("%(minutes)d min") % {"minutes": minutes}


def left(rest: timedelta) -> str:
    """剩18分; at the instant itself 到时. Rounded up to whole minutes."""
    if rest <= timedelta(0):
        return _("due now")
    return _("%(time)s left") % {"time": duration(-(-rest // MINUTE) * MINUTE)}


def overdue(by: timedelta) -> str:
    """逾期12分; in the first minute 刚逾期."""
    if by < MINUTE:
        return _("just overdue")
    return _("%(time)s overdue") % {"time": duration(by)}


def past_aim(by: timedelta) -> str:
    """超5分: our own target has passed, which is no breach of the plan."""
    if by < MINUTE:
        return _("aim reached")
    return _("%(time)s past the aim") % {"time": duration(by)}


def early(by: timedelta) -> str:
    """提前8分; within the last minute 按时."""
    if by < MINUTE:
        return _("on time")
    return _("%(time)s early") % {"time": duration(by)}


def late(by: timedelta) -> str:
    """迟11分; within the first minute 迟不到1分."""
    if by < MINUTE:
        return _("under a minute late")
    return _("%(time)s late") % {"time": duration(by)}


def elapsed(since: timedelta) -> str:
    """已过2分　无时限; in the first minute 刚刚. The plan names no number, so nothing here is ever late."""
    if since < MINUTE:
        return _("just now, no limit")
    return _("%(time)s so far, no limit") % {"time": duration(since)}


def no_limit() -> str:
    return _("no limit")


def day(at: datetime, now: datetime) -> str:
    """3月9日 / 9 Mar; with the year when it is not this one."""
    local = timezone.localtime(at)
    skeleton = "MMMd" if local.year == timezone.localtime(now).year else "yMMMd"
    return format_skeleton(skeleton, local, tzinfo=local.tzinfo, locale=locale_of_dates())


def full_day(at: datetime) -> str:
    """2026年3月5日　周四 / 5 Mar 2026, Thu."""
    local = timezone.localtime(at)
    locale = locale_of_dates()
    date = format_skeleton("yMMMd", local, tzinfo=local.tzinfo, locale=locale)
    return f"{date}{'　' if locale.startswith('zh') else ', '}{format_date(local.date(), 'EEE', locale=locale)}"


def time_of_day(at: datetime) -> str:
    """14:30, always 24 hours."""
    return f"{timezone.localtime(at):%H:%M}"


def wall(at: datetime, now: datetime) -> str:
    """14:30, or 3月9日 17:30 when it is not today."""
    if timezone.localtime(at).date() == timezone.localtime(now).date():
        return time_of_day(at)
    return f"{day(at, now)} {time_of_day(at)}"


def for_the_browser() -> dict[str, str]:
    """The same phrases with {} for the time and {d} {h} {m} for numbers: console.js counts on with them."""
    return {
        "days": _("%(days)d d").replace("%(days)d", "{d}"),
        "days-hours": _("%(days)d d %(hours)d h").replace("%(days)d", "{d}").replace("%(hours)d", "{h}"),
        "hours-minutes": _("%(hours)d h %(minutes)d min").replace("%(hours)d", "{h}").replace("%(minutes)d", "{m}"),
        "hours": _("%(hours)d h").replace("%(hours)d", "{h}"),
        "minutes": _("%(minutes)d min").replace("%(minutes)d", "{m}"),
        "left": _("%(time)s left").replace("%(time)s", "{}"),
        "due-now": _("due now"),
        "overdue": _("%(time)s overdue").replace("%(time)s", "{}"),
        "just-overdue": _("just overdue"),
        "past-aim": _("%(time)s past the aim").replace("%(time)s", "{}"),
        "aim-reached": _("aim reached"),
        "just-begun": _("just now, no limit"),
        "elapsed": _("%(time)s so far, no limit").replace("%(time)s", "{}"),
        "title-overdue": _("(%(count)d overdue) ").replace("%(count)d", "{}"),
        "fell-overdue": _("Overdue: "),
        "mark-overdue": pgettext("task", "overdue"),
        "live": _("Live"),
        "delayed": _("Delayed"),
        "offline": _("Offline"),
        "seconds-ago": _("%(seconds)d s ago").replace("%(seconds)d", "{}"),
        "draft-kept": _("Draft kept %(time)s").replace("%(time)s", "{}"),
        "draft-back": _("What you had typed is back."),
        "theme-light": _("Light"),
        "theme-dark": _("Dark"),
        "theme-system": _("System"),
        "failed": _("The server could not do this. What you typed is kept; please try again."),
        "no-network": _("There is no connection. What you typed is kept; it has not been sent."),
        "signed-out": _("You are signed out. What you typed is kept: sign in again and come back to this page."),
        "not-allowed": _("You may not do this. Nothing was changed, and what you typed is kept."),
        "new-order": _("The order has changed. Show it."),
    }
