"""Answers as people and programs give them, made into the plain values that a case keeps, or refused by name."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from muster.engine.evaluate import UNKNOWN, Lapse, as_fact
from muster.engine.program import Program
from muster.engine.refusals import refuse
from muster.plans.conditions import Span
from muster.plans.model import Choice, Fact, Form, Words
from muster.plans.parsing import NotAnExpression, span_of

YES = {True, "true", "yes", "是", "y", "1"}
NO = {False, "false", "no", "否", "n", "0"}


def as_bool(value: Any) -> bool | None:
    """A yes or no in any of its usual spellings; None for anything else."""
    plain = value.strip().lower() if isinstance(value, str) else value
    if isinstance(plain, bool | str | int):
        if plain in YES:
            return True
        if plain in NO:
            return False
    return None


def seconds_of(value: Any) -> int | None:
    """A length of time in seconds, from a number of seconds, a timedelta or a span such as "90m"."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return int(value)
    if isinstance(value, timedelta):
        return int(value.total_seconds())
    if isinstance(value, str):
        try:
            span = span_of(value.strip())
        except (NotAnExpression, ValueError):
            return None
        return span.seconds if not span.months and not span.working_days else None
    if isinstance(value, Span):
        return value.seconds
    return None


def near(word: str, known: Iterable[str]) -> Words:
    """ "Did you mean …", or nothing."""
    close = difflib.get_close_matches(word, list(known), n=1)
    return Words(f"是否指“{close[0]}”？", f"Did you mean “{close[0]}”?") if close else Words("", "")


TYPE_WORDS: dict[str, Words] = {
    "bool": Words("是、否", "yes, no"),
    "int": Words("整数", "a whole number"),
    "number": Words("数字", "a number"),
    "money": Words("金额", "an amount"),
    "duration": Words("时长，如 90m、2h", "a length of time such as 90m or 2h"),
    "instant": Words("时刻", "an instant"),
    "date": Words("日期", "a date"),
    "text": Words("文字", "text"),
}


def fact_value(program: Program, name: str, value: Any) -> Any:
    """The plain value of an answer to a fact; None takes the answer back. Refuses what the fact cannot be."""
    fact = program.edition.facts.get(name)
    if fact is None:
        raise refuse("fact.unknown", fact=name, hint=near(name, program.edition.facts))
    if fact.derived is not None:
        raise refuse("fact.derived", fact=fact.name)
    if value is None or value == "":
        return None
    plain = plain_value(fact.type, fact.values, value)
    if plain is None:
        allowed = [choice.name for choice in fact.values] or TYPE_WORDS[fact.type]
        raise refuse("fact.wrong", fact=fact.name, value=value, allowed=allowed)
    return plain


def plain_value(kind: str, choices: tuple[Choice, ...], value: Any) -> Any:
    """A value of that type as it is kept, or None where it is none."""
    match kind:
        case "bool":
            return as_bool(value)
        case "int":
            return _number(value, int)
        case "number" | "money":
            return _number(value, float)
        case "duration":
            return seconds_of(value)
        case "instant":
            return _instant(value)
        case "date":
            return _date(value)
        case "enum":
            return value if any(choice.id == value for choice in choices) else None
        case "set":
            given = [value] if isinstance(value, str) else list(value) if isinstance(value, list | tuple) else None
            known = {choice.id for choice in choices}
            return given if given is not None and all(each in known for each in given) else None
        case _:
            return value if isinstance(value, str) else str(value)


def as_plain(value: Any) -> Any:
    """What an expression gave, as a case keeps it; None where it is not known."""
    if value is UNKNOWN:
        return None
    if isinstance(value, Lapse):
        return int((value.end - value.start).total_seconds())
    if isinstance(value, Span):
        return value.seconds or None
    if isinstance(value, datetime | date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple | frozenset | set) else value


def _number(value: Any, kind: type[int] | type[float]) -> int | float | None:
    if isinstance(value, bool):
        return None
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    if number != number or number in (float("inf"), float("-inf")):
        return None
    if kind is int:
        return int(number) if number == int(number) else None
    return int(number) if number == int(number) else number


def _instant(value: Any) -> str | None:
    if isinstance(value, datetime):
        return value.isoformat() if value.tzinfo else None
    if isinstance(value, str):
        try:
            at = datetime.fromisoformat(value)
        except ValueError:
            return None
        return at.isoformat() if at.tzinfo else None
    return None


def _date(value: Any) -> str | None:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    try:
        return date.fromisoformat(value).isoformat()
    except (TypeError, ValueError):
        return None


ROWS = "rows"
"""The field under which a form that is a table keeps its rows: plain values, one mapping for each row."""


def filled_fields(form: Form | None, known: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a completion: what the case knows already, under what was typed. Refuses unknown fields."""
    if form is None:
        return dict(given)
    names = {field.id for field in form.fields}
    if form.rows:
        names.add(ROWS)
    strangers = [name for name in given if name not in names]
    if strangers:
        raise refuse("form.unknown", form=form.name, fields=strangers, allowed=sorted(names))
    fields: dict[str, Any] = {}
    for field in form.fields:
        value = given.get(field.id)
        if value in (None, "") and field.source:
            value = known.get(field.source)
        if value not in (None, ""):
            fields[field.id] = value
    if form.rows and isinstance(given.get(ROWS), list | tuple):
        fields[ROWS] = list(given[ROWS])
    return fields


def typed_fields(form: Form | None, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as expressions see them: instants, dates and lengths of time as such. What is none counts as open."""
    kinds = {field.id: field for field in form.fields} if form is not None else {}
    typed: dict[str, Any] = {}
    for name, value in fields.items():
        field = kinds.get(name)
        if field is not None and field.type in ("instant", "date", "duration", "int", "number", "money", "bool"):
            plain = plain_value(field.type, field.values, value)
            typed[name] = None if plain is None else as_fact(field.type, plain)
        else:
            typed[name] = value
    return typed


def missing_fields(form: Form | None, fields: Mapping[str, Any]) -> list[Words]:
    """The names of required fields without a value."""
    if form is None:
        return []
    return [field.name for field in form.fields if field.required and fields.get(field.id) in (None, "", [])]


def fact_says(fact: Fact, value: Any, language: str) -> str:
    """An answer as people read it."""
    if value is None:
        return "不清楚" if language == "zh" else "not known"
    if fact.type == "bool":
        return ("是" if value else "否") if language == "zh" else ("yes" if value else "no")
    names = {choice.id: choice.name.say(language) for choice in fact.values}
    if fact.type == "set":
        return ("、" if language == "zh" else ", ").join(names.get(each, each) for each in value)
    return names.get(value, str(value)) if isinstance(value, str) else str(value)
