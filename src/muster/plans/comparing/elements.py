"""What differs in everything but the tasks: who there is, what is asked, levels, rights, forms, settings, readings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec import Struct

from muster.plans.comparing import vocabulary as v
from muster.plans.comparing.changes import How, Topic
from muster.plans.comparing.comparer import (
    COMMON,
    Comparer,
    Handler,
    Keys,
    Subject,
    actors,
    choice,
    condition,
    expression,
    flag,
    from_to,
    named,
    wording,
)
from muster.plans.comparing.limits import sooner
from muster.plans.comparing.pairing import meaning, tree_of
from muster.plans.conditions import Expression, Name, Node, Sum
from muster.plans.index import index_of
from muster.plans.model import (
    Actor,
    Again,
    CaseKind,
    Criterion,
    Edition,
    Form,
    Level,
    Right,
    RightName,
    Scale,
    Suppression,
    Words,
)
from muster.plans.speaking import INSTANTS, NONE, REPORTED, STAGES, Speaker, choices, fill, listed, quoted

# Tasks named beside a setting that changes; of more, only the number is told.
_MOST_NAMED = 3


def compare_elements(comparer: Comparer) -> None:
    """Everything but the tasks, in the order of the file."""
    _plan(comparer)
    _section(comparer, "settings", "setting", Topic.SETTINGS, Words("参数", "setting"), SETTING, _setting_value)
    for actor in comparer.after.actors.values():
        old = comparer.before.actors.get(actor.id)
        it = _actor(actor)
        if old is None:
            comparer.say(
                it,
                "",
                "新增{kind}{it}{more}",
                "there is a new {kind}, {it}{more}",
                how=How.ADDED,
                kind=v.ACTOR_KINDS[actor.kind],
                more=_part_of(comparer.new, actor),
            )
        else:
            comparer.keys(it, old, actor, ACTOR)
    for actor in comparer.before.actors.values():
        if actor.id not in comparer.after.actors:
            comparer.say(
                _actor(actor),
                "",
                "取消{kind}{it}",
                "the {kind} {it} is gone",
                how=How.REMOVED,
                kind=v.ACTOR_KINDS[actor.kind],
            )
    _rights(comparer)
    _section(comparer, "facts", "fact", Topic.LEVELS, Words("研判要素", "question"), FACT, _question)
    _section(comparer, "types", "type", Topic.SCOPE, Words("事件类型", "type of incident"), TYPE)
    _scales(comparer)
    _section(comparer, "forms", "form", Topic.WHAT, Words("表单", "form"), FORM)
    _section(comparer, "guidance", "guidance", Topic.WHAT, Words("工作提示", "piece of guidance"), GUIDANCE)
    _section(comparer, "resources", "resource", Topic.STANDING, Words("应急资源", "resource"), RESOURCE, _again_of)
    _section(
        comparer,
        "excluded",
        "excluded",
        Topic.READINGS,
        Words("不执行的内容", "thing that is not done"),
        EXCLUDED,
        _lawful,
    )
    _section(comparer, "readings", "reading", Topic.READINGS, Words("理解", "reading"), READING, _read_as)
    _suppressions(comparer)
    _orders(comparer)


def _section(
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


PLAN: Keys = {
    **{key: handler for key, handler in COMMON.items() if key != "name"},
    "title": wording("title", Words("名称", "title")),
    "edition": wording("edition", Words("版本", "edition")),
    "issuer": wording("issuer", Words("印发单位", "issuer")),
    "timezone": named("timezone", Words("时区", "time zone"), lambda _, zone: Words(zone), Topic.WHEN),
    "scope": condition("scope", Words("适用范围", "scope")),
    "stages": _stages,
    "duty_post": named("duty_post", Words("逾期无人应答时最后通知的岗位", "last post to be told of an unanswered clock"), Speaker.actor, Topic.WHO),
}  # fmt: skip


# --- who ----------------------------------------------------------------------------------------------------------


def _actor(actor: Actor) -> Subject:
    return Subject(actor.kind.value, actor.id, quoted(actor.name), Topic.WHO)


def _part_of(speaker: Speaker, actor: Actor) -> Words:
    parts = []
    if actor.chair:
        parts.append(fill("负责人为{chair}", "led by {chair}", chair=speaker.actor(actor.chair)))
    if actor.members:
        parts.append(fill("成员为{members}", "members {members}", members=speaker.actors(actor.members)))
    if actor.stands_in_for:
        parts.append(fill("代行{posts}的职责", "stands in for {posts}", posts=speaker.actors(actor.stands_in_for)))
    if actor.held_by:
        parts.append(fill("由{held_by}担任", "held by {held_by}", held_by=actor.held_by))
    return _more(parts)


def _more(parts: Iterable[Words]) -> Words:
    said = list(parts)
    return fill("：{parts}", ": {parts}", parts=listed(said, "，")) if said else NONE


def _seats(comparer: Comparer, it: Subject, was: tuple[int, int], now: tuple[int, int]) -> None:
    from_to(comparer, it, "seats", Words("人数", "number of holders"), _how_many(was), _how_many(now), None)


def _how_many(seats: tuple[int, int]) -> Words:
    least, most = seats
    if not most:
        return Words(f"至少{least}人", f"at least {least}")
    return Words(f"{least}人", str(least)) if least == most else Words(f"{least}至{most}人", f"{least} to {most}")


def _inner(kind: str, noun: Words, topic: Topic | None, keys: Keys) -> Handler:
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


DUTY: Keys = {key: handler for key, handler in COMMON.items() if key != "name"}
ACTOR: Keys = {
    **COMMON,
    "kind": choice("kind", Words("性质", "nature"), v.ACTOR_KINDS),
    "held_by": lambda comparer, it, was, now: from_to(comparer, it, "held_by", Words("担任人", "holder"), was, now, None),
    "filled": choice("filled", Words("产生方式", "way of being filled"), v.FILLED),
    "stands_in_for": actors("stands_in_for", Words("代行职责的岗位", "list of posts stood in for")),
    "seats": _seats,
    "many": flag("many", Words("在同一事项中可以有多个", "can stand several times in one case"), Words("在同一事项中只有一个", "stands once in a case")),
    "among": actors("among", Words("人选范围", "list of candidates")),
    "duties": _inner("duty", Words("职责", "duty"), None, DUTY),
    "chair": actors("chair", Words("负责人", "head")),
    "deputies": actors("deputies", Words("副职", "list of deputies")),
    "members": actors("members", Words("成员", "list of members")),
    "part_of": actors("part_of", Words("上级机构", "superior body")),
    "personal": flag("personal", Words("改按自然人处理，资料加密单独保存", "is now a natural person, whose data are kept apart"), Words("不再按自然人处理", "is no longer taken for a natural person")),
}  # fmt: skip


# --- rights -------------------------------------------------------------------------------------------------------


def _rights(comparer: Comparer) -> None:
    for name in RightName:
        was = list(comparer.before.rights.get(name, ()))
        now = list(comparer.after.rights.get(name, ()))
        it = Subject("right", name.value, quoted(v.RIGHTS[name]), Topic.WHO)
        if [meaning(each) for each in was] == [meaning(each) for each in now]:
            continue
        said = len(comparer.changes)
        for same in (
            _same_right,
            lambda left, right: tree_of(left.when) == tree_of(right.when),
            lambda left, right: set(left.who) == set(right.who),
        ):
            for right in list(now):
                other = next((each for each in was if same(each, right)), None)
                if other is not None:
                    was.remove(other)
                    now.remove(right)
                    _one_right(comparer, it, other, right)
        for right in now:
            comparer.say(
                it, "", "{who}取得{it}的权限{when}", "{who} may now {it}{when}", how=How.ADDED,
                who=comparer.new.actors(right.who), when=_while(comparer.new, right.when),
            )  # fmt: skip
        for right in was:
            comparer.say(
                it, "", "{who}不再有{it}的权限{when}", "{who} may no longer {it}{when}", how=How.REMOVED,
                who=comparer.old.actors(right.who), when=_while(comparer.old, right.when),
            )  # fmt: skip
        if len(comparer.changes) == said:
            comparer.say(
                it, "", "{it}的权限次序有变", "the order of who may {it} differs", topic=Topic.WORDING, how=How.MOVED
            )


def _same_right(left: Right, right: Right) -> bool:
    return set(left.who) == set(right.who) and tree_of(left.when) == tree_of(right.when)


def _one_right(comparer: Comparer, it: Subject, was: Right, now: Right) -> None:
    if set(was.who) != set(now.who):
        comparer.say(
            it, "who", "{it}的权限由{was}改归{now}{when}", "{now} may now {it}{when}, instead of {was}",
            was=comparer.old.actors(was.who), now=comparer.new.actors(now.who), when=_while(comparer.new, now.when),
        )  # fmt: skip
    elif was.who != now.who:
        comparer.say(
            it, "who", "{it}的权限人次序改为{now}", "the order of who may {it} is now {now}", topic=Topic.WORDING,
            was=comparer.old.actors(was.who), now=comparer.new.actors(now.who),
        )  # fmt: skip
    if tree_of(was.when) != tree_of(now.when):
        always = Words("任何情形", "in every case")
        comparer.say(
            it, "when", "{who}{it}的条件由{was}改为{now}", "{who} may {it}: {now}, instead of {was}",
            who=comparer.new.actors(now.who),
            was=quoted(comparer.old.value(was.when)) if was.when is not None else always,
            now=quoted(comparer.new.value(now.when)) if now.when is not None else always,
        )  # fmt: skip
    for key in ("cite", "sheet"):
        if getattr(was, key) != getattr(now, key):
            COMMON[key](
                comparer,
                Subject("right", it.id, fill("{it}的权限", "the right to {it}", it=it.words), it.topic),
                getattr(was, key),
                getattr(now, key),
            )


def _while(speaker: Speaker, when: Expression | None) -> Words:
    return fill("（{when}时）", " (where {when})", when=speaker.value(when)) if when is not None else NONE


# --- questions and levels -----------------------------------------------------------------------------------------


def _question(speaker: Speaker, fact: Any) -> Words:
    return _more([choices(fact.values)] if fact.values else [v.VALUE_TYPES[fact.type]])


def _unit(comparer: Comparer, it: Subject, was: Words | None, now: Words | None) -> None:
    from_to(comparer, it, "unit", Words("计量单位", "unit"), was, now, None)


CHOICE: Keys = {"name": COMMON["name"]}
FACT: Keys = {
    **COMMON,
    "type": choice("type", Words("填法", "kind of answer"), v.VALUE_TYPES),
    "ask": wording("ask", Words("提问", "question")),
    "values": _inner("value", Words("选项", "answer"), None, CHOICE),
    "ordered": flag("ordered", Words("的选项改为有高低之分", "now has answers that ascend"), Words("的选项不再有高低之分", "has answers that no longer ascend")),
    "unit": _unit,
    "derived": expression("is", Words("计算方法", "way of being computed")),
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
    "form": named("form", Words("发布所用表单", "form of issue"), lambda speaker, id_: quoted(speaker.edition.forms[id_].name)),
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
    return Subject("level", f"{scale.id}.{level.id}", fill("{said}", "{said}", said=quoted(said)), it.topic)


def _criterion(speaker: Speaker, scale: Scale, one: Criterion) -> Subject:
    name = one.text or (speaker.value(one.when) if one.when is not None else Words(one.id))
    words = fill(
        "{level}标准{name}", "ground {name} for {level}", level=speaker.level(scale.id, one.level), name=quoted(name)
    )
    return Subject("criterion", f"{scale.id}.{one.id}", words, _topic(scale))


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
        if tree_of(old[id_].when) != tree_of(each.when):
            from_to(
                comparer,
                it,
                "when",
                Words("条件", "condition"),
                _judged(comparer.old, old[id_].when),
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
    "values": _inner("value", Words("选项", "answer"), None, CHOICE),
    "personal": FACT["personal"],
    "source": named("from", Words("自动带出的内容", "source that fills it in"), _filled_from),
}  # fmt: skip
FORM: Keys = {
    **COMMON,
    "fields": _inner("field", Words("栏目", "field"), None, FIELD),
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
    "unit": _unit,
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
    "on": _tasks("on", Words("对应任务", "place")),
}


def again(comparer: Comparer, it: Subject, was: Again | None, now: Again | None) -> None:
    """How often: told as shortened or lengthened where only the span between two differs."""
    noun = Words("周期", "recurrence")
    if was is not None and now is not None and was.every is not None and now.every is not None:
        sides = comparer.old.value(was.every), comparer.new.value(now.every)
        rest = [
            [meaning(getattr(each, key)) for key in each.__struct_fields__ if key != "every"] for each in (was, now)
        ]
        if rest[0] == rest[1] and sides[0] != sides[1]:
            verb = {
                True: Words("缩短为", "shortened"),
                False: Words("延长为", "lengthened"),
                None: Words("改为", "changed"),
            }[sooner(_from_now(now.every), _from_now(was.every))]
            comparer.say(
                it, "again", "{it}的间隔由{was}{verb}{now}", "the interval of {it} is {verb} from {was} to {now}",
                was=sides[0], now=sides[1], verb=verb,
            )  # fmt: skip
            return
    from_to(
        comparer, it, "again", noun, comparer.old.again(was) if was is not None else None,
        comparer.new.again(now) if now is not None else None, None,
    )  # fmt: skip


def _from_now(every: Expression) -> Node:
    """A span as an instant, for `sooner` compares instants."""
    return Sum("+", Name("occurred"), every.tree)


def _again_of(speaker: Speaker, element: Any) -> Words:
    return _more([speaker.again(element.again)]) if element.again is not None else NONE


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


def _said(key: str, noun: Words) -> Handler:
    """Words that steer what is done, so that a change of them is told with its matter."""
    return lambda comparer, it, was, now: from_to(comparer, it, key, noun, quoted(was), quoted(now), None)


_UNNAMED: Keys = {key: handler for key, handler in COMMON.items() if key != "text"} | {
    "name": wording("name", Words("名称", "name"))
}
EXCLUDED: Keys = {
    **_UNNAMED,
    "says": wording("says", Words("书面原文", "passage")),
    "why": wording("why", Words("不执行的原因", "reason")),
    "lawful": _said("lawful", Words("合法做法", "lawful way")),
    "instead": _tasks("instead", Words("替代任务", "substitute")),
}
READING: Keys = {
    **_UNNAMED,
    "says": wording("says", Words("书面原文", "passage")),
    "reading": _said("reading", Words("理解", "reading")),
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
    for section, words in _LISTS:
        before, after = getattr(comparer.before, section), getattr(comparer.after, section)
        it = Subject("plan", comparer.after.id, words, Topic.WORDING)
        names = {
            id_: quoted(getattr(each, "name", None) or getattr(each, "text", None) or each.says)
            for id_, each in after.items()
        }
        comparer.order(it, section, names, list(before), list(after), Topic.WORDING)
