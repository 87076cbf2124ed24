"""One task of a plan in words: who, to whom, by when, under which condition, with whose approval."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from muster.console import naming, spoken
from muster.engine import Program
from muster.plans import conditions as c
from muster.plans import shelf
from muster.plans.conditions import Expression, Node, Span
from muster.plans.model import Approval, CaseKind, Mode, Stated, Task, TaskKind

DAY = 86_400
NO_NUMBER = float("inf")


@dataclass(frozen=True, slots=True)
class Cited:
    """An article. `id` is the place that citations of it lead to: only the first that rests on it has one."""

    text: str
    id: str = ""

    def __str__(self) -> SafeString:
        """The article as a page shows it."""
        place = format_html(' id="{}"', self.id) if self.id else ""
        return format_html('<span class="cite"{}>{}</span>', place, self.text) if self.text else SafeString("")


class Places:
    """Gives every article one place on the page: where it is first shown."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def cited(self, cite: str) -> Cited:
        if not cite:
            return Cited("")
        anchor = naming.anchor(cite)
        first = anchor not in self._taken
        self._taken.add(anchor)
        return Cited(article(cite), anchor if first else "")


def article(cite: str) -> str:
    """An article as the paper writes it."""
    return cite.replace("(", "（").replace(")", "）") if naming.language() == "zh" else cite


@dataclass(frozen=True, slots=True)
class Other:
    """Another task that this one speaks of."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Regulated:
    """What a regulation says of the same duty."""

    pack: str
    name: str
    limit: str
    cite: str


@dataclass(frozen=True, slots=True)
class TaskWords:
    """A task as the reader shows it. `weight` orders limits: seconds from their anchor, infinite without a number."""

    id: str
    kind: str
    kind_name: str
    name: str
    text: str
    section: CaseKind
    group: str
    who: str
    beside: str
    draft: str
    to: str
    copies: str
    channels: str
    limit: str
    aim: str
    prompt: str
    repeats: str
    when: str
    raw: str
    after: tuple[Other, ...]
    approve: str
    sign: str
    form: str
    settles: str
    fills: str
    before: str
    marks: tuple[tuple[str, str], ...]
    checks: tuple[str, ...]
    pack: str
    also: tuple[Regulated, ...]
    cite: Cited
    is_offer: bool
    weight: float

    @property
    def anchor(self) -> str:
        """The id of its row, for links from elsewhere."""
        return f"task-{self.id}"

    @property
    def has_number(self) -> bool:
        return bool(self.limit)

    @property
    def clock(self) -> str:
        """The shortest true statement of its clock: the limit, else our aim, else the plan's word, else how often."""
        return self.limit or (_("aim: %(aim)s") % {"aim": self.aim} if self.aim else "") or self.prompt or self.repeats

    @property
    def is_stated_twice(self) -> bool:
        """Whether a regulation states the same duty, so that the stricter clock of the two holds."""
        return bool(self.also)


def in_words(program: Program, task: Task, places: Places) -> TaskWords:
    edition = program.edition
    group = edition.groups.get(task.group)
    of_group = {e.source for e in (group.while_, group.when) if e is not None} if group is not None else set()
    conditions = (*task.while_, *task.when)
    own = [each for each in conditions if each.source not in of_group]
    return TaskWords(
        id=task.id,
        kind=task.kind.value,
        kind_name=naming.task_kind(task.kind.value),
        name=naming.say(task.name),
        text=naming.say(task.text),
        section=task.section,
        group=task.group,
        who=who(program, task.who, task.mode),
        beside=naming.actors(program, task.with_),
        draft=naming.actors(program, task.draft),
        to=addressees(program, task),
        copies=naming.actors(program, task.cc),
        channels=naming.join(channel(each) for each in task.channel),
        limit=spoken.clock(program, task.due, of=task.id),
        aim=spoken.clock(program, task.aim, of=task.id),
        prompt=spoken.prompt(program, task),
        repeats=spoken.again(program, task.again),
        when=spoken.condition(program, own),
        raw="\n".join(each.source for each in conditions),
        after=tuple(Other(each, naming.say(edition.tasks[each].name)) for each in task.after if each in edition.tasks),
        approve=" → ".join(_approval(program, each) for each in task.approve),
        sign=naming.actors(program, task.sign),
        form=naming.say(edition.forms[task.form].name) if task.form in edition.forms else "",
        settles=_settles(program, task),
        fills=naming.actor(program, task.fills) if task.fills else "",
        before=naming.stage(task.before.value) if task.before is not None else "",
        marks=tuple((spoken.value(program, each.at), naming.say(each.say)) for each in task.marks),
        checks=tuple(naming.say(each.say) for each in task.done),
        pack=naming.say(shelf.pack_title(task.pack)) if task.pack else "",
        also=tuple(_regulated(program, each) for each in task.also),
        cite=places.cited(task.cite),
        is_offer=task.may,
        weight=weight(program, task.due),
    )


def who(program: Program, actors: Iterable[str], mode: Mode | None) -> str:
    """Who owes it; with several, whether any of them suffices, each owes his own, or all together owe one result."""
    listed = list(actors)
    named = naming.actors(program, listed)
    if len(listed) < 2 or mode is None:
        return named
    how = {
        Mode.ANY: pgettext("several actors", "any of them"),
        Mode.EACH: pgettext("several actors", "each of them"),
        Mode.JOINT: pgettext("several actors", "jointly"),
    }[mode]
    return _("%(who)s (%(how)s)") % {"who": named, "how": how}


def addressees(program: Program, task: Task) -> str:
    named = naming.actors(program, task.to)
    if len(task.to) < 2 or task.reach == "each":
        return named
    how = _("any of them") if task.reach == "any" else _("one step up at a time")
    return _("%(who)s (%(how)s)") % {"who": named, "how": how}


def channel(given: str) -> str:
    """What a plan calls a way of sending; one of its own names stays as it is."""
    known = {
        "phone": pgettext("channel", "phone"), "written": pgettext("channel", "in writing"),
        "fax": pgettext("channel", "fax"), "sms": pgettext("channel", "text message"),
        "mail": pgettext("channel", "mail"), "email": pgettext("channel", "e-mail"),
        "newspaper": pgettext("channel", "newspaper"), "television": pgettext("channel", "television"),
        "radio": pgettext("channel", "radio"), "internet": pgettext("channel", "internet"),
        "website": pgettext("channel", "website"), "microblog": pgettext("channel", "microblog"),
        "in-person": pgettext("channel", "in person"), "face-to-face": pgettext("channel", "face to face"),
        "video-conference": pgettext("channel", "video conference"), "platform": pgettext("channel", "platform"),
        "government-oa": pgettext("channel", "government office network"),
        "trading-terminal": pgettext("channel", "trading terminal"),
        "service-centres": pgettext("channel", "service centres"), "OA": "OA",
    }  # fmt: skip
    return known.get(given, given)


def _approval(program: Program, step: Approval) -> str:
    named = who(program, step.who, step.mode if len(step.who) > 1 else None)
    notes = [spoken.clock(program, step.due)] if step.due is not None else []
    if step.when is not None:
        notes.append(_("if %(condition)s") % {"condition": spoken.condition(program, [step.when])})
    return _("%(who)s (%(how)s)") % {"who": named, "how": naming.join(notes)} if notes else named


def _settles(program: Program, task: Task) -> str:
    """What a decision settles: a question, a level, the types, the start, the end, the lifting."""
    edition = program.edition
    if not task.settles:
        return ""
    if task.settles in edition.facts:
        return naming.say(edition.facts[task.settles].name)
    if task.settles in edition.scales:
        return naming.say(edition.scales[task.settles].name)
    return {
        "types": pgettext("settles", "the types of the incident"),
        "start": pgettext("settles", "the start of the response"),
        "end": pgettext("settles", "the end of the response"),
        "lift": pgettext("settles", "the lifting of the warning"),
    }.get(task.settles, "")


def _regulated(program: Program, stated: Stated) -> Regulated:
    return Regulated(
        pack=naming.say(shelf.pack_title(stated.pack)),
        name=naming.say(stated.name),
        limit=spoken.clock(program, stated.due) or (spoken.word(stated.word) if stated.word else ""),
        cite=article(stated.cite),
    )


# --- the order of clocks


def weight(program: Program, due: Expression | None) -> float:
    """Seconds from its anchor, as far as the plan itself says; infinite for no number."""
    return _seconds(program, due.tree) if due is not None else NO_NUMBER


def _seconds(program: Program, tree: Node) -> float:
    match tree:
        case c.Constant(Span() as span):
            return span.seconds + span.working_days * 1.4 * DAY + span.months * 30 * DAY
        case c.Sum("+", c.Name(_) | c.Call("done" | "received" | "confirmed" | "first_known"), right):
            return _seconds(program, right)
        case c.Sum("+", left, right):
            known = _seconds(program, left)
            return (known if known < NO_NUMBER else 0) + _seconds(program, right)
        case c.Name(name) if (setting := program.edition.settings.get(name)) is not None and setting.value is not None:
            return _seconds(program, setting.value.tree)
        case c.Name(name) if (fact := program.edition.facts.get(name)) is not None and fact.derived is not None:
            return _seconds(program, fact.derived.tree)
        case c.Choose(_when, yes, no):
            return min(_seconds(program, yes), _seconds(program, no))
        case c.Call("earliest", many):
            return min(_seconds(program, each) for each in many)
        case c.Call("latest", many):
            return max(_seconds(program, each) for each in many)
        case c.Call("end_of_day", _arguments):
            return DAY
        case c.Call("next", _arguments):
            return 7 * DAY
        case c.Name(_):
            return 1000 * DAY
    return NO_NUMBER


# --- articles in the order of the paper

_DIGITS = {each: n for n, each in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}


def pieces(cite: str) -> list[str]:
    """The single articles of a citation that names several: 第八条(一)1、第八条(二)1."""
    found = [each.strip() for each in re.split(r"[、；;]", cite) if each.strip()]
    return found if len({_sort_of(each) for each in found}) == 1 else [cite]


def _sort_of(piece: str) -> str:
    first = piece[0]
    if first in "第附":
        return "whole"  # 第十一条, 附表: each names its place in full
    return "numeral" if first in _DIGITS or first == "十" else "digit" if first.isdecimal() else first


def order(piece: str) -> tuple[int, tuple[int, ...], str]:
    """A key by which articles sort as they stand in the paper; what has no number (附表) comes last."""
    numbers = tuple(_number(each) for each in re.findall(r"[零〇一二两三四五六七八九十百]+|\d+|[①-⒇]", piece))
    return (0 if numbers and not piece.startswith("附") else 1, numbers, piece)


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    if len(text) == 1 and "①" <= text <= "⒇":
        return (ord(text) - ord("①")) % 20 + 1
    total, digit = 0, 0
    for each in text:
        if each in "十百":
            total += (digit or 1) * (10 if each == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[each]
    return total + digit


def is_report(task: TaskWords) -> bool:
    return task.kind == TaskKind.REPORT


def is_release(task: TaskWords) -> bool:
    return task.kind == TaskKind.RELEASE
