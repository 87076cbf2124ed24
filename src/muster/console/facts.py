"""The questions of a plan as fields of a form, and what was typed into them as answers.

不清楚 is an answer to every one of them. What cannot be read is said beside its field, and what was typed stays there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from muster.console import naming, words
from muster.console.parts import Option
from muster.engine import Program
from muster.engine.state import Case
from muster.engine.values import plain_value
from muster.plans.conditions import Expression
from muster.plans.model import CaseKind, Choice, Fact, Field, Scale, Words

PREFIX = "fact-"
UNKNOWN = "unknown"

# How the text fields of `{% field %}` are called for each type of fact or of a form's field.
_KINDS: Mapping[str, str] = {
    "int": "number", "number": "number", "money": "number", "instant": "instant", "date": "date", "phone": "tel",
    "longtext": "long", "list": "long",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as `console/_asked.html` draws it. `value` is a text, or a list where several may be chosen.

    `unsure` is the name of the chip 不清楚 beside a text field, where the question is one of the grading.
    """

    name: str
    label: str
    shape: str  # choice, several, text
    kind: str = "text"
    options: Sequence[Option] = ()
    value: Any = ""
    hint: str = ""
    error: str = ""
    unsure: str = ""
    is_unsure: bool = False
    required: bool = False

    @property
    def is_short(self) -> bool:
        """Numbers and times need little room."""
        return self.kind in ("number", "instant", "date", "tel")

    @property
    def only_unsure(self) -> tuple[Option, ...]:
        """The chip 不清楚 beside a text field."""
        return (Option("on", pgettext("answer", "not known"), is_unknown=True),)

    @property
    def unsure_value(self) -> list[str]:
        return ["on"] if self.is_unsure else []


@dataclass(frozen=True, slots=True)
class Answers:
    """What was typed: fact → plain value, None for 不清楚; what was left alone is not in it. Errors by fact."""

    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def known(self) -> dict[str, Any]:
        """Only what was really answered."""
        return {name: value for name, value in self.values.items() if value is not None}


# --- which questions to ask first


def asked_first(program: Program, scale: Scale | None, most: int = 4) -> list[str]:
    """The facts that settle most of a scale's criteria, by how many of them read each; the plan's order breaks ties."""
    if scale is None:
        return []
    counts: dict[str, int] = {}
    for criterion in scale.criteria:
        if criterion.when is None:
            continue
        for name in program.reads(criterion.when):
            fact = program.edition.facts.get(name)
            if fact is not None and fact.derived is None:
                counts[name] = counts.get(name, 0) + 1
    order = list(program.edition.facts)
    return sorted(counts, key=lambda name: (-counts[name], order.index(name)))[:most]


def asked_by_tasks(program: Program, most: int) -> list[str]:
    """Where no levels rest on them: the facts that most tasks and types of an incident hang on, except those that a
    decision of the plan settles later. The plan's order breaks ties."""
    conditions = [
        [*program.edition.tasks[task].while_, *program.edition.tasks[task].when]
        for task in program.index.by_section.get(CaseKind.INCIDENT, ())
    ]
    conditions += [[kind.when] for kind in program.edition.types.values() if kind.when is not None]
    counts: dict[str, int] = {}
    for parts in conditions:
        for name in {name for part in parts for name in _underlying(program, part)}:
            if not program.index.settled_by.get(name):
                counts[name] = counts.get(name, 0) + 1
    order = list(program.edition.facts)
    return sorted(counts, key=lambda name: (-counts[name], order.index(name)))[:most]


def _underlying(program: Program, expression: Expression, seen: frozenset[str] = frozenset()) -> Iterator[str]:
    """The facts that somebody can answer and that an expression reads, through those that are computed."""
    for name in program.reads(expression):
        fact = program.edition.facts.get(name)
        if fact is None or name in seen:
            continue
        if fact.derived is None:
            yield name
        else:
            yield from _underlying(program, fact.derived, seen | {name})


def typeable(program: Program) -> list[str]:
    """All facts that a person can answer, in the plan's order."""
    return [fact.id for fact in program.edition.facts.values() if fact.derived is None]


# --- fields of facts


def ask(
    program: Program,
    names: Iterable[str],
    *,
    known: Mapping[str, Any] | None = None,
    typed: QueryDict | None = None,
    errors: Mapping[str, str] | None = None,
) -> list[Asked]:
    """The fields of some facts: filled with what was `typed`, else with what the case knows already."""
    return [
        _ask_fact(program.edition.facts[name], program.zone, known or {}, typed, (errors or {}).get(name, ""))
        for name in names
        if name in program.edition.facts
    ]


def _ask_fact(fact: Fact, zone: ZoneInfo, known: Mapping[str, Any], typed: QueryDict | None, error: str) -> Asked:
    name = PREFIX + fact.id
    label = naming.say(fact.ask or fact.name)
    hint = naming.say(fact.text) if fact.text else ""
    options = _options(fact.type, fact.values)
    given = typed.getlist(name) if typed is not None else None
    if options:
        shape = "several" if fact.type == "set" else "choice"
        value: Any = given if given is not None else _as_chosen(known.get(fact.id))
        return Asked(name, label, shape, options=options, value=_one_or_list(value, shape), hint=hint, error=error)
    unsure = f"{name}-unsure"
    text = (given or [""])[-1] if given is not None else as_text(fact.type, known.get(fact.id), zone)
    unit = naming.say(fact.unit)
    return Asked(
        name,
        f"{label}（{unit}）" if unit and naming.language() == "zh" else f"{label} ({unit})" if unit else label,
        "text",
        kind=_KINDS.get(fact.type, "text"),
        value=text,
        hint=hint or (_("Such as 90 min or 2 h") if fact.type == "duration" else ""),
        error=error,
        unsure=unsure,
        is_unsure=typed is not None and unsure in typed,
    )


def _options(kind: str, choices: Sequence[Choice]) -> list[Option]:
    if kind == "bool":
        return [Option("true", pgettext("answer", "yes")), Option("false", pgettext("answer", "no"))]
    return [Option(choice.id, naming.say(choice.name)) for choice in choices]


def _as_chosen(value: Any) -> list[str]:
    if value is None:
        return []
    if isinstance(value, bool):
        return ["true" if value else "false"]
    return [str(each) for each in value] if isinstance(value, list | tuple) else [str(value)]


def _one_or_list(value: list[str], shape: str) -> Any:
    return value if shape == "several" else (value[-1] if value else "")


# --- reading what was typed


def read(program: Program, typed: QueryDict, names: Iterable[str] | None = None, *, now: datetime) -> Answers:
    """The answers in a form that was sent; of the named facts, or of all whose fields are in it."""
    found = Answers()
    for name in names if names is not None else typeable(program):
        fact = program.edition.facts.get(name)
        if fact is None or fact.derived is not None:
            continue
        given = [each.strip() for each in typed.getlist(PREFIX + name)]
        given = [each for each in given if each]
        if UNKNOWN in given and (fact.type != "set" or given == [UNKNOWN]):
            found.values[name] = None
        elif not given:
            if f"{PREFIX}{name}-unsure" in typed:
                found.values[name] = None
        else:
            given = [each for each in given if each != UNKNOWN]
            value = value_of(fact.type, fact.values, given, program.zone, now)
            if value is None:
                found.errors[name] = _cannot(fact.type)
            else:
                found.values[name] = value
    return found


def value_of(kind: str, choices: tuple[Choice, ...], given: list[str], zone: ZoneInfo, now: datetime) -> Any:
    """The plain value of what was typed; None where it cannot be read."""
    text = unicodedata.normalize("NFKC", given[-1]).strip()
    match kind:
        case "set":
            return plain_value("set", choices, given)
        case "list":
            return [line.strip() for each in given for line in re.split(r"[\n；;]", each) if line.strip()] or None
        case "instant":
            at = instant(text, zone, now)
            return at.isoformat() if at is not None else None
        case "duration":
            length = length_of(text)
            return int(length.total_seconds()) if length is not None else None
        case "int" | "number" | "money":
            return plain_value(kind, choices, text.replace(",", ""))
        case "text" | "longtext" | "person" | "phone" | "file":
            return given[-1]
        case _:
            return plain_value(kind, choices, text)


_INSTANT = re.compile(
    r"(?:(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})日?[ T]+|(\d{1,2})[-/月](\d{1,2})日?[ T]+)?(\d{1,2}):(\d{2})"
)


def instant(text: str, zone: ZoneInfo, now: datetime) -> datetime | None:
    """An instant typed as 13:40, 3月5日 13:40 or 2026-03-05 13:40. A time alone is the latest one that is not ahead."""
    found = _INSTANT.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return None
    year, month, day, other_month, other_day, hour, minute = (int(each) if each else None for each in found.groups())
    local = now.astimezone(zone)
    try:
        on = date(year or local.year, month or other_month or local.month, day or other_day or local.day)
        at = datetime(on.year, on.month, on.day, hour or 0, minute or 0, tzinfo=zone)
    except ValueError:
        return None
    if month is None and other_month is None and at > local + timedelta(minutes=1):
        at -= timedelta(days=1)
    return at


_LENGTH = re.compile(
    r"(?:(\d+(?:\.\d+)?)(?:天|日|d|days?))?(?:(\d+(?:\.\d+)?)(?:小时|时|h|hours?))?(?:(\d+)(?:分钟|分|m|min)?)?"
)


def length_of(text: str) -> timedelta | None:
    """A length of time typed as 90, 90分, 1小时30分, 2h; a bare number is minutes."""
    plain = re.sub(r"\s+", "", text.lower())
    found = _LENGTH.fullmatch(plain)
    if not plain or found is None:
        return None
    days, hours, minutes = (float(each) if each else 0.0 for each in found.groups())
    try:
        return timedelta(days=days, hours=hours, minutes=minutes)
    except OverflowError:
        return None


def as_text(kind: str, value: Any, zone: ZoneInfo) -> str:
    """A plain value as it stands in a text field."""
    if value is None:
        return ""
    if kind == "instant" and isinstance(value, str):
        return f"{datetime.fromisoformat(value).astimezone(zone):%Y-%m-%d %H:%M}"
    if kind == "duration" and isinstance(value, int):
        return words.duration(timedelta(seconds=value))
    if isinstance(value, list | tuple):
        return "\n".join(str(each) for each in value)
    return str(value)


def shown(fact: Fact, value: Any, zone: ZoneInfo, now: datetime) -> str:
    """An answer as people read it, in the reader's language."""
    if value is None:
        return pgettext("answer", "not known")
    match fact.type:
        case "bool":
            return pgettext("answer", "yes") if value else pgettext("answer", "no")
        case "enum" | "set":
            names = {choice.id: naming.say(choice.name) for choice in fact.values}
            given = value if isinstance(value, list | tuple) else [value]
            return naming.join(names.get(each, str(each)) for each in given)
        case "instant":
            return words.wall(datetime.fromisoformat(value), now)
        case "duration":
            return words.duration(timedelta(seconds=value))
        case "int" | "number" | "money":
            return (
                f"{value:,}{naming.say(fact.unit)}"
                if naming.language() == "zh"
                else f"{value:,} {naming.say(fact.unit)}".strip()
            )
        case _:
            return str(value)


def _cannot(kind: str) -> str:
    return {
        "int": _("Give a whole number, or choose “not known”."),
        "number": _("Give a number, or choose “not known”."),
        "money": _("Give an amount in figures, or choose “not known”."),
        "duration": _("Give a length of time such as 90 min or 2 h, or choose “not known”."),
        "instant": _("Give a time such as 13:40, or choose “not known”."),
        "date": _("Give a date such as 2026-03-05, or choose “not known”."),
    }.get(kind, _("This is not one of the answers."))


# --- fields of a form of the plan

FIELD = "field-"


def ask_form(
    program: Program,
    form_id: str,
    *,
    known: Mapping[str, Any] | None = None,
    typed: QueryDict | None = None,
    errors: Mapping[str, str] | None = None,
    leave_out: Iterable[str] = (),
) -> list[Asked]:
    """The fields of a form as the plan names them; what the case knows is filled in. [] for no form."""
    form = program.edition.forms.get(form_id)
    if form is None:
        return []
    skipped = set(leave_out)
    return [
        _ask_field(program, each, known or {}, typed, (errors or {}).get(each.id, ""))
        for each in form.fields
        if each.id not in skipped
    ]


def _ask_field(program: Program, asked: Field, known: Mapping[str, Any], typed: QueryDict | None, error: str) -> Asked:
    name, kind = FIELD + asked.id, asked.type
    hint = naming.say(asked.text) if asked.text else ""
    choices = asked.values or (_levels(program) if kind == "level" else ())
    options = _options(kind, choices)
    given = typed.getlist(name) if typed is not None else None
    value = known.get(asked.id, known.get(asked.source) if asked.source else None)
    if options:
        shape = "several" if kind == "set" else "choice"
        chosen = given if given is not None else _as_chosen(value)
        return Asked(name, naming.say(asked.name), shape, options=options, value=_one_or_list(chosen, shape), hint=hint,
                     error=error, required=asked.required)  # fmt: skip
    text = (given or [""])[-1] if given is not None else as_text(kind, value, program.zone)
    if kind == "list" and not hint:
        hint = _("One on each line")
    return Asked(name, naming.say(asked.name), "text", kind=_KINDS.get(kind, "text"), value=text, hint=hint, error=error,
                 required=asked.required)  # fmt: skip


def _levels(program: Program) -> tuple[Choice, ...]:
    """The levels and colours that a form may name."""
    return tuple(
        Choice(level.id, Words(f"{level.name.zh}", level.name.en)) for scale in program.edition.scales.values()
        for level in scale.levels
    )  # fmt: skip


def read_form(program: Program, form_id: str, typed: QueryDict, *, now: datetime) -> Answers:
    """What was typed into the fields of a form; what was left empty is not in it."""
    found = Answers()
    form = program.edition.forms.get(form_id)
    for each in form.fields if form is not None else ():
        given = [text.strip() for text in typed.getlist(FIELD + each.id) if text.strip()]
        if not given:
            continue
        choices = each.values or (_levels(program) if each.type == "level" else ())
        kind = "enum" if each.type == "level" else each.type
        value = value_of(kind, choices, given, program.zone, now)
        if value is None:
            found.errors[each.id] = _cannot(each.type)
        else:
            found.values[each.id] = value
    return found


def known_to_form(case: Case, program: Program) -> dict[str, Any]:
    """What a case knows that a form may take over: instants, its own words, levels, answers."""
    known: dict[str, Any] = {name: at.isoformat() for name, at in case.instants.items()}
    known.update(title=case.title, summary=case.summary, place=case.place)
    known.update({scale: standing.confirmed for scale, standing in case.standings.items() if standing.confirmed})
    known.update(case.facts)
    return known
