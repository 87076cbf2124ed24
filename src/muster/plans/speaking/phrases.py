"""Parts of sentences in both languages at once: filled in, listed, quoted; lengths of time."""

from __future__ import annotations

import re
from collections.abc import Iterable

from muster.plans.conditions import Span
from muster.plans.model import Words

NONE = Words("", "")


def fill(zh: str, en: str, /, **parts: Words | str | int) -> Words:
    """One sentence, or part of one, in both languages, with `parts` put in by name."""
    said = {key: part if isinstance(part, Words) else Words(str(part), str(part)) for key, part in parts.items()}
    return Words(
        zh.format(**{key: part.say("zh") for key, part in said.items()}),
        en.format(**{key: part.say("en") for key, part in said.items()}),
    )


def listed(parts: Iterable[Words], zh: str = "、", en: str = ", ") -> Words:
    """Several side by side: 甲、乙 / A, B."""
    each = list(parts)
    return Words(zh.join(part.say("zh") for part in each), en.join(part.say("en") for part in each))


def either(parts: Iterable[Words]) -> Words:
    """One of several: 甲或乙. Each in quotation marks where a name has an “or” or a comma of its own."""
    each = list(parts)
    if len(each) > 1 and any(_JOINED.search(part.zh + part.en) for part in each):
        each = [quoted(part) for part in each]
    return listed(each, "或", " or ")


_JOINED = re.compile(r"或|、|，|,| or ")


def quoted(words: Words) -> Words:
    """“甲”. Quotation marks within become single ones."""

    def inside(text: str) -> str:
        return text.replace("“", "‘").replace("”", "’")

    return Words(f"“{inside(words.say('zh'))}”", f"“{inside(words.say('en'))}”")


def span(length: Span, *, in_hours: bool = False) -> Words:
    """30分钟, 1小时30分钟, 5个工作日, 1年. `in_hours`: the plan writes 24 hours, not a day."""
    years, months = divmod(length.months, 12)
    parts = [
        _counted(years, "年", "year"),
        _counted(months, "个月", "month"),
        _counted(length.working_days, "个工作日", "working day"),
    ]
    rest = length.seconds
    for size, zh, en in ((86_400, "天", "day"), (3_600, "小时", "hour"), (60, "分钟", "minute"), (1, "秒", "second")):
        if size == 86_400 and in_hours:
            continue
        amount, rest = divmod(rest, size)
        parts.append(_counted(amount, zh, en))
    return listed([part for part in parts if part is not None] or [Words("0分钟", "0 minutes")], "", " ")


def _counted(amount: int, zh: str, en: str) -> Words | None:
    return Words(f"{amount}{zh}", f"{amount} {en}{'s' if amount != 1 else ''}") if amount else None
