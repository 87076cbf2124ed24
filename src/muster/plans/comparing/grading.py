"""What differs in how an incident is judged: questions, types, levels and their criteria."""

from __future__ import annotations

from typing import Any

from muster.plans.comparing import vocabulary as v
from muster.plans.comparing.changes import How, Topic
from muster.plans.comparing.comparer import (
    COMMON,
    Comparer,
    Keys,
    Subject,
    choice,
    condition,
    expression,
    flag,
    from_to,
    named,
    wording,
)
from muster.plans.comparing.sections import CHOICE, inner, more, section, subject, unit
from muster.plans.conditions import Expression, Name
from muster.plans.model import (
    CaseKind,
    Criterion,
    Level,
    Scale,
    Words,
)
from muster.plans.speaking import NONE, Speaker, choices, fill, listed, quoted


def compare_grading(comparer: Comparer) -> None:
    """Questions, types of incident, scales with their levels and criteria."""
    section(comparer, "facts", "fact", Topic.LEVELS, Words("研判要素", "question"), FACT, _question)
    section(comparer, "types", "type", Topic.SCOPE, Words("事件类型", "type of incident"), TYPE)
    _scales(comparer)


def _question(speaker: Speaker, fact: Any) -> Words:
    return more([choices(fact.values)] if fact.values else [v.VALUE_TYPES[fact.type]])


def _derived(comparer: Comparer, it: Subject, was: Expression | None, now: Expression | None) -> None:
    """How a fact is computed; one that tasks have as their limit is told as a limit, with those tasks."""
    bounded = [
        task.id for task in comparer.after.tasks.values()
        if any(each is not None and each.tree == Name(it.id) for each in (task.due, task.aim))
    ]  # fmt: skip
    if bounded:
        tasks = fill(
            "{it}（{tasks}的时限）", "{it} (the limit of {tasks})", it=it.words, tasks=comparer.new.tasks(bounded)
        )
        it = Subject(it.kind, it.id, tasks, Topic.WHEN)
    expression("is", Words("计算方法", "way of being computed"))(comparer, it, was, now)


FACT: Keys = {
    **COMMON,
    "type": choice("type", Words("填法", "kind of answer"), v.VALUE_TYPES),
    "ask": wording("ask", Words("提问", "question")),
    "values": inner("value", Words("选项", "answer"), None, CHOICE),
    "ordered": flag("ordered", Words("的选项改为有高低之分", "now has answers that ascend"), Words("的选项不再有高低之分", "has answers that no longer ascend")),
    "unit": unit,
    "derived": _derived,
    "personal": flag("personal", Words("改为个人信息", "is now personal data"), Words("不再作为个人信息", "is no longer personal data")),
}  # fmt: skip
TYPE: Keys = {**COMMON, "when": condition("when", Words("建议认定的条件", "condition for being proposed"))}


def _scales(comparer: Comparer) -> None:
    before, after = comparer.before.scales, comparer.after.scales
    noun = Words("等级体系", "scale")
    for scale in after.values():
        it = subject("scale", scale.id, scale, _topic(scale), noun)
        if scale.id not in before:
            levels = listed(comparer.new.level(scale.id, each.id) for each in scale.levels)
            comparer.say(
                it,
                "",
                "新增{it}，由低到高为{levels}",
                "there is a new {it}, from low to high: {levels}",
                how=How.ADDED,
                levels=levels,
            )
            continue
        comparer.keys(it, before[scale.id], scale, SCALE)
        _levels(comparer, it, before[scale.id], scale)
        _criteria(comparer, before[scale.id], scale)
    for scale in before.values():
        if scale.id not in after:
            comparer.say(
                subject("scale", scale.id, scale, _topic(scale), noun),
                "",
                "取消{it}",
                "the {it} is gone",
                how=How.REMOVED,
            )


def _topic(scale: Scale) -> Topic:
    return Topic.WARNING if scale.of is CaseKind.WARNING else Topic.LEVELS


SCALE: Keys = {
    **COMMON,
    "of": choice("of", Words("用途", "use"), v.CASE_KINDS),
    "when": condition("when", Words("使用条件", "condition of use")),
    "suggests": named("suggests", Words("提示的等级体系", "scale whose level it suggests"), lambda speaker, id_: quoted(speaker.name(id_))),
    "form": named("form", Words("发布所用表单", "form of issue"), Speaker.form),
}  # fmt: skip
LEVEL: Keys = {**COMMON, "hue": choice("hue", Words("颜色", "colour"), v.HUES)}


def _levels(comparer: Comparer, it: Subject, was: Scale, now: Scale) -> None:
    old = {level.id: level for level in was.levels}
    new = {level.id: level for level in now.levels}
    for id_, level in new.items():
        inner = _level(comparer.new, it, now, level)
        if id_ in old:
            comparer.keys(inner, old[id_], level, LEVEL)
        else:
            comparer.say(inner, "", "新增等级{it}", "there is a new level, {it}", how=How.ADDED)
    for id_, level in old.items():
        if id_ not in new:
            comparer.say(
                _level(comparer.old, it, was, level), "", "取消等级{it}", "the level {it} is gone", how=How.REMOVED
            )
    if [id_ for id_ in old if id_ in new] != [id_ for id_ in new if id_ in old]:
        comparer.say(
            it, "levels", "{it}的等级由低到高改为{now}（原为{was}）", "the levels of {it} are now, from low to high, {now}; they were {was}",
            how=How.MOVED, was=listed(comparer.old.level(was.id, id_) for id_ in old),
            now=listed(comparer.new.level(now.id, id_) for id_ in new),
        )  # fmt: skip


def _level(speaker: Speaker, it: Subject, scale: Scale, level: Level) -> Subject:
    said = speaker.level(scale.id, level.id)
    if said.zh != level.name.zh and level.name.zh != level.id:
        said = fill("{said}（{name}）", "{said} ({name})", said=said, name=level.name)
    return Subject(
        "level",
        f"{scale.id}.{level.id}",
        fill("{scale}{said}", "{said}{scale}", scale=_of_scale(speaker, scale), said=quoted(said)),
        it.topic,
    )


def _criterion(speaker: Speaker, scale: Scale, one: Criterion) -> Subject:
    name = one.text or (speaker.value(one.when) if one.when is not None else Words(one.id))
    words = fill(
        "{scale}{level}标准{name}", "ground {name} for {level}{scale}", scale=_of_scale(speaker, scale),
        level=speaker.level(scale.id, one.level), name=quoted(name),
    )  # fmt: skip
    return Subject("criterion", f"{scale.id}.{one.id}", words, _topic(scale))


def _of_scale(speaker: Speaker, scale: Scale) -> Words:
    """Which scale, where the plan has several."""
    name = quoted(scale.name)
    return Words(name.zh, f" of {name.say('en')}") if len(speaker.edition.scales) > 1 else NONE


def _judged(speaker: Speaker, when: Expression | None) -> Words:
    return Words("由人判断", "a matter of judgement") if when is None else quoted(speaker.value(when))


def _criteria(comparer: Comparer, was: Scale, now: Scale) -> None:
    old = {each.id: each for each in was.criteria}
    new = {each.id: each for each in now.criteria}
    for id_, each in new.items():
        it = _criterion(comparer.new, now, each)
        if id_ not in old:
            comparer.say(
                it,
                "",
                "新增{it}：{when}",
                "there is a new {it}: {when}",
                how=How.ADDED,
                when=_judged(comparer.new, each.when),
            )
            continue
        comparer.keys(it, old[id_], each, {key: COMMON[key] for key in ("text", "cite", "sheet")})
        if old[id_].level != each.level:
            levels = comparer.old.level(was.id, old[id_].level), comparer.new.level(now.id, each.level)
            name = quoted(each.text or comparer.new.value(each.when))
            comparer.say(
                it,
                "level",
                "标准{name}由{was}改归{now}",
                "{name} is now a ground for {now} instead of {was}",
                how=How.MOVED,
                was=levels[0],
                now=levels[1],
                name=name,
            )
        noun, when = Words("条件", "condition"), old[id_].when
        if when is not None and each.when is not None and when.tree != each.when.tree:
            condition("when", noun)(comparer, it, when, each.when)
        elif (when is None) != (each.when is None):
            from_to(
                comparer,
                it,
                "when",
                noun,
                _judged(comparer.old, when),
                _judged(comparer.new, each.when),
                None,
            )
    for id_, each in old.items():
        if id_ not in new:
            it = _criterion(comparer.old, was, each)
            comparer.say(
                it,
                "",
                "取消{it}（{when}）",
                "the {it} is gone ({when})",
                how=How.REMOVED,
                when=_judged(comparer.old, each.when),
            )
    names = {id_: quoted(each.text or comparer.new.value(each.when)) for id_, each in new.items()}
    it = subject("scale", now.id, now, Topic.WORDING, Words("等级体系", "scale"))
    comparer.order(it, "criteria", names, list(old), list(new), Topic.WORDING)
