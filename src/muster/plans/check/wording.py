"""Reading what a plan says in words: which texts ask somebody to do something, and whether a sentence asks or forbids."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from muster.plans.check.rule import Found, View
from muster.plans.findings import Path
from muster.plans.model import Choice, Task, Words
from muster.plans.shapes import SECTION_KEY


class Text(Struct, frozen=True):
    """A piece of a plan that tells somebody something.

    `task` where it belongs to one; `about` where it is read together with a heading: a field with the name of its form.
    A question asks for knowledge, not for a deed: what is asked, and what happened, may be anything.
    """

    path: Path
    words: Words
    task: Task | None = None
    about: Words | None = None
    is_question: bool = False


class Wording(Struct, frozen=True):
    """How something is put in Chinese and in English."""

    zh: re.Pattern[str]
    en: re.Pattern[str]


class Ask(Struct, frozen=True):
    """One thing that the law does not allow to be asked for: how it is worded, what is told, and the lawful way.

    A sentence in which `lawful` is found speaks of something else. `mend` is missing where the rule's own way fits.
    """

    wording: Wording
    says: Words
    lawful: re.Pattern[str] | None = None
    mend: Words | None = None


def wording(*parts: str) -> Wording:
    """A pattern of alternatives, each Chinese or English.

    `~8` stands for up to eight characters of the same clause without a prohibition.
    """
    chinese = [part for part in parts if _CHINESE.search(part)]
    english = [part for part in parts if not _CHINESE.search(part)]
    return Wording(
        re.compile("|".join(_GAP.sub(_gap, part) for part in chinese)), re.compile("|".join(english), re.IGNORECASE)
    )


_CHINESE = re.compile("[\u4e00-\u9fff]")
_GAP = re.compile(r"~(\d+)")


def _gap(match: re.Match[str]) -> str:
    return rf"(?:(?!不得|严禁|禁止|不准|不许|不应|防止)[^，。；;]){{0,{match.group(1)}}}"


def texts(plan: View) -> Iterator[Text]:
    """Every text that asks or advises: tasks, groups, actors, duties, guidance, grading, facts, forms, resources, readings.

    What the plan leaves out (`excluded`), what an unclear passage says (`says` of a reading) and why a finding stands
    (`suppress`) quote the written plan; they are not what this one asks for.
    """
    yield from _texts_of_tasks(plan)
    yield from _texts_of_actors(plan)
    yield from _texts_of_grading(plan)
    yield from _texts_of_papers(plan)
    edition = plan.edition
    for advice in edition.guidance.values():
        yield Text(("guidance", advice.id, "text"), advice.text)
        if advice.name is not None:
            yield Text(("guidance", advice.id, "name"), advice.name)
    for resource in edition.resources.values():
        yield Text(("resources", resource.id, "name"), resource.name)
        if resource.text is not None:
            yield Text(("resources", resource.id, "text"), resource.text)
    for reading in edition.readings.values():
        yield Text(("readings", reading.id, "reading"), reading.reading)


def _texts_of_tasks(plan: View) -> Iterator[Text]:
    for task in plan.edition.tasks.values():
        yield Text(plan.task(task, "name"), task.name, task)
        if task.text is not None:
            yield Text(plan.task(task, "text"), task.text, task)
        for number, mark in enumerate(task.marks):
            yield Text(plan.task(task, "marks", number, "say"), mark.say, task)
        for number, check in enumerate(task.done):
            yield Text(plan.task(task, "done", number, "say"), check.say, task)
    for group in plan.edition.groups.values():
        path: Path = (SECTION_KEY[group.section], group.id)
        yield Text((*path, "name"), group.name)
        if group.text is not None:
            yield Text((*path, "text"), group.text)


def _texts_of_actors(plan: View) -> Iterator[Text]:
    for actor in plan.edition.actors.values():
        for key, words in (("name", actor.name), ("text", actor.text), ("held_by", actor.held_by)):
            if words is not None:
                yield Text(("actors", actor.id, key), words)
        for duty in actor.duties:
            yield Text(("actors", actor.id, "duties", duty.id, "text"), duty.text)


def _texts_of_grading(plan: View) -> Iterator[Text]:
    for scale in plan.edition.scales.values():
        for level in scale.levels:
            if level.text is not None:
                yield Text(("scales", scale.id, "levels", level.id, "text"), level.text)
        for criterion in scale.criteria:
            if criterion.text is not None:
                yield Text(("scales", scale.id, "criteria", criterion.id, "text"), criterion.text)


def _texts_of_papers(plan: View) -> Iterator[Text]:
    for fact in plan.edition.facts.values():
        for key, words in (("name", fact.name), ("ask", fact.ask), ("text", fact.text)):
            if words is not None:
                yield Text(("facts", fact.id, key), words, is_question=True)
        yield from _choices(("facts", fact.id, "values"), fact.name, fact.values)
    for form in plan.edition.forms.values():
        yield Text(("forms", form.id, "name"), form.name)
        if form.text is not None:
            yield Text(("forms", form.id, "text"), form.text)
        for field in form.fields:
            path: Path = ("forms", form.id, "fields", field.id)
            yield Text((*path, "name"), field.name, about=form.name)
            if field.text is not None:
                yield Text((*path, "text"), field.text)
            yield from _choices((*path, "values"), field.name, field.values)


_MEASURE = re.compile(
    r"方式|措施|处置|处理|办法|手段|对策|要求|\b(?:measure|way|action|handling|response)", re.IGNORECASE
)


def _choices(path: Path, heading: Words, values: tuple[Choice, ...]) -> Iterator[Text]:
    """Choices among measures; the choices of other questions tell what happened."""
    offers = bool(_MEASURE.search(heading.zh) or _MEASURE.search(heading.en))
    for choice in values:
        yield Text((*path, choice.id), choice.name, is_question=not offers)


def unlawful(
    plan: View,
    asks: tuple[Ask, ...],
    *,
    questions: bool = False,
    spared: Callable[[Text], bool] | None = None,
) -> Iterator[Found]:
    """The texts of a plan that ask for one of `asks`, each text once.

    `questions` reads questions as well: what may not be known may not be asked. Texts that are `spared` are not read.
    """
    for each in texts(plan):
        if (each.is_question and not questions) or (spared is not None and spared(each)):
            continue
        for ask in asks:
            what = asked_for(each.words, ask.wording, ask.lawful) or _asked_under(each, ask)
            if what:
                says = Words(f"{ask.says.zh}：“{what}”", f"{ask.says.en}: “{what}”")
                yield Found(each.path, says, ask.mend)
                break


def _asked_under(text: Text, ask: Ask) -> str:
    """What a text asks for only when it is read under its heading; the heading itself is told by itself."""
    if text.about is None or asked_for(text.about, ask.wording, ask.lawful):
        return ""
    both = Words(f"{text.about.zh}：{text.words.zh}", f"{text.about.en}: {text.words.en}" if text.words.en else "")
    return asked_for(both, ask.wording, ask.lawful)


_SENTENCES = re.compile(r"[。；！？!?;\n]|\.(?:\s|$)")
# Characters around the words in question that are read; a sentence is shorter, and a novel is not read for ever.
_REACH = 300
_CLAUSES = re.compile(r"[，,：:（）()]")

# Words that forbid; in English they reach over the whole sentence ("never delete posts, hide comments or ...").
_STRONGLY = r"不得(?!已|不)|不准|不许|严禁|禁止|切忌|严防|从未|勿|莫|并非|而非|无权"
_WEAKLY = r"不能|不可(?!避免|控)|不应|不宜|不要|不予|不搞|不做|不再|不因|不以"
# "Who cannot come", "those who will not cooperate": the negation describes a person and forbids nothing.
_DESCRIBES = r"(?![^，、]{0,10}的(?:人|者|客户|顾客|业主|学员|家属|群众|员工|投诉|信访|上访|债权|投资|储户|媒体|记者|帖|评论|报道|文章|稿|信息|言论))"
_FORBIDS = re.compile(
    rf"{_STRONGLY}|(?:{_WEAKLY}){_DESCRIBES}"
    r"|\b(?:not(?! only)|never|no(?! later| more| matter)|nobody|neither|nor|cannot|forbid\w*|prohibit\w*|instead of|rather than"
    r"|without(?! waiting| delay| notice| telling| informing| asking| (?:his|her|their|the|prior)?\s?(?:knowledge|consent|approval|permission)))\b"
    r"|n't\b",
    re.IGNORECASE,
)
# Words that, in the same clause, say that it is prevented, looked into or undone.
_PREVENTS = re.compile(
    r"不发生|不出现|不存在|防止|防范|避免|杜绝|制止|反对|纠正|解决(?!的|后|前)|查处|打击(?!报复)|整治|治理|追究|问责|举报(?!人|者|员工)|检举(?!人)|是否|有无"
    r"|不(?!断|仅|间断|定期|同|久|少|得|准|许|能|可|应|宜|要|予|搞|做|再|因|以)(?=[^、]{0,6}$)"
    r"|\b(prevent\w*|avoid\w*|refrain\w*|stop|whether|against)\b",
    re.IGNORECASE,
)
# "To keep matters from growing, …": what is prevented has been named; what follows is asked for.
_TO_PREVENT = re.compile(
    r"(?:防止|防范|避免|杜绝|制止)[^，、]{0,14}?(?:扩大|蔓延|炒作|发酵|扩散|升级|逃匿|逃跑|逃脱|外泄|外传|泄密|激化|失控|离开|丢失|曝光|恶化)"
)
# "Where she cannot be persuaded, …": what an English clause before the main one says is no prohibition.
_WHERE = re.compile(
    r"^\s*(?:where|if|when|until|unless|in case|while|because|since|once|as long as)\b[^,]*,", re.IGNORECASE
)
# "Nobody may, for whatever reason, ...": what is forbidden comes in the next clause.
_FORBIDS_ON = re.compile(r"(?:不得|严禁|禁止|不准|不许|不可)[^，]{0,4}(?:以|因|借|任何)[^，]*$")
# Words that follow in the same clause, or right behind it, and say that it is unlawful or punished.
_UNLAWFUL = re.compile(
    r"^(?:等|的)?(?:行为|现象|问题|情形)|不得(?!延误|超过|迟于|拖延|少于|晚于|有误|遗漏|已|不)|严禁|禁止|违法|违规|违纪|一律不"
    r"|\b(?:is|are|be) (?:forbidden|prohibited|unlawful|illegal|not allowed)\b",
    re.IGNORECASE,
)
# "Those who …, are punished": the persons or the act are named before the punishment.
_PUNISHED = re.compile(
    r"(?:的|者|人|人员|单位|行为|后果|影响|损失)，?[^，]{0,12}(?:追究|问责|处分|查处|惩处|严肃处理|承担[^，]{0,8}责任)"
    r"|\bpunish|\bheld to account",
    re.IGNORECASE,
)


def asked_for(words: Words, wording: Wording, lawful: re.Pattern[str] | None = None) -> str:
    """What of `words` a wording finds in a sentence that asks for it; "" where it is not there, or is forbidden.

    A sentence in which `lawful` is found speaks of something else.
    """
    for language, said, pattern in (("zh", words.zh, wording.zh), ("en", words.en, wording.en)):
        if not pattern.search(said):
            continue
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
    own = _TO_PREVENT.sub("", clauses[-1])
    reach = _WHERE.sub("", before) if language == "en" else own
    if _FORBIDS.search(reach) or _PREVENTS.search(own):
        return True
    if len(clauses) > 1 and _FORBIDS_ON.search(clauses[-2]):
        return True
    rest = _CLAUSES.split(after)
    return bool(_UNLAWFUL.search(rest[0]) or _PUNISHED.search("，".join(rest[:3])))
