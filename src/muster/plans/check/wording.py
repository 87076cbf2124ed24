"""Reading what a plan says in words: which texts ask somebody to do something, and whether a sentence asks or forbids."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from muster.plans.check.rule import View
from muster.plans.findings import Path
from muster.plans.model import Task, Words
from muster.plans.shapes import SECTION_KEY


class Text(Struct, frozen=True):
    """A piece of a plan that tells somebody something; `task` where it belongs to one."""

    path: Path
    words: Words
    task: Task | None = None


def texts(plan: View) -> Iterator[Text]:
    """Every text that asks or advises: of tasks, groups, duties, guidance, actors, levels.

    What the plan leaves out (`excluded`), how it is read (`readings`) and why a finding stands (`suppress`) quote
    the written plan, and are not what this one asks for.
    """
    edition = plan.edition
    for task in edition.tasks.values():
        yield Text(plan.task(task, "name"), task.name, task)
        if task.text is not None:
            yield Text(plan.task(task, "text"), task.text, task)
        for number, mark in enumerate(task.marks):
            yield Text(plan.task(task, "marks", number, "say"), mark.say, task)
    for group in edition.groups.values():
        path: Path = (SECTION_KEY[group.section], group.id)
        yield Text((*path, "name"), group.name)
        if group.text is not None:
            yield Text((*path, "text"), group.text)
    for actor in edition.actors.values():
        for key, words in (("name", actor.name), ("text", actor.text), ("held_by", actor.held_by)):
            if words is not None:
                yield Text(("actors", actor.id, key), words)
        for duty in actor.duties:
            yield Text(("actors", actor.id, "duties", duty.id, "text"), duty.text)
    for advice in edition.guidance.values():
        yield Text(("guidance", advice.id, "text"), advice.text)
    for scale in edition.scales.values():
        for level in scale.levels:
            if level.text is not None:
                yield Text(("scales", scale.id, "levels", level.id, "text"), level.text)


_SENTENCES = re.compile(r"[。；！？!?;\n]|\.(?:\s|$)")

# What makes a sentence one that forbids, prevents or punishes: before the words in question, or after them.
_FORBIDS_BEFORE = re.compile(
    r"不得|不准|不许|不能|不可|不应|不宜|不要|不予|不搞|不做|不再|不因|不|严禁|禁止|切忌|防止|避免|杜绝|严防|制止|反对|从未|勿|莫|未经|并非|而非|无权|查处|追究|问责"
    r"|\b(not|never|no|nobody|neither|nor|without|forbid\w*|prohibit\w*|prevent\w*|avoid\w*|refrain\w*|stop|instead of|rather than)\b|n't\b",
    re.IGNORECASE,
)
_PUNISHES_AFTER = re.compile(
    r"追究|问责|处分|查处|严肃处理|责任|不得|严禁|禁止|违法|违规|属于|一律不|\b(is|are) (forbidden|prohibited|unlawful|illegal|punished)\b|held to account",
    re.IGNORECASE,
)


def asked_for(words: Words, pattern: re.Pattern[str], allowed: re.Pattern[str] | None = None) -> str:
    """What of `words` a pattern finds in a sentence that asks for it; "" where it is not there, or is forbidden.

    A sentence in which `allowed` is found speaks of something lawful.
    """
    for said in (words.zh, words.en):
        for sentence in _SENTENCES.split(said):
            if not sentence or (allowed is not None and allowed.search(sentence)):
                continue
            for match in pattern.finditer(sentence):
                if not _FORBIDS_BEFORE.search(sentence[: match.start()]) and not _PUNISHES_AFTER.search(sentence[match.end() :]):
                    return match.group(0)
    return ""
