"""Elements with ids, in a section of the plan or within another element: which came, which went, which differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec import Struct

from muster.plans.comparing.changes import How, Topic
from muster.plans.comparing.comparer import (
    COMMON,
    Comparer,
    Handler,
    Keys,
    Subject,
    plain,
)
from muster.plans.model import (
    Words,
)
from muster.plans.speaking import NONE, Speaker, fill, listed, quoted


def section(
    comparer: Comparer, section: str, kind: str, topic: Topic, noun: Words, keys: Keys,
    more: Callable[[Speaker, Any], Words] = lambda speaker, element: NONE,
) -> None:  # fmt: skip
    """Elements with ids: those that came, went, and differ."""
    before: Mapping[str, Struct] = getattr(comparer.before, section)
    after: Mapping[str, Struct] = getattr(comparer.after, section)
    for id_, element in after.items():
        it = subject(kind, id_, element, topic, noun)
        if id_ in before:
            comparer.keys(it, before[id_], element, keys)
        else:
            comparer.say(
                it, "", "新增{it}{more}", "there is a new {it}{more}", how=How.ADDED, more=more(comparer.new, element)
            )
    for id_, element in before.items():
        if id_ not in after:
            it = subject(kind, id_, element, topic, noun)
            comparer.say(
                it, "", "取消{it}{more}", "the {it} is gone{more}", how=How.REMOVED, more=more(comparer.old, element)
            )


def subject(kind: str, id_: str, element: Any, topic: Topic, noun: Words = NONE) -> Subject:
    """An element by its name, by its text where it has none, and only else by its id."""
    name = next((words for key in ("name", "text", "says") if (words := getattr(element, key, None))), Words(id_))
    return Subject(
        kind, id_, fill("{noun}{name}", "{noun} {name}" if noun.zh else "{name}", noun=noun, name=quoted(name)), topic
    )


def more(parts: Iterable[Words]) -> Words:
    said = list(parts)
    return fill("：{parts}", ": {parts}", parts=listed(said, "，")) if said else NONE


def inner(kind: str, noun: Words, topic: Topic | None, keys: Keys) -> Handler:
    """Elements within an element: duties, fields, choices."""

    def handle(comparer: Comparer, it: Subject, was: Any, now: Any) -> None:
        old = {each.id: each for each in was}
        new = {each.id: each for each in now}
        for id_, each in new.items():
            inner = _within(it, kind, id_, each, noun, topic)
            if id_ in old:
                comparer.keys(inner, old[id_], each, keys)
            else:
                comparer.say(inner, "", "新增{it}", "there is a new {it}", how=How.ADDED)
        for id_, each in old.items():
            if id_ not in new:
                comparer.say(
                    _within(it, kind, id_, each, noun, topic), "", "取消{it}", "the {it} is gone", how=How.REMOVED
                )
        names = {id_: quoted(getattr(each, "name", None) or each.text) for id_, each in new.items()}
        comparer.order(it, kind, names, list(old), list(new), Topic.WORDING if kind == "duty" else topic or it.topic)

    return handle


def _within(it: Subject, kind: str, id_: str, element: Any, noun: Words, topic: Topic | None) -> Subject:
    name = quoted(getattr(element, "name", None) or element.text)
    words = fill("{outer}的{noun}{name}", "{noun} {name} of {outer}", outer=it.words, noun=noun, name=name)
    return Subject(kind, f"{it.id}.{id_}", words, topic or it.topic)


unit: Handler = plain("unit", Words("计量单位", "unit"))
CHOICE: Keys = {"name": COMMON["name"]}
