"""Values as people write them (是, 300人, 1,200万元, 90分钟, 45m, 本县) to the values that the engine takes.

What cannot be read is handed on as it stands: the engine refuses it with a sentence that says what is allowed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import Any

from muster.drills.instants import is_date, signed_span_of
from muster.drills.names import Names
from muster.plans.model import Choice

_AMOUNT = re.compile(r"(?P<number>[-+]?[0-9][0-9,]*(?:\.[0-9]+)?)\s*(?P<unit>[十百千万亿]*)\s*[^0-9.]{0,4}")
_UNITS = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_TRUTHS = {"有": True, "是的": True, "需要": True, "无": False, "没有": False, "不是": False, "不需要": False}

# Turns the text of an instant ("45m", "1d 09:30") into the instant.
ToInstant = Callable[[str], datetime | None]


def number_of(text: str) -> int | float | None:
    """The number in `300人`, `1,200`, `2.6亿`; None where there is none."""
    match = _AMOUNT.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None:
        return None
    number = float(match["number"].replace(",", ""))
    for unit in match["unit"]:
        number *= _UNITS[unit]
    return int(number) if number == int(number) else number


def spelled(kind: str, choices: tuple[Choice, ...], value: Any, to_instant: ToInstant, zone: tzinfo) -> Any:
    """`value` as the engine takes it for a fact or a field of that type."""
    if value is None:
        return None
    match kind:
        case "bool":
            return _TRUTHS.get(value.strip(), value) if isinstance(value, str) else value
        case "int" | "number" | "money":
            number = number_of(value) if isinstance(value, str) else value
            return value if number is None else number
        case "duration":
            span = signed_span_of(value) if isinstance(value, str) else None
            return value if span is None or span[1].months or span[1].working_days else span[0] * span[1].seconds
        case "instant":
            at = to_instant(value) if isinstance(value, str) else None
            return value if at is None else at.isoformat()
        case "date":
            if not isinstance(value, str) or is_date(value):
                return value
            at = to_instant(value)
            return value if at is None else at.astimezone(zone).date().isoformat()
        case "enum":
            return (Names.choice(choices, value) or value) if isinstance(value, str) else value
        case "set":
            given = value if isinstance(value, list) else [value]
            return [(Names.choice(choices, each) or each) if isinstance(each, str) else each for each in given]
        case "list":
            return value if isinstance(value, list) else [value]
        case _:
            return value
