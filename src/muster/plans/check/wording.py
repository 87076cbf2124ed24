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
    """Every text that asks or advises: of tasks, groups, actors and their duties, guidance, levels.

    What the plan leaves out (`excluded`), how it is read (`readings`) and why a finding stands (`suppress`) quote the
    written plan; they are not what this one asks for.
    """
    edition = plan.edition
    for task in edition.tasks.values():
        yield Text(plan.task(task, "name"), task.name, task)
        if task.text is not None:
            yield Text(plan.task(task, "text"), task.text, task)
        for number, mark in enumerate(task.marks):
            yield Text(plan.task(task, "marks", number, "say"), mark.say, task)
        for number, check in enumerate(task.done):
            yield Text(plan.task(task, "done", number, "say"), check.say, task)
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
# Characters around the words in question that are read; a sentence is shorter, and a novel is not read for ever.
_REACH = 300
_CLAUSES = re.compile(r"[，,：:（）()]")

# Words that forbid; in English they reach over the whole sentence ("never delete posts, hide comments or ...").
_FORBIDS = re.compile(
    r"不得|不准|不许|不能|不可|不应|不宜|不要|不予|不搞|不做|不再|不因|不以|严禁|禁止|切忌|严防|从未|勿|莫|并非|而非|无权"
    r"|\b(not|never|no|nobody|neither|nor|cannot|without|forbid\w*|prohibit\w*|instead of|rather than)\b|n't\b",
    re.IGNORECASE,
)
# Words that, in the same clause, say that it is prevented, looked into or undone.
_PREVENTS = re.compile(
    r"不发生|不出现|不存在|防止|防范|避免|杜绝|制止|反对|纠正|解决|查处|打击|整治|治理|追究|问责|举报|检举|是否|有无"
    r"|不(?!断|仅|间断|定期|同|久|少)(?=[^、]{0,6}$)"
    r"|\b(prevent\w*|avoid\w*|refrain\w*|stop|whether|against)\b",
    re.IGNORECASE,
)
# "Nobody may, for whatever reason, ...": what is forbidden comes in the next clause.
_FORBIDS_ON = re.compile(r"(?:不得|严禁|禁止|不准|不许|不可)[^，]{0,4}(?:以|因|借|任何)[^，]*$")
# Words that follow in the same clause, or right behind it, and say that it is unlawful or punished.
_UNLAWFUL = re.compile(
    r"^(?:等|的)?(?:行为|现象|问题)|不得|严禁|禁止|违法|违规|违纪|一律不|\b(?:is|are|be) (?:forbidden|prohibited|unlawful|illegal)\b",
    re.IGNORECASE,
)
_PUNISHED = re.compile(r"追究|问责|处分|查处|严肃处理|承担[^，]{0,8}责任|\bpunish|\bheld to account", re.IGNORECASE)


def asked_for(words: Words, pattern: re.Pattern[str], lawful: re.Pattern[str] | None = None) -> str:
    """What of `words` a pattern finds in a sentence that asks for it; "" where it is not there, or is forbidden.

    A sentence in which `lawful` is found speaks of something else.
    """
    for language, said in (("zh", words.zh), ("en", words.en)):
        for sentence in _SENTENCES.split(said):
            if not sentence or (lawful is not None and lawful.search(sentence)):
                continue
            for match in pattern.finditer(sentence):
                before, after = (
                    sentence[max(0, match.start() - _REACH) : match.start()],
                    sentence[match.end() : match.end() + _REACH],
                )
                if not _is_forbidden(language, before, after):
                    return match.group(0)
    return ""


def _is_forbidden(language: str, before: str, after: str) -> bool:
    """Whether what stands before and after in the sentence makes it a prohibition."""
    clauses = _CLAUSES.split(before)
    own = clauses[-1]
    reach = before if language == "en" else own
    if _FORBIDS.search(reach) or _PREVENTS.search(own):
        return True
    if len(clauses) > 1 and _FORBIDS_ON.search(clauses[-2]):
        return True
    rest = _CLAUSES.split(after)
    return bool(_UNLAWFUL.search(rest[0]) or _PUNISHED.search("，".join(rest[:2])))
