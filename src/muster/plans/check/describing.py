"""A box of answers in words: the example beside a finding."""

from __future__ import annotations

import math

from muster.plans.check.boxes import YES, Box, Interval, Range
from muster.plans.conditions import Span
from muster.plans.model import Edition, Words
from muster.plans.parsing import render_span

_MOST = 6  # questions; an example that is longer explains nothing


def describe(edition: Edition, box: Box) -> Words:
    """The answers of `box`, as far as they matter."""
    said = [
        _answer(edition, question, left)
        for question, left in box.items()
        if not (question.startswith("known ") and (left == YES or question[6:] in box))
    ]
    zh = "，".join(words.zh for words in said[:_MOST]) or "任何情形"
    en = ", ".join(words.en for words in said[:_MOST]) or "anything"
    return Words(zh, en)


def _answer(edition: Edition, question: str, left: Range) -> Words:
    if question.startswith("known "):
        known = left == YES
        name = _name(edition, question[6:])
        return Words(f"{name.zh}{'已知' if known else '不清楚'}", f"{name.en} {'known' if known else 'not known'}")
    name = _name(edition, question)
    if isinstance(left, Interval):
        return Words(f"{name.zh} {_line(left)}", f"{name.en} {_line(left)}")
    if left <= {"true", "false"}:
        yes = left == YES
        return Words(f"{name.zh}：{'是' if yes else '否'}", f"{name.en}: {'yes' if yes else 'no'}")
    value = _value(edition, question, left)
    return Words(f"{name.zh}：{value.zh}", f"{name.en}: {value.en}")


def _name(edition: Edition, question: str) -> Words:
    element = edition.facts.get(question) or edition.scales.get(question)
    return Words(question, question) if element is None else Words(element.name.zh, element.name.say("en"))


def _value(edition: Edition, question: str, left: frozenset[str]) -> Words:
    """The first value that is left, by its name."""
    fact = edition.facts.get(question)
    for choice in fact.values if fact is not None else ():
        if choice.id in left:
            return Words(choice.name.zh, choice.name.say("en"))
    value = min(left)
    return Words(value, value)


def _line(line: Interval) -> str:
    if line.low == line.high:
        return f"= {_amount(line, line.low)}"
    parts = []
    if line.low > -math.inf:
        parts.append(f"{'>' if line.low_open else '≥'} {_amount(line, line.low)}")
    if line.high < math.inf:
        parts.append(f"{'<' if line.high_open else '≤'} {_amount(line, line.high)}")
    return " ".join(parts)


def _amount(line: Interval, value: float) -> str:
    if line.spans and value == int(value) and value >= 0:
        return render_span(Span(seconds=int(value)))
    return str(int(value)) if value == int(value) else str(value)
