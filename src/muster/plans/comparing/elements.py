"""What differs in everything but the tasks. The parts with much to say have modules of their own."""

from __future__ import annotations

from typing import Any

from muster.plans.comparing import vocabulary as v
from muster.plans.comparing.changes import How, Topic
from muster.plans.comparing.comparer import (
    COMMON,
    Comparer,
    Handler,
    Keys,
    Subject,
    choice,
    condition,
    flag,
    from_to,
    named,
    plain,
    wording,
)
from muster.plans.comparing.grading import FACT, compare_grading
from muster.plans.comparing.limits import again
from muster.plans.comparing.organisation import compare_organisation
from muster.plans.comparing.sections import CHOICE, inner, more, section, unit
from muster.plans.conditions import Expression
from muster.plans.index import index_of
from muster.plans.model import (
    Edition,
    Form,
    Suppression,
    Words,
)
from muster.plans.speaking import INSTANTS, NONE, REPORTED, STAGES, Speaker, fill, listed, quoted

# Tasks named beside a setting that changes; of more, only the number is told.
_MOST_NAMED = 3


def compare_elements(comparer: Comparer) -> None:
    """Everything but the tasks, in the order of the file."""
    _plan(comparer)
    section(comparer, "settings", "setting", Topic.SETTINGS, Words("参数", "setting"), SETTING, _setting_value)
    compare_organisation(comparer)
    compare_grading(comparer)
    section(comparer, "forms", "form", Topic.WHAT, Words("表单", "form"), FORM)
    section(comparer, "guidance", "guidance", Topic.WHAT, Words("工作提示", "piece of guidance"), GUIDANCE)
    section(comparer, "resources", "resource", Topic.STANDING, Words("应急资源", "resource"), RESOURCE, _again_of)
    section(
        comparer,
        "excluded",
        "excluded",
        Topic.READINGS,
        Words("不执行的内容", "exclusion"),
        EXCLUDED,
        _lawful,
    )
    section(comparer, "readings", "reading", Topic.READINGS, Words("理解", "reading"), READING, _read_as)
    _suppressions(comparer)
    _orders(comparer)


# --- the plan itself ----------------------------------------------------------------------------------------------


def _plan(comparer: Comparer) -> None:
    before, after = comparer.before, comparer.after
    it = Subject("plan", after.id, Words("本预案", "the plan"), Topic.SCOPE)
    if before.id != after.id:
        comparer.say(
            it, "id", "这是两份不同的预案：原为{was}，现为{now}", "these are two different plans: {was}, and now {now}",
            was=quoted(before.title), now=quoted(after.title),
        )  # fmt: skip
    comparer.keys(it, before, after, PLAN)


def _stages(comparer: Comparer, it: Subject, was: Any, now: Any) -> None:
    sides = [listed(STAGES[each] for each in side) for side in (was, now)]
    from_to(comparer, it, "stages", Words("阶段", "list of stages"), sides[0], sides[1], None)


def _duty_post(comparer: Comparer, it: Subject, was: str, now: str) -> None:
    post = Subject(
        "plan",
        it.id,
        Words("本预案逾期无人应答时最后通知的岗位", "the post that an unanswered clock of the plan climbs to last"),
        Topic.WHO,
    )
    sides = comparer.old.actor(was) if was else None, comparer.new.actor(now) if now else None
    if sides[0] is None:
        comparer.say(post, "duty_post", "新定{it}：{now}", "{it} is new: {now}", how=How.ADDED, now=sides[1])
    elif sides[1] is None:
        comparer.say(
            post,
            "duty_post",
            "不再规定{it}（原为{was}）",
            "{it} is no longer named (it was {was})",
            how=How.REMOVED,
            was=sides[0],
        )
    else:
        comparer.say(
            post, "duty_post", "{it}由{was}改为{now}", "{it} changes from {was} to {now}", was=sides[0], now=sides[1]
        )


PLAN: Keys = {
    **{key: handler for key, handler in COMMON.items() if key != "name"},
    "title": wording("title", Words("名称", "title")),
    "edition": wording("edition", Words("版本", "edition")),
    "issuer": wording("issuer", Words("印发单位", "issuer")),
    "timezone": named("timezone", Words("时区", "time zone"), lambda _, zone: Words(zone), Topic.WHEN),
    "scope": condition("scope", Words("适用范围", "scope")),
    "stages": _stages,
    "duty_post": _duty_post,
}  # fmt: skip


# --- forms --------------------------------------------------------------------------------------------------------


def _filled_from(speaker: Speaker, source: str) -> Words:
    form, dot, field = source.partition(".")
    if dot and form in speaker.edition.forms:
        found: Form = speaker.edition.forms[form]
        name = next((each.name for each in found.fields if each.id == field), Words(field))
        return fill("{form}中的{name}", "{name} of {form}", form=quoted(found.name), name=quoted(name))
    return quoted(INSTANTS.get(source) or REPORTED.get(source) or speaker.name(source))


def _row(speaker: Speaker, rows: str) -> Words:
    return v.ROWS.get(rows) or speaker.actor(rows)


FIELD: Keys = {
    **COMMON,
    "type": choice("type", Words("填法", "kind of answer"), v.VALUE_TYPES),
    "required": flag("required", Words("改为必填", "must now be filled in"), Words("不再必填", "need no longer be filled in")),
    "values": inner("value", Words("选项", "answer"), None, CHOICE),
    "personal": FACT["personal"],
    "source": named("from", Words("自动带出的内容", "source"), _filled_from),
}  # fmt: skip
FORM: Keys = {
    **COMMON,
    "fields": inner("field", Words("栏目", "field"), None, FIELD),
    "rows": named("rows", Words("每行内容", "row"), _row),
}


# --- settings and the rest ----------------------------------------------------------------------------------------


def _setting_value(speaker: Speaker, setting: Any) -> Words:
    return fill("：{value}", ": {value}", value=speaker.setting(setting.id))


def _value(comparer: Comparer, it: Subject, was: Expression | None, now: Expression | None) -> None:
    tasks = [id_ for id_ in index_of(comparer.after).readers.get(it.id, ()) if id_ in comparer.after.tasks]
    concerns = NONE
    if len(tasks) > _MOST_NAMED:
        concerns = fill(
            "，涉及{tasks}等{n}项任务",
            ", which concerns {n} tasks such as {tasks}",
            tasks=comparer.new.tasks(tasks[:_MOST_NAMED]),
            n=len(tasks),
        )
    elif tasks:
        concerns = fill("，涉及{tasks}", ", which concerns {tasks}", tasks=comparer.new.tasks(tasks))
    sides = [
        speaker.setting(it.id) if side is not None else None
        for speaker, side in ((comparer.old, was), (comparer.new, now))
    ]
    if sides[0] is None or sides[1] is None or sides[0] == sides[1]:
        from_to(comparer, it, "value", Words("取值", "value"), sides[0], sides[1], None)
    else:
        comparer.say(
            it,
            "value",
            "{it}由{was}改为{now}{concerns}",
            "the {it} is now {now} instead of {was}{concerns}",
            was=sides[0],
            now=sides[1],
            concerns=concerns,
        )


SETTING: Keys = {
    **COMMON,
    "type": choice("type", Words("填法", "kind of value"), v.VALUE_TYPES),
    "value": _value,
    "unit": unit,
}


def _tasks(key: str, noun: Words) -> Handler:
    """Ids of tasks."""

    def handle(comparer: Comparer, it: Subject, was: Any, now: Any) -> None:
        from_to(
            comparer,
            it,
            key,
            noun,
            comparer.old.tasks(was) if was else None,
            comparer.new.tasks(now) if now else None,
            None,
        )

    return handle


GUIDANCE: Keys = {
    **COMMON,
    "when": condition("when", Words("显示条件", "condition")),
    "on": _tasks("on", Words("对应任务", "list of tasks it stands beside")),
}


def _again_of(speaker: Speaker, element: Any) -> Words:
    return more([speaker.again(element.again)]) if element.again is not None else NONE


def _minimum(comparer: Comparer, it: Subject, was: int, now: int) -> None:
    sides = [Words(str(each), str(each)) if each else None for each in (was, now)]
    from_to(comparer, it, "minimum", Words("最低数量", "least quantity"), sides[0], sides[1], None)


RESOURCE: Keys = {
    **COMMON,
    "kind": named("kind", Words("类别", "kind"), lambda _, kind: quoted(Words(kind))),
    "minimum": _minimum,
    "again": again,
}


def _lawful(speaker: Speaker, element: Any) -> Words:
    return fill("，合法做法：{lawful}", "; the lawful way: {lawful}", lawful=quoted(element.lawful))


def _read_as(speaker: Speaker, element: Any) -> Words:
    return fill("：理解为{reading}", ": read as {reading}", reading=quoted(element.reading))


_UNNAMED: Keys = {key: handler for key, handler in COMMON.items() if key != "text"} | {
    "name": wording("name", Words("名称", "name"))
}
EXCLUDED: Keys = {
    **_UNNAMED,
    "says": wording("says", Words("书面原文", "passage")),
    "why": wording("why", Words("不执行的原因", "reason")),
    "lawful": plain("lawful", Words("合法做法", "lawful way")),
    "instead": _tasks("instead", Words("替代任务", "list of tasks instead")),
}
READING: Keys = {
    **_UNNAMED,
    "says": wording("says", Words("书面原文", "passage")),
    "reading": plain("reading", Words("理解", "reading")),
    "setting": named("setting", Words("可调参数", "setting"), lambda speaker, id_: quoted(speaker.name(id_))),
}
GUIDANCE = {**GUIDANCE, "name": _UNNAMED["name"]}


def _suppressions(comparer: Comparer) -> None:
    """Findings of the check that stand with a reason."""
    old = {(each.rule, each.on): each for each in comparer.before.suppressed}
    new = {(each.rule, each.on): each for each in comparer.after.suppressed}
    for key, each in new.items():
        it = _suppression(comparer.after, each)
        if key not in old:
            comparer.say(it, "", "新保留{it}：{why}", "{it} now stands: {why}", how=How.ADDED, why=each.why)
        elif old[key].why != each.why:
            wording("why", Words("理由", "reason"))(comparer, it, old[key].why, each.why)
    for key, each in old.items():
        if key not in new:
            comparer.say(
                _suppression(comparer.before, each), "", "不再保留{it}", "{it} no longer stands", how=How.REMOVED
            )


def _suppression(edition: Edition, each: Suppression) -> Subject:
    name = each.on
    sections = (
        edition.actors,
        edition.tasks,
        edition.facts,
        edition.scales,
        edition.forms,
        edition.types,
        edition.settings,
        edition.groups,
    )
    found: Words = next((section[name].name for section in sections if name in section), Words(name))
    if name == edition.id:
        found = edition.title
    words = fill("检查结果{rule}（{on}）", "finding {rule} ({on})", rule=each.rule, on=quoted(found))
    return Subject("suppression", f"{each.rule}.{each.on}", words, Topic.READINGS)


# --- order --------------------------------------------------------------------------------------------------------

_LISTS = (
    ("actors", Words("岗位与机构的排列", "the list of posts and bodies")),
    ("facts", Words("研判要素的排列", "the list of questions")),
    ("types", Words("事件类型的排列", "the list of types")),
    ("scales", Words("等级体系的排列", "the list of scales")),
    ("forms", Words("表单的排列", "the list of forms")),
    ("settings", Words("参数的排列", "the list of settings")),
    ("guidance", Words("工作提示的排列", "the list of guidance")),
    ("resources", Words("应急资源的排列", "the list of resources")),
    ("excluded", Words("不执行内容的排列", "the list of what is not done")),
    ("readings", Words("理解的排列", "the list of readings")),
)


def _orders(comparer: Comparer) -> None:
    """Lists whose order is only how they are shown."""
    for name, words in _LISTS:
        before, after = getattr(comparer.before, name), getattr(comparer.after, name)
        it = Subject("plan", comparer.after.id, words, Topic.WORDING)
        names = {
            id_: quoted(getattr(each, "name", None) or getattr(each, "text", None) or each.says)
            for id_, each in after.items()
        }
        comparer.order(it, name, names, list(before), list(after), Topic.WORDING)
