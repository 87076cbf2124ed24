"""What the components of the console take: plain values, no models.

A page builds these and hands them to the tags of `muster.console.templatetags.console`. Every text is already in the
language of the reader; every instant is aware. `templates/console/parts/README.md` shows each component in use.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Hue = Literal["I", "II", "III", "IV"]
HUES: tuple[Hue, ...] = ("I", "II", "III", "IV")

TaskState = Literal["open", "acknowledged", "overdue", "returned", "done", "waiting", "superseded", "sending"]
ClockState = Literal["open", "soon", "overdue", "met", "met-late", "none", "unset", "pending", "past-aim"]
Source = Literal["plan", "own", "party"]
Verdict = Literal["excluded", "possible", "certain", "confirmed", "passed"]


def hue_of_rank(rank_from_top: int) -> Hue:
    """The hue of a level by its place in its scale: 0 is the highest. A scale with more than four shares the last."""
    return HUES[min(rank_from_top, len(HUES) - 1)]


@dataclass(frozen=True, slots=True)
class Level:
    """One level of one scale: `code` is what people say (Ⅲ级, 黄色), `name` what it means (较大, 预警)."""

    hue: Hue | None
    code: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Cite:
    """The article of the plan that a rule comes from; `url` opens it in the plan reader."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock as it is drawn. Its state follows from the instants; only `unset` and `pending` have to be said.

    `by`: whose number it is: the plan's, our own (an aim, never counted as a breach), or agreed with a party.
    `started_at` is the anchor: it gives the run bar, and the elapsed time where the plan names no number.
    """

    due_at: datetime | None = None
    started_at: datetime | None = None
    done_at: datetime | None = None
    was_due_at: datetime | None = None  # the due instant before the anchor was corrected
    by: Source = "plan"
    state: Literal["unset", "pending"] | None = None  # the anchor is not known; the condition is not decided
    left: str = ""  # replaces the calculated rest, for working days: 剩2个工作日
    says: str = ""  # stands beside it, quietly: 每2小时


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task in a list."""

    id: str  # of the element; stable, so that a refresh finds the row again
    state: TaskState
    name: str
    kind: str = ""  # 报告, 决定, 行动 …
    url: str = ""
    is_key: bool = False  # its name in bold
    subs: Sequence[str] = ()  # what has happened, who is asked, what it waits for
    cites: Sequence[Cite] = ()
    clock: Clock | None = None
    clock_text: str = ""  # where there is no clock: 已替代, 未开放, 退回1次
    words: str = ""  # the sentence of the plan
    words_source: str = ""  # 六（四）2（3）　2022年4月29日版
    contact: str = ""
    sample: str = ""  # a text to start from
    words_open: bool = False


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion of a level. `truth`: True holds, False does not, None is not known yet."""

    text: str
    truth: bool | None
    facts: str = ""  # 影响范围＝全市；受影响行业＝2个
    cite: Cite | None = None


@dataclass(frozen=True, slots=True)
class Grade:
    """One level of the grading with its verdict and what stands behind it."""

    level: Level
    verdict: Verdict
    says: str = ""  # 4条不成立, 差1问, 08:41至13:05
    criteria: Sequence[Criterion] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """One possible answer of an open question, with what it would lead to."""

    value: str
    text: str
    then: str = ""
    is_unknown: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """The open question that would settle most. `name` is the field that is posted to `url`."""

    text: str
    name: str
    answers: Sequence[Answer]
    url: str
    id: str = "question"
    lead: str = ""  # the line above it; the default says that this answer settles most
    cite: Cite | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the journal; its number is its address."""

    number: int
    at: datetime
    text: str
    by: str = ""
    is_key: bool = False
    is_pinned: bool = False
    is_refusal: bool = False
    is_fresh: bool = False
    happened_at: datetime | None = None  # given when it was learned later than it happened (补记)


@dataclass(frozen=True, slots=True)
class Stage:
    name: str
    place: Literal["past", "now", "next"]


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab or one filter. `id` is for the keyboard and for tests."""

    text: str
    url: str
    count: str | int = ""
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of the main navigation; `key` is pressed after g."""

    text: str
    url: str
    key: str = ""
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """One chip of a choice."""

    value: str
    text: str
    is_unknown: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the readout at the top of the board."""

    name: str
    number: str | int
    says: str = ""
    is_late: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table. `spot` says where its cells go when rows become blocks on a phone.

    `sub`: under the first cell; `right`: at the right of the first line; `right-sub`: at the right of the second;
    `line`: a line of its own; `away`: not on a phone; empty: name and value on a line of their own.
    """

    name: str
    spot: Literal["", "sub", "right", "right-sub", "line", "away"] = ""
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """One line of who is on duty. `which` is the post or the tier."""

    which: str
    name: str
    says: str = ""
    telephone: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """One person or body in the tree of command."""

    name: str
    role: str = ""
    telephone: str = ""
    says: str = ""
    is_later: bool = False  # not set up yet
    below: Sequence[Node] = field(default=())


@dataclass(frozen=True, slots=True)
class Callout:
    """How far a call-out has come: numbers of people or units."""

    accepted: int = 0
    read: int = 0
    delivered: int = 0
    silent: int = 0
    declined: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """One task of one colour on the ladder of warnings."""

    state: TaskState
    text: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class Rung:
    """One colour on the ladder of warnings: what it keeps from the colour below, and what it adds."""

    level: Level
    title: str  # 黄色预警
    says: str = ""  # 3月3日09:40起
    status: str = ""  # 现行, 待批准: in bold
    facts: Sequence[tuple[str, str]] = ()  # 建议, 批准, 发布, 会商
    carries: str = ""  # 蓝色3项，另加7项
    kept: int = 0
    added: Sequence[Step] = ()
    is_on: bool = False  # in force, now or before: its steps are filled
